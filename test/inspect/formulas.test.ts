import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedRun, openRun } from '../../src/evolve/opened-run.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { startRun } from '../../src/evolve/run.js';
import { parseExpression } from '../../src/expression/parse.js';
import { printExpression } from '../../src/expression/print.js';
import { distancesOf } from '../../src/inspect/distances/distances.js';
import { familiesOf } from '../../src/inspect/families.js';
import {
  guardsActed,
  isMultiple,
  sameValues,
  simplifiedOn,
  valuesOn,
} from '../../src/inspect/formula-values.js';
import { formulaCards, formulaHistory } from '../../src/inspect/formulas.js';
import { type RunRules, rulesOfRun } from '../../src/inspect/run-rules.js';
import { visitedInputs } from '../../src/inspect/visited.js';
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
}, 60_000);

describe('the formulas of a run', () => {
  it('are seen with their inputs where a task resets the network more than once an episode', async () => {
    const { path } = await startRun(
      await resolveRun({
        ...{ task: 'correlation-driven', genome: 'correlation-driven-form', strategy: 'cgp', seed: 2 },
        budget: { generations: 1 },
        set: [
          ...['seeds=common', 'freshEpisodes=2', 'task.trials=2', 'task.learnS=2', 'task.testS=2'],
          ...['task.inputs=100', 'task.rateHz=60'],
        ],
      }),
      root,
      'resets',
      { workers: 1 },
    );
    const seen = visitedInputs(await openRun(path));
    expect(seen.map(({ inputs }) => inputs)).toEqual([
      ['w', 'x'],
      ['w', 'x'],
    ]);
    for (const { samples } of seen) {
      expect(samples.length).toBeGreaterThan(10);
      expect(samples.flat().every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });

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

describe('what formulas were given', () => {
  it('is taken from the life of the champion, which stays as it was', () => {
    const [seen] = visitedInputs(opened);
    expect(seen!.inputs).toEqual(['c', 'w', 'm.DA', 'm.NA']);
    expect(seen!.samples.length).toBeGreaterThan(50);
    // Weights are within their bounds, eligibilities are not all alike.
    for (const [, w] of seen!.samples) expect(w! >= 0 && w! <= 1).toBe(true);
    expect(new Set(seen!.samples.map(([c]) => c)).size).toBeGreaterThan(20);
  });

  const inputs = ['R', 'E'];
  const given = [
    [1, 2],
    [-1, 3],
    [1, 0],
    [-1, -0.5],
  ];
  const on = (text: string) => printExpression(simplifiedOn(parseExpression(text), inputs, given));
  const values = (text: string) => valuesOn(parseExpression(text), inputs, given);

  it('makes formulas shorter: what had one value only is that value', () => {
    expect(on('quotient(E*(R - 1), R*R)')).toBe('E * (R - 1)');
    expect(on('E + abs(R)')).toBe('E + 1');
    expect(on('E*R')).toBe('E * R');
  });

  it('tells formulas apart by their values, and multiples from others', () => {
    expect(sameValues(values('E/R'), values('E*R'))).toBe(true);
    expect(sameValues(values('E/R'), values('E'))).toBe(false);
    expect(isMultiple(values('3*E*R'), values('E/R'))).toBe(true);
    expect(isMultiple(values('-E'), values('E'))).toBe(false);
    expect(isMultiple(values('E + 0.1'), values('E'))).toBe(false);
  });

  it.each([
    ['quotient(R, E)', 1],
    ['sqrt(abs(E))', 1],
    ['pow(abs(R), E) + sqrt(abs(E))', 2],
    ['exp(min(E*10, 20))', 1],
    ['log(max(abs(E), 1e-9))', 2],
    ['R*E', undefined],
  ])('counts where guards of %s acted', (text, acted) => {
    expect(guardsActed(parseExpression(text), inputs, given)).toBe(acted);
  });
});

describe('families', () => {
  const samples = [
    [1, 2],
    [-1, 3],
  ];
  const found = (
    run: string,
    score: number,
    said: string,
    canonical: string,
    fresh: number | null,
  ): RunRules => ({
    ...{
      run,
      seed: 1,
      score,
      fresh,
      visited: [{ name: 'f', inputs: ['R', 'E'], samples }],
      rules: new Map(),
    },
    formulas: [{ name: 'f', said, canonical, size: 3 }],
  });
  const runs = [
    found('s/a', 1, 'E * R', 'E * R', 0.5),
    found('s/b', 5, 'E * (R - 1)', 'E * (R - 1)', 4),
    found('s/c', 7, 'E * R - E', 'E * (R - 1)', null),
    found('s/d', 2, 'quotient(E, R)', 'E / R', 1.5),
    found('s/e', 3, '4 * E * (R - 1)', '4 * E * (R - 1)', 1),
  ];

  const families = async (of: readonly RunRules[], cut = 0, like?: string) =>
    familiesOf(of, await distancesOf(of, [], { kind: 'functional', lives: 0 }), cut, like);

  it('put runs together that say the same, the best first, and count those that say what is asked for', async () => {
    const { families: found, like } = await families(runs, 0, '-E + R*E');
    expect(found).toEqual([
      { formulas: ['E * (R - 1)'], runs: ['s/b', 's/c'], forms: 1, medianScore: 6, medianFresh: 4 },
      { formulas: ['4 * E * (R - 1)'], runs: ['s/e'], forms: 1, medianScore: 3, medianFresh: 1 },
      { formulas: ['E * R'], runs: ['s/a', 's/d'], forms: 2, medianScore: 1.5, medianFresh: 1 },
    ]);
    expect(like).toEqual({ formula: 'E * (R - 1)', runs: ['s/b', 's/c'], multiples: ['s/e'] });
    expect(JSON.stringify(familiesReport('s', await families(runs, 0, 'E')).sections)).toContain(
      '0 of 5 runs say E,',
    );
  });

  it('keep runs apart whose rules have other holes', async () => {
    const other = { ...runs[0]!, run: 's/f', formulas: [{ ...runs[0]!.formulas[0]!, name: 'g' }] };
    const two = { ...runs[0]!, run: 's/g', formulas: [...runs[0]!.formulas, ...other.formulas] };
    const { families: found, distances } = await families([runs[0]!, other, two]);
    expect(found).toHaveLength(3);
    // Nothing in common, and one of two holes in common.
    expect(distances.matrix[0]).toEqual([0, 1, 0.5]);
  });

  it('refuse to look for what is no formula of the inputs', async () => {
    await expect(families(runs, 0, 'Q*2')).rejects.toThrow(/--like: "Q\*2" is no formula over R, E/);
  });

  it('take what a run holds', () => {
    const { score, fresh, formulas } = rulesOfRun(opened, 'forms');
    expect([score, formulas.length]).toEqual([opened.best.score, 1]);
    expect(Number.isFinite(fresh)).toBe(true);
  });
});
