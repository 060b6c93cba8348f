import { drawsIn, namesIn } from '../../expression/analysis.js';
import type { Equation, Expression } from '../../expression/ast.js';
import { ExpressionError } from '../../expression/error.js';
import { parseEquation, parseExpression, parseStatement } from '../../expression/parse.js';
import { checkUnits, type Unit } from '../../expression/units.js';
import { suggest } from '../../spec/errors.js';
import { type Integrator, integratorNames, integrators } from '../model/integrators.js';
import type { CellModel } from '../model/model.js';
import { currentProblems } from './current.js';
import { Description } from './description.js';
import { milliseconds, perMillisecond, timeUnits } from './known-units.js';
import { type ModelProblem, reserved, type Scope, valueAt } from './text.js';

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

class CellCheck extends Description {
  readonly scope: Scope;

  constructor(readonly cell: CellModel) {
    super(cell);
    const { currentUnit } = cell;
    const elsewhere = new Map<string, string>();
    if (currentUnit === undefined) {
      elsewhere.set('I', '"I" needs a unit: say in "currentUnit" what current the cell takes');
    }
    const unit = currentUnit === undefined ? undefined : this.check.unit('currentUnit', currentUnit);
    this.scope = {
      units: new Map<string, Unit | undefined>([
        ...this.units,
        ...timeUnits,
        ...(currentUnit === undefined ? [] : ([['I', unit]] as const)),
      ]),
      elsewhere,
    };
    this.rest.set('I', 0);
  }

  run(): ModelProblem[] {
    const { model, cell } = this;
    const { equations = [], update = [], reset = [], threshold } = cell;
    const intermediates = this.#equations(equations);
    const elsewhere = new Map([
      ...(this.scope.elsewhere ?? []),
      ...intermediates.map((name): [string, string] => [
        name,
        `"${name}" is an intermediate quantity of "equations", known to them alone. Write it out here`,
      ]),
    ]);
    const after = this.statements(
      'update',
      update,
      { ...this.scope, elsewhere },
      threshold === undefined ? [] : [threshold],
    );
    this.#threshold({ ...after.scope, elsewhere }, after.values);
    const outside = this.#withoutCurrent({ ...this.scope, elsewhere });
    if (reset.length > 0) this.statements('reset', reset, outside);
    this.drawless('reset', reset, 'a reset');
    this.#refractory(outside);
    const moves = equations.length + update.length + reset.length > 0;
    if (!moves && Object.keys(model.state).length > 0) {
      const states = quoted(Object.keys(model.state));
      this.check.report(
        'equations',
        `missing: nothing changes ${states}. Give "equations" such as dv/dt = …, or "update"`,
      );
    } else {
      this.unchanged([], 'give it an equation, an update or a reset');
    }
    this.#types();
    this.#protocols();
    return this.check.problems;
  }

