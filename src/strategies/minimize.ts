import type { Dimension } from '../archives/cells.js';
import { deriveSeed } from '../math/seed.js';
import { entryOf, suggest, UsageError } from '../spec/errors.js';
import type { OptionsDescription } from '../spec/parts/plain-options.js';
import { describeValue, validate } from '../spec/validate.js';
import type { StartedStrategy } from './injected.js';
import type { OwnStrategy } from './own-strategy.js';
import { strategyParts } from './parts.js';
import { realProblem } from './problem.js';
import { startStrategy } from './start.js';
import type { Beginning, Candidate, Outcome, Problem, Solution, StrategyModule } from './strategy.js';
import { toldBehaviour } from './takes.js';
import { bestShare, leastSolutions, USUAL_SHARE, USUAL_SPREAD } from './warm-start.js';

/** A number for every variable, or one for each. */
export type PerVariable = number | ArrayLike<number>;

/** What an earlier search of the same variables evaluated. */
export interface WarmStart {
  /** Each point with its value, which is to be low. */
  solutions: readonly { x: ArrayLike<number>; f: number }[];
  /** Which share of them, the best, the search begins from; 0.1 where absent. */
  share?: number;
  /** How far about each of them is promising, in first deviations of a search without a warm start; 0.3 where absent. */
  spread?: number;
}

/** How a function of real variables is searched. */
export interface SearchOptions {
  /** A strategy by name, or a module of your own (`defineStrategy`); `cma-es` where absent. */
  strategy?: string | StrategyModule | OwnStrategy<OptionsDescription>;
  /** Options of the strategy, as `baldwin strategies NAME` shows them; its defaults where absent. */
  options?: Readonly<Record<string, unknown>>;
  /** Bounds; none where absent. Every point that is asked for lies within them. */
  low?: PerVariable;
  high?: PerVariable;
  /**
   * A change of each variable that matters: first steps are measured in it. A third of the way between the bounds where
   * absent; needed where there are no bounds.
   */
  step?: PerVariable;
  /** Which variables are whole numbers: all of them, or those with these indices; none where absent. They need bounds. */
  integers?: boolean | readonly number[];
  /** The same seed gives the same search, to the bit; 1 where absent. */
  seed?: number | string;
  /** What an earlier search evaluated, of a function like this one: the search begins where the best of it lie, rather than at x0. */
  warmStart?: WarmStart;
  /** Measures with their ranges, by which quality-diversity strategies tell points apart; each outcome tells their values. */
  behaviours?: readonly Dimension[];
}

export interface MinimizeOptions extends Omit<SearchOptions, 'behaviours'> {
  /** How often the function may be evaluated. The step under way is finished. */
  evaluations: number;
  /** Stops at the first value at or below this. */
  target?: number;
  /** Called after every step, and waited for; a search whose listener gives false is ended. */
  onStep?: (state: {
    evaluations: number;
    x: Float64Array;
    f: number;
    // biome-ignore lint/suspicious/noConfusingVoidType: a listener need not return anything
  }) => boolean | void | Promise<boolean | void>;
}

export interface Minimum {
  /** The best point, `[variables]`; the start where every evaluation failed. */
  x: Float64Array;
  /** The function there; NaN where every evaluation failed. */
  f: number;
  evaluations: number;
  steps: number;
  /** Evaluations that threw or gave no finite number, and why the first one did. */
  failed: { count: number; first: string | null };
  /** `target`, `evaluations`, `listener`, or the strategy's own reason to stop. */
  stopReason: string;
}

/**
 * A search over real variables, to be asked and told by hand: `ask()` gives points (`genome`), `tell` takes an outcome for
 * each, in order. Strategies maximise: tell `outcomeOf(f)`, which turns the sign.
 *
 * @param x0 `[variables]` where the search starts
 * @throws UsageError naming what does not fit
 */
export function beginSearch(x0: ArrayLike<number>, options: SearchOptions = {}): StartedStrategy {
  return begun(x0, options);
}

