import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Life } from '../../src/evolve/evaluators/evaluator.js';
import { inProcessEvaluator } from '../../src/evolve/evaluators/in-process.js';
import { type PoolOptions, poolHost } from '../../src/evolve/evaluators/pool.js';
import { Threads } from '../../src/evolve/evaluators/threads.js';
import { RandomStream } from '../../src/math/random.js';
import { UserError } from '../../src/spec/errors.js';
import { smallRun, temporaryFolder } from './small-run.js';

const { habitat } = await smallRun(['task.startJitterUnits=20']);
const { space } = habitat;

function lives(count: number, seedOf: (i: number) => string = (i) => `life ${i}`): Life[] {
  const random = RandomStream.from('evaluator test');
  return Array.from({ length: count }, (_, i) => {
    const genome = Float64Array.from(space.start);
    for (const gene of random.sample(space.genes, 30)) genome[gene] = random.uniformIn(-20, 20);
    return { genome, seed: seedOf(i), repeats: 1 + (i % 2) };
  });
}

const inProcess = inProcessEvaluator(habitat);
const host = poolHost({ workers: 2 });
const pool = host.evaluatorOf(habitat);
afterAll(() => host.close());

/** An evaluator on a pool of its own, which is closed with it. */
function poolEvaluator(options: PoolOptions) {
  const own = poolHost(options);
  return { ...own.evaluatorOf(habitat), close: () => own.close() };
}

describe('evaluators', () => {
  it('agree to the bit, whatever the number of lives and however often they are asked', async () => {
    for (const count of [1, 2, 7, 40, 3]) {
      const wanted = await inProcess.evaluate(lives(count));
      expect(await pool.evaluate(lives(count))).toEqual(wanted);
    }
  });

  it('score a life the same in any company and order', async () => {
    const all = lives(12);
    const wanted = await inProcess.evaluate(all);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...all.keys()], { minLength: 1 }), async (chosen) => {
        const results = await inProcess.evaluate(chosen.map((i) => all[i]!));
        expect(results).toEqual(chosen.map((i) => wanted[i]));
      }),
      { numRuns: 15 },
    );
  });

  it('draw what is random from the seed alone', async () => {
    const [first] = lives(1);
    const [a, b, other] = await inProcess.evaluate([first!, first!, { ...first!, seed: 'another' }]);
    expect(a).toEqual(b);
    expect(other!.score).not.toBe(a!.score);
  });

  it('report a genome that is not finite as a failure, beside others that are well', async () => {
    const [sick, well] = lives(2);
    const genome = Float64Array.from(sick!.genome).fill(Number.NaN, 7);
    const reason = `${space.nameOf(7)} is NaN`;
    for (const evaluator of [inProcess, pool]) {
      const results = await evaluator.evaluate([{ ...sick!, genome }, well!]);
      expect(results[0]).toEqual({
        status: 'failed',
        reason,
        score: Number.NaN,
        measures: {},
        behaviour: {},
        energy: Number.NaN,
      });
      expect(results[1]!.status).toBe('ok');
    }
  });
});

describe('a pool', () => {
  it('serves many habitats side by side, more than a thread keeps open', async () => {
    const habitats = await Promise.all(
      Array.from({ length: 18 }, async (_, i) => (await smallRun([`task.steps=${20 + i}`])).habitat),
    );
    const one = poolHost({ workers: 1 });
    try {
      const evaluators = habitats.map((each) => one.evaluatorOf(each));
      const wanted = await Promise.all(habitats.map((each) => inProcessEvaluator(each).evaluate(lives(2))));
      // Twice, so that those that were put away are opened again.
      for (let round = 0; round < 2; round++) {
        expect(await Promise.all(evaluators.map((each) => each.evaluate(lives(2))))).toEqual(wanted);
      }
      expect(new Set(wanted.map(([first]) => first!.score)).size).toBeGreaterThan(9);
      await evaluators[0]!.close();
      expect(await evaluators[1]!.evaluate(lives(2))).toEqual(wanted[1]);
    } finally {
      await one.close();
    }
  });

  it('starts no more threads than there is work for at once', async () => {
    const threads = new Threads({
      workers: 64,
      workerFile: new URL('./homeless-worker.ts', import.meta.url),
    });
    const sent = { hash: '', bytes: new SharedArrayBuffer(0) };
    try {
      expect(threads.started).toBe(0);
      await Promise.all([1, 2, 3].map(() => threads.run(sent, new Uint8Array(1))));
      expect(threads.started).toBe(3);
      await threads.run(sent, new Uint8Array(1));
      expect(threads.started).toBe(3);
    } finally {
      await threads.close();
    }
  });
});

describe('a pool whose workers cannot open the habitat', () => {
  it('fails at once, with the reason, and tries nothing again', async () => {
    const deaths: string[] = [];
    const evaluator = poolEvaluator({
      workers: 2,
      workerFile: new URL('./homeless-worker.ts', import.meta.url),
      onWorkerDeath: (message) => deaths.push(message),
    });
    try {
      const refused = evaluator.evaluate(lives(9, (i) => `life ${i}`));
      await expect(refused).rejects.toThrow(UserError);
      await expect(refused).rejects.toThrow('A worker could not open the habitat: no home here');
    } finally {
      await evaluator.close();
    }
    expect(deaths).toEqual([]);
  });
});

describe('a pool whose workers die', () => {
  const dying = new URL('./dying-worker.ts', import.meta.url);

  it('does the work again on a new worker, with the same result', async () => {
    const flag = join(temporaryFolder(), 'died');
    const deaths: string[] = [];
    const evaluator = poolEvaluator({
      workers: 2,
      workerFile: dying,
      onWorkerDeath: (m) => deaths.push(m),
    });
    const asked = lives(9, (i) => (i === 4 ? `die once ${flag}` : `life ${i}`));
    try {
      expect(await evaluator.evaluate(asked)).toEqual(await inProcess.evaluate(asked));
      expect(deaths.length).toBeGreaterThan(0);
    } finally {
      await evaluator.close();
    }
  });

  it('gives up on the one life that kills every worker, and on no other', async () => {
    const evaluator = poolEvaluator({ workers: 2, workerFile: dying });
    const asked = lives(6, (i) => (i === 3 ? 'die' : `life ${i}`));
    try {
      const results = await evaluator.evaluate(asked);
      const wanted = await inProcess.evaluate(asked);
      expect(results[3]!.status).toBe('failed');
      expect(results[3]!.reason).toMatch(/worker died/);
      expect(results.filter((_, i) => i !== 3)).toEqual(wanted.filter((_, i) => i !== 3));
    } finally {
      await evaluator.close();
    }
  });
});
