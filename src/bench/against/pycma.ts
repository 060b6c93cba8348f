import { z } from 'zod';
import { RandomStream } from '../../math/random.js';
import { rankSumTest } from '../../math/rank-sum.js';
import { fisherExact } from '../../math/shares.js';
import type { Report, ReportSection } from '../../report/report.js';
import { readJsonFile } from '../../spec/json-file.js';
import { validate } from '../../spec/validate.js';
import { cmaEs } from '../../strategies/cma-es.js';
import { type FunctionName, functions } from '../functions.js';
import { type BenchStrategy, benchCell, type CellResult } from '../strategies.js';

const functionName = z.enum(Object.keys(functions) as [FunctionName, ...FunctionName[]]);
const runsAnd = { runs: z.int().min(1), successes: z.int().min(0) };

const referenceSchema = z.looseObject({
  single_runs: z.array(
    z.looseObject({
      set: z.string().describe('no_active and diagonal choose those settings, any other name the default'),
      function: functionName,
      n: z.int().min(1),
      x0: z.string(),
      sigma0: z.number(),
      popsize: z.int().min(2),
      target: z.number(),
      ...runsAnd,
      evals: z.looseObject({ median: z.number().nullable() }).nullable(),
    }),
  ),
  restarts_on_rastrigin: z.array(
    z.looseObject({
      mode: z.enum(['ipop', 'bipop']),
      function: functionName,
      n: z.int().min(1),
      target: z.number(),
      maxevals: z.int().min(1),
      ...runsAnd,
      evals: z.looseObject({ median: z.number(), min: z.number(), max: z.number() }),
      evals_sorted: z.array(z.number()),
    }),
  ),
});

/** Evaluations to targets that were measured with pycma. */
export type PycmaReference = z.output<typeof referenceSchema>;

/** @throws UsageError naming every wrong field */
export const readPycmaReference = (path: string): PycmaReference =>
  validate(referenceSchema, readJsonFile(path, 'reference table'), { source: path }, 'reference table');

type Input = Parameters<typeof cmaEs.options.parse>[0];

