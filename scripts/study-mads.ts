/**
 * Mesh adaptive direct search beside NOMAD 4.5.1's measured figures: chained Rosenbrock functions, a sphere, and the
 * constrained example of NOMAD's user guide, one point at a time; and the time of a search of ENOMAD's size. Prints its
 * table as Markdown, and with --write puts it into docs/results/strategies.md. About a minute.
 *
 *   npx tsx scripts/study-mads.ts [--seeds 5] [--write]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { functions } from '../src/bench/functions.js';
import { machineName } from '../src/bench/machine.js';
import { median } from '../src/math/statistics.js';
import { packageRoot } from '../src/spec/library.js';
import { replaceFile } from '../src/store/files.js';
import { searchOptions } from '../src/strategies/mads/options.js';
import { madsSearch, type SearchSpace } from '../src/strategies/mads/search.js';
import { withReport } from './results-file.js';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '5' }, write: { type: 'boolean', default: false } },
});
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);

const { rosenbrock, sphere } = functions;
const sphere5 = sphere.of(5);
const sphere49 = sphere.of(49);

type Evaluate = (x: Readonly<Float64Array>) => number;

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

const problems: Problem[] = [
  {
    about: 'Rosenbrock 2, evaluations to 1e-8',
    f: rosenbrock.of(2),
    space: valley(2),
    evaluations: 500,
    target: 1e-8,
    nomad: [198, 168, 91],
  },
  {
    about: 'Rosenbrock 10, after 2,000',
    f: rosenbrock.of(10),
    space: valley(10),
    evaluations: 2000,
    nomad: [0.533, 0.0854, 0.668],
  },
  {
    about: 'Rosenbrock 20, after 4,000',
    f: rosenbrock.of(20),
    space: valley(20),
    evaluations: 4000,
    nomad: [0.116, 0.093],
  },
  {
    about: 'Rosenbrock 50, after 5,000',
    f: rosenbrock.of(50),
    space: valley(50),
    evaluations: 5000,
    nomad: [15.4, 6.7, 9.25],
  },
  {
    about: 'Rosenbrock 50, with Nelder-Mead steps',
    f: rosenbrock.of(50),
    space: valley(50),
    evaluations: 5000,
    nomad: [15.4, 6.7, 9.25],
    nelderMead: true,
  },
  {
    about: 'sphere 50, after 5,000',
    f: sphere.of(50),
    space: box(all(50, 3.3), -5.12, 5.12),
    evaluations: 5000,
    nomad: [0.116, 0.118, 0.071],
  },
  { ...guide, about: 'constrained example, evaluations to -3.99', target: -3.99, nomad: [26] },
  { ...guide, about: 'constrained example, evaluations to -3.9999', target: -3.9999, nomad: [26] },
];

/** Evaluations to the target, or the least feasible value where there is none. */
function solve(
  { f, constraints = () => [], space, evaluations, target, nelderMead = false }: Problem,
  seed: number,
): number {
  const options = searchOptions.parse({ block: 1, nelderMead });
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
  return target === undefined ? least : Number.POSITIVE_INFINITY;
}

const shown = (value: number) =>
  value === Number.POSITIVE_INFINITY
    ? 'not within'
    : value >= 1
      ? String(Math.round(value * 100) / 100)
      : value.toExponential(1);

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

const rows = problems.map((problem) => {
  const found = seeds.map((seed) => solve(problem, seed));
  const row = `| ${problem.about} | ${found.map(shown).join(', ')} | ${shown(median(found))} | ${problem.nomad.map(shown).join(', ')} | ${shown(median(problem.nomad))} |`;
  console.error(row);
  return row;
});
const times = Array.from({ length: 25 }, (_, round) => ownMilliseconds(round)).slice(5);
const report = [
  `\`npx tsx scripts/study-mads.ts --write\`; ${machineName()}. Seeds ${seeds.join(', ')}; options as preset, one point at a time.`,
  '',
  '| problem | ours by seed | median | NOMAD 4.5.1 by seed | median |',
  '|---|---|---|---|---|',
  ...rows,
  '',
  `A search of 250 evaluations of 49 variables costs ${median(times).toFixed(1)} ms of its own (${Math.min(...times).toFixed(1)}-${Math.max(...times).toFixed(1)} over ${times.length}, after five to warm up; NOMAD about 1,100).`,
].join('\n');
console.log(report);

if (values.write) {
  const path = join(packageRoot, 'docs/results/strategies.md');
  replaceFile(path, withReport(readFileSync(path, 'utf8'), 'study:mads', report));
}
