import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { seeds } from '../../src/evaluate/seeds.js';
import { openRun } from '../../src/evolve/opened-run.js';
import { startRun } from '../../src/evolve/run.js';
import { type ScenarioScore, scenarioMatrix, scenarioScores } from '../../src/inspect/scenario-matrix.js';
import { mean } from '../../src/math/statistics.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { scenarioMatrixFigure } from '../../src/report/figures/scenario-matrix.js';
import { scenarioMatrixReport } from '../../src/report/scenario-matrix.js';
import { smallRun, temporaryFolder } from '../evolve/small-run.js';

describe('scores by scenario', () => {
  it('are those of fresh lives, for what evolution lived and what it did not', async () => {
    const resolved = await smallRun([
      'budget.generations=2',
      'task.startJitterUnits=10',
      'task.patterns=["square","triangle"]',
      'task.heldOut=pentagon',
    ]);
    const { path } = await startRun(resolved, temporaryFolder(), 'small', { workers: 1 });
    const opened = await openRun(path);
    const scores = await scenarioScores(opened, 3);
    expect(scores.map(({ scenario, heldOut }) => [scenario, heldOut])).toEqual([
      ['square', false],
      ['triangle', false],
      ['pentagon', true],
    ]);
    const runner = new LifetimeRunner(opened.habitat);
    const lived = runner.lives(opened.champion, seeds.fresh(opened.spec.seed, 3), { set: 'heldOut' });
    expect(scores[2]!.champion).toBe(mean(lived.map(({ score }) => score)));
    const start = runner.lives(opened.habitat.space.start, seeds.fresh(opened.spec.seed, 3), {});
    expect(scores[0]!.untrained! + scores[1]!.untrained!).toBeCloseTo(
      mean(start.map(({ score }) => score)),
      9,
    );
  });
});

describe('the matrix of a study', () => {
  const run = (...scores: [string, boolean, number | null, number][]): ScenarioScore[] =>
    scores.map(([scenario, heldOut, champion, untrained]) => ({
      ...{ scenario, heldOut, chance: 0.1, ceiling: 1, champion, untrained },
      failed: champion === null ? 10 : 0,
    }));
  const runs = [0.5, 0.6, 0.9, 0.7, 0.8].map((score) =>
    run(['maze', false, score, 0.4], ['pole', true, null, 0.2]),
  );
  const other = [run(['maze', true, 0.3, 0.4], ['pole', false, 1, 0.2])];
  const found = scenarioMatrix(
    [
      { arm: 'at the maze', about: '', runs },
      { arm: 'at the pole', about: '', runs: other },
    ],
    10,
  );

  it('has medians over runs, of scores and of what was gained, with intervals from five on', () => {
    const [maze, pole] = found.arms[0]!.cells;
    expect(maze!.champion).toMatchObject({ n: 5, median: 0.7 });
    expect(maze!.champion!.interval!.low).toBeGreaterThanOrEqual(0.5);
    expect(maze!.champion!.interval!.high).toBeLessThanOrEqual(0.9);
    expect(maze!.gain!.median).toBeCloseTo(0.3, 12);
    expect(pole!.champion).toBeNull();
    expect(found.arms[1]!.cells[0]!.gain).toMatchObject({ n: 1, interval: null });
  });

  it('is told as a table, and drawn', async () => {
    const { sections, notices } = scenarioMatrixReport('made up', found);
    expect(notices).toEqual(['50 lives failed and are left out of the means.']);
    expect(sections[0]!.parts[0]).toMatchObject({
      columns: ['arm', 'runs', 'maze', 'pole'],
      rows: [
        ['at the maze', '5', '0.7 *', '-'],
        ['at the pole', '1', '0.3', '1 *'],
      ],
    });
    const figure = scenarioMatrixFigure('made up', found);
    expect(JSON.stringify(figure)).toContain('"text":"0.1 to 1"');
    expect((await renderFigure(figure)).length).toBeGreaterThan(5_000);
  });
});
