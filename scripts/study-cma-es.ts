/**
 * Evaluations to target of the strategy `cma-es` beside a reference table measured with pycma: every cell of single
 * runs, and the restarts on Rastrigin's function. Prints Markdown. About two minutes on one core.
 *
 *   npx tsx scripts/study-cma-es.ts [--reference FILE] [--seeds 15]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { FunctionName } from '../src/bench/functions.js';
import { type BenchStrategy, benchCell, type CellResult } from '../src/bench/strategies.js';
import { RandomStream } from '../src/math/random.js';
import { packageRoot } from '../src/spec/library.js';
import { cmaEs } from '../src/strategies/cma-es.js';

const { values } = parseArgs({
  options: {
    reference: {
      type: 'string',
      default: join(packageRoot, '..', 'shared', 'reference', 'pycma_reference.json'),
    },
    seeds: { type: 'string', default: '15' },
  },
});

interface Reference {
  single_runs: {
    set: string;
    function: FunctionName;
    n: number;
    x0: string;
    sigma0: number;
    popsize: number;
    target: number;
    runs: number;
    successes: number;
    evals: { median: number | null } | null;
  }[];
  restarts_on_rastrigin: {
    mode: 'ipop' | 'bipop';
    function: FunctionName;
    n: number;
    target: number;
    maxevals: number;
    runs: number;
    successes: number;
    evals: { median: number; min: number; max: number };
    evals_sorted: number[];
  }[];
}

type Input = Parameters<typeof cmaEs.options.parse>[0];

function strategyOf(options: Input): BenchStrategy {
  const parsed = cmaEs.options.parse(options);
  return { name: 'cma-es', create: (problem, seed) => cmaEs.create(problem, parsed, seed) };
}

/** Two-sided Fisher exact test of two success counts: tables as likely as the one seen, or less. */
function fisher(a: number, aOf: number, b: number, bOf: number): number {
  const choose = (n: number, k: number) => {
    let product = 1;
    for (let i = 1; i <= k; i++) product *= (n - k + i) / i;
    return product;
  };
  const likelihood = (x: number) =>
    x > a + b || x > aOf || a + b - x > bOf
      ? 0
      : (choose(aOf, x) * choose(bOf, a + b - x)) / choose(aOf + bOf, a + b);
  let sum = 0;
  for (let x = 0; x <= aOf; x++) {
    if (likelihood(x) <= likelihood(a) * (1 + 1e-9)) sum += likelihood(x);
  }
  return Math.min(1, sum);
}

const whole = (value: number | null | undefined) =>
  value === null || value === undefined ? '-' : Math.round(value).toString();

function verdict(
  ours: CellResult,
  reference: { runs: number; successes: number; evals: { median: number | null } | null },
) {
  const theirs = reference.evals?.median ?? null;
  const ratio =
    ours.medianEvaluations !== null && theirs !== null ? ours.medianEvaluations / theirs : undefined;
  const p = fisher(ours.successes, ours.runs.length, reference.successes, reference.runs);
  return {
    successes: `${ours.successes}/${ours.runs.length} | ${reference.successes}/${reference.runs} | ${p.toFixed(2)}`,
    medians: `${whole(ours.medianEvaluations)} | ${whole(theirs)} | ${ratio?.toFixed(3) ?? '-'}`,
  };
}

/** Two-sided rank-sum test (Mann & Whitney), by its normal approximation. */
function rankSum(a: readonly number[], b: readonly number[]): number {
  let wins = 0;
  for (const x of a) for (const y of b) wins += x > y ? 1 : x === y ? 0.5 : 0;
  const sd = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  const z = Math.abs(wins - (a.length * b.length) / 2) / sd;
  // 1 - erf(z / sqrt 2), Abramowitz & Stegun 7.1.26.
  const t = 1 / (1 + (0.3275911 * z) / Math.SQRT2);
  const series = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
  return series.reduce((sum, c, i) => sum + c * t ** (i + 1), 0) * Math.exp((-z * z) / 2);
}

/** As in the reference: the first search, too, begins anywhere in the prior. */
function fromAnywhere({ name, create }: BenchStrategy): BenchStrategy {
  return {
    name,
    create: (problem, seed) => {
      const stream = RandomStream.from(`start ${seed}`);
      const { priorLow, priorHigh } = problem;
      const start = priorLow.map((low, gene) => stream.uniformIn(low, priorHigh[gene]!));
      return create({ ...problem, start }, seed);
    },
  };
}

/** Why runs that missed the target ended, by the name of the criterion. */
function failures({ runs }: CellResult): string {
  const names = runs
    .filter(({ success }) => !success)
    .map(({ stopped }) => stopped?.split(':')[0] ?? 'budget');
  return [...new Set(names)]
    .map((name) => `${names.filter((other) => other === name).length} ${name}`)
    .join(', ');
}

function study(reference: Reference, seeds: number): void {
  console.log(
    '| set | function | n | x0, sigma0 | population | successes | ref | Fisher p | median evaluations | ref | ratio | failures |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|---|---|');
  for (const row of reference.single_runs) {
    const strategy = strategyOf({
      population: row.popsize,
      active: row.set !== 'no_active',
      covariance: row.set === 'diagonal' ? 'separable' : 'full',
    });
    const cell = { function: row.function, genes: row.n, target: row.target, maxEvaluations: 1_000_000 };
    const ours = benchCell(strategy, cell, seeds);
    const { successes, medians } = verdict(ours, row);
    console.log(
      `| ${row.set} | ${row.function} | ${row.n} | ${row.x0}, ${row.sigma0} | ${row.popsize} | ${successes} | ${medians} | ${failures(ours)} |`,
    );
  }
  console.log(
    '\n| restarts | function | n | successes | ref | Fisher p | median evaluations | ref | ratio | range | ref | rank-sum p |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|---|---|');
  for (const row of reference.restarts_on_rastrigin) {
    const cell = { function: row.function, genes: row.n, target: row.target, maxEvaluations: row.maxevals };
    // Evaluations spread over a factor of six: a median of few runs says little.
    const ours = benchCell(fromAnywhere(strategyOf({ restarts: row.mode })), cell, 4 * seeds);
    const { successes, medians } = verdict(ours, row);
    const evaluations = ours.runs.map((run) => run.evaluations);
    console.log(
      `| ${row.mode} | ${row.function} | ${row.n} | ${successes} | ${medians} | ` +
        `${Math.min(...evaluations)}-${Math.max(...evaluations)} | ${row.evals.min}-${row.evals.max} | ` +
        `${rankSum(evaluations, row.evals_sorted).toFixed(2)} |`,
    );
  }
  const rotated = ['ellipsoid', 'rosenbrock', 'discus', 'cigar'] as const;
  console.log('\n| function | n | median evaluations | rotated | ratio |');
  console.log('|---|---|---|---|---|');
  for (const name of rotated) {
    const cell = { genes: 10, target: 1e-9, maxEvaluations: 1_000_000 };
    const plain = benchCell(strategyOf({}), { ...cell, function: name }, seeds).medianEvaluations!;
    const turned = benchCell(strategyOf({}), { ...cell, function: `${name}-rotated` }, seeds)
      .medianEvaluations!;
    console.log(`| ${name} | 10 | ${whole(plain)} | ${whole(turned)} | ${(turned / plain).toFixed(3)} |`);
  }
}

const file = resolve(values.reference);
if (existsSync(file)) {
  study(JSON.parse(readFileSync(file, 'utf8')) as Reference, Number(values.seeds));
} else {
  console.error(`No reference table at ${file}: nothing to compare with. Give one with --reference FILE.`);
}
