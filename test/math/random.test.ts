import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { expect, test } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { mean } from '../../src/math/statistics.js';

const collect = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);
const moment = (values: number[], order: number): number => mean(values.map((x) => x ** order));

/** Kolmogorov-Smirnov distance times sqrt(n); above 1.95 with probability 0.001 if the distribution is right. */
function distance(values: number[], distribution: (x: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const gaps = sorted.map((x, i) => Math.max((i + 1) / n - distribution(x), distribution(x) - i / n));
  return Math.max(...gaps) * Math.sqrt(n);
}

/** Standard normal distribution function by its series (Marsaglia 2004, doi:10.18637/jss.v011.i04). */
function normalDistribution(x: number): number {
  let sum = x;
  let term = x;
  for (let i = 3; Math.abs(term) > 1e-17; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.5 * Math.log(2 * Math.PI));
}

test('the first draws of a seed never change', () => {
  const stream = RandomStream.from('baldwin');
  expect(collect(5, () => stream.uniform())).toMatchInlineSnapshot(`
    [
      0.16197288251497177,
      0.8990885570640786,
      0.21696310436589117,
      0.5323498452759127,
      0.5171676899069269,
    ]
  `);
  expect(collect(5, () => stream.normal())).toMatchInlineSnapshot(`
    [
      1.2998206522362084,
      0.17957173481240832,
      0.9826985934964969,
      0.6619774773056184,
      -0.9423189632506461,
    ]
  `);
  expect(collect(5, () => stream.integer(1000))).toMatchInlineSnapshot(`
    [
      112,
      31,
      738,
      934,
      612,
    ]
  `);
  expect(stream.sample(1e9, 4)).toMatchInlineSnapshot(`
    [
      824304836,
      766456518,
      414011384,
      95246248,
    ]
  `);
  const items = Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7]);
  stream.shuffle(items);
  expect([...items]).toMatchInlineSnapshot(`
    [
      6,
      5,
      3,
      7,
      1,
      4,
      2,
      0,
    ]
  `);
});

test('a stream restored from JSON goes on to the bit, whatever was drawn before', () => {
  const drawings: ((stream: RandomStream) => unknown)[] = [
    (stream) => stream.uniform(),
    (stream) => stream.normal(),
    (stream) => stream.integer(3_000_000_000),
    (stream) => stream.sample(20, 5),
  ];
  fc.assert(
    fc.property(fc.string(), fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 9 }), (seed, choices) => {
      const unbroken = RandomStream.from(seed);
      for (const choice of choices) drawings[choice]!(unbroken);
      const restored = RandomStream.restore(JSON.parse(JSON.stringify(unbroken.state())));
      for (const draw of [...drawings, ...drawings]) expect(draw(restored)).toStrictEqual(draw(unbroken));
      expect(restored.state()).toStrictEqual(unbroken.state());
    }),
    { seed: 4 },
  );
});

test('a snapshot is not changed by later draws', () => {
  const stream = RandomStream.from('apart');
  const state = stream.state();
  const drawn = stream.normal();
  expect(stream.state()).not.toEqual(state);
  expect(RandomStream.restore(state).normal()).toBe(drawn);
});

test('uniform draws are multiples of 2^-53 in [0, 1) and uniform', () => {
  const stream = RandomStream.from('uniform');
  const values = collect(100_000, () => stream.uniform());
  expect(values.every((x) => x >= 0 && x < 1 && Number.isInteger(x * 2 ** 53))).toBe(true);
  expect(values.some((x) => !Number.isInteger(x * 2 ** 52))).toBe(true);
  expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(0.004);
  expect(Math.abs(moment(values, 2) - 1 / 3)).toBeLessThan(0.004);
  expect(distance(values, (x) => x)).toBeLessThan(1.95);
  // The 21 low bits come from an output of their own.
  expect(
    distance(
      values.map((x) => (x * 2 ** 32) % 1),
      (x) => x,
    ),
  ).toBeLessThan(1.95);
});

test('uniformIn covers its interval', () => {
  const stream = RandomStream.from('interval');
  const values = collect(20_000, () => stream.uniformIn(-3, 5));
  expect(values.every((x) => x >= -3 && x < 5)).toBe(true);
  expect(distance(values, (x) => (x + 3) / 8)).toBeLessThan(1.95);
  expect(stream.uniformIn(2, 2)).toBe(2);
});

test('normal deviates are standard normal, and successive ones are independent', () => {
  const stream = RandomStream.from('normal');
  const values = collect(100_000, () => stream.normal());
  expect(Math.abs(mean(values))).toBeLessThan(0.012);
  expect(Math.abs(moment(values, 2) - 1)).toBeLessThan(0.016);
  expect(Math.abs(moment(values, 3))).toBeLessThan(0.045);
  expect(Math.abs(moment(values, 4) - 3)).toBeLessThan(0.12);
  expect(distance(values, normalDistribution)).toBeLessThan(1.95);
  expect(Math.abs(mean(values.slice(1).map((x, i) => x * values[i]!)))).toBeLessThan(0.012);
});

