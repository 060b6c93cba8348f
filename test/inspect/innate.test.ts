import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProcessHost } from '../../src/evolve/evaluators/in-process.js';
import { improvements } from '../../src/evolve/incumbent.js';
import { type OpenedRun, openRun } from '../../src/evolve/opened-run.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { startRun } from '../../src/evolve/run.js';
import { type InnateHistory, type InnateTrend, innateHistory } from '../../src/inspect/innate.js';
import { mean } from '../../src/math/statistics.js';
import { innateFigure } from '../../src/report/figures/innate.js';
import { innateReport } from '../../src/report/innate.js';

const root = mkdtempSync(join(tmpdir(), 'baldwin-innate-'));
afterAll(() => rmSync(root, { recursive: true }));

const lives = 3;
let opened: OpenedRun;
let found: InnateHistory;
beforeAll(async () => {
  const resolved = await resolveRun({
    ...{ task: 'reward-driven', strategy: 'ga', seed: 2, budget: { generations: 4 } },
    set: [
      'task.trials=20',
      'task.patterns=4',
      'task.trialMs=100',
      'freshEpisodes=2',
      'strategy.population=4',
      'strategy.mutation.genes=2',
    ],
  });
  const { path } = await startRun(resolved, root, 'short', { workers: 1 });
  opened = await openRun(path);
  found = await innateHistory(opened, lives, inProcessHost());
}, 60_000);

describe('innate and learned scores of elites', () => {
  it('are of the start, of the steps, and of those by which the best became better', () => {
    const better = new Set([...improvements(opened.stored.records)].map(({ contender }) => contender.step));
    expect(found.points.map(({ step, improved }) => [step, improved])).toEqual([
      [null, false],
      ...[0, 1, 2, 3].map((step) => [step, better.has(step)]),
    ]);
    expect(found.points.map(({ evaluations }) => evaluations)).toEqual([0, 4, 8, 12, 16]);
  });

  it('are of the same lives with plasticity and without', async () => {
    for (const { innate, learned, gain } of found.points) {
      expect(gain.mean).toBeCloseTo(learned.mean - innate.mean, 12);
      expect(innate.low).toBeLessThanOrEqual(innate.mean);
      expect(learned.high).toBeGreaterThanOrEqual(learned.mean);
    }
    const { embodied } = opened.habitat;
    const projections = embodied.network.projections.map(({ plasticity: _, ...of }) => of);
    const still = {
      ...opened.habitat,
      embodied: { ...embodied, network: { ...embodied.network, projections } },
    };
    await expect(innateHistory({ ...opened, habitat: still }, lives, inProcessHost())).rejects.toThrow(
      /--innate: nothing in short learns within a life/,
    );
    expect(found.points.some(({ gain }) => gain.mean !== 0)).toBe(true);
  });

  it('have the rise of a straight line through their means', () => {
    const places = found.points.map(({ evaluations }) => evaluations);
    for (const score of ['innate', 'learned', 'gain'] as const) {
      const values = found.points.map((point) => point[score].mean);
      const [x, y] = [mean(places), mean(values)];
      const slope =
        places.reduce((sum, place, i) => sum + (place - x) * (values[i]! - y), 0) /
        places.reduce((sum, place) => sum + (place - x) ** 2, 0);
      expect(found.trend![score].mean).toBeCloseTo(16 * slope, 10);
    }
  });

  it('are shown as a table and a picture', () => {
    expect(innateReport('short', found).sections[0]!.parts[0]).toMatchObject({ part: 'table' });
    const panes = innateFigure('short', found).rows.map(({ blocks }) => blocks[0]!);
    expect(panes.map((pane) => (pane.block === 'pane' ? pane.title : ''))).toEqual([
      'score',
      'what learning adds',
    ]);
  });
});

describe('what is said of the trend', () => {
  const up = { mean: 1, low: 0.5, high: 1.5 };
  const down = { mean: -1, low: -1.5, high: -0.5 };
  const none = { mean: 0.1, low: -1, high: 1 };
  const said = (innate: InnateTrend['innate'], learned: InnateTrend['learned'], gain: InnateTrend['gain']) =>
    JSON.stringify(innateReport('r', { ...found, trend: { innate, learned, gain } }).sections[1]);

  it('goes no further than what is told from 0', () => {
    expect(said(up, none, down)).toContain('taken over by what is inborn');
    expect(said(up, up, none)).toContain('learning adds no less');
    expect(said(up, down, down)).not.toContain('looks where');
    expect(said(none, down, down)).toContain('not seen to grow');
    expect(said(none, up, up)).toContain('the ability to learn');
    expect(said(none, none, none)).toContain('Neither');
    expect(said(up, none, down)).toContain(
      'The learned score is not seen to change: 0.100 (95 %: -1.000 to 1.000)',
    );
  });

  it('says what is left out', () => {
    const { notices } = innateReport('r', { ...found, broken: 1, improvementsLeftOut: 4 });
    expect(notices!.join(' ')).toMatch(/4 improvements.*1 of 3 lives broke down/);
    expect(JSON.stringify(innateReport('r', { ...found, trend: null }))).toContain('too few elites');
  });
});
