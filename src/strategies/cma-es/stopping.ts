import { median } from '../../math/statistics.js';
import type { Snapshot } from '../strategy.js';
import type { Descent } from './descent.js';
import type { StopOptions } from './options.js';
import type { Parameters } from './parameters.js';
import { squaredLength } from './rows.js';

/** Longest history that the test of stagnation looks at, in steps. */
const LONGEST_HISTORY = 20_000;
/** Largest deviation, in steps of a gene, that is searched with. */
const LARGEST_EXTENT = 1e100;

const greatest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);
const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);

/**
 * Watches one search for its end: the termination criteria of Hansen's tutorial (arXiv 1604.00772v2, section B.3) with
 * pycma's thresholds. f = -score is minimised; a candidate that failed counts as infinite.
 */
export class Stopping {
  private constructor(
    private readonly limits: StopOptions,
    /** Best and median f of the latest steps, oldest first. */
    private readonly best: number[],
    private readonly middle: number[],
    /** Steps running in which three quarters of the f equalled the best. */
    private flat: number,
    /** Steps running in which the mean hardly moved. */
    private still: number,
    /** Median f of the first step in which it was finite, and the least since; Infinity before. */
    private firstMiddle: number,
    private leastMiddle: number,
  ) {}

  static begin(limits: StopOptions): Stopping {
    return new Stopping(limits, [], [], 0, 0, Infinity, Infinity);
  }

  static restore(limits: StopOptions, snapshot: Snapshot): Stopping {
    const { best, middle, flat, still, medians } = snapshot;
    const [first, latest] = medians as Float64Array;
    return new Stopping(
      limits,
      [...(best as Float64Array)],
      [...(middle as Float64Array)],
      flat as number,
      still as number,
      first!,
      latest!,
    );
  }

  snapshot(): Snapshot {
    return {
      best: Float64Array.from(this.best),
      middle: Float64Array.from(this.middle),
      flat: this.flat,
      still: this.still,
      medians: Float64Array.of(this.firstMiddle, this.leastMiddle),
    };
  }

  /**
   * Takes note of a step that the search has learned from.
   * @param sorted `[population]` f, ascending
   * @returns why the search has ended, as "name: value, threshold", or undefined
   */
  after(search: Descent, sorted: readonly number[]): string | undefined {
    const first = sorted[0]!;
    this.flat = first < Infinity && first === sorted[Math.floor(0.75 * sorted.length)] ? this.flat + 1 : 0;
    this.best.push(first);
    const middle = median(sorted);
    this.middle.push(middle);
    if (this.firstMiddle === Infinity) this.firstMiddle = middle;
    if (middle < this.leastMiddle) this.leastMiddle = middle;
    this.still = search.moved < (this.limits.xstagnation ?? 0) ? this.still + 1 : 0;
    const window = stagnationWindow(search);
    for (const history of [this.best, this.middle]) {
      if (history.length > window) history.splice(0, history.length - window);
    }
    return this.scores(search, sorted) ?? this.distribution(search) ?? this.numerics(search);
  }

  private scores({ step, parameters, integerShare }: Descent, sorted: readonly number[]): string | undefined {
    const { tolfun, tolfunhist, tolfunrel, flatfitness, stagnation, maxiter } = this.limits;
    const { genes, population } = parameters;
    // Whole numbers are plateaus: the other levels are to have their turn before equal scores say anything.
    const patience = Math.ceil(30 * integerShare);
    const window = 10 + Math.ceil((30 * genes) / population) + patience;
    const recent = this.best.slice(-window);
    const history = greatest(recent) - least(recent);
    const range = Math.max(history, greatest(sorted) - least(sorted));
    if (tolfun !== null && recent.length > patience && range < tolfun) {
      return `tolfun: scores within ${range}, below ${tolfun}`;
    }
    if (tolfunhist !== null && recent.length >= 10 + patience && history < tolfunhist) {
      return `tolfunhist: best scores within ${history}, below ${tolfunhist}`;
    }
    const relative = (greatest(sorted) - least(sorted)) / (this.firstMiddle - this.leastMiddle);
    if (tolfunrel !== null && relative < tolfunrel) {
      return `tolfunrel: scores within ${relative} of what the median came, below ${tolfunrel}`;
    }
    const flatFor = Math.max(flatfitness ?? 0, integerShare > 0 ? 3 + patience : 0);
    if (flatfitness !== null && this.flat > flatFor) {
      return `flatfitness: equal scores for ${this.flat} steps, more than ${flatFor}`;
    }
    if (stagnation) {
      const reason = this.stagnation(step, shortestHistory(parameters));
      if (reason) return reason;
    }
    const root = Math.sqrt(population);
    const most = maxiter === 'default' ? Math.floor(100 + (150 * (genes + 3) * (genes + 3)) / root) : maxiter;
    if (most !== null && step >= most) return `maxiter: ${step} steps of ${most}`;
    return undefined;
  }

