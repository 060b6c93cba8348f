import { ascending, mean, quantile } from '../../src/math/statistics.js';
import type { Entry } from './entries.js';
import { gridOf, marks, type StudyRun } from './runs.js';

/** Everything the study found, as it is stored. */
export interface Study {
  format: 'baldwin-foraging-study/1';
  machine: string;
  command: string;
  seeds: number[];
  patterns: string[];
  /** Raw scores on each pattern: of the animal's own weights, of a random policy, and the most there is. */
  reference: Record<string, StudyRun['reference']>;
  entries: EntryResult[];
}

export interface EntryResult extends Entry {
  genes: number;
  objective: StudyRun['objective'];
  /** Numbers of evaluations of the curves' points. */
  curveAt: number[];
  /** By pattern, then seed. */
  runs: Omit<StudyRun, 'reference' | 'genes' | 'objective'>[];
}

export interface Summary {
  mean: number;
  median: number;
  q25: number;
  q75: number;
  low: number;
  high: number;
}

export function summaryOf(values: readonly number[]): Summary {
  const sorted = ascending(values);
  return {
    mean: mean(sorted),
    median: quantile(sorted, 0.5),
    q25: quantile(sorted, 0.25),
    q75: quantile(sorted, 0.75),
    low: sorted[0] ?? Number.NaN,
    high: sorted.at(-1) ?? Number.NaN,
  };
}

export function entryResult(entry: Entry, runs: readonly StudyRun[]): EntryResult {
  const { genes, objective } = runs[0]!;
  return {
    ...entry,
    genes,
    objective,
    curveAt: gridOf(entry.evaluations),
    runs: runs.map(({ reference: _r, genes: _g, objective: _o, ...run }) => run),
  };
}

const whole = (value: number) => value.toFixed(0);
const count = (value: number) => value.toLocaleString('en-US');

/** Least and greatest, or the one value where they print alike. */
function range({ low, high }: Summary, print: (value: number) => string = whole): string {
  return print(low) === print(high) ? print(low) : `${print(low)}-${print(high)}`;
}

/** Lengths run over decades: three figures below 100. */
const length = (value: number) => (value < 100 ? value.toFixed(1) : whole(value));

export function objectiveName({ sparsity }: EntryResult['objective']): string {
  return sparsity ? `score - ${sparsity.coefficient} k^${sparsity.exponent}` : 'score';
}

export const tableOf = (headings: readonly string[], rows: readonly (readonly string[])[]) =>
  [
    `| ${headings.join(' | ')} |`,
    `|${headings.map(() => '---|').join('')}`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');

const headings = [
  'label',
  'genome',
  'pattern',
  'evaluations (made)',
  'objective',
  'scores by seed',
  'mean',
  'median (quartiles)',
  'food eaten',
  'weights changed',
  'L2',
  'fresh mean',
  'transfer mean',
  's a run',
];

export function rowOf(result: EntryResult, pattern: string): string[] {
  const runs = result.runs.filter((run) => run.pattern === pattern);
  const of = (pick: (run: EntryResult['runs'][number]) => number) => summaryOf(runs.map(pick));
  const span = (pick: Parameters<typeof of>[0], print?: (value: number) => string) => range(of(pick), print);
  const score = of((run) => run.score);
  return [
    result.label,
    `${result.genome} (${count(result.genes)})`,
    pattern,
    `${count(result.evaluations)} (${span((run) => run.evaluations, count)})`,
    objectiveName(result.objective),
    runs.map((run) => whole(run.score)).join(', '),
    whole(score.mean),
    `${whole(score.median)} (${whole(score.q25)}-${whole(score.q75)})`,
    span(({ champion }) => champion.foodEaten),
    span(({ champion }) => champion.weightsChanged, count),
    span(({ champion }) => champion.l2, length),
    whole(of(({ champion }) => champion.fresh.mean).mean),
    whole(of(({ champion }) => champion.transfer).mean),
    whole(of((run) => run.seconds).mean),
  ];
}

/** Where what the table says of champions is not about the scores it gives. */
function exceptions({ entries }: Study): string[] {
  return entries.flatMap(({ evaluations, runs }) =>
    runs.flatMap(({ name, score, champion, evaluations: made, stopReason }) => [
      ...(score === champion.score
        ? []
        : [
            `- \`${name}\`: ${score.toFixed(1)} within ${count(evaluations)}, ${champion.score.toFixed(1)} in all.`,
          ]),
      ...(made < evaluations ? [`- \`${name}\` ended at ${count(made)} (${stopReason}).`] : []),
    ]),
  );
}

/** Medians over the seeds at the same numbers of evaluations, whatever the budget. */
function atMarks({ entries, patterns }: Study, reached: readonly number[]): string {
  const columns = patterns.flatMap((pattern) => reached.map((mark) => ({ pattern, mark })));
  const rows = entries.map(({ label, curveAt, runs }) => [
    label,
    ...columns.map(({ pattern, mark }) => {
      const point = curveAt.indexOf(mark);
      if (point === -1) return '';
      const scores = runs.filter((run) => run.pattern === pattern).map(({ curve }) => curve[point]!);
      return whole(summaryOf(scores).median);
    }),
  ]);
  return tableOf(['label', ...columns.map(({ pattern, mark }) => `${pattern}, ${count(mark)}`)], rows);
}

export function markdownOf(study: Study): string {
  const { machine, command, seeds, patterns, reference, entries } = study;
  const rows = entries.flatMap((result) => patterns.map((pattern) => rowOf(result, pattern)));
  const beside = patterns.map((pattern) => {
    const { untrained, chance, ceiling } = reference[pattern]!;
    return `${pattern} ${whole(untrained)}, ${whole(chance)}, ${whole(ceiling)}`;
  });
  const notes = exceptions(study);
  const reached = marks.filter((mark) => entries.some(({ curveAt }) => curveAt.includes(mark)));
  return [
    `Machine: ${machine}; each run on one thread. Command: \`${command}\`. Seeds ${seeds.join(', ')}.`,
    '',
    `Untrained, chance and ceiling: ${beside.join('; ')}.`,
    '',
    tableOf(headings, rows),
    '',
    ...(notes.length > 0
      ? [
          'Champions found in the evaluations beyond the budget, and runs that ended before it:',
          '',
          ...notes,
          '',
        ]
      : []),
    ...(reached.length > 0
      ? ['Median score over the seeds at the same numbers of evaluations:', '', atMarks(study, reached), '']
      : []),
    '![Best score by evaluations on each pattern, and how far the champions differ from the animal](foraging-study.png)',
    '',
    'Everything about each run: [`foraging-study.json`](foraging-study.json).',
  ].join('\n');
}

/** One run a line: whole enough to be read, short enough to be compared. */
export function jsonOf(study: Study): string {
  const { entries, ...head } = study;
  const number = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(10)) : value;
  const lines = entries.map(({ runs, ...entry }) => {
    const inner = runs.map((run) => `      ${JSON.stringify(run, number)}`).join(',\n');
    return `    ${JSON.stringify(entry, number).slice(0, -1)},"runs":[\n${inner}\n    ]}`;
  });
  const text = JSON.stringify(head, number, 2).slice(0, -2);
  return `${text},\n  "entries": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
