import { compileToFunction } from '../../expression/evaluate.js';
import { exp } from '../../math/exponential.js';
import type { Assignment } from '../../network/model/terms.js';
import { decayIntegral, meanLevel, type RulePlan } from '../learning.js';
import type { PopulationProgram } from '../population-program.js';
import type { Slots } from './slots.js';

export type Act = (env: Float64Array) => number;
export type Statement = { slot: number; act: Act };

/** A rule's statements, ready to be carried out at one synapse. */
export interface Statements {
  onPre: Statement[];
  onPost: Statement[];
  onUpdate: Statement[];
  onEvent: Map<string, Statement[]>;
}

export function statementsOf(plan: RulePlan, slots: Slots): Statements {
  const compile = (list: readonly Assignment[]): Statement[] =>
    list.map(({ target, value }) => ({
      slot: slots.take(target),
      act: compileToFunction(value, (name) => slots.take(name)),
    }));
  return {
    onPre: compile(plan.onPre),
    onPost: compile(plan.onPost),
    onUpdate: compile(plan.onUpdate),
    onEvent: new Map(Object.entries(plan.onEvent).map(([event, list]) => [event, compile(list)])),
  };
}

/** A trace of a rule, as it is stepped. */
export interface TraceStepper {
  of: 'pre' | 'post';
  slot: number;
  decay: number;
  each: 'add' | 'set' | Act | undefined;
  follows: Act | undefined;
  start: number;
  coincident: boolean;
}

/** What is left of something after a step. */
const decayOf = (tau: string | undefined, one: (name: string) => number, dtMs: number) =>
  tau === undefined ? 1 : exp(-dtMs / one(tau));

/** @param one the value of a parameter that is one for all synapses */
export function traceSteppers(
  plan: RulePlan,
  slots: Slots,
  one: (name: string) => number,
  dtMs: number,
): TraceStepper[] {
  return plan.traces.map(({ name, of, tau, each, follows, start, coincident }) => ({
    of,
    slot: slots.take(name),
    decay: decayOf(tau, one, dtMs),
    each:
      each === undefined || each === 'add' || each === 'set'
        ? each
        : compileToFunction(each, (n) => slots.take(n)),
    follows:
      follows === undefined
        ? undefined
        : compileToFunction(follows, (n) =>
            slots.take(n.startsWith('cell.') ? `${of}.${n.slice('cell.'.length)}` : n),
          ),
    start: typeof start === 'number' ? start : one(start),
    coincident,
  }));
}

/** A variable of a rule's synapses, as it is stepped. */
export interface VariableStepper {
  slot: number;
  name: string;
  decay: number;
  integral: number;
  drive: Act | undefined;
  levels: { modulator: string; slot: number; baseline: number; share: number }[];
  start: number | 'w';
}

/** @param one the value of a parameter that is one for all synapses */
export function variableSteppers(
  plan: RulePlan,
  slots: Slots,
  one: (name: string) => number,
  modulation: ReadonlyMap<string, { tauMs: number; baseline: number }>,
  dtMs: number,
): VariableStepper[] {
  return plan.variables.map(({ name, tau, drive, start }) => {
    const tauMs = tau === undefined ? undefined : one(tau);
    return {
      slot: slots.take(name),
      name,
      decay: decayOf(tau, one, dtMs),
      integral: decayIntegral(tauMs, dtMs),
      drive: drive === undefined ? undefined : compileToFunction(drive, (n) => slots.take(n)),
      levels: [...modulation].map(([modulator, { tauMs: modulatorTauMs, baseline }]) => ({
        modulator,
        slot: slots.take(`m.${modulator}`),
        baseline,
        share: meanLevel(tauMs, modulatorTauMs, dtMs),
      })),
      start,
    };
  });
}

/** The population on one side of a plastic projection. */
export interface Side {
  first: number;
  count: number;
  /** Names that statements and traces read of this side's cells, and where they stand. */
  states: { slot: number; at: number }[];
}

/** Of the cells' states, those that some text reads: it comes after the texts are compiled. */
export const sideOf = (
  of: 'pre' | 'post',
  { first, population, stateAt }: PopulationProgram,
  slots: Slots,
): Side => ({
  first,
  count: population.count,
  states: [...stateAt].flatMap(([name, at]) => {
    const slot = slots.find(`${of}.${name}`);
    return slot === undefined ? [] : [{ slot, at }];
  }),
});
