import { drawsIn } from '../../expression/analysis.js';
import type { Statement } from '../../expression/ast.js';
import { ExpressionError } from '../../expression/error.js';
import { parseExpression, parseStatement } from '../../expression/parse.js';
import { checkUnits, type Unit } from '../../expression/units.js';
import type { CellModel, StateVariable } from '../model/model.js';
import { plainNumber } from './known-units.js';
import { Checker, reserved, type Scope, suggestName, valueAt } from './text.js';

/** What cell models and synapses have in common: parameters and states, and statements in order. */
export class Description {
  readonly check = new Checker();
  readonly units = new Map<string, Unit | undefined>();
  readonly stateUnits = new Map<string, Unit | undefined>();
  /** Values at the start, with the defaults. */
  readonly rest = new Map<string, number>([
    ['t', 0],
    ['dt', 0.1],
  ]);
  /** States that something changes. */
  readonly changed = new Set<string>();

  constructor(
    readonly model: Pick<CellModel, 'parameters' | 'state'>,
    free: readonly string[] = [],
  ) {
    const { parameters, state } = model;
    const taken = Object.fromEntries(Object.entries(reserved).filter(([name]) => !free.includes(name)));
    this.check.names({ parameters, state }, taken);
    const parameterUnits = this.check.parameters(parameters);
    for (const [name, { default: value }] of Object.entries(parameters)) this.rest.set(name, value);
    for (const [name, unit] of parameterUnits) this.units.set(name, unit);
    for (const [name, variable] of Object.entries(state)) {
      this.stateUnits.set(name, this.check.unit(`state.${name}.unit`, variable.unit));
    }
    for (const [name, variable] of Object.entries(state)) {
      this.#start(`state.${name}.start`, variable, parameterUnits, name);
    }
    for (const [name, unit] of this.stateUnits) this.units.set(name, unit);
  }

  #start(
    path: string,
    { start }: StateVariable,
    units: ReadonlyMap<string, Unit | undefined>,
    name: string,
  ): void {
    if (typeof start === 'number') {
      if (Number.isFinite(start)) this.rest.set(name, start);
      else this.check.report(path, `expected a finite number, found ${start}`);
      return;
    }
    const e = this.check.attempt(path, () => parseExpression(start));
    if (!e) return;
    const elsewhere = new Map(
      [...this.stateUnits.keys(), 't', 'dt', 'I'].map((of) => [
        of,
        `"${of}" has no value yet: a start is made of parameters`,
      ]),
    );
    if (!this.check.judge(path, start, e, { units, elsewhere }, this.stateUnits.get(name))) return;
    if (drawsIn(e) > 0) {
      this.check.reportAt(path, 'a start cannot draw random numbers', start, 0);
      return;
    }
    this.check.defined(path, start, e, this.rest);
    this.rest.set(name, valueAt(e, this.rest));
  }

  /** What a name that is given a value should have been. */
  notAState(name: string): string {
    const states = Object.keys(this.model.state);
    if (Object.hasOwn(this.model.parameters, name)) {
      return `"${name}" is a parameter, which does not change; make it a state, or give another name`;
    }
    return `"${name}" is not a state. ${suggestName(name, states)}`;
  }

  /**
   * Statements that are carried out in order. One that gives a name that is no state a value makes a passing quantity
   * for those after it.
   * @param later texts that may use what these make
   * @returns the scope and the values after them
   */
  statements(
    field: string,
    texts: readonly string[],
    scope: Scope,
    later: readonly string[] = [],
  ): { scope: Scope; values: Map<string, number> } {
    const units = new Map(scope.units);
    const values = new Map(this.rest);
    texts.forEach((text, i) => {
      const path = `${field}[${i}]`;
      const statement = this.check.attempt(path, () => parseStatement(text));
      if (!statement) return;
      const { target, operator, value } = statement;
      if (Object.hasOwn(reserved, target) && !this.stateUnits.has(target)) {
        const taken = `"${target}" cannot be given a value: it is ${reserved[target]}`;
        this.check.reportAt(path, taken, text, text.indexOf(target));
        return;
      }
      if (this.stateUnits.has(target)) this.changed.add(target);
      else if (!units.has(target) || Object.hasOwn(this.model.parameters, target)) {
        const used = [...texts.slice(i + 1), ...later].some((other) =>
          new RegExp(`(?<![\\w.])${target}(?![\\w.])`).test(other),
        );
        if (operator !== '=' || !used || Object.hasOwn(this.model.parameters, target)) {
          this.check.reportAt(path, this.notAState(target), text, text.indexOf(target));
          return;
        }
      }
      const here = { ...scope, units };
      const wanted = operator === '*=' ? plainNumber : units.get(target);
      if (this.check.judge(path, text, value, here, wanted)) {
        this.check.defined(path, text, value, values);
        if (!units.has(target))
          units.set(
            target,
            checkUnits(value, text, (name) => units.get(name)),
          );
        values.set(target, assigned(statement, valueAt(value, values), values));
      } else if (!units.has(target)) units.set(target, undefined);
    });
    return { scope: { ...scope, units }, values };
  }

  /** Statements for the cells that fired, which are not part of the step: draws are made in steps alone. */
  drawless(field: string, texts: readonly string[], what: string): void {
    texts.forEach((text, i) => {
      const drawn = this.quietly(() => drawsIn(parseStatement(text).value) > 0);
      if (drawn) this.check.reportAt(`${field}[${i}]`, `${what} cannot draw random numbers`, text, 0);
    });
  }

  quietly<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (error instanceof ExpressionError) return undefined;
      throw error;
    }
  }

  /** States that stay as they start whatever happens. */
  unchanged(received: readonly string[], advice: string): void {
    const states = Object.keys(this.model.state);
    const still = states.filter((name) => !this.changed.has(name) && !received.includes(name));
    for (const name of still) {
      this.check.report(
        `state.${name}`,
        `nothing changes "${name}": ${advice}, or make it a parameter if it is one`,
      );
    }
  }
}

function assigned(
  { target, operator }: Statement,
  value: number,
  values: ReadonlyMap<string, number>,
): number {
  const before = values.get(target) ?? Number.NaN;
  if (operator === '+=') return before + value;
  if (operator === '-=') return before - value;
  return operator === '*=' ? before * value : value;
}
