// What `integers` of `cma-es` are worth beside rounding in the function: of twelve seeds, how many find the best of ten variables.
// Run it with `node examples/integers.mjs` in a folder in which `baldwin` is installed.
import { minimize } from 'baldwin';

/** Weights grow by `condition` from the first variable to the last. Whole numbers are best at 3, the others at 0.3. */
const ellipsoid = (integers, condition) => (x) =>
  x.reduce(
    (sum, value, i) => sum + condition ** (i / 9) * (value - (integers.includes(i) ? 3 : 0.3)) ** 2,
    0,
  );

const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
for (const [name, integers] of [
  ['five of ten whole', [0, 1, 2, 3, 4]],
  ['all whole', all],
]) {
  for (const condition of [1, 100, 1e6]) {
    const f = ellipsoid(integers, condition);
    const rounded = (x) => f(x.map((value, i) => (integers.includes(i) ? Math.round(value) : value)));
    const found = { integers: 0, rounding: 0 };
    for (let seed = 1; seed <= 12; seed++) {
      const setting = { low: -10, high: 10, evaluations: 30_000, target: 1e-8, seed };
      const start = all.map(() => -7);
      const margin = await minimize(f, start, { ...setting, integers });
      const plain = await minimize(rounded, start, setting);
      found.integers += margin.stopReason === 'target';
      found.rounding += plain.stopReason === 'target';
    }
    console.log(
      `${name}, condition ${condition}: integers ${found.integers}, rounding alone ${found.rounding} of 12`,
    );
  }
}
