import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { Job } from './entries.js';
import { planJob, type StudyRun } from './runs.js';

/** Every run, one a thread: two runs at once lose nothing where one run on two threads waits at each step's end. */
export async function runAll(
  jobs: readonly Job[],
  { root, workers, fresh }: { root: string; workers: number; fresh: boolean },
): Promise<Map<string, StudyRun>> {
  const planned: { job: Job; root: string; what: Awaited<ReturnType<typeof planJob>> }[] = [];
  for (const job of jobs) planned.push({ job, root, what: await planJob(job, root, fresh) });
  // The longest first, so that none is left over at the end.
  planned.sort((a, b) => b.job.entry.evaluations - a.job.entry.evaluations);
  const pool = new Piscina({
    filename: fileURLToPath(new URL('./worker.mjs', import.meta.url)),
    minThreads: Math.min(workers, jobs.length),
    maxThreads: workers,
  });
  const done = new Map<string, StudyRun>();
  try {
    await Promise.all(
      planned.map(async (task) => {
        const run = (await pool.run(task)) as StudyRun;
        done.set(run.name, run);
        const how = task.what === 'read' ? 'read' : `${run.seconds.toFixed(0)} s`;
        console.error(`${done.size}/${jobs.length} ${run.name}: ${run.score.toFixed(1)} (${how})`);
      }),
    );
  } finally {
    await pool.destroy();
  }
  return done;
}
