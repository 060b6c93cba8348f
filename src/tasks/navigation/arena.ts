import { atan2 } from '../../math/arctangent.js';
import { cos, sin } from '../../math/trigonometric.js';
import type { CellModel } from '../../network/model/model.js';
import { discBody, squareBody } from './body.js';

/** Action cells on the ring; cell k - 1 stands for the direction 2 pi k / 40, clockwise from north. */
export const actionCells = 40;
const TURN = 2 * Math.PI;

/** `[east, north]` of each action cell, of length 1. */
export const directions = Array.from({ length: actionCells }, (_, i): readonly [number, number] => {
  const angle = (TURN * (i + 1)) / actionCells;
  return [sin(angle), cos(angle)];
});

type Point = readonly [number, number];

/** A world to move in. Lengths are in the units of the studies: place fields are 0.4 wide. */
export interface Arena {
  about: string;
  /** Centres of the place fields. */
  centres: readonly Point[];
  /** Which action cells a place cell reaches: those by a wall have synapses inwards alone. */
  reaches(place: number): readonly number[];
  body: CellModel;
  starts: readonly Point[];
  /** Where the reward is first, and where it is moved to. */
  goals: readonly [Point, Point];
  goalRadius: number;
  /** From the centre to the wall, along the axes. */
  reach: number;
}

const spacing = 0.4;
const all = Array.from({ length: actionCells }, (_, i) => i);

/** Whole numbers from -n to n. */
const line = (n: number) => Array.from({ length: 2 * n + 1 }, (_, i) => i - n);
const grid = (n: number) => line(n).flatMap((row) => line(n).map((column): Point => [column, row]));
const spread = (points: readonly Point[]) =>
  points.map(([column, row]): Point => [column * spacing, row * spacing]);

const squareGrid = grid(5);

/** A square, as of the serotonin study; along a wall the cells reach the directions that do not point at it. */
const square: Arena = {
  about: 'the square [-2, 2] x [-2, 2], the goal near a corner',
  centres: spread(squareGrid),
  reaches: (place) => {
    const [column, row] = squareGrid[place]!;
    return all.filter((action) => {
      // Counted in fortieths of a turn: the sine of a half turn is not exactly 0.
      const k = action + 1;
      const south = k > 10 && k < 30;
      const north = k < 10 || k > 30;
      const east = k < 20;
      const west = k > 20 && k < 40;
      return !(
        (row === -5 && south) ||
        (row === 5 && north) ||
        (column === 5 && east) ||
        (column === -5 && west)
      );
    });
  },
  body: squareBody,
  starts: [[0, 0]],
  goals: [
    [1.5, 1.5],
    [-1.5, -1.5],
  ],
  goalRadius: 0.3,
  reach: 2,
};

const discRadius = 6.1;
const discGrid = grid(6).filter(([column, row]) => column * column + row * row <= discRadius * discRadius);

/** Squared distance, in fields, from which on a cell of the disc stands by the wall: 24 of the 121 do. */
const byWall = 32;
/** Directions that a cell by the wall reaches, of 40. */
const inward = 14;

/** A disc, as of the acetylcholine study. */
const disc: Arena = {
  about: 'a disc of radius 2.44, the goals near its centre',
  centres: spread(discGrid),
  reaches: (place) => {
    const [column, row] = discGrid[place]!;
    if (column * column + row * row < byWall) return all;
    // The action cell of the direction that points outwards; the first one inwards is 13 further.
    const outwards = Math.round((atan2(column, row) / TURN) * actionCells) - 1 + actionCells;
    return Array.from({ length: inward }, (_, i) => (outwards + 13 + i) % actionCells);
  },
  body: discBody,
  starts: [
    [-1.6, -1.2],
    [1.6, 1.2],
  ],
  goals: [
    [-0.43, 0.43],
    [0.43, -0.43],
  ],
  goalRadius: 0.3,
  reach: discRadius * spacing,
};

export const arenas = { square, disc } as const;
export type ArenaName = keyof typeof arenas;
