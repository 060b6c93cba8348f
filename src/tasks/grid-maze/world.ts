import { portsOf } from '../protocol/ports.js';

/** Ways to go, which are absolute, as rows and columns. */
export const outputs = portsOf('north', 'east', 'south', 'west');
const ways = [
  [-1, 0],
  [0, 1],
  [1, 0],
  [0, -1],
] as const;
const wayNames = Object.keys(outputs);

/** Walls in the three by three cells around, what was done and got last, and what is always on. */
export const inputs = portsOf(
  ...Array.from({ length: 9 }, (_, cell) => `wall${cell + 1}`),
  ...wayNames.map((way) => `went ${way}`),
  'reward',
  'bias',
);

/** A square of cells with a wall around and pillars inside. Cells are counted row by row. */
export interface Grid {
  size: number;
  /** `[size * size]` whether a cell is a wall */
  isWall: boolean[];
  /** Cells that are none, ascending. */
  open: number[];
  centre: number;
}

export function gridOf(size: number): Grid {
  const isWall = Array.from({ length: size * size }, (_, cell) => {
    const [row, column] = [Math.floor(cell / size), cell % size];
    const isBorder = row === 0 || column === 0 || row === size - 1 || column === size - 1;
    return isBorder || (row % 2 === 0 && column % 2 === 0);
  });
  const open = isWall.flatMap((wall, cell) => (wall ? [] : [cell]));
  // The middle, or the cell beside it where a pillar stands there.
  const middle = Math.floor(size / 2) * (size + 1);
  return { size, isWall, open, centre: isWall[middle] ? middle + 1 : middle };
}

/** Where a step leads: to the same cell where there is a wall. */
export function stepFrom({ size, isWall }: Grid, cell: number, way: number): number {
  const [down, across] = ways[way]!;
  const next = cell + down * size + across;
  return isWall[next] ? cell : next;
}

/** Whether there are walls in the nine cells around and at a cell, row by row. */
export const viewFrom = ({ size, isWall }: Grid, cell: number): number[] =>
  Array.from({ length: 9 }, (_, i) => (isWall[cell + (Math.floor(i / 3) - 1) * size + (i % 3) - 1] ? 1 : 0));

/** Cells where the reward may be: all but the one where the agent starts. */
export const goalsOf = ({ open, centre }: Grid): number[] => open.filter((cell) => cell !== centre);

/** Steps from each cell to another by the shortest way; walls have none. */
export function distancesTo(grid: Grid, goal: number): Map<number, number> {
  const distances = new Map([[goal, 0]]);
  // Cells are met in the order of their distance, and those that are added are met too.
  for (const [cell, distance] of distances) {
    for (let way = 0; way < ways.length; way++) {
      const next = stepFrom(grid, cell, way);
      if (!distances.has(next)) distances.set(next, distance + 1);
    }
  }
  return distances;
}

/** The first step of a shortest way. */
export function shortestStep(grid: Grid, distances: ReadonlyMap<number, number>, cell: number): number {
  const here = distances.get(cell)!;
  return ways.findIndex((_, way) => distances.get(stepFrom(grid, cell, way))! < here);
}
