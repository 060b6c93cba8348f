import { exp } from '../../math/exponential.js';
import { pow } from '../../math/power.js';
import type { IntegerCoordinate } from '../coordinates.js';
import type { Snapshot } from '../strategy.js';
import type { Covariance, CovarianceUpdate } from './covariance.js';
import { FullCovariance } from './full.js';
import { LearningRates } from './learning-rates.js';
import { Margin } from './margin.js';
import type { CovarianceKind, Parameters } from './parameters.js';
import { RestrictedCovariance } from './restricted.js';
import { addRows, squaredLength } from './rows.js';
import { SeparableCovariance } from './separable.js';

/** About as many float64 as lie close to the processor together with as many others. */
const CACHED_NUMBERS = 32_768;

const kinds = { full: FullCovariance, separable: SeparableCovariance, vkd: RestrictedCovariance };

/** Fills arrays with standard normal deviates. */
interface Normals {
  fill(into: Float64Array): void;
}

/** What a search is: its covariance, and its constants by the number of directions. */
export interface Plan {
  kind: CovarianceKind;
  /** of vkd */
  mostDirections: number;
  /** Whether learning rates are adapted; not with vkd. */
  adaptRates: boolean;
  parameters(directions: number | undefined): Parameters;
  /** Coordinates of integer genes; none where absent. */
  integers?: readonly IntegerCoordinate[];
}

/**
 * One search from one start: the iteration of CMA-ES (Hansen, arXiv 1604.00772v2, Figure 6), on coordinates in which
 * every gene's first deviation is sigma. It minimises by ranks alone.
 */
export class Descent {
  /** `[population, genes]` y = A z of the step, where C = A A^T and z is standard normal. */
  private readonly y: Float64Array;
  /** `[population]` |z|^2, where candidates count negatively, which takes their lengths. */
  private readonly squares: Float64Array | undefined;

  parameters: Parameters;
  /** What keeps integer genes moving, where there are any. */
  private readonly margin: Margin | undefined;
  /** The farthest that a coordinate of the mean went in the latest step that taught something. */
  moved = Infinity;

  private constructor(
    private readonly plan: Plan,
    readonly covariance: Covariance,
    /** m */
    readonly mean: Float64Array,
    /** p_sigma and p_c */
    readonly stepPath: Float64Array,
    readonly path: Float64Array,
    public sigma: number,
    /** sigma of the first step */
    readonly initialSigma: number,
    /** Steps done. */
    public step: number,
    private readonly rates: LearningRates | undefined,
    { scale, rows }: { scale?: Float64Array | undefined; rows?: Float64Array } = {},
  ) {
    this.parameters = plan.parameters(covariance.directions);
    const { population, genes } = this.parameters;
    if (plan.integers?.length) {
      this.margin = scale
        ? Margin.restore(plan.integers, scale, population)
        : Margin.begin(plan.integers, genes, population);
    }
    this.y = rows?.length === population * genes ? rows : new Float64Array(population * genes);
    this.squares = this.parameters.weights.some((weight) => weight < 0)
      ? new Float64Array(population)
      : undefined;
  }

  static begin(
    plan: Plan,
    mean: Float64Array,
    sigma: number,
    covariance: Covariance = kinds[plan.kind].identity(mean.length, plan.mostDirections),
    rows?: Float64Array,
  ): Descent {
    const genes = mean.length;
    const zeros = () => new Float64Array(genes);
    const rates = plan.adaptRates ? LearningRates.begin(genes, plan.kind === 'separable') : undefined;
    return new Descent(
      ...([plan, covariance, mean, zeros(), zeros(), sigma, sigma, 0, rates] as const),
      rows ? { rows } : {},
    );
  }

  /** A search like this one from elsewhere, in its place: what this one has room for is taken over. */
  begunAnew(mean: Float64Array, sigma: number): Descent {
    return Descent.begin(this.plan, mean, sigma, undefined, this.y);
  }

