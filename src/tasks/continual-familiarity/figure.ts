import { type Arm, type CurvePanel, panelOver, runningMean } from '../../figure/curves.js';
import { curvesOfLives } from '../protocol/curves-of-lives.js';
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

/** Answers along the stream. */
export const recognitionFigure = curvesOfLives<RecognitionTrace>({
  name: 'patterns',
  title: (scenario) => `Seen before, or novel: ${scenario}`,
  panels: panelsOf,
  below: 'presentation',
});
