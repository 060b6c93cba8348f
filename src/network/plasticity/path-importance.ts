import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Consolidation by path integral: while DA is above its mark, the way a weight goes counts towards its importance; a
 * consolidation takes what was gained relative to the way made, and from then on the weight is pulled back to where
 * it was. To be combined with a rule that learns.
 */
export const pathImportance: PlasticityRule = {
  name: 'path-importance',
  summary: 'weights whose changes brought reward are held where they were (synaptic intelligence)',
  source: 'Zenke, Poole and Ganguli 2017, arXiv 1703.04200',
  parameters: {
    strength: quantity('1/s', 0.1, 0, 100, 'pull on a weight of importance 1'),
    damping: quantity('weight^2', 0.01, 1e-9, 100, 'keeps the importance of small ways finite'),
    every: quantity('ms', 100, 1, 10_000, 'between looks at the way'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: {},
  synapse: {
    last: { about: 'the weight at the last look', unit: 'weight', start: 'w' },
    anchor: { about: 'the weight at the last consolidation', unit: 'weight', start: 'w' },
    path: { about: 'the way since then, each part times the reward at its time', unit: 'weight' },
    importance: { about: 'importance of the weight', unit: '1' },
  },
  onPre: [],
  onPost: [],
  onUpdate: {
    every: 'every',
    statements: [
      'path += m.DA*(w - last)',
      'w += strength*importance*(anchor - w)*every / 1000[ms/s]',
      'last = w',
    ],
  },
  onEvent: {
    consolidate: [
      'importance += max(path*(w - anchor), 0) / ((w - anchor)^2 + damping)',
      'anchor = w',
      'path = 0',
    ],
  },
  bounds: { low: 'wMin', high: 'wMax' },
};