test('normal deviates are right in the tail, in the wedges and where layers meet', () => {
  const values = new Float64Array(4_000_000);
  RandomStream.from('layers').normals(values);
  // Bins of 0.01 up to the layers' end at 3.44, and coarser ones in the tail, on both sides.
  const edges = [...Array.from({ length: 345 }, (_, i) => i / 100), 3.6, 3.8, 4.1, Infinity];
  const counts = [new Float64Array(edges.length - 1), new Float64Array(edges.length - 1)];
  for (const value of values) {
    const size = Math.abs(value);
    let bin = Math.min(344, Math.floor(size * 100));
    while (size >= edges[bin + 1]!) bin += 1;
    counts[value < 0 ? 0 : 1]![bin]! += 1;
  }
  const at = (x: number) => (x === Infinity ? 1 : normalDistribution(x));
  let statistic = 0;
  for (const side of counts) {
    for (let bin = 0; bin < side.length; bin++) {
      const expected = values.length * (at(edges[bin + 1]!) - at(edges[bin]!));
      statistic += (side[bin]! - expected) ** 2 / expected;
    }
  }
  // Chi-square with 695 degrees of freedom: above 816 with probability 0.001.
  expect(counts[0]!.length * 2 - 1).toBe(695);
  expect(statistic).toBeLessThan(816);
});

test('integers are unbiased, also where n does not divide 2^32', () => {
  const stream = RandomStream.from('integer');
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[stream.integer(7)]!++;
  // Chi-square with 6 degrees of freedom: above 22.5 with probability 0.001.
  expect(counts.reduce((sum, c) => sum + (c - 10_000) ** 2 / 10_000, 0)).toBeLessThan(22.5);
  // Plain reduction modulo 3 * 2^30 would give the lowest third twice as often.
  const n = 3 * 2 ** 30;
  expect(
    distance(
      collect(20_000, () => stream.integer(n)),
      (x) => x / n,
    ),
  ).toBeLessThan(1.95);
  expect(stream.integer(1)).toBe(0);
});

test.each([0, -1, 1.5, NaN, 2 ** 32 + 1])('integer(%d) is refused', (n) => {
  expect(() => RandomStream.from('x').integer(n)).toThrow(RangeError);
});

test('a sample has distinct members of the range; a full one is a permutation', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.integer({ min: 1, max: 1e9 }),
      fc.integer({ min: 0, max: 50 }),
      (seed, n, k) => {
        const count = Math.min(n, k);
        const chosen = RandomStream.from(seed).sample(n, count);
        expect(new Set(chosen).size).toBe(count);
        expect(chosen.every((x) => Number.isInteger(x) && x >= 0 && x < n)).toBe(true);
      },
    ),
    { seed: 5 },
  );
  const all = RandomStream.from('all').sample(100, 100);
  expect(all.sort((a, b) => a - b)).toStrictEqual(collect(100, () => 0).map((_, i) => i));
  expect(() => RandomStream.from('x').sample(3, 4)).toThrow(RangeError);
});

/** Chi-square of the 24 orders of four things, 23 degrees of freedom: above 49.7 with probability 0.001. */
function orderStatistic(draw: () => string): number {
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = draw();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  return [...counts.values()].reduce((sum, c) => sum + (c - 1000) ** 2 / 1000, 0);
}

test('samples and shuffles give every order equally often', () => {
  const stream = RandomStream.from('orders');
  expect(orderStatistic(() => stream.sample(4, 4).join())).toBeLessThan(49.7);
  const shuffled = (): string => {
    const items = ['a', 'b', 'c', 'd'];
    stream.shuffle(items);
    return items.join();
  };
  expect(orderStatistic(shuffled)).toBeLessThan(49.7);
});

test.each([
  0.003, 0.3,
])('a subset has each number with probability %d, whatever else it has', (probability) => {
  const stream = RandomStream.from(`subset ${probability}`);
  const [n, rounds] = [50, 5000];
  const [counts, together] = [new Float64Array(n), new Float64Array(n)];
  for (let round = 0; round < rounds; round++) {
    const chosen = stream.subset(n, probability);
    expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
    for (const [i, member] of chosen.entries()) {
      counts[member]! += 1;
      if (chosen[i + 1] === member + 1) together[member]! += 1;
    }
  }
  const spread = (counts: Float64Array, p: number) =>
    counts.reduce((sum, count) => sum + (count - rounds * p) ** 2 / (rounds * p * (1 - p)), 0);
  // The 99.9 % quantile of chi squared with 50 degrees of freedom.
  expect(spread(counts, probability)).toBeLessThan(86.7);
  if (probability > 0.1) expect(spread(together.subarray(0, n - 1), probability ** 2)).toBeLessThan(86.7);
});

test('a subset is empty with probability 0 and all of it with 1', () => {
  const stream = RandomStream.from('ends');
  expect(stream.subset(4, 0)).toEqual([]);
  expect(stream.subset(4, 1)).toEqual([0, 1, 2, 3]);
  // 1 less this is 1.
  expect(stream.subset(1000, 1e-20)).toEqual([]);
});

test('many normal deviates at once are those of so many calls, wedges and tails included', () => {
  for (const length of [0, 1, 7, 100_000]) {
    const one = RandomStream.from('many');
    const many = RandomStream.from('many');
    const filled = new Float64Array(length);
    many.normals(filled);
    expect([...filled]).toEqual(collect(length, () => one.normal()));
    expect(many.state()).toEqual(one.state());
  }
});

test('many uniform numbers at once are those of so many calls', () => {
  for (const length of [0, 1, 7, 10_000]) {
    const one = RandomStream.from('many');
    const many = RandomStream.from('many');
    const filled = new Float64Array(length);
    many.uniforms(filled);
    expect([...filled]).toEqual(collect(length, () => one.uniform()));
    expect(many.state()).toEqual(one.state());
  }
});

test('uniform numbers are those of the seedrandom package', () => {
  const stream = RandomStream.from('package');
  const alea = seedrandom.alea('package');
  for (let k = 0; k < 1000; k++) expect(stream.uniform()).toBe(alea.double());
  for (let k = 0; k < 1000; k++) expect(stream.integer(2 ** 32)).toBe(Math.floor(alea() * 2 ** 32));
});
