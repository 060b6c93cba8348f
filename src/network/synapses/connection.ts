import type { PortModel } from '../model/model.js';

const scale = (about: string) => ({ unit: 'current/weight', default: 1, low: -1e6, high: 1e6, about });

/**
 * Ports of networks made from connectomes: weights are counts of contacts (or a function of them), and one scale for a
 * population turns them into current.
 */
export const chemicalConnection: PortModel = {
  name: 'chemical-connection',
  summary: 'a current that jumps by scale times the weight and decays exponentially',
  source: 'Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics, section 1.3',
  parameters: {
    scale: scale('current of a spike through a connection of weight 1'),
    tau: { unit: 'ms', default: 5, low: 0.1, high: 500, about: 'decay of the current' },
  },
  state: { g: { unit: 'weight', start: 0 } },
  equations: ['dg/dt = -g / tau'],
  current: 'scale*g',
  receives: 'g',
  weightUnit: 'weight',
};

export const gradedConnection: PortModel = {
  name: 'graded-connection',
  summary: 'a current of scale times the weighted sum of the presynaptic activations s, at every step',
  source:
    'Kunert, Shlizerman and Kutz 2014, doi:10.1103/PhysRevE.89.052805, with signed weights for reversals',
  parameters: { scale: scale('current of a fully active cell through a connection of weight 1') },
  state: { active: { unit: 'weight', start: 0 } },
  current: 'scale*active',
  receives: 'active',
  sends: 's',
  weightUnit: 'weight',
};

export const electricalConnection: PortModel = {
  name: 'electrical-connection',
  summary: 'a current of scale times the weight times the difference of potentials, at every step',
  source: 'Lewis and Rinzel 2003, doi:10.1023/A:1023265027714',
  parameters: {
    scale: { ...scale('current of 1 mV between cells joined by weight 1'), unit: 'current/(weight mV)' },
  },
  state: {
    partners: { unit: 'weight mV', start: 0, about: 'weighted sum of the potentials of the partners' },
  },
  current: 'scale*(partners - weightSum*v)',
  receives: 'partners',
  sends: 'v',
  weightUnit: 'weight',
};

/** What a body drives its senses with. */
export const sense: PortModel = {
  name: 'sense',
  summary: 'a current of scale times the drive of a sense',
  source: 'definition',
  parameters: {
    scale: {
      unit: 'current',
      default: 1,
      low: -1e6,
      high: 1e6,
      about: 'current of a sense that is fully on',
    },
    I: { unit: '1', default: 0, low: 0, high: 1e6, about: 'how strongly the sense is on' },
  },
  state: {},
  current: 'scale*I',
};
