import { seriesColour } from '../../figure/curves.js';
import { type Figure, rowOf } from '../../figure/figure.js';
import { stroke } from '../../figure/marks.js';
import type { PaneLayer } from '../../figure/pane.js';
import { extent, roomy } from '../../figure/range.js';
import { ink } from '../../figure/theme.js';
import type { RuleWindow } from '../../inspect/rule-window.js';

/** Change of a weight by how far apart its two cells' spikes are: a line for each circumstance. */
export function ruleWindowFigure(title: string, subtitle: string, { lagMs, curves }: RuleWindow): Figure {
  const across = { low: lagMs[0]!, high: lagMs.at(-1)! };
  const places = Array.from(lagMs);
  const entries = curves
    .map(({ name: text }, i) => ({ text, mark: stroke(seriesColour(i), 22, 2.2) }))
    .filter(({ text }) => text !== '');
  const layers: PaneLayer[] = [
    {
      layer: 'line',
      places: [across.low, across.high],
      values: [0, 0],
      colour: ink.axis,
      lineWidth: 1,
    },
    { layer: 'rules', places: [0], colour: ink.muted },
    ...curves.map(
      ({ change }, i): PaneLayer => ({
        layer: 'line',
        places,
        values: Array.from(change),
        colour: seriesColour(i),
        lineWidth: 2,
      }),
    ),
  ];
  return {
    title,
    subtitle,
    width: 560,
    rows: [
      ...(entries.length > 0 ? [rowOf({ block: 'legend', entries }, 4)] : []),
      rowOf(
        {
          block: 'pane',
          height: 210,
          room: { left: 56 },
          title: 'change of weight',
          below: 'postsynaptic less presynaptic time, ms',
          across,
          up: roomy(extent([...curves.map(({ change }) => change), [0]])!),
          ticksUp: 6,
          ticksAcross: 7,
          layers,
        },
        entries.length > 0 ? 4 : 8,
      ),
    ],
  };
}
