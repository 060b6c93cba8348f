import type { SpikeTrain } from '../../network/model/network.js';
import type { Memory } from './memory.js';

/** A step that never comes. */
const never = 0x7fffffff;

/** Lists the spikes of a population that fires by a train, whose first step is `from`. */
export function writeTrain(
  { program, places, words }: Memory,
  population: number,
  { steps, cells }: SpikeTrain,
  from: number,
): void {
  const laid = places.trains[population]!;
  const { first } = program.populations[population]!;
  for (let spike = 0; spike < steps.length; spike++) {
    words[laid.steps / 4 + spike] = from + steps[spike]!;
    words[laid.cells / 4 + spike] = first + cells[spike]!;
  }
  words[laid.steps / 4 + steps.length] = never;
}

/** Lists the spikes that the network has for its populations. */
export function writeTrains(memory: Memory): void {
  memory.program.populations.forEach(({ population: { train } }, i) => {
    if (train) writeTrain(memory, i, train, 0);
  });
}
