import { openHabitat } from '../../evaluate/habitat.js';
import type { OpenedRun } from '../../evolve/opened-run.js';
import { mean } from '../../math/statistics.js';
import { learningRatesOf, type Perturbation } from '../../network/build/perturb.js';
import { type Plasticity, ruleParameter, type Values } from '../../network/model/network.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';
import { renamed } from '../../network/plasticity/combine.js';
import { plasticityRules } from '../../network/plasticity/table.js';
import { UsageError } from '../../spec/errors.js';
import type { FreshLoss } from '../attribution/types.js';
import { learns } from '../learning.js';
import {
  type Condition,
  gainsOver,
  type Outcome,
  outcomesOf,
  type Planned,
  scoresUnder,
} from './conditions.js';

/** Rules of the literature that learn by themselves; those that keep what others learned are no substitutes. */
export const textbookNames = [
  'hebb',
  'oja',
  'bcm',
  'gated-hebb',
  'pair-stdp',
  'nearest-stdp',
  'symmetric-stdp',
  'triplet-stdp',
  'burst-dependent',
  'pair-stdp-dopamine',
  'three-factor',
  'td-stdp',
  'two-trace-conversion',
  'e-prop',
  'escape-rate-eligibility',
  'exploratory-hebb',
  'rare-correlation-hebb',
] as const satisfies readonly (keyof typeof plasticityRules)[];

/** The champion's learning rate is multiplied by these. */
export const rateFactors = [0.1, 1, 10] as const;

/** The modulator that textbook rules call the reward. */
const rewardModulator = 'DA';

/** A rule at a learning rate. */
export interface Substitute extends Outcome {
  rule: string;
  /** `own`: the rule's default; otherwise what the champion's is multiplied by. */
  rate: 'own' | number;
  /** Its learning rates by name, means where projections differ. */
  rates: Record<string, number>;
  /** What it adds to the champion without plasticity. */
  learned: FreshLoss;
}

export interface Substitution {
  /** The champion's rules, and the projections whose rules give way. */
  evolved: string[];
  projections: string[];
  /** What the champion's rule adds to the champion without plasticity. */
  learned: FreshLoss;
  substitutes: Substitute[];
  /** Rules that do not fit, and why. */
  misfits: { rule: string; why: string }[];
  /** The modulator of the task that stands for dopamine where the network has none; null where it has. */
  standsIn: string | null;
}

/** A rule with the values that the champion gives it. */
interface AtWork {
  name: string;
  plasticity: Plasticity;
  valueOf(parameter: string): Values;
}

/** The rules at work in the champion, by projection. */
function atWork({ habitat, champion }: OpenedRun): AtWork[] {
  const set = habitat.space.parametersOf(champion);
  return habitat.networkOf(champion).projections.flatMap(({ name, plasticity }) =>
    plasticity
      ? [
          {
            ...{ name, plasticity },
            valueOf: (parameter: string) =>
              set[`${name}.${parameter}`] ?? ruleParameter(plasticity, parameter),
          },
        ]
      : [],
  );
}

const meanOf = (values: Values): number => (typeof values === 'number' ? values : mean(values));

/** The champion's learning rate on a projection; undefined where its rule has none. */
function rateOf(on: AtWork): number | undefined {
  const [rate] = learningRatesOf(on.plasticity.rule);
  return rate === undefined ? undefined : meanOf(on.valueOf(rate));
}

/** The parameters of a rule on a projection: the champion's bounds, and rates in the ratio of their defaults. */
function parametersOn(rule: PlasticityRule, on: AtWork, rate: number | undefined): Record<string, Values> {
  const { low, high } = on.plasticity.rule.bounds;
  const bounds = { [rule.bounds.low]: on.valueOf(low), [rule.bounds.high]: on.valueOf(high) };
  if (rate === undefined) return bounds;
  const [first, ...others] = learningRatesOf(rule);
  const whole = rule.parameters[first!]!.default;
  const scaled = [first!, ...others].map((name) => [name, (rate * rule.parameters[name]!.default) / whole]);
  return { ...bounds, ...Object.fromEntries(scaled) };
}

/** Whether rates lie where the rule says that they make sense. */
const isWithin = ({ parameters }: PlasticityRule, values: Readonly<Record<string, Values>>) =>
  Object.entries(values).every(([name, of]) => {
    const { low, high } = parameters[name]!;
    const all = typeof of === 'number' ? [of] : of;
    return all.every((value) => value >= low && value <= high);
  });

/** A rule that is tried at one rate. */
interface Trial {
  rule: PlasticityRule;
  rate: 'own' | number;
  perturbation: Perturbation & { what: 'rule' };
}

/** A trial's learning rates by name, means where projections differ. */
const ratesOf = ({ rule, perturbation: { parameters } }: Trial): Record<string, number> =>
  Object.fromEntries(
    learningRatesOf(rule).map((name) => [
      name,
      mean(Object.values(parameters).map((of) => meanOf(of[name] ?? rule.parameters[name]!.default))),
    ]),
  );

