import { UsageError, UserError } from '../spec/errors.js';
import { describeValue } from '../spec/validate.js';
import { Bounds } from './bounds.js';
import { checkInjected, Injected, type StartedStrategy } from './injected.js';
import { checkProblem } from './problem.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';
import { checkTakes } from './takes.js';

/** What is wrong with candidates, as the rest of a sentence that begins with the strategy; undefined where nothing is. */
function candidatesFault(
  candidates: readonly Candidate[],
  problem: Problem,
  bounds: Bounds,
): string | undefined {
  if (!Array.isArray(candidates)) return 'asked for something that is no list of candidates.';
  for (const [i, candidate] of candidates.entries()) {
    const genome = candidate?.genome;
    if (!(genome instanceof Float64Array) || genome.length !== problem.genes) {
      return `asked for candidate ${i} without a genome: expected a Float64Array of ${problem.genes} values.`;
    }
    if (!(candidate.fidelity > 0 && candidate.fidelity <= 1)) {
      return `asked for candidate ${i} with the fidelity ${candidate.fidelity}: expected a share above 0, 1 for a whole evaluation.`;
    }
    const gene = bounds.firstOutside(genome);
    if (gene >= 0) {
      const whole = problem.levels[gene]! > 0 ? 'a whole number ' : 'a value ';
      return (
        `asked for candidate ${i} with ${problem.nameOf(gene)} at ${genome[gene]}: expected ${whole}in ` +
        `[${problem.low[gene]}, ${problem.high[gene]}].`
      );
    }
  }
  return undefined;
}

/** What is wrong with outcomes, as the rest of a sentence that begins with the strategy; undefined where nothing is. */
function outcomesFault(outcomes: readonly Outcome[], problem: Problem): string | undefined {
  for (const [i, outcome] of outcomes.entries()) {
    if (!Array.isArray(outcome?.objectives)) {
      return (
        `was told ${describeValue(outcome)} of candidate ${i}: expected an outcome ` +
        '{ status, objectives, constraints, measures }. outcomeOf(f) makes one of a value that is to be low.'
      );
    }
    const { status, objectives, constraints, measures } = outcome;
    const said = (field: string, expected: string, found: unknown) =>
      `was told of candidate ${i}: ${field}: expected ${expected}, found ${describeValue(found)}.`;
    if (status !== 'ok' && status !== 'failed') return said('status', '"ok" or "failed"', status);
    if (!Array.isArray(constraints)) return said('constraints', 'a list of numbers', constraints);
    if (typeof measures !== 'object' || measures === null)
      return said('measures', 'an object of numbers', measures);
    if (status === 'failed') continue;
    for (const [field, values] of [
      ['objectives', objectives],
      ['constraints', constraints],
    ] as const) {
      if (values.length !== problem[field])
        return said(field, `${problem[field]} of them, as in the problem`, values);
    }
    const unfit = objectives.findIndex((value) => !Number.isFinite(value));
    if (unfit >= 0) {
      const expected = 'a finite number where the status is "ok" (tell "failed" where there is none)';
      return said(`objectives[${unfit}]`, expected, objectives[unfit]);
    }
    // What a limit is measured by may have no value in a life that has a score.
    const wrong = constraints.findIndex((value) => typeof value !== 'number');
    if (wrong >= 0) return said(`constraints[${wrong}]`, 'a number', constraints[wrong]);
  }
  return undefined;
}

/** @throws UsageError where a genome from outside does not fit the problem */
function fitting(name: string, given: ArrayLike<number>, problem: Problem, bounds: Bounds): Float64Array {
  const refuse = (expected: string, found: unknown): never => {
    throw new UsageError(
      `The strategy "${name}" was given a genome from outside: expected ${expected}, found ${describeValue(found)}.`,
    );
  };
  if (given?.length !== problem.genes) refuse(`${problem.genes} values, one a gene`, given?.length);
  const genome = Float64Array.from(given);
  // Text that says a number is none.
  const unfit = Array.from(given).findIndex((value) => !Number.isFinite(value));
  const gene = unfit >= 0 ? unfit : bounds.firstOutside(genome);
  if (gene >= 0) {
    const what = problem.levels[gene]! > 0 ? 'a whole number' : 'a value';
    refuse(
      `${what} of ${problem.nameOf(gene)} in [${problem.low[gene]}, ${problem.high[gene]}]`,
      given[gene],
    );
  }
  return genome;
}

