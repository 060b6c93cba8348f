import { type Figure, rowOf } from '../../figure/figure.js';
import { stroke } from '../../figure/marks.js';
import type { PaneBlock, PaneLayer } from '../../figure/pane.js';
import { extent, roomy } from '../../figure/range.js';
import { faded, ink, palette } from '../../figure/theme.js';
import type { InnateHistory, InnatePoint, MeanOverLives } from '../../inspect/innate.js';

type Score = 'innate' | 'learned' | 'gain';
const colours: Record<Score, string> = {
  innate: palette.sky,
  learned: palette.blue,
  gain: palette.green,
};

/** A mean over lives by evaluations, with its interval as a band and a mark for each elite. */
function layersOf(points: readonly InnatePoint[], score: Score): PaneLayer[] {
  const places = points.map(({ evaluations }) => evaluations);
  const values = (value: (of: MeanOverLives) => number) => points.map((point) => value(point[score]));
  const colour = colours[score];
  const means = values(({ mean }) => mean);
  return [
    {
      layer: 'band',
      places,
      low: values(({ low }) => low),
      high: values(({ high }) => high),
      colour: faded(colour, 0.2),
    },
    { layer: 'line', places, values: means, colour, lineWidth: 2.2 },
    { layer: 'dots', places, values: means, colour, size: 6 },
  ];
}

function paneOf(
  points: readonly InnatePoint[],
  title: string,
  scores: readonly Score[],
  isLast: boolean,
): PaneBlock {
  const last = Math.max(1, points.at(-1)!.evaluations);
  const ends = points.flatMap((point) => scores.flatMap((score) => [point[score].low, point[score].high]));
  const range = roomy(extent([scores.includes('gain') ? [0, ...ends] : ends]) ?? { low: 0, high: 1 });
  const zero: PaneLayer = {
    layer: 'line',
    ...{ places: [0, last], values: [0, 0], colour: ink.axis, lineWidth: 1, dash: [4, 4] },
  };
  return {
    block: 'pane',
    title,
    ...(isLast ? { below: 'evaluations' } : {}),
    height: isLast ? 150 : 220,
    key: scores.length > 1 ? keyOf(scores) : [],
    across: { low: 0, high: last },
    up: range,
    ticksUp: 5,
    ticksAcross: 6,
    layers: [
      ...(scores.includes('gain') ? [zero] : []),
      ...scores.flatMap((score) => layersOf(points, score)),
    ],
  };
}

const words: Record<Score, string> = {
  innate: 'innate: plasticity off',
  learned: 'learned: plasticity on',
  gain: 'what learning adds',
};
const keyOf = (scores: readonly Score[]) =>
  scores.map((score) => ({ text: words[score], mark: stroke(colours[score], 18, 2.2) }));

/** The innate and the learned score of a run's elites over its evaluations, and what learning adds. */
export function innateFigure(run: string, { points, lives, broken }: InnateHistory): Figure {
  return {
    title: `${run}: innate and learned score of elites`,
    subtitle: `means over the same ${lives - broken} fresh lives of each; bands: 95 % intervals by resampling these`,
    width: 720,
    rows: [
      rowOf(paneOf(points, 'score', ['learned', 'innate'], false), 6),
      rowOf(paneOf(points, 'what learning adds', ['gain'], true)),
    ],
    bottom: 8,
  };
}
