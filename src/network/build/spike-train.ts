import { log } from '../../math/logarithm.js';
import type { RandomStream } from '../../math/random.js';
import { isWholeSteps, nearWholeSteps, wholeSteps } from '../../math/steps.js';
import { UsageError } from '../../spec/errors.js';
import { spikeTrain as spikeTrainModel } from '../cells/spike-train.js';
import type { Population, SpikeTrain } from '../model/network.js';

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

/** Cells that fire at random. */
export interface PoissonCells {
  cells: number;
  rateHz: number;
  steps: number;
  dtMs: number;
}

/**
 * Spikes of cells that fire at random, each with probability 1 - exp(-rate dt) in each step. What is drawn: one uniform
 * number for each spike, and one more.
 */
export function poissonTrain(random: RandomStream, { cells, rateHz, steps, dtMs }: PoissonCells): SpikeTrain {
  const places: number[] = [];
  // Places are counted through the cells of a step, step after step; log(1 - p) is -rate dt.
  const perPlace = (rateHz * dtMs) / 1000;
  const end = perPlace > 0 ? steps * cells : 0;
  let place = -1;
  while (place < end) {
    place += 1 + Math.floor(-log(1 - random.uniform()) / perPlace);
    if (place < end) places.push(place);
  }
  return {
    steps: Int32Array.from(places, (at) => Math.floor(at / cells)),
    cells: Int32Array.from(places, (at) => at % cells),
  };
}

/** Spikes for which there is room in a train of such cells: ten standard deviations more than there are on average. */
export function poissonRoom({ cells, rateHz, steps, dtMs }: PoissonCells): number {
  const mean = (cells * steps * rateHz * dtMs) / 1000;
  return Math.ceil(mean + 10 * Math.sqrt(mean) + 20);
}

/** Cells that fire as a task tells them, with room for Poisson trains of so many steps. */
export const toldCells = (name: string, of: PoissonCells): Population => ({
  name,
  count: of.cells,
  model: spikeTrainModel,
  parameters: {},
  ports: {},
  train: { steps: new Int32Array(0), cells: new Int32Array(0), room: poissonRoom(of) },
});
