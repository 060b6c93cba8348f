import type { Connectome } from '../connectome/connectome.js';
import type { Population } from '../network/model/network.js';

/** What a genome is laid over. */
export type Ground = {
  /** `[synapses]` the network's weights that may evolve, as they are before evolution */
  weights: Float64Array;
  /** The network's parameters that have one value, by name; none where absent. */
  parameters?: ReadonlyMap<string, number>;
  /** Parameters of plasticity rules that have a value for each synapse, by name; none where absent. */
  synapseParameters?: ReadonlyMap<string, Float64Array>;
  /** The network's populations, some of which have cells of several kinds. */
  populations?: readonly Pick<Population, 'name' | 'count' | 'kinds'>[];
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
