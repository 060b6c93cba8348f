import { ePropAdaptive } from '../../network/plasticity/e-prop-adaptive.js';
import { circuitFrom } from '../circuit/circuit.js';
import { anotherNetwork, genomeWithCircuit, ofOwnOrCircuit } from '../circuit/options.js';
import { plasticityOf } from '../protocol/rule.js';
import type { BehaviourMeasure, PreparedTask, Scenario, Task } from '../task.js';
import { accumulationNetwork, portsOfCircuit } from './circuit.js';
import { accumulationFigure } from './figure.js';
import { isFlippedIn, type LifePlan, liveTrials } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { type Options, options, trialsOf } from './options.js';
import { counting, randomPolicy } from './policies.js';
import { type AccumulationTrace, emptyAccumulationTrace } from './trace.js';

const behaviour = {
  answeredLeft: { unit: '1', about: 'trials that are answered with the left', low: 0, high: 1, bins: 10 },
  decided: { unit: '1', about: 'how far the outputs are from even', low: 0, high: 1, bins: 10 },
} as const satisfies Record<string, BehaviourMeasure>;

function prepare(settings: Options) {
  const { leaky, adaptive, connection, feedback, networkSeed: seed, circuit: generic } = settings;
  const own = generic
    ? undefined
    : accumulationNetwork(
        { leaky, adaptive, connection, feedback, seed },
        plasticityOf(settings, ePropAdaptive),
      );
  const circuit = own ?? circuitFrom(generic!, seed, portsOfCircuit);
  const plan: LifePlan = { settings, own };
  const scenario: Scenario = {
    name: settings.mapping === 'fixed' ? 'the side with more cues' : 'one side or the other',
    random: true,
    ceiling: { score: 1, about: 'cues are counted, and what they mean is known' },
    chance: { score: 0.5, about: 'derived: answers are tossed' },
  };
  const live: PreparedTask<AccumulationTrace>['live'] = (_scenario, lifeSeed, controller, trace) => {
    const { trials, spikes } = liveTrials(plan, lifeSeed, controller, trace);
    const measures = { ...measuresOf(trials, settings.cues), spikesATrial: spikes / trialsOf(settings) };
    const { answeredLeft, decided } = measures;
    return { score: scoreOf(trials), measures, behaviour: { answeredLeft, decided } };
  };
  const taught = own !== undefined && settings.mapping === 'fixed';
  return {
    circuit,
    ports: portsOfCircuit,
    scenarios: [scenario],
    heldOut: [],
    behaviour,
    teaching: {
      about: taught ? 'the error of the left readout during the recall' : 'the reward of each answer',
      modulators: ['DA'],
    },
    live,
    oracle: (of: Scenario, lifeSeed: string) => live(of, lifeSeed, counting(isFlippedIn(plan, lifeSeed))),
  };
}

const share = (about: string) => ({ unit: '1', about });

/** The score: the share of right answers in the second half of a life. */
export const evidenceAccumulation = {
  summary: 'seven cues to the left or the right, a delay, and the question on which side there were more',
  source:
    'Bellec et al. 2020, doi:10.1038/s41467-020-17236-y; after Morcos and Harvey 2016, doi:10.1038/nn.4403',
  options,
  ofNetwork: [...ofOwnOrCircuit, 'leaky', 'adaptive', 'connection', 'feedback'],
  lives: 'in-circuit',
  genome: genomeWithCircuit('evidence-accumulation'),
  measures: {
    accuracyFirst: share('right answers in the first half of a life'),
    accuracyLast: share('right answers in the last tenth'),
    accuracyClear: share('right answers in the second half, where one side has two or more cues more'),
    accuracyClose: share('the same where it has one cue more'),
    answeredLeft: share('trials that are answered with the left'),
    decided: share('how far the outputs are from even, on average: 0 even, 1 one side alone'),
    spikesATrial: { unit: '1', about: 'spikes of all cells' },
  },
  prepare,
  emptyTrace: emptyAccumulationTrace,
  figure: accumulationFigure,
  fresh: (settings: Options) => ({
    options: anotherNetwork(settings),
    about: 'other wiring and first weights',
  }),
  randomPolicy,
} satisfies Task<typeof options, AccumulationTrace>;
