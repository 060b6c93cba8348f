import { describe, expect, it } from 'vitest';
import { noConnectome } from '../../src/connectome/none.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { deriveSeed } from '../../src/math/seed.js';
import { alternationOf, firingOf } from '../../src/tasks/half-centre/bursts.js';
import { measuresOf } from '../../src/tasks/pendulum/measures.js';
import { swing } from '../../src/tasks/pendulum/physics.js';
import { prepareTask } from '../../src/tasks/table.js';
import { runnerIn } from '../evaluate/runner-in.js';

async function lived(task: { name: string; [option: string]: unknown }) {
  const runner = await runnerIn({
    connectome: noConnectome,
    genome: loadGenomeSpec(task.name, 'test'),
    network: null,
    task,
  });
  const { space, task: world } = runner.habitat;
  return [...world.scenarios, ...world.heldOut].map((scenario) =>
    world.live(scenario, deriveSeed('a life'), runner.embody(space.start)),
  );
}

/** Counts in intervals of 5 ms: a burst of so many spikes, 10 ms apart, from each of some times on. */
function bursts(starts: readonly number[], spikes: number, totalMs: number): number[] {
  const counts = Array<number>(totalMs / 5).fill(0);
  for (const start of starts) for (let i = 0; i < spikes; i++) counts[(start + 10 * i) / 5] = 1;
  return counts;
}

describe('bursts', () => {
  it('are runs of spikes between silences, and not the trains that never end', () => {
    const firing = firingOf(bursts([100, 500, 900], 4, 1000), 5);
    expect(firing).toMatchObject({ spikes: 12, inBursts: 12, tonic: 0 });
    expect(firing.bursts[1]).toEqual({ fromMs: 500, toMs: 530, spikes: 4 });
    expect(firingOf(bursts([0], 90, 1000), 5)).toMatchObject({ bursts: [], tonic: 90 });
    expect(firingOf(bursts([0, 200, 400], 1, 1000), 5)).toMatchObject({ bursts: [], tonic: 3 });
  });

  it('alternate where each falls in the middle of the other’s cycle', () => {
    const left = firingOf(bursts([0, 400, 800], 5, 1200), 5);
    expect(alternationOf(left, firingOf(bursts([200, 600, 1000], 5, 1200), 5))).toEqual({
      phase: 0.5,
      off: 0,
      frequencyHz: 2.5,
      duty: 0.1,
    });
    expect(alternationOf(left, left)).toMatchObject({ phase: 0, off: 0.5 });
    expect(alternationOf(left, firingOf([], 5))).toBeUndefined();
  });
});

describe('the half-centre', () => {
  it('is silent, takes turns faster the higher the modulator, and fires tonically; cells that are off do worse', async () => {
    const [life, off] = await lived({ name: 'half-centre', measureS: 3 });
    expect(life!.score).toBeGreaterThan(0.95);
    expect(life!.measures.phase).toBeCloseTo(0.5, 1);
    expect(life!.measures.frequencyHighHz).toBeGreaterThan(1.5 * life!.measures.frequencyLowHz!);
    expect(off!.score).toBeLessThan(life!.score);
    const [unmodulated] = await lived({ name: 'half-centre', measureS: 1, modulated: false });
    expect(unmodulated!.score).toBeCloseTo(1 / 3, 6);
  });
});

describe('the pendulum', () => {
  it('swings freely with the period of its equation, and loses what damping takes', () => {
    const state = Float64Array.of(0.1, 0);
    const step = 0.01;
    for (let i = 0; i < Math.round((2 * Math.PI) / step); i++) swing(state, 0, step);
    // After one period exp(-0.1 pi) of the amplitude is left.
    expect(state[0]).toBeCloseTo(0.1 * Math.exp(-0.1 * Math.PI), 3);
    expect(state[1]).toBeCloseTo(0, 2);
  });

  it('is measured by the height of its swing, up to the top', () => {
    const turning = Array.from({ length: 4000 }, (_, i) => i / 50);
    const lists = { velocity: turning.map(() => 1), forth: [], back: [], work: [] };
    expect(measuresOf({ ...lists, angle: turning }, 5, 1).amplitude).toBeGreaterThan(3.1);
    const small = turning.map((time) => 0.4 * Math.sin(time));
    expect(measuresOf({ ...lists, angle: small }, 5, 1).amplitude).toBeCloseTo(0.4, 2);
  });

  it('is swung by bursts that its own passing times, and hardly at all without', async () => {
    const [timed] = await lived({ name: 'pendulum', durationS: 16 });
    expect(timed!.score).toBeGreaterThan(0.5);
    expect(timed!.measures.along).toBeGreaterThan(0.95);
    const [untimed] = await lived({ name: 'pendulum', durationS: 16, feedback: false });
    expect(untimed!.score).toBeLessThan(0.25);
    const { oracle, scenarios } = prepareTask({ name: 'pendulum' });
    expect(oracle!(scenarios[0]!, deriveSeed('a')).score).toBeGreaterThan(3);
  });
});
