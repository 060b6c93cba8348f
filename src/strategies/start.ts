import { UserError } from '../spec/errors.js';
import { checkProblem } from './problem.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';
import { checkTakes } from './takes.js';

/**
 * A strategy that is asked and told in turn: what comes out of turn is refused instead of giving a search that looks
 * sound and is not. Asked again before it is told, it gives the same candidates.
 */
function inTurn(name: string, strategy: Strategy): Strategy {
  let asked: readonly Candidate[] | undefined;
  const refuse = (reason: string): never => {
    throw new UserError(`The strategy "${name}" ${reason}`);
  };
  return {
    get stopped() {
      return strategy.stopped;
    },
    ask() {
      asked ??= strategy.ask();
      if (asked.length > 0) return asked;
      asked = undefined;
      return refuse(
        strategy.stopped === undefined
          ? 'asked for no candidates although it has not stopped: a step has at least one. Let it set `stopped` when it ' +
              'has nothing more to try.'
          : `was asked for candidates after it stopped (${strategy.stopped}).`,
      );
    },
    tell(outcomes: readonly Outcome[]) {
      if (asked === undefined) {
        refuse('was told outcomes before it was asked for candidates: call ask, evaluate, then tell.');
      } else if (outcomes.length !== asked.length) {
        refuse(
          `asked for ${asked.length} candidates and was told ${outcomes.length} outcomes: tell one for each, in order.`,
        );
      }
      strategy.tell(outcomes);
      asked = undefined;
    },
    snapshot() {
      if (asked !== undefined) {
        refuse(
          'was to be stored between ask and tell, where a step is half done: tell the outcomes first, or store it ' +
            'before it is asked.',
        );
      }
      return strategy.snapshot();
    },
  };
}

/**
 * Begins a search. Every strategy that is run, built in or a user's own, is begun or taken up again here.
 * @param name how messages name it
 * @param options as the module's schema gives them
 * @throws UsageError where the strategy does not take the problem
 */
export function startStrategy(
  name: string,
  module: StrategyModule,
  problem: Problem,
  options: unknown,
  seed: string,
): Strategy {
  checkProblem(problem);
  checkTakes(name, module, problem);
  return inTurn(name, module.create(problem, options, seed));
}

/** Takes a search up again from what `snapshot` gave, with the same problem and options. */
export function resumeStrategy(
  name: string,
  module: StrategyModule,
  problem: Problem,
  options: unknown,
  snapshot: Snapshot,
): Strategy {
  checkProblem(problem);
  checkTakes(name, module, problem);
  return inTurn(name, module.restore(problem, options, snapshot));
}
