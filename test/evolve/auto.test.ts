import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../../src/evolve/conformance/searches.js';
import { type RunRequest, resolveRun } from '../../src/evolve/resolve.js';
import { rules, whichStrategy } from '../../src/strategies/which.js';

const chosen = async (request: RunRequest) => {
  const { spec, notices } = await resolveRun({ ...request, strategy: 'auto' });
  return { ...spec.strategy, notices };
};

describe('the strategy auto', () => {
  it('takes the strategy that fits the run, says which and why, and is recorded by its name', async () => {
    const worm = await chosen({ budget: { evaluations: 1000 } });
    expect(worm).toMatchObject({ name: 'niches', evaluations: 1000 });
    expect(worm.notices[0]).toMatch(
      /^strategy niches: chosen where genes are more than 400.*which-strategy\.md/,
    );
    const learner = await chosen({ task: 'go-no-go', budget: { evaluations: 600 } });
    expect(learner.name).toBe('cma-es');
    const formulas = await chosen({ task: 'reward-driven', genome: 'reward-driven-form' });
    expect(formulas.name).toBe('cgp');
    const several = await chosen({ objective: ['score', 'complexity'] });
    expect(several.name).toBe('nsga2');
  });

  it('may be named in a run file, and keeps settings for what it takes', async () => {
    const file = { path: 'run.json', value: { strategy: 'auto', budget: { evaluations: 900 } } };
    const { spec } = await resolveRun({ file, set: ['strategy.batch=7'] });
    const named = { ...file, value: { ...file.value, strategy: { name: 'auto' } } };
    expect((await resolveRun({ file: named, set: ['strategy.batch=7'] })).spec).toEqual(spec);
    expect(spec.strategy).toMatchObject({ name: 'niches', batch: 7, evaluations: 900 });
    expect(spec).toEqual(
      (await resolveRun({ strategy: 'niches', set: ['strategy.batch=7'], budget: { evaluations: 900 } }))
        .spec,
    );
    await expect(resolveRun({ file, set: ['strategy.sigma0=2'] })).rejects.toThrow(/sigma0/);
    const optioned = { ...file, value: { strategy: { name: 'auto', batch: 7 } } };
    await expect(resolveRun({ file: optioned })).rejects.toThrow(
      /run\.json: strategy: .*no options, found batch/,
    );
  });

  it('chooses by genes, budget, noise, integers, objectives and limits', () => {
    const box = (genes: number) =>
      problemOf(Array.from({ length: genes }, () => ({ low: 0, high: 2, start: 0 })));
    const integers = { ...box(5), levels: new Int32Array(5).fill(3) };
    const of = (problem: object, evaluations: number | undefined, fixed: boolean) =>
      whichStrategy({ problem: { ...box(10), ...problem }, evaluations, fixed }).preset;
    expect(of({}, 1000, true)).toBe('mads');
    expect(of({}, 1001, true)).toBe('cma-es');
    expect(of({}, 1000, false)).toBe('cma-es');
    expect(of({}, undefined, true)).toBe('cma-es');
    expect(of({ constraints: 1 }, 9000, true)).toBe('mads');
    expect(of({ constraints: 1 }, 9000, false)).toBe('nsga2');
    expect(of(box(60), 1000, true)).toBe('cma-es');
    expect(of(box(401), 1000, true)).toBe('niches');
    expect(of(integers, 1000, true)).toBe('niches');
    expect(of({ ...integers, constraints: 1 }, 1000, true)).toBe('nsga2');
  });

  it('stands as it is in docs/which-strategy.md', () => {
    const page = readFileSync(new URL('../../docs/which-strategy.md', import.meta.url), 'utf8');
    const rows = rules.map(({ when, preset, because }) => `| ${when} | \`${preset}\` | ${because} |`);
    expect(page).toContain(rows.join('\n'));
  });
});
