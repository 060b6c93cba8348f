import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { RandomStream } from '../../src/math/random.js';
import { deriveSeed } from '../../src/math/seed.js';
import { measuresOf } from '../../src/tasks/maze/measures.js';
import { crashing, goingTo, perfectLearner } from '../../src/tasks/maze/policies.js';
import type { MazeTrace } from '../../src/tasks/maze/trace.js';
import { emptyMazeTrace } from '../../src/tasks/maze/trace.js';
import {
  bestWithoutLearning,
  crashingScore,
  drawStretches,
  type Junctions,
  perfectLearning,
} from '../../src/tasks/maze/world.js';
import { prepareTask } from '../../src/tasks/table.js';
import type { Controller, LivingNetwork, PreparedTask } from '../../src/tasks/task.js';

const prepared = (name: string, options: object = {}) =>
  prepareTask({ name, ...options }) as PreparedTask<MazeTrace>;

/** Scores of a policy's lives on seeds 0, 1, … */
function scores(name: string, policy: Controller, lives: number): number[] {
  const { live, scenarios } = prepared(name);
  return Array.from(
    { length: lives },
    (_, life) => live(scenarios[0]!, deriveSeed('maze', life), policy).score,
  );
}

const schedule = (junctions: Junctions, moves: number) => ({
  junctions,
  moves,
  tripsBetween: 50,
  moveSpread: 15,
});

describe('the single maze', () => {
  it('scores 10 for crashes alone, 122 at most without learning, and 149.2 for a perfect learner', () => {
    expect(crashingScore(schedule(1, 1))).toBeCloseTo(10, 9);
    expect(bestWithoutLearning(schedule(1, 1))).toBeCloseTo(122, 9);
    expect(perfectLearning(schedule(1, 1))).toBeCloseTo(149.2, 9);
    for (const score of scores('t-maze', crashing(1), 3)) expect(score).toBeCloseTo(10, 9);
    for (const score of scores('t-maze', perfectLearner(0, 1), 20)) expect(score).toBeCloseTo(149.2, 9);
    // The reward is moved after 36 to 65 trips, so of many lives the luckiest and the unluckiest are these.
    const fixed = scores('t-maze', goingTo(0, 1), 200);
    expect(Math.max(...fixed)).toBeCloseTo(122, 9);
    expect(Math.min(...fixed)).toBeCloseTo(98.8, 9);
    expect(Math.max(...scores('t-maze', goingTo(1, 1), 200))).toBeCloseTo(121.2, 9);
  });
});

describe('the double maze', () => {
  it('scores 20 for crashes alone, 255.2 at most without learning, and 295.2 on average for a perfect learner', () => {
    expect(crashingScore(schedule(2, 3))).toBeCloseTo(20, 9);
    expect(bestWithoutLearning(schedule(2, 3))).toBeCloseTo(255.2, 9);
    expect(perfectLearning(schedule(2, 3))).toBeCloseTo(295.2, 9);
    for (const score of scores('double-t-maze', crashing(2), 3)) expect(score).toBeCloseTo(20, 9);
    for (const end of [0, 1, 2, 3]) {
      expect(Math.max(...scores('double-t-maze', goingTo(end, 2), 40))).toBeLessThan(255.2 + 1e-9);
    }
    // It misses one to three trips after each of three moves.
    const learner = scores('double-t-maze', perfectLearner(0, 2), 60);
    expect(Math.max(...learner)).toBeLessThan(297.6 + 1e-9);
    expect(Math.min(...learner)).toBeGreaterThan(292.8 - 1e-9);
  });

  it('moves the large reward to another end each time, at trips 36 to 65 and fifty and a hundred later', () => {
    const seen = [new Set<number>(), new Set<number>(), new Set<number>()];
    for (let life = 0; life < 300; life++) {
      const { lengths, large } = drawStretches(
        schedule(2, 3),
        2,
        RandomStream.from(deriveSeed('moves', life)),
      );
      expect(lengths.reduce((a, b) => a + b, 0)).toBe(200);
      let trip = 0;
      large.slice(1).forEach((end, move) => {
        expect(end).not.toBe(large[move]);
        trip += lengths[move]!;
        seen[move]!.add(trip - 50 * move);
      });
    }
    for (const trips of seen) {
      expect([...trips].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => 36 + i));
    }
  });
});

