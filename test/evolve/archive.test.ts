import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { archiveFigures } from '../../src/archives/elites.js';
import { archiveCourse, eliteNamed, keptArchive } from '../../src/evolve/kept-archive.js';
import { type OpenedRun, openRun } from '../../src/evolve/opened-run.js';
import { OutOfPlace } from '../../src/evolve/out-of-place.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import type { RunResult } from '../../src/evolve/run-result.js';
import { relive } from '../../src/inspect/relive.js';
import { runFigures } from '../../src/report/figures/run.js';
import { runReport } from '../../src/report/run.js';
import { runFiles } from '../../src/store/run-store.js';
import { interruptAfter, temporaryFolder } from './small-run.js';

const request = (...set: string[]) => ({
  strategy: 'map-elites',
  budget: { generations: 5 },
  set: ['task.steps=100', 'strategy.batch=8', 'freshEpisodes=2', 'snapshotEvery=2', ...set],
});

let root: string;
let result: RunResult;
let opened: OpenedRun;
const notices: string[] = [];

beforeAll(async () => {
  root = temporaryFolder();
  const resolved = await resolveRun(request('strategy.bins=[9,40]'));
  result = await startRun(resolved, root, 'whole', { workers: 1, onNotice: (text) => notices.push(text) });
  opened = await openRun(result.path);
});

const kept = () => keptArchive(opened.stored, opened.spec, opened.habitat)!;

describe('a run that keeps an archive', () => {
  it('records behaviour and energy, and tells its archive in its result and report', async () => {
    const { records } = opened.stored;
    expect(Object.keys(records[0]!.behaviour!)).toEqual([
      'foodEaten',
      'endX',
      'endY',
      'lastItemStep',
      'energy',
    ]);
    expect(records[0]!.behaviour!.endX).toHaveLength(8);
    const figures = archiveFigures(kept().elites, 0);
    expect(figures.elites).toBeGreaterThan(2);
    expect(result.archive).toMatchObject({ ...figures, cells: 360, unplaced: 0 });
    const report = JSON.stringify((await runReport(opened.stored)).sections);
    expect(report).toContain(`${figures.elites} of 360 cells`);
    expect(report).toContain('foodEaten in [0, 36], endX in [0, 1600]');
  });

  it('goes on to the bit from its records alone', async () => {
    const resolved = await resolveRun(request('strategy.bins=[9,40]'));
    const { path } = await startRun(resolved, root, 'broken', interruptAfter(3));
    rmSync(join(path, runFiles.snapshot));
    await resumeRun(path, undefined, { workers: 1 });
    for (const file of [runFiles.steps, runFiles.elites, runFiles.champion])
      expect(readFileSync(join(path, file)).equals(readFileSync(join(result.path, file)))).toBe(true);
    const again = await openRun(path);
    const { elites } = keptArchive(again.stored, again.spec, again.habitat)!;
    expect(elites.snapshot()).toEqual(kept().elites.snapshot());
  });

  it('fills as its records say', () => {
    const course = archiveCourse(opened.stored.records, kept());
    expect(course).toHaveLength(5);
    const { coverage, qdScore } = archiveFigures(kept().elites, 0);
    expect(course.at(-1)).toEqual({ evaluations: 40, coverage, qdScore });
    expect(course[0]!.coverage).toBeLessThan(coverage);
  });

  it('gives each elite by its cell or its measures, and it lives as it did', async () => {
    for (const elite of kept().elites.elites()) {
      const alone = await openRun(result.path, String(elite.cell));
      expect(alone.champion).toEqual(elite.genome);
      const [life] = relive(alone, alone.champion);
      expect(life!.score).toBe(alone.best.score);
      expect([life!.behaviour.foodEaten, life!.behaviour.endX]).toEqual(elite.measures);
      const [foodEaten, endX] = elite.measures;
      expect(eliteNamed(kept(), `endX=${endX},foodEaten=${foodEaten}`).cell).toBe(elite.cell);
    }
    const best = archiveFigures(kept().elites, 0).best;
    const found = kept()
      .elites.elites()
      .find(({ objective }) => objective === best)!;
    expect(eliteNamed(kept(), `foodEaten=${found.measures[0]}`)).toEqual(found);
  });

  it.each([
    ['360', 'expected a cell from 0 to 359, or measures such as foodEaten=36,endX=1600, found no such cell'],
    ['food=3', 'the archive has no measure "food". It has foodEaten and endX.'],
    ['endX=', 'found "endX="'],
    ['foodEaten=36', 'found no elite there'],
  ])('refuses the elite %s', (named, message) => {
    expect(() => eliteNamed(kept(), named)).toThrow(message);
  });

  it('draws the archive with the other pictures', () => {
    expect(Object.keys(runFigures(opened))).toContain('archive');
  });
});

it('says once what it clips and what it cannot place', () => {
  const { elites } = kept();
  const archive = { elites, offset: 0, clipped: Int32Array.of(0, 3), unplaced: 2 };
  const said = new OutOfPlace();
  expect(said.notices(archive)).toEqual([
    expect.stringContaining('The measure "endX" was outside its range [0, 1600] in 3 candidates so far'),
    expect.stringContaining('2 candidates so far have a measure that is no number'),
  ]);
  expect(said.notices({ ...archive, clipped: Int32Array.of(1, 4) })).toEqual([
    expect.stringContaining('The measure "foodEaten"'),
  ]);
});

it('refuses measures that the task does not declare before anything is lived', async () => {
  await expect(resolveRun(request('strategy.measures=food'))).rejects.toThrow(
    'strategy.measures: the task declares no range for "food". Name some of "foodEaten", "endX", "endY", "lastItemStep"',
  );
});
