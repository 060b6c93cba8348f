import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resolveRun } from '../../src/evolve/resolve.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import { packageRoot } from '../../src/spec/library.js';
import { runFiles, StoredRun } from '../../src/store/run-store.js';
import { interruptAfter, temporaryFolder } from './small-run.js';

const evolved = join(packageRoot, 'genomes/evolved/foraging-square-ga.json');
const request = (inject: readonly string[], strategy = 'ga') => ({
  ...{ strategy, inject, budget: { generations: 5 } },
  set: ['freshEpisodes=2', 'snapshotEvery=2', ...(strategy === 'ga' ? ['strategy.population=4'] : [])],
});
const alone = { workers: 1 };

it('a genome from outside lives in the first step, and is found again in what a resumed run gives, to the bit', async () => {
  // Three where a step of four takes two: the last waits for the second step.
  const resolved = await resolveRun(request([evolved, evolved, evolved]));
  expect(resolved.spec.injected).toHaveLength(3);
  const root = temporaryFolder();
  const whole = await startRun(resolved, root, 'whole', alone);
  const { records } = new StoredRun(whole.path);
  const best = Math.max(...records[0]!.score.map(Number));
  const counts = records.slice(0, 2).map(({ score }) => score.filter((one) => one === best).length);
  expect(counts[0]).toBe(2);
  const without = await startRun(await resolveRun(request([])), root, 'without', alone);
  expect(Math.max(...new StoredRun(without.path).records[0]!.score.map(Number))).toBeLessThan(best);

  for (const [name, steps, forget] of [
    ['waiting', 1, true],
    ['stored', 2, false],
  ] as const) {
    const { path } = await startRun(resolved, root, name, interruptAfter(steps));
    if (forget) rmSync(join(path, runFiles.snapshot));
    await resumeRun(path, undefined, alone);
    for (const file of [runFiles.steps, runFiles.elites, runFiles.champion])
      expect(readFileSync(join(path, file)).equals(readFileSync(join(whole.path, file)))).toBe(true);
  }
});

it('says how many genomes from outside found no place before the run ended', async () => {
  const resolved = await resolveRun({ ...request([evolved, evolved, evolved]), budget: { generations: 1 } });
  const notices: string[] = [];
  await startRun(resolved, temporaryFolder(), 'short', {
    ...alone,
    onNotice: (notice) => notices.push(notice),
  });
  expect(notices).toContainEqual(expect.stringMatching(/^1 of 3 genomes from outside were not lived/));
});

it('refuses genomes from outside by name where the strategy or the run does not take them', async () => {
  await expect(resolveRun(request([evolved], 'cma-es'))).rejects.toThrow(
    'the strategy "cma-es" takes no genomes from outside: it learns from its own draws alone. Use cgp, de, ga, ',
  );
  const file = { path: 'run.json', value: { injected: [[['nowhere', 1]]] } };
  await expect(resolveRun({ file })).rejects.toThrow('run.json: injected[0][0]: unknown gene "nowhere"');
});
