import { describe, expect, it } from 'vitest';
import { excess, violation } from '../../src/evolve/constraints.js';
import { betterOf, ranked } from '../../src/evolve/incumbent.js';
import { objectivesOf, settleObjectives } from '../../src/evolve/objectives.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { startRun } from '../../src/evolve/run.js';
import { outcomeHash } from '../../src/evolve/run-spec.js';
import type { JudgedLife } from '../../src/objectives/objective.js';
import { objectiveParts, objectives } from '../../src/objectives/table.js';
import { StoredRun } from '../../src/store/run-store.js';
import type { StepRecord } from '../../src/store/steps.js';
import { temporaryFolder } from '../evolve/small-run.js';

const life: JudgedLife = {
  score: 100,
  measures: { foodEaten: 3 },
  energy: 12,
  genesChanged: 10,
  formulaSize: 4,
};

describe.each(Object.keys(objectives))('the objective %s', (name) => {
  it('says what it is, and judges a life by a finite number', () => {
    const objective = objectiveParts.entries[name]!;
    expect(objective.summary.length).toBeGreaterThan(10);
    const [ready] = objectivesOf(
      settleObjectives({ name, ...(name === 'measure' ? { measure: 'foodEaten' } : {}) }, 'test'),
    );
    expect(Number.isFinite(ready!.value(life))).toBe(true);
    expect(ready!.name).toBe(name);
  });
});

describe('objectives', () => {
  const value = (field: object) =>
    objectivesOf(settleObjectives(field, 'test')).map((objective) => objective.value(life));

  it('are the score, less a penalty by genes changed and not below a floor, where no name is given', () => {
    expect(value({ sparsity: { coefficient: 0.1, exponent: 1.3 } })[0]).toBeCloseTo(
      100 - 0.1 * 10 ** 1.3,
      12,
    );
    expect(value({ sparsity: { coefficient: 100, exponent: 1.3 }, floor: 0 })).toEqual([0]);
    expect(settleObjectives({}, 'test')).toEqual({ sparsity: null, floor: null });
    expect(settleObjectives(undefined, 'test')).toEqual({ sparsity: null, floor: null });
  });

  it('may be several, told in their order', () => {
    expect(
      value([
        { name: 'score' },
        { name: 'energy' },
        { name: 'complexity' },
        { name: 'measure', measure: 'foodEaten', goal: 'low' },
      ]),
    ).toEqual([100, -12, -10, -3]);
  });

  it.each([
    [[], /objective: expected at least one/],
    [7, /objective: expected the settings of an objective/],
    [{ name: 'scor' }, /Unknown objective "scor"\. Did you mean "score"/],
    [{ name: 'energy', floor: 1 }, /floor/],
    [[{ name: 'score' }, { name: 'score' }], /objective\[1\]: expected each objective once/],
    [[{ sparsity: null }], /objective\[0\]: expected \{ "name"/],
  ])('%j are refused', (field, message) => {
    expect(() => settleObjectives(field, 'run.json')).toThrow(message);
  });

  it('that name a measure that the task lacks are refused, and strategies that take fewer', async () => {
    const run = (objective: unknown, strategy = 'ga') =>
      resolveRun({ strategy, file: { path: 'run.json', value: { objective } } });
    await expect(run({ name: 'measure', measure: 'foodEatn' })).rejects.toThrow(
      /objective "measure": measure: unknown measure "foodEatn"\. Did you mean "foodEaten"/,
    );
    await expect(run([{ name: 'score' }, { name: 'energy' }])).rejects.toThrow(
      /the strategy "ga" takes 1 objective, and there are 2 here\. Use nsga2 or random/,
    );
    expect((await run([{ name: 'score' }, { name: 'energy' }], 'random')).spec.objective).toHaveLength(2);
  });

  it('leave the hash of runs without a name as it was, and the preset’s penalties to those', async () => {
    const unnamed = (await resolveRun({})).spec;
    expect(unnamed.objective).toEqual({ sparsity: { coefficient: 0.1, exponent: 1.3 }, floor: 0 });
    const named = (await resolveRun({ objective: ['score'] })).spec;
    expect(named.objective).toEqual({ name: 'score' });
    expect(outcomeHash(named)).not.toBe(outcomeHash(unnamed));
  });
});

describe('limits', () => {
  const limits = [
    { measure: 'energy', atMost: 10 },
    { measure: 'foodEaten', atLeast: 2 },
  ];

  it('are told by how far a life is beyond them', () => {
    expect(excess(limits, life)).toEqual([2, -1]);
    expect(violation([2, -1])).toBe(2);
    expect(violation([null, -1])).toBe(Number.POSITIVE_INFINITY);
  });

  it('come before the objective when the best is chosen, of steps as they are recorded', () => {
    const record: StepRecord = {
      step: 0,
      evaluations: 4,
      score: [5, 9, 7, null],
      objective: [5, 9, 7, null],
      constraints: [[-1, 3, 0, null]],
      measures: {},
      elites: [],
    };
    expect(betterOf(null, record)).toMatchObject({ index: 2, objective: 7, violation: 0 });
    expect(ranked(record)).toEqual([2, 0, 1, 3]);
    const { constraints: _, ...free } = record;
    expect(betterOf(null, free)).toMatchObject({ index: 1, objective: 9 });
    expect(ranked(free)).toEqual([1, 2, 0, 3]);
  });

  it('are refused where a measure is not known, or both ends or none are given, or the strategy takes none', async () => {
    const run = (constraints: unknown, strategy = 'random') =>
      resolveRun({ strategy, file: { path: 'run.json', value: { constraints } } });
    await expect(run([{ measure: 'enrgy', atMost: 1 }])).rejects.toThrow(
      /constraints\[0\]\.measure: unknown measure "enrgy"/,
    );
    await expect(run([{ measure: 'energy' }])).rejects.toThrow(/one of atLeast and atMost/);
    await expect(run([{ measure: 'energy', atMost: 1 }], 'cma-es')).rejects.toThrow(/takes no constraints/);
  });
});

describe('a run with several objectives and limits', () => {
  it('stores them with each step, and its best keeps to the limits', async () => {
    const resolved = await resolveRun({
      strategy: 'random',
      objective: ['score', 'energy'],
      budget: { generations: 3 },
      file: { path: 'run.json', value: { constraints: [{ measure: 'touchSteps', atMost: 4 }] } },
      set: ['task.steps=40', 'strategy.batch=12', 'strategy.genes=40', 'freshEpisodes=2'],
    });
    const result = await startRun(resolved, temporaryFolder(), 'several', { workers: 1 });
    const { records } = new StoredRun(result.path);
    for (const { objective, objectives: all, constraints, measures } of records) {
      expect(all!.map(({ name }) => name)).toEqual(['score', 'energy']);
      expect(all![0]!.values).toEqual(objective);
      expect(all![1]!.values.every((value) => value !== null && value < 0)).toBe(true);
      expect(constraints![0]).toEqual(measures.touchSteps!.map((steps) => steps! - 4));
    }
    const { step, index } = result.best!;
    expect(records[step]!.measures.touchSteps![index]).toBeLessThanOrEqual(4);
  });
});
