import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inProcessHost } from '../../src/evolve/evaluators/in-process.js';
import { readJsonFile } from '../../src/spec/json-file.js';
import { packageRoot } from '../../src/spec/library.js';
import { findRun, runFiles } from '../../src/store/run-store.js';
import { findStudy, readStudyRecord } from '../../src/store/study-store.js';
import { resumeStudy, runsLeft, type StudyExecution, startStudy } from '../../src/study/carry-out.js';
import { planStudy } from '../../src/study/plan.js';
import { studyResults } from '../../src/study/results.js';
import { parseStudySpec } from '../../src/study/study-spec.js';
import { temporaryFolder } from '../evolve/small-run.js';

const base = {
  task: { name: 'foraging', steps: 40 },
  ...{ freshEpisodes: 2, snapshotEvery: 2 },
  strategy: { name: 'ga', population: 8 },
};
const study = { vary: { 'strategy.population': [8, 4] }, seeds: 2, budget: { generations: 5 } };

const planOf = (fields: object = study) =>
  planStudy(
    parseStudySpec({ format: 'study/1', ...fields }, 'a study'),
    { path: 'a study', value: base, recorded: false },
    'a study',
  );

const execution = (more: Partial<StudyExecution> = {}): StudyExecution => ({
  host: inProcessHost(),
  ...more,
});

async function started(folder: string, fields: object = study, more: Partial<StudyExecution> = {}) {
  return startStudy(await planOf(fields), { folder, study: 's' }, execution(more));
}

const bytes = (folder: string) =>
  Object.fromEntries(
    readdirSync(join(folder, 'runs'))
      .sort()
      .flatMap((run) =>
        ['steps', 'elites', 'champion'].map((file) => {
          const path = join('runs', run, runFiles[file as 'steps']);
          return [path, readFileSync(join(folder, path)).toString('base64')];
        }),
      ),
  );

/** A folder of a study, which is called as the folder is. */
function studyFolder(): string {
  const folder = join(temporaryFolder(), 's');
  mkdirSync(folder);
  return folder;
}

const inRuns = () => {
  const root = temporaryFolder();
  return { root, folder: join(root, 's') };
};

