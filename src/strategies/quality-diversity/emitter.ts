import { z } from 'zod';
import type { NormalSource } from '../../math/loops/normals.js';
import type { RandomStream } from '../../math/random.js';
import { Descent, type Plan } from '../cma-es/descent.js';
import { options as cmaOptions, stopOptions } from '../cma-es/options.js';
import {
  type CovarianceKind,
  defaultPopulation,
  type Parameters,
  parametersOf,
} from '../cma-es/parameters.js';
import { covarianceFault, covarianceKind } from '../cma-es/size.js';
import { Stopping } from '../cma-es/stopping.js';
import { Coordinates } from '../coordinates.js';
import { populationOption, sigma0Option } from '../sampling-options.js';
import type { Problem, Snapshot } from '../strategy.js';
import type { Keeper, Placed } from './keeper.js';
import { drawnDirection, type RankerName, rankedBy, rankerNames, rankValue } from './rankers.js';

/** An emitter whose candidates are ranked alike has nothing to go on. */
const flat = 1e-12;

/** Ends of a search that do not ask for scores: its distribution is too narrow, too wide, or out of shape. */
const limits = stopOptions.parse({
  ...{
    tolfun: null,
    tolfunhist: null,
    xstagnation: null,
    stagnation: false,
    flatfitness: null,
    maxiter: null,
  },
});

/** @param defaults of the strategy */
export const emitterOptions = (defaults: {
  ranker: RankerName;
  selection: 'filter' | 'mu';
  restart: 'no-improvement' | 'basic';
}) => ({
  emitters: z.int().min(1).max(10_000).default(5).describe('searches side by side'),
  population: populationOption.describe('genomes a step and emitter; null: 4 + floor(3 ln n), n genes'),
  sigma0: sigma0Option(1),
  ranker: z
    .enum(rankerNames)
    .default(defaults.ranker)
    .describe(
      'by what an emitter ranks: improvement of a cell (imp), objective (obj), or progress in a random direction of the measures (rd); with 2, new cells come first, then improved ones',
    ),
  selection: z
    .enum(['filter', 'mu'])
    .default(defaults.selection)
    .describe('parents: all that the archive takes, or the better half'),
  restart: z
    .enum(['no-improvement', 'basic'])
    .default(defaults.restart)
    .describe(
      'an emitter begins anew at a random elite when the archive takes none of its genomes, or only when its search has come to its end',
    ),
  covariance: cmaOptions.shape.covariance,
  memoryMiB: cmaOptions.shape.memoryMiB,
});

export interface EmitterOptions {
  emitters: number;
  population: number | null;
  sigma0: number;
  ranker: RankerName;
  selection: 'filter' | 'mu';
  restart: 'no-improvement' | 'basic';
  covariance: 'auto' | CovarianceKind;
  memoryMiB: number;
}

/** What is wrong with the options of emitters in a problem; undefined where nothing is. */
export const emitterFault = (problem: Problem, options: EmitterOptions): string | undefined =>
  covarianceFault(problem, { ...cmaOptions.parse({}), ...options });

/** What all emitters of a search share. */
export class EmitterSetting {
  readonly coordinates: Coordinates;
  readonly kind: CovarianceKind;
  readonly population: number;
  /** Constants by the numbers of parents and directions. */
  private readonly known = new Map<string, Parameters>();
  readonly plan: Plan;

  constructor(
    readonly problem: Problem,
    readonly options: EmitterOptions,
  ) {
    this.coordinates = new Coordinates(problem, options.sigma0);
    const { genes } = this.coordinates;
    const { covariance, memoryMiB } = options;
    this.kind = covarianceKind(genes, { ...cmaOptions.parse({}), covariance, memoryMiB });
    const { mostDirections } = cmaOptions.parse({});
    this.plan = {
      kind: this.kind,
      mostDirections,
      adaptRates: false,
      parameters: (directions) => this.parameters(undefined, directions),
    };
    this.population = genes > 0 ? (options.population ?? Math.floor(defaultPopulation(genes))) : 1;
  }

