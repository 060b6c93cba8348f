import type { Connectome } from '../connectome/connectome.js';
import { type Embodied, synapseNames } from '../network/model/body.js';
import {
  type NamedParameter,
  type NamedSynapseParameter,
  sharedParameters,
  synapseParameters,
} from '../network/model/named-parameters.js';
import type { Population, Projection } from '../network/model/network.js';

/** What a genome is laid over. */
export type Ground = {
  /** `[synapses]` the network's weights that may evolve, as they are before evolution */
  weights: Float64Array;
  /** Their unit: a connectome's counts of something in words, `ln(1 + …)` of these, or a unit. */
  weightUnit?: string;
  /** The network's parameters that have one value, by name; none where absent. */
  parameters?: ReadonlyMap<string, NamedParameter>;
  /** Parameters of plasticity rules that have a value for each synapse, by name; none where absent. */
  synapseParameters?: ReadonlyMap<string, NamedSynapseParameter>;
  /** The network's populations, some of which have cells of several kinds. */
  populations?: readonly Pick<Population, 'name' | 'count' | 'kinds'>[];
  /** The network's projections, some of which learn. */
  projections?: readonly Pick<Projection, 'name' | 'plasticity'>[];
} & (
  | {
      /** Whose chemical connections the weights are, in their order. */
      connectome: Connectome;
      synapseNames?: undefined;
    }
  | {
      /** `[synapses]` names of the weights, of a network that comes from no connectome */
      synapseNames: readonly string[];
      connectome?: undefined;
    }
);

/** The ground that a network is; without a connectome its synapses go by their cells' numbers. */
export function groundOf(embodied: Embodied, connectome?: Connectome): Ground {
  return {
    ...(connectome ? { connectome } : { synapseNames: synapseNames(embodied) }),
    weights: embodied.start,
    weightUnit: embodied.weightUnit,
    parameters: sharedParameters(embodied),
    synapseParameters: synapseParameters(embodied),
    populations: embodied.network.populations,
    projections: embodied.network.projections,
  };
}
