import { type Figure, type FigureRow, rowOf } from '../figure/figure.js';
import { ink, textSize } from '../figure/theme.js';
import { surfaceAbout } from '../inspect/rate-surface.js';
import type { MeasuredRule } from '../inspect/rule-geometry.js';
import { windowAbout } from '../inspect/rule-window.js';
import { rateSurfaceFigure } from './figures/rate-surface.js';
import { ruleWindowFigure } from './figures/rule-window.js';
import { geometrySections } from './geometry.js';
import type { PageFigure } from './page.js';
import type { ReportSection } from './report.js';

const meansText = ({ means }: MeasuredRule) =>
  means.length > 0 ? ` Means over synapses of ${means.join(', ')}.` : '';

const nameOf = ({ rule, projections }: MeasuredRule) =>
  `the rule ${rule.name}${projections.length > 0 ? ` on ${projections.join(', ')}` : ''}`;

function windowContents(measured: MeasuredRule): PageFigure | ReportSection {
  const { window } = measured.geometry;
  const of = nameOf(measured);
  if (window === null) {
    const why = `There is no window of ${of}: it reads states of cells or looks at regular times alone, or one pair of spikes changes nothing.`;
    return { parts: [{ part: 'small', lines: [why] }] };
  }
  return {
    figure: ruleWindowFigure(
      `Window of ${of}`,
      `${windowAbout(window)} Calculated from the rule with the champion's values, without bounds (n = 1 pair at each time).${meansText(measured)}`,
      window,
    ),
    reading:
      'Right of 0 the presynaptic cell fires before the postsynaptic one, left of 0 after it. Above 0 the synapse becomes stronger.' +
      (window.modulators.length > 0
        ? ' Each line holds the modulators that the rule reads at other levels.'
        : ''),
  };
}

/** The map of a rule over rates as a figure; undefined where there is none. */
export function surfaceFigure(measured: MeasuredRule) {
  const { surface } = measured.geometry;
  if (surface === null) return undefined;
  const about = `${surfaceAbout(surface)}${meansText(measured)}`;
  return rateSurfaceFigure(`Rates: ${nameOf(measured)}`, about, surface);
}

/** The maps of all rules of a run in one figure; undefined where no rule has one. */
export function surfacesFigure(run: string, rules: readonly MeasuredRule[]): Figure | undefined {
  const [first, ...others] = rules.flatMap((measured) => surfaceFigure(measured) ?? []);
  if (first === undefined) return undefined;
  const words = (text: string, bold: boolean): FigureRow =>
    rowOf({ block: 'words', height: 22, text, size: textSize.label, colour: ink.text, bold }, bold ? 16 : 0);
  return {
    ...first,
    title: `${run}: ${first.title}`,
    rows: [
      ...first.rows,
      ...others.flatMap(({ title = '', subtitle = '', rows }) => [
        words(title, true),
        words(subtitle, false),
        ...rows,
      ]),
    ],
  };
}

const readingOfSurface =
  'Across: how often the presynaptic cell fires. Up: how often the postsynaptic cell fires. Blue: the weight becomes stronger on average. Orange: weaker. ' +
  'Colours grow with the square root of the change, and are full at the largest of all maps. Grey: the mean change is less than three standard errors from 0. ' +
  'Each dot is a threshold: there the change has its sign changed as the postsynaptic rate rises.';

/** What a rule makes of pairs of spikes, of rates and of weights, as contents of a page. */
export function ruleContents(measured: MeasuredRule): (PageFigure | ReportSection)[] {
  const figure = surfaceFigure(measured);
  return [
    windowContents(measured),
    ...(figure ? [{ figure, reading: readingOfSurface }] : []),
    ...geometrySections(measured.geometry),
  ];
}
