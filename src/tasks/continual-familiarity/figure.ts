import { type Arm, type CurvePanel, curvesFigure, panelOver, runningMean } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import type { RecognitionTrace } from './trace.js';

/** Presentations over which means are taken. */
const smoothing = 20;

const panelsOf = (arms: readonly Arm<RecognitionTrace>[]): CurvePanel[] => {
  const panel = panelOver(arms);
  const most = Math.max(
    1,
    ...arms.flatMap(({ traces }) =>
      traces.flatMap(({ seenSpikes, novelSpikes }) => [...seenSpikes, ...novelSpikes]),
    ),
  );
  return [
    panel(`right answers (share of the last ${smoothing})`, 150, 1, ({ seen, answered }) =>
      runningMean(
        seen.map((was, i) => (was === answered[i] ? 1 : 0)),
        smoothing,
      ),
    ),
    panel(`spikes of the pool “seen” (last ${smoothing})`, 80, most, ({ seenSpikes }) =>
      runningMean(seenSpikes, smoothing),
    ),
    panel(`spikes of the pool “novel” (last ${smoothing})`, 80, most, ({ novelSpikes }) =>
      runningMean(novelSpikes, smoothing),
    ),
  ];
};

const curves = (title: string, subtitle: string, arms: readonly Arm<RecognitionTrace>[]): Figure =>
  curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: panelsOf(arms),
    marks: [],
    below: 'presentation',
  });

/** Answers along the stream. */
export const recognitionFigure = {
  name: 'patterns',
  lives: (before, after) =>
    curves(
      `Seen before, or novel: ${after[0]!.scenario}`,
      `score ${before[0]!.score.toFixed(3)} before evolution, ${after[0]!.score.toFixed(3)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<RecognitionTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives, shaded: ± SD`, arms),
} satisfies TaskFigure<RecognitionTrace>;
