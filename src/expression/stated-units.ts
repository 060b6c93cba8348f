import { constantOf, type Expression, isComparison } from './ast.js';
import { named } from './build.js';
import { ExpressionError } from './error.js';
import { formatUnit } from './format-unit.js';
import { functionEntry } from './functions.js';
import {
  dimensionless,
  divideUnits,
  multiplyUnits,
  parseUnit,
  raiseUnit,
  sameDimensions,
  sameScale,
  type Unit,
} from './unit.js';

/** `undefined`: made of numbers without units, which take the unit of what they meet. */
interface Found {
  e: Expression;
  unit: Unit | undefined;
}

const isPlain = (unit: Unit) => sameDimensions(unit, dimensionless) && sameScale(unit, dimensionless);

/** A quantity that is written as a number with its unit, kept under a name of its own. */
export interface Quantity {
  value: number;
  unit: Unit;
}

/**
 * Expressions in which each number has the unit that it is meant in: numbers that are no plain ones become names, so that
 * nothing that folds constants loses their units. Gathers these names with what they stand for.
 */
export class StatedUnits {
  readonly quantities = new Map<string, Quantity>();
  private text = '';

  /** @param unitOf the unit of every name, `t` and `dt` among them */
  constructor(private readonly unitOf: (name: string) => Unit | undefined) {}

  /**
   * The expression with its units stated, and its unit: the expected one where it is made of bare numbers.
   * @throws ExpressionError where units differ
   */
  state(e: Expression, text: string, expected?: Unit): { e: Expression; unit: Unit } {
    this.text = text;
    const found = this.find(e);
    if (found.unit === undefined) {
      const unit = expected ?? dimensionless;
      return { e: this.give(found.e, unit), unit };
    }
    if (expected) this.same(found.unit, expected, e.at);
    return { e: found.e, unit: found.unit };
  }

  private quantity(value: number, unit: Unit): Expression {
    if (isPlain(unit)) return { kind: 'number', value, at: -1 };
    const name = `quantity_${this.quantities.size + 1}`;
    this.quantities.set(name, { value, unit });
    return named(name);
  }

  /** Bare numbers in a unit. */
  private give(e: Expression, unit: Unit): Expression {
    if (isPlain(unit)) return e;
    if (e.kind === 'number') return this.quantity(e.value, unit);
    if (e.kind === 'unary') return { ...e, operand: this.give(e.operand, unit) };
    return { kind: 'binary', operator: '*', left: e, right: this.quantity(1, unit), at: e.at };
  }

  private same(a: Unit, b: Unit, at: number): void {
    if (sameDimensions(a, b) && sameScale(a, b)) return;
    throw new ExpressionError(
      `${formatUnit(a)} and ${formatUnit(b)} differ`,
      this.text,
      Math.max(0, Math.min(at, this.text.length)),
    );
  }

  /** Several in one unit: bare ones take that of the others. */
  private alike(parts: readonly Found[], at: number): { parts: Expression[]; unit: Unit | undefined } {
    const unit = parts.find((part) => part.unit !== undefined)?.unit;
    if (!unit) return { parts: parts.map(({ e }) => e), unit };
    return {
      parts: parts.map((part) => {
        if (part.unit === undefined) return this.give(part.e, unit);
        this.same(part.unit, unit, at);
        return part.e;
      }),
      unit,
    };
  }

  private find(e: Expression): Found {
    switch (e.kind) {
      case 'number': {
        if (e.unit === undefined) return { e, unit: undefined };
        const unit = parseUnit(e.unit);
        return { e: this.quantity(e.value, unit), unit };
      }
      case 'name':
        return { e, unit: this.unitOf(e.name) ?? dimensionless };
      case 'unary': {
        const operand = this.find(e.operand);
        return { e: { ...e, operand: operand.e }, unit: operand.unit };
      }
      case 'binary':
        return this.binary(e);
      case 'call':
        return this.call(e);
    }
  }

  private binary(e: Expression & { kind: 'binary' }): Found {
    const [left, right] = [this.find(e.left), this.find(e.right)];
    const made = (a: Expression, b: Expression, unit: Unit | undefined): Found => ({
      e: { ...e, left: a, right: b },
      unit,
    });
    switch (e.operator) {
      case '^':
        return this.power(e, left, right);
      case '*':
      case '/': {
        if (!left.unit && !right.unit) return made(left.e, right.e, undefined);
        const [a, b] = [left.unit ?? dimensionless, right.unit ?? dimensionless];
        return made(left.e, right.e, e.operator === '*' ? multiplyUnits(a, b) : divideUnits(a, b));
      }
      case 'and':
      case 'or':
        return made(left.e, right.e, dimensionless);
      default: {
        const { parts, unit } = this.alike([left, right], e.at);
        return made(parts[0]!, parts[1]!, isComparison(e.operator) ? dimensionless : unit);
      }
    }
  }

  private power(e: Expression & { kind: 'binary' }, base: Found, exponent: Found): Found {
    const made = { ...e, left: base.e, right: exponent.e };
    const literal = constantOf(e.right);
    if (base.unit === undefined && exponent.unit === undefined) return { e: made, unit: undefined };
    if (literal === undefined || base.unit === undefined) {
      this.same(base.unit ?? dimensionless, dimensionless, e.at);
      return { e: made, unit: dimensionless };
    }
    return { e: made, unit: raiseUnit(base.unit, literal) };
  }

  private call(e: Expression & { kind: 'call' }): Found {
    const rule = functionEntry(e.function).units;
    const found = e.arguments.map((argument) => this.find(argument));
    const [first] = found;
    const whole = { ...e, arguments: found.map((part) => part.e) };
    switch (rule) {
      case 'plain':
        for (const part of found) if (part.unit) this.same(part.unit, dimensionless, e.at);
        return { e: whole, unit: first && first.unit === undefined ? undefined : dimensionless };
      case 'any':
        return { e: whole, unit: dimensionless };
      case 'root':
        return { e: whole, unit: first!.unit && raiseUnit(first!.unit, 0.5) };
      case 'power': {
        const literal = constantOf(e.arguments[1]!);
        if (!first!.unit) return { e: whole, unit: undefined };
        if (literal !== undefined) return { e: whole, unit: raiseUnit(first!.unit, literal) };
        this.same(first!.unit, dimensionless, e.at);
        return { e: whole, unit: dimensionless };
      }
      case 'same': {
        const choice = e.function === 'if';
        const { parts, unit } = this.alike(choice ? found.slice(1) : found, e.at);
        return { e: { ...e, arguments: choice ? [found[0]!.e, ...parts] : parts }, unit };
      }
    }
  }
}
