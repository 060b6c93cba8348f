import { describe, expect, it } from 'vitest';
import type { LifetimeResult } from '../../src/evaluate/lives.js';
import type { Life } from '../../src/evolve/evaluators/evaluator.js';
import { liveInBatches, type Mortal } from '../../src/evolve/evaluators/isolate.js';
import { UserError } from '../../src/spec/errors.js';

const livesOf = (seeds: readonly string[]): Life[] =>
  seeds.map((seed) => ({ genome: new Float64Array(), seed, repeats: 1 }));

const scored = (seed: string): LifetimeResult => ({
  status: 'ok',
  score: seed.length,
  measures: {},
  behaviour: {},
  energy: Number.NaN,
});

/** Lives batches, and dies where it is told to; it remembers what it was given, and whether several were under way. */
function mortal(dies: (seeds: readonly string[], tried: number) => string | undefined) {
  const given: { seeds: string[]; beside: number }[] = [];
  const deaths: string[] = [];
  const tries = new Map<string, number>();
  let underWay = 0;
  const fake: Mortal = {
    attempt: async (lives, from, to) => {
      const seeds = lives.slice(from, to).map(({ seed }) => seed);
      const key = seeds.join();
      tries.set(key, (tries.get(key) ?? 0) + 1);
      given.push({ seeds, beside: underWay });
      underWay += 1;
      await Promise.resolve();
      underWay -= 1;
      const why = dies(seeds, tries.get(key)!);
      if (why !== undefined) throw new Error(why);
      return seeds.map(scored);
    },
    onDeath: (message) => deaths.push(message),
  };
  return { fake, given, deaths };
}

const seeds = ['a', 'bb', 'ccc', 'dddd', 'eeeee'];
const wanted = seeds.map(scored);

describe('lives in batches', () => {
  it('come back in order, whatever the size of batches', async () => {
    for (const size of [1, 2, 3, 5, 9]) {
      const { fake, given } = mortal(() => undefined);
      expect(await liveInBatches(fake, livesOf(seeds), () => size)).toEqual(wanted);
      expect(given.map((batch) => batch.seeds.length)).toHaveLength(Math.ceil(5 / size));
    }
    expect(await liveInBatches(mortal(() => undefined).fake, [], () => 4)).toEqual([]);
  });

  it('are tried again where whoever lived them died, with the same result', async () => {
    const { fake, given, deaths } = mortal((of, tried) =>
      of.includes('ccc') && tried < 3 ? `death ${tried}` : undefined,
    );
    expect(await liveInBatches(fake, livesOf(seeds), () => 2)).toEqual(wanted);
    expect(deaths).toEqual(['death 1', 'death 2']);
    expect(given).toHaveLength(5);
  });

  it('are lived one by one, with nothing beside, where a batch never comes through', async () => {
    const { fake, given, deaths } = mortal((of) => (of.length > 1 ? 'too much' : undefined));
    expect(await liveInBatches(fake, livesOf(seeds), () => 2)).toEqual(wanted);
    expect(deaths).toEqual(Array(6).fill('too much'));
    const single = given.filter((batch) => batch.seeds.length === 1 && batch.seeds[0] !== 'eeeee');
    expect(single.map((batch) => [batch.seeds[0], batch.beside])).toEqual([
      ['a', 0],
      ['bb', 0],
      ['ccc', 0],
      ['dddd', 0],
    ]);
  });

  it('fail alone where they kill whoever lives them, and say of what', async () => {
    const { fake } = mortal((of) => (of.includes('bb') ? 'exit code 1' : undefined));
    const results = await liveInBatches(fake, livesOf(seeds), () => 3);
    expect(results[1]).toMatchObject({ status: 'failed', reason: 'its worker died 3 times: exit code 1' });
    expect(results.filter((_, life) => life !== 1)).toEqual(wanted.filter((_, life) => life !== 1));
  });

  it('are given up at once for what trying again does not put right', async () => {
    let attempts = 0;
    const hopeless: Mortal = {
      attempt: async () => {
        attempts += 1;
        throw new UserError('no such task');
      },
    };
    await expect(liveInBatches(hopeless, livesOf(seeds), () => 9)).rejects.toThrow('no such task');
    expect(attempts).toBe(1);
  });
});