  /** Medians of the first and the last 30 % of the history; looked at 20 times while it renews itself. */
  private stagnation(step: number, shortest: number): string | undefined {
    const { length } = this.best;
    if (length < shortest || step % Math.max(1, Math.floor(length / 20)) !== 0) return undefined;
    const part = Math.floor(0.3 * length);
    const risen = (history: readonly number[]) =>
      median(history.slice(-part)) - median(history.slice(0, part));
    const best = risen(this.best);
    const middle = risen(this.middle);
    return best >= 0 && middle >= 0
      ? `stagnation: in ${length} steps the best score fell by ${best} and the median by ${middle}, threshold 0`
      : undefined;
  }

  private distribution({ covariance, path, sigma, initialSigma, step }: Descent): string | undefined {
    const { tolx, tolfacupx, upsigma, xstagnation, conditioncov } = this.limits;
    let longest = 0;
    for (let i = 0; i < path.length; i++) {
      const along = Math.abs(path[i]!);
      if (along > longest) longest = along;
    }
    longest *= sigma;
    const widest = sigma * Math.sqrt(covariance.largestVariance());
    const extent = Math.max(widest, longest);
    // Not an option: beyond this, candidates are no longer numbers.
    if (!(extent < LARGEST_EXTENT))
      return `overflow: a deviation of ${extent} steps, above ${LARGEST_EXTENT}`;
    if (tolx !== null && extent < tolx) return `tolx: deviations of ${extent} steps at most, below ${tolx}`;
    const growth = widest / initialSigma;
    if (tolfacupx !== null && growth > tolfacupx) {
      return `tolfacupx: a deviation ${growth} times its first, above ${tolfacupx}`;
    }
    const stillFor = 20 + 0.1 * step;
    if (xstagnation !== null && this.still > stillFor) {
      return `xstagnation: the mean moved less than ${xstagnation} for ${this.still} steps, more than ${stillFor}`;
    }
    const condition = covariance.condition();
    const beyond = sigma / initialSigma / (covariance.leastDeviation() * Math.sqrt(condition));
    if (upsigma !== null && beyond > upsigma) {
      return `upsigma: sigma grew ${beyond} times as much as the largest deviation, above ${upsigma}`;
    }
    if (conditioncov !== null && condition > conditioncov) {
      return `conditioncov: ${condition}, above ${conditioncov}`;
    }
    return undefined;
  }

  private numerics(search: Descent): string | undefined {
    const { parameters, covariance, mean, sigma, step } = search;
    const { genes } = parameters;
    const square = squaredLength(mean, 0, genes);
    // While the shortest shift is longer than rounding errors of the whole mean, none can be lost.
    if (0.1 * sigma * covariance.leastDeviation() > 4 * Number.EPSILON * Math.sqrt(square)) return undefined;
    if (this.limits.noeffectaxis) {
      const axis = step % genes;
      const { deviation, direction } = covariance.axis(axis);
      const shift = 0.1 * sigma * deviation;
      if (mean.every((value, i) => value === value + shift * direction[i]! * search.stretch(i))) {
        return `noeffectaxis: ${shift} along axis ${axis} is lost in the mean, threshold 0`;
      }
    }
    if (this.limits.noeffectcoord) {
      for (let i = 0; i < genes; i++) {
        const shift = 0.2 * sigma * Math.sqrt(covariance.variance(i)) * search.stretch(i);
        if (mean[i]! === mean[i]! + shift) {
          return `noeffectcoord: ${shift} is lost in the mean of coordinate ${i}, threshold 0`;
        }
      }
    }
    return undefined;
  }
}

/** The history in which stagnation is looked for, in steps: the last fifth of the search, within limits. */
const stagnationWindow = ({ step, parameters }: Descent) =>
  Math.min(Math.max(shortestHistory(parameters), Math.floor(step / 5)), LONGEST_HISTORY);

/**
 * The greater of the tutorial's 120 + 30 n / lambda and pycma's 100 + 100 n^1.5 / lambda. The tutorial's alone ends
 * searches that are about to succeed: while C is learned on an ill-conditioned function, scores stand still longer.
 */
function shortestHistory({ genes, population }: Parameters): number {
  const tutorial = 120 + (30 * genes) / population;
  const pycma = 100 + (100 * genes * Math.sqrt(genes)) / population;
  return Math.min(LONGEST_HISTORY, Math.ceil(Math.max(tutorial, pycma)));
}
