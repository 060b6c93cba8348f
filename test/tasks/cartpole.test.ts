import { describe, expect, it } from 'vitest';
import { noConnectome } from '../../src/connectome/none.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { deriveSeed } from '../../src/math/seed.js';
import { edgesOf, observe } from '../../src/tasks/cartpole/code.js';
import { rewardFor } from '../../src/tasks/cartpole/life.js';
import { hasFailed, standard, step } from '../../src/tasks/cartpole/physics.js';
import { prepareTask } from '../../src/tasks/table.js';
import { runnerIn } from '../evaluate/runner-in.js';

const stateOf = (...values: number[]) => Float64Array.from(values);
const body = { criticSpin: 0.7, criticGain: 3, praise: 1.5, opposite: 0.8, invalid: 1 };

async function life(options: Record<string, unknown>, genome: string) {
  const runner = await runnerIn({
    connectome: noConnectome,
    genome: loadGenomeSpec(genome, 'test'),
    network: null,
    task: { name: 'cartpole', ...options },
  });
  return runner.live(runner.habitat.space.start, deriveSeed('a life'), 1);
}

describe('the cart and its pole', () => {
  it('move by the equations of CartPole-v1', () => {
    const state = stateOf(0, 0, 0, 0);
    step(state, 1, standard);
    // From rest: 10 N on 1.1 kg, and the pole that swings back.
    expect(Array.from(state)).toEqual([0, expect.closeTo(0.195122, 6), 0, expect.closeTo(-0.292683, 6)]);
    step(state, -1, standard);
    expect(state[0]).toBeCloseTo(0.02 * 0.195122, 8);
    expect(state[1]).toBeCloseTo(0, 8);
    expect(state[3]).toBeCloseTo(0, 8);
    expect(hasFailed(stateOf(2.39, 0, 0.2, 0))).toBe(false);
    expect(hasFailed(stateOf(2.41, 0, 0, 0))).toBe(true);
    expect(hasFailed(stateOf(0, 0, -0.21, 0))).toBe(true);
    expect(hasFailed(stateOf(Number.NaN, 0, 0, 0))).toBe(true);
  });

  it('are seen in one bin a variable, which a normal distribution fills alike', () => {
    const observation = new Float64Array(80);
    observe(stateOf(-9, -0.036 - 1e-9, 0.0053 + 1e-9, 9), edgesOf(20), observation);
    const active = Array.from(observation.keys()).filter((i) => observation[i] === 1);
    expect(active).toEqual([0, 20 + 9, 40 + 10, 79]);
  });
});

describe('the critic', () => {
  it('praises what brings the pole up, more than it blames the same on the way down', () => {
    const [near, far] = [stateOf(0, 0, 0.03, 0), stateOf(0, 0, 0.04, 0)];
    expect(rewardFor(1, far, near, body)).toBeCloseTo(1.5 * 3 * 0.01, 12);
    expect(rewardFor(1, near, far, body)).toBeCloseTo(-3 * 0.01, 12);
    const spinning = stateOf(0, 0, 0, 0.1);
    expect(rewardFor(1, spinning, near, body)).toBeCloseTo(1.5 * 3 * (Math.sqrt(0.7) * 0.1 - 0.03), 12);
  });

  it('says nothing of a pole that is still, and punishes an invalid move', () => {
    expect(rewardFor(1, stateOf(0, 0, 0.03, 0), stateOf(0, 0, 0.009, -0.009), body)).toBe(0);
    expect(rewardFor(0, stateOf(0, 0, 0.03, 0), stateOf(0, 0, 0.009, 0), body)).toBe(-1);
    expect(rewardFor(1, stateOf(0, 0, 0.03, 0), stateOf(0, 0, 0.9, 0), body)).toBe(-1);
  });
});

describe('balancing', () => {
  it('is done by a linear controller for as long as an episode lasts, in all worlds', () => {
    const { scenarios, heldOut, oracle } = prepareTask({ name: 'cartpole', episodes: 20 });
    for (const world of [...scenarios, ...heldOut]) {
      expect(oracle!(world, deriveSeed('a')).score).toBe(500);
    }
  });

  it('is learned from the critic’s reward: weights that stay fall where they fell', async () => {
    const { stepsEnd } = (await life({ learns: true, episodes: 60 }, 'cartpole-learning')).measures;
    expect(stepsEnd).toBeGreaterThan(80);
    const untaught = await life({ learns: true, episodes: 60, parameters: { eta: 0 } }, 'cartpole');
    expect(untaught.measures.stepsEnd).toBeLessThan(30);
  });
});
