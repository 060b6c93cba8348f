import { describe, expect, it } from 'vitest';
import { ownSpikes, vitalsOf } from '../../src/evaluate/vitals.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import { leakyIntegrateAndFire } from '../../src/network/cells/leaky-integrate-and-fire.js';
import { constant } from '../../src/network/inputs/constant.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { none, pairOf } from '../kernel/one-synapse.js';

describe('vitals', () => {
  it('count spikes, intervals, events and weights as they were', () => {
    // 11 spikes at intervals of 100 ms, and 11 at intervals of 50 and 150 ms in turn: a CV of 0 and of one half.
    const regular = Array.from({ length: 11 }, (_, i) => 20 + 100 * i);
    const uneven = Array.from({ length: 11 }, (_, i) => 20 + 100 * i - (i % 2 === 1 ? 50 : 0));
    const network = pairOf(plasticityRules['pair-stdp'], { wMax: 0.4 }, regular, uneven, 0.4);
    const simulator = new ReferenceSimulator(network);
    simulator.load();
    const start = simulator.weights();
    const spikes = [0, 0];
    simulator.run(10_000, [], none);
    spikes[0] = simulator.spikeCount;
    simulator.run(10_000, [], none);
    spikes[1] = simulator.spikeCount - spikes[0];
    const vitals = vitalsOf(simulator, start, spikes);
    expect(vitals.seconds).toBeCloseTo(2, 9);
    expect(vitals.spikes).toBe(22);
    expect(vitals.rateHz).toBeCloseTo(5.5, 9);
    expect(vitals.cvIsi).toBeCloseTo(0.25, 9);
    expect(vitals.synapticEvents).toBe(11);
    expect(vitals.operationsPerCellS).toBeCloseTo((22 + 11) / (2 * 2), 9);
    const share = 1 - Math.exp(-5.5 * 0.02);
    expect(vitals.activeShare).toBeCloseTo(share, 9);
    const bits = -(share * Math.log2(share) + (1 - share) * Math.log2(1 - share)) / share;
    expect(vitals.bitsPerSpike).toBeCloseTo(bits, 9);
    expect(vitals.weightStart).toBe(0.4);
    expect(vitals.weightEnd).toBe(simulator.weights()[0]);
    const { ok, value } = vitals.filters.find(({ name }) => name === 'mean rate (Hz)')!;
    expect([ok, value]).toEqual([true, vitals.rateHz]);
    expect(vitals.filters.find(({ name }) => name === 'CV of intervals')!.ok).toBe(false);
  });

  it('are of the cells that fire by themselves, where there are any', () => {
    const told = Array.from({ length: 30 }, (_, i) => 20 + 10 * i);
    const network = pairOf(plasticityRules.hebb, { eta: 0 }, told, told, 0);
    const cell = {
      name: 'cell',
      count: 1,
      model: leakyIntegrateAndFire,
      parameters: {},
      ports: { drive: { model: constant, parameters: { amplitude: 1 } } },
    };
    const simulator = new ReferenceSimulator({ ...network, populations: [...network.populations, cell] });
    simulator.load();
    simulator.run(10_000, [], none);
    const own = simulator.spikeCounts()[2]!;
    expect(own).toBeGreaterThan(30);
    expect(ownSpikes(simulator)).toBe(own);
    expect(vitalsOf(simulator, simulator.weights(), [own]).rateHz).toBeCloseTo(own, 9);
  });

  it('tell weights that have all run to a bound', () => {
    const network = pairOf(plasticityRules.hebb, { eta: 1, wMax: 1 }, [20, 40], [30, 50], 0.2);
    const simulator = new ReferenceSimulator(network);
    simulator.load();
    const start = simulator.weights();
    simulator.run(1000, [], none);
    const vitals = vitalsOf(simulator, start, [4]);
    expect(vitals.saturated).toBe(1);
    expect(vitals.filters.find(({ name }) => name === 'share of weights at a bound')!.ok).toBe(false);
    expect(vitals.filters.find(({ name }) => name.startsWith('drift'))!.value).toBeCloseTo(0.8, 9);
  });
});