  /**
   * A search from where the best points of an earlier one lie (WS-CMA-ES: Nomura, Watanabe, Akimoto, Ozaki & Onishi 2021,
   * arXiv 2012.06932): its mean is theirs, and sigma^2 C = alpha^2 I + their covariance, with det C = 1.
   * @param points each `[genes]`
   */
  static beginWarm(plan: Plan, points: readonly Readonly<Float64Array>[], alpha: number): Descent {
    const genes = points[0]!.length;
    const mean = new Float64Array(genes);
    for (const point of points) for (let i = 0; i < genes; i++) mean[i]! += point[i]! / points.length;
    const rows = Float64Array.from(points.flatMap((point) => [...point.map((x, i) => x - mean[i]!)]));
    const about = (scale: number) =>
      kinds[plan.kind].about(
        genes,
        rows.map((x) => x / scale),
        (alpha / scale) * (alpha / scale),
        plan.mostDirections,
      );
    const sigma = exp(about(1).logDeterminant() / (2 * genes));
    return Descent.begin(plan, mean, sigma, about(sigma));
  }

  static restore(plan: Plan, snapshot: Snapshot): Descent {
    const copy = (array: unknown) => Float64Array.from(array as Float64Array);
    return new Descent(
      plan,
      kinds[plan.kind].restore(
        (snapshot.mean as Float64Array).length,
        snapshot.covariance as Snapshot,
        plan.mostDirections,
      ),
      copy(snapshot.mean),
      copy(snapshot.stepPath),
      copy(snapshot.path),
      snapshot.sigma as number,
      snapshot.initialSigma as number,
      snapshot.step as number,
      plan.adaptRates
        ? LearningRates.restore(plan.kind === 'separable', snapshot.rates as Snapshot)
        : undefined,
      { scale: plan.integers?.length ? copy(snapshot.scale) : undefined },
    );
  }

  snapshot(): Snapshot {
    return {
      mean: this.mean.slice(),
      stepPath: this.stepPath.slice(),
      path: this.path.slice(),
      sigma: this.sigma,
      initialSigma: this.initialSigma,
      step: this.step,
      covariance: this.covariance.snapshot(),
      ...(this.rates ? { rates: this.rates.snapshot() } : {}),
      ...(this.margin ? { scale: this.margin.scale.slice() } : {}),
    };
  }

  /**
   * Draws candidates x = m + sigma A z.
   * @param take is told where each candidate's y = A z begins in the rows
   */
  sample<T>(normals: Normals, take: (y: Readonly<Float64Array>, from: number, candidate: number) => T): T[] {
    const { genes, population } = this.parameters;
    const taken: T[] = [];
    // A few candidates at a time: their rows are still in the processor's cache when they are read.
    const atOnce = Math.max(1, Math.floor(CACHED_NUMBERS / Math.max(1, genes)));
    for (let first = 0; first < population; first += atOnce) {
      const after = Math.min(population, first + atOnce);
      this.draw(normals, first, after);
      for (let candidate = first; candidate < after; candidate++) {
        const from = candidate * genes;
        taken.push(
          this.margin
            ? take(this.margin.stretched(this.y, from), 0, candidate)
            : take(this.y, from, candidate),
        );
      }
    }
    return taken;
  }

  private draw(normals: Normals, first: number, after: number): void {
    const { genes } = this.parameters;
    const rows = this.y.subarray(first * genes, after * genes);
    normals.fill(rows);
    for (let candidate = first; this.squares && candidate < after; candidate++) {
      this.squares[candidate] = squaredLength(this.y, candidate * genes, genes);
    }
    this.covariance.shape(rows);
  }

