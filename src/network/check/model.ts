import { drawsIn, isLinearDecay, linearIn, namesIn } from '../../expression/analysis.js';
import type { Equation, Expression, Statement } from '../../expression/ast.js';
import { ExpressionError } from '../../expression/error.js';
import { parseEquation, parseExpression, parseStatement } from '../../expression/parse.js';
import { checkAssignmentUnits, checkUnits, parseUnit, type Unit } from '../../expression/units.js';
import { nearestNames, suggest, UsageError } from '../../spec/errors.js';
import { type Integrator, integratorNames, integrators } from '../model/integrators.js';
import type { CellModel, PortModel, StateVariable } from '../model/model.js';
import { Checker, type ModelProblem, reserved, type Scope, suggestName, valueAt } from './text.js';

export type { ModelProblem } from './text.js';

const ms = parseUnit('ms');
const plain = parseUnit('1');
const perMs = (unit: Unit | undefined): Unit | undefined =>
  unit && {
    scale: unit.scale / ms.scale,
    dimensions: unit.dimensions.map((d, i) => d - ms.dimensions[i]!),
  };

const time: readonly (readonly [string, Unit])[] = [
  ['t', ms],
  ['dt', ms],
];

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

/** What cell models and synapses have in common: parameters and states, and statements in order. */
class Description {
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
    this.check.names(model, free);
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
      const wanted = operator === '*=' ? plain : units.get(target);
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
        ...time,
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
      const expected = derivative ? perMs(this.stateUnits.get(name)) : undefined;
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
    if (name !== 'exponential-euler') return;
    for (const { name: state, derivative, value, text } of equations) {
      const slope = derivative ? linearIn(value, state)?.slope : undefined;
      if (!slope || (slope.kind === 'number' && slope.value === 0) || valueAt(slope, this.rest) !== 0)
        continue;
      check.reportAt(
        pathOf(text),
        `"exponential-euler" divides by the slope in "${state}", which is 0 with the defaults. Use "euler" or "rk4"`,
        text,
        text.indexOf('=') + 1,
      );
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
    if (e && check.judge('refractory.ms', text, e, scope, ms)) {
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

/**
 * What is wrong with a current over `t`, the parameters and the states of a cell. Units are checked where it gives any:
 * `0.1*t` alone is as good as `0.1[nA/ms]*t`.
 */
export function currentProblems(cell: CellModel, text: string, path: string): ModelProblem[] {
  const check = new Checker();
  const e = check.attempt(path, () => parseExpression(text));
  if (!e) return check.problems;
  const quiet = new Checker();
  const unit = (of: string) => (text.includes('[') ? quiet.unit('', of) : undefined);
  const units = new Map<string, Unit | undefined>([
    ...[...Object.entries(cell.parameters), ...Object.entries(cell.state)].map(
      ([name, { unit: of }]): [string, Unit | undefined] => [name, unit(of)],
    ),
    ...time.map(([name]): [string, Unit | undefined] => [name, unit('ms')]),
  ]);
  const elsewhere = new Map([['I', '"I" is what this gives: write it over "t"']]);
  const expected = cell.currentUnit === undefined ? undefined : unit(cell.currentUnit);
  check.judge(path, text, e, { units, elsewhere }, expected);
  return check.problems;
}

class PortCheck extends Description {
  constructor(
    readonly port: PortModel,
    readonly cell?: CellModel,
  ) {
    super(port, ['I']);
  }

  /** Names of the cell, which a synapse may use: checked where the cell is given, otherwise unless it looks misspelled. */
  #allows = (name: string): boolean => {
    if (this.cell) return Object.hasOwn(this.cell.state, name);
    if (name.includes('.') || name === 'I' || name === 'weightSum') return false;
    return name.length < 3 || nearestNames(name, [...this.units.keys()]).length === 0;
  };

  #scope(): Scope {
    const { sends, weightUnit } = this.port;
    const quiet = new Checker();
    const ofCell = Object.entries(this.cell?.state ?? {}).map(
      ([name, { unit }]) => [name, quiet.unit('', unit)] as const,
    );
    const units = new Map<string, Unit | undefined>([...ofCell, ...this.units, ...time]);
    const elsewhere = new Map<string, string>();
    if (sends === undefined) {
      elsewhere.set('weightSum', '"weightSum" is known to synapses without spikes alone, those with "sends"');
    } else {
      units.set('weightSum', weightUnit === undefined ? undefined : quiet.unit('', weightUnit));
    }
    if (!units.has('I'))
      elsewhere.set('I', '"I" is the sum of what synapses and inputs give, and not known to them');
    return { units, elsewhere, allows: this.#allows };
  }

  run(): ModelProblem[] {
    const { check, port } = this;
    const { equations = [], update = [], onFire = [], current, receives, sends, weightUnit } = port;
    const scope = this.#scope();
    equations.forEach((text, i) => {
      this.#decay(`equations[${i}]`, text, scope);
    });
    this.statements('update', update, scope);
    this.statements('onFire', onFire, scope);
    this.drawless('onFire', onFire, 'what a spike of the cell does');
    if (current !== undefined) {
      const e = check.attempt('current', () => parseExpression(current));
      const expected = check.unit('current', 'current');
      if (e && check.judge('current', current, e, scope, expected)) {
        check.defined('current', current, e, this.rest);
      }
    }
    const weight = weightUnit === undefined ? undefined : check.unit('weightUnit', weightUnit);
    this.#receives(receives, sends === undefined ? weight : undefined);
    if (sends !== undefined) this.#sends(sends, scope);
    if (current === undefined && receives === undefined && onFire.length === 0) {
      check.report(
        'current',
        'missing: it has no effect. Give "current", or in "receives" the state of the cell that spikes act on, or ' +
          'in "onFire" what it keeps of the spikes of the cell',
      );
    }
    this.unchanged(receives === undefined ? [] : [receives], 'give it an equation, an update or an "onFire"');
    return check.problems;
  }

  #decay(path: string, text: string, scope: Scope): void {
    const { check } = this;
    const equation = check.attempt(path, () => parseEquation(text));
    if (!equation) return;
    const { name, derivative, value } = equation;
    if (!derivative || !this.stateUnits.has(name)) {
      const reason = derivative
        ? this.notAState(name)
        : 'the equations of synapses and inputs are derivatives. Write the quantity out, or use "update"';
      check.reportAt(path, reason, text, text.indexOf(name));
      return;
    }
    if (this.changed.has(name)) {
      check.reportAt(path, `the derivative of "${name}" is given already`, text, text.indexOf(name));
    }
    this.changed.add(name);
    if (!check.judge(path, text, value, scope, perMs(this.stateUnits.get(name)))) return;
    check.defined(path, text, value, this.rest);
    if (isLinearDecay(value, name)) return;
    check.reportAt(
      path,
      `a pure decay is needed, such as d${name}/dt = -${name} / tau. Step anything else in "update"`,
      text,
      text.indexOf('=') + 1,
    );
  }

  #receives(receives: string | undefined, weight: Unit | undefined): void {
    const { check, port, cell } = this;
    if (receives === undefined) return;
    if (!Object.hasOwn(port.state, receives)) {
      if (!this.#allows(receives)) {
        const known = [...Object.keys(port.state), ...Object.keys(cell?.state ?? {})];
        check.report('receives', `there is no state "${receives}". ${suggest(receives, known)}`);
      }
      return;
    }
    const state = this.stateUnits.get(receives);
    if (!state || !weight) return;
    try {
      const e: Expression = { kind: 'name', name: receives, at: 0 };
      checkAssignmentUnits(receives, e, state, () => weight);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      check.report('weightUnit', `spikes add their weight to "${receives}": ${error.reason}`);
    }
  }

