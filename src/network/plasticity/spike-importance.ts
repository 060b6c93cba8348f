import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Consolidation by use: the square of what a synapse contributes at postsynaptic spikes, which for Poisson-like
 * cells is the diagonal of the Fisher information, sums up to its importance; after a consolidation the weight is
 * pulled back to where it was. To be combined with a rule that learns.
 */
export const spikeImportance: PlasticityRule = {
  name: 'spike-importance',
  summary: 'weights that contributed to spikes are held where they were (elastic weight consolidation)',
  source: 'Kirkpatrick et al. 2017, doi:10.1073/pnas.1611835114',
  parameters: {
    strength: quantity('1/s', 0.1, 0, 100, 'pull on a weight of importance 1'),
    keep: quantity('1', 1, 0, 1, 'share of earlier importance that a consolidation keeps'),
    scale: quantity('1', 100, 1e-9, 1e9, 'contribution that makes an importance of 1'),
    tauPlus: quantity('ms', 20, 1, 1000, 'decay of the presynaptic trace'),
    every: quantity('ms', 100, 1, 10_000, 'between pulls'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: { x: { of: 'pre', tau: 'tauPlus', each: 'add' } },
  synapse: {
    anchor: { about: 'the weight at the last consolidation', unit: 'weight', start: 'w' },
    used: { about: 'squared contributions since then', unit: '1' },
    importance: { about: 'importance of the weight', unit: '1' },
  },
  onPre: [],
  onPost: ['used += x^2'],
  onUpdate: { every: 'every', statements: ['w += strength*importance*(anchor - w)*every / 1000[ms/s]'] },
  onEvent: {
    consolidate: ['importance = keep*importance + used / scale', 'anchor = w', 'used = 0'],
  },
  bounds: { low: 'wMin', high: 'wMax' },
};
