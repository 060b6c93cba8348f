import { realProblem } from './problem.js';
import type { Branching, Candidate, Outcome, Problem, Snapshot, Strategy } from './strategy.js';

/** A search with nothing to go on is given up after so many steps in a row, ... */
export const hopelessSteps = 20;
/** ... which must have held at least so many candidates: steps of some strategies are single candidates. */
export const hopelessCandidates = 100;

/** Steps in a row of which the same holds, and the candidates in them. */
interface Streak {
  steps: number;
  candidates: number;
}

/** Where a snapshot holds what is watched, beside the strategy's own fields. */
const key = '__givingUp';

const none: Streak = { steps: 0, candidates: 0 };
const longer = ({ steps, candidates }: Streak, more: number): Streak => ({
  steps: steps + 1,
  candidates: candidates + more,
});
const isLong = ({ steps, candidates }: Streak) => steps >= hopelessSteps && candidates >= hopelessCandidates;
const hasScore = ({ status, objectives }: Outcome) => status === 'ok' && objectives.every(Number.isFinite);

function sameGenome(a: Readonly<Float64Array>, b: Readonly<Float64Array>): boolean {
  for (let gene = 0; gene < a.length; gene++) if (a[gene] !== b[gene]) return false;
  return true;
}

/** The genome of a step that asked for one genome alone. */
function onlyGenome(candidates: readonly Candidate[]): Float64Array | undefined {
  const first = candidates[0]?.genome;
  return first && candidates.every(({ genome }) => sameGenome(genome, first))
    ? Float64Array.from(first)
    : undefined;
}

/** A strategy that stops where it has nothing to go on: all that it tries fails, or is one genome again and again. */
class Watched implements Strategy {
  private asked: readonly Candidate[] = [];

  constructor(
    private readonly strategy: Strategy,
    private failing: Streak = none,
    private copying: Streak = none,
    private copied: Float64Array | undefined = undefined,
  ) {}

  static resumed(strategy: Strategy, watch: Snapshot | undefined): Watched {
    if (watch === undefined) return new Watched(strategy);
    const { failing, copying, copied } = watch;
    const genome = copied === null ? undefined : Float64Array.from(copied as Float64Array);
    return new Watched(strategy, failing as unknown as Streak, copying as unknown as Streak, genome);
  }

  get stopped(): string | undefined {
    if (this.strategy.stopped !== undefined) return this.strategy.stopped;
    if (isLong(this.failing)) return `nothing to go on: ${said(this.failing)} failed`;
    if (isLong(this.copying))
      return `nothing else to try: ${said(this.copying)} were one and the same genome`;
    return undefined;
  }

  get archive() {
    return this.strategy.archive;
  }

  ask(): readonly Candidate[] {
    this.asked = this.stopped === undefined ? this.strategy.ask() : [];
    return this.asked;
  }

  tell(outcomes: readonly Outcome[]): void {
    const { asked } = this;
    this.failing = outcomes.some(hasScore) ? none : longer(this.failing, outcomes.length);
    const only = onlyGenome(asked);
    const again = only && this.copied && sameGenome(only, this.copied);
    this.copying = only ? longer(again ? this.copying : none, asked.length) : none;
    this.copied = only;
    this.strategy.tell(outcomes);
  }

  snapshot(): Snapshot {
    const { failing, copying, copied } = this;
    const own = this.strategy.snapshot();
    if (failing.steps === 0 && copying.steps === 0) return own;
    return {
      ...own,
      [key]: { failing: { ...failing }, copying: { ...copying }, copied: copied?.slice() ?? null },
    };
  }
}

/** What lacks a method is left as it is, to be refused by name. */
const watched = (strategy: Strategy, watch?: Snapshot): Strategy =>
  (['ask', 'tell', 'snapshot'] as const).every((method) => typeof strategy?.[method] === 'function')
    ? Watched.resumed(strategy, watch)
    : strategy;

const said = ({ steps, candidates }: Streak) => `all ${candidates} candidates of the last ${steps} steps`;

/** A caller in plain JavaScript may leave out what a problem of real genes has no use for. */
const whole = (problem: Problem): Problem => ({ ...realProblem(problem), ...problem });

/** The part of a strategy's module that begins searches. */
interface Beginning {
  branching?: Branching;
  create(problem: Problem, options: never, seed: string): Strategy;
  restore(problem: Problem, options: never, snapshot: Snapshot): Strategy;
}

/**
 * A strategy's module whose searches also stop after `hopelessSteps` steps, of `hopelessCandidates` candidates or more, in
 * which every candidate failed, or in which all were one and the same genome.
 */
export function givingUp<Module extends Beginning>(module: Module): Module {
  const withoutScores = module.branching?.withoutScores;
  return {
    ...module,
    create: (problem: Problem, options: never, seed: string) =>
      watched(module.create(whole(problem), options, seed)),
    restore: (problem: Problem, options: never, { [key]: watch, ...own }: Snapshot) =>
      watched(module.restore(whole(problem), options, own), watch as Snapshot | undefined),
    ...(withoutScores
      ? {
          branching: {
            ...module.branching,
            withoutScores: ({ [key]: _watch, ...own }: Snapshot) => withoutScores(own),
          },
        }
      : {}),
  };
}
