import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { threeFactor } from '../../network/plasticity/three-factor.js';
import { anotherNetwork, genomeWithCircuit, ofOwnOrCircuit } from '../circuit/options.js';
import { homeOf } from '../classification/home.js';
import { intervalMs } from '../classification/presentation.js';
import { whenAsked } from '../protocol/ceiling.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import { plasticityOf } from '../protocol/rule.js';
import type { BehaviourMeasure, EpisodeResult, PreparedTask, Scenario, Task } from '../task.js';
import { fewShotFigure } from './figure.js';
import { type EpisodePlan, liveByNearest, liveEpisode } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { type Options, options } from './options.js';
import { accuracyOfNearest } from './reference.js';
import { emptyTrace, type FewShotTrace } from './trace.js';

const behaviour = {
  margin: {
    unit: '1',
    about: 'spikes of the right pool less those of the best other, as a share of all',
    low: -1,
    high: 1,
    bins: 20,
  },
  poolSpikes: { unit: 'spikes', about: 'of all pools at a query', low: 0, high: 2000, bins: 20 },
} as const satisfies Record<string, BehaviourMeasure>;

function resultOf(lived: FewShotTrace, spikesAPresentation: number): EpisodeResult {
  const measures = { ...measuresOf(lived), spikesAPresentation };
  const { margin, poolSpikes } = measures;
  return { score: scoreOf(lived), measures, behaviour: { margin, poolSpikes } };
}

function scenarioOf(name: string, { settings, flips, shots }: EpisodePlan): Scenario {
  const { classes, bits } = settings;
  const ceiling = whenAsked(() => ({
    score: accuracyOfNearest({ classes, bits, flips, shots }),
    about:
      'queries answered by the nearest sum of the support, calculated; who also knew how often bits flip would gain little',
  }));
  return {
    name,
    random: true,
    get ceiling() {
      return ceiling();
    },
    chance: { score: 1 / classes, about: 'one class in so many; derived' },
  };
}

function prepare(settings: Options) {
  const { classes, bits, flips, shots, heldOutFlips, heldOutShots } = settings;
  const { circuit, ...home } = homeOf(settings, {
    random: RandomStream.from(deriveSeed('few-shot circuit', settings.networkSeed)),
    inputs: [{ name: 'bit', inputs: bits, channels: 1 }],
    channelsOn: bits / 2,
    pools: classes,
    plasticity: plasticityOf(settings, threeFactor),
    stepsAnInterval: intervalMs,
  });
  const plan = (of: Partial<EpisodePlan>): EpisodePlan => ({
    settings,
    body: circuit.body,
    flips,
    shots,
    ...of,
  });
  const usual: Readonly<Record<string, EpisodePlan>> = { 'new classes': plan({}) };
  const others: Readonly<Record<string, EpisodePlan>> = {
    ...(heldOutFlips > 0 ? { 'more flips': plan({ flips: heldOutFlips }) } : {}),
    ...(heldOutShots > 0 ? { 'more shots': plan({ shots: heldOutShots }) } : {}),
  };
  const plans = { ...usual, ...others };
  const scenariosOf = (of: Readonly<Record<string, EpisodePlan>>) =>
    Object.entries(of).map(([name, each]) => scenarioOf(name, each));
  const live: PreparedTask<FewShotTrace>['live'] = ({ name }, seed, controller, trace) => {
    const { lived, spikesAPresentation } = liveEpisode(plans[name]!, seed, controller, trace);
    return resultOf(lived, spikesAPresentation);
  };
  return {
    ...home,
    circuit,
    scenarios: scenariosOf(usual),
    heldOut: scenariosOf(others),
    behaviour,
    teaching: { about: 'the dopamine of each presentation that is taught', modulators: ['DA'] },
    live,
    oracle: ({ name }: Scenario, seed: string) => resultOf(liveByNearest(plans[name]!, seed), 0),
  };
}

const share = (about: string) => ({ unit: '1', about });

/** The score: the share of queries that are answered right. */
export const fewShot = {
  summary: 'classes that no life has met before, learned from one presentation each (few-shot learning)',
  source:
    'Lake, Salakhutdinov and Tenenbaum 2015, doi:10.1126/science.aab3050, for the question; the patterns and the circuit are ours',
  options,
  ofNetwork: [...ofOwnOrCircuit, 'teaching'],
  lives: 'in-circuit',
  genome: genomeWithCircuit('few-shot'),
  measures: {
    accuracyOfNearest: share(
      'the same queries answered right by the nearest sum of the support, on the bits themselves',
    ),
    margin: share(behaviour.margin.about),
    silent: share('queries at which no pool fires, so that the answer is tossed'),
    poolSpikes: { unit: 'spikes', about: 'of all pools at a query' },
    spikesAPresentation: { unit: 'spikes', about: 'of all cells, those of the inputs among them' },
  },
  prepare,
  emptyTrace,
  figure: fewShotFigure,
  fresh: (settings: Options) => ({
    options: anotherNetwork(settings),
    about: 'other first weights; classes are new in each life',
  }),
  /** Fires anyhow. */
  randomPolicy: () => actingAtRandom((random) => random.uniform()),
} satisfies Task<typeof options, FewShotTrace>;
