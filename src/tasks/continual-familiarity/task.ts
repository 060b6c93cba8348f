import { circuitFrom } from '../circuit/circuit.js';
import { anotherNetwork, genomeWithCircuit, ofCircuit } from '../circuit/options.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import type { BehaviourMeasure, EpisodeResult, PreparedTask, Scenario, Task } from '../task.js';
import { portsOf, recognitionBody, recognitionCircuit } from './circuit.js';
import { recognitionFigure } from './figure.js';
import { type LifePlan, livePatterns, liveRemembering } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { type Options, options } from './options.js';
import { emptyTrace, type RecognitionTrace } from './trace.js';

const behaviour = {
  hits: { unit: '1', about: 'patterns seen before that are answered as such', low: 0, high: 1, bins: 20 },
  falseAlarms: { unit: '1', about: 'novel patterns that are answered as seen', low: 0, high: 1, bins: 20 },
} as const satisfies Record<string, BehaviourMeasure>;

function resultOf(lived: RecognitionTrace, spikes: number): EpisodeResult {
  const measures = { ...measuresOf(lived), spikesAPresentation: spikes / lived.seen.length };
  const { hits, falseAlarms } = measures;
  return { score: scoreOf(lived), measures, behaviour: { hits, falseAlarms } };
}

function prepare(settings: Options) {
  const { delay, heldOutDelay, bits, cells } = settings;
  const ports = portsOf(bits, cells);
  const circuit = {
    ...(settings.circuit
      ? circuitFrom(settings.circuit, settings.networkSeed, ports)
      : recognitionCircuit(settings)),
    ...recognitionBody,
  };
  const scenario = (name: string): Scenario => ({
    name,
    random: true,
    ceiling: { score: 1, about: 'every pattern remembered' },
    chance: { score: 0.5, about: 'a coin is tossed; derived' },
  });
  const plan = (of: number): LifePlan => ({ settings, body: circuit.body, delay: of });
  const [usual, longer] = ['stream', 'longer delay'] as const;
  const plans: Readonly<Record<string, LifePlan>> = { [usual]: plan(delay), [longer]: plan(heldOutDelay) };
  const live: PreparedTask<RecognitionTrace>['live'] = ({ name }, seed, controller, trace) => {
    const lived = livePatterns(plans[name]!, seed, controller, trace);
    return resultOf(lived, controller.network?.spikeCount ?? 0);
  };
  return {
    circuit,
    ports,
    scenarios: [scenario(usual)],
    heldOut: heldOutDelay > 0 ? [scenario(longer)] : [],
    behaviour,
    teaching: { about: 'the dopamine of right answers', modulators: ['DA'] },
    live,
    oracle: ({ name }: Scenario, seed: string) => resultOf(liveRemembering(plans[name]!, seed), 0),
  };
}

const share = (about: string) => ({ unit: '1', about });

/** The score: the mean of the shares of seen and of novel patterns that are answered right. */
export const continualFamiliarity = {
  summary:
    'a stream of patterns, some of which come again after others: was each seen before, or is it novel?',
  source:
    'Tyulmankov, Yang and Abbott 2022, doi:10.1016/j.neuron.2021.11.009, as recalled; the spiking circuit is ours',
  options,
  ofNetwork: [...ofCircuit, 'cells'],
  lives: 'in-circuit',
  genome: genomeWithCircuit('continual-familiarity'),
  measures: {
    hits: share(behaviour.hits.about),
    falseAlarms: share(behaviour.falseAlarms.about),
    spikesSeen: {
      unit: 'spikes',
      about: 'of the pool “seen”: more for patterns seen before than for novel ones',
    },
    spikesNovel: {
      unit: 'spikes',
      about: 'of the pool “novel”: more for novel patterns than for those seen before',
    },
    spikesAPresentation: { unit: 'spikes', about: 'of all cells, those of the inputs among them' },
  },
  prepare,
  emptyTrace,
  figure: recognitionFigure,
  fresh: (settings: Options) => ({
    options: anotherNetwork(settings),
    about: 'other wiring and first weights; patterns are new in each life',
  }),
  /** Tosses a coin. */
  randomPolicy: () => actingAtRandom((random) => random.uniform()),
} satisfies Task<typeof options, RecognitionTrace>;
