import { setImmediate } from 'node:timers/promises';
import type { Values } from '../network/model/network.js';
import type { Controller } from '../tasks/task.js';
import { Controllers } from './controllers.js';
import { constantsOf, structureOf } from './evolved-rules.js';
import type { Habitat } from './habitat.js';
import { type LifeOptions, type Lifetime, type LifetimeResult, liveLifetime, liveOnSeeds } from './lives.js';
import type { NetworkController } from './network-controller.js';

/** @throws RangeError for one that is not a finite number */
function refuseParameters(parameters: Readonly<Record<string, Values>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    const broken = typeof value === 'number' ? value : value.find((element) => !Number.isFinite(element));
    if (broken !== undefined && !Number.isFinite(broken)) throw new RangeError(`${name} is ${broken}`);
  }
}

function embodied(
  controller: NetworkController,
  weights: Float64Array,
  parameters: Readonly<Record<string, Values>>,
): NetworkController {
  controller.embody(weights, parameters);
  return controller;
}

/** Lives lifetimes in a habitat: each genome's network is put in the body. Nothing of one lifetime reaches the next. */
export class LifetimeRunner {
  private readonly options: { watches: boolean };
  private readonly weights: Float64Array;
  private readonly controllers: Controllers;

  /** @param options.watches whether what networks do is watched, for the `vitals` of episodes */
  constructor(
    readonly habitat: Habitat,
    { watches = habitat.setup.watches ?? false }: { watches?: boolean } = {},
  ) {
    this.options = { watches };
    this.weights = Float64Array.from(habitat.embodied.network.weights);
    this.controllers = new Controllers(habitat, watches);
  }

  /**
   * Bytes of the modules that another thread needs to live without assembling, by the hash of their text: of the genome
   * that evolution starts from, where networks differ by genome.
   */
  modules(): Map<string, Uint8Array> {
    const { habitat, controllers } = this;
    const { rules } = habitat.space.phenotype(habitat.space.start, this.weights);
    const controller = rules
      ? controllers.ofRules(habitat.networkWith(rules), rules)
      : controllers.ofHabitat();
    return controller.modules();
  }

  /**
   * What a genome's network shares with others that one simulator can run; undefined where genomes say no rules, so that
   * all share it.
   */
  structureOf(genome: Readonly<Float64Array>): string | undefined {
    const { rules } = this.habitat.space.phenotype(genome, this.weights);
    return rules && structureOf(rules);
  }

  /**
   * Puts a genome's network in the body and returns it.
   * @throws RangeError when a weight or a parameter is not a finite number: it would silence cells without a trace in the
   *   score
   * @throws UsageError where a genome's rules do not fit the network
   */
  embody(genome: Readonly<Float64Array>): Controller {
    const { weights, parameters, rules } = this.habitat.space.phenotype(genome, this.weights);
    // A sum is finite only where all of its parts are; overflow aside, which the search then finds nothing of.
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i]!;
    if (!Number.isFinite(sum)) this.refuseWeights(weights);
    refuseParameters(parameters);
    if (!rules) return embodied(this.controllers.ofHabitat(), weights, parameters);
    const network = this.habitat.networkWith(rules);
    const constants = constantsOf(network, rules);
    refuseParameters(constants);
    return embodied(this.controllers.ofRules(network, rules), weights, { ...constants, ...parameters });
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
   * @param traced whether the result has the trace of the first episode
   * @param from which of the repeats comes first
   */
  live(
    genome: Readonly<Float64Array>,
    seed: string,
    repeats: number,
    traced = false,
    from = 0,
  ): LifetimeResult {
    const options = { repeats, traced, from, ...this.options };
    const { episodes, ...result } = liveLifetime(this.habitat, this.embody(genome), seed, options);
    return traced ? { ...result, trace: episodes[0]!.trace } : result;
  }

  /** A genome's lifetimes with all their episodes, one for each seed. */
  lives(
    genome: Readonly<Float64Array>,
    lifetimeSeeds: readonly string[],
    options: Omit<LifeOptions, 'watches'> & { onLife?: () => void } = {},
  ): Lifetime[] {
    return liveOnSeeds(this.habitat, this.embody(genome), lifetimeSeeds, { ...options, ...this.options });
  }

  /** The same lives; the thread is given up after each of them, so that Ctrl-C is heard. */
  async livesInTurn(
    genome: Readonly<Float64Array>,
    lifetimeSeeds: readonly string[],
    options: Omit<LifeOptions, 'watches'> & { onLife?: () => void } = {},
  ): Promise<Lifetime[]> {
    const lives: Lifetime[] = [];
    for (const seed of lifetimeSeeds) {
      lives.push(...this.lives(genome, [seed], options));
      await setImmediate();
    }
    return lives;
  }
}
