import type { CellModel } from '../model/model.js';

/** A cell without a membrane that fires when it is told to: a population's `train` says when. */
export const spikeTrain: CellModel = {
  name: 'spike-train',
  summary: 'fires at the times that the network lists for it',
  source: 'definition',
  parameters: {},
  state: {},
};
