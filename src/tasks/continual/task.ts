import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { mean } from '../../math/statistics.js';
import { threeFactor } from '../../network/plasticity/three-factor.js';
import { anotherNetwork, genomeWithCircuit } from '../circuit/options.js';
import type { InputRow } from '../classification/circuit.js';
import { sparseLayer } from '../classification/hidden.js';
import { answering } from '../classification/home.js';
import { intervalMs } from '../classification/presentation.js';
import { retentionMeasures } from '../classification/retention.js';
import { rulesBeside } from '../protocol/beside.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import { plasticityOf } from '../protocol/rule.js';
import type { BehaviourMeasure, EpisodeResult, PreparedTask, Scenario, Task } from '../task.js';
import { continualFigure } from './figure.js';
import { liveByNearest, liveStream, type StreamPlan } from './life.js';
import { type LivedStream, measuresOf } from './measures.js';
import { answersATask, type Options, options, tasksOf } from './options.js';
import { type ContinualTrace, emptyTrace } from './trace.js';

/** Channels of an input that says which task it is. */
const channelsAContext = 8;
/** Streams over which the ceiling is measured. */
const ceilingStreams = 60;

const behaviour = {
  learningAccuracy: {
    unit: '1',
    about: 'accuracy of each task when it has just been taught',
    low: 0,
    high: 1,
    bins: 20,
  },
  forgetting: { unit: '1', about: retentionMeasures.forgetting.about, low: -1, high: 1, bins: 20 },
} as const satisfies Record<string, BehaviourMeasure>;

function circuitOf(settings: Options, rows: readonly InputRow[], pools: number) {
  const { bitsOn, protocol, hidden } = settings;
  const plasticity = plasticityOf(settings, threeFactor, rulesBeside(settings.beside));
  const circuit = answering(settings.circuit, {
    random: RandomStream.from(deriveSeed('continual circuit', settings.networkSeed)),
    inputs: rows,
    channelsOn: bitsOn + (protocol === 'task' ? channelsAContext : 0),
    pools,
    plasticity,
    stepsAnInterval: intervalMs,
    ...(hidden ? { hidden: sparseLayer(hidden) } : {}),
  });
  return { circuit, consolidates: Object.hasOwn(plasticity.rule.onEvent ?? {}, 'consolidate') };
}

/** The two tasks of a stream that are the same, where there are. */
const again = ({ stream }: Options) => (stream === 'behaviour' ? ([0, 3] as const) : undefined);

function resultOf({ settings }: StreamPlan, lived: LivedStream): EpisodeResult {
  const { presentations } = settings;
  const { score, measures } = measuresOf(lived, { presentations, again: again(settings) });
  const { learningAccuracy, forgetting } = measures;
  return { score, measures, behaviour: { learningAccuracy, forgetting } };
}

function scenarioOf(name: string, plan: StreamPlan): Scenario {
  const scores = Array.from(
    { length: ceilingStreams },
    (_, stream) => resultOf(plan, liveByNearest(plan, deriveSeed('continual ceiling', stream))).score,
  );
  return {
    name,
    random: true,
    ceiling: {
      score: mean(scores),
      about: `the nearest prototype, all known from the start; measured over ${ceilingStreams} streams`,
    },
    chance: { score: 1 / plan.pools, about: `one of ${plan.pools} answers; derived` },
  };
}

function prepare(settings: Options) {
  const { protocol, bits, moved, heldOutMoved, classPool, hidden } = settings;
  const tasks = tasksOf(settings);
  const rows: InputRow[] = [
    { name: 'bit', inputs: bits, channels: 1 },
    ...(protocol === 'task' ? [{ name: 'context', inputs: tasks, channels: channelsAContext }] : []),
  ];
  const pools = protocol === 'class' ? answersATask * tasks : answersATask;
  const { circuit, consolidates } = circuitOf(settings, rows, pools);
  const { populations } = circuit.network;
  const place = populations.findIndex(({ name }) => name === 'hidden');
  const common = {
    settings,
    body: circuit.body,
    inputs: rows.reduce((sum, row) => sum + row.inputs, 0),
    pools,
    consolidates,
    hidden: hidden && {
      first: populations.slice(0, place).reduce((sum, { count }) => sum + count, 0),
      count: hidden.cells,
    },
  };
  const usual: Readonly<Record<string, StreamPlan>> = { stream: { ...common, moved, set: 'met' } };
  const others: Readonly<Record<string, StreamPlan>> = {
    ...(heldOutMoved > 0 ? { 'more noise': { ...common, moved: heldOutMoved, set: 'met' } } : {}),
    ...(classPool > 0 ? { 'other classes': { ...common, moved, set: 'held out' } } : {}),
  };
  const plans = { ...usual, ...others };
  const scenariosOf = (of: Readonly<Record<string, StreamPlan>>) =>
    Object.entries(of).map(([name, plan]) => scenarioOf(name, plan));
  const live: PreparedTask<ContinualTrace>['live'] = ({ name }, seed, controller, trace) =>
    resultOf(plans[name]!, liveStream(plans[name]!, seed, controller, trace));
  return {
    circuit,
    scenarios: scenariosOf(usual),
    heldOut: scenariosOf(others),
    behaviour,
    teaching: { about: 'the dopamine of each presentation that is taught', modulators: ['DA'] },
    live,
    oracle: ({ name }: Scenario, seed: string) => resultOf(plans[name]!, liveByNearest(plans[name]!, seed)),
  };
}

const share = (about: string) => ({ unit: '1', about });

/** The score: accuracy at the end over all tasks whose answers still hold. */
export const continual = {
  summary: 'one classification after the other, and what of the earlier ones is kept (continual learning)',
  source:
    'Lopez-Paz and Ranzato 2017, arXiv 1706.08840, for what is measured; van de Ven and Tolias 2019, arXiv 1904.07734, for ' +
    'the protocols; patterns and circuit are ours',
  options,
  lives: 'in-circuit',
  genome: genomeWithCircuit('continual'),
  measures: {
    ...retentionMeasures,
    anytime: share(
      'accuracy of the tasks met so far, mean over all checks: the area under the anytime curve',
    ),
    trialsToCriterion: {
      unit: 'trials',
      about:
        'presentations of a task before the first 10 of which 8 are answered right, mean over tasks; all of them where a ' +
        'teacher answers',
    },
    savings: {
      unit: 'trials',
      about: 'how many fewer of these the first task takes when it comes again; 0 where it does not',
    },
    hiddenActive: share('cells of the hidden layer that fire while a pattern is tested; 0 without one'),
    spikesAPresentation: {
      unit: 'spikes',
      about: 'of all cells in the whole life, for each presentation that is taught',
    },
  },
  prepare,
  emptyTrace,
  figure: continualFigure,
  fresh: (settings: Options) => ({
    options: anotherNetwork(settings),
    about: 'other first weights, and other features of a hidden layer',
  }),
  /** Fires anyhow. */
  randomPolicy: () => actingAtRandom((random) => random.uniform()),
} satisfies Task<typeof options, ContinualTrace>;
