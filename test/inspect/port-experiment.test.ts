import { describe, expect, it } from 'vitest';
import { portResponse } from '../../src/inspect/port-experiment.js';
import { inputModels } from '../../src/network/inputs/table.js';
import type { PortModel } from '../../src/network/model/model.js';
import { synapseModels } from '../../src/network/synapses/table.js';

const trace = (model: PortModel, name: string, request = {}) => {
  const { states, timesMs } = portResponse(model, { dtMs: 0.5, ...request });
  const { values } = states.find((state) => state.name === name)!;
  return (ms: number) => values[[...(timesMs as Float64Array)].findIndex((time) => time >= ms - 1e-9)]!;
};

describe('portResponse', () => {
  it('lets one spike of weight 1 arrive at 10 ms, and shows how it decays', () => {
    const g = trace(synapseModels.exponential!, 'g', { parameters: { tau: 20 } });
    expect([g(9), g(10), g(10.5)]).toEqual([0, 0, 1]);
    expect(g(30.5)).toBeCloseTo(Math.exp(-1), 9);
    expect(portResponse(synapseModels.exponential!, { dtMs: 0.5 }).spikesMs).toEqual([10.5]);
    // Five time constants and what is before the spike.
    expect(portResponse(synapseModels.exponential!, { parameters: { tau: 100 } }).timesMs).toHaveLength(5100);
  });

  it('holds the cell, and gives the current that comes of its potential', () => {
    const { current, ...rest } = synapseModels['exponential-held'];
    const shunting = { ...rest, current: `${current} * (0 - v)` };
    expect(trace(shunting, 'current')(11)).toBeCloseTo(65, 9);
    expect(portResponse(shunting, {}).subtitle).toBe(
      'one spike of weight 1 at 10 ms; the cell is held at −65 mV',
    );
  });

  it('excites a partner where there are no spikes', () => {
    const current = trace(synapseModels['gap-junction']!, 'current');
    expect([current(9), current(15), current(29), current(35)]).toEqual([0, 20, 20, 0]);
    expect(portResponse(synapseModels['gap-junction']!, {}).spikesMs).toEqual([]);
  });

  it('adds to a state of the cell', () => {
    const v = trace(synapseModels.delta!, 'v');
    expect([v(9), v(20)]).toEqual([-65, -64]);
  });

  it.each([...Object.entries(synapseModels), ...Object.entries(inputModels)])('draws %s', (_, model) => {
    const { states, timesMs } = portResponse(model, { durationMs: 30, dtMs: 0.5 });
    expect(timesMs).toHaveLength(60);
    expect(states.length).toBeGreaterThan(0);
    for (const { values } of states) expect([...(values as Float64Array)].every(Number.isFinite)).toBe(true);
  });

  it('shows a port that sees the spikes of its cell one of them, at 30 ms', () => {
    const count = trace(inputModels['spike-count'], 'count');
    expect([count(12), count(30), count(30.5), count(45)]).toEqual([0, 0, 1, 1]);
    const { spikesMs, subtitle } = portResponse(inputModels['spike-count'], { dtMs: 0.5 });
    expect([spikesMs, subtitle]).toEqual([[30.5], 'the cell fires at 30 ms']);
    const g = trace(synapseModels.epsp, 'g');
    expect(g(30)).toBeGreaterThan(0.02);
    expect(g(30.5)).toBe(0);
    expect(portResponse(synapseModels.epsp, { dtMs: 0.5 }).spikesMs).toEqual([10.5, 30.5]);
  });

  it('lets an input be by itself', () => {
    expect(trace(inputModels.external!, 'current', { parameters: { I: 3 } })(10)).toBe(3);
    expect(() => portResponse(inputModels.external!, { parameters: { J: 3 } })).toThrow(
      /Unknown parameter "J" of external/,
    );
  });
});
