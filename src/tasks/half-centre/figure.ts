import { curvesOfLives } from '../protocol/curves-of-lives.js';
import { intervalMs } from './life.js';
import type { HalfCentreTrace } from './trace.js';

/** Time of each level that is drawn, s. */
const shownS = 3;

/** Spikes of both cells at each level of the modulator. */
export const halfCentreFigure = curvesOfLives<HalfCentreTrace>({
  name: 'rhythm',
  title: (scenario) => `Half-centre: ${scenario}`,
  shown: 'the first',
  panels: (arms) => {
    const shown = Math.round((1000 * shownS) / intervalMs);
    return arms[0]!.traces[0]!.levels.map(({ level }, i) => ({
      title: `level ${level}: spikes in ${intervalMs} ms, left above 0, right below`,
      height: 64,
      range: { low: -3, high: 3 },
      values: arms.map(({ traces }) => {
        const { left, right } = traces[0]!.levels[i]!;
        return [Float64Array.from(left.slice(0, shown), (spikes, at) => spikes - right[at]!)];
      }),
    }));
  },
  below: `interval of ${intervalMs} ms`,
});
