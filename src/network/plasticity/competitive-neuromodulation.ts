import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Dopamine and serotonin at the same time, as opponents (the competitive rule of Wert-Carvajal et al. 2022): pairs of spikes
 * leave an eligibility of each, and dw/dt = etaDA c DA - eta5HT s 5HT. In the study the two rates are one, eta5HT = etaDA /
 * R_D; 5HT is 1 until the reward is found, and DA from then on. Acetylcholine acts as in the sequential rule, where there is
 * any.
 */
export const competitiveNeuromodulation: PlasticityRule = {
  name: 'competitive-neuromodulation',
  summary:
    'pairs leave eligibilities that DA turns into potentiation and 5-HT into depression, while they are there',
  source: 'Wert-Carvajal et al. 2022, doi:10.1016/j.celrep.2022.110645',
  parameters: {
    amplitude: quantity('1', 1, 0, 10, 'of the window of DA and ACh, in either order and for spikes at once'),
    tauWindow: quantity('ms', 10, 1, 100, 'decay of that window'),
    etaACh: quantity('weight', 0.002, 0, 1, 'what a pair takes at once, for an ACh of 1'),
    tauDA: quantity('ms', 2000, 10, 1e5, 'decay of the eligibility for DA'),
    etaDA: quantity('weight/ms', 1e-4, 0, 1, 'weight a ms, for an eligibility and a DA of 1'),
    amplitude5HT: quantity('1', 0.01, 0, 10, 'of the window of 5-HT, in either order and for spikes at once'),
    tauWindow5HT: quantity('ms', 10, 1, 100, 'decay of that window'),
    tau5HT: quantity('ms', 5000, 10, 1e5, 'decay of the eligibility for 5-HT'),
    eta5HT: quantity('weight/ms', 1e-4, 0, 1, 'weight lost a ms, for an eligibility and a 5-HT of 1'),
    wMin: quantity('weight', 1, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 3, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauWindow', each: 'add', coincident: true },
    y: { of: 'post', tau: 'tauWindow', each: 'add' },
    x5HT: { of: 'pre', tau: 'tauWindow5HT', each: 'add', coincident: true },
    y5HT: { of: 'post', tau: 'tauWindow5HT', each: 'add' },
  },
  synapse: {
    c: { about: 'eligibility for DA', unit: '1', tau: 'tauDA', drive: 'etaDA*m.DA' },
    s: { about: 'eligibility for 5-HT', unit: '1', tau: 'tau5HT', drive: '-eta5HT*m.5HT' },
  },
  onPre: ['w -= etaACh*m.ACh*amplitude*y', 'c += amplitude*y', 's += amplitude5HT*y5HT'],
  onPost: ['w -= etaACh*m.ACh*amplitude*x', 'c += amplitude*x', 's += amplitude5HT*x5HT'],
  onEvent: { trialStart: ['c = 0', 's = 0'] },
  bounds: { low: 'wMin', high: 'wMax' },
};
