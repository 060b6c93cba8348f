import type { LifetimeResult } from '../../evaluate/lives.js';
import { sha256 } from '../../spec/sha256.js';
import type { Evaluator, Life } from './evaluator.js';

/** How many results are kept; beyond that, the oldest is forgotten, and lived again where it is asked for. */
const mostKept = 100_000;

/** An evaluator that lives nothing twice. */
export interface Remembering extends Evaluator {
  /** Lives of the last evaluation whose results were known. */
  readonly reused: number;
  /** `[lives of the last evaluation]` whether their results were known. */
  readonly known: readonly boolean[];
  /** What was lived since this was asked before, by the key under which it is remembered. */
  takeLived(): [key: string, result: LifetimeResult][];
}

/**
 * Where lives depend on the genome alone, a genome that says what another said has its result. Of genomes that say the same
 * in one evaluation, the first is lived.
 * @param sayingOf what a genome says: with that of its space, the result is the same to the bit
 * @param recalled what was lived before, in order
 */
export function remembering(
  evaluator: Evaluator,
  sayingOf: (genome: Readonly<Float64Array>) => string,
  recalled: Iterable<readonly [key: string, result: LifetimeResult]> = [],
): Remembering {
  const results = new Map(recalled);
  const keyOf = ({ genome, seed, repeats, from = 0 }: Life) =>
    sha256(`${seed} ${from} ${repeats} ${sayingOf(genome)}`).slice(0, 32);
  const forget = () => {
    for (const key of results.keys()) {
      if (results.size <= mostKept) break;
      results.delete(key);
    }
  };
  forget();
  let known: boolean[] = [];
  let lived: [key: string, result: LifetimeResult][] = [];
  return {
    workers: evaluator.workers,
    get reused() {
      return known.filter(Boolean).length;
    },
    get known() {
      return known;
    },
    takeLived() {
      const taken = lived;
      lived = [];
      return taken;
    },
    async evaluate(lives, onLived) {
      const keys = lives.map(keyOf);
      const unknown = new Map<string, Life>();
      known = lives.map((life, i) => {
        const key = keys[i]!;
        if (results.has(key) || unknown.has(key)) return true;
        unknown.set(key, life);
        return false;
      });
      const reused = lives.length - unknown.size;
      if (reused > 0) onLived?.(reused);
      const found = unknown.size > 0 ? await evaluator.evaluate([...unknown.values()], onLived) : [];
      [...unknown.keys()].forEach((key, i) => {
        results.set(key, found[i]!);
        lived.push([key, found[i]!]);
      });
      const answer = keys.map((key) => results.get(key)!);
      forget();
      return answer;
    },
    close: () => evaluator.close(),
  };
}
