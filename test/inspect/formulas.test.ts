import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedRun, openRun } from '../../src/evolve/opened-run.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { startRun } from '../../src/evolve/run.js';
import { familiesOf, formulasOfRun, type RunFormulas } from '../../src/inspect/families.js';
import { formulaCards, formulaHistory } from '../../src/inspect/formulas.js';
import { familiesReport, formulaSections } from '../../src/report/formulas.js';

const root = mkdtempSync(join(tmpdir(), 'baldwin-formulas-'));
afterAll(() => rmSync(root, { recursive: true }));

let opened: OpenedRun;
beforeAll(async () => {
  const resolved = await resolveRun({
    task: 'go-no-go',
    genome: 'go-no-go-form',
    strategy: 'cgp',
    seed: 3,
    budget: { generations: 6 },
    set: ['seeds=common', 'task.trials=100', 'freshEpisodes=2', 'strategy.mutation.rate=0.2'],
  });
  const { path, reused } = await startRun(resolved, root, 'forms', { workers: 1 });
  // Idle genes change in most children: what they say had been lived.
  expect(reused).toBeGreaterThan(0);
  opened = await openRun(path);
});

describe('the formulas of a run', () => {
  it('are those of its champion, canonical beside what is said, and stand in its rules', () => {
    const { habitat, champion } = opened;
    const [card, ...others] = formulaCards(habitat.space, champion);
    expect(others).toEqual([]);
    expect(card!.name).toBe('toGo & toNoGo ?f');
    const [go] = habitat.networkOf(champion).projections.filter(({ name }) => name === 'toGo');
    const [outcome] = go!.plasticity!.rule.onEvent!.outcome!;
    expect([`w += eta * ${card!.said}`, `w += eta * (${card!.said})`]).toContain(outcome);
  });

  it('have a history that ends at the champion, each step better than the one before', () => {
    const history = formulaHistory(opened);
    expect(history.at(-1)).toMatchObject({
      score: opened.best.score,
      formulas: formulaCards(opened.habitat.space, opened.champion).map(({ canonical }) => canonical),
    });
    for (const [i, { score }] of history.entries())
      if (i > 0) expect(score).toBeGreaterThan(history[i - 1]!.score);
  });

  it('are shown where there are any, and nowhere else', () => {
    const cards = formulaCards(opened.habitat.space, opened.champion);
    const sections = formulaSections(cards, formulaHistory(opened));
    expect(sections.map(({ title }) => title)).toEqual(['Formulas that evolved', 'How they came about']);
    expect(formulaSections([], [])).toEqual([]);
  });
});

describe('families', () => {
  const found = (
    run: string,
    score: number,
    said: string,
    canonical: string,
    fresh: number | null,
  ): RunFormulas => ({
    ...{ run, seed: 1, score, fresh },
    formulas: [{ name: 'f', said, canonical, size: 3 }],
  });
  const runs = [
    found('s/a', 1, 'E * R', 'E * R', 0.5),
    found('s/b', 5, 'E * (R - 1)', 'E * (R - 1)', 4),
    found('s/c', 7, 'E * R - E', 'E * (R - 1)', null),
  ];

  it('put runs together that say the same, the best first, and count those that say what is asked for', () => {
    const { families, like } = familiesOf(runs, '-E + R*E');
    expect(families).toEqual([
      { formulas: ['E * (R - 1)'], runs: ['s/b', 's/c'], medianScore: 6, medianFresh: 4 },
      { formulas: ['E * R'], runs: ['s/a'], medianScore: 1, medianFresh: 0.5 },
    ]);
    expect(like).toEqual({ formula: 'E * (R - 1)', runs: ['s/b', 's/c'] });
    const { sections } = familiesReport('s', familiesOf(runs, 'E'));
    expect(JSON.stringify(sections)).toContain('0 of 3 runs say E.');
  });

  it('take what a run holds', () => {
    const { score, fresh, formulas } = formulasOfRun(opened, 'forms');
    expect([score, formulas.length]).toEqual([opened.best.score, 1]);
    expect(Number.isFinite(fresh)).toBe(true);
  });
});
