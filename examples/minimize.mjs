// The strategies on a function of your own, without a network or a task: `baldwin` as a library for optimisation.
// Run it with `node examples/minimize.mjs` in a folder in which `baldwin` is installed.
import { beginSearch, minimize, outcomeOf } from 'baldwin';

const rosenbrock = (x) => {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) sum += 100 * (x[i] ** 2 - x[i + 1]) ** 2 + (1 - x[i]) ** 2;
  return sum;
};

// One call.
const found = await minimize(rosenbrock, [-1.2, 1, -1.2, 1], { step: 0.5, evaluations: 5000, target: 1e-10 });
console.log(
  `cma-es: f ${found.f.toExponential(1)} after ${found.evaluations} evaluations (${found.stopReason})`,
);

// Another strategy, with bounds and an option of its own.
const bounded = await minimize(rosenbrock, [0, 0, 0, 0], {
  strategy: 'mads',
  options: { directions: 'ortho-2n' },
  low: -2,
  high: 2,
  evaluations: 400,
});
console.log(
  `mads: f ${bounded.f.toExponential(1)} after ${bounded.evaluations} evaluations (${bounded.stopReason})`,
);

// Ask and tell: the loop is yours, and so is where points are evaluated.
const search = beginSearch([3, 3], { low: -5, high: 5, seed: 7 });
for (let step = 0; step < 60 && search.stopped === undefined; step++) {
  const points = search.ask();
  search.tell(points.map(({ genome }) => outcomeOf(rosenbrock(genome))));
}
console.log(
  `by hand: the next point lies near ${[...search.ask()[0].genome].map((value) => value.toFixed(2)).join(', ')}`,
);