  /**
   * Learns from a ranking of the candidates drawn last.
   * @param order `[population]` candidates from best to worst
   * @param ranked how many of them, from the best, have a score; the others failed and stand in no order
   * @param parameters of this step, where it has another number of parents
   */
  learn(order: readonly number[], ranked: number, parameters: Parameters = this.parameters): void {
    this.step += 1;
    this.moved = Infinity;
    if (ranked === 0) return;
    const { mean, stepPath, path } = this;
    const { genes, stepRate, pathRate } = parameters;
    const { weights, effective } = weightsFor(parameters, ranked);

    const yMean = new Float64Array(genes);
    addRows(this.y, weights, yMean, order.slice(0, Math.min(parameters.parents, ranked)));
    const white = yMean.slice();
    this.covariance.whiten(white);
    // (42) and (43)
    this.moved = 0;
    const { rate, sigmaFactor } = this.rates?.ofMean(white) ?? { rate: 1, sigmaFactor: 1 };
    for (let i = 0; i < genes; i++) {
      const shift = rate * this.sigma * yMean[i]! * this.stretch(i);
      mean[i]! += shift;
      if (Math.abs(shift) > this.moved) this.moved = Math.abs(shift);
    }
    const intoStepPath = Math.sqrt(stepRate * (2 - stepRate) * effective);
    let square = 0;
    for (let i = 0; i < genes; i++) {
      const next = (1 - stepRate) * stepPath[i]! + intoStepPath * white[i]!;
      stepPath[i] = next;
      square += next * next;
    }
    // p_c stalls while p_sigma is long, lest C grow along a step size that is still far too small.
    const settled = 1 - pow(1 - stepRate, 2 * this.step);
    const moving = square / settled / genes < 2 + 4 / (genes + 1) ? 1 : 0;
    // (45)
    const intoPath = moving * Math.sqrt(pathRate * (2 - pathRate) * effective);
    for (let i = 0; i < genes; i++) path[i] = (1 - pathRate) * path[i]! + intoPath * yMean[i]!;
    // (44), at most a factor e a step
    const length = Math.sqrt(square) / parameters.expectedLength;
    const longer = (stepRate / parameters.stepDamping) * (length - 1);
    const growth = exp(Math.min(1, Math.max(-1, longer)));
    const update = this.updateFrom(parameters, order, weights, 1 - moving);
    if (this.rates) {
      const slowed = this.rates.ofShape(this.covariance, update, growth);
      this.adapt({
        ...update,
        keep: slowed.keep,
        factors: update.factors.map((factor) => factor * slowed.scale),
        parameters: { ...parameters, rankOneRate: slowed.scale * parameters.rankOneRate },
      });
      this.sigma *= slowed.growth * sigmaFactor;
    } else {
      this.adapt(update);
      this.sigma *= growth;
    }
    this.margin?.correct(mean, this.sigma, this.covariance);
  }

  /** A_ii, by which an integer gene's deviation is larger than that of sigma and C. */
  stretch(coordinate: number): number {
    return this.margin?.scale[coordinate] ?? 1;
  }

  /** The share of genes that are integers. */
  get integerShare(): number {
    return this.margin?.share ?? 0;
  }

  /** What is to become of C by the ranking, (46) and (47). @param stalled 1 where p_c stalled, else 0 */
  private updateFrom(
    parameters: Parameters,
    order: readonly number[],
    weights: Readonly<Float64Array>,
    stalled: number,
  ): CovarianceUpdate {
    const { path, y, step } = this;
    const { population, pathRate, rankOneRate, rankMuRate } = parameters;
    let weightSum = 0;
    const factors = new Float64Array(population);
    order.forEach((candidate, rank) => {
      const weight = weights[rank]!;
      weightSum += weight;
      factors[candidate] = rankMuRate * (weight < 0 ? weight * this.unitLength(candidate) : weight);
    });
    const lost = stalled * pathRate * (2 - pathRate);
    const keep = 1 + rankOneRate * (lost - 1) - rankMuRate * weightSum;
    return { parameters, keep, path, factors, y, step };
  }

  private adapt(update: CovarianceUpdate): void {
    const { directions } = this.covariance;
    this.covariance.update(update);
    if (this.covariance.directions !== directions) {
      this.parameters = this.plan.parameters(this.covariance.directions);
    }
  }

  /** n / |C^(-1/2) y|^2 of a candidate: what it takes to make it of typical length. */
  private unitLength(candidate: number): number {
    const square = this.squares![candidate]!;
    return square > 0 ? this.parameters.genes / square : 0;
  }
}

/**
 * The weights by rank of a step in which only the first `ranked` candidates have a score. A failure is never a parent:
 * the positive weights of the others are scaled up to 1. All failures share the negative weights of their ranks
 * equally, because nothing orders them.
 */
export function weightsFor(
  { weights, effective, parents, population }: Parameters,
  ranked: number,
): { weights: Float64Array; effective: number } {
  if (ranked >= population) return { weights, effective };
  const given = weights.slice();
  let unlearned = 0;
  for (let rank = Math.max(parents, ranked); rank < population; rank++) unlearned += weights[rank]!;
  given.fill(unlearned / (population - ranked), ranked);
  if (ranked >= parents) return { weights: given, effective };
  let sum = 0;
  let squares = 0;
  for (let rank = 0; rank < ranked; rank++) sum += weights[rank]!;
  for (let rank = 0; rank < ranked; rank++) {
    given[rank]! /= sum;
    squares += given[rank]! * given[rank]!;
  }
  return { weights: given, effective: 1 / squares };
}
