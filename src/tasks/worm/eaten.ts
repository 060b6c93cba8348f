import { arena } from './arena.js';
import type { WormTrace } from './trace.js';

/**
 * Step (from 1) after which each food item was eaten, NaN for those that were left. The trace holds only how many
 * were eaten in a step; which ones follows from the positions, by the task's own rule.
 */
export function eatenAt(trace: Pick<WormTrace, 'food' | 'x' | 'y'>): Float64Array {
  const items = trace.food.x.length;
  const steps = new Float64Array(items).fill(Number.NaN);
  const reach = arena.eatDistance * arena.eatDistance;
  for (let item = 0; item < items; item++) {
    // Nothing is eaten where the worm starts, before its first step.
    for (let step = 1; step < trace.x.length; step++) {
      const dx = trace.food.x[item]! - trace.x[step]!;
      const dy = trace.food.y[item]! - trace.y[step]!;
      if (dx * dx + dy * dy < reach) {
        steps[item] = step;
        break;
      }
    }
  }
  return steps;
}
