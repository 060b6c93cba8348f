import { mean } from '../../math/statistics.js';
import { distancesTo, type Grid, goalsOf, outputs, stepFrom } from './world.js';

const waysOut = Object.keys(outputs).length;

/** Rewards found in so many steps, on average over where they may be, by shortest ways from the start and from each teleport. */
export function rewardsByShortestWays(grid: Grid, steps: number): number {
  const found = goalsOf(grid).map((goal) => {
    const distances = distancesTo(grid, goal);
    const starts = grid.open.filter((cell) => cell !== goal).map((cell) => distances.get(cell)!);
    // Rewards to come in so many steps after a teleport: those of fewer steps are known.
    const after = [0];
    for (let left = 1; left <= steps; left++) {
      after.push(mean(starts.map((distance) => (distance <= left ? 1 + after[left - distance]! : 0))));
    }
    const first = distances.get(grid.centre)!;
    return first <= steps ? 1 + after[steps - first]! : 0;
  });
  return mean(found);
}

/** Rewards and steps into walls in so many steps at random, on average over where the reward may be. */
export function atRandom(grid: Grid, steps: number): { rewards: number; walls: number } {
  const { open, centre } = grid;
  const numberOf = new Map(open.map((cell, number) => [cell, number]));
  const nextOf = open.map((cell) =>
    Array.from({ length: waysOut }, (_, way) => numberOf.get(stepFrom(grid, cell, way))!),
  );
  let [rewards, walls] = [0, 0];
  const goals = goalsOf(grid).map((cell) => numberOf.get(cell)!);
  for (const goal of goals) {
    let chance = new Float64Array(open.length);
    chance[numberOf.get(centre)!] = 1;
    for (let step = 0; step < steps; step++) {
      const next = new Float64Array(open.length);
      for (let cell = 0; cell < open.length; cell++) {
        for (const to of nextOf[cell]!) {
          next[to]! += chance[cell]! / waysOut;
          if (to === cell) walls += chance[cell]! / waysOut;
        }
      }
      const arrived = next[goal]!;
      rewards += arrived;
      for (let cell = 0; cell < open.length; cell++) next[cell]! += arrived / (open.length - 1);
      next[goal] = 0;
      chance = next;
    }
  }
  return { rewards: rewards / goals.length, walls: walls / goals.length };
}