/** @param evaluations that it will get, by which it plans where it does so; absent where nobody knows */
function begun(x0: ArrayLike<number>, options: SearchOptions, evaluations?: number): StartedStrategy {
  checkFields(options, 'option', searchFields);
  const { strategy = 'cma-es', seed = 1 } = options;
  if (typeof seed !== 'string' && !Number.isFinite(seed)) refuse('seed', 'a number or a text', seed);
  const name = typeof strategy === 'string' ? strategy : 'own';
  const module = moduleOf(strategy);
  const given = { source: 'options of the search', at: ['options'] };
  const settled = validate(module.options, options.options ?? {}, given, 'strategy') as Record<
    string,
    unknown
  >;
  const { plannedBy } = module;
  if (plannedBy !== undefined && evaluations !== undefined) settled[plannedBy] ??= evaluations;
  const problem = problemOf(x0, options);
  if (problem.behaviours.length > 0 && !toldBehaviour(module, settled)) {
    throw new UsageError(
      `search: behaviours: the strategy "${name}" with these options tells no points apart by them. Leave them out, or use ` +
        'a strategy that keeps an archive: cma-mae, cma-me or map-elites.',
    );
  }
  return startStrategy(name, module, problem, settled, deriveSeed('search', String(seed)));
}

function moduleOf(strategy: NonNullable<SearchOptions['strategy']>): StrategyModule {
  if (typeof strategy === 'string') return entryOf(strategyParts.entries, strategy, 'strategy');
  if (typeof strategy !== 'object' || strategy === null)
    refuse('strategy', 'a name, or a module of your own', strategy);
  return strategyParts.adopt(strategy, 'search: strategy');
}

/** What to tell of a value that is to be low. One that is not finite is a failure, which ranks last. */
export const outcomeOf = (f: number): Outcome => ({
  status: Number.isFinite(f) ? 'ok' : 'failed',
  objectives: [-f],
  constraints: [],
  measures: {},
});

/** The most that an Int32Array says of a gene's levels. */
const MOST_LEVELS = 2_147_483_647;

const refuse = (field: string, expected: string, found: unknown): never => {
  throw new UsageError(`search: ${field}: expected ${expected}, found ${describeValue(found)}.`);
};

const commonFields = ['strategy', 'options', 'low', 'high', 'step', 'integers', 'seed', 'warmStart'];
const minimizeFields = ['evaluations', ...commonFields, 'target', 'onStep'];
const searchFields = [...commonFields, 'behaviours'];

