import { actingAtRandom } from '../protocol/random-policy.js';
import type { Controller } from '../task.js';
import { intervalMs } from './options.js';
import { distancesTo, type Grid, inputs, shortestStep, stepFrom } from './world.js';

/** Goes at random. */
export const randomPolicy = () => actingAtRandom((random) => random.uniform());

/**
 * Goes to the reward by the shortest way: it is told where the reward is, and where it comes to after each.
 * @param teleports draws the cells of these, as the world does
 */
export function knowingTheWay(grid: Grid, goal: number, stepMs: number, teleports: () => number): Controller {
  const distances = distancesTo(grid, goal);
  let cell = grid.centre;
  let interval = 0;
  let way = 0;
  return {
    body: {},
    reset: () => {
      [cell, interval] = [grid.centre, 0];
    },
    respond: (observation, action) => {
      if (interval === 0) {
        if (observation[inputs.reward!]! > 0) cell = teleports();
        way = shortestStep(grid, distances, cell);
        cell = stepFrom(grid, cell, way);
      }
      interval = (interval + 1) % (stepMs / intervalMs);
      action.fill(0);
      action[way] = 1;
    },
  };
}