  #sends(sends: string, scope: Scope): void {
    const { check, port } = this;
    const e = check.attempt('sends', () => parseExpression(sends));
    if (!e) return;
    const units = new Map([...scope.units].filter(([name]) => !Object.hasOwn(port.state, name)));
    // Parameters and states of the sending cell, which is not known here.
    const sound = check.judge('sends', sends, e, { units, allows: (name) => !name.includes('.') });
    if (sound && drawsIn(e) > 0) check.reportAt('sends', 'what is sent cannot draw random numbers', sends, 0);
    if (port.receives === undefined) {
      check.report('receives', 'missing: the state that holds the weighted sum of what is sent');
    } else if (!Object.hasOwn(port.state, port.receives)) {
      check.report(
        'receives',
        `what is sent is summed in a state of the synapse itself, not "${port.receives}"`,
      );
    }
  }
}

/** Everything that is wrong with a cell model, in the order of its fields. */
export const cellModelProblems = (model: CellModel): ModelProblem[] => new CellCheck(model).run();

/**
 * Everything that is wrong with a synapse or an input.
 * @param cell the model of the cells that it drives, whose states it may use; without it, any name that is not like one
 *   of its own is taken for such a state
 */
export const portModelProblems = (model: PortModel, cell?: CellModel): ModelProblem[] =>
  new PortCheck(model, cell).run();

/** @throws UsageError that lists the problems, if there are any */
export function refuseProblems(problems: readonly ModelProblem[], source: string, what: string): void {
  if (problems.length === 0) return;
  const most = 12;
  const lines = problems.slice(0, most).map(({ path, message }) => {
    const [reason, ...shown] = message.split('\n');
    return [`  ${path}: ${reason}`, ...shown.map((line) => `    ${line}`)].join('\n');
  });
  if (problems.length > most) lines.push(`  … and ${problems.length - most} more`);
  throw new UsageError(`${source}: not a valid ${what}.\n${lines.join('\n')}`);
}
