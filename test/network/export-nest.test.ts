import { describe, expect, it } from 'vitest';
import { izhikevichOfTheScript } from '../../src/network/cells/izhikevich.js';
import { cellModels } from '../../src/network/cells/table.js';
import { nestScript } from '../../src/network/export/nest/script.js';
import type { Network } from '../../src/network/model/network.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { pulse } from '../../src/network/synapses/pulse.js';
import { synapseModels } from '../../src/network/synapses/table.js';
import { UsageError } from '../../src/spec/errors.js';
import { driven, empty, joined, listed, partNetworks, ruleNetwork, synapseNetwork } from './part-networks.js';

const scriptOf = (network: Network) =>
  nestScript(network, { title: 'A network', ms: 100, arraysFile: 'a.npz' });

/** What NEST makes of a network: what it leaves out, or why it has nothing of it. */
function saidOf(network: Network): string[] {
  try {
    return [...scriptOf(network).remarks];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [error.message];
  }
}

describe('every part of the program', () => {
  it.each(
    partNetworks().map(({ part, network }) => [part, network] as const),
  )('%s is written for NEST, or named with a reason', (part, network) => {
    const said = saidOf(network);
    const text = said.some((of) => of.startsWith('Nothing of the network')) ? '' : scriptOf(network).text;
    for (const { name, train, model } of network.populations) {
      const isThere = text.includes(`cells "${name}"`);
      if (!isThere && !train) expect(said.join('\n').toLowerCase()).toContain(model.name.split('-')[0]);
    }
    for (const projection of network.projections) {
      if (!text.includes(`synapses "${projection.name}"`)) expect(said.length).toBeGreaterThan(0);
      const { plasticity } = projection;
      const learns = text.includes(`'${projection.name}': nest.GetConnections`);
      if (plasticity && !learns) expect(said.join('\n')).toMatch(/learn|left out|Nothing of/);
    }
    expect(text).not.toMatch(/undefined|NaN/);
    expect(part).not.toBe('');
  });
});

describe('what a script for NEST says', () => {
  it('has cells of the same equations alone, in units of NEST', () => {
    const { text, remarks } = scriptOf(synapseNetwork(synapseModels.exponential));
    // 100 MOhm and 10 ms: 100 pF.
    expect(text).toContain("'C_m': 100");
    expect(text).toContain("'iaf_psc_exp_multisynapse'");
    expect(remarks.join()).toContain('delays of 0, which NEST has not');
    const changed = {
      ...cellModels['leaky-integrate-and-fire'],
      equations: ['dv/dt = (vRest - v + 2*resistance*I) / tau'],
    };
    expect(() => scriptOf({ ...empty, dtMs: 0.1, populations: [driven('cells', changed, 2)] })).toThrow(
      'NEST has none with these equations',
    );
  });

  it('delivers currents of one step a step later, so that a delay of 0 is said', () => {
    const network: Network = {
      ...empty,
      dtMs: 1,
      populations: [
        listed('from', 2, 10),
        driven('to', izhikevichOfTheScript, 2, { syn: { model: pulse, parameters: {} } }),
      ],
      projections: [
        {
          ...{ name: 'a', from: 'from', to: 'to', port: 'syn', acts: 'afterReset', delayMs: 0 },
          ...joined(2, 2, (i, j) => i === j),
        },
      ],
      weights: Float64Array.of(1, 2),
    };
    const { text, remarks } = scriptOf(network);
    expect(remarks).toEqual([]);
    expect(text).toContain("'consistent_integration': False");
    expect(text).toContain("'delay': np.full(2, 1)*step");
  });

  it('learns by pairs of spikes where the bounds begin at 0, and says which rules it has not', () => {
    const network = ruleNetwork(plasticityRules['pair-stdp']);
    const { text } = scriptOf(network);
    expect(text).toContain(
      "nest.CopyModel('stdp_synapse', 'a', {'tau_plus': 20, 'lambda': 0.005, 'alpha': 1.05",
    );
    expect(text).toContain('to.tau_minus = 20');
    const [projection] = network.projections;
    const parameters = { wMin: -1 };
    const bounded = { ...projection!, plasticity: { ...projection!.plasticity!, parameters } };
    expect(scriptOf({ ...network, projections: [bounded] }).remarks.join()).toContain(
      'bounds that do not begin at 0',
    );
    expect(scriptOf(ruleNetwork(plasticityRules.oja)).remarks.join()).toContain('learn by oja');
  });

  it('says short-term plasticity, with resources that are whole at the start', () => {
    const network = synapseNetwork(synapseModels.exponential);
    const shortTerm = { use: 0.4, tauRecoveryMs: 200, tauFacilitationMs: 0 };
    const projections = network.projections.map((projection) => ({ ...projection, shortTerm }));
    expect(scriptOf({ ...network, projections }).text).toContain(
      "'U': 0.4, 'u': 0.4, 'x': 1, 'tau_rec': 200",
    );
  });
});
