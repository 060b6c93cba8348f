import { curvesOfLives } from '../protocol/curves-of-lives.js';
import { intervalMs } from './life.js';
import type { PendulumTrace } from './trace.js';

/** The angle, and the spikes that push, over a life. */
export const pendulumFigure = curvesOfLives<PendulumTrace>({
  name: 'swing',
  title: (scenario) => `Pendulum: ${scenario}`,
  score: { word: 'amplitude (rad)', text: ({ score }) => score.toFixed(2) },
  shown: 'the first',
  panels: (arms) => {
    const panel = (
      title: string,
      height: number,
      reach: number,
      of: (trace: PendulumTrace) => readonly number[],
    ) => ({
      title,
      height,
      range: { low: -reach, high: reach },
      values: arms.map(({ traces }) => [of(traces[0]!)]),
    });
    return [
      panel('angle of the pendulum (rad)', 170, Math.PI, ({ angle }) => angle),
      panel(`spikes in ${intervalMs} ms, forth above 0, back below`, 90, 3, ({ forth, back }) =>
        forth.map((spikes, i) => spikes - back[i]!),
      ),
    ];
  },
  below: `interval of ${intervalMs} ms`,
});
