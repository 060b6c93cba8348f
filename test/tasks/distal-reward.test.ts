import { describe, expect, it } from 'vitest';
import { noConnectome } from '../../src/connectome/none.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { deriveSeed } from '../../src/math/seed.js';
import { distalReward } from '../../src/tasks/distal-reward/task.js';
import { runnerIn } from '../evaluate/runner-in.js';

const genome = loadGenomeSpec('distal-reward', 'test');

async function live(options: object, engine?: 'reference') {
  const runner = await runnerIn({
    connectome: noConnectome,
    genome,
    network: null,
    task: { name: 'distal-reward', ...options },
    ...(engine ? { engine } : {}),
  });
  const { space, task } = runner.habitat;
  const trace = distalReward.emptyTrace();
  const controller = runner.embody(space.start);
  const [scenario] = task.scenarios;
  return { ...task.live(scenario!, deriveSeed('life'), controller, trace), trace };
}

describe('distal reward', () => {
  it('builds the published networks', () => {
    for (const [version, delays, d] of [
      ['2007', new Set([0]), 8],
      ['2024', new Set([0, 1, 2, 3, 4]), 2],
    ] as const) {
      const { circuit } = distalReward.prepare(distalReward.options.parse({ version, size: 'full' }));
      const [excitatory, inhibitory] = circuit!.network.populations;
      expect([excitatory!.count, inhibitory!.count]).toEqual([800, 200]);
      expect(excitatory!.parameters.d).toEqual(new Float64Array(800).fill(d));
      const synapses = circuit!.network.projections.map(({ post }) => post.length);
      expect(synapses[0]! + synapses[1]!).toBe(80_000);
      expect(synapses[2]).toBe(20_000);
      const { delayMs } = circuit!.network.projections[0]!;
      expect(typeof delayMs === 'number' ? new Set([delayMs]) : new Set(delayMs)).toEqual(delays);
      expect(circuit!.network.weights[0]).toBe(0);
    }
  });

  it('rewards a pair 1 to 3 s after it fired, once for each time', async () => {
    const { measures, trace } = await live({ durationS: 60 });
    expect(measures.rewards).toBeGreaterThan(10);
    // Those of the last seconds are still to come.
    expect(trace.rewardS.length).toBe(measures.rewards);
    expect(measures.coincidencesPerMin!).toBeGreaterThanOrEqual(measures.rewards!);
    expect(trace.rewardS[0]).toBeGreaterThan(1);
    expect(Math.max(...trace.dopamine)).toBeGreaterThan(0);
  });

  it('gives no dopamine without rewards, and later than any eligibility where they are shuffled', async () => {
    expect((await live({ durationS: 30, rewards: 'none' })).measures.rewards).toBe(0);
    const { trace } = await live({ durationS: 60, rewards: 'shuffled' });
    expect(trace.rewardS[0]).toBeGreaterThan(10);
  });

  it('has noradrenaline make cells burst until the weight is at its bound, and acetylcholine hold it', async () => {
    const plain = await live({ durationS: 40 });
    const seeking = await live({ durationS: 40, noradrenaline: true });
    expect(seeking.measures.rateHz!).toBeGreaterThan(plain.measures.rateHz!);
    expect(seeking.trace.noradrenaline[0]).toBeCloseTo(1, 6);
    const held = await live({ durationS: 120, noradrenaline: true, acetylcholine: true });
    const { reachedS } = held.measures;
    expect(reachedS).toBeLessThan(120);
    expect(held.trace.acetylcholine.at(-1)).toBeCloseTo(1, 6);
    expect(held.trace.noradrenaline.at(-1)).toBeCloseTo(0, 6);
    expect(held.trace.dopamine.at(-1)!).toBeLessThan(1e-6);
    expect(held.measures.held).toBeGreaterThan(0.9);
  });

  it('agrees between the engines as far as chaos lets it', async () => {
    const [compiled, reference] = [await live({ durationS: 2 }), await live({ durationS: 2 }, 'reference')];
    expect(Math.abs(compiled.measures.rateHz! - reference.measures.rateHz!)).toBeLessThan(1.5);
    expect(compiled.trace.raster[0]!.ms.slice(0, 20)).toEqual(reference.trace.raster[0]!.ms.slice(0, 20));
  });
});
