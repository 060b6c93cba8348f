import { type Arm, type CurvePanel, curvesFigure } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import type { GateTrace } from './trace.js';

/** Output spikes until each step. */
function soFar(train: readonly number[]): number[] {
  let sum = 0;
  return train.map((count) => {
    sum += count;
    return sum;
  });
}

const panelsOf = (arms: readonly Arm<GateTrace>[]): CurvePanel[] => {
  const most = Math.max(
    4,
    ...arms.flatMap(({ traces }) =>
      traces.flatMap(({ spikes }) => spikes.map((train) => soFar(train).at(-1)!)),
    ),
  );
  return [0, 1, 2, 3].map((pair) => {
    const { wanted, pair: pairs } = arms[0]!.traces[0]!;
    const says = wanted[pairs.indexOf(pair)] === 1 ? 'true' : 'false';
    return {
      title: `symbols ${pair >> 1} and ${pair & 1}, which is ${says}: output spikes so far`,
      height: 90,
      range: { low: 0, high: most },
      values: arms.map(({ traces }) =>
        traces.flatMap(({ spikes, pair: of }) => spikes.filter((_, trial) => of[trial] === pair).map(soFar)),
      ),
    };
  });
};

const curves = (title: string, subtitle: string, arms: readonly Arm<GateTrace>[]): Figure =>
  curvesFigure({
    ...{ title, subtitle, names: arms.map(({ name }) => name) },
    ...{ panels: panelsOf(arms), marks: [], below: 'step' },
  });

/** What the output has fired until each step, for each pair of symbols. */
export const gateFigure = {
  name: 'answers',
  lives: (before, after) =>
    curves('What the output fires at each pair of symbols', 'before evolution and after', [
      { name: 'before evolution', traces: [before[0]!.trace] },
      { name: 'after', traces: [after[0]!.trace] },
    ]),
  arms: (title: string, arms: readonly Arm<GateTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives, shaded: ± SD`, arms),
} satisfies TaskFigure<GateTrace>;
