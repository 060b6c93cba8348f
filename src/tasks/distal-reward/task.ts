import { ruleNamed } from '../../network/build/spec-rule.js';
import type { BehaviourMeasure, PreparedTask, Scenario, Task } from '../task.js';
import { distalRewardNetwork } from './circuit.js';
import { distalRewardFigure } from './figure.js';
import { type LifePlan, liveThrough } from './life.js';
import { type Options, options, sizes, versions } from './options.js';
import { type DistalRewardTrace, emptyDistalRewardTrace } from './trace.js';

/** @param bound of the weights, mV/ms */
const behaviourWithin = (bound: number) =>
  ({
    target: { unit: 'mV/ms', about: 'the rewarded weight at the end', low: 0, high: bound, bins: 20 },
    others: {
      unit: 'mV/ms',
      about: 'mean of all other excitatory weights at the end',
      low: 0,
      high: bound,
      bins: 20,
    },
    rateHz: { unit: 'Hz', about: 'mean rate of all cells', low: 0, high: 100, bins: 20 },
  }) as const satisfies Record<string, BehaviourMeasure>;

function prepare(settings: Options) {
  const size = sizes[settings.size];
  const { excitatory, inhibitory, structure, rewards } = settings;
  const circuit = {
    ...distalRewardNetwork({
      ...size,
      ...versions[settings.version],
      ...{ excitatory, inhibitory, structure },
      rule: settings.rule && ruleNamed(settings.rule, 'task.rule'),
    }),
    body: {
      daReward: 0.5,
      naSeeking: settings.noradrenaline ? 1 : 0,
      achHolding: settings.acetylcholine ? 1 : 0,
    },
    bodyAbout: {
      daReward: 'dopamine released by a reward where no acetylcholine is',
      naSeeking: 'concentration of noradrenaline until the weight has reached its bound',
      achHolding: 'concentration of acetylcholine once the weight has reached its bound',
    },
  };
  const plan: LifePlan = { settings, size, circuit, body: circuit.body };
  const scenario: Scenario = {
    name: rewards,
    random: true,
    ceiling: { score: 1, about: 'the rewarded weight at its bound all the time, and every other weaker' },
  };
  const live: PreparedTask<DistalRewardTrace>['live'] = (_scenario, seed, controller, trace) => {
    const { score, measures } = liveThrough(plan, seed, controller, trace);
    const { target, others, rateHz } = measures;
    return { score, measures, behaviour: { target, others, rateHz } };
  };
  return {
    circuit,
    scenarios: [scenario],
    heldOut: [],
    behaviour: behaviourWithin(size.bound),
    teaching: { about: 'the dopamine of each reward', modulators: ['DA'] },
    live,
  };
}

/**
 * The score: the rewarded weight, as a share of its bound, times how selective it is, over time: the share of the others
 * that are weaker less the share that are not, or 0. Weights that all run to their bound are worth nothing.
 */
export const distalReward = {
  summary: 'reinforce one synapse of many by dopamine that comes seconds after its cells fired together',
  source: 'Izhikevich 2007, doi:10.1093/cercor/bhl152; mixes of kinds after Rodriguez-Garcia 2024',
  options,
  ofNetwork: ['rule', 'acetylcholine', 'noradrenaline'],
  lives: 'in-circuit',
  genome: 'distal-reward',
  measures: {
    target: { unit: 'mV/ms', about: 'the rewarded weight at the end' },
    others: { unit: 'mV/ms', about: 'mean of all other excitatory weights at the end' },
    reachedS: {
      unit: 's',
      about: 'when the rewarded weight reached its bound; the whole life where it did not',
    },
    slope: { unit: 'mV/ms/s', about: 'slope of the rewarded weight until it reached its bound' },
    rank: { unit: '1', about: 'rank of the rewarded weight among all at the end' },
    held: { unit: '1', about: 'share of the time since then with the weight above nine tenths of its bound' },
    rewards: { unit: '1', about: 'rewards given' },
    coincidencesPerMin: { unit: '1/min', about: 'the second cell within 20 ms of the first' },
    rateHz: { unit: 'Hz', about: 'mean rate of all cells' },
  },
  prepare,
  emptyTrace: emptyDistalRewardTrace,
  figure: distalRewardFigure,
  fresh: (settings: Options) => ({
    options: { ...settings, structure: settings.structure + 1_000_003 },
    about: 'another random network of the same kind',
  }),
  control: (settings: Options) => ({
    options: { ...settings, rewards: 'shuffled' as const },
    about: 'as many rewards, but 10 to 60 s late, when nothing is left of the eligibility',
  }),
} satisfies Task<typeof options, DistalRewardTrace>;
