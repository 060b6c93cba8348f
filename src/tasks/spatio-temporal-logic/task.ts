import { actingAtRandom } from '../protocol/random-policy.js';
import type { BehaviourMeasure, EpisodeResult, PreparedTask, Scenario, Task } from '../task.js';
import { gateCircuit } from './circuit.js';
import { gateFigure } from './figure.js';
import { type Disturbance, type LifePlan, liveTrials } from './life.js';
import { behaviourOf, chanceOfCounts, measuresOf, scoreOf } from './measures.js';
import { gates, type Options, options, trialSteps } from './options.js';
import { emptyTrace, type GateTrace } from './trace.js';

/** Of the random policy, in each step. */
const firingProbability = 0.05;

const quiet: Disturbance = { jitter: 0, deletion: 0, weightNoise: 0 };

/** Lives that are held out, by name: robustness to what was not evolved for. */
const disturbances = ({ jitter, deletion, weightNoise }: Options): Readonly<Record<string, Disturbance>> => ({
  'jittered spikes': { ...quiet, jitter },
  'deleted spikes': { ...quiet, deletion },
  'noisy weights': { ...quiet, weightNoise },
});

function prepare(settings: Options) {
  const steps = trialSteps(settings);
  const plan: LifePlan = { settings, circuit: gateCircuit(settings) };
  const behaviour = {
    outputSpikes: { unit: '1', about: 'output spikes a trial', low: 0, high: 8, bins: 16 },
    firstSpike: { unit: 'steps', about: 'first output spike of a trial', low: 0, high: steps, bins: 20 },
  } as const satisfies Record<string, BehaviourMeasure>;
  const chance =
    settings.output === 'count'
      ? {
          score: chanceOfCounts(settings, gates[settings.gate], steps, firingProbability),
          about: `derived: an output that fires in each step with a probability of ${firingProbability}`,
        }
      : undefined;
  const named = (name: string, random: boolean): Scenario => ({
    ...{ name, random },
    ceiling: { score: 1, about: 'every answer is right' },
    ...(chance ? { chance } : {}),
  });
  const held = disturbances(settings);
  const resultOf = (lived: GateTrace): EpisodeResult => ({
    score: scoreOf(settings, lived),
    measures: measuresOf(settings, lived),
    behaviour: behaviourOf(lived),
  });
  const live: PreparedTask<GateTrace>['live'] = ({ name }, seed, controller, trace) => {
    const disturbance = held[name] ?? quiet;
    const rounds = disturbance === quiet ? 1 : settings.noisyTrials;
    return resultOf(liveTrials(plan, { disturbance, rounds }, seed, controller, trace));
  };
  /** Fires what is asked for, whatever the channels say. */
  const oracle = (): EpisodeResult => {
    const wanted = [...gates[settings.gate]];
    const spikes = wanted.map((answer) => {
      const word = settings.outputWords[answer]!;
      return Array.from({ length: steps }, (_, step) =>
        settings.output === 'count' ? Number(step < word) : step < 4 ? (word >> step) & 1 : 0,
      );
    });
    return resultOf({ pair: [0, 1, 2, 3], wanted, spikes });
  };
  return {
    circuit: plan.circuit,
    scenarios: [named(`${settings.gate} of two words`, false)],
    heldOut: Object.keys(held).map((name) => named(name, true)),
    ...{ behaviour, live, oracle },
  };
}

/** The score: 1 less the mean clipped squared error of the four answers, as a share of the clip. */
export const spatioTemporalLogic = {
  summary: 'a logical gate of two words of spikes, answered by a number of spikes or by a train',
  source: 'Habashy, Evans, Goodman and Bowman 2024, Adapting to time',
  options,
  lives: 'in-circuit',
  genome: ({ output }: Readonly<Record<string, unknown>>) =>
    output === 'train' ? 'spatio-temporal-logic-trains' : 'spatio-temporal-logic',
  measures: {
    solved: { unit: '1', about: 'whether every answer was right' },
    right: { unit: '1', about: 'share of the answers that were right' },
    squaredError: { unit: '1', about: 'mean squared error of the answers, without a clip' },
  },
  prepare,
  emptyTrace,
  figure: gateFigure,
  fresh: (settings: Options) => ({
    options: settings,
    about: 'the same four pairs of words: nothing is drawn',
  }),
  /** Fires now and then. */
  randomPolicy: () => actingAtRandom((random) => Number(random.uniform() < firingProbability)),
} satisfies Task<typeof options, GateTrace>;
