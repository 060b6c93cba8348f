import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { branchRun } from '../../src/evolve/branch.js';
import { genomeFromFile } from '../../src/evolve/opened-run.js';
import { type RunRequest, resolveRun } from '../../src/evolve/resolve.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import { beginningIn } from '../../src/evolve/warm-start-field.js';
import { runFiles, StoredRun } from '../../src/store/run-store.js';
import { interruptAfter, temporaryFolder } from './small-run.js';

const alone = { workers: 1 };
const request = (more: Partial<RunRequest>, settings: readonly string[] = []): RunRequest => ({
  genome: 'weights-by-class',
  strategy: 'random',
  budget: { generations: 3 },
  set: ['task.steps=5', 'freshEpisodes=2', 'snapshotEvery=2', ...settings],
  ...more,
});
const earlier = (root: string, name: string, more: Partial<RunRequest> = {}, batch = 10) =>
  resolveRun(request(more, [`strategy.batch=${batch}`])).then((run) => startRun(run, root, name, alone));

it('begins from the best tenth of an earlier run, records it, and resumes to the bit when that run is gone', async () => {
  const root = temporaryFolder();
  const { path } = await earlier(root, 'earlier');
  const scores = new StoredRun(path).records.flatMap(({ objective }) => objective.map(Number));
  const best = scores.toSorted((a, b) => b - a).slice(0, 3);
  const cold = request({ strategy: 'cma-es' }, ['strategy.population=4']);
  const resolved = await resolveRun({ ...cold, warmStart: [path] });
  expect(resolved.notices).toContainEqual(
    'The search begins from the best 3 of 30 genomes of earlier (warmStart.share 0.1, warmStart.most 100).',
  );
  const { warmStart } = resolved.spec;
  const { space } = resolved.habitat;
  expect(warmStart!.from).toEqual(['earlier']);
  expect(warmStart!.solutions.map(({ score }) => score)).toEqual(best);
  // The best of the earlier run is what that run itself stores of it.
  expect(beginningIn(warmStart!, space, 'run').solutions[0]!.genome).toEqual(
    genomeFromFile(join(path, runFiles.champion), resolved.habitat),
  );
  rmSync(path, { recursive: true });

  const whole = await startRun(resolved, root, 'whole', alone);
  const without = await startRun(await resolveRun(cold), root, 'without', alone);
  const steps = (folder: string) => readFileSync(join(folder, runFiles.steps));
  expect(steps(without.path).equals(steps(whole.path))).toBe(false);
  for (const [done, forget] of [
    [1, true],
    [2, false],
  ] as const) {
    const part = await startRun(resolved, root, `part-${done}`, interruptAfter(done));
    if (forget) rmSync(join(part.path, runFiles.snapshot));
    await resumeRun(part.path, undefined, alone);
    expect(steps(part.path).equals(steps(whole.path))).toBe(true);
  }
});

it('takes of a run that branched what it lived itself', async () => {
  const root = temporaryFolder();
  const { path } = await earlier(root, 'trunk');
  const branch = { root, name: 'branch', set: ['strategy.batch=15'], budget: { generations: 5 } };
  const { path: branched } = await branchRun(path, branch, alone);
  const { spec, notices } = await resolveRun({
    ...request({ strategy: 'cma-es' }),
    warmStart: [branched, path],
  });
  expect(notices.slice(0, 2)).toEqual([
    'The search begins from the best 3 of 30 genomes of branch, without those from before it branched from trunk (warmStart.share 0.1, warmStart.most 100).',
    'The search begins from the best 3 of 30 genomes of trunk (warmStart.share 0.1, warmStart.most 100).',
  ]);
  expect(spec.warmStart!.from).toEqual(['branch', 'trunk']);
  const own = new StoredRun(branched).records.slice(3).flatMap(({ objective }) => objective.map(Number));
  const best = own.toSorted((a, b) => b - a).slice(0, 3);
  expect(spec.warmStart!.solutions.slice(0, 3).map(({ score }) => score)).toEqual(best);
});

it('refuses an earlier run that is too short, or of other genes or another animal', async () => {
  const root = temporaryFolder();
  const short = await earlier(root, 'short', {}, 6);
  const begin = (folder: string, more: Partial<RunRequest> = {}, settings: readonly string[] = []) =>
    resolveRun({ ...request({ strategy: 'cma-es', ...more }, settings), warmStart: [folder] });
  await expect(begin(short.path)).rejects.toThrow(
    '--warm-start short: expected 20 or more genomes with a score that keep to its limits, of which a share of 0.1 is two, found 18.',
  );
  const taken = await begin(short.path, {}, ['warmStart.share=0.5', 'warmStart.most=4']);
  expect(taken.spec.warmStart!.solutions).toHaveLength(4);
  const half = ['warmStart.share=0.5'];
  await expect(begin(short.path, { genome: 'weights' }, half)).rejects.toThrow(
    /^--warm-start short: it has \d+ genes, and this run 3682: its genomes say something else here\./,
  );
  await expect(begin(short.path, { connectome: 'c-elegans-cook-2019' }, half)).rejects.toThrow(
    /^--warm-start short: it is of another connectome, c-elegans-openworm \(\w{8}\), and this run of c-elegans-cook/,
  );
  await expect(begin(short.path, { strategy: 'ga' }, half)).rejects.toThrow(
    'the strategy "ga" takes no warm start from solutions of an earlier search. Use cma-es.',
  );
  await expect(begin(short.path, { strategy: 'auto' }, half)).rejects.toThrow(
    '--warm-start: "auto" looks at',
  );
  const file = { path: 'run.json', value: { warmStart: { solutions: [{ score: 1, genome: 'AAAA' }] } } };
  await expect(resolveRun({ ...request({ strategy: 'cma-es' }), file })).rejects.toThrow(
    'run.json: warmStart.solutions[0].genome: expected a genome in base64, found other bytes.',
  );
  await expect(resolveRun(request({ strategy: 'cma-es' }, half))).rejects.toThrow(
    'warmStart.solutions: expected two or more, found 0. "--warm-start RUN" takes those of an earlier run.',
  );
});
