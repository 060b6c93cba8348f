import type { Network } from '../network/model/network.js';
import { constantsOf, type EvolvedRules, structureOf } from './evolved-rules.js';
import type { Habitat } from './habitat.js';
import { NetworkController } from './network-controller.js';

/** How many controllers of evolved rules are kept; beyond that, the one that was used longest ago is forgotten. */
export const mostControllers = 16;

/**
 * What runs the networks of a habitat's genomes: one controller for all genomes whose rules do not evolve, and one for
 * each structure of rules. Who asks for it changes no result: a controller holds nothing of the life before.
 */
export class Controllers {
  /** By the structure of their rules, the one that was used longest ago first. */
  private readonly kept = new Map<string, NetworkController>();
  private usual: NetworkController | undefined;

  constructor(
    private readonly habitat: Habitat,
    private readonly watches: boolean | undefined,
  ) {}

  /** Of the network as it is. Made when somebody lives in it: until then nothing is compiled. */
  ofHabitat(): NetworkController {
    this.usual ??= this.made(this.habitat.embodied.network, []);
    return this.usual;
  }

  /** Of a network that has a genome's rules. */
  ofRules(network: Network, rules: EvolvedRules): NetworkController {
    const key = structureOf(rules);
    const controller = this.kept.get(key) ?? this.made(network, Object.keys(constantsOf(network, rules)));
    this.kept.delete(key);
    this.kept.set(key, controller);
    if (this.kept.size > mostControllers) this.kept.delete(this.kept.keys().next().value!);
    return controller;
  }

  /** @param constants parameters of evolved rules */
  private made(network: Network, constants: readonly string[]): NetworkController {
    const { embodied, engine, space, setup, task } = this.habitat;
    const { perturbation } = setup;
    const { teaching } = task;
    const varies = [...Object.keys(space.parametersOf(space.start)), ...constants];
    return new NetworkController({ ...embodied, network }, engine, varies, this.watches, {
      ...(perturbation ? { perturbation } : {}),
      ...(teaching ? { teaching } : {}),
    });
  }
}
