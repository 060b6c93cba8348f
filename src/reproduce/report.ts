import { figuresThatCount } from '../report/numbers.js';
import type { Report } from '../report/report.js';
import type { Reproduced, ReproductionResult } from './reproduce.js';
import type { Reproduction } from './reproduction.js';

const interval = ([low, high]: readonly [number | null, number | null]) =>
  low === null ? `at most ${high}` : high === null ? `at least ${low}` : `${low} to ${high}`;

/** Three figures that count: slopes stand beside counts. */
const digits = (value: number) => figuresThatCount(value, 3);

const verdicts = { true: 'met', false: 'MISSED', null: '' } as const;

const rowOf = ({ arm, name, published, reference, ours, accept, pass }: Reproduced) => [
  arm,
  name,
  published ? published.value : reference ? `(${reference.value})` : '-',
  digits(ours.value),
  digits(ours.spread),
  ours.n,
  accept ? interval(accept) : '-',
  verdicts[`${pass}`],
];

function sourcesOf(figures: readonly Reproduced[]): string[] {
  const sources = figures.flatMap(({ published, reference }) =>
    [published?.source, reference && `in brackets: ${reference.source}`].filter(
      (source): source is string => source !== undefined,
    ),
  );
  return [...new Set(sources)].map((source) => `source: ${source}`);
}

/** A published result and ours beside it. */
export function reproductionReport(
  reproduction: Reproduction,
  { figures, pass }: ReproductionResult,
  carriedOut: { seeds: number; seconds: number; picture?: string | undefined },
): Report {
  const { name, title, about, citation, doi, scaledDown, arms } = reproduction;
  const { seeds, seconds, picture } = carriedOut;
  const [first] = figures;
  return {
    data: {
      name,
      title,
      citation,
      doi,
      // The figure that the paper is known for.
      published: first!.published ?? null,
      ours: first!.ours,
      figures: figures.map(({ published, reference, accept, ...rest }) => ({
        ...rest,
        published: published ?? null,
        reference: reference ?? null,
        accept: accept ?? null,
      })),
      scaledDown,
      seeds,
      pass,
      seconds,
      ...(picture === undefined ? {} : { picture }),
    },
    sections: [
      {
        title,
        parts: [
          { part: 'lines', lines: [about] },
          { part: 'small', lines: [`${citation}. doi:${doi}`] },
          { part: 'fields', fields: arms.map((arm) => [arm.name, arm.about] as const) },
          {
            part: 'table',
            columns: ['arm', 'figure', 'published', 'ours', 'SD', 'n', 'asked', ''],
            rows: figures.map(rowOf),
          },
          { part: 'small', lines: sourcesOf(figures) },
          ...(scaledDown === null ? [] : [{ part: 'lines', lines: [`scaled down: ${scaledDown}`] } as const]),
          { part: 'lines', lines: [`${pass ? 'reproduced' : 'not reproduced'}, in ${seconds} s`] },
        ],
      },
    ],
  };
}
