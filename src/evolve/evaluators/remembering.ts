import type { LifetimeResult } from '../../evaluate/lives.js';
import type { GenomeSpace } from '../../genome/space.js';
import { sha256 } from '../../spec/sha256.js';
import type { Evaluator, Life } from './evaluator.js';

/** How many results are kept; beyond that, the oldest is forgotten, and lived again where it is asked for. */
const mostKept = 100_000;

/** An evaluator that lives nothing twice. */
export interface Remembering extends Evaluator {
  /** Lives of the last evaluation whose results were known. */
  readonly reused: number;
}

/**
 * Where lives depend on the genome alone, a genome that says what another said has its result, to the bit. Idle nodes and
 * the order of operands of + and x make no difference in what a genome says.
 */
export function remembering(evaluator: Evaluator, space: Pick<GenomeSpace, 'sayingOf'>): Remembering {
  const known = new Map<string, LifetimeResult>();
  const keyOf = ({ genome, seed, repeats }: Life) => sha256(`${seed} ${repeats} ${space.sayingOf(genome)}`);
  let reused = 0;
  return {
    workers: evaluator.workers,
    get reused() {
      return reused;
    },
    async evaluate(lives, onLived) {
      const keys = lives.map(keyOf);
      const unknown = new Map<string, Life>();
      lives.forEach((life, i) => {
        if (!known.has(keys[i]!)) unknown.set(keys[i]!, life);
      });
      reused = lives.length - unknown.size;
      if (reused > 0) onLived?.(reused);
      const results = unknown.size > 0 ? await evaluator.evaluate([...unknown.values()], onLived) : [];
      [...unknown.keys()].forEach((key, i) => {
        known.set(key, results[i]!);
      });
      const answer = keys.map((key) => known.get(key)!);
      for (const key of known.keys()) {
        if (known.size <= mostKept) break;
        known.delete(key);
      }
      return answer;
    },
    close: () => evaluator.close(),
  };
}
