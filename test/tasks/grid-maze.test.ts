import { describe, expect, it } from 'vitest';
import { atRandom, rewardsByShortestWays } from '../../src/tasks/grid-maze/expected.js';
import type { GridTrace } from '../../src/tasks/grid-maze/trace.js';
import { emptyGridTrace } from '../../src/tasks/grid-maze/trace.js';
import {
  distancesTo,
  goalsOf,
  gridOf,
  outputs,
  stepFrom,
  viewFrom,
} from '../../src/tasks/grid-maze/world.js';
import { prepareTask } from '../../src/tasks/table.js';
import type { Controller, PreparedTask } from '../../src/tasks/task.js';

describe('the maze', () => {
  const grid = gridOf(13);
  it('has 25 pillars in 121 cells, and ways between all others', () => {
    expect(grid.open).toHaveLength(96);
    expect(grid.isWall[grid.centre]).toBe(false);
    expect(goalsOf(grid)).toHaveLength(95);
    expect(distancesTo(grid, grid.centre).size).toBe(96);
    // From corner to corner there is a way as long as there would be without pillars.
    expect(distancesTo(grid, 1 * 13 + 1).get(11 * 13 + 11)).toBe(20);
  });

  it('shows the nine cells around, and stops at walls', () => {
    const corner = 1 * 13 + 1;
    expect(viewFrom(grid, corner)).toEqual([1, 1, 1, 1, 0, 0, 1, 0, 1]);
    expect(stepFrom(grid, corner, outputs.north!)).toBe(corner);
    expect(stepFrom(grid, corner, outputs.west!)).toBe(corner);
    expect(stepFrom(grid, corner, outputs.east!)).toBe(corner + 1);
    expect(stepFrom(grid, corner, outputs.south!)).toBe(corner + 13);
  });
});

it('counts rewards by shortest ways, and at random, as can be done by hand', () => {
  // Eight cells in a ring around one pillar; the start is one step beside the middle of a side.
  const ring = gridOf(5);
  expect(ring.open).toHaveLength(8);
  const start = ring.centre;
  const near = goalsOf(ring).filter((goal) => distancesTo(ring, goal).get(start) === 1);
  expect(near).toHaveLength(2);
  expect(rewardsByShortestWays(ring, 1)).toBeCloseTo(2 / 7, 12);
  // Two steps: of the near ones another, where the teleport leads beside it; and two that are two steps away.
  expect(rewardsByShortestWays(ring, 2)).toBeCloseTo((2 * (1 + 2 / 7) + 2) / 7, 12);
  expect(atRandom(ring, 1).rewards).toBeCloseTo((2 / 7) * (1 / 4), 12);
  // Each cell of a ring has two walls of four.
  expect(atRandom(ring, 10).walls).toBeCloseTo(5, 12);
});

it('rewards, puts elsewhere, and tells what was done and got', () => {
  const { live, scenarios } = prepareTask({
    name: 'grid-maze',
    size: 5,
    stepMs: 20,
    steps: 60,
    wallPenalty: 0.5,
  }) as PreparedTask<GridTrace>;
  const told: number[][] = [];
  let step = 0;
  const around: Controller = {
    body: {},
    reset: () => {},
    respond: (observation, action) => {
      told.push([...observation.subarray(9)]);
      action.fill(0);
      action[(step++ >> 1) % 4] = 1;
    },
  };
  const trace = emptyGridTrace();
  const { score, measures } = live(scenarios[0]!, '9a12', around, trace);
  const rewards = trace.found.filter((found) => found === 1).length;
  const bumps = trace.bumped.filter((bumped) => bumped === 1).length;
  expect(rewards).toBeGreaterThan(0);
  expect(bumps).toBeGreaterThan(0);
  expect(score).toBeCloseTo(10 * rewards - 0.5 * bumps, 12);
  expect(measures.rewards).toBe(rewards);
  expect(told[0]).toEqual([0, 0, 0, 0, 0, 1]);
  for (let i = 1; i < told.length; i++) {
    const way = Array.from({ length: 4 }, (_, w) => (w === ((i - 1) >> 1) % 4 ? 1 : 0));
    expect(told[i]).toEqual([...way, trace.found[i - 1], 1]);
    if (trace.found[i - 1] === 1) expect(trace.cell[i - 1]).toBe(trace.goal);
  }
});
