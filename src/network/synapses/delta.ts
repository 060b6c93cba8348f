import type { PortModel } from '../model/model.js';

/** A synapse whose spikes add their weight to a state of the cell at once. */
export const delta = (state: string, unit: string): PortModel => ({
  name: 'delta',
  summary: `adds the weight to ${state} at once`,
  source: 'the limit of a short synaptic current',
  parameters: {},
  state: {},
  receives: state,
  weightUnit: unit,
});
