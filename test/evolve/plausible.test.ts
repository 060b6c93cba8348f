import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { filterMeasures } from '../../src/evaluate/vitals.js';
import { constraintSchema, excess } from '../../src/evolve/constraints.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { startRun } from '../../src/evolve/run.js';
import type { JudgedLife } from '../../src/objectives/objective.js';
import { short } from '../tasks/short-lives.js';
import { temporaryFolder } from './small-run.js';

const set = short['go-no-go'].map((setting) => `task.${setting}`);
const run = { task: 'go-no-go', strategy: 'nsga2' };
const asking = (constraints: object[]) => ({
  ...run,
  set: [...set, `constraints=${JSON.stringify(constraints)}`],
});

describe('plausibility filters asked for by a run', () => {
  it('are measures of its lives, and change nothing else in them', async () => {
    const lives = [];
    for (const request of [{ ...run, set }, asking([{ measure: 'filter.saturated' }])]) {
      const { habitat } = await resolveRun(request);
      lives.push(new LifetimeRunner(habitat).live(habitat.space.start, 'a seed', 2));
    }
    const [plain, watched] = lives as [(typeof lives)[0], (typeof lives)[0]];
    const names = Object.keys(watched.measures).filter((name) => name.startsWith('filter.'));
    expect(names.sort()).toEqual([...filterMeasures].sort());
    const { measures, ...rest } = watched;
    expect({ ...rest, measures: { ...plain.measures, ...measures } }).toEqual({
      ...plain,
      measures,
    });
    expect(measures['filter.rateHz']).toBeGreaterThan(1);
  });

  it('are told of the start and of the champion too', async () => {
    const { set: settings, ...request } = asking([{ measure: 'filter.rateHz' }]);
    const resolved = await resolveRun({
      ...{ ...request, budget: { generations: 1 } },
      set: [...settings, 'strategy.population=4', 'freshEpisodes=2'],
    });
    const { best, reference } = await startRun(resolved, temporaryFolder(), 'watched', { workers: 1 });
    for (const { measures } of [best!, reference.untrained])
      expect(measures['filter.rateHz']).toBeGreaterThan(0);
  });

  it('have their published range where no limit is given', () => {
    const life = (rateHz: number) => ({ measures: { 'filter.rateHz': rateHz } }) as unknown as JudgedLife;
    const plain = constraintSchema.parse({ measure: 'filter.rateHz' });
    expect([0.5, 20, 60].map((rate) => excess([plain], life(rate))[0])).toEqual([0.5, -19, 10]);
    expect(excess([plain], life(Number.NaN))).toEqual([0]);
    const atMost = constraintSchema.parse({ measure: 'filter.rateHz', atMost: 10 });
    expect(excess([atMost], life(20))).toEqual([10]);
  });

  it.each([
    [
      { measure: 'energy', atMost: -40 },
      'atMost: expected 0 or more, which is the least that energy can be, found -40.',
    ],
    [{ measure: 'filter.fano', atMost: -1 }, 'atMost: expected 0 or more'],
    [
      { measure: 'goes', atLeast: 2 },
      'atLeast: expected 1 or less, which is the most that goes can be, found 2.',
    ],
  ])('refuse a limit that no life can keep to: %o', async (limit, message) => {
    await expect(resolveRun(asking([limit]))).rejects.toThrow(`command line: constraints[0].${message}`);
  });

  it('need limits where they are no filters, and strategies that keep to them', async () => {
    expect(constraintSchema.safeParse({ measure: 'accuracy' }).success).toBe(false);
    await expect(resolveRun(asking([{ measure: 'filter.rate' }]))).rejects.toThrow(/atLeast and atMost/);
    await expect(resolveRun(asking([{ measure: 'filter.rate', atMost: 1 }]))).rejects.toThrow(
      /filter\.rateHz/,
    );
    await expect(resolveRun({ ...asking([{ measure: 'filter.rateHz' }]), strategy: 'ga' })).rejects.toThrow(
      /constraint/,
    );
  });
});
