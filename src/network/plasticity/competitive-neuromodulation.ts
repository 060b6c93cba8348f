import { quantity } from '../model.js';
import type { PlasticityRule } from './rule.js';

/**
 * Dopamine and serotonin at the same time, as opponents (the competitive rule of Wert-Carvajal et al. 2022): pairs of spikes
 * leave an eligibility of each, and dw/dt = eta (R_D e_DA DA - e_5HT 5HT). In the study 5HT is 1 until the reward is found,
 * and DA from then on.
 */
export const competitiveNeuromodulation: PlasticityRule = {
  name: 'competitive-neuromodulation',
  summary:
    'pairs leave eligibilities that DA turns into potentiation and 5-HT into depression, while they are there',
  source: 'Wert-Carvajal et al. 2022, doi:10.1016/j.celrep.2022.110645',
  parameters: {
    amplitude: quantity('1', 1, 0, 10, 'of the window of DA, in either order and for spikes at once'),
    amplitude5HT: quantity('1', 0.01, 0, 10, 'the same of 5-HT'),
    tauWindow: quantity('ms', 10, 1, 100, 'decay of both windows'),
    tauDA: quantity('ms', 2000, 10, 1e5, 'decay of the eligibility for DA'),
    tau5HT: quantity('ms', 5000, 10, 1e5, 'decay of the eligibility for 5-HT'),
    eta: quantity('weight/ms', 1e-4, 0, 1, 'weight a ms, for an eligibility and a modulator of 1'),
    rD: quantity('1', 1, 0, 100, 'how much more DA does than 5-HT'),
    wMin: quantity('weight', 1, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 3, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauWindow', each: 'add', coincident: true },
    y: { of: 'post', tau: 'tauWindow', each: 'add' },
  },
  synapse: {
    c: { about: 'eligibility for DA', unit: '1', tau: 'tauDA', drive: 'eta*rD*m.DA' },
    s: { about: 'eligibility for 5-HT', unit: '1', tau: 'tau5HT', drive: '-eta*m.5HT' },
  },
  onPre: ['c += amplitude*y', 's += amplitude5HT*y'],
  onPost: ['c += amplitude*x', 's += amplitude5HT*x'],
  onEvent: { trialStart: ['c = 0', 's = 0'] },
  bounds: { low: 'wMin', high: 'wMax' },
};
