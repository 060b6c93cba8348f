import type { Values } from '../network/model/network.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';

/** What a genome says of a network, ready to be lived. */
export interface Phenotype {
  /** `[synapses]` or longer: the network's weights that may evolve come first. */
  weights: Float64Array;
  /** The network's parameters that the genome sets, by name. */
  parameters: Record<string, Values>;
  /** Rules whose form the genome says, by the projection that learns by them; absent where none evolves. */
  rules?: Record<string, PlasticityRule>;
}
