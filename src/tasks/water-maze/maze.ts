import { exp } from '../../math/exponential.js';
import { cos, sin } from '../../math/trigonometric.js';

export type Point = readonly [x: number, y: number];

/** Half the side of the square. Lengths are in the unit of the arena. */
export const reach = 2;
/** The goal is the disc of this radius around the centre. */
export const goalRadius = 0.3;
/** A wall as a rectangle. */
export interface Wall {
  west: number;
  east: number;
  south: number;
  north: number;
}

/** A U around the goal that is open to the north. */
export const obstacle: readonly Wall[] = [
  { west: -0.9, east: -0.7, south: -0.9, north: 0.7 },
  { west: 0.7, east: 0.9, south: -0.9, north: 0.7 },
  { west: -0.7, east: 0.7, south: -0.9, north: -0.7 },
];

/** The middle of each side, and a way from there that avoids the obstacle. */
export const starts: readonly { at: Point; around: readonly Point[] }[] = [
  { at: [0, 1.6], around: [] },
  { at: [1.6, 0], around: [[0.9, 0.7]] },
  {
    at: [0, -1.6],
    around: [
      [0.9, -0.9],
      [0.9, 0.7],
    ],
  },
  { at: [-1.6, 0], around: [[-0.9, 0.7]] },
];

const spacing = 0.4;
const line = Array.from({ length: 11 }, (_, i) => (i - 5) * spacing);
/** Centres of the place fields. */
export const centres: readonly Point[] = line.flatMap((y) => line.map((x): Point => [x, y]));

/** How strongly each place cell is driven. @param observation `[places]` */
export function observe([x, y]: Point, observation: Float64Array): void {
  centres.forEach(([centreX, centreY], place) => {
    const [east, north] = [x - centreX, y - centreY];
    observation[place] = exp(-(east * east + north * north) / (spacing * spacing));
  });
}

/** Directions of the actors, counted from east, `[cos, sin]`. */
export const directionsOf = (actors: number): readonly Point[] =>
  Array.from({ length: actors }, (_, k): Point => {
    const angle = (2 * Math.PI * k) / actors;
    return [cos(angle), sin(angle)];
  });

/** The actors that a place cell reaches: those by the wall of the square, the ones that do not point at it. */
export function inwards(place: number, actors: number): number[] {
  const [x, y] = centres[place]!;
  const outer = ((line.length - 1) / 2) * spacing - 1e-9;
  const away = (at: number, direction: number) => Math.abs(at) < outer || at * direction < 1e-9;
  return directionsOf(actors).flatMap(([east, north], actor) =>
    away(x, east) && away(y, north) ? [actor] : [],
  );
}

const isIn = ([x, y]: Point, { west, east, south, north }: Wall) =>
  x > west && x < east && y > south && y < north;

/** Whether nobody can be there. */
export const isBlocked = (point: Point, walls: readonly Wall[]): boolean =>
  Math.abs(point[0]) > reach || Math.abs(point[1]) > reach || walls.some((wall) => isIn(point, wall));

export const isAtGoal = ([x, y]: Point): boolean => x * x + y * y <= goalRadius * goalRadius;

export const apart = ([x, y]: Point, [otherX, otherY]: Point) =>
  Math.sqrt((x - otherX) * (x - otherX) + (y - otherY) * (y - otherY));

/** Length of the shortest way from a start into the goal. */
export function shortestWay(start: number, walls: readonly Wall[]): number {
  const { at, around } = starts[start]!;
  const way: Point[] = [at, ...(walls.length > 0 ? around : []), [0, 0]];
  return way.slice(1).reduce((length, point, i) => length + apart(way[i]!, point), 0) - goalRadius;
}
