import { failedLifetime, type LifetimeResult } from '../../evaluate/lives.js';
import { UserError } from '../../spec/errors.js';
import type { Life } from './evaluator.js';

/** How often lives are tried when whoever lives them dies, before they are tried one by one. */
const tries = 3;

/** What lives batches, and may die of one. */
export interface Mortal {
  /**
   * Lives the lives from `from` up to `to`, a result for each. It rejects where whoever lives them died: with a UserError
   * where the next one would die too, so that trying again is of no use.
   */
  attempt(lives: readonly Life[], from: number, to: number): Promise<LifetimeResult[]>;
  /** Told of every death. */
  onDeath?: ((message: string) => void) | undefined;
  /** Told of lives that were lived, batch by batch. */
  onLived?: ((more: number) => void) | undefined;
}

/** The results of a batch, or of what whoever lived it died at every try. */
async function persist(
  { attempt, onDeath, onLived }: Mortal,
  lives: readonly Life[],
  from: number,
  to: number,
): Promise<LifetimeResult[] | string> {
  let last = '';
  for (let tried = 0; tried < tries; tried++) {
    try {
      const results = await attempt(lives, from, to);
      onLived?.(to - from);
      return results;
    } catch (error) {
      if (error instanceof UserError) throw error;
      last = error instanceof Error ? error.message : String(error);
      onDeath?.(last);
    }
  }
  return last;
}

/** Lives some lives one by one: whoever dies at every try has been killed by the one life that it was given. */
async function alone(mortal: Mortal, lives: readonly Life[], from: number, to: number) {
  const results: LifetimeResult[] = [];
  for (let i = from; i < to; i++) {
    const result = await persist(mortal, lives, i, i + 1);
    if (typeof result === 'string') results.push(failedLifetime(`its worker died ${tries} times: ${result}`));
    else results.push(...result);
  }
  return results;
}

/**
 * Lives all lives in batches that are attempted at once, whoever dies of them. A batch is tried again, and the lives of
 * one that never came through are lived one by one when the others are done: a death may take batches with it that
 * waited in the same place, so that only lives that were alone tell which of them kills. Such a life is a failed one.
 * @param sizeOf lives in the next batch, by how many are left
 */
export async function liveInBatches(
  mortal: Mortal,
  lives: readonly Life[],
  sizeOf: (left: number) => number,
): Promise<LifetimeResult[]> {
  const ends: number[] = [];
  for (let end = 0; end < lives.length; ends.push(end))
    end += Math.min(lives.length - end, sizeOf(lives.length - end));
  const start = (batch: number) => ends[batch - 1] ?? 0;
  const batches = await Promise.all(ends.map((end, batch) => persist(mortal, lives, start(batch), end)));
  const results: LifetimeResult[] = [];
  for (const [batch, outcome] of batches.entries()) {
    results.push(
      ...(typeof outcome === 'string' ? await alone(mortal, lives, start(batch), ends[batch]!) : outcome),
    );
  }
  return results;
}
