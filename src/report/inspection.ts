import type { Effect } from '../inspect/effect.js';
import type { Inspection } from '../inspect/inspection.js';
import type { Values } from '../network/model/network.js';
import { formulaSections, frontSection } from './formulas.js';
import { freshVerdict } from './fresh.js';
import { figure, figuresThatCount, spreadText } from './numbers.js';
import type { Report, ReportSection } from './report.js';
import { aboutFilters, vitalsFields } from './vitals.js';

/** Four figures, whatever the size: time constants stand beside learning rates. */
const figureOf = (value: number) => figuresThatCount(value, 4);

const valueText = (value: Values) =>
  typeof value === 'number'
    ? figureOf(value)
    : `${figureOf(Math.min(...value))} to ${figureOf(Math.max(...value))} by synapse`;

const ruleSections = ({ rules }: Inspection): ReportSection[] =>
  rules.map(({ name, source, projections, text, latex, names }) => ({
    title: name,
    aside: `on ${projections.join(', ')}; source: ${source}`,
    parts: [
      { part: 'formulas', formulas: text.map((line, i) => ({ text: line, latex: latex[i]! })) },
      {
        part: 'table',
        columns: ['name', 'unit', ...projections, '', 'about'],
        rows: names.map(({ name: quantity, unit, about, values, evolved }) => [
          quantity,
          unit,
          ...projections.map((projection) => (values ? valueText(values[projection]!) : '')),
          evolved ? 'evolved' : '',
          about,
        ]),
      },
    ],
  }));

const gainSection = ({ gains: { columns, rows } }: Inspection): ReportSection => ({
  title: 'What modulators do to cells: gain (cells that have the receptor)',
  parts: [
    {
      part: 'table',
      columns: ['receptor', 'level', 'on', ...columns, 'what that is'],
      rows: rows.map(({ receptor, level, target, acts, about, gains, cells }) => [
        receptor,
        level,
        `${target} (${acts})`,
        ...gains.map((gain, k) => (gain === null ? '-' : `${figureOf(gain)} (${cells[k]})`)),
        about,
      ]),
    },
  ],
});

const effectText = ({ effect, together: { low, high }, size, failed }: Effect) => [
  figure(effect),
  `${figure(low)} to ${figure(high)}`,
  size === null ? '-' : figure(size),
  failed === 0 ? '' : `${failed} broke down`,
];

/** Of one effect that was asked for, not the one of many that stands out. */
const gainText = ({ effect, low, high, n }: Effect) =>
  `${figure(effect)}, 95 % ${figure(low)} to ${figure(high)} (by resampling the ${n} lives)`;

const scoreSection = ({ scores }: Inspection): ReportSection => ({
  title: 'Scores',
  aside: scores.about,
  parts: [
    {
      part: 'fields',
      fields: [
        ['chance', figure(scores.chance)],
        ['untrained', spreadText(scores.untrained)],
        ['innate (plasticity off)', scores.innate ? spreadText(scores.innate) : 'nothing learns'],
        [scores.innate ? 'learned' : 'champion', spreadText(scores.learned)],
        ['', freshVerdict(scores.learned, scores.untrained)],
        ...(scores.gain ? [['what learning adds', gainText(scores.gain)] as const] : []),
        ['ceiling', figure(scores.ceiling)],
        ['held out', scores.heldOut ? spreadText(scores.heldOut) : 'no scenario is held out'],
        ...(scores.heldOut ? [['ceiling, held out', figure(scores.heldOutCeiling)] as const] : []),
      ],
    },
  ],
});

const parameterSection = ({ parameters }: Inspection): ReportSection => ({
  title: 'What evolved',
  parts: [
    {
      part: 'table',
      columns: ['gene', 'unit', 'start', 'now', 'what it is'],
      rows: parameters.map(({ name, unit, start, value, about }) => [
        name,
        unit,
        figureOf(start),
        figureOf(value),
        about,
      ]),
    },
  ],
});

/** What the intervals of several effects are of. */
export const aboutIntervals = ([first, ...others]: readonly Effect[]): string[] => {
  const each = others.length + 1;
  const lives =
    'Intervals of the mean effect by resampling the lives. A life with the part and the life of the same seed without it form a pair.';
  if (first === undefined || each === 1) return [lives];
  const share = figuresThatCount(100 - 5 / each, 4);
  return [
    lives,
    `${each} parts were tried, so each interval covers ${share} %: with 95 % all of them hold at once (Bonferroni).`,
  ];
};

const ablationSection = ({ ablations }: Inspection): ReportSection => ({
  title: 'What the score loses without it',
  parts: [
    {
      part: 'table',
      columns: ['taken out', 'effect', 'interval', 'effect / sd', ''],
      rows: ablations.map((effect) => [effect.what, ...effectText(effect)]),
    },
    { part: 'lines', lines: aboutIntervals(ablations) },
  ],
});

const lifeSection = ({ vitals }: Inspection): ReportSection => ({
  title: 'The life of the network',
  aside: 'means; ranges: plausibility filters of fSBI',
  parts: [
    { part: 'fields', fields: vitalsFields(vitals) },
    {
      part: 'table',
      columns: ['filter', 'value', 'plausible', ''],
      // What one life cannot tell is left out.
      rows: vitals.filters
        .filter(({ value }) => Number.isFinite(value))
        .map(({ name, value, low, high, ok }) => [
          name,
          figureOf(value),
          `${low} to ${high}`,
          ok ? '' : 'OUTSIDE',
        ]),
    },
    { part: 'lines', lines: aboutFilters(vitals.filters) },
  ],
});

/** What a run's champion is, and what each part of it is good for, by subject. */
export const inspectionSections = (inspection: Inspection) => ({
  rules: [
    ...ruleSections(inspection),
    ...formulaSections(inspection.formulas, inspection.formulaHistory),
    ...(inspection.front
      ? [
          frontSection(
            inspection.front,
            inspection.formulas.map(({ name }) => name),
          ),
        ]
      : []),
  ],
  gains: inspection.gains.rows.length > 0 ? [gainSection(inspection)] : [],
  scores: [scoreSection(inspection)],
  evolved: inspection.parameters.length > 0 ? [parameterSection(inspection)] : [],
  losses: inspection.ablations.length > 0 ? [ablationSection(inspection)] : [],
  life: [lifeSection(inspection)],
});

export function inspectionReport(run: string, inspection: Inspection): Report {
  const { rules, gains, scores, evolved, losses, life } = inspectionSections(inspection);
  return {
    data: { run, ...inspection },
    sections: [...rules, ...gains, ...scores, ...evolved, ...losses, ...life],
  };
}