function checkFields(given: object, what: string, known: readonly string[]): void {
  if (typeof given !== 'object' || given === null) refuse(`${what}s`, 'an object', given);
  const unknown = Object.keys(given).find((field) => !known.includes(field));
  if (unknown !== undefined) {
    throw new UsageError(`search: unknown ${what} "${unknown}". ${suggest(unknown, known)}`);
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);

function problemOf(
  x0: ArrayLike<number>,
  { low = -Infinity, high = Infinity, step, integers = false, behaviours = [], warmStart }: SearchOptions,
): Problem {
  const genes = x0?.length;
  if (!(genes > 0)) refuse('x0', 'at least one number', x0);
  const each = (value: PerVariable, field: string): Float64Array => {
    const values = typeof value === 'number' ? Array<number>(genes).fill(value) : Array.from(value ?? []);
    if (values.length !== genes || typeof value === 'string')
      refuse(field, `a number, or ${genes} of them, one a variable`, value);
    const wrong = values.findIndex((number) => !isNumber(number));
    if (wrong >= 0) refuse(`${field}[${wrong}]`, 'a number', values[wrong]);
    return Float64Array.from(values);
  };
  const [lowest, highest] = [each(low, 'low'), each(high, 'high')];
  const start = each(x0, 'x0');
  for (let i = 0; i < genes; i++) {
    if (!(lowest[i]! <= highest[i]!)) refuse(`low[${i}]`, `at most high, ${highest[i]}`, lowest[i]);
    if (!(start[i]! >= lowest[i]! && start[i]! <= highest[i]!) || !Number.isFinite(start[i]!)) {
      refuse(`x0[${i}]`, `a finite number in [${lowest[i]}, ${highest[i]}]`, start[i]);
    }
  }
  const steps = step === undefined ? lowest.map((from, i) => (highest[i]! - from) / 3) : each(step, 'step');
  const wrong = steps.findIndex((value, i) => !(value < Infinity && (value > 0 || lowest[i] === highest[i])));
  if (wrong >= 0) {
    refuse(`step[${wrong}]`, 'a number above 0: without bounds nothing says how far to go', step?.valueOf());
  }
  const prior = (bound: Float64Array, sign: number) =>
    bound.map((value, i) => (Number.isFinite(value) ? value : start[i]! + sign * 3 * steps[i]!));
  const box = realProblem({
    genes,
    ...{ low: lowest, high: highest, start, step: steps },
    ...{ priorLow: prior(lowest, -1), priorHigh: prior(highest, 1) },
    behaviours: behavioursOf(behaviours),
    nameOf: (gene) => `x[${gene}]`,
  });
  const problem = withIntegers(box, integers);
  return warmStart === undefined ? problem : { ...problem, warmStart: beginningOf(warmStart, problem) };
}

function withIntegers(problem: Problem, integers: boolean | readonly number[]): Problem {
  const { genes, low, high, start } = problem;
  if (integers === false) return problem;
  if (integers !== true && !Array.isArray(integers))
    refuse('integers', 'true, or a list of indices of variables', integers);
  const listed = integers === true ? [...low.keys()] : (integers as readonly number[]);
  const seen = new Set<number>();
  const ordered = new Uint8Array(genes);
  const levels = new Int32Array(genes);
  for (const [i, gene] of listed.entries()) {
    if (!(Number.isInteger(gene) && gene >= 0 && gene < genes))
      refuse(`integers[${i}]`, `an index from 0 to ${genes - 1}`, gene);
    if (seen.has(gene)) refuse(`integers[${i}]`, 'each index once', gene);
    seen.add(gene);
    for (const [field, values] of Object.entries({ low, high, x0: start })) {
      if (!Number.isFinite(values[gene]))
        refuse(`${field}[${gene}]`, 'a whole number: variables that are integers need bounds', undefined);
      if (!Number.isSafeInteger(values[gene]))
        refuse(`${field}[${gene}]`, 'a whole number: the variable is an integer', values[gene]);
    }
    const count = high[gene]! - low[gene]! + 1;
    if (count > MOST_LEVELS)
      refuse(`high[${gene}]`, `at most ${MOST_LEVELS} whole numbers from low on`, high[gene]);
    // A variable of one value only is not searched.
    if (count > 1) [ordered[gene], levels[gene]] = [1, count];
  }
  return { ...problem, ordered, levels };
}

function beginningOf(given: WarmStart, { genes, low, high, levels }: Problem): Beginning {
  checkFields(given, 'field of warmStart', ['solutions', 'share', 'spread']);
  const { solutions, share = USUAL_SHARE, spread = USUAL_SPREAD } = given;
  if (!(isNumber(share) && share > 0 && share <= 1))
    refuse('warmStart.share', 'a number above 0, at most 1', share);
  if (!(Number.isFinite(spread) && spread > 0)) refuse('warmStart.spread', 'a number above 0', spread);
  if (!Array.isArray(solutions)) refuse('warmStart.solutions', 'a list of { x, f }', solutions);
  const needed = leastSolutions(share);
  if (solutions.length < needed) {
    refuse(
      'warmStart.solutions',
      `${needed} or more, of which a share of ${share} is two`,
      `a list of ${solutions.length}`,
    );
  }
  const all = solutions.map((solution, i): Solution => {
    const { x, f } = solution ?? {};
    const at = `warmStart.solutions[${i}]`;
    if (x?.length !== genes) refuse(`${at}.x`, `${genes} numbers, one a variable`, x);
    if (!Number.isFinite(f)) refuse(`${at}.f`, 'a number: leave out points that have no value', f);
    const genome = Float64Array.from(x);
    const wrong = Array.from(x).findIndex(
      (value, gene) => !(isNumber(value) && value >= low[gene]! && value <= high[gene]!),
    );
    if (wrong >= 0) refuse(`${at}.x[${wrong}]`, `a number in [${low[wrong]}, ${high[wrong]}]`, x[wrong]);
    const between = genome.findIndex((value, gene) => levels[gene]! > 0 && !Number.isInteger(value));
    if (between >= 0)
      refuse(`${at}.x[${between}]`, 'a whole number: the variable is an integer', genome[between]);
    return { genome, score: -f };
  });
  return { solutions: bestShare(all, share), spread };
}

function behavioursOf(given: readonly Dimension[]): readonly Dimension[] {
  if (!Array.isArray(given)) refuse('behaviours', 'a list of { name, low, high, bins }', given);
  for (const [i, behaviour] of given.entries()) {
    const { name, low, high, bins } = behaviour ?? {};
    const isSound =
      typeof name === 'string' && name !== '' && low < high && Number.isInteger(bins) && bins > 0;
    if (!isSound || !isNumber(low) || !isNumber(high) || !Number.isFinite(high - low)) {
      refuse(
        `behaviours[${i}]`,
        '{ name, low, high, bins } with a finite range and at least one bin',
        behaviour,
      );
    }
  }
  const names = given.map(({ name }) => name);
  const again = names.findIndex((name, i) => names.indexOf(name) < i);
  if (again >= 0) refuse(`behaviours[${again}].name`, 'each name once', names[again]);
  return given;
}

/** Values of a step's points, and why those that have none failed. */
async function valuesOf(
  f: (x: Float64Array) => number | Promise<number>,
  candidates: readonly Candidate[],
): Promise<{ value: number; reason?: string }[]> {
  return Promise.all(
    candidates.map(async ({ genome }) => {
      try {
        const value = await f(Float64Array.from(genome));
        if (Number.isFinite(value)) return { value };
        return { value: Number.NaN, reason: `f gave ${describeValue(value)}: expected a finite number` };
      } catch (error) {
        return { value: Number.NaN, reason: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}

/**
 * Searches the least value of a function of real variables.
 *
 * @param f the function; it may give a promise, and the points of a step are then evaluated side by side. A point at which
 *   it throws, or gives no finite number, ranks last and is counted
 * @param x0 `[variables]` where the search starts
 * @throws UsageError naming what does not fit
 */
export async function minimize(
  f: (x: Float64Array) => number | Promise<number>,
  x0: ArrayLike<number>,
  options: MinimizeOptions,
): Promise<Minimum> {
  if (typeof f !== 'function') refuse('f', 'a function', f);
  checkFields(options ?? {}, 'option', minimizeFields);
  const { evaluations: most, target = -Infinity, onStep, ...searched } = options ?? {};
  if (typeof target !== 'number' || Number.isNaN(target)) refuse('target', 'a number', target);
  if (!(Number.isInteger(most) && most > 0)) refuse('evaluations', 'a whole number above 0', most);
  if (onStep !== undefined && typeof onStep !== 'function') refuse('onStep', 'a function', onStep);
  const search = begun(x0, searched, most);
  const failed: Minimum['failed'] = { count: 0, first: null };
  let [x, best, evaluations, steps] = [Float64Array.from(x0), Number.NaN, 0, 0];
  const result = (stopReason: string): Minimum => ({ x, f: best, evaluations, steps, failed, stopReason });
  while (search.stopped === undefined) {
    const candidates = search.ask();
    const values = await valuesOf(f, candidates);
    evaluations += candidates.length;
    steps += 1;
    values.forEach(({ value, reason }, i) => {
      if (reason !== undefined) {
        failed.count += 1;
        failed.first ??= reason;
      } else if (!(value >= best)) [x, best] = [Float64Array.from(candidates[i]!.genome), value];
    });
    const goesOn = await onStep?.({ evaluations, x: x.slice(), f: best });
    if (best <= target) return result('target');
    if (evaluations >= most) return result('evaluations');
    if (goesOn === false) return result('listener');
    search.tell(values.map(({ value }) => outcomeOf(value)));
  }
  return result(search.stopped);
}
