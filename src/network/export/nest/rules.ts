import { type Plasticity, type Projection, ruleParameter } from '../../model/network.js';
import type { PlasticityRule } from '../../model/plasticity-rule.js';
import { plasticityRules } from '../../plasticity/table.js';

/** A projection's synapses as NEST says them: numbers one for all, by NEST's names. */
export interface NestSynapse {
  model: string;
  parameters: Readonly<Record<string, number>>;
  /** Parameters of the postsynaptic cells that belong to it. */
  ofCells?: Readonly<Record<string, number>>;
  /** In what it differs, in words. */
  differs?: string;
}

const formOf = ({ traces, synapse, onPre, onPost, onUpdate, onEvent }: PlasticityRule) =>
  JSON.stringify([Object.entries(traces), synapse, onPre, onPost, onUpdate, onEvent]);

/** Additive STDP of all pairs, whose weights begin at 0. @param factor of weights in NEST's unit */
function pairs(plasticity: Plasticity, factor: number): NestSynapse | string {
  const of = (name: string) => ruleParameter(plasticity, name);
  const names = ['aPlus', 'aMinus', 'tauPlus', 'tauMinus', 'wMin', 'wMax'];
  const each = names.find((name) => typeof of(name) !== 'number');
  if (each !== undefined) return `a value of "${each}" for each synapse`;
  const [aPlus, aMinus, tauPlus, tauMinus, wMin, wMax] = names.map((name) => of(name) as number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (wMin !== 0 || !(wMax > 0) || !(aPlus > 0)) return 'bounds that do not begin at 0, or no potentiation';
  const sign = plasticity.sign ?? 1;
  return {
    model: 'stdp_synapse',
    parameters: {
      tau_plus: tauPlus,
      lambda: aPlus / wMax,
      alpha: aMinus / aPlus,
      ...{ mu_plus: 0, mu_minus: 0 },
      Wmax: sign * wMax * factor,
    },
    ofCells: { tau_minus: tauMinus },
    differs:
      'delays are dendritic: a pair is of the presynaptic spike and of the postsynaptic one a delay later. Weights change when presynaptic spikes come',
  };
}

/** What a projection's synapses are in NEST, or why they cannot learn there. */
export function nestSynapse({ plasticity, shortTerm }: Projection, factor: number): NestSynapse | string {
  if (plasticity && shortTerm) return 'synapses that learn and have short-term plasticity';
  if (plasticity) {
    const isPairs = formOf(plasticity.rule) === formOf(plasticityRules['pair-stdp']);
    if (!isPairs) return `synapses that learn by ${plasticity.rule.name}`;
    return pairs(plasticity, factor);
  }
  if (!shortTerm) return { model: 'static_synapse', parameters: {} };
  const { use, tauRecoveryMs, tauFacilitationMs } = shortTerm;
  return {
    model: 'tsodyks2_synapse',
    parameters: { U: use, u: use, x: 1, tau_rec: tauRecoveryMs, tau_fac: tauFacilitationMs },
  };
}
