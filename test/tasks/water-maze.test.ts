import { describe, expect, it } from 'vitest';
import { noConnectome } from '../../src/connectome/none.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { deriveSeed } from '../../src/math/seed.js';
import { critic, criticBody } from '../../src/tasks/actor-critic/critic.js';
import { filterOf } from '../../src/tasks/actor-critic/filter.js';
import { prepareTask } from '../../src/tasks/table.js';
import { inwards, isBlocked, obstacle, shortestWay } from '../../src/tasks/water-maze/maze.js';
import { emptyTrace } from '../../src/tasks/water-maze/trace.js';
import { runnerIn } from '../evaluate/runner-in.js';

async function life(options: object) {
  const runner = await runnerIn({
    connectome: noConnectome,
    genome: loadGenomeSpec('water-maze', 'test'),
    network: null,
    task: { name: 'water-maze', ...options },
  });
  const { embodied, space, task } = runner.habitat;
  const controller = runner.embody(space.start);
  const trace = emptyTrace();
  const lived = task.live(task.scenarios[0]!, deriveSeed('a life'), controller, trace);
  const first = embodied.start;
  return { ...lived, trace, first, weights: controller.network!.weights().slice(0, first.length) };
}

describe('the critic', () => {
  const intervals = Array.from({ length: 500 }, (_, i) => i);

  it('filters by a kernel of area 1', () => {
    const filter = filterOf(5, 20, 50);
    const area = intervals.reduce((sum, i) => sum + 5 * filter(i === 0 ? 1 : 0), 0);
    // Sampled at the ends of intervals, so a little off.
    expect(area).toBeCloseTo(1, 2);
  });

  it('errs by the reward where nothing was foreseen, and by nothing where all of it was', () => {
    const body = { ...criticBody, valuePerHz: 0.02, restHz: 0, discountS: 1e9 };
    const errors = (spikesBefore: number) => {
      const say = critic(20, 10, body);
      for (const _ of intervals) say(spikesBefore, 0);
      return intervals.reduce((sum, i) => sum + 0.02 * say(0, i === 0 ? 1 : 0).error, 0);
    };
    expect(errors(0)).toBeCloseTo(1, 1);
    // 10 spikes of 10 cells in 20 ms are 50 Hz, a value of 1.
    expect(errors(10)).toBeCloseTo(0, 1);
    // A reward that was foreseen and does not come, and one that is not as large.
    expect(errors(20)).toBeCloseTo(-1, 1);
  });

  it('counts what stays far off as a loss: value over discount, a second', () => {
    const say = critic(20, 10, { ...criticBody, valuePerHz: 0.02, restHz: 0, discountS: 4 });
    let said = { value: 0, error: 0 };
    for (const _ of intervals) said = say(10, 0);
    expect(said.value).toBeCloseTo(1, 1);
    expect(said.error).toBeCloseTo(-said.value / 4, 6);
  });
});

describe('the maze', () => {
  it('has a goal behind a wall, to which one start alone leads straight', () => {
    expect([0, 1, 2, 3].map((start) => shortestWay(start, []))).toEqual(Array(4).fill(1.3));
    const around = [0, 1, 2, 3].map((start) => shortestWay(start, obstacle));
    expect(around[0]).toBe(1.3);
    expect(Math.min(...around.slice(1))).toBeGreaterThan(1.8);
    expect(isBlocked([0.8, 0], obstacle)).toBe(true);
    expect(isBlocked([0.8, 0], [])).toBe(false);
    expect(isBlocked([2.01, 0], [])).toBe(true);
  });

  it('has place cells by its walls that reach no actor which points outwards', () => {
    expect(inwards(60, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    // The south-west corner: north, east, and between.
    expect(inwards(0, 8)).toEqual([0, 1, 2]);
  });

  it('is swum through by one who knows it as fast as the ceiling says', () => {
    const { scenarios, heldOut, oracle } = prepareTask({ name: 'water-maze', trials: 400 });
    for (const world of [...scenarios, ...heldOut]) {
      expect(oracle!(world, deriveSeed('a')).score).toBeCloseTo(world.ceiling.score, 2);
    }
  });
});

describe('the water maze', () => {
  it('is learned within some twenty trials', async () => {
    const { measures, trace } = await life({ trials: 24 });
    expect(measures.latencyFirstS).toBeGreaterThan(12);
    expect(measures.latencyEndS).toBeLessThan(10);
    const late = trace.searches.at(-1)!.value;
    expect(Math.max(...late)).toBeGreaterThan(0.3);
  });

  it('leaves weights as they start where nothing is released', async () => {
    const { first, weights } = await life({ trials: 5, trialS: 1, learns: false });
    expect(weights).toEqual(Float64Array.from(first, Math.fround));
  });
});
