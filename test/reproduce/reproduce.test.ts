import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { failedLifetime } from '../../src/evaluate/lives.js';
import { seeds } from '../../src/evaluate/seeds.js';
import type { Evaluator } from '../../src/evolve/evaluators/evaluator.js';
import { poolHost } from '../../src/evolve/evaluators/pool.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { reproduce } from '../../src/reproduce/reproduce.js';
import { loadReproduction, readReproduction, reproductionNames } from '../../src/reproduce/reproduction.js';
import { prepareTask, type TaskSpec } from '../../src/tasks/table.js';

const goNoGo = loadReproduction('go-no-go');
/** The same in lives that take no time. */
const small = readReproduction(
  {
    ...goNoGo,
    task: { name: 'go-no-go', trials: 100, cueMs: 100, gapMs: 20, heldOutShifts: 0 },
    arms: [
      { name: 'one', about: 'as it is' },
      { name: 'other', about: 'x', options: { noradrenaline: false } },
    ],
    figures: [
      { name: 'score', arm: 'one', measure: 'score' },
      { name: 'bursts', arm: 'one', measure: 'bursts', accept: [1, null] },
      { name: 'bursts', arm: 'other', measure: 'bursts', accept: [null, 0] },
    ],
  },
  'small',
);

describe('reproductions', () => {
  it.each(
    reproductionNames(),
  )('%s is named as its file, and its task can be prepared in every arm', async (name) => {
    const reproduction = loadReproduction(name);
    expect(reproduction.name).toBe(name);
    for (const { options } of reproduction.arms) {
      const task = { ...reproduction.task, ...options } as TaskSpec;
      expect(() => prepareTask(task)).not.toThrow();
      // With genes that fit the network, wherever that is made within a moment.
      if (name !== 'distal-reward') {
        const { genome } = reproduction;
        await resolveRun({ ...(genome ? { genome } : {}), file: { path: name, value: { task } } });
      }
      if (reproduction.networkSeed === undefined) continue;
      expect(() => prepareTask({ ...task, [reproduction.networkSeed!]: 3 })).not.toThrow();
    }
    expect(reproduction.doi).toMatch(/^10\.\d+\//);
    expect(reproduction.figures.some(({ accept }) => accept !== undefined)).toBe(true);
  });

  it('tell mean, spread and number of lives, and whether what is asked is met', async () => {
    const seen: string[] = [];
    const { figures, pass, arms } = await reproduce(small, 3, {
      traced: true,
      onLife: (arm, lived) => seen.push(`${arm} ${lived}`),
    });
    expect(seen).toEqual(['one 1', 'one 2', 'one 3', 'other 1', 'other 2', 'other 3']);
    expect(figures.map(({ ours }) => ours.n)).toEqual([3, 3, 3]);
    expect(figures[0]!.ours.value).toBeGreaterThan(0);
    expect(figures.map((figure) => figure.pass)).toEqual([null, true, true]);
    expect(figures[2]!.ours).toEqual({ value: 0, spread: 0, n: 3 });
    expect(pass).toBe(true);
    expect(arms.map(({ name, traces }) => [name, traces.length])).toEqual([
      ['one', 3],
      ['other', 3],
    ]);
    expect(await reproduce(small, 3)).toEqual({ figures, pass, arms: [] });
  });

  it('are the same to the bit on a pool, with what is drawn', async () => {
    const host = poolHost({ workers: 2 });
    try {
      const pooled = await reproduce(small, 2, { host, traced: true });
      expect(pooled).toStrictEqual(await reproduce(small, 2, { traced: true }));
      expect(pooled.arms[0]!.traces[0]).not.toEqual(pooled.arms[0]!.traces[1]);
    } finally {
      await host.close();
    }
  });

  it('begin no life after one that failed, and tell of the first in order, whichever ended first', async () => {
    const begun: string[] = [];
    const delaysMs: Readonly<Record<string, number>> = { 1: 300, 2: 100, 3: 0 };
    const evaluator: Evaluator = {
      workers: 2,
      evaluate: async ([life]) => {
        const seed = [1, 2, 3].find((number) => seeds.reproduction('go-no-go', number) === life!.seed)!;
        begun.push(`${seed}`);
        await sleep(delaysMs[seed]);
        return [failedLifetime(`life ${seed}`)];
      },
      close: async () => {},
    };
    const host = { workers: 2, evaluatorOf: () => evaluator, close: async () => {} };
    await expect(reproduce(small, 3, { host })).rejects.toThrow('reproduction go-no-go: seed 1: life 1.');
    expect(begun.sort()).toEqual(['1', '2', '3']);
  });

  it('do not pass where a figure is missed', async () => {
    const strict = { ...small, figures: [{ ...small.figures[0]!, accept: [2, null] as [number, null] }] };
    const { figures, pass } = await reproduce(strict, 2);
    expect(figures[0]!.pass).toBe(false);
    expect(pass).toBe(false);
  });

  it.each([
    [
      { figures: [{ name: 'x', arm: 'DA+NA', measure: 'score' }] },
      /figures\[0\]\.arm: expected one of DA, DA \+ NA/,
    ],
    [
      { figures: [{ name: 'x', arm: 'DA', measure: 'speed' }] },
      /figures\[0\]\.measure: expected one of score, /,
    ],
    [{ task: { name: 'go' } }, /task\.name/],
    [{ seeds: 1 }, /seeds: expected a number of at least 2/],
  ])('are refused with %j', (change, message) => {
    expect(() => readReproduction({ ...goNoGo, ...change }, 'file')).toThrow(message);
  });
});

describe('go/no-go after Mei et al. 2025', () => {
  it('has all that is asked of it, with fewer seeds', async () => {
    const { figures, pass } = await reproduce(goNoGo, 3);
    expect(figures.filter((figure) => figure.pass === false)).toEqual([]);
    expect(pass).toBe(true);
  });
});