  /** The constants with so many parents: those of twice as many candidates, of which the better half are parents. */
  parameters(parents = Math.floor(this.population / 2), directions?: number): Parameters {
    const key = `${parents} ${directions}`;
    const known = this.known.get(key);
    if (known) return known;
    const { population } = this;
    const made = parametersOf(this.coordinates.genes, 2 * Math.max(1, parents), this.kind, false, directions);
    const weights = new Float64Array(population);
    weights.set(made.weights.subarray(0, Math.min(population, made.parents)));
    const parameters = { ...made, population, weights };
    this.known.set(key, parameters);
    return parameters;
  }
}

/** One search by covariance matrix adaptation that ranks candidates by what they add to an archive. */
export class Emitter {
  /** Genomes of a step, written over by those of the next. */
  private readonly genomes: Float64Array[] = [];

  private constructor(
    private readonly setting: EmitterSetting,
    private search: Descent,
    private direction: Float64Array,
  ) {}

  static begin(setting: EmitterSetting, keeper: Keeper, stream: RandomStream): Emitter {
    const { plan, coordinates, problem, options } = setting;
    const search = Descent.begin(plan, coordinates.pointOf(problem.start), options.sigma0);
    const emitter = new Emitter(setting, search, new Float64Array(0));
    emitter.draw(keeper, stream);
    return emitter;
  }

  static restore(setting: EmitterSetting, { search, direction }: Snapshot): Emitter {
    return new Emitter(
      setting,
      Descent.restore(setting.plan, search as Snapshot),
      Float64Array.from(direction as Float64Array),
    );
  }

  snapshot(): Snapshot {
    return { search: this.search.snapshot(), direction: this.direction.slice() };
  }

  sample(normals: NormalSource): readonly Float64Array[] {
    const { coordinates, problem } = this.setting;
    const { mean, sigma } = this.search;
    return this.search.sample(normals, (y, from, candidate) => {
      this.genomes[candidate] ??= problem.start.slice();
      const genome = this.genomes[candidate]!;
      coordinates.genomeBeside(mean, sigma, y, from, genome);
      return genome;
    });
  }

  /** Learns from what became of the candidates drawn last, or begins anew. */
  tell(placed: readonly (Placed | undefined)[], keeper: Keeper, stream: RandomStream): void {
    const { setting, direction } = this;
    const { ranker, selection, restart } = setting.options;
    const known = placed.filter((one) => one !== undefined);
    const taken = known.filter(({ status }) => status > 0).length;
    if (known.length === 0 || (taken === 0 && (restart === 'no-improvement' || selection === 'filter'))) {
      this.beginAnew(keeper, stream);
      return;
    }
    const order = rankedBy(ranker, placed, direction);
    const { directions } = this.search.covariance;
    const parents = selection === 'filter' ? taken : undefined;
    this.search.learn(order, known.length, setting.parameters(parents, directions));
    const values = known.map((one) => rankValue(ranker, one, direction));
    const range = Math.max(...values) - Math.min(...values);
    // Status ranks too: candidates that differ in it alone still say where to go.
    const alike = known.every(({ status }) => status === known[0]!.status);
    const isFlat = known.length > 1 && alike && range < flat;
    if (isFlat || Stopping.begin(limits).after(this.search, [0]) !== undefined)
      this.beginAnew(keeper, stream);
  }

  private beginAnew(keeper: Keeper, stream: RandomStream): void {
    const { guide } = keeper;
    const { coordinates, problem, options } = this.setting;
    const from = guide.size > 0 ? guide.eliteAt(stream.integer(guide.size)).genome : problem.start;
    this.search = this.search.begunAnew(coordinates.pointOf(from), options.sigma0);
    this.draw(keeper, stream);
  }

  private draw({ elites }: Keeper, stream: RandomStream): void {
    this.direction = drawnDirection(elites.cells.dimensions, stream);
  }
}
