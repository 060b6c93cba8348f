import { figure } from './numbers.js';
import type { ReportPart } from './report.js';

/** Measures that fit on a line beside the scenario. */
const mostAcross = 5;

interface Row {
  /** What the episode is, under the table's own headings. */
  heads: readonly string[];
  score: number;
  measures: Readonly<Record<string, number>>;
}

const plain = (value: number | undefined) =>
  value === undefined ? '-' : Number.isInteger(value) ? value : figure(value);

/** Episodes with their scores and measures: down the page where these are too many to stand side by side. */
export function measuresTable(episodes: readonly Row[], headings: readonly string[]): ReportPart {
  const names = Object.keys(episodes[0]?.measures ?? {});
  if (names.length <= mostAcross) {
    return {
      part: 'table',
      columns: [...headings, 'score', ...names],
      rows: episodes.map(({ heads, score, measures }) => [
        ...heads,
        figure(score),
        ...names.map((name) => plain(measures[name])),
      ]),
    };
  }
  return {
    part: 'table',
    columns: [headings.join(', '), ...episodes.map(({ heads }) => heads.join(', '))],
    rows: [
      ['score', ...episodes.map(({ score }) => figure(score))],
      ...names.map((name) => [name, ...episodes.map(({ measures }) => plain(measures[name]))]),
    ],
  };
}
