import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startRun } from '../../src/evolve/run.js';
import { smallRun, temporaryFolder } from '../evolve/small-run.js';
import { bytesOf } from './queue-run.js';
import { hasRedis } from './redis.js';

const script = fileURLToPath(new URL('../../examples/cluster/slurm.sh', import.meta.url));
const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const settings = ['task.steps=40', 'strategy.population=8', 'freshEpisodes=2', 'snapshotEvery=3', 'elites=2'];

/** A program of a test's own in the place of one that is found by its name. */
function place(folder: string, name: string, lines: string): void {
  writeFileSync(join(folder, name), `#!/bin/bash\n${lines}\n`);
  chmodSync(join(folder, name), 0o755);
}

describe.skipIf(!hasRedis || process.platform !== 'linux')('the job script for SLURM', () => {
  it('starts Redis, workers and a run in one allocation, ends them all, and goes on when it is submitted again', async () => {
    const work = temporaryFolder();
    const tools = temporaryFolder();
    // Of what a cluster has: a step of the job runs here, and the program is the one of this repository.
    place(tools, 'srun', 'while [[ $1 == --* ]]; do shift; done\nexec "$@"');
    place(tools, 'npx', `shift\nexec ${process.execPath} ${program} "$@"`);
    place(tools, 'hostname', 'echo 127.0.0.1');
    const submit = async () => {
      const job = spawn(
        'bash',
        [script, '--generations', '7', ...settings.flatMap((one) => ['--set', one])],
        {
          cwd: work,
          env: {
            ...process.env,
            ...{ PATH: `${tools}:${process.env.PATH}`, TMPDIR: work, BALDWIN_RUN: 'first' },
            ...{ SLURM_JOB_ID: `${process.pid}`, SLURM_JOB_NAME: 'x', SLURM_CPUS_PER_TASK: '2' },
          },
        },
      );
      let said = '';
      for (const stream of [job.stdout, job.stderr])
        stream.on('data', (data: Buffer) => (said += data.toString()));
      const code = await new Promise((resolve) => job.on('close', resolve));
      return { code, said };
    };
    const first = await submit();
    expect(first.said).toContain('Run first');
    expect(first.said).toMatch(/Lived [1-9]\d* lives/);
    expect(first.code).toBe(0);
    const local = await startRun(await smallRun(), temporaryFolder(), 'local', { workers: 1 });
    expect(bytesOf({ ...local, path: join(work, 'runs', 'first') })).toEqual(bytesOf(local));
    const second = await submit();
    expect(second.said).toContain('there is nothing to do');
    expect(second.code).toBe(0);
  }, 60_000);
});
