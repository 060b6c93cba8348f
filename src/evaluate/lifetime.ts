import type { Controller } from '../tasks/task.js';
import type { Habitat } from './habitat.js';
import { type LifeOptions, type Lifetime, type LifetimeResult, liveLifetime, liveOnSeeds } from './lives.js';
import { NetworkController } from './network-controller.js';

/** Lives lifetimes in a habitat: each genome's network is put in the body. Nothing of one lifetime reaches the next. */
export class LifetimeRunner {
  private readonly weights: Float64Array;
  private living: NetworkController | undefined;

  /** @param options.watches whether what networks do is watched, for the `vitals` of episodes */
  constructor(
    readonly habitat: Habitat,
    private readonly options: { watches?: boolean } = {},
  ) {
    this.weights = Float64Array.from(habitat.embodied.network.weights);
  }

  /** Made when somebody lives in it: until then nothing is compiled. */
  private get controller(): NetworkController {
    const { embodied, engine, space } = this.habitat;
    this.living ??= new NetworkController(
      embodied,
      engine,
      Object.keys(space.parametersOf(space.start)),
      this.options.watches,
    );
    return this.living;
  }

  /** Bytes of the modules that another thread needs to live without assembling, by the hash of their text. */
  modules(): Map<string, Uint8Array> {
    return this.controller.modules();
  }

  /**
   * Puts a genome's network in the body and returns it.
   * @throws RangeError when a weight or a parameter is not a finite number: it would silence cells without a trace in the
   *   score
   */
  embody(genome: Readonly<Float64Array>): Controller {
    const { space } = this.habitat;
    const { weights, parameters } = space.phenotype(genome, this.weights);
    // A sum is finite only where all of its parts are; overflow aside, which the search then finds nothing of.
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i]!;
    if (!Number.isFinite(sum)) this.refuseWeights(weights);
    for (const [name, value] of Object.entries(parameters)) {
      const broken = typeof value === 'number' ? value : value.find((element) => !Number.isFinite(element));
      if (broken !== undefined && !Number.isFinite(broken)) throw new RangeError(`${name} is ${broken}`);
    }
    this.controller.embody(weights, parameters);
    return this.controller;
  }

  private refuseWeights(weights: Float64Array): void {
    const { space } = this.habitat;
    const synapse = weights.findIndex((weight) => !Number.isFinite(weight));
    if (synapse < 0) return;
    const gene = space.geneOf(synapse);
    const name = gene === undefined ? `weight ${synapse}` : space.nameOf(gene);
    throw new RangeError(`${name} is ${weights[synapse]}`);
  }

  /**
   * One lifetime, scored.
   * @param genome `[genes]`
   * @param seed the lifetime's own; each episode derives its seed from it
   * @param repeats how often each scenario is lived
   */
  live(genome: Readonly<Float64Array>, seed: string, repeats: number): LifetimeResult {
    const { episodes: _, ...result } = liveLifetime(this.habitat, this.embody(genome), seed, { repeats });
    return result;
  }

  /** A genome's lifetimes with all their episodes, one for each seed. */
  lives(
    genome: Readonly<Float64Array>,
    lifetimeSeeds: readonly string[],
    options: Omit<LifeOptions, 'watches'> & { onLife?: () => void } = {},
  ): Lifetime[] {
    return liveOnSeeds(this.habitat, this.embody(genome), lifetimeSeeds, { ...options, ...this.options });
  }
}