  /** The scope of texts that are not part of the step: the current is gone. */
  #withoutCurrent(scope: Scope): Scope {
    const units = new Map(scope.units);
    units.delete('I');
    const elsewhere = new Map(scope.elsewhere);
    elsewhere.set('I', '"I" is known to equations and updates alone');
    return { ...scope, units, elsewhere };
  }

  /** Returns the names of intermediate quantities. */
  #equations(texts: readonly string[]): string[] {
    const { check, cell } = this;
    const parsed = texts.map((text, i) => check.attempt(`equations[${i}]`, () => parseEquation(text)));
    const defined = new Map<string, number>();
    parsed.forEach((equation, i) => {
      if (equation && !equation.derivative && !defined.has(equation.name)) defined.set(equation.name, i);
    });
    const derivatives = new Map<string, number>();
    const units = new Map(this.scope.units);
    const values = new Map(this.rest);
    const made = new Set<string>();
    let sound = parsed.every((equation) => equation !== undefined);
    parsed.forEach((equation, i) => {
      if (!equation) return;
      const { name, derivative, value, text } = equation;
      const path = `equations[${i}]`;
      const fault = derivative
        ? this.#derivative(name, derivatives.get(name))
        : this.#intermediate(name, made.has(name) ? defined.get(name) : undefined);
      if (fault !== undefined) {
        check.reportAt(path, fault, text, text.indexOf(name));
        sound = false;
      }
      if (derivative) {
        if (!derivatives.has(name)) derivatives.set(name, i);
        this.changed.add(name);
      }
      const elsewhere = new Map(this.scope.elsewhere);
      for (const [other, at] of defined) {
        if (!made.has(other)) {
          elsewhere.set(other, `"${other}" is used before it is defined, in equations[${at}]. Move that up`);
        }
      }
      const expected = derivative ? perMillisecond(this.stateUnits.get(name)) : undefined;
      if (!check.judge(path, text, value, { units, elsewhere }, expected)) sound = false;
      else {
        check.defined(path, text, value, values);
        if (!derivative) {
          units.set(
            name,
            checkUnits(value, text, (of) => units.get(of)),
          );
          values.set(name, valueAt(value, values));
        }
      }
      if (!derivative) {
        made.add(name);
        if (!units.has(name)) units.set(name, undefined);
      }
    });
    if (texts.length > 0 && sound && derivatives.size === 0) {
      check.report('equations', 'none of them is a derivative, dv/dt = …, so nothing would be computed');
    }
    this.#integrator(sound ? (parsed as Equation[]) : []);
    if (cell.integrator !== undefined && texts.length === 0) {
      check.report('integrator', `"${cell.integrator}" steps equations, and there are none. Remove it`);
    }
    return [...made];
  }

  #derivative(name: string, before: number | undefined): string | undefined {
    if (before !== undefined) return `the derivative of "${name}" is given already, in equations[${before}]`;
    if (this.stateUnits.has(name)) return undefined;
    return this.notAState(name);
  }

  #intermediate(name: string, before: number | undefined): string | undefined {
    if (before !== undefined) return `"${name}" is defined already, in equations[${before}]`;
    if (this.stateUnits.has(name)) {
      return `"${name}" is a state: write d${name}/dt = …, or move "${name} = …" to "update"`;
    }
    if (Object.hasOwn(this.model.parameters, name))
      return `"${name}" is a parameter too. Rename one of the two`;
    if (!Object.hasOwn(reserved, name)) return undefined;
    return `the name "${name}" is taken: it is ${reserved[name]}. Choose another`;
  }

  /** What the integrator asks of the equations, which are sound by themselves. */
  #integrator(equations: readonly Equation[]): void {
    const { check, cell } = this;
    const name: string = cell.integrator ?? 'euler';
    if (!Object.hasOwn(integrators, name)) {
      check.report('integrator', `there is no "${name}". ${suggest(name, integratorNames)}`);
      return;
    }
    if (!equations.some(({ derivative }) => derivative)) return;
    const pathOf = (text: string) =>
      `equations[${equations.findIndex((equation) => equation.text === text)}]`;
    try {
      integrators[name as Integrator].expand(equations);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      check.report(pathOf(error.text), error.message);
      return;
    }
  }

  #threshold(scope: Scope, values: ReadonlyMap<string, number>): void {
    const { check, cell } = this;
    const { threshold, firing, reset = [] } = cell;
    if (threshold === undefined) {
      if (reset.length > 0) check.report('threshold', 'missing: a reset acts on cells that fire');
      if (firing !== undefined) check.report('threshold', 'missing: "firing" says how a threshold is met');
      return;
    }
    const e = check.attempt('threshold', () => parseExpression(threshold, 'condition'));
    if (e && check.judge('threshold', threshold, e, this.#withoutCurrent(scope))) {
      check.defined('threshold', threshold, e, values);
    }
    if (firing !== 'crossing' && reset.length === 0 && e && this.#remembers(e)) {
      check.report(
        'reset',
        'missing reset: a cell that stays above its threshold fires at every step. Say what a spike does to the ' +
          'cell, such as "v = vReset", or give "firing": "crossing" if it comes down by itself',
      );
    }
  }

  /**
   * Whether a condition hangs on a state that goes on from its value before: one with a derivative, one that an update
   * makes of itself, one that only synapses change. A cell whose threshold hangs on the input of the step alone, or on
   * chance, needs no reset.
   */
  #remembers(e: Expression): boolean {
    const { update = [] } = this.cell;
    const made = new Map<string, Set<string>>();
    for (const text of update) {
      const statement = this.quietly(() => parseStatement(text));
      if (!statement) continue;
      const { target, operator, value } = statement;
      // What is used here was made by the statements before.
      const from = [...namesIn(value)].flatMap((name) => [...(made.get(name) ?? [name])]);
      made.set(target, new Set(operator === '=' ? from : [...from, target]));
    }
    return [...namesIn(e)]
      .flatMap((name) => [...(made.get(name) ?? [name])])
      .some((name) => this.stateUnits.has(name));
  }

  #refractory(scope: Scope): void {
    const { check, cell } = this;
    if (!cell.refractory) return;
    if (cell.threshold === undefined) {
      check.report('threshold', 'missing: a refractory period follows a spike');
    }
    const { ms: text, holds } = cell.refractory;
    const e = check.attempt('refractory.ms', () => parseExpression(text));
    if (e && check.judge('refractory.ms', text, e, scope, milliseconds)) {
      check.defined('refractory.ms', text, e, this.rest);
      if (drawsIn(e) > 0) {
        check.reportAt('refractory.ms', 'a refractory period cannot draw random numbers', text, 0);
      }
    }
    holds.forEach((name, i) => {
      if (!this.stateUnits.has(name)) check.report(`refractory.holds[${i}]`, this.notAState(name));
    });
  }

  /** Values by name, each of one of the known. */
  #values(
    path: string,
    values: Readonly<Record<string, number>> | undefined,
    known: object,
    what: string,
  ): void {
    for (const [name, value] of Object.entries(values ?? {})) {
      if (!Object.hasOwn(known, name)) {
        this.check.report(
          `${path}.${name}`,
          `there is no ${what} "${name}". ${suggest(name, Object.keys(known))}`,
        );
      } else if (Number.isNaN(value)) {
        this.check.report(`${path}.${name}`, 'expected a number, found NaN');
      }
    }
  }

  #types(): void {
    const { parameters, state } = this.model;
    for (const [name, type] of Object.entries(this.cell.types ?? {})) {
      this.#values(`types.${name}.parameters`, type.parameters, parameters, 'parameter');
      this.#values(`types.${name}.start`, type.start, state, 'state');
    }
  }

  #protocols(): void {
    const { check, cell } = this;
    const types = cell.types ?? {};
    for (const [name, protocol] of Object.entries(cell.protocols ?? {})) {
      const path = `protocols.${name}`;
      const { type, integrator, current, dtMs, durationMs } = protocol;
      if (type !== undefined && !Object.hasOwn(types, type)) {
        check.report(`${path}.type`, `there is no type "${type}". ${suggest(type, Object.keys(types))}`);
      }
      this.#values(`${path}.parameters`, protocol.parameters, cell.parameters, 'parameter');
      this.#values(`${path}.start`, protocol.start, cell.state, 'state');
      if (integrator !== undefined && !Object.hasOwn(integrators, integrator)) {
        check.report(
          `${path}.integrator`,
          `there is no "${integrator}". ${suggest(integrator, integratorNames)}`,
        );
      }
      if (!(dtMs > 0)) check.report(`${path}.dtMs`, `expected a number above 0, found ${dtMs}`);
      if (!(Math.round(durationMs / dtMs) >= 1)) {
        check.report(`${path}.durationMs`, `expected at least one step (${dtMs} ms), found ${durationMs}`);
      }
      check.problems.push(...currentProblems(cell, current, `${path}.current`));
    }
  }
}

/** Everything that is wrong with a cell model, in the order of its fields. */
export const cellModelProblems = (model: CellModel): ModelProblem[] => new CellCheck(model).run();
