import { outcomeOf } from '../strategies/minimize.js';
import type { Outcome, Problem } from '../strategies/strategy.js';
import type { Point } from './vectors.js';

/** What is measured: one of our strategies, or a search of another program. */
export interface Search {
  ask(): readonly { genome: Point }[];
  tell(outcomes: readonly Outcome[]): void;
  /** Why it has nothing more to try, or undefined while it has. */
  readonly stopped?: string | undefined;
  /** Milliseconds of its ask and tell so far, where the time of a call is not that. */
  readonly milliseconds?: number;
}

/** What begins searches of one kind. */
export interface Searcher {
  name: string;
  /** The most genes that it takes; any number where absent. */
  mostGenes?: number | undefined;
  /** Of another program: the strategy of ours that searches in the same way, if there is one. */
  otherProgram?: { like?: string | undefined };
  create(problem: Problem, seed: string): Search;
}

/** A test function is to be minimised, and a strategy maximises. */
export const outcome = (f: number, measures: Outcome['measures'] = {}): Outcome => ({
  ...outcomeOf(f),
  measures,
});

/**
 * Asks, evaluates and tells until the search stops or all is over, in the middle of a step if need be; such a step is not
 * told.
 * @returns milliseconds of ask and tell an evaluation
 */
export function drive(search: Search, evaluate: (x: Point) => Outcome, isOver: () => boolean): number {
  let [told, milliseconds] = [0, 0];
  while (search.stopped === undefined && !isOver()) {
    const asked = performance.now();
    const candidates = search.ask();
    milliseconds += performance.now() - asked;
    const outcomes: Outcome[] = [];
    for (const { genome } of candidates) {
      outcomes.push(evaluate(genome));
      if (isOver()) break;
    }
    if (isOver()) break;
    const telling = performance.now();
    search.tell(outcomes);
    milliseconds += performance.now() - telling;
    told += outcomes.length;
  }
  return (search.milliseconds ?? milliseconds) / Math.max(1, told);
}
