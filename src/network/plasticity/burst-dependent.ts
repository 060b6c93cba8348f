import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * dw = eta (B - P E) x: a spike that starts an event E weakens by the running probability P of bursts, and the
 * second spike of a burst (within burstMs of the first) strengthens, each by the presynaptic trace x. Bursts more
 * frequent than usual thus strengthen.
 */
export const burstDependent: PlasticityRule = {
  name: 'burst-dependent',
  summary: 'a burst strengthens and a single event weakens, by how probable bursts have been',
  source: 'Payeur, Guerguiev, Zenke, Richards and Naud 2021, doi:10.1038/s41593-021-00857-x',
  parameters: {
    eta: quantity('weight', 0.01, 0, 1, 'change at a burst for a presynaptic trace of 1'),
    burstMs: quantity('ms', 16, 1, 100, 'longest interval within a burst'),
    tauPlus: quantity('ms', 20, 1, 1000, 'decay of the presynaptic trace'),
    tauLast: quantity('ms', 50, 1, 1000, 'decay of what tells the time since the last spike'),
    tauMean: quantity('ms', 5000, 10, 1e6, 'over which the probability of a burst is taken'),
    pStart: quantity('1', 0.2, 0, 1, 'probability of a burst at the start'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    last: { of: 'post', tau: 'tauLast', each: 'set' },
    inBurst: { of: 'post', each: 'if(last >= exp(-burstMs / tauLast), inBurst + 1, 0)' },
    events: {
      of: 'post',
      tau: 'tauMean',
      each: 'events + if(last >= exp(-burstMs / tauLast), 0, 1)',
      start: 1,
    },
    bursts: {
      of: 'post',
      tau: 'tauMean',
      each: 'bursts + if(last >= exp(-burstMs / tauLast) and inBurst < 0.5, 1, 0)',
      start: 'pStart',
    },
  },
  onPre: [],
  onPost: [
    'w += eta*x*if(last < exp(-burstMs / tauLast), -bursts / max(events, 1e-9), if(inBurst < 0.5, 1, 0))',
  ],
  bounds: { low: 'wMin', high: 'wMax' },
};