describe('a study', () => {
  it('is made of ordinary runs, found by its name and theirs', async () => {
    const { root, folder } = inRuns();
    mkdirSync(folder);
    expect(await started(folder)).toEqual({ interrupted: false, failed: {} });
    expect(findStudy(root, 'latest')).toBe(folder);
    expect(findRun(root, 's/population-8-s2')).toBe(join(folder, 'runs', 'population-8-s2'));
    expect(() => findRun(root, 's/population-8')).toThrow('fits 2 runs');
    const results = await studyResults(folder);
    expect(
      results.arms.map(({ name, runs }) => [name, runs.map(({ run, status }) => [run, status])]),
    ).toEqual([
      ['population-8', [1, 2].map((seed) => [`s/population-8-s${seed}`, 'finished'])],
      ['population-4', [1, 2].map((seed) => [`s/population-4-s${seed}`, 'finished'])],
    ]);
    // Five steps of four: what all have reached.
    expect(results.evaluations).toBe(20);
    for (const { runs } of results.arms) {
      for (const { curve, atEqual, evaluations } of runs) {
        expect(curve.filter((point) => point.evaluations <= 20).at(-1)!.best).toBe(atEqual);
        expect(curve.at(-1)!.evaluations).toBe(evaluations);
      }
    }
    const earlier = await studyResults(folder, { at: 5 });
    expect(earlier.evaluations).toBe(5);
    for (const { curve, atEqual } of earlier.arms.flatMap(({ runs }) => runs))
      expect(atEqual).toBe(curve.filter((point) => point.evaluations <= 5).at(-1)!.best);
    // A run that never came so far has no score there.
    const later = (await studyResults(folder, { at: 1000 })).arms.flatMap(({ runs }) => runs);
    expect(later.map(({ atEqual }) => atEqual)).toEqual(later.map(() => null));
  });

  it('ends the same, byte for byte, however often it is stopped and whatever runs side by side', async () => {
    const whole = studyFolder();
    await started(whole, study, { atOnce: 1 });
    const stopped = studyFolder();
    const some = () => {
      let asked = 0;
      return { atOnce: 3, interrupted: () => ++asked > 8 };
    };
    let end = await started(stopped, study, some());
    expect(end.interrupted).toBe(true);
    expect(readStudyRecord(stopped).status).toBe('interrupted');
    let stops = 0;
    for (; end.interrupted; stops++) end = await resumeStudy(stopped, {}, execution(some()));
    expect(stops).toBeGreaterThan(2);
    expect(bytes(stopped)).toEqual(bytes(whole));
    expect(await studyResults(stopped)).toEqual(await studyResults(whole));
  });

  it('goes on from a run that was killed as it began', async () => {
    const whole = studyFolder();
    await started(whole);
    const killed = studyFolder();
    await started(killed);
    rmSync(join(killed, 'runs', 'population-8-s1', runFiles.manifest));
    rmSync(join(killed, 'runs', 'population-4-s2'), { recursive: true });
    expect((await studyResults(killed)).arms[1]!.runs[1]!.status).toBe('planned');
    await resumeStudy(killed, {}, execution());
    expect(bytes(killed)).toEqual(bytes(whole));
  });

  it('takes more seeds and a larger budget, and is then as if it had had them from the start', async () => {
    const larger = { ...study, seeds: 3, budget: { generations: 7 } };
    const whole = studyFolder();
    await started(whole, larger);
    const grown = studyFolder();
    await started(grown);
    await resumeStudy(grown, { seeds: [1, 2, 3], budget: { generations: 7 } }, execution());
    expect(bytes(grown)).toEqual(bytes(whole));
    expect(await studyResults(grown)).toEqual(await studyResults(whole));
  });

  it('keeps a larger budget that it was given when it is stopped again', async () => {
    const larger = { ...study, budget: { generations: 7 } };
    const whole = studyFolder();
    await started(whole, larger);
    const grown = studyFolder();
    await started(grown);
    let asked = 0;
    const stopped = execution({ atOnce: 1, interrupted: () => ++asked > 3 });
    expect((await resumeStudy(grown, { budget: { generations: 7 } }, stopped)).interrupted).toBe(true);
    await resumeStudy(grown, {}, execution());
    expect(bytes(grown)).toEqual(bytes(whole));
  });

  it('is carried out by one process at a time', async () => {
    const folder = studyFolder();
    let second: unknown;
    const interrupted = () => {
      try {
        resumeStudy(folder, {}, execution());
      } catch (error) {
        second ??= error;
      }
      return false;
    };
    expect((await started(folder, study, { interrupted })).failed).toEqual({});
    expect(String(second)).toMatch(/The study .* is in use by process/);
  });

  it('makes again what a finished run has lost', async () => {
    const whole = studyFolder();
    await started(whole);
    const damaged = studyFolder();
    await started(damaged);
    const steps = join(damaged, 'runs', 'population-8-s2', runFiles.steps);
    writeFileSync(steps, readFileSync(steps, 'utf8').slice(0, -20));
    expect((await studyResults(damaged)).arms[0]!.runs[1]!.status).toBe('interrupted');
    await resumeStudy(damaged, {}, execution());
    expect(bytes(damaged)).toEqual(bytes(whole));
  });

  it('refuses a budget that would leave runs with less than they have made, and changes nothing', async () => {
    const folder = studyFolder();
    await started(folder);
    const before = readFileSync(join(folder, 'study.json'), 'utf8');
    expect(() => resumeStudy(folder, { budget: { generations: 3 } }, execution())).toThrow(
      'have made 5 already',
    );
    expect(() => resumeStudy(folder, { budget: { evaluations: 39 } }, execution())).toThrow(
      'Give 40 or more',
    );
    expect(readFileSync(join(folder, 'study.json'), 'utf8')).toBe(before);
    const record = readStudyRecord(folder);
    const spec = parseStudySpec(record.spec, 'a record');
    expect(runsLeft(folder, { ...record, spec })).toEqual([]);
  });

  it('reports targets and a margin other than its own where they are asked for, and none where none is stated', async () => {
    const folder = studyFolder();
    await started(folder);
    expect(await studyResults(folder)).toMatchObject({ margin: null, targets: [] });
    expect(await studyResults(folder, { margin: 3, targets: [7] })).toMatchObject({
      margin: 3,
      targets: [7],
    });
  });

  it('does not lose the others where a run fails, and tries that one again', async () => {
    const folder = studyFolder();
    const told: string[] = [];
    const plan = await planOf();
    mkdirSync(join(folder, 'runs', 'population-8-s1', 'steps.jsonl'), { recursive: true });
    writeFileSync(join(folder, 'runs', 'population-8-s1', runFiles.manifest), '{ "format": "?" }');
    const end = await startStudy(
      plan,
      { folder, study: 's' },
      execution({ onNotice: (text) => told.push(text) }),
    );
    expect(Object.keys(end.failed)).toEqual(['population-8-s1']);
    expect(told.join()).toContain('population-8-s1 failed: ');
    const results = await studyResults(folder);
    expect(results.arms.flatMap(({ runs }) => runs.map(({ status }) => status))).toEqual([
      ...['failed', 'finished', 'finished', 'finished'],
    ]);
    rmSync(join(folder, 'runs', 'population-8-s1'), { recursive: true });
    expect((await resumeStudy(folder, {}, execution())).failed).toEqual({});
    expect(readStudyRecord(folder).failed).toEqual({});
  });

  it('refuses to begin a run of an arm, on any seed, once a file that it names was changed', async () => {
    const folder = studyFolder();
    const genome = join(temporaryFolder(), 'genes.json');
    const spec = readJsonFile(join(packageRoot, 'genomes/spec/weights.json'), 'spec') as object;
    writeFileSync(genome, JSON.stringify({ ...spec, about: 'one' }));
    const arms = [{ name: 'mine', set: { genome, 'strategy.population': 4 } }];
    await started(folder, { ...study, vary: arms });
    for (const seed of [1, 2]) rmSync(join(folder, 'runs', `mine-s${seed}`), { recursive: true });
    writeFileSync(genome, JSON.stringify({ ...spec, about: 'another' }));
    const { failed } = await resumeStudy(folder, {}, execution());
    expect(Object.keys(failed)).toEqual(['mine-s1', 'mine-s2']);
    expect(failed['mine-s2']).toContain('would not be the one that the study planned');
    writeFileSync(genome, JSON.stringify({ ...spec, about: 'one' }));
    expect((await resumeStudy(folder, {}, execution())).failed).toEqual({});
  });
});
