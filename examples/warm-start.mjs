// What a warm start of `cma-es` is worth on a chain of six variables whose optimum moved: evaluations to a target as a share of
// those of a cold start. Run it with `node examples/warm-start.mjs` in a folder in which `baldwin` is installed.
import { minimize } from 'baldwin';

/** Each variable is tied to the one before it, about a place of the function's own. */
const chain = (centre, condition) => (x) => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const before = i === 0 ? 0 : x[i - 1] - centre;
    sum += condition ** (i / (x.length - 1)) * (x[i] - centre - 0.5 * before) ** 2;
  }
  return sum;
};

const start = [-3, -3, -3, -3, -3, -3];
for (const condition of [10, 10_000]) {
  for (const target of [1, 0.01, 0.0001]) {
    const shares = [];
    for (let seed = 1; seed <= 8; seed++) {
      const setting = { low: -5, high: 5, evaluations: 20_000, seed };
      const solutions = [];
      const noted = (x) => {
        const f = chain(1.2, condition)(x);
        solutions.push({ x, f });
        return f;
      };
      await minimize(noted, start, { ...setting, target: 1 });
      const cold = await minimize(chain(1, condition), start, { ...setting, target });
      const warm = await minimize(chain(1, condition), start, {
        ...setting,
        target,
        warmStart: { solutions },
      });
      shares.push(warm.evaluations / cold.evaluations);
    }
    const sorted = shares.sort((a, b) => a - b).map((share) => share.toFixed(2));
    console.log(
      `condition ${condition}, target ${target}: ${sorted[0]} to ${sorted.at(-1)} (n = ${shares.length})`,
    );
  }
}
