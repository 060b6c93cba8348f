import { z } from 'zod';
import type { RandomStream } from '../../math/random.js';

export const selectionOptions = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z
      .literal('proportional')
      .describe('the best part are parents, drawn in proportion to their fitness'),
    fraction: z.number().gt(0).max(1).default(0.5).describe('the part of the population that may be parents'),
  }),
  z.strictObject({
    kind: z.literal('tournament').describe('the best of a few drawn at random'),
    size: z.int().min(1).default(2).describe('how many are drawn'),
  }),
]);

type SelectionOptions = z.output<typeof selectionOptions>;

interface Parent {
  /** Index into the population. */
  index: number;
  /** Its fitness as a weight: never negative, never infinite. */
  weight: number;
}

/** Those who may be parents, and how one is drawn. */
export interface ParentPool {
  draw(stream: RandomStream): Parent;
}

/** Scores beyond this are all scaled down, by 2^-64, so that differences and sums stay finite. */
const large = 1e290;

/**
 * Fitness as weights that are never negative. Scores that are all at least 0 stay as they are, as ENOMAD has it;
 * with a negative one among them, all are taken relative to the lowest. What failed weighs nothing.
 */
function weightsOf(scores: readonly number[]): number[] {
  let lowest = 0;
  let largest = 0;
  for (const score of scores) {
    if (!Number.isFinite(score)) continue;
    lowest = Math.min(lowest, score);
    largest = Math.max(largest, Math.abs(score));
  }
  const scale = largest > large ? 1 / 0x10000000000000000 : 1;
  return scores.map((score) => (Number.isFinite(score) ? score * scale - lowest * scale : 0));
}

/**
 * @param scores `[population]` minus infinity where a candidate failed
 * @param order indices from best to worst
 */
export function parentPool(
  settings: SelectionOptions,
  scores: readonly number[],
  order: readonly number[],
): ParentPool {
  const weights = weightsOf(scores);
  const parent = (index: number): Parent => ({ index, weight: weights[index]! });
  if (settings.kind === 'tournament') {
    const place = new Int32Array(order.length);
    for (let rank = 0; rank < order.length; rank++) place[order[rank]!] = rank;
    return {
      draw: (stream) => {
        let best = stream.integer(order.length);
        for (let i = 1; i < settings.size; i++) {
          const other = stream.integer(order.length);
          if (place[other]! < place[best]!) best = other;
        }
        return parent(best);
      },
    };
  }
  const succeeded = order.filter((index) => Number.isFinite(scores[index]!));
  const eligible = succeeded.length > 0 ? succeeded : order;
  const chosen = eligible.slice(0, Math.max(1, Math.floor(order.length * settings.fraction)));
  const cumulative: number[] = [];
  let total = 0;
  for (const index of chosen) {
    total += weights[index]!;
    cumulative.push(total);
  }
  return {
    draw: (stream) => {
      // Equal scores of 0 (everything penalised away) say nothing: every parent is as good as any.
      if (!(total > 0)) return parent(chosen[stream.integer(chosen.length)]!);
      const mark = stream.uniform() * total;
      const found = cumulative.findIndex((sum) => mark < sum);
      return parent(chosen[found === -1 ? chosen.length - 1 : found]!);
    },
  };
}

/** Two parents, drawn with replacement. */
export function drawPair(pool: ParentPool, stream: RandomStream): [Parent, Parent] {
  const first = pool.draw(stream);
  return [first, pool.draw(stream)];
}
