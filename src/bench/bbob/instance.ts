import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { orthogonal, type Point } from '../vectors.js';
import { vector } from './transformations.js';

/** A function of one instance: its least value is 0. */
export interface Instance {
  f(x: Point): number;
  /** `[genes]` where f is 0 */
  optimum: Float64Array;
}

/** What an instance is drawn from. Parts are drawn in the order in which a function asks for them. */
export class Drawn {
  private readonly stream: RandomStream;

  constructor(
    readonly genes: number,
    name: string,
    instance: number,
  ) {
    this.stream = RandomStream.from(deriveSeed('bbob', name, genes, instance));
  }

  /** `[genes]` uniform in a cube */
  point(half: number): Float64Array {
    return vector(this.genes, () => this.stream.uniformIn(-half, half));
  }

  /** `[genes]` each 1 or -1 */
  signs(): Float64Array {
    return vector(this.genes, () => (this.stream.uniform() < 0.5 ? -1 : 1));
  }

  rotation(): Float64Array {
    return orthogonal(this.genes, this.stream);
  }

  /** 0 to n - 1 in any order */
  order(n: number): number[] {
    return this.stream.sample(n, n);
  }
}

/** One of the 24 functions: what it looks like, and how an instance is made. */
export interface Family {
  name: string;
  /** For a person who chooses by what is hard about it. */
  summary: string;
  of(drawn: Drawn): Instance;
}
