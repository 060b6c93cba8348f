import { describe, expect, it } from 'vitest';
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
    const { figures, pass, arms } = await reproduce(small, 3, (arm, seed) => seen.push(`${arm} ${seed}`));
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
    expect((await reproduce(small, 3)).figures).toEqual(figures);
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