/** A rule at its own rate, and at those of the champion that it allows. */
function trialsOf(rule: PlasticityRule, projections: readonly AtWork[]): Trial[] {
  const trial = (rate: 'own' | number, rates: readonly number[]): Trial => {
    const parameters = projections.map((on, i) => [on.name, parametersOn(rule, on, rates[i])] as const);
    return { rule, rate, perturbation: { what: 'rule', rule, parameters: Object.fromEntries(parameters) } };
  };
  const own = trial('own', []);
  const evolved = projections.flatMap((on) => rateOf(on) ?? []);
  if (evolved.length < projections.length) return [own];
  const standard = rule.parameters[learningRatesOf(rule)[0]!]!.default;
  const others = rateFactors
    .filter((factor) => evolved.some((rate) => factor * rate !== standard))
    .map((factor) =>
      trial(
        factor,
        evolved.map((rate) => factor * rate),
      ),
    )
    .filter(({ perturbation: { parameters } }) =>
      Object.values(parameters).every((of) => isWithin(rule, of)),
    );
  return [own, ...others];
}

/** Why a rule does not fit where another is at work; undefined where it does. */
async function misfitOf(
  { habitat }: OpenedRun,
  rule: PlasticityRule,
  [first]: readonly Trial[],
  events: readonly string[],
): Promise<string | undefined> {
  const missing = Object.keys(rule.onEvent ?? {}).find((event) => !events.includes(event));
  if (missing !== undefined)
    return `it waits for the event "${missing}", which the task does not signal here.`;
  try {
    await openHabitat({ ...habitat.setup, perturbation: first!.perturbation });
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message.split('\n')[0]!;
    throw error;
  }
}

/** Textbook rules that fit a champion's synapses, and those that do not. */
async function substitutesFor(opened: OpenedRun, projections: readonly AtWork[]) {
  const { habitat } = opened;
  const { modulators } = habitat.embodied.network;
  const rules = projections.map(({ plasticity }) => plasticity.rule);
  const events = rules.flatMap(({ onEvent }) => Object.keys(onEvent ?? {}));
  const taught = habitat.task.teaching?.modulators ?? [];
  const standsIn = !Object.hasOwn(modulators, rewardModulator) && taught.length === 1 ? taught[0]! : null;
  const trials: Trial[] = [];
  const misfits: Substitution['misfits'] = [];
  for (const name of textbookNames) {
    if (rules.every((rule) => rule.name === name)) continue;
    const shipped: PlasticityRule = plasticityRules[name];
    const rule =
      standsIn === null ? shipped : renamed(shipped, new Map([[`m.${rewardModulator}`, `m.${standsIn}`]]));
    const own = trialsOf(rule, projections);
    const why = await misfitOf(opened, rule, own, events);
    if (why === undefined) trials.push(...own);
    else misfits.push({ rule: name, why });
  }
  return { trials, misfits, standsIn };
}

const trialName = ({ rule, rate }: Trial) =>
  `${rule.name}, ${rate === 'own' ? 'own rate' : `the champion's rate x ${rate}`}`;

/**
 * Textbook rules in the place of the champion's, on the same synapses and lives; everything else of the champion stays.
 * @throws UsageError where nothing learns, or no textbook rule fits
 */
export async function planTextbook(opened: OpenedRun): Promise<Planned<Substitution>> {
  const { habitat, champion } = opened;
  if (!learns(habitat)) {
    throw new UsageError(
      '--textbook: nothing in the network learns, so there is no rule to replace. Leave it out.',
    );
  }
  const projections = atWork(opened);
  const { trials, misfits, standsIn } = await substitutesFor(opened, projections);
  if (trials.length === 0) {
    const reasons = misfits.map(({ rule, why }) => `  ${rule}: ${why}`).join('\n');
    throw new UsageError(`--textbook: no textbook rule fits the synapses that learn:\n${reasons}`);
  }
  return {
    option: '--textbook',
    livesOn: (seeds) => trials.length * seeds,
    measure: async (grounds, meter) => {
      const conditions = trials.map(
        (trial): Condition => ({
          name: trialName(trial),
          perturbation: trial.perturbation,
          genome: champion,
        }),
      );
      const scores = await scoresUnder(meter, grounds.lives, conditions, 'textbook rules');
      const outcomes = outcomesOf(grounds, trials.map(trialName), scores, 'textbook rules');
      const all = [grounds.champion, ...scores];
      const controls = all.map(() => grounds.innate!);
      const [learned, ...each] = gainsOver(controls, all, 'what textbook rules add');
      return {
        evolved: [...new Set(projections.map(({ plasticity }) => plasticity.rule.name))],
        projections: projections.map(({ name }) => name),
        learned: learned!,
        substitutes: trials.map((trial, i) => ({
          ...outcomes[i]!,
          ...{ rule: trial.rule.name, rate: trial.rate, rates: ratesOf(trial) },
          learned: each[i]!,
        })),
        ...{ misfits, standsIn },
      };
    },
  };
}
