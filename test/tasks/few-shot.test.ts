import { describe, expect, it } from 'vitest';
import { noConnectome } from '../../src/connectome/none.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { deriveSeed } from '../../src/math/seed.js';
import { mean } from '../../src/math/statistics.js';
import { episodeOf } from '../../src/tasks/few-shot/life.js';
import { options } from '../../src/tasks/few-shot/options.js';
import { accuracyOfNearest } from '../../src/tasks/few-shot/reference.js';
import { fewShot } from '../../src/tasks/few-shot/task.js';
import { runnerIn } from '../evaluate/runner-in.js';

describe('the nearest sum of the support', () => {
  it.each([
    { bits: 64, flips: 0.2, once: 0.94, five: 0.997 },
    { bits: 64, flips: 0.3, once: 0.585, five: 0.848 },
    { bits: 32, flips: 0.2, once: 0.801, five: 0.952 },
    { bits: 128, flips: 0.3, once: 0.744, five: 0.958 },
  ])('answers as often as simulations found, of $bits bits of which $flips flip', ({ once, five, ...of }) => {
    // Those had 500 to 2000 episodes of five queries.
    expect(Math.abs(accuracyOfNearest({ classes: 5, shots: 1, ...of }) - once)).toBeLessThan(0.006);
    expect(Math.abs(accuracyOfNearest({ classes: 5, shots: 5, ...of }) - five)).toBeLessThan(0.006);
  });

  it('tosses where bits say nothing, and is always right where none flips', () => {
    expect(accuracyOfNearest({ classes: 4, bits: 8, flips: 0.5, shots: 3 })).toBeCloseTo(0.25, 12);
    expect(accuracyOfNearest({ classes: 2, bits: 200, flips: 0, shots: 1 })).toBeCloseTo(1, 12);
    // One bit, two classes: half of the time the other class has the bit too, and a toss decides.
    expect(accuracyOfNearest({ classes: 2, bits: 1, flips: 0, shots: 1 })).toBeCloseTo(0.75, 12);
  });

  it('answers as calculated in episodes of the task, in every scenario', () => {
    const settings = options.parse({ bits: 24, queries: 50, shots: 2 });
    const { scenarios, heldOut, oracle } = fewShot.prepare(settings);
    for (const scenario of [...scenarios, ...heldOut]) {
      const scores = Array.from({ length: 60 }, (_, i) => oracle(scenario, deriveSeed('nearest', i)).score);
      expect(Math.abs(mean(scores) - scenario.ceiling.score)).toBeLessThan(0.03);
    }
  });
});

describe('an episode', () => {
  const plan = { settings: options.parse({ queries: 12 }), body: {}, flips: 0.2, shots: 3 };

  it('shows each class as often as there are shots, then asks them in turn', () => {
    const { support, queries } = episodeOf(plan, deriveSeed('episode'));
    const seen = (label: number) => support.filter((each) => each.label === label).length;
    expect([0, 1, 2, 3, 4].map(seen)).toEqual([3, 3, 3, 3, 3]);
    expect(
      queries
        .map(({ label }) => label)
        .slice(0, 5)
        .sort(),
    ).toEqual([0, 1, 2, 3, 4]);
    expect(queries).toHaveLength(12);
  });

  it('flips as many bits as it says', () => {
    const { support } = episodeOf({ ...plan, shots: 200 }, deriveSeed('flips'));
    const first = support.filter(({ label }) => label === 0).map(({ pattern }) => pattern);
    // A bit's majority is its prototype's.
    const prototype = Array.from({ length: 64 }, (_, bit) =>
      mean(first.map((of) => of[bit]!)) > 0.5 ? 1 : 0,
    );
    const differing = mean(first.map((of) => mean(prototype.map((bit, i) => (of[i] === bit ? 0 : 1)))));
    // 12,800 bits: three standard errors.
    expect(Math.abs(differing - 0.2)).toBeLessThan(0.011);
  });
});

describe('the circuit', () => {
  const scoreOf = async (options: object, episodes = 24) => {
    const runner = await runnerIn({
      connectome: noConnectome,
      genome: loadGenomeSpec('few-shot', 'test'),
      network: null,
      task: { name: 'few-shot', parameters: { eta: 0.03 }, ...options },
    });
    const { start } = runner.habitat.space;
    return mean(
      Array.from({ length: episodes }, (_, i) => runner.live(start, deriveSeed('life', i), 1).score),
    );
  };

  it('learns classes from one presentation by a teacher, and nothing at a rate of 0', async () => {
    // 120 queries at 1/5: three standard errors are 0.11.
    expect(await scoreOf({})).toBeGreaterThan(0.5);
    expect(await scoreOf({ parameters: { eta: 1e-5 } })).toBeLessThan(0.32);
  });

  it('learns from rewards alone, but more slowly', async () => {
    const rewarded = await scoreOf({ teaching: 'reward', shots: 20, flips: 0.1 }, 8);
    const taught = await scoreOf({ flips: 0.1 });
    expect(rewarded).toBeGreaterThan(0.35);
    expect(rewarded).toBeLessThan(taught);
  });
});
