import { expect, it } from 'vitest';
import { deriveSeed } from '../../src/math/seed.js';
import { mean } from '../../src/math/statistics.js';
import { prepareTask } from '../../src/tasks/table.js';
import { discoveryFigure } from '../../src/tasks/target-discovery/figure.js';
import { eliminating } from '../../src/tasks/target-discovery/policies.js';
import { type DiscoveryTrace, emptyDiscoveryTrace } from '../../src/tasks/target-discovery/trace.js';
import type { Controller, PreparedTask } from '../../src/tasks/task.js';

const prepared = (options: object = {}) =>
  prepareTask({ name: 'target-discovery', ...options }) as PreparedTask<DiscoveryTrace>;

/** Traces of lives of who says yes each time, or of a policy. */
function lives(count: number, policy?: Controller) {
  const { live, scenarios } = prepared();
  const yes: Controller = { body: {}, reset: () => {}, respond: (_, action) => action.set([1, 0]) };
  return Array.from({ length: count }, (_, life) => {
    const trace = emptyDiscoveryTrace();
    const { score } = live(scenarios[0]!, deriveSeed('find', life), policy ?? yes, trace);
    return { score, trace };
  });
}

it('shows two different cues of four, of which one is the target in half of the trials', () => {
  const all = lives(60).map(({ trace }) => trace);
  const pairs = new Set(all.flatMap(({ first, second }) => first.map((cue, i) => `${cue}${second[i]}`)));
  expect(pairs.size).toBe(12);
  const shown = mean(all.flatMap(({ isTarget }) => isTarget));
  expect(Math.abs(shown - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / (60 * 40)));
  expect(all[0]!.right).toHaveLength(40);
});

it('shows cues as bits, then asks, then tells', () => {
  const { live, scenarios } = prepared({ trials: 3, bits: 6, gapMs: 20 });
  const seen: string[] = [];
  const watching: Controller = {
    body: {},
    reset: () => {},
    respond: (observation, action) => {
      const kinds = ['answer', 'yes', 'no', 'reward'].filter((_, i) => observation[6 + i]! > 0);
      const row = observation.subarray(0, 6).some((bit) => bit > 0) ? 'cue' : kinds.join(' ');
      if (row !== seen.at(-1)) seen.push(row);
      action.set([0, 1]);
    },
  };
  const trace = emptyDiscoveryTrace();
  live(scenarios[0]!, 'b175', watching, trace);
  const told = trace.right.flatMap((right) => [
    'cue',
    '',
    'cue',
    '',
    'answer',
    '',
    right ? 'no reward' : 'no',
    '',
  ]);
  expect(seen).toEqual(told);
});

it('is learned within a few pairs by who eliminates: one error in a life, and none in its last third', () => {
  const found = lives(400, eliminating(20, 4));
  expect(found.every(({ score }) => score === 1)).toBe(true);
  const errors = found.map(({ trace }) => trace.right.filter((right) => right === 0).length);
  // A toss at the first pair, and another at the first that parts the two cues that are left.
  expect(Math.abs(mean(errors) - 1)).toBeLessThan(4 * Math.sqrt(0.5 / 400));
  expect(Math.max(...errors)).toBe(2);
});

it('says where the lives before and after evolution are one line, and what a share is of', () => {
  const [one, other] = lives(2).map((life) => ({
    ...life,
    ...{ scenario: 'new cues', heldOut: false, measures: {}, behaviour: {} },
  }));
  const drawn = (before: typeof one, after: typeof one) =>
    JSON.stringify(discoveryFigure.lives([before!], [after!]));
  expect(drawn(one, one)).toContain('both lives are the same');
  expect(drawn(one, other)).not.toContain('both lives are the same');
  expect(drawn(one, other)).toContain('share of the last 10');
  const short = { ...one!, trace: { ...one!.trace, right: one!.trace.right.slice(0, 6) } };
  expect(drawn(short, short)).toContain('right answers (share so far)');
});
