import { external } from './inputs/external.js';
import type { PortModel } from './model.js';
import { delta } from './synapses/delta.js';
import { exponential } from './synapses/exponential.js';
import { gapJunction } from './synapses/gap-junction.js';

/** Every synapse, by name; `delta` for cells whose state is called v. */
export const synapseModels: Readonly<Record<string, PortModel>> = {
  delta: delta('v', 'mV'),
  exponential,
  'gap-junction': gapJunction,
};

/** Everything else that drives cells, by name. */
export const inputModels: Readonly<Record<string, PortModel>> = { external };
