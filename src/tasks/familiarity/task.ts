import { activityMeasures } from '../balanced/activity.js';
import { balancedCircuit } from '../balanced/circuit.js';
import { balancedFigure } from '../balanced/figure.js';
import { livingHz } from '../balanced/rate.js';
import { type BalancedTrace, emptyBalancedTrace } from '../balanced/trace.js';
import type { BehaviourMeasure, PreparedTask, Scenario, Task } from '../task.js';
import { durationOf, type FamiliarityPlan, liveThrough } from './life.js';
import { type Options, options } from './options.js';

const behaviour = {
  rateE: { unit: 'Hz', about: 'rate of the excitatory cells in the tests', low: 0, high: 200, bins: 20 },
  preference: {
    unit: '1',
    about: 'rate of familiar patterns less that of novel ones, over their sum',
    low: -1,
    high: 1,
    bins: 20,
  },
  atBound: { unit: '1', about: 'share of weights that end at a bound', low: 0, high: 1, bins: 10 },
} as const satisfies Record<string, BehaviourMeasure>;

function prepare(settings: Options) {
  const circuit = balancedCircuit(settings, true);
  const { delaysS, heldOutDelaysS, familiarHz, novelHz } = settings;
  const usual = 'familiar and novel';
  const others = 'after other delays';
  const scenario = (name: string): Scenario => ({
    name,
    random: true,
    ceiling: {
      score: 0,
      about: `familiar patterns drive the excitatory cells at ${familiarHz} Hz or more, novel ones at ${novelHz} Hz or less`,
    },
  });
  const planOf = (of: readonly number[]): FamiliarityPlan => ({
    settings,
    circuit,
    startHz: novelHz > 0 ? novelHz : 1,
    durationMs: durationOf(settings, of),
    delaysS: of,
  });
  const plans: Readonly<Record<string, FamiliarityPlan>> = {
    [usual]: planOf(delaysS),
    [others]: planOf(heldOutDelaysS),
  };
  const live: PreparedTask<BalancedTrace>['live'] = ({ name }, seed, controller, trace) => {
    const measures = liveThrough(plans[name]!, seed, controller, trace);
    const { rateE, preference, atBound } = measures;
    return { score: -measures.loss, measures, behaviour: { rateE, preference, atBound } };
  };
  return {
    circuit,
    scenarios: [scenario(usual)],
    heldOut: heldOutDelaysS.length > 0 ? [scenario(others)] : [],
    behaviour,
    live,
  };
}

/**
 * The score: minus the loss, which is the mean over tests. A familiar pattern loses as it drives the excitatory cells below
 * 20 Hz, a novel one as it drives them above 10 Hz. A network that falls silent or explodes ends its life and loses 42 and
 * more.
 */
export const familiarity = {
  summary: 'a recurrent network learns, by rules alone, to fire at patterns of input that it has met before',
  source: 'Confavreux, Agnes, Zenke, Sprekeler and Vogels 2025, doi:10.1371/journal.pcbi.1012910',
  options,
  ofNetwork: ['parameters', 'plastic', 'eta', 'networkSeed'],
  lives: 'in-circuit',
  genome: 'familiarity',
  measures: {
    loss: { unit: '1', about: 'what the score is minus of' },
    rateFamiliar: { unit: 'Hz', about: 'excitatory rate while a familiar pattern is tested' },
    rateNovel: { unit: 'Hz', about: 'the same of a novel pattern' },
    preference: {
      unit: '1',
      about: 'the one less the other, over their sum: 1 where familiar patterns alone drive cells',
    },
    preferenceLast: { unit: '1', about: 'the same after the last delay' },
    ...activityMeasures,
    atBound: { unit: '1', about: 'share of the weights that learn that end at a bound' },
    lost: {
      unit: '1',
      about: `whether the excitatory cells left ${livingHz.low} to ${livingHz.high} Hz, which ends the life`,
    },
  },
  prepare,
  emptyTrace: emptyBalancedTrace,
  figure: balancedFigure('A recurrent network that has met patterns of input before'),
  fresh: (settings: Options) => ({
    options: { ...settings, networkSeed: settings.networkSeed + 1_000_003 },
    about: 'another random network of the same kind',
  }),
  control: (settings: Options) => ({
    options: { ...settings, labels: 'shuffled' as const },
    about: 'shuffled labels: which tests are scored as familiar is tossed',
  }),
} satisfies Task<typeof options, BalancedTrace>;
