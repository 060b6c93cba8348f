import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { json, start, workplace } from './cli.js';

interface Result {
  run: string;
  path: string;
  championHash: string;
  stopReason: string;
  generations: number;
  evaluations: number;
}

const settings = [
  ...['--generations', '60', '--no-pictures', '--set', 'task.steps=60', '--set', 'snapshotEvery=7'],
  ...['--set', 'strategy.population=24'],
];
const evolve = (name: string, workers: number) => [
  'evolve',
  '--name',
  name,
  '--workers',
  String(workers),
  ...settings,
];

function bytes(run: string): Record<string, string> {
  return Object.fromEntries(
    ['steps.jsonl', 'elites.bin', 'champion.json'].map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(workplace, 'runs', run, file)))
        .digest('hex'),
    ]),
  );
}

const lines = (run: string) => {
  const path = join(workplace, 'runs', run, 'steps.jsonl');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
};

/** Waits until a run has recorded so many steps. */
async function reached(run: string, steps: number): Promise<void> {
  while (lines(run) < steps) await sleep(5);
}

describe('a run that is stopped', () => {
  it('ends the same, byte for byte, after kill -9 at any moment, with any number of workers', async () => {
    const whole = await json<Result>(...evolve('whole', 1));
    const expected = bytes('whole');
    for (const [moment, workers] of [
      [3, 2],
      [19, 1],
      [44, 2],
    ] as const) {
      const name = `killed-${moment}`;
      const running = start(evolve(name, workers));
      await reached(name, moment);
      running.process.kill('SIGKILL');
      expect((await running.outcome).signal).toBe('SIGKILL');
      expect(lines(name)).toBeLessThan(60);
      const [listed] = (await json<{ runs: { run: string; status: string }[] }>('runs')).runs.filter(
        ({ run }) => run === name,
      );
      expect(listed!.status).toBe('interrupted');
      const resumed = await json<Result>('resume', name, '--workers', String(3 - workers), '--no-pictures');
      expect(resumed.championHash).toBe(whole.championHash);
      expect(resumed.evaluations).toBe(whole.evaluations);
      expect(bytes(name)).toEqual(expected);
    }
  }, 60_000);

  it('ends what keeps nothing after the life under way, with the code of the signal', async () => {
    for (const [signal, code, workers, under] of [
      ['SIGINT', 130, '1', 'life'],
      ['SIGTERM', 143, '2', 'lives'],
    ] as const) {
      const running = start(['reproduce', 'go-no-go', '--seeds', '1000', '--workers', workers]);
      await running.saw('2 of 1000');
      running.process.kill(signal);
      const ended = await running.outcome;
      expect(ended).toMatchObject({ code, stdout: '' });
      expect(ended.stderr).toContain(`Stopping after the ${under} under way`);
    }
  }, 60_000);

  it('refuses more threads than the machine can bear, with the number to use', async () => {
    for (const command of [['evolve'], ['resume', 'whole'], ['bench', 'foraging']]) {
      const { code, stderr } = await start([...command, '--workers', '1000000']).outcome;
      expect(code).toBe(2);
      expect(stderr).toMatch(/expected at most \d+ threads, found 1000000\. Use \d+/);
    }
  });

  it('finishes its step on Ctrl-C, says how to go on, and goes on', async () => {
    const running = start(evolve('interrupted', 1));
    await reached('interrupted', 5);
    running.process.kill('SIGINT');
    const { code, stderr } = await running.outcome;
    expect(code).toBe(0);
    expect(stderr).toContain('baldwin resume interrupted');
    expect(existsSync(join(workplace, 'runs', 'interrupted', 'lock'))).toBe(false);
    await json('resume', 'interrupted', '--no-pictures');
    expect(bytes('interrupted')).toEqual(bytes('whole'));
  }, 60_000);

  it('stops at once on a second signal, and loses nothing', async () => {
    const running = start([
      'evolve',
      '--name',
      'twice',
      '--generations',
      '9',
      '--no-pictures',
      '--workers',
      '1',
      '--set',
      'task.steps=4000',
      '--set',
      'strategy.population=500',
    ]);
    await running.saw('untrained');
    await sleep(300);
    running.process.kill('SIGINT');
    await running.saw('Finishing the step');
    running.process.kill('SIGTERM');
    const { code } = await running.outcome;
    expect(code).toBe(143);
    const shown = await json<{ status: string }>('show', 'twice');
    expect(shown.status).toBe('interrupted');
  }, 60_000);

  it('cannot be resumed by two processes at once', async () => {
    const running = start(['evolve', '--name', 'busy', '--seconds', '60', '--no-pictures', '--workers', '1']);
    await reached('busy', 2);
    const second = await start(['resume', 'busy', '--no-pictures']).outcome;
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/in use by process \d+/);
    running.process.kill('SIGINT');
    expect((await running.outcome).code).toBe(0);
  }, 60_000);
});
