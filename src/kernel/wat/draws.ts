import type { Node } from '../graph.js';
import { lanes, type Precision } from '../layout.js';
import { PER_HALVES, SECOND, TAU, UNIT, WEYL } from '../noise.js';
import { literal } from './elementary.js';

/** The mixer of ../noise.ts, of one word. */
export const mixFunctions = `
(func $mixWord (param $h i32) (result i32)
  (local.set $h (i32.xor (local.get $h) (i32.shr_u (local.get $h) (i32.const 16))))
  (local.set $h (i32.mul (local.get $h) (i32.const 0x7feb352d)))
  (local.set $h (i32.xor (local.get $h) (i32.shr_u (local.get $h) (i32.const 15))))
  (local.set $h (i32.mul (local.get $h) (i32.const 0x846ca68b)))
  (i32.xor (local.get $h) (i32.shr_u (local.get $h) (i32.const 16))))
`;

/**
 * The code of a draw by the cells of one vector from the word sequence `sequence`; see ../noise.ts. Written out in
 * place, since a call would spill every register. `into` receives statements, `local` names a fresh local, `keep` gives
 * a vector that stays the same through the loop: V8 would build a constant anew at every use.
 */
export function drawCode(
  kind: Node['draw'],
  sequence: string,
  precision: Precision,
  into: string[],
  local: () => string,
  keep: (text: string) => string,
): string {
  const { vector, scalar } = lanes[precision];
  const number = (value: number) => keep(`(${vector}.splat (${scalar}.const ${literal(value)}))`);
  const words = (value: number) => keep(`(i32x4.splat (i32.const ${value}))`);
  const convert = precision === 'f32' ? 'f32x4.convert_i32x4_s' : 'f64x2.convert_low_i32x4_s';
  const mixed = (word: string): string => {
    const name = local();
    const h = `(local.get ${name})`;
    const fold = (bits: number) => `(v128.xor ${h} (i32x4.shr_u ${h} (i32.const ${bits})))`;
    into.push(
      `(local.set ${name} ${word})`,
      `(local.set ${name} (i32x4.mul ${fold(16)} ${words(0x7feb352d)}))`,
      `(local.set ${name} (i32x4.mul ${fold(15)} ${words(0x846ca68b | 0)}))`,
      `(local.set ${name} ${fold(16)})`,
    );
    return h;
  };
  const places = (of: string) => `(i32x4.shr_u ${of} (i32.const 8))`;
  const word = mixed(sequence);
  if (kind === 'uniform') return `(${vector}.mul (${convert} ${places(word)}) ${number(UNIT)})`;
  if (kind === 'triangular') {
    const halves = `(i32x4.sub (i32x4.extadd_pairwise_i16x8_u ${word}) ${words(65535)})`;
    return `(${vector}.mul (${convert} ${halves}) ${number(PER_HALVES)})`;
  }
  const second = mixed(`(i32x4.add ${word} ${words(SECOND | 0)})`);
  const uniform = `(${vector}.mul (${convert} (i32x4.add ${places(word)} ${words(1)})) ${number(UNIT)})`;
  if (precision === 'f64') {
    const radius = `(f64x2.sqrt (f64x2.mul ${number(-2)} (call $log ${uniform})))`;
    const angle = `(f64x2.mul (f64x2.mul (${convert} ${places(second)}) ${number(UNIT)}) ${number(TAU)})`;
    return `(f64x2.mul ${radius} (call $cos ${angle}))`;
  }
  const named = (value: string): string => {
    const name = local();
    into.push(`(local.set ${name} ${value})`);
    return `(local.get ${name})`;
  };
  return float32Gaussian(named(uniform), named(places(second)), { number, words, named });
}

interface Writer {
  number(value: number): string;
  words(value: number): string;
  /** Puts a value into a local. */
  named(value: string): string;
}

/**
 * Box and Muller's normal deviate in float32: sqrt(-2 ln u) cos(2 pi p / 2^24) for u in (0, 1] and a whole number p below
 * 2^24. Written out, as the arguments need no special cases: u = 2^e m with ln m by the series in (m - 1) / (m + 1), and
 * the angle as one of four quadrants and an angle from its middle, within pi / 4 of it.
 */
function float32Gaussian(u: string, p: string, { number, words, named }: Writer): string {
  const series = (x: string, coefficients: readonly number[]) =>
    coefficients
      .slice(0, -1)
      .reduceRight(
        (inner, c) => `(f32x4.add ${number(c)} (f32x4.mul ${x} ${inner}))`,
        number(coefficients.at(-1)!),
      );
  const whole = named(`(v128.or (v128.and ${u} ${words(0x7fffff)}) ${words(0x3f800000)})`);
  const high = named(`(f32x4.gt ${whole} ${number(Math.SQRT2)})`);
  const m = named(`(v128.bitselect (f32x4.mul ${whole} ${number(0.5)}) ${whole} ${high})`);
  const exponent = `(f32x4.convert_i32x4_s (i32x4.sub (i32x4.sub (i32x4.shr_u ${u} (i32.const 23)) ${words(127)}) ${high}))`;
  const t = named(`(f32x4.div (f32x4.sub ${m} ${number(1)}) (f32x4.add ${m} ${number(1)}))`);
  const square = named(`(f32x4.mul ${t} ${t})`);
  const ln = `(f32x4.add (f32x4.mul ${exponent} ${number(Math.LN2)})
    (f32x4.mul ${t} ${series(square, [2, 2 / 3, 2 / 5, 2 / 7, 2 / 9])}))`;
  // Just below 1 the sum may come out above 0 by rounding.
  const radius = `(f32x4.sqrt (f32x4.max ${number(0)} (f32x4.mul ${number(-2)} ${ln})))`;
  const quadrant = named(`(i32x4.shr_u ${p} (i32.const 22))`);
  const within = `(f32x4.convert_i32x4_s (v128.and ${p} ${words(0x3fffff)}))`;
  const angle = named(
    `(f32x4.mul (f32x4.sub ${within} ${number(0x200000)}) ${number(Math.PI / 2 / 0x400000)})`,
  );
  const z = named(`(f32x4.mul ${angle} ${angle})`);
  const sine = named(`(f32x4.mul ${angle} ${series(z, [1, -1 / 6, 1 / 120, -1 / 5040])})`);
  const cosine = series(z, [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320]);
  // cos of the middle plus the angle: (cos - sin) / sqrt 2, with the signs of the quadrant.
  const odd = `(i32x4.shl (v128.and ${quadrant} ${words(1)}) (i32.const 31))`;
  const negative = `(i32x4.shl (v128.and (i32x4.add ${quadrant} ${words(1)}) ${words(2)}) (i32.const 30))`;
  const turned = `(f32x4.sub ${cosine} (v128.xor ${sine} ${odd}))`;
  return `(f32x4.mul (f32x4.mul ${radius} ${number(Math.SQRT1_2)}) (v128.xor ${turned} ${negative}))`;
}

/** The Weyl step from one vector of cells to the next. */
export const weylStride = (precision: Precision) => Math.imul(WEYL, lanes[precision].count);
export const weylOffsets = [0, 1, 2, 3].map((lane) => Math.imul(WEYL, lane));
