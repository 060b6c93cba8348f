import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * One window, three modulators, one after the other (sn-Plast; Brzosko et al. 2017, Zannone et al. 2018): pairs of spikes in
 * either order depress at once while acetylcholine is there, and leave an eligibility. What it is worth is known at the end
 * of a trial: with a reward dopamine turns it into potentiation, w = w + etaDA c, and without one serotonin turns the
 * eligibility of its own window, pre before post, into depression, w = w - eta5HT s (Wert-Carvajal et al. 2022).
 *
 * Whether that starts from the weights of now or from those before the trial (`undo`), so that what acetylcholine took in the
 * trial is given back, is not clear from the papers: in the code of Ang et al. (2021) it is kept, as the weights before the
 * trial are a view of the present ones.
 */
export const sequentialNeuromodulation: PlasticityRule = {
  name: 'sequential-neuromodulation',
  summary:
    'pairs depress at once by ACh; at the end of a trial DA potentiates what was eligible, or 5-HT depresses it',
  source:
    'Brzosko et al. 2017, doi:10.7554/eLife.27756; Zannone et al. 2018, doi:10.1038/s41598-018-27393-2; ' +
    'Wert-Carvajal et al. 2022, doi:10.1016/j.celrep.2022.110645',
  parameters: {
    amplitude: quantity('1', 1, 0, 10, 'of the window of DA and ACh, in either order and for spikes at once'),
    tauWindow: quantity('ms', 10, 1, 100, 'decay of that window'),
    etaACh: quantity('weight', 0.002, 0, 1, 'what a pair takes at once, for an ACh of 1'),
    tauDA: quantity('ms', 2000, 10, 1e5, 'decay of the eligibility that DA turns into weight'),
    etaDA: quantity('weight', 0.01, 0, 1, 'weight that a reward makes of an eligibility of 1'),
    amplitude5HT: quantity('1', 1, 0, 10, 'of the window of 5-HT, pre before post'),
    tauWindow5HT: quantity('ms', 10, 1, 100, 'decay of that window'),
    tau5HT: quantity('ms', 5000, 10, 1e5, 'decay of the eligibility that 5-HT turns into depression'),
    eta5HT: quantity('weight', 0.01, 0, 1, 'weight that a failure takes for an eligibility of 1'),
    undo: quantity('1', 0, 0, 1, 'whether what ACh changed in a trial is undone at its end: 1 or 0'),
    wMin: quantity('weight', 1, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 3, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauWindow', each: 'add', coincident: true },
    y: { of: 'post', tau: 'tauWindow', each: 'add' },
    before: { of: 'pre', tau: 'tauWindow5HT', each: 'add' },
  },
  synapse: {
    c: { about: 'eligibility for DA', unit: '1', tau: 'tauDA' },
    s: { about: 'eligibility for 5-HT', unit: '1', tau: 'tau5HT' },
    w0: { about: 'weight before the trial', unit: 'weight', start: 'w' },
  },
  onPre: ['w -= etaACh*m.ACh*amplitude*y', 'c += amplitude*y'],
  onPost: ['w -= etaACh*m.ACh*amplitude*x', 'c += amplitude*x', 's += amplitude5HT*before'],
  onEvent: {
    trialStart: ['w0 = w', 'c = 0', 's = 0'],
    reward: ['w = if(undo > 0.5, w0, w) + etaDA*c'],
    failure: ['w = if(undo > 0.5, w0, w) - eta5HT*s'],
  },
  bounds: { low: 'wMin', high: 'wMax' },
};
