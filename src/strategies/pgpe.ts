import { z } from 'zod';
import { NormalSource } from '../math/loops/normals.js';
import { type RandomState, RandomStream } from '../math/random.js';
import { addRows, addSquares, squaredLength } from './cma-es/rows.js';
import { Coordinates } from './coordinates.js';
import { centredRanks, fitness } from './ranking.js';
import { sigma0Option } from './sampling-options.js';
import type { Candidate, Outcome, Snapshot, Strategy, StrategyModule } from './strategy.js';

const options = z.strictObject({
  pairs: z.int().min(1).max(500_000).default(32).describe('mirrored pairs of genomes a step'),
  sigma0: sigma0Option(0.5),
  sigmaRate: z.number().min(0).max(1).default(0.1).describe('how fast deviations follow their gradient'),
  mostChange: z
    .number()
    .positive()
    .lt(1)
    .default(0.2)
    .describe('a deviation changes by at most this share of itself in a step'),
  maxSpeed: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe(
      'ClipUp: the centre moves at most this far in a step, in steps of the genes (Euclidean); null: sigma0 sqrt(n) / 15, n genes',
    ),
  stepSize: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe('ClipUp: length of the gradient that is added to the velocity; null: half of maxSpeed'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('ClipUp: share of the velocity that is kept'),
});

type Options = z.output<typeof options>;

/** Vectors of a search, `[genes]`, in the coordinates' units. */
interface State {
  centre: Float64Array;
  deviations: Float64Array;
  velocity: Float64Array;
}

/**
 * Policy gradients with parameter-based exploration: mirrored pairs c + e and c - e, e ~ N(0, sigma^2), and the
 * gradients of the expected rank by the centre, sum of (u+ - u-) e / 2, and by the deviations, sum of
 * (u+ + u-) / 2 (e^2 - sigma^2) / sigma, each over the pairs. ClipUp moves the centre: of the first gradient it takes
 * the direction alone, and it clips the velocity.
 */
class Pgpe implements Strategy {
  private candidates: readonly Candidate[] | undefined;
  /** Genomes of a step, written over by those of the next. */
  private readonly genomes: Float64Array[] = [];
  /** `[pairs, genes]` standard normal deviates of the step */
  private readonly noise: Float64Array;
  /** `[genes]` what a pair differs by from the centre */
  private readonly shift: Float64Array;
  private readonly maxSpeed: number;

  constructor(
    private readonly coordinates: Coordinates,
    private readonly settings: Options,
    private readonly stream: RandomStream,
    private readonly normals: NormalSource,
    private readonly state: State,
  ) {
    const { genes } = coordinates;
    this.noise = new Float64Array(settings.pairs * genes);
    this.shift = new Float64Array(genes);
    this.maxSpeed = settings.maxSpeed ?? (settings.sigma0 * Math.sqrt(genes)) / 15;
  }

  get stopped(): string | undefined {
    return this.coordinates.genes === 0 ? 'nothing to search: every gene has one value only' : undefined;
  }

  ask(): readonly Candidate[] {
    this.candidates ??= this.draw();
    return this.candidates;
  }

  private draw(): Candidate[] {
    return Array.from({ length: this.settings.pairs }, (_, pair) => this.drawPair(pair)).flat();
  }

  private drawPair(pair: number): Candidate[] {
    const { noise, shift, coordinates, genomes } = this;
    const { centre, deviations } = this.state;
    const genes = centre.length;
    const from = pair * genes;
    this.normals.fill(noise.subarray(from, from + genes));
    for (let i = 0; i < genes; i++) shift[i] = deviations[i]! * noise[from + i]!;
    return [1, -1].map((sign, twin) => {
      genomes[2 * pair + twin] ??= coordinates.genomeAt(centre);
      const genome = genomes[2 * pair + twin]!;
      coordinates.genomeBeside(centre, sign, shift, 0, genome);
      return { genome, fidelity: 1 };
    });
  }

  tell(outcomes: readonly Outcome[]): void {
    this.candidates = undefined;
    const { noise, settings } = this;
    const { deviations } = this.state;
    const genes = deviations.length;
    const ranks = centredRanks(outcomes.map(fitness));
    const [uphill, wider] = [new Float64Array(genes), new Float64Array(genes)];
    const [differences, means] = [new Float64Array(settings.pairs), new Float64Array(settings.pairs)];
    let sum = 0;
    for (let pair = 0; pair < settings.pairs; pair++) {
      const [plus, minus] = [ranks[2 * pair]!, ranks[2 * pair + 1]!];
      differences[pair] = (plus - minus) / 2;
      means[pair] = (plus + minus) / 2;
      sum += means[pair]!;
    }
    addRows(noise, differences, uphill);
    addSquares(noise, means, wider);
    for (let i = 0; i < genes; i++) uphill[i]! *= deviations[i]!;
    this.move(uphill);
    for (let i = 0; i < genes; i++) {
      const deviation = deviations[i]!;
      const change = (settings.sigmaRate * deviation * (wider[i]! - sum)) / settings.pairs;
      const most = settings.mostChange * deviation;
      deviations[i] = deviation + Math.min(most, Math.max(-most, change));
    }
  }

  /** ClipUp: a step of fixed length uphill joins the velocity, which has a highest length. */
  private move(uphill: Readonly<Float64Array>): void {
    const { settings, maxSpeed } = this;
    const { centre, velocity } = this.state;
    const length = lengthOf(uphill);
    const step = length > 0 ? (settings.stepSize ?? maxSpeed / 2) / length : 0;
    for (let i = 0; i < velocity.length; i++) {
      velocity[i] = settings.momentum * velocity[i]! + step * uphill[i]!;
    }
    const speed = lengthOf(velocity);
    const clip = speed > maxSpeed ? maxSpeed / speed : 1;
    for (let i = 0; i < velocity.length; i++) {
      velocity[i]! *= clip;
      centre[i]! += velocity[i]!;
    }
  }

  snapshot(): Snapshot {
    const { centre, deviations, velocity } = this.state;
    return {
      random: { ...this.stream.state() },
      normals: this.normals.state(),
      centre: centre.slice(),
      deviations: deviations.slice(),
      velocity: velocity.slice(),
    };
  }
}

const lengthOf = (vector: Readonly<Float64Array>) => Math.sqrt(squaredLength(vector, 0, vector.length));

/** Follows the gradient of the expected rank, by the centre and by a deviation for each gene. */
export const pgpe = {
  summary:
    'policy gradients with parameter-based exploration: mirrored pairs, a deviation for each gene, ClipUp',
  source:
    'Sehnke et al. 2010, doi:10.1016/j.neunet.2009.12.004; Toklu, Liskowski and Srivastava 2020, arXiv 2008.02387 (ClipUp)',
  options,
  takes: { integers: false, objectives: 1, constraints: false },
  branching: {
    options: ['pairs', 'sigmaRate', 'mostChange', 'maxSpeed', 'stepSize', 'momentum'],
    withoutScores: (state) => state,
  },
  create: (problem, settings, seed): Strategy => {
    const coordinates = new Coordinates(problem, settings.sigma0);
    const centre = coordinates.pointOf(problem.start);
    const deviations = new Float64Array(centre.length).fill(settings.sigma0);
    const velocity = new Float64Array(centre.length);
    const stream = RandomStream.from(seed);
    const state = { centre, deviations, velocity };
    return new Pgpe(coordinates, settings, stream, NormalSource.from(stream), state);
  },
  restore: (problem, settings, { random, normals, centre, deviations, velocity }): Strategy => {
    const copy = (array: unknown) => Float64Array.from(array as Float64Array);
    const stream = RandomStream.restore(random as unknown as RandomState);
    const coordinates = new Coordinates(problem, settings.sigma0);
    const state = { centre: copy(centre), deviations: copy(deviations), velocity: copy(velocity) };
    const source = NormalSource.restore(stream, normals as Int32Array);
    return new Pgpe(coordinates, settings, stream, source, state);
  },
} satisfies StrategyModule<typeof options>;
