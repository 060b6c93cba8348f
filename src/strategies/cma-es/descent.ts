import { exp } from '../../math/exponential.js';
import { pow } from '../../math/power.js';
import type { RandomStream } from '../../math/random.js';
import type { Snapshot } from '../strategy.js';
import type { Covariance } from './covariance.js';
import { FullCovariance } from './full.js';
import type { CovarianceKind, Parameters } from './parameters.js';
import { SeparableCovariance } from './separable.js';

const kinds = { full: FullCovariance, separable: SeparableCovariance };

/**
 * One search from one start: the iteration of CMA-ES (Hansen, arXiv 1604.00772v2, Figure 6), on coordinates in which
 * every gene's first deviation is sigma. It minimises by ranks alone.
 */
export class Descent {
  /** `[population, genes]` standard normal vectors of the step, and y = B D z. */
  private readonly z: Float64Array;
  private readonly y: Float64Array;

  private constructor(
    readonly parameters: Parameters,
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
  ) {
    this.z = new Float64Array(parameters.population * parameters.genes);
    this.y = new Float64Array(this.z.length);
  }

  static begin(parameters: Parameters, kind: CovarianceKind, mean: Float64Array, sigma: number): Descent {
    const { genes } = parameters;
    const zeros = () => new Float64Array(genes);
    return new Descent(parameters, kinds[kind].identity(genes), mean, zeros(), zeros(), sigma, sigma, 0);
  }

  static restore(parameters: Parameters, kind: CovarianceKind, snapshot: Snapshot): Descent {
    const copy = (array: unknown) => Float64Array.from(array as Float64Array);
    return new Descent(
      parameters,
      kinds[kind].restore(parameters.genes, snapshot.covariance as Snapshot),
      copy(snapshot.mean),
      copy(snapshot.stepPath),
      copy(snapshot.path),
      snapshot.sigma as number,
      snapshot.initialSigma as number,
      snapshot.step as number,
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
    };
  }

  /** Draws x = m + sigma B D z for each candidate; `take` sees one after the other in the same array. */
  sample<T>(stream: RandomStream, take: (point: Readonly<Float64Array>) => T): T[] {
    const { z, y, mean, sigma } = this;
    const { genes, population } = this.parameters;
    const point = new Float64Array(genes);
    return Array.from({ length: population }, (_, candidate) => {
      // One candidate at a time: its rows are still in the processor's cache when they are read.
      const white = z.subarray(candidate * genes, (candidate + 1) * genes);
      const shaped = y.subarray(candidate * genes, (candidate + 1) * genes);
      stream.normals(white);
      this.covariance.shape(white, shaped);
      for (let i = 0; i < genes; i++) point[i] = mean[i]! + sigma * shaped[i]!;
      return take(point);
    });
  }

  /**
   * Learns from a ranking of the candidates drawn last.
   * @param order `[population]` candidates from best to worst
   * @param ranked how many of them, from the best, have a score; the others failed and stand in no order
   * @param parameters of this step, where it has another number of parents
   */
  learn(order: readonly number[], ranked: number, parameters: Parameters = this.parameters): void {
    this.step += 1;
    if (ranked === 0) return;
    const { z, y, mean, stepPath, path } = this;
    const { genes, stepRate, pathRate, rankOneRate, rankMuRate } = parameters;
    const parents = Math.min(parameters.parents, ranked);
    const { weights, effective } = weightsFor(parameters, ranked);

    const yMean = weightedMean(y, weights, order.slice(0, parents), genes);
    const zMean = weightedMean(z, weights, order.slice(0, parents), genes);
    const white = new Float64Array(genes);
    this.covariance.whiten(zMean, white);
    // (42) and (43)
    for (let i = 0; i < genes; i++) mean[i]! += this.sigma * yMean[i]!;
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
    // (46) and (47)
    let weightSum = 0;
    const factors = new Float64Array(parameters.population);
    for (let rank = 0; rank < order.length; rank++) {
      const weight = weights[rank]!;
      weightSum += weight;
      factors[order[rank]!] = rankMuRate * (weight < 0 ? weight * this.unitLength(order[rank]!) : weight);
    }
    const lost = (1 - moving) * pathRate * (2 - pathRate);
    const keep = 1 + rankOneRate * (lost - 1) - rankMuRate * weightSum;
    this.covariance.update({ parameters, keep, path, factors, y, step: this.step });
    // (44), at most a factor e a step
    const length = Math.sqrt(square) / parameters.expectedLength;
    const growth = (stepRate / parameters.stepDamping) * (length - 1);
    this.sigma *= exp(Math.min(1, Math.max(-1, growth)));
  }

  /** n / |C^(-1/2) y|^2 of a candidate: what it takes to make it of typical length. */
  private unitLength(candidate: number): number {
    const { genes } = this.parameters;
    let square = 0;
    for (let i = candidate * genes; i < (candidate + 1) * genes; i++) square += this.z[i]! * this.z[i]!;
    return square > 0 ? genes / square : 0;
  }
}

/** Sum over the parents, best first, of weight times row. */
function weightedMean(
  rows: Readonly<Float64Array>,
  weights: Readonly<Float64Array>,
  parents: readonly number[],
  genes: number,
): Float64Array {
  const mean = new Float64Array(genes);
  parents.forEach((parent, rank) => {
    const weight = weights[rank]!;
    const from = parent * genes;
    for (let i = 0; i < genes; i++) mean[i]! += weight * rows[from + i]!;
  });
  return mean;
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
