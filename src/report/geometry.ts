import type { FixedPointsAt } from '../inspect/fixed-points.js';
import type { RateMap } from '../inspect/rate-surface.js';
import type { MeasuredRule, RuleGeometry } from '../inspect/rule-geometry.js';
import { median } from '../math/statistics.js';
import { figuresThatCount } from './numbers.js';
import type { Report, ReportSection } from './report.js';

const hz = (value: number) => value.toFixed(1);
const rangeText = (values: readonly number[], text: (value: number) => string) => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? text(least) : `${text(least)} to ${text(most)}`;
};

/** Thresholds of one circumstance that go one way, as a row. */
function thresholdRow(name: string, rises: boolean, { thresholds }: RateMap): string[][] {
  const found = thresholds.filter((of) => of.rises === rises);
  if (found.length === 0) return [];
  const [pre, post] = [found.map(({ preHz }) => preHz), found.map(({ postHz }) => postHz)];
  return [
    [
      name === '' ? '-' : name,
      rangeText(pre, String),
      hz(median(post)),
      rangeText(post, hz),
      rises ? 'weaker' : 'stronger',
      rises ? 'stronger' : 'weaker',
    ],
  ];
}

function thresholdSection({ surface }: RuleGeometry): ReportSection {
  const title = 'Thresholds along the postsynaptic rate';
  if (surface === null)
    return {
      title,
      parts: [
        {
          part: 'lines',
          lines: [
            'None: the rule reads states of cells, which cells that fire by a list of spikes do not have.',
          ],
        },
      ],
    };
  const rows = surface.maps.flatMap((map) =>
    [true, false].flatMap((rises) => thresholdRow(map.name, rises, map)),
  );
  const none =
    'None: wherever the mean change is told from 0, it keeps its sign as the postsynaptic rate rises.';
  return {
    title,
    aside: 'where the mean change of a weight changes its sign',
    parts: [
      rows.length === 0
        ? { part: 'lines', lines: [none] }
        : {
            part: 'table',
            columns: ['held', 'presynaptic, Hz', 'threshold, Hz', 'from, to', 'below it', 'above it'],
            rows,
          },
    ],
  };
}

const bound = (value: number) => figuresThatCount(value, 4);

/** What becomes of a weight, in a few words. */
function pointsText({ points, driftsTo }: FixedPointsAt, low: number, high: number): string {
  if (points.length === 0) {
    if (driftsTo.length === 0) return '-';
    return driftsTo[0] === 'low' ? `falls to ${bound(low)}` : `rises to ${bound(high)}`;
  }
  return points
    .map(
      ({ weight, error, stable }) =>
        `${figuresThatCount(weight, 3)} ± ${figuresThatCount(error, 1)} ${stable ? 'stable' : 'unstable'}`,
    )
    .join(', ');
}

function fixedPointSection({ fixedPoints, withoutFixedPoints }: RuleGeometry): ReportSection {
  const title = 'Fixed points of the weight';
  if (fixedPoints === null)
    return { title, parts: [{ part: 'lines', lines: [`None: ${withoutFixedPoints}.`] }] };
  const { ratesHz, low, high, maps } = fixedPoints;
  const rows = maps.flatMap(({ name, at }) =>
    ratesHz.map((postHz) => [
      name === '' ? '-' : name,
      postHz,
      ...ratesHz.map((preHz) =>
        pointsText(at.find((of) => of.preHz === preHz && of.postHz === postHz)!, low, high),
      ),
    ]),
  );
  return {
    title,
    aside: 'where the mean change is 0, ± its standard error; or where a weight ends that has none',
    parts: [
      {
        part: 'table',
        columns: ['held', 'postsynaptic, Hz', ...ratesHz.map((rate) => `presynaptic ${rate} Hz`)],
        rows,
      },
      {
        part: 'lines',
        lines: [
          'Weights nearby go to a stable point. Below an unstable point they fall, and above it they rise.',
        ],
      },
    ],
  };
}

/** What rates of the two cells make of weights by a rule. */
export const geometrySections = (geometry: RuleGeometry): ReportSection[] => [
  thresholdSection(geometry),
  fixedPointSection(geometry),
];

/** The geometry of a rule as plain numbers. */
export const geometryData = ({ surface, fixedPoints, withoutFixedPoints }: RuleGeometry) => ({
  ...{ surface, fixedPoints, withoutFixedPoints },
});

/** What rates make of weights by the rules at work in a run's champion. */
export const geometryReport = (run: string, rules: readonly MeasuredRule[]): Report => ({
  data: {
    run,
    rules: rules.map(({ rule, projections, means, geometry }) => ({
      ...{ rule: rule.name, projections, means },
      ...geometryData(geometry),
    })),
  },
  sections: rules.flatMap(({ rule, projections, geometry }) =>
    geometrySections(geometry).map(({ title, ...section }) => ({
      ...section,
      title: `${title}: ${rule.name} on ${projections.join(', ')}`,
    })),
  ),
});
