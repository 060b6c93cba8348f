import { isWholeSteps, nearWholeSteps, wholeSteps } from '../../math/steps.js';
import { UsageError } from '../../spec/errors.js';
import type { SpikeTrain } from '../model/network.js';

function stepOf(where: string, ms: number, dtMs: number): number {
  if (isWholeSteps(ms, dtMs)) return wholeSteps(ms, dtMs) - 1;
  const near = ms > 0 && ms < Number.POSITIVE_INFINITY ? nearWholeSteps(ms, dtMs) : dtMs;
  throw new UsageError(
    `${where}: expected the end of a step, a multiple of ${dtMs} ms above 0, found ${ms} ms. Set it to ${near} ms, or change the step.`,
  );
}

/**
 * The spikes of a population from their times. A spike has the time of the end of its step, as everywhere.
 * @param timesMs `[cells]` by cell, in any order, ms
 * @throws UsageError for a time that is no whole number of steps, and for two spikes of a cell in one step
 */
export function spikeTrain(timesMs: readonly ArrayLike<number>[], dtMs: number): SpikeTrain {
  const spikes = timesMs.flatMap((times, cell) => {
    const first = new Map<number, number>();
    return Array.from(times, (ms, i) => {
      const where = `cell ${cell}: spike ${i}`;
      const step = stepOf(where, ms, dtMs);
      const before = first.get(step);
      if (before !== undefined) {
        throw new UsageError(
          `${where}: the cell fires at ${ms} ms already (spike ${before}). Remove one of the two.`,
        );
      }
      first.set(step, i);
      return { step, cell };
    });
  });
  spikes.sort((a, b) => a.step - b.step || a.cell - b.cell);
  return {
    steps: Int32Array.from(spikes, ({ step }) => step),
    cells: Int32Array.from(spikes, ({ cell }) => cell),
  };
}
