import { deriveSeed } from '../../math/seed.js';
import { mean } from '../../math/statistics.js';
import { worldsOf } from '../oscillator/worlds.js';
import { whenAsked } from '../protocol/ceiling.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import type { BehaviourMeasure, EpisodeResult, PreparedTask, Scenario, Task } from '../task.js';
import { pendulumCircuit } from './circuit.js';
import { pendulumFigure } from './figure.js';
import { intervalMs, liveKnowing, live as liveLife } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { type Options, options } from './options.js';
import { emptyTrace, type PendulumTrace } from './trace.js';

const behaviour = {
  spikesACycle: {
    unit: '1',
    about: 'spikes of both cells in a swing forth and back',
    low: 0,
    high: 200,
    bins: 20,
  },
  along: { unit: '1', about: 'spikes that push the way the pendulum moves', low: 0, high: 1, bins: 10 },
} as const satisfies Record<string, BehaviourMeasure>;

/** Lives of the policy that knows, of which the ceiling is the mean. */
const measured = 20;

function prepare(settings: Options) {
  const circuit = pendulumCircuit(settings);
  const resultOf = (lived: PendulumTrace): EpisodeResult => {
    const measures = measuresOf(lived, intervalMs, settings.periodS);
    const { spikesACycle, along } = measures;
    return {
      score: scoreOf(measures),
      measures,
      behaviour: { spikesACycle: Math.min(200, spikesACycle), along },
    };
  };
  const knowing = (seed: string) => resultOf(liveKnowing(settings, seed));
  const ceiling = whenAsked(() => ({
    score: mean(Array.from({ length: measured }, (_, i) => knowing(deriveSeed('ceiling', i)).score)),
    about: `pushes that always go the way the pendulum moves, measured over ${measured} lives`,
  }));
  const { scenarios, heldOut, deviationIn } = worldsOf(settings.deviation, (name) => ({
    name,
    random: true,
    get ceiling() {
      return ceiling();
    },
  }));
  const live: PreparedTask<PendulumTrace>['live'] = (scenario, seed, controller, trace) =>
    resultOf(liveLife(settings, deviationIn(scenario), seed, controller, trace));
  return {
    scenarios,
    heldOut,
    behaviour,
    circuit,
    live,
    oracle: (_world: Scenario, seed: string) => knowing(seed),
  };
}

/** The score: the mean height of the swing over the second half of a life, rad. */
export const pendulum = {
  summary:
    'two cells that inhibit each other swing a pendulum, which tells them when it comes through the middle',
  source:
    'ours, after the question of Schmetterling et al. 2024 whether bursts that events time swing a pendulum at its own ' +
    'frequency; cells of Smith et al. 2000, doi:10.1152/jn.2000.83.1.588',
  options,
  lives: 'in-circuit',
  genome: 'pendulum',
  measures: {
    amplitude: { unit: 'rad', about: 'mean height of the swing, pi at most' },
    frequencyHz: { unit: 'Hz', about: 'swings forth and back a second' },
    workACycle: {
      unit: '1',
      about: 'work done on the pendulum in one, of which lifting it to the side takes 1',
    },
    spikesACycle: { unit: '1', about: 'spikes of both cells in one; all of them where it does not swing' },
    along: { unit: '1', about: 'spikes that push the way the pendulum moves; a half where there are none' },
    spikesASecond: { unit: '1/s', about: 'of both cells' },
  },
  prepare,
  emptyTrace,
  figure: pendulumFigure,
  fresh: (settings: Options) => ({ options: settings, about: 'other noise and other starts' }),
  /** Tosses a coin for each cell and interval. */
  randomPolicy: () => actingAtRandom((random) => random.integer(2)),
} satisfies Task<typeof options, PendulumTrace>;