function strategyOf(options: Input): BenchStrategy {
  const parsed = cmaEs.options.parse(options);
  return { name: 'cma-es', create: (problem, seed) => cmaEs.create(problem, parsed, seed) };
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

interface Beside {
  successes: number;
  of: number;
  median: number | null;
  referenceSuccesses: number;
  referenceOf: number;
  referenceMedian: number | null;
  /** Of the medians. */
  ratio: number | null;
  /** Fisher's exact test of the shares that succeeded. */
  fisherP: number;
}

function beside(
  ours: CellResult,
  reference: { runs: number; successes: number; evals: { median: number | null } | null },
): Beside {
  const theirs = reference.evals?.median ?? null;
  const { successes, medianEvaluations, runs } = ours;
  return {
    ...{ successes, of: runs.length, median: medianEvaluations },
    ...{ referenceSuccesses: reference.successes, referenceOf: reference.runs, referenceMedian: theirs },
    ratio: medianEvaluations !== null && theirs !== null ? medianEvaluations / theirs : null,
    fisherP: fisherExact(successes, runs.length, reference.successes, reference.runs),
  };
}

const whole = (value: number | null) => (value === null ? '-' : Math.round(value).toString());
const ratioText = (ratio: number | null) => ratio?.toFixed(3) ?? '-';

const besideCells = (row: Beside) => [
  `${row.successes}/${row.of}`,
  `${row.referenceSuccesses}/${row.referenceOf}`,
  row.fisherP.toFixed(2),
  whole(row.median),
  whole(row.referenceMedian),
  ratioText(row.ratio),
];

const besideColumns = ['successes', 'pycma', 'Fisher p', 'median evaluations', 'pycma', 'ratio'];

/** Why runs that missed the target ended, by the name of the criterion. */
function failures({ runs }: CellResult): string {
  const names = runs
    .filter(({ success }) => !success)
    .map(({ stopped }) => stopped?.split(':')[0] ?? 'budget');
  return [...new Set(names)]
    .map((name) => `${names.filter((other) => other === name).length} ${name}`)
    .join(', ');
}

/** Evaluations of a run, at the most, where the reference does not bound them. */
const maxEvaluations = 1_000_000;

type OnRow = ((about: string) => void) | undefined;

function singleRuns({ single_runs }: PycmaReference, seeds: number, onRow: OnRow) {
  return single_runs.map((row) => {
    const strategy = strategyOf({
      population: row.popsize,
      active: row.set !== 'no_active',
      covariance: row.set === 'diagonal' ? 'separable' : 'full',
    });
    const cell = { function: row.function, genes: row.n, target: row.target, maxEvaluations };
    const ours = benchCell(strategy, cell, seeds);
    onRow?.(`${row.set}: ${row.function} ${row.n}`);
    const { set, n, x0, sigma0, popsize } = row;
    return {
      set,
      function: row.function,
      n,
      x0,
      sigma0,
      popsize,
      ...beside(ours, row),
      failures: failures(ours),
    };
  });
}

/** Evaluations to a target by restarts spread over a factor of six: a median of few runs says little. */
const moreSeeds = 4;

function restarts({ restarts_on_rastrigin }: PycmaReference, seeds: number, onRow: OnRow) {
  return restarts_on_rastrigin.map((row) => {
    const cell = { function: row.function, genes: row.n, target: row.target, maxEvaluations: row.maxevals };
    const ours = benchCell(fromAnywhere(strategyOf({ restarts: row.mode })), cell, moreSeeds * seeds);
    onRow?.(`${row.mode}: ${row.function} ${row.n}`);
    const evaluations = ours.runs.map((run) => run.evaluations);
    return {
      ...{ mode: row.mode, function: row.function, n: row.n },
      ...beside(ours, row),
      range: [Math.min(...evaluations), Math.max(...evaluations)],
      referenceRange: [row.evals.min, row.evals.max],
      rankSumP: rankSumTest(evaluations, row.evals_sorted).twoSided,
    };
  });
}

/** Functions that are to cost as much when they are turned. */
const turnable = ['ellipsoid', 'rosenbrock', 'discus', 'cigar'] as const;

function rotations(seeds: number, onRow: OnRow) {
  return turnable.map((name) => {
    const cell = { genes: 10, target: 1e-9, maxEvaluations };
    const { medianEvaluations: plain } = benchCell(strategyOf({}), { ...cell, function: name }, seeds);
    const { medianEvaluations: rotated } = benchCell(
      strategyOf({}),
      { ...cell, function: `${name}-rotated` },
      seeds,
    );
    onRow?.(`${name} 10, plain and rotated`);
    const ratio = plain !== null && rotated !== null ? rotated / plain : null;
    return { function: name, n: cell.genes, plain, rotated, ratio };
  });
}

const rangeText = ([low, high]: number[]) => `${low} to ${high}`;

/**
 * Evaluations to target of the strategy `cma-es` beside a table that was measured with pycma: every cell of single runs,
 * the restarts on Rastrigin's function, and four functions plain and rotated. About two minutes on one core with 15 seeds.
 */
export function againstPycma(
  reference: PycmaReference,
  seeds: number,
  onRow?: (about: string) => void,
): Report {
  const single = singleRuns(reference, seeds, onRow);
  const again = restarts(reference, seeds, onRow);
  const turned = rotations(seeds, onRow);
  const sections: ReportSection[] = [
    {
      title: 'CMA-ES beside pycma',
      aside: 'evaluations to target',
      parts: [
        {
          part: 'table',
          columns: ['set', 'function', 'n', 'x0, sigma0', 'population', ...besideColumns, 'failures'],
          rows: single.map((row) => [
            ...[row.set, row.function, row.n, `${row.x0}, ${row.sigma0}`, row.popsize],
            ...besideCells(row),
            row.failures,
          ]),
        },
        {
          part: 'table',
          columns: ['restarts', 'function', 'n', ...besideColumns, 'range', 'pycma', 'rank-sum p'],
          rows: again.map((row) => [
            ...[row.mode, row.function, row.n],
            ...besideCells(row),
            ...[rangeText(row.range), rangeText(row.referenceRange), row.rankSumP.toFixed(2)],
          ]),
        },
        {
          part: 'table',
          columns: ['function', 'n', 'median evaluations', 'rotated', 'ratio'],
          rows: turned.map((row) => [
            ...[row.function, row.n, whole(row.plain), whole(row.rotated), ratioText(row.ratio)],
          ]),
        },
      ],
    },
  ];
  return {
    data: { against: 'pycma', strategy: 'cma-es', seeds, single, restarts: again, rotated: turned },
    sections,
  };
}
