import { childrenOf, constant, constantOf, type Expression } from '../expression/ast.js';
import { canonical } from '../expression/canonical.js';
import { compileToFunction } from '../expression/evaluate.js';

type Samples = readonly (readonly number[])[];

/** `[samples]` values of a formula. @param inputs names of what the samples hold, in order */
export function valuesOn(e: Expression, inputs: readonly string[], samples: Samples): Float64Array {
  const slots = new Map(inputs.map((name, slot) => [name, slot]));
  const value = compileToFunction(e, (name) => slots.get(name)!);
  return Float64Array.from(samples, (sample) => value(Float64Array.from(sample)));
}

const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Values that differ by less than this share of the largest are rounding. */
const rounding = 1e-6;

/** Whether two lists of values are the same but for rounding. */
export function sameValues(a: Float64Array, b: Float64Array): boolean {
  const size = Math.max(largest(a), largest(b));
  return a.every((value, i) => Math.abs(value - b[i]!) <= rounding * size);
}

/** The positive factor by which the second is nearest to the first; undefined where there is none. */
function factorBetween(a: Float64Array, b: Float64Array): number | undefined {
  let [both, own] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    both += a[i]! * b[i]!;
    own += b[i]! * b[i]!;
  }
  const factor = both / own;
  return factor > 0 && Number.isFinite(factor) ? factor : undefined;
}

/** Whether the first is a positive multiple of the second, but for rounding. */
export function isMultiple(a: Float64Array, b: Float64Array): boolean {
  const factor = factorBetween(a, b);
  return (
    factor !== undefined &&
    sameValues(
      a,
      b.map((value) => factor * value),
    )
  );
}

const withChildren = (e: Expression, of: (child: Expression) => Expression): Expression => {
  switch (e.kind) {
    case 'unary':
      return { ...e, operand: of(e.operand) };
    case 'binary':
      return { ...e, left: of(e.left), right: of(e.right) };
    case 'call':
      return { ...e, arguments: e.arguments.map(of) };
    default:
      return e;
  }
};

/** A formula with every part that had one value only in the samples replaced by that value, in canonical form. */
export function simplifiedOn(e: Expression, inputs: readonly string[], samples: Samples): Expression {
  const settle = (part: Expression): Expression => {
    if (constantOf(part) !== undefined) return part;
    const values = valuesOn(part, inputs, samples);
    const [first] = values;
    const isOne =
      Number.isFinite(first) && values.every((value) => Math.abs(value - first!) <= 1e-12 * Math.abs(first!));
    return isOne ? constant(Number(first!.toPrecision(12)), -1) : withChildren(part, settle);
  };
  // Algebra may bring together what is one value only as a whole, such as R R of an R of 1 and -1.
  return canonical(settle(canonical(settle(e))));
}

/** Whether a guard of an operator gave the value of a node. */
function guardOf(node: Expression): ((values: (e: Expression) => Float64Array) => Float64Array) | undefined {
  if (node.kind !== 'call') return undefined;
  const [first, second] = node.arguments as [Expression, Expression];
  const inner = (guard: string) =>
    first.kind === 'call' && first.function === guard ? first.arguments[0]! : undefined;
  const [magnitude, capped, floored] = [inner('abs'), inner('min'), inner('max')];
  switch (node.function) {
    case 'quotient':
      return (values) => values(second).map((value) => Number(value === 0));
    case 'pow':
    case 'sqrt':
      return magnitude && ((values) => values(magnitude).map((value) => Number(value < 0)));
    case 'exp':
      return capped && ((values) => values(capped).map((value) => Number(value > 20)));
    case 'log': {
      const within =
        floored?.kind === 'call' && floored.function === 'abs' ? floored.arguments[0]! : undefined;
      return within && ((values) => values(within).map((value) => Number(value < 1e-9)));
    }
    default:
      return undefined;
  }
}

/** Samples in which a guard of one of the formula's operators acted; undefined where it has none. */
export function guardsActed(e: Expression, inputs: readonly string[], samples: Samples): number | undefined {
  const acted = new Uint8Array(samples.length);
  let guarded = false;
  const visit = (node: Expression): void => {
    const guard = guardOf(node);
    if (guard) {
      guarded = true;
      guard((part) => valuesOn(part, inputs, samples)).forEach((did, i) => {
        if (did !== 0) acted[i] = 1;
      });
    }
    childrenOf(node).forEach(visit);
  };
  visit(e);
  return guarded ? acted.reduce((sum, did) => sum + did, 0) : undefined;
}
