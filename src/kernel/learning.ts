import { namesIn } from '../expression/analysis.js';
import type { Expression } from '../expression/ast.js';
import { parseExpression } from '../expression/parse.js';
import { exp } from '../math/exponential.js';
import { isWholeSteps, wholeSteps } from '../math/steps.js';
import { statementAssignment } from '../network/model/dynamics.js';
import type { Network, Projection } from '../network/model/network.js';
import type { PlasticityRule, Trace } from '../network/model/plasticity-rule.js';
import type { Assignment } from '../network/model/terms.js';
import type { PopulationProgram } from './population-program.js';
import type { Route } from './routes.js';

export interface TracePlan {
  name: string;
  of: 'pre' | 'post';
  tau: string | undefined;
  each: 'add' | 'set' | Expression | undefined;
  follows: Expression | undefined;
  start: number | string;
  coincident: boolean;
}

export interface VariablePlan {
  name: string;
  tau: string | undefined;
  drive: Expression | undefined;
  start: number | 'w';
}

/** A rule with its texts parsed. */
export interface RulePlan {
  rule: PlasticityRule;
  traces: readonly TracePlan[];
  variables: readonly VariablePlan[];
  onPre: readonly Assignment[];
  onPost: readonly Assignment[];
  onUpdate: readonly Assignment[];
  onEvent: Readonly<Record<string, readonly Assignment[]>>;
  /** Whether some statement uses the mean weight onto a cell. */
  usesIncoming: boolean;
}

/** A plastic projection: its rule, its two populations and the routes that its synapses are laid out in. */
export interface Learning {
  projection: Projection;
  plan: RulePlan;
  from: PopulationProgram;
  to: PopulationProgram;
  routes: readonly number[];
}

function risingOf(each: Trace['each']): TracePlan['each'] {
  if (each === undefined) return undefined;
  if (each === 'add') return 'add';
  return each === 'set' ? 'set' : parseExpression(each);
}

export function planOf(rule: PlasticityRule): RulePlan {
  const statements = (texts: readonly string[]) => texts.map(statementAssignment);
  const onUpdate = statements(rule.onUpdate?.statements ?? []);
  const onEvent = Object.fromEntries(
    Object.entries(rule.onEvent ?? {}).map(([event, texts]) => [event, statements(texts)]),
  );
  return {
    rule,
    traces: Object.entries(rule.traces).map(([name, { of, tau, each, follows, start, coincident }]) => ({
      name,
      of,
      tau,
      each: risingOf(each),
      follows: follows === undefined ? undefined : parseExpression(follows),
      start: start ?? 0,
      coincident: coincident ?? false,
    })),
    variables: Object.entries(rule.synapse ?? {}).map(([name, { tau, drive, start }]) => ({
      name,
      tau,
      drive: drive === undefined ? undefined : parseExpression(drive),
      start: start ?? 0,
    })),
    onPre: statements(rule.onPre),
    onPost: statements(rule.onPost),
    onUpdate,
    onEvent,
    usesIncoming: [...onUpdate, ...Object.values(onEvent).flat()].some(({ value }) =>
      namesIn(value).has('incoming.w'),
    ),
  };
}

/** The plastic projections, each with the routes that its synapses are laid out in. */
export function learningOf(
  { projections }: Network,
  routes: readonly Route[],
  byName: ReadonlyMap<string, PopulationProgram>,
): Learning[] {
  return projections.flatMap((projection) => {
    if (!projection.plasticity) return [];
    return [
      {
        projection,
        plan: planOf(projection.plasticity.rule),
        from: byName.get(projection.from)!,
        to: byName.get(projection.to)!,
        routes: routes.flatMap(({ special }, i) => (special === projection ? [i] : [])),
      },
    ];
  });
}

/** The integral over a step of what decays from 1 with time constants; a missing one is infinite. */
function integral(dtMs: number, ...tausMs: readonly (number | undefined)[]): number {
  const rate = tausMs.reduce<number>((sum, tau) => sum + (tau === undefined ? 0 : 1 / tau), 0);
  const x = dtMs * rate;
  // The difference from 1 would lose what is left of a small x.
  return x < 1e-5 ? dtMs * (1 - x / 2 + (x * x) / 6) : (1 - exp(-x)) / rate;
}

/**
 * What a variable that decays from 1 over a step adds up to: with a constant drive, dw is its value at the start of the
 * step times this. Exact, so that steps of any length agree with the closed form.
 */
export const decayIntegral = (tauMs: number | undefined, dtMs: number) => integral(dtMs, tauMs);

/**
 * The share of a modulator's excess over its baseline that counts in a step's drive: its mean, weighted by what is left
 * of the variable that it turns into weight. Exact where the drive is linear in the modulator.
 */
export const meanLevel = (tauMs: number | undefined, modulatorTauMs: number, dtMs: number) =>
  integral(dtMs, tauMs, modulatorTauMs) / integral(dtMs, tauMs);

/** Whole steps between two updates of a rule. */
export const updateSteps = (everyMs: number, dtMs: number) => Math.max(1, wholeSteps(everyMs, dtMs));

/** The interval between two updates that is used, in ms: what statements do is reckoned with the interval of when they do it. */
export const usedInterval = (everyMs: number, dtMs: number) =>
  isWholeSteps(everyMs, dtMs) ? everyMs : updateSteps(everyMs, dtMs) * dtMs;
