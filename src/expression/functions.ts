import { exp, tanh } from '../math/exponential.js';
import { log } from '../math/logarithm.js';
import { pow } from '../math/power.js';
import { cos, sin } from '../math/trigonometric.js';

/**
 * What a function asks of the units of its arguments and gives for its own:
 *
 * - `plain`: a plain number (dimensionless, scale 1) in and out
 * - `same`: all arguments in one unit, which is that of the result; of `if`, the two branches
 * - `root`: exponents are halved
 * - `power`: exponents are multiplied by a literal second argument
 * - `any`: whatever in, a plain number out
 */
export type UnitRule = 'plain' | 'same' | 'root' | 'power' | 'any';

export type DrawKind = 'uniform' | 'triangular' | 'gaussian';

interface FunctionEntry {
  readonly arity: number;
  /** `#1`, `#2` stand for the arguments. Empty for what is written otherwise: powers and cases. */
  readonly latex: string;
  readonly units: UnitRule;
  /** The value in float64, which defines what every simulator computes. A draw has none. */
  readonly evaluate?: (...values: number[]) => number;
  /** A random draw: uniform in [0, 1); triangular and gaussian with mean 0 and standard deviation 1. */
  readonly draw?: DrawKind;
}

/** 1 / (1 + e^-x). */
function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

/** (e^x - 1) / x, and the first two terms of its series near 0, where the difference would cancel. */
function exprel(x: number): number {
  return Math.abs(x) < 1e-5 ? 1 + x / 2 : (exp(x) - 1) / x;
}

/** x / y, and 1 where y is 0, so that a formula which nobody wrote has a value there. */
function quotient(x: number, y: number): number {
  return y === 0 ? 1 : x / y;
}

/** -1, 0 or 1; 0 of NaN, as the difference of two comparisons gives. */
function sign(x: number): number {
  return (x > 0 ? 1 : 0) - (x < 0 ? 1 : 0);
}

/** Every function of the language. The first argument of `if` is a condition, all others are numbers. */
export const functions = {
  exp: { arity: 1, latex: '\\exp\\left(#1\\right)', units: 'plain', evaluate: exp },
  log: { arity: 1, latex: '\\ln\\left(#1\\right)', units: 'plain', evaluate: log },
  sqrt: { arity: 1, latex: '\\sqrt{#1}', units: 'root', evaluate: Math.sqrt },
  abs: { arity: 1, latex: '\\left|#1\\right|', units: 'same', evaluate: Math.abs },
  floor: { arity: 1, latex: '\\left\\lfloor #1 \\right\\rfloor', units: 'same', evaluate: Math.floor },
  // As f64.min and f64.max of WebAssembly: NaN propagates, -0 is below 0.
  min: { arity: 2, latex: '\\min\\left(#1, #2\\right)', units: 'same', evaluate: Math.min },
  max: { arity: 2, latex: '\\max\\left(#1, #2\\right)', units: 'same', evaluate: Math.max },
  sin: { arity: 1, latex: '\\sin\\left(#1\\right)', units: 'plain', evaluate: sin },
  cos: { arity: 1, latex: '\\cos\\left(#1\\right)', units: 'plain', evaluate: cos },
  tanh: { arity: 1, latex: '\\tanh\\left(#1\\right)', units: 'plain', evaluate: tanh },
  pow: { arity: 2, latex: '', units: 'power', evaluate: pow },
  sigmoid: { arity: 1, latex: '\\sigma\\left(#1\\right)', units: 'plain', evaluate: sigmoid },
  exprel: { arity: 1, latex: '\\operatorname{exprel}\\left(#1\\right)', units: 'plain', evaluate: exprel },
  quotient: { arity: 2, latex: '\\frac{#1}{#2}', units: 'plain', evaluate: quotient },
  sign: { arity: 1, latex: '\\operatorname{sgn}\\left(#1\\right)', units: 'any', evaluate: sign },
  if: {
    arity: 3,
    latex: '',
    units: 'same',
    evaluate: (condition: number, a: number, b: number) => (condition !== 0 ? a : b),
  },
  uniform: { arity: 0, latex: '\\mathcal{U}(0, 1)', units: 'plain', draw: 'uniform' },
  triangular: { arity: 0, latex: '\\mathcal{T}(0, 1)', units: 'plain', draw: 'triangular' },
  gaussian: { arity: 0, latex: '\\mathcal{N}(0, 1)', units: 'plain', draw: 'gaussian' },
} as const satisfies Record<string, FunctionEntry>;

/** The entry of a function, seen as any entry. */
export function functionEntry(name: keyof typeof functions): FunctionEntry {
  return functions[name];
}
