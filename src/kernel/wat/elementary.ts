import { LN2_HIGH, LN2_LOW } from '../../math/exponential.js';

/** Number of an f32 or f64 as WebAssembly text reads it back. */
export function literal(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (value === Number.NEGATIVE_INFINITY) return '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

const f32 = (value: number) =>
  `(v128.const f32x4 ${Array(4)
    .fill(literal(Math.fround(value)))
    .join(' ')})`;
const f64 = (value: number) => `(v128.const f64x2 ${literal(value)} ${literal(value)})`;
const i32 = (value: number) => `(v128.const i32x4 ${Array(4).fill(value).join(' ')})`;

/** c0 + x (c1 + x (c2 + …)) with the coefficients in order of power. */
function horner(lanes: string, x: string, coefficients: readonly string[]): string {
  return coefficients
    .slice(0, -1)
    .reduceRight((inner, c) => `(${lanes}.add ${c} (${lanes}.mul ${x} ${inner}))`, coefficients.at(-1)!);
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

const x = '(local.get $x)';
const r = '(local.get $r)';

/** Splits a constant for a reduction in steps: the first part has few bits, so that its product with k is exact. */
function parts(value: number, bits: number): [number, number] {
  const scale = 1 << bits;
  const high = Math.round(value * scale) / scale;
  return [high, value - high];
}

const [LN2_A, LN2_B] = parts(Math.LN2, 9);
const [PI_2_A, rest] = parts(Math.PI / 2, 7);
const [PI_2_B, PI_2_C] = parts(rest, 18);

/**
 * Elementary functions of four float32 lanes, within a few units of the last place: argument reduction and Taylor
 * series, in operations that every machine rounds alike. Results below the normal range are 0, and are not computed: numbers
 * there take many machines a hundred times as long. e^x is infinite above 88.37.
 */
export const float32Functions = `
(func $exp (param $x v128) (result v128) (local $k v128) (local $r v128) (local $n v128)
  (local.set $n (f32x4.min (v128.and ${x} (f32x4.ge ${x} ${f32(-87.3)})) ${f32(88.37)}))
  (local.set $k (f32x4.nearest (f32x4.mul (local.get $n) ${f32(Math.LOG2E)})))
  (local.set $r (f32x4.sub (f32x4.sub (local.get $n) (f32x4.mul (local.get $k) ${f32(LN2_A)}))
    (f32x4.mul (local.get $k) ${f32(LN2_B)})))
  (local.set $r ${horner(
    'f32x4',
    r,
    Array.from({ length: 8 }, (_, n) => f32(1 / factorial(n))),
  )})
  (local.set $k (i32x4.shl (i32x4.add (i32x4.trunc_sat_f32x4_s (local.get $k)) ${i32(127)}) (i32.const 23)))
  (local.set $r (f32x4.mul ${r} (local.get $k)))
  (local.set $r (v128.and ${r} (f32x4.ge ${x} ${f32(-87.3)})))
  (local.set $r (v128.bitselect ${f32(Number.POSITIVE_INFINITY)} ${r} (f32x4.gt ${x} ${f32(88.37)})))
  (v128.bitselect ${x} ${r} (f32x4.ne ${x} ${x})))

(func $log (param $x v128) (result v128) (local $e v128) (local $m v128) (local $r v128) (local $high v128)
  (local.set $e (i32x4.sub (i32x4.shr_u ${x} (i32.const 23)) ${i32(127)}))
  (local.set $m (v128.or (v128.and ${x} ${i32(0x7fffff)}) ${i32(0x3f800000)}))
  (local.set $high (f32x4.gt (local.get $m) ${f32(Math.SQRT2)}))
  (local.set $m (v128.bitselect (f32x4.mul (local.get $m) ${f32(0.5)}) (local.get $m) (local.get $high)))
  (local.set $e (f32x4.convert_i32x4_s (i32x4.sub (local.get $e) (local.get $high))))
  (local.set $r (f32x4.div (f32x4.sub (local.get $m) ${f32(1)}) (f32x4.add (local.get $m) ${f32(1)})))
  (local.set $m (f32x4.mul ${r} ${r}))
  (local.set $r (f32x4.mul ${r} ${horner(
    'f32x4',
    '(local.get $m)',
    [2, 2 / 3, 2 / 5, 2 / 7, 2 / 9].map(f32),
  )}))
  (local.set $r (f32x4.add (f32x4.mul (local.get $e) ${f32(LN2_A)})
    (f32x4.add ${r} (f32x4.mul (local.get $e) ${f32(LN2_B)}))))
  (local.set $r (v128.bitselect ${x} ${r} (f32x4.eq ${x} ${f32(Number.POSITIVE_INFINITY)})))
  (local.set $r (v128.bitselect ${f32(Number.NEGATIVE_INFINITY)} ${r} (f32x4.lt ${x} ${f32(1.1754944e-38)})))
  (v128.bitselect ${f32(Number.NaN)} ${r} (v128.or (f32x4.lt ${x} ${f32(0)}) (f32x4.ne ${x} ${x}))))

(func $circular (param $x v128) (param $turn v128) (result v128)
  (local $k v128) (local $r v128) (local $z v128) (local $s v128) (local $q v128)
  (local.set $k (f32x4.nearest (f32x4.mul ${x} ${f32(2 / Math.PI)})))
  (local.set $r (f32x4.sub (f32x4.sub (f32x4.sub ${x} (f32x4.mul (local.get $k) ${f32(PI_2_A)}))
    (f32x4.mul (local.get $k) ${f32(PI_2_B)})) (f32x4.mul (local.get $k) ${f32(PI_2_C)})))
  (local.set $q (i32x4.add (i32x4.trunc_sat_f32x4_s (local.get $k)) (local.get $turn)))
  (local.set $z (f32x4.mul ${r} ${r}))
  (local.set $s (f32x4.mul ${r} ${horner(
    'f32x4',
    '(local.get $z)',
    [1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362880].map(f32),
  )}))
  (local.set $z ${horner('f32x4', '(local.get $z)', [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320].map(f32))})
  (local.set $s (v128.bitselect (local.get $z) (local.get $s)
    (i32x4.eq (v128.and (local.get $q) ${i32(1)}) ${i32(1)})))
  (v128.xor (local.get $s) (i32x4.shl (v128.and (local.get $q) ${i32(2)}) (i32.const 30))))
(func $sin (param $x v128) (result v128) (call $circular ${x} ${i32(0)}))
(func $cos (param $x v128) (result v128) (call $circular ${x} ${i32(1)}))

(func $tanh (param $x v128) (result v128) (local $r v128) (local $z v128)
  (local.set $r (call $exp (f32x4.mul (f32x4.abs ${x}) ${f32(-2)})))
  (local.set $r (f32x4.div (f32x4.sub ${f32(1)} ${r}) (f32x4.add ${f32(1)} ${r})))
  (local.set $r (v128.or ${r} (v128.and ${x} ${f32(-0)})))
  (local.set $z (f32x4.mul ${x} ${x}))
  (v128.bitselect
    (f32x4.mul ${x} ${horner('f32x4', '(local.get $z)', [1, -1 / 3, 2 / 15, -17 / 315].map(f32))})
    ${r} (f32x4.lt (f32x4.abs ${x}) ${f32(0.2)})))

(func $pow (param $x v128) (param $y v128) (result v128)
  (local $r v128) (local $whole v128) (local $odd v128)
  (local.set $r (call $exp (f32x4.mul (local.get $y) (call $log (f32x4.abs ${x})))))
  (local.set $whole (f32x4.eq (f32x4.floor (local.get $y)) (local.get $y)))
  (local.set $odd (f32x4.ne (f32x4.mul (f32x4.floor (f32x4.mul (local.get $y) ${f32(0.5)})) ${f32(2)})
    (local.get $y)))
  (local.set $r (v128.bitselect
    (v128.xor ${r} (v128.and (local.get $odd) (v128.and ${x} ${f32(-0)})))
    (v128.bitselect ${f32(Number.NaN)} ${r} (f32x4.lt ${x} ${f32(0)}))
    (local.get $whole)))
  (v128.bitselect ${f32(1)} ${r} (f32x4.eq (local.get $y) ${f32(0)})))

(func $exprel (param $x v128) (result v128)
  (v128.bitselect
    ${horner(
      'f32x4',
      x,
      Array.from({ length: 8 }, (_, n) => f32(1 / factorial(n + 1))),
    )}
    (f32x4.div (f32x4.sub (call $exp ${x}) ${f32(1)}) ${x})
    (f32x4.lt (f32x4.abs ${x}) ${f32(0.5)})))
`;

const eachLane = (name: string) => `
(func $${name} (param $x v128) (result v128)
  (f64x2.replace_lane 1
    (f64x2.splat (call $${name}Scalar (f64x2.extract_lane 0 ${x})))
    (call $${name}Scalar (f64x2.extract_lane 1 ${x}))))`;

/** The tail of e^r as `src/math/exponential.ts` sums it: the same operations, so the same bits. */
const z = '(local.get $z)';
const even = horner(
  'f64x2',
  z,
  [2, 4, 6, 8, 10, 12, 14].map((n) => f64(1 / factorial(n))),
);
const odd = horner(
  'f64x2',
  z,
  [3, 5, 7, 9, 11, 13].map((n) => f64(1 / factorial(n))),
);

/**
 * Functions of two float64 lanes. e^x is the function of `src/math` operation for operation where both lanes lie in
 * the normal range or so far below it that e^x is 0; everything else calls `src/math` itself, lane by lane.
 */
export const float64Functions = `
(func $exp (param $x v128) (result v128)
  (local $k v128) (local $r v128) (local $c v128) (local $z v128) (local $tail v128) (local $sum v128)
  (local $none v128)
  (local.set $none (f64x2.lt ${x} ${f64(-746)}))
  (if (i32.eqz (i64x2.all_true (v128.or (local.get $none) (f64x2.lt (f64x2.abs ${x}) ${f64(700)})))) (then
    (return (f64x2.replace_lane 1
      (f64x2.splat (call $expScalar (f64x2.extract_lane 0 ${x})))
      (call $expScalar (f64x2.extract_lane 1 ${x}))))))
  (local.set $x (v128.andnot ${x} (local.get $none)))
  (local.set $k (f64x2.sub (f64x2.add (f64x2.mul ${x} ${f64(1 / Math.LN2)}) ${f64(0x18000000000000)})
    ${f64(0x18000000000000)}))
  (local.set $r (f64x2.sub ${x} (f64x2.mul (local.get $k) ${f64(LN2_HIGH)})))
  (local.set $c (f64x2.sub ${f64(0)} (f64x2.mul (local.get $k) ${f64(LN2_LOW)})))
  (local.set $sum (f64x2.add ${r} (local.get $c)))
  (local.set $z (f64x2.mul (local.get $sum) (local.get $sum)))
  (local.set $tail (f64x2.add (local.get $c)
    (f64x2.mul ${z} (f64x2.add ${even} (f64x2.mul (local.get $sum) ${odd})))))
  (local.set $sum (f64x2.add ${f64(1)} ${r}))
  (local.set $tail (f64x2.add (f64x2.add (f64x2.sub ${f64(1)} (local.get $sum)) ${r}) (local.get $tail)))
  (local.set $sum (f64x2.add (local.get $sum) (local.get $tail)))
  (v128.andnot (f64x2.mul (local.get $sum)
    (i64x2.shl (i64x2.add (i64x2.extend_low_i32x4_s (i32x4.trunc_sat_f64x2_s_zero (local.get $k)))
      (v128.const i64x2 1023 1023)) (i32.const 52))) (local.get $none)))
${['log', 'sin', 'cos', 'tanh'].map(eachLane).join('')}
(func $pow (param $x v128) (param $y v128) (result v128)
  (f64x2.replace_lane 1
    (f64x2.splat (call $powScalar (f64x2.extract_lane 0 ${x}) (f64x2.extract_lane 0 (local.get $y))))
    (call $powScalar (f64x2.extract_lane 1 ${x}) (f64x2.extract_lane 1 (local.get $y)))))
(func $exprel (param $x v128) (result v128)
  (v128.bitselect
    (f64x2.add ${f64(1)} (f64x2.div ${x} ${f64(2)}))
    (f64x2.div (f64x2.sub (call $exp ${x}) ${f64(1)}) ${x})
    (f64x2.lt (f64x2.abs ${x}) ${f64(1e-5)})))
`;

/** What float64 modules take from `src/math`. */
export const float64Imports = ['exp', 'log', 'sin', 'cos', 'tanh']
  .map((name) => `(import "math" "${name}" (func $${name}Scalar (param f64) (result f64)))`)
  .concat('(import "math" "pow" (func $powScalar (param f64 f64) (result f64)))')
  .join('\n');
