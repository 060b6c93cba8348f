import { beforeAll, describe, expect, it } from 'vitest';
import { loadAssembler } from '../../src/kernel/assemble.js';
import { CompiledSimulator } from '../../src/kernel/compiled.js';
import { firing } from '../../src/kernel/firing.js';
import { record } from '../../src/kernel/record.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import { randomNetwork } from './random-network.js';

beforeAll(loadAssembler);

const cells = Int32Array.of(0, 1, 2);
const network = {
  ...randomNetwork('record', { plastic: false }),
  outputs: [
    { name: 'sum', cells, state: 'v', empties: false },
    { name: 'taken', cells, state: 'fast.g', empties: true },
  ],
};
const values = { 'a.v': [1, 0], 'a.fast.g': 'all', 'p1.w': 'all', 'm.NA': 'all' } as const;
const both = () => [new ReferenceSimulator(network), new CompiledSimulator(network, { precision: 'f64' })];

describe('record', () => {
  it('has every spike at the end of its step, and the states that are there then', () => {
    for (const simulator of both()) {
      const recording = record(simulator, { ms: 40 * network.dtMs, values, everySteps: 4 });
      const again = new ReferenceSimulator(network);
      const spikes = new Map<number, number[]>();
      const outputs = new Float64Array(network.outputs.length);
      for (let step = 1; step <= 40; step++) {
        again.run(1, [], outputs);
        for (const cell of again.fired())
          spikes.set(cell, [...(spikes.get(cell) ?? []), step * network.dtMs]);
        if (step % 4 > 0) continue;
        const sample = step / 4 - 1;
        const v = again.state('a', 'v');
        expect(recording.values['a.v']!.map((series) => series[sample])).toEqual([v[1], v[0]]);
        expect(recording.values['a.fast.g']!.map((series) => series[sample])).toEqual([
          ...again.state('a', 'fast.g'),
        ]);
        expect(recording.timesMs[sample]).toBe(step * network.dtMs);
        expect(recording.modulators.NA![sample]).toBe(again.concentration('NA'));
        expect(recording.values['m.NA']![0]![sample]).toBe(again.concentration('NA'));
        expect(recording.outputs.sum![sample]).toBe(outputs[0]);
      }
      const recorded = network.populations.flatMap(({ name }) => recording.spikesMs[name]!);
      expect(again.spikeCount).toBeGreaterThan(10);
      expect(recorded.map((times) => [...times])).toEqual(recorded.map((_, cell) => spikes.get(cell) ?? []));
      const { weight } = network.projections[1]!;
      expect(recording.values['p1.w']!.map((series) => series[9])).toEqual(
        Array.from(weight, (at) => network.weights[at]),
      );
    }
  });

  it('goes on where the life is', () => {
    const simulator = new ReferenceSimulator(network);
    record(simulator, { ms: 10 });
    const { fromMs, toMs, timesMs } = record(simulator, { ms: 5, everySteps: 5 / network.dtMs });
    expect([fromMs, toMs, [...timesMs]]).toEqual([10, 15, [15]]);
  });

  it('sums up what an output empties between two samples', () => {
    const everyStep = record(new ReferenceSimulator(network), { ms: 20 }).outputs.taken!;
    const everyFourth = record(new ReferenceSimulator(network), { ms: 20, everySteps: 4 }).outputs.taken!;
    expect(everyStep.some((value) => value !== 0)).toBe(true);
    everyFourth.forEach((value, i) => {
      expect(value).toBe(everyStep.slice(4 * i, 4 * i + 4).reduce((sum, one) => sum + one, 0));
    });
  });

  it('refuses what the network does not have, by name', () => {
    const [simulator] = both();
    const refusal = (request: object) => () => record(simulator!, { ms: 10, ...request });
    expect(refusal({ ms: 0.75 * network.dtMs })).toThrow(/^ms: expected a whole number of steps/);
    expect(refusal({ everySteps: 0 })).toThrow(/^everySteps: .*found 0/);
    expect(refusal({ values: { 'aa.v': 'all' } })).toThrow(/no "aa.v".*Did you mean "a.v"/);
    expect(refusal({ values: { 'a.v': [0, 99] } })).toThrow(/"a.v"\[1\]: expected a cell .*found 99/);
    expect(refusal({ values: { 'p9.w': 'all' } })).toThrow(/no "p9.w".*Did you mean "p\d.w"/);
    expect(simulator!.step).toBe(0);
  });
});

describe('firing', () => {
  it('counts spikes a second and cell, and takes the CV of cells that have enough', () => {
    const spikesMs = [[100, 200, 400], [50, 60], []].map((times) => Float64Array.from(times));
    // Intervals of 100 and 200: mean 150, deviation 50.
    expect(firing(spikesMs, 500)).toEqual({ cells: 3, spikes: 5, rateHz: 5 / 1.5, cv: 1 / 3, cvCells: 1 });
    expect(firing([new Float64Array(0)], 500)).toMatchObject({ rateHz: 0, cv: Number.NaN, cvCells: 0 });
  });
});
