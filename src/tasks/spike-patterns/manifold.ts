import { pow } from '../../math/power.js';
import type { RandomStream } from '../../math/random.js';
import { cos, sin } from '../../math/trigonometric.js';

/** Waves of each coordinate. */
const waves = 5;
/** Places along each coordinate at which the range of a manifold is found, and at which the nearest one is looked for. */
const places = 32;

export interface ManifoldSettings {
  inputs: number;
  /** Coordinates along which examples of a class differ. */
  dimensions: number;
  /** The larger, the smoother: the amplitude of wave k is k^-smoothness. */
  smoothness: number;
  /** Share of the length over which each input's time varies within a class. */
  spread: number;
}

/** Times of one spike of each input as shares of a pattern's length, `[inputs]`, at a place of the manifold. */
export type Manifold = (at: readonly number[]) => Float64Array;

/**
 * A random smooth manifold of spike times (after Zenke and Vogels 2021, doi:10.1162/neco_a_01367, from their description):
 * each input's time is a sum over coordinates of waves with normal coefficients whose amplitudes fall with their frequency,
 * brought to a part of [0, 1] over the manifold: all of it in the publication, a random stretch of it here, so that a class
 * also has a mean.
 */
export function manifold(random: RandomStream, settings: ManifoldSettings): Manifold {
  const { inputs, dimensions, smoothness, spread } = settings;
  const start = Float64Array.from({ length: inputs }, () => (1 - spread) * random.uniform());
  const coefficients = Float64Array.from({ length: inputs * dimensions * waves * 2 }, () => random.normal());
  const raw = (at: readonly number[]): Float64Array => {
    const times = new Float64Array(inputs);
    for (let axis = 0; axis < dimensions; axis++) {
      for (let wave = 0; wave < waves; wave++) {
        const angle = 2 * Math.PI * (wave + 1) * at[axis]!;
        const amplitude = pow(wave + 1, -smoothness);
        const [up, across] = [amplitude * sin(angle), amplitude * cos(angle)];
        for (let input = 0; input < inputs; input++) {
          const first = 2 * ((input * dimensions + axis) * waves + wave);
          times[input]! += up * coefficients[first]! + across * coefficients[first + 1]!;
        }
      }
    }
    return times;
  };
  const low = new Float64Array(inputs).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(inputs).fill(Number.NEGATIVE_INFINITY);
  for (const at of grid(dimensions)) {
    raw(at).forEach((time, input) => {
      low[input] = Math.min(low[input]!, time);
      high[input] = Math.max(high[input]!, time);
    });
  }
  // Between the places of the grid a time may lie a little beyond.
  const share = (time: number, input: number) =>
    Math.min(Math.max((time - low[input]!) / (high[input]! - low[input]!), 0), 1);
  return (at) => raw(at).map((time, input) => start[input]! + spread * share(time, input));
}

/** Places over all coordinates. */
function* grid(dimensions: number, at: readonly number[] = []): Generator<readonly number[]> {
  if (at.length === dimensions) yield at;
  else for (let place = 0; place < places; place++) yield* grid(dimensions, [...at, place / places]);
}

/** Times at all places of the grid: `[places][inputs]`. */
export const sampled = (of: Manifold, dimensions: number): Float64Array[] => [...grid(dimensions)].map(of);

/** Squared distance of times from the nearest of some. */
export function fromNearest(samples: readonly Float64Array[], times: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (const sample of samples) {
    let square = 0;
    for (let input = 0; input < times.length; input++) {
      const between = times[input]! - sample[input]!;
      square += between * between;
    }
    least = Math.min(least, square);
  }
  return least;
}
