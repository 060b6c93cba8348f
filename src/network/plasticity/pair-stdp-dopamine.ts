import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Spike-timing-dependent plasticity whose changes wait in an eligibility trace until dopamine turns them into weight
 * (Izhikevich 2007): dw/dt = rate c (DA + tonic), dc/dt = -c / tauC + STDP.
 */
export const pairStdpDopamine: PlasticityRule = {
  name: 'pair-stdp-dopamine',
  summary: 'pairs of spikes leave an eligibility that dopamine turns into weight',
  source: 'Izhikevich 2007, doi:10.1093/cercor/bhl152',
  parameters: {
    aPlus: {
      unit: '1',
      default: 0.1,
      low: 0,
      high: 1,
      about: 'eligibility of a spike pair, pre before post',
    },
    aMinus: { unit: '1', default: 0.15, low: 0, high: 1, about: 'the same for post before pre, taken off' },
    tauPlus: { unit: 'ms', default: 20, low: 5, high: 10_000, about: 'decay of the presynaptic trace' },
    tauMinus: { unit: 'ms', default: 20, low: 5, high: 10_000, about: 'decay of the postsynaptic trace' },
    tauC: { unit: 'ms', default: 1000, low: 5, high: 10_000, about: 'decay of the eligibility' },
    rate: {
      unit: '1/ms',
      default: 0.01,
      low: 0,
      high: 10,
      about: 'weight a ms, for an eligibility and a DA of 1',
    },
    tonic: { unit: '1', default: 0.002, low: -0.1, high: 5, about: 'what stands in for DA at all times' },
    wMin: { unit: '1', default: 0, low: -1000, high: 1000, about: 'lowest weight' },
    wMax: { unit: '1', default: 4, low: -1000, high: 1000, about: 'highest weight' },
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
  },
  onPre: ['c -= aMinus*y'],
  onPost: ['c += aPlus*x'],
  synapse: {
    c: { about: 'eligibility', unit: '1', tau: 'tauC', drive: 'rate*(m.DA + tonic)' },
  },
  bounds: { low: 'wMin', high: 'wMax' },
};
