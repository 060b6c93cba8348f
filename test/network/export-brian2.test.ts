import { describe, expect, it } from 'vitest';
import { printExpression } from '../../src/expression/print.js';
import { checkAssignmentUnits } from '../../src/expression/units.js';
import { izhikevichOfTheScript } from '../../src/network/cells/izhikevich.js';
import { cellModels } from '../../src/network/cells/table.js';
import { brian2Script } from '../../src/network/export/brian2/script.js';
import { statedPopulation } from '../../src/network/export/stated.js';
import { dynamicsOf } from '../../src/network/model/dynamics.js';
import type { Network } from '../../src/network/model/network.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { gapJunction } from '../../src/network/synapses/gap-junction.js';
import { driven, empty, partNetworks, ruleNetwork, synapseNetwork } from './part-networks.js';

const scriptOf = (network: Network) =>
  brian2Script(network, { title: 'A network', ms: 100, arraysFile: 'a.npz' });
const parts = partNetworks();

describe('every part of the program', () => {
  it.each(
    parts.map(({ part, network }) => [part, network] as const),
  )('%s is written for Brian 2', (_, network) => {
    const { text, remarks } = scriptOf(network);
    // Nothing of Baldwin's own language is left, and nothing is left out.
    expect(text).not.toMatch(/\[(ms|mV|1\/|pA|nA)[^\]]*\]|\bundefined\b|\bNaN\b|\$/);
    expect(text).not.toMatch(/\b(if|min|max|sigmoid|pow|uniform|gaussian|triangular)\(/);
    expect(remarks).toEqual([]);
    for (const { name } of network.populations) expect(text).toContain(`"${name}"`);
  });

  it.each(
    parts.map(({ part, network }) => [part, network] as const),
  )('%s has units that fit', (_, network) => {
    for (const population of network.populations) {
      // A protocol's stimulus over t need not say its units.
      const { stimulus: _, ...ports } = population.ports;
      const { of, unitOf, hasUnits } = statedPopulation({ ...population, ports });
      expect(hasUnits).toBe(true);
      const states = new Set(dynamicsOf(of).states.map(({ name }) => name));
      for (const { target, value } of [...dynamicsOf(of).update, ...dynamicsOf(of).reset]) {
        if (!states.has(target)) continue;
        // Passing values are those of integrators, whose units follow from what they are made of.
        const known = (name: string) => (name.startsWith('$') ? undefined : unitOf(name));
        checkAssignmentUnits(printExpression(value), value, unitOf(target), known);
      }
    }
  });
});

describe('what a script says', () => {
  it('has equations with units where Brian 2 integrates alike, and statements where it does not', () => {
    const leaky = scriptOf({
      ...empty,
      dtMs: 0.1,
      populations: [driven('cells', cellModels['leaky-integrate-and-fire'], 2)],
    }).text;
    expect(leaky).toContain('dv/dt = (vRest - v + resistance*I)/tau : volt (unless refractory)');
    expect(leaky).toContain("method='exponential_euler'");
    // Brian 2 counts the step of the spike: 2 ms are 20 steps after it.
    expect(leaky).toContain('refractory=(20 + 1)*defaultclock.dt');
    const halves = scriptOf({
      ...empty,
      dtMs: 1,
      populations: [driven('cells', izhikevichOfTheScript, 2)],
    }).text;
    expect(halves).not.toContain('dv/dt');
    expect(halves.match(/ v = v \+ 0\.5\*dt/g)).toHaveLength(2);
  });

  it('defines the quotient of rules that evolved, which Brian 2 lacks', () => {
    const rule = { ...plasticityRules['pair-stdp'], onPre: ['w -= aMinus*quotient(1, y)'] };
    const { text } = scriptOf(ruleNetwork(rule));
    expect(text).toContain('quotient(1, y)');
    expect(text).toContain("'inline double quotient(double x, double y) { return y == 0 ? 1 : x/y; }'");
    expect(scriptOf(ruleNetwork(plasticityRules['pair-stdp'])).text).not.toContain('quotient');
  });

  it('lets traces rise after both sides have learned', () => {
    const { text } = scriptOf(ruleNetwork(plasticityRules['pair-stdp']));
    const order = (pathway: string) =>
      Number(new RegExp(`a\\.${pathway}\\.order = 'after_resets', (\\d)`).exec(text)?.[1]);
    expect(order('pre')).toBeLessThan(order('learn'));
    expect(order('learn')).toBeLessThan(order('rise_pre'));
    expect(order('learn')).toBeLessThan(order('rise_post'));
    // Both pathways of the presynaptic side wait for the same delay.
    expect(text.match(/a\.(pre|rise_pre)\.delay = /g)).toHaveLength(2);
  });

  it('transmits with the sign of the projection, and bounds the weight that the rule sees', () => {
    const network = ruleNetwork(plasticityRules['pair-stdp']);
    const [projection] = network.projections;
    const inhibitory = { ...projection!, plasticity: { ...projection!.plasticity!, sign: -1 as const } };
    const { text } = scriptOf({
      ...network,
      projections: [inhibitory],
      weights: network.weights.map((weight) => -3 * weight),
    });
    expect(text).toContain('syn_g_post += -w');
    expect(text).toContain('a.w = np.full(');
    expect(text).toContain('clip(w + aPlus*x, wMin, wMax)');
  });

  it('sums what several projections send at every step, and knows the sum of their weights', () => {
    const { text } = scriptOf(synapseNetwork(gapJunction));
    expect(text).toContain('syn_partners = syn_from_a + syn_from_b : amp');
    expect(text).toMatch(/to\.syn_weightSum = np\.array\(\[0\.00122/);
  });

  it('refuses what a synapse asks of cells that have it not', () => {
    const network = synapseNetwork({ ...gapJunction, sends: 'nothing' });
    expect(() => scriptOf(network)).toThrow('which cells of leaky-integrate-and-fire do not have');
  });
});
