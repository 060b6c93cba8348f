import { type Families, numbersText } from '../inspect/families.js';
import type { FormulaCard, FormulaStep } from '../inspect/formulas.js';
import type { Front } from '../inspect/front.js';
import { median } from '../math/statistics.js';
import { figure } from './numbers.js';
import type { Report, ReportSection } from './report.js';

/** The formulas of a champion, and what they were whenever the best became better. */
export function formulaSections(
  formulas: readonly FormulaCard[],
  history: readonly FormulaStep[],
): ReportSection[] {
  if (formulas.length === 0) return [];
  return [
    {
      title: 'Formulas that evolved',
      aside:
        'by hole: as its genes say it; as algebra writes all that are equal to it; and on the inputs of the life that made it champion',
      parts: [
        {
          part: 'table',
          columns: ['hole', 'formula', 'canonical', 'on what it was given', 'guards acted', 'parts'],
          typeset: ['canonical', 'on what it was given'],
          rows: formulas.map(({ name, said, canonical, size, visited }) => [
            name,
            said,
            canonical,
            visited?.formula ?? '-',
            visited && visited.guarded !== null ? `${visited.guarded} of ${visited.inputs}` : '-',
            size,
          ]),
        },
      ],
    },
    {
      title: 'How they came about',
      aside: 'each time the best of the run became better',
      parts: [
        {
          part: 'table',
          columns: [
            'step',
            'evaluations',
            'score',
            'active genes changed',
            ...formulas.map(({ name }) => name),
          ],
          typeset: formulas.map(({ name }) => name),
          rows: history.map(({ step, evaluations, score, genesChanged, formulas: said }) => [
            step,
            evaluations,
            figure(score),
            genesChanged,
            ...said,
          ]),
        },
      ],
    },
  ];
}

/** The Pareto front of a run with several objectives. */
export const frontSection = (
  { objectives, members, storedOfAStep }: Front,
  holes: readonly string[],
): ReportSection => ({
  title: 'Pareto front',
  aside: `of the genomes that the run stored, at most ${storedOfAStep} of each step (elites): none is worse in everything. Objectives are as they are maximised`,
  parts: [
    {
      part: 'table',
      columns: ['step', ...objectives, ...holes],
      typeset: holes,
      rows: members.map(({ step, objectives: values, formulas }) => [
        step,
        ...values.map(figure),
        ...formulas,
      ]),
    },
  ],
});

/** The distances of a study's champions, in the order of the tree that they make. */
function distancesSection({ runs, distances: { kind, matrix, order } }: Families): ReportSection {
  const nearest = (run: number) =>
    order.filter((other) => other !== run).toSorted((a, b) => matrix[run]![a]! - matrix[run]![b]!);
  return {
    title: 'Distances',
    aside: `${kind}; runs in the order in which clusters stand together`,
    parts: [
      {
        part: 'table',
        columns: ['run', 'nearest run', 'its distance', 'median distance', 'farthest run', 'its distance'],
        rows: order.map((run) => {
          const others = nearest(run);
          const named = (other: number | undefined) =>
            other === undefined ? ['-', '-'] : [runs[other]!.run, figure(matrix[run]![other])];
          return [
            runs[run]!.run,
            ...named(others[0]),
            figure(median(others.map((other) => matrix[run]![other]!))),
            ...named(others.at(-1)),
          ];
        }),
      },
    ],
  };
}

function runsSection({ holes, runs }: Families): ReportSection {
  return {
    title: 'Runs',
    parts: [
      {
        part: 'table',
        columns: ['run', 'score', 'on fresh seeds', ...holes],
        rows: runs.map(({ run, score, fresh, formulas, numbers }) => [
          run,
          figure(score),
          fresh === null ? '-' : figure(fresh),
          ...holes.map(
            (hole) => formulas.find(({ name }) => name === hole)?.said ?? (numbersText(numbers[hole]) || '-'),
          ),
        ]),
      },
    ],
  };
}

/** What the runs of a study found. */
export function familiesReport(study: string, found: Families): Report {
  const { holes, runs, families, like, distances } = found;
  const count = (members: readonly string[]) => `${members.length} of ${runs.length}`;
  const named = (members: readonly string[]) => (members.length > 0 ? `: ${members.join(', ')}` : '');
  const together =
    distances.cut === 0
      ? 'with no distance between them'
      : `at most ${distances.cut} apart on average (average linkage)`;
  return {
    data: { study, ...found },
    sections: [
      {
        title: 'Families of rules',
        aside: `champions of ${runs.length} runs; those stand together that are ${together}`,
        parts: [
          {
            part: 'table',
            columns: [...holes, 'runs', 'forms', 'median score', 'median on fresh seeds'],
            rows: families.map(({ formulas, runs: members, forms, medianScore, medianFresh }) => [
              ...formulas,
              count(members),
              forms,
              figure(medianScore),
              medianFresh === null ? '-' : figure(medianFresh),
            ]),
          },
          { part: 'small', lines: [`Distance, from 0 to 1: ${distances.about}.`] },
        ],
      },
      runsSection(found),
      ...(runs.length > 1 ? [distancesSection(found)] : []),
      ...(like
        ? [
            {
              parts: [
                {
                  part: 'lines' as const,
                  lines: [
                    `${count(like.runs)} runs say ${like.formula}, or what gives the same on all that it was given${named(like.runs)}.`,
                    `${count(like.multiples)} say a positive multiple of it there${named(like.multiples)}.`,
                  ],
                },
              ],
            },
          ]
        : []),
    ],
  };
}