/**
 * A strategy that is asked and told in turn: what comes out of turn is refused instead of giving a search that looks
 * sound and is not. Asked again before it is told, it gives the same candidates. Genomes from outside take the
 * places of some.
 */
function inTurn(
  name: string,
  module: StrategyModule,
  strategy: Strategy,
  problem: Problem,
  injected = new Injected(),
): StartedStrategy {
  const bounds = new Bounds(problem);
  let asked: readonly Candidate[] | undefined;
  const refuse = (reason: string): never => {
    throw new UserError(`The strategy "${name}" ${reason}`);
  };
  for (const method of ['ask', 'tell', 'snapshot'] as const) {
    if (typeof strategy?.[method] !== 'function')
      refuse(`has no function ${method}: it needs ask, tell and snapshot.`);
  }
  return {
    get stopped() {
      return strategy.stopped;
    },
    get archive() {
      return strategy.archive;
    },
    ask() {
      if (asked) return asked;
      asked = strategy.ask();
      if (Array.isArray(asked)) injected.place(asked);
      const fault = candidatesFault(asked, problem, bounds);
      if (fault !== undefined) refuse(fault);
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
      } else if (!Array.isArray(outcomes)) {
        refuse(`was told ${describeValue(outcomes)}: expected a list of outcomes, one for each candidate.`);
      } else if (outcomes.length !== asked.length) {
        refuse(
          `asked for ${asked.length} candidates and was told ${outcomes.length} outcomes: tell one for each, in order.`,
        );
      }
      const fault = outcomesFault(outcomes, problem);
      if (fault !== undefined) refuse(fault);
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
      return injected.snapshot(strategy.snapshot());
    },
    get injectedLeft() {
      return injected.left;
    },
    inject(genome: ArrayLike<number>) {
      checkInjected(name, module);
      injected.add(fitting(name, genome, problem, bounds));
    },
  };
}

/** @throws UsageError where the strategy does not take the problem, or its options do not fit it */
function checkFits(name: string, module: StrategyModule, problem: Problem, options: unknown): void {
  checkProblem(problem);
  checkTakes(name, module, problem);
  const fault = module.fault?.(problem, options);
  if (fault !== undefined) throw new UsageError(`strategy.${fault}`);
}

/**
 * Begins a search. Every strategy that is run, built in or a user's own, is begun or taken up again here.
 * @param name how messages name it
 * @param options as the module's schema gives them
 * @throws UsageError where the strategy does not take the problem, or its options do not fit it
 */
export function startStrategy(
  name: string,
  module: StrategyModule,
  problem: Problem,
  options: unknown,
  seed: string,
): StartedStrategy {
  checkFits(name, module, problem, options);
  return inTurn(name, module, module.create(problem, options, seed), problem);
}

/**
 * Takes a search up again from what `snapshot` gave, with the same problem and options.
 * @throws UsageError as `startStrategy` does, and where the snapshot is not the strategy's
 */
export function resumeStrategy(
  name: string,
  module: StrategyModule,
  problem: Problem,
  options: unknown,
  snapshot: Snapshot,
): StartedStrategy {
  checkFits(name, module, problem, options);
  try {
    const [injected, own] = Injected.apart(snapshot);
    return inTurn(name, module, module.restore(problem, options, own), problem, injected);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UsageError(
      `The strategy "${name}" cannot go on from this snapshot: expected what its snapshot() gave with the same problem and ` +
        `options, found ${describeValue(snapshot)} (${error instanceof Error ? error.message : String(error)}).`,
      { cause: error },
    );
  }
}
