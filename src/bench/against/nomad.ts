import { median } from '../../math/statistics.js';
import type { Report } from '../../report/report.js';
import { madsOptions, searchOptions } from '../../strategies/mads/options.js';
import { madsSearch, type SearchSpace } from '../../strategies/mads/search.js';
import { functions } from '../functions.js';

const { rosenbrock, sphere } = functions;
const sphere5 = sphere.of(5);
const sphere49 = sphere.of(49);

type Evaluate = (x: Readonly<Float64Array>) => number;

/** A problem of which NOMAD's figures were measured. */
interface Problem {
  about: string;
  f: Evaluate;
  constraints?: (x: Readonly<Float64Array>) => number[];
  space: SearchSpace;
  evaluations: number;
  /** Count evaluations to this value; without one, the value at the end is compared. */
  target?: number;
  /** NOMAD's, by seed. */
  nomad: number[];
  nelderMead?: boolean;
}

const all = (n: number, value: number) => new Float64Array(n).fill(value);

/** A tenth of the range is NOMAD's first frame. */
function box(start: Float64Array, low: number, high: number): SearchSpace {
  const n = start.length;
  return { start, low: all(n, low), high: all(n, high), step: all(n, (high - low) / 10) };
}

const valley = (n: number) =>
  box(
    all(n, 1).map((_, i) => (i % 2 === 0 ? -1.2 : 1)),
    -5,
    10,
  );

const valleyAfter = (n: number, evaluations: number, nomad: number[]): Problem => ({
  about: `Rosenbrock ${n}, after ${evaluations.toLocaleString('en-US')}`,
  ...{ f: rosenbrock.of(n), space: valley(n), evaluations, nomad },
});

/** The constrained example of NOMAD's user guide. */
const guide: Omit<Problem, 'about' | 'target' | 'nomad'> = {
  f: (x) => x[4]!,
  constraints: (x) => [sphere5(x.map((v) => v - 1)) - 25, 25 - sphere5(x.map((v) => v + 1))],
  space: {
    start: all(5, 0),
    low: all(5, -6),
    high: Float64Array.of(5, 6, 7, Infinity, Infinity),
    step: all(5, 1),
  },
  evaluations: 100,
};

/** NOMAD's figures are those of version 4.5.1 with its default settings. */
const problems: readonly Problem[] = [
  {
    about: 'Rosenbrock 2, evaluations to 1e-8',
    ...{ f: rosenbrock.of(2), space: valley(2), evaluations: 500, target: 1e-8, nomad: [198, 168, 91] },
  },
  valleyAfter(10, 2000, [0.533, 0.0854, 0.668]),
  valleyAfter(20, 4000, [0.116, 0.093]),
  valleyAfter(50, 5000, [15.4, 6.7, 9.25]),
  {
    ...valleyAfter(50, 5000, [15.4, 6.7, 9.25]),
    ...{ about: 'Rosenbrock 50, Nelder-Mead steps in place of models', nelderMead: true },
  },
  {
    about: 'sphere 50, after 5,000',
    ...{ f: sphere.of(50), space: box(all(50, 3.3), -5.12, 5.12), evaluations: 5000 },
    nomad: [0.116, 0.118, 0.071],
  },
  { ...guide, about: 'constrained example, evaluations to -3.99', target: -3.99, nomad: [26] },
  { ...guide, about: 'constrained example, evaluations to -3.9999', target: -3.9999, nomad: [26] },
];

/** Evaluations to the target, null where it was not reached; the least feasible value where there is no target. */
function solve(
  { f, constraints = () => [], space, evaluations, target, nelderMead = false }: Problem,
  seed: number,
): number | null {
  const options = madsOptions.parse({ block: 1, ...(nelderMead ? { nelderMead, modelVariables: 0 } : {}) });
  const search = madsSearch(space, options, `study ${seed}`, evaluations);
  let least = Number.POSITIVE_INFINITY;
  let spent = 0;
  for (let step = search.next(); !step.done; ) {
    const trials = step.value.map((x) => {
      spent += 1;
      const trial = { f: f(x), constraints: constraints(x) };
      if (trial.constraints.every((c) => c <= 0)) least = Math.min(least, trial.f);
      return trial;
    });
    if (target !== undefined && least <= target) return spent;
    step = search.next(trials);
  }
  return target === undefined && least < Number.POSITIVE_INFINITY ? least : null;
}

/** Milliseconds of a search of 250 evaluations of 49 variables, its own arithmetic alone. */
function ownMilliseconds(round: number): number {
  const search = madsSearch(box(all(49, 0), -4, 4), searchOptions.parse({}), `time ${round}`, 250);
  const centre = all(49, 1);
  let milliseconds = 0;
  let told: { f: number; constraints: number[] }[] | undefined;
  for (;;) {
    const began = performance.now();
    const step = told ? search.next(told) : search.next();
    milliseconds += performance.now() - began;
    if (step.done) return milliseconds;
    told = step.value.map((x) => ({ f: sphere49(x.map((v, i) => v - centre[i]!)), constraints: [] }));
  }
}

const medianOf = (found: readonly (number | null)[]): number | null => {
  const value = median(found.map((one) => one ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(value) ? value : null;
};

const shown = (value: number | null) =>
  value === null ? 'not within' : value >= 1 ? String(Math.round(value * 100) / 100) : value.toExponential(1);

/** Rounds of timing, and how many of them come first and do not count. */
const rounds = 25;
const cold = 5;

/**
 * Mesh adaptive direct search beside NOMAD 4.5.1's measured figures, one point at a time, on each seed; and the time of a
 * search of ENOMAD's size. About a minute.
 * @param most problems at most, the first of the list
 */
export function againstNomad(seeds: number, onRow?: (about: string) => void, most = problems.length): Report {
  const numbers = Array.from({ length: seeds }, (_, i) => i + 1);
  const rows = problems.slice(0, most).map((problem) => {
    const ours = numbers.map((seed) => solve(problem, seed));
    onRow?.(problem.about);
    const { about, nomad, target = null } = problem;
    return { about, target, ours, median: medianOf(ours), nomad, nomadMedian: median(nomad) };
  });
  const times = Array.from({ length: rounds }, (_, round) => ownMilliseconds(round)).slice(cold);
  const searchMs = { median: median(times), least: Math.min(...times), most: Math.max(...times) };
  return {
    data: { against: 'NOMAD 4.5.1', strategy: 'mads', seeds: numbers, problems: rows, searchMs },
    sections: [
      {
        title: 'Mesh adaptive direct search beside NOMAD 4.5.1',
        parts: [
          {
            part: 'table',
            columns: ['problem', 'ours by seed', 'median', 'NOMAD 4.5.1 by seed', 'median'],
            rows: rows.map((row) => [
              row.about,
              row.ours.map(shown).join(', '),
              shown(row.median),
              row.nomad.map(shown).join(', '),
              shown(row.nomadMedian),
            ]),
          },
          {
            part: 'lines',
            lines: [
              'Least values, or evaluations to a value; options as in the preset, one point at a time.',
              `A search of 250 evaluations of 49 variables costs ${searchMs.median.toFixed(1)} ms of its own (${searchMs.least.toFixed(1)} to ${searchMs.most.toFixed(1)} over ${times.length}, after ${cold} to warm up; NOMAD about 1,100).`,
            ],
          },
        ],
      },
    ],
  };
}
