import type { GenomeSpace } from '../../genome/space.js';
import { mean } from '../../math/statistics.js';
import { symmetricEigen } from '../../math/symmetric-eigen.js';
import { freshLosses } from '../attribution/losses.js';
import type { ScoreMeter } from '../attribution/meter.js';
import type { FreshLoss } from '../attribution/types.js';
import type { GeneUnit } from '../attribution/units.js';
import type { Grounds } from './conditions.js';
import { inside, moved, type Step } from './moves.js';

/** Each unit moves by this share of its range. */
export const curvatureShare = 0.05;
/** So many units have their curvature looked at. */
export const mostUnits = 12;

/** A direction in the space of genomes along which the score curves. */
export interface Direction {
  /** Of length 1: the share of the step that each unit goes, the first that is largest upwards. */
  parts: { name: string; share: number }[];
  /** Loss by a step along it, by the curvature on the lives that chose it; below 0 the score rises. */
  expected: number;
  /** Loss by a step along it, the mean of both ways, on the fresh lives. */
  loss: FreshLoss;
  verdict: 'stiff' | 'rises' | 'undecided';
}

export interface Curvature {
  share: number;
  units: number;
  /** Units so near a bound that the middle of the steps is not the champion's value. */
  shifted: number;
  /** Lives that chose the directions; the loss is measured on the fresh ones. */
  choosing: number;
  /** The stiffest first. */
  directions: Direction[];
}

/** Genomes that are lived in order to find the directions: the middle, each unit both ways, each pair up and down. */
export function curvatureSteps(units: readonly GeneUnit[], share: number): Step[][] {
  const up = (unit: GeneUnit): Step => ({ unit, share });
  const down = (unit: GeneUnit): Step => ({ unit, share: -share });
  return [
    [],
    ...units.map((unit) => [up(unit)]),
    ...units.map((unit) => [down(unit)]),
    ...units.flatMap((a, i) =>
      units.slice(i + 1).flatMap((b) => [
        [up(a), up(b)],
        [down(a), down(b)],
      ]),
    ),
  ];
}

/** Lives on each seed: those that find the directions, and those that measure the loss along each. */
export const curvatureConditions = (units: number): number => units * units + units + 1 + 2 * units + 1;

/**
 * `[units, units]` row-major: what the score changes by a step along a direction v, the mean of both ways, is v^T M v, by
 * central differences: M is half the Hessian in units of the step.
 * @param scores means, in the order of `curvatureSteps`
 */
export function curvatureMatrix(scores: readonly number[], units: number): Float64Array {
  const matrix = new Float64Array(units * units);
  const [middle] = scores as [number];
  const up = (i: number) => scores[1 + i]!;
  const down = (i: number) => scores[1 + units + i]!;
  let pair = 1 + 2 * units;
  for (let i = 0; i < units; i++) {
    matrix[i * units + i] = (up(i) + down(i)) / 2 - middle;
    for (let j = i + 1; j < units; j++, pair += 2) {
      const both = scores[pair]! + scores[pair + 1]!;
      const mixed = (both - up(i) - down(i) - up(j) - down(j) + 2 * middle) / 4;
      matrix[i * units + j] = mixed;
      matrix[j * units + i] = mixed;
    }
  }
  return matrix;
}

const verdictOf = ({ low, high }: FreshLoss): Direction['verdict'] =>
  low > 0 ? 'stiff' : high < 0 ? 'rises' : 'undecided';

/** Directions of a curvature, the stiffest first, each with its largest part upwards. */
export function directionsOf(matrix: Float64Array, units: number) {
  const values = new Float64Array(units);
  const rows = Float64Array.from(matrix);
  symmetricEigen(rows, values);
  return Array.from(values, (change, k) => {
    const row = rows.subarray(k * units, (k + 1) * units);
    const largest = row.reduce((most, part) => (Math.abs(part) > Math.abs(most) ? part : most), 0);
    return { change, parts: row.map((part) => (largest < 0 ? -part : part)) };
  });
}

/**
 * The stiff and the sloppy directions of a champion: those that its curvature has on the choosing lives, and what a step
 * along each loses on the fresh ones, which had no part in that. Null where some genome always fails.
 */
export async function curvatureOf(
  space: GenomeSpace,
  champion: Readonly<Float64Array>,
  units: readonly GeneUnit[],
  { lives, choosing }: Grounds,
  meter: ScoreMeter,
): Promise<Curvature | null> {
  const middle = inside(space, champion, units, curvatureShare);
  const steps = curvatureSteps(units, curvatureShare);
  const found = await meter.scores(
    choosing,
    steps.length,
    (i) => moved(space, middle, steps[i]!),
    'curvature, on lives that choose',
  );
  const whole = [...choosing.seeds.keys()].filter((life) => found.every((of) => Number.isFinite(of[life]!)));
  if (whole.length === 0) return null;
  const means = found.map((of) => mean(whole.map((life) => of[life]!)));
  const directions = directionsOf(curvatureMatrix(means, units.length), units.length);
  const along = (parts: Float64Array, sign: number) =>
    units.map((unit, i) => ({ unit, share: sign * curvatureShare * parts[i]! }));
  const ways = directions.flatMap(({ parts }) => [along(parts, 1), along(parts, -1)]);
  const scores = await meter.scores(
    lives,
    1 + ways.length,
    (i) => (i === 0 ? middle : moved(space, middle, ways[i - 1]!)),
    'curvature, on fresh lives',
  );
  const bothWays = directions.map((_, k) =>
    scores[1 + 2 * k]!.map((score, life) => (score + scores[2 + 2 * k]![life]!) / 2),
  );
  const losses = freshLosses(scores[0]!, bothWays, 'directions');
  return {
    share: curvatureShare,
    units: units.length,
    shifted: units.filter(({ genes }) => genes.some((gene) => middle[gene] !== champion[gene])).length,
    choosing: whole.length,
    directions: directions.map(({ change, parts }, k) => ({
      parts: units.map(({ name }, i) => ({ name, share: parts[i]! })),
      expected: -change,
      loss: losses[k]!,
      verdict: verdictOf(losses[k]!),
    })),
  };
}
