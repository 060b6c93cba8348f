import { describe, expect, it } from 'vitest';
import { noConnectome } from '../../src/connectome/none.js';
import type { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import type { Engine } from '../../src/evaluate/network-controller.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { deriveSeed } from '../../src/math/seed.js';
import { mean } from '../../src/math/statistics.js';
import { arenas } from '../../src/tasks/navigation/arena.js';
import { measuresOf, type Search, scoreOf } from '../../src/tasks/navigation/measures.js';
import { navigation } from '../../src/tasks/navigation/task.js';
import { emptyNavigationTrace } from '../../src/tasks/navigation/trace.js';
import { runnerIn } from '../evaluate/runner-in.js';

type Options = Readonly<Record<string, unknown>>;

function runnerOf(options: Options, engine?: Engine): Promise<LifetimeRunner> {
  return runnerIn({
    connectome: noConnectome,
    genome: loadGenomeSpec('navigation', 'test'),
    network: null,
    task: { name: 'navigation', ...options },
    ...(engine ? { engine } : {}),
  });
}

/** Lives of agents with the start genome, traced. */
async function lives(options: Options, agents: number, engine?: Engine) {
  const runner = await runnerOf(options, engine);
  const { embodied, space, task } = runner.habitat;
  const [scenario] = task.scenarios;
  return Array.from({ length: agents }, (_, agent) => {
    const controller = runner.embody(space.start);
    const trace = emptyNavigationTrace();
    const result = task.live(scenario!, deriveSeed('agent', agent), controller, trace);
    const learned = embodied.start.length;
    return { ...result, trace, weights: controller.network!.weights().slice(0, learned) };
  });
}

describe('navigation', () => {
  const moved = { trials: 70, movedAt: 36 };

  it('is learned by dopamine with acetylcholine, and learned anew where the reward is moved', async () => {
    const found = await lives(moved, 4);
    expect(mean(found.map(({ measures }) => measures.successKnown!))).toBeGreaterThan(0.8);
    expect(mean(found.map(({ measures }) => measures.successEnd!))).toBeGreaterThan(0.7);
    expect(mean(found.map(({ measures }) => measures.trialsToHalf!))).toBeGreaterThan(4);
  });

  it('is learned by dopamine alone, which goes on visiting where the reward was', async () => {
    const found = await lives({ ...moved, acetylcholine: false }, 4);
    expect(mean(found.map(({ measures }) => measures.successKnown!))).toBeGreaterThan(0.85);
    expect(mean(found.map(({ measures }) => measures.successEnd!))).toBeLessThan(0.25);
    expect(mean(found.map(({ measures }) => measures.wrongVisits!))).toBeGreaterThan(0.75);
  });

  it('teaches nothing where nothing is released, in either rule', async () => {
    for (const rule of ['sequential', 'competitive']) {
      const [life] = await lives({ study: 'serotonin', rule, learns: false, trials: 10, trialMs: 3000 }, 1);
      expect(new Set(life!.weights)).toEqual(new Set([2]));
    }
    const control = navigation.control(navigation.options.parse({ trials: 12 }));
    expect(control.options).toMatchObject({ learns: false, trials: 12 });
  });

  it('lets serotonin depress after searches in vain, and dopamine alone leave weights as they are', async () => {
    // Nobody gets from the centre to the corner in 300 ms.
    const short = { study: 'serotonin', trials: 10, trialMs: 300 };
    const weightOf = async (options: Options) => (await lives({ ...short, ...options }, 1))[0]!;
    for (const rule of ['sequential', 'competitive']) {
      const depressed = await weightOf({ rule });
      expect(depressed.score).toBe(0);
      expect(Math.max(...depressed.weights)).toBe(2);
      expect(Math.min(...depressed.weights)).toBeLessThan(1.9);
      const { weights } = await weightOf({ rule, serotonin: false });
      expect(new Set(weights)).toEqual(new Set([2]));
    }
  });

  it('keeps or undoes what acetylcholine changed, at a reward', async () => {
    const [kept, undone] = await Promise.all(
      [false, true].map((undo) => lives({ trials: 20, movedAt: 0, undo }, 2)),
    );
    for (const life of [...kept!, ...undone!]) expect(life.score).toBeGreaterThan(0);
    expect(kept!.map(({ score }) => score)).not.toEqual(undone!.map(({ score }) => score));
    // What is undone leaves fewer weights below those that the agents began with.
    const below = (of: typeof kept) =>
      mean(of!.flatMap(({ weights }) => [...weights].map((w) => (w < 1.99 ? 1 : 0))));
    expect(below(undone)).toBeLessThan(below(kept));
  });

  it.each([
    'sequential',
    'competitive',
  ])('is lived alike in float64 and by the reference simulator: %s', async (rule) => {
    const options = { study: 'serotonin', rule, trials: 10, trialMs: 250 };
    const [reference] = await lives(options, 1, 'reference');
    const [compiled] = await lives(options, 1, 'f64');
    compiled!.trace.searches.forEach((search, trial) => {
      const expected = reference!.trace.searches[trial]!;
      search.x.forEach((x, i) => {
        expect(x).toBeCloseTo(expected.x[i]!, 9);
      });
    });
    compiled!.weights.forEach((weight, s) => {
      expect(weight).toBeCloseTo(reference!.weights[s]!, 8);
    });
    expect(compiled!.measures.spikesASecond).toBe(reference!.measures.spikesASecond);
  });

  it('says where the agent was, and scores what it found there', async () => {
    const [life] = await lives({ trials: 30, movedAt: 16 }, 1);
    const { trace, measures, score } = life!;
    const { starts, goals, goalRadius, reach } = arenas.disc;
    expect(trace.goals).toEqual(goals);
    expect([trace.moved, trace.searches.length]).toEqual([15, 30]);
    expect(trace.searches.map(({ goal }) => goal)).toEqual([...Array(15).fill(0), ...Array(15).fill(1)]);
    for (const { goal, foundMs, wrongMs, x, y } of trace.searches) {
      expect(starts.some(([east, north]) => east === x[0] && north === y[0])).toBe(true);
      const distance = ([east, north]: readonly [number, number]) =>
        Math.hypot(x.at(-1)! - east, y.at(-1)! - north);
      // It has moved on by up to one interval when it is looked at.
      if (foundMs >= 0) expect(distance(goals[goal]!)).toBeLessThan(goalRadius + 0.1);
      else if (wrongMs >= 0) expect(distance(goals[1 - goal]!)).toBeLessThan(goalRadius + 0.1);
      x.forEach((east, i) => {
        expect(Math.hypot(east, y[i]!)).toBeLessThan(reach + 0.05);
      });
      expect(foundMs < 0 || wrongMs < 0).toBe(true);
    }
    expect(score).toBeCloseTo(mean(trace.searches.map(({ foundMs }) => (foundMs >= 0 ? 1 : 0))), 12);
    expect(measures.successBefore! + measures.successAfter!).toBeCloseTo(2 * score, 12);
    expect(new Set(trace.searches.map(({ x }) => x[0])).size).toBe(2);
  });

  it('is made new with the places of the reward exchanged', async () => {
    const fresh = navigation.fresh(navigation.options.parse({})).options;
    const [life] = await lives({ ...fresh, trials: 10, trialMs: 200 }, 1);
    const { trace } = life!;
    expect(trace.goals).toEqual([arenas.disc.goals[1], arenas.disc.goals[0]]);
  });
});

describe('measures of navigation', () => {
  const search = (foundMs: number, wrongMs = -1): Search => ({
    foundMs,
    wrongMs,
    distance: 1,
    inQuadrant: 0.5,
  });
  /** f: found after 2 s, w: the wrong place, anything else: nothing. */
  const searches = (text: string) =>
    [...text].map((outcome) => search(outcome === 'f' ? 2000 : -1, outcome === 'w' ? 3000 : -1));

  it('count rewards before and after the move', () => {
    const all = searches(`${'f'.repeat(15)}${'.'.repeat(5)}${'w'.repeat(12)}${'f'.repeat(8)}`);
    expect(scoreOf(all)).toBeCloseTo(23 / 40, 12);
    expect(measuresOf(all, 20, 15_000)).toEqual({
      successBefore: 0.75,
      successKnown: 0.5,
      successAfter: 0.4,
      successEnd: 0.8,
      // Of the trials after the move 8 to 17 have 6 rewards, 7 to 16 five.
      trialsToHalf: 7,
      trialsToMost: 10,
      wrongVisits: 0.6,
      timeEndS: 2,
      latencyS: expect.closeTo((23 * 2 + 17 * 15) / 40, 12),
      distance: 1,
      goalQuadrant: 0.5,
    });
  });

  it('ask the whole life where the reward stays, and count all trials where it is never known', () => {
    const all = measuresOf(searches('ff..f.f..f..f.'), undefined, 15_000);
    expect([all.successBefore, all.successAfter]).toEqual([6 / 14, 6 / 14]);
    expect([all.trialsToHalf, all.trialsToMost]).toEqual([0, 14]);
    expect(measuresOf(searches('f'.repeat(5) + '.'.repeat(10)), undefined, 15_000).timeEndS).toBe(15);
  });
});
