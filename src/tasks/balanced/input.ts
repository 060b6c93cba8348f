import type { RandomStream } from '../../math/random.js';
import { poissonTrain } from '../../network/build/spike-train.js';
import type { SpikeTrain } from '../../network/model/network.js';

/** What the inputs do: all of them fire at one rate, and those of a pattern at another on top of it. */
export interface InputRates {
  rateHz: number;
  /** Inputs that follow one another on the ring of all of them. */
  pattern?: { first: number; count: number; rateHz: number } | undefined;
}

/** Two trains as one; where both have a spike of a cell in a step, there is one. */
function merged(a: SpikeTrain, b: SpikeTrain): SpikeTrain {
  const steps: number[] = [];
  const cells: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.steps.length || j < b.steps.length) {
    const order =
      j === b.steps.length
        ? -1
        : i === a.steps.length
          ? 1
          : a.steps[i]! - b.steps[j]! || a.cells[i]! - b.cells[j]!;
    steps.push(order <= 0 ? a.steps[i]! : b.steps[j]!);
    cells.push(order <= 0 ? a.cells[i]! : b.cells[j]!);
    if (order <= 0) i += 1;
    if (order >= 0) j += 1;
  }
  return { steps: Int32Array.from(steps), cells: Int32Array.from(cells) };
}

/** The train with its cells moved along the ring, those of a step in order again. */
function moved({ steps, cells }: SpikeTrain, first: number, inputs: number): SpikeTrain {
  const spikes = Array.from(steps, (step, i) => ({ step, cell: (first + cells[i]!) % inputs }));
  spikes.sort((a, b) => a.step - b.step || a.cell - b.cell);
  return {
    steps: Int32Array.from(spikes, ({ step }) => step),
    cells: Int32Array.from(spikes, ({ cell }) => cell),
  };
}

/** Spikes of all inputs in so many steps. */
export function inputTrain(
  random: RandomStream,
  { rateHz, pattern }: InputRates,
  { inputs, steps, dtMs }: { inputs: number; steps: number; dtMs: number },
): SpikeTrain {
  const background = poissonTrain(random, { cells: inputs, rateHz, steps, dtMs });
  if (!pattern) return background;
  const own = poissonTrain(random, { cells: pattern.count, rateHz: pattern.rateHz, steps, dtMs });
  return merged(background, moved(own, pattern.first, inputs));
}
