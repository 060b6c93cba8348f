import type { KeptByCell, NullReport } from '../connectome/null-models/null-report.js';
import type { WiringNumbers } from '../connectome/wiring-numbers.js';
import { count } from '../figure/theme.js';
import { figure, figuresThatCount } from './numbers.js';
import type { Report, ReportField, ReportSection } from './report.js';

/** A null model that was drawn, with what it says of the animal. */
export interface DrawnModel {
  model: string;
  summary: string;
  keeps: string;
  takes: string;
  facts: readonly { name: string; about: string; value: number }[];
}

const numbersSection = ({ animal, null: made }: NullReport): ReportSection => {
  const row = (
    name: string,
    of: (wiring: WiringNumbers) => number | null,
    text: (value: number) => string,
  ) => {
    const shown = (value: number | null) => (value === null ? '-' : text(value));
    return [name, shown(of(animal)), shown(of(made))];
  };
  const six = (value: number) => figuresThatCount(value, 6);
  return {
    title: 'Animal and null model',
    parts: [
      {
        part: 'table',
        columns: ['wiring', 'animal', 'null model'],
        rows: [
          row('chemical connections', (of) => of.chemicalConnections, count),
          row('gap junctions', (of) => of.gapJunctions, count),
          row('self-connections', (of) => of.selfConnections, count),
          row('reciprocity', (of) => of.reciprocity, figure),
          row('sensory to motor', (of) => of.sensorToMotor, figure),
          row('crossing', (of) => of.crossing, figure),
          row('spectral radius', (of) => of.spectralRadius, six),
          row('components', (of) => of.components, count),
        ],
      },
    ],
  };
};

const keptText = ({ kept, same, cells }: KeptByCell): string =>
  kept ? 'kept' : `the same for ${count(same)} of ${count(cells)} cells`;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const kept = (is: boolean) => (is ? 'kept' : 'changed');

const keptFields = ({
  byCell,
  values,
  moved,
  changed,
  roleBlocks,
  classBlocksKept,
  animal,
}: NullReport): ReportField[] => [
  ['in-degrees', keptText(byCell.inDegrees)],
  ['out-degrees', keptText(byCell.outDegrees)],
  ['strengths in', keptText(byCell.inStrengths)],
  ['strengths out', keptText(byCell.outStrengths)],
  ['signs by cell', keptText(byCell.signs)],
  ['all weights', kept(values.weights)],
  ['all signs', kept(values.signs)],
  ['role to role', kept(roleBlocks.every((block) => block.animal === block.null))],
  ['class to class', kept(classBlocksKept)],
  [
    'moved',
    `${percent(moved.chemical)} of the chemical connections; ${percent(changed.chemical)} stay with another weight or sign`,
  ],
  ...(animal.gapJunctions === 0
    ? []
    : ([
        ['junctions by cell', keptText(byCell.junctionDegrees)],
        ['junction strengths', keptText(byCell.junctionStrengths)],
        [
          'junctions moved',
          `${percent(moved.gap)} of the gap junctions; ${percent(changed.gap)} stay with another weight`,
        ],
      ] as const)),
];

/** Only what differs: blocks that are kept say no more than that they are. */
function blocksSections({ roleBlocks }: NullReport): ReportSection[] {
  const differing = roleBlocks.filter((block) => block.animal !== block.null);
  if (differing.length === 0) return [];
  return [
    {
      title: 'Chemical connections from role to role, where the numbers differ',
      parts: [
        {
          part: 'table',
          columns: ['from', 'to', 'animal', 'null model'],
          rows: differing.map((block) => [block.from, block.to, count(block.animal), count(block.null)]),
        },
      ],
    },
  ];
}

const modelSection = ({ model, summary, keeps, takes, facts }: DrawnModel): ReportSection => ({
  title: `Null model ${model}`,
  parts: [
    { part: 'lines', lines: [`${summary}.`, `It keeps ${keeps}. It takes away ${takes}.`] },
    ...(facts.length === 0
      ? []
      : [{ part: 'lines' as const, lines: facts.map(({ about, value }) => `${count(value)} ${about}`) }]),
  ],
});

/** What a null model is, what it keeps of the animal and what it took away. */
export function nullModelReport(
  written: Readonly<Record<string, unknown>>,
  seed: number,
  models: readonly DrawnModel[],
  report: NullReport,
): Report {
  return {
    data: { ...written, seed, models, report },
    sections: [
      ...models.map(modelSection),
      numbersSection(report),
      { title: 'Kept and taken away', parts: [{ part: 'fields', fields: keptFields(report) }] },
      ...blocksSections(report),
    ],
  };
}