/** Walks as a policy does, and writes down when dopamine comes after the last turn, in ms. */
function timed(policy: Controller, isTurn: (action: Float64Array) => boolean) {
  const delays: number[] = [];
  let sinceTurn = Number.NaN;
  const network: Partial<LivingNetwork> = {
    spikeCount: 0,
    concentration: () => 0,
    signal: () => {},
    release: (modulator) => {
      expect(modulator).toBe('DA');
      delays.push(sinceTurn);
    },
  };
  const controller: Controller = {
    body: {},
    network: network as LivingNetwork,
    reset: (seed) => policy.reset(seed),
    respond: (observation, action) => {
      policy.respond(observation, action);
      sinceTurn = isTurn(action) ? 0 : sinceTurn + 20;
    },
  };
  return { controller, delays };
}

it('gives dopamine 200 to 1000 ms after the last turn', () => {
  const { live, scenarios } = prepared('t-maze');
  const { controller, delays } = timed(goingTo(0, 1), ([, left, right]) => left! + right! > 0);
  live(scenarios[0]!, 'de1a', controller);
  expect(delays).toHaveLength(100);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(200);
  expect(Math.max(...delays)).toBeLessThanOrEqual(1000);
  expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(600);
});

it('tells dopamine by surprise, or by worth', () => {
  const dopamineOf = (dopamine: string) => {
    const { live, scenarios } = prepared('t-maze', { dopamine });
    const trace = emptyMazeTrace();
    live(scenarios[0]!, 'de1a', goingTo(0, 1), trace);
    const { moves, dopamine: released } = trace;
    return { last: released[moves[0]! - 1]!, first: released[moves[0]!]!, end: released.at(-1)! };
  };
  expect(dopamineOf('reward')).toEqual({ last: 1, first: 0.2, end: 0.2 });
  const { last, first, end } = dopamineOf('signed');
  expect(last).toBeCloseTo(0, 1);
  expect(first).toBeCloseTo(-0.8, 1);
  expect(Math.abs(end)).toBeLessThan(0.1);
});

it('measures a life by what follows a move', () => {
  // Ten trips to a reward that is then moved; six more to the old end, a crash, and then the new one.
  const end = [...Array(10).fill(0), ...Array(6).fill(0), -1, ...Array(13).fill(1)] as number[];
  const large = [...Array(10).fill(0), ...Array(20).fill(1)] as number[];
  const reward = end.map((reached, trip) => (reached < 0 ? -0.4 : reached === large[trip] ? 1 : 0.2));
  const measures = measuresOf({ end, large, reward, moves: [10] });
  expect(measures.large).toBeCloseTo(23 / 30, 12);
  expect(measures.crashes).toBeCloseTo(1 / 30, 12);
  expect(measures).toMatchObject({
    largeBefore: 1,
    largeAfter: 0.3,
    largeLater: 1,
    crashesEnd: 0,
    tripsToRegain: 6,
  });
});

it('is learned by the network as it comes, and not where dopamine teaches next to nothing', async () => {
  const lives = async (set: string[]) => {
    const { habitat } = await resolveRun({ task: 't-maze', set });
    const runner = new LifetimeRunner(habitat);
    return [0, 1].map((life) => runner.live(habitat.space.start, deriveSeed('net', life), 1).score);
  };
  for (const score of await lives([])) expect(score).toBeGreaterThan(122);
  for (const score of await lives(['task.parameters={"eta":1e-6}'])) expect(score).toBeLessThan(122);
});
