import { escapeRateEligibility } from '../../network/plasticity/escape-rate-eligibility.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import { plasticityOf } from '../protocol/rule.js';
import type { BehaviourMeasure, PreparedTask, Scenario, Task } from '../task.js';
import { neuronCircuit } from './circuit.js';
import { rewardDrivenFigure } from './figure.js';
import { type LifePlan, liveTrials } from './life.js';
import { lastTrials, measuresOf, scoreOf } from './measures.js';
import { type Options, options } from './options.js';
import { emptyTrace, type RewardDrivenTrace } from './trace.js';

const behaviour = {
  fired: { unit: '1', about: 'trials in which the neuron fired', low: 0, high: 1, bins: 20 },
  rewardEnd: { unit: '1', about: `mean reward of the last ${lastTrials} trials`, low: -1, high: 1, bins: 20 },
} as const satisfies Record<string, BehaviourMeasure>;

function prepare(settings: Options) {
  const { trials, trialMs, rateHz, dtMs } = settings;
  const inputs = Math.round(settings.inputs * settings.connection);
  const plasticity = plasticityOf(settings, escapeRateEligibility);
  const circuit = neuronCircuit({ inputs, rateHz, trialMs, dtMs, plasticity });
  const plan: LifePlan = { settings, circuit, inputs };
  const scenario: Scenario = {
    name: 'frozen patterns',
    random: true,
    ceiling: { score: trials, about: 'a reward in every trial, labels known from the start' },
    chance: { score: 0, about: 'labels are tossed' },
  };
  const live: PreparedTask<RewardDrivenTrace>['live'] = (_scenario, seed, controller, trace) => {
    const lived = liveTrials(plan, seed, controller, trace);
    const measures = measuresOf(lived, trialMs);
    const { fired, rewardEnd } = measures;
    return { score: scoreOf(lived), measures, behaviour: { fired, rewardEnd } };
  };
  const teaching = { about: 'the reward of each trial', modulators: ['R'] };
  return { circuit, scenarios: [scenario], heldOut: [], behaviour, teaching, live };
}

const share = (about: string) => ({ unit: '1', about });

/** The score: the sum of the rewards of all trials, 1 for each that was answered right and -1 for each other. */
export const rewardDriven = {
  summary: 'one neuron learns from a reward of 1 or -1 at which of many frozen patterns of spikes to fire',
  source: 'Jordan, Schmidt, Senn and Petrovici 2021, doi:10.7554/eLife.66273',
  options,
  ofNetwork: ['rule', 'parameters'],
  lives: 'in-circuit',
  genome: 'reward-driven',
  measures: {
    rewardFirst: share(`mean reward of the first ${lastTrials} trials`),
    rewardEnd: share(`mean reward of the last ${lastTrials} trials`),
    hitsEnd: share(`trials with the label 1 in which the neuron fired, of the last ${lastTrials}`),
    falseAlarmsEnd: share(`trials with the label -1 in which the neuron fired, of the last ${lastTrials}`),
    fired: share('trials in which the neuron fired'),
    rateHz: { unit: 'Hz', about: 'rate of the neuron' },
  },
  prepare,
  emptyTrace,
  figure: rewardDrivenFigure,
  fresh: (settings: Options) => ({
    options: settings,
    about: 'other patterns, labels and first weights',
  }),
  /** Tosses a coin. */
  randomPolicy: () => actingAtRandom((random) => random.integer(2)),
} satisfies Task<typeof options, RewardDrivenTrace>;
