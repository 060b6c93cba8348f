import { drawsIn, isLinearDecay } from '../../expression/analysis.js';
import type { Expression } from '../../expression/ast.js';
import { ExpressionError } from '../../expression/error.js';
import { parseEquation, parseExpression } from '../../expression/parse.js';
import { checkAssignmentUnits, type Unit } from '../../expression/units.js';
import { nearestNames, suggest } from '../../spec/errors.js';
import type { CellModel, PortModel } from '../model/model.js';
import { Description } from './description.js';
import { perMillisecond, timeUnits } from './known-units.js';
import { Checker, type ModelProblem, type Scope } from './text.js';

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
    const units = new Map<string, Unit | undefined>([...ofCell, ...this.units, ...timeUnits]);
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
    if (!check.judge(path, text, value, scope, perMillisecond(this.stateUnits.get(name)))) return;
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

/**
 * Everything that is wrong with a synapse or an input.
 * @param cell the model of the cells that it drives, whose states it may use; without it, any name that is not like one
 *   of its own is taken for such a state
 */
export const portModelProblems = (model: PortModel, cell?: CellModel): ModelProblem[] =>
  new PortCheck(model, cell).run();
