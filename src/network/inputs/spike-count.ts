import type { PortModel } from '../model/model.js';

/** No drive at all: what an output reads, and may empty, of cells of any model. */
export const spikeCount: PortModel = {
  name: 'spike-count',
  summary: 'counts the spikes of the cell, for an output that reads them',
  source: 'definition',
  parameters: {},
  state: { count: { unit: '1', start: 0, about: 'spikes since it was last set to 0' } },
  onFire: ['count += 1'],
};
