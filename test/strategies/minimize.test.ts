import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { beginSearch, type MinimizeOptions, minimize, outcomeOf } from '../../src/strategies/minimize.js';
import type { Outcome, StrategyModule } from '../../src/strategies/strategy.js';

const sphere = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);

describe('a search without bounds', () => {
  it.each([
    ['nsga2', {}],
    ['ga', { mutation: { kind: 'polynomial', geneProbability: 1 } }],
  ])('asks %s for finite points, on both sides of the start', async (strategy, options) => {
    const points: number[] = [];
    const f = (x: Float64Array) => {
      points.push(...x);
      return sphere(x);
    };
    const { failed } = await minimize(f, [3, 3, 3], { step: 1, evaluations: 300, strategy, options });
    expect(failed.count).toBe(0);
    expect(points.every(Number.isFinite)).toBe(true);
    expect([Math.min(...points) < 2, Math.max(...points) > 4]).toEqual([true, true]);
  });

  it('says what it was told in place of outcomes', () => {
    const search = beginSearch([1], { step: 1 });
    search.ask();
    expect(() => search.tell(undefined as unknown as Outcome[])).toThrow('expected a list of outcomes');
  });
});

describe('beginSearch with behaviours', () => {
  const behaviours = [{ name: 'sum', low: -4, high: 4, bins: 8 }];

  it('fills an archive that is at hand', () => {
    const search = beginSearch([1, 1], { strategy: 'cma-me', step: 1, behaviours });
    for (let step = 0; step < 20; step++)
      search.tell(
        search.ask().map(({ genome: [a, b] }) => ({
          ...outcomeOf(a! * a! + b! * b!),
          measures: { sum: a! + b! },
        })),
      );
    const { elites } = search.archive!;
    expect(elites.size).toBeGreaterThan(6);
    for (const { measures, genome, objective } of elites.elites()) {
      expect(objective).toBe(-(genome[0]! * genome[0]! + genome[1]! * genome[1]!));
      expect(measures[0]).toBe(Math.min(4, Math.max(-4, genome[0]! + genome[1]!)));
    }
  });

  it('refuses what is no measure with a range', () => {
    const begin = (behaviour: object) => () =>
      beginSearch([1], { step: 1, behaviours: [{ ...behaviours[0]!, ...behaviour }] });
    for (const wrong of [{ name: '' }, { low: 4 }, { high: Infinity }, { bins: 0.5 }])
      expect(begin(wrong)).toThrow(
        'search: behaviours[0]: expected { name, low, high, bins } with a finite range',
      );
    const twice = [behaviours[0]!, { ...behaviours[0]!, bins: 3 }];
    expect(() => beginSearch([1], { step: 1, behaviours: twice })).toThrow(
      'search: behaviours[1].name: expected each name once',
    );
    expect(() => beginSearch([1], { step: 1, strategy: 'map-elites' })).toThrow('none are declared here');
  });
});

describe('minimize', () => {
  it('reaches a target, and says so', async () => {
    const found = await minimize(sphere, [3, -2, 1], { step: 1, evaluations: 5000, target: 1e-8 });
    expect(found).toMatchObject({ stopReason: 'target', failed: { count: 0, first: null } });
    expect(found.f).toBe(sphere(found.x));
    expect(found.f).toBeLessThanOrEqual(1e-8);
    expect(found.evaluations).toBe(7 * found.steps);
    expect(found.evaluations).toBeLessThan(600);
  });

  it('gives the same again, and with another seed something else', async () => {
    const run = (seed?: number) =>
      minimize(sphere, [3, 3], { step: 1, evaluations: 60, ...(seed === undefined ? {} : { seed }) });
    expect(await run()).toEqual(await run(1));
    expect((await run(2)).f).not.toBe((await run(1)).f);
  });

  it('evaluates the points of a step side by side, where f gives promises', async () => {
    let [now, most] = [0, 0];
    const slow = async (x: Float64Array) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      now -= 1;
      return sphere(x);
    };
    const options = { strategy: 'ga', options: { population: 9 }, low: -5, high: 5, evaluations: 27 };
    const found = await minimize(slow, [3, 3], options);
    expect(most).toBe(9);
    expect(found).toEqual(await minimize(sphere, [3, 3], options));
  });

  it('keeps to bounds, each variable’s own', async () => {
    const asked: Float64Array[] = [];
    const found = await minimize(
      (x) => {
        asked.push(x);
        return -x[0]! + x[1]!;
      },
      [0, 0],
      { low: [-1, -3], high: [2, 4], evaluations: 600 },
    );
    expect(asked.every(([a, b]) => a! >= -1 && a! <= 2 && b! >= -3 && b! <= 4)).toBe(true);
    expect(found.f).toBeLessThan(-4.99);
  });

  it('counts points that fail, and goes on', async () => {
    const broken = (x: Float64Array) => {
      if (x[0]! > 3) throw new Error('the simulator broke down');
      return x[0]! < 0 ? Number.NaN : sphere(x);
    };
    const found = await minimize(broken, [2.9, 1], { step: 1, evaluations: 300 });
    expect(found.failed.count).toBeGreaterThan(2);
    expect(['the simulator broke down', 'f gave NaN']).toContain(found.failed.first);
    expect(found.f).toBeLessThan(0.5);
    const hopeless = await minimize(() => Number.NaN, [1, 1], { step: 1, evaluations: 100_000 });
    expect(hopeless).toMatchObject({ x: Float64Array.of(1, 1), f: Number.NaN });
    expect(hopeless.stopReason).toMatch(/^nothing to go on: all \d+ candidates/);
    expect(hopeless.failed.count).toBe(hopeless.evaluations);
  });

  it('is ended by its listener, and by the strategy', async () => {
    const states: number[] = [];
    const found = await minimize(sphere, [3, 3], {
      ...{ step: 1, evaluations: 5000 },
      onStep: ({ evaluations, x, f }) => {
        expect(f).toBe(sphere(x));
        states.push(evaluations);
        return states.length < 4;
      },
    });
    expect([found.stopReason, found.steps, states.length]).toEqual(['listener', 4, 4]);
    const still = await minimize(sphere, [1], { low: 1, high: 1, evaluations: 50 });
    expect(still.stopReason).toBe('nothing to search: every gene has one value only');
  });

  const refusals: [object, RegExp][] = [
    [{ evaluations: 0 }, /^search: evaluations: expected a whole number above 0, found 0\.$/],
    [{ step: undefined }, /^search: step\[0\]: expected a number above 0: without bounds/],
    [{ step: [1, 1, 1] }, /^search: step: expected a number, or 2 of them/],
    [{ low: [0, 4] }, /^search: x0\[1\]: expected a finite number in \[4, Infinity\], found 3\.$/],
    [{ low: 3, high: 2 }, /^search: low\[0\]: expected at most high, 2, found 3\.$/],
    [{ target: Number.NaN }, /^search: target: expected a number, found NaN\.$/],
    [{ evals: 3 }, /^search: unknown option "evals"\. Choose one of: evaluations, strategy/],
    [{ strategy: 'cma' }, /strategy "cma".*cma-es/s],
    [{ options: { populaton: 4 } }, /options\.populaton/],
    [{ strategy: 'cgp', options: { parents: 0 } }, /parents/],
  ];
  it.each(refusals)('refuses %j', async (changed, message) => {
    const options = { step: 1, evaluations: 10, ...changed } as MinimizeOptions;
    await expect(minimize(sphere, [3, 3], options)).rejects.toThrow(message);
  });

  it('refuses what is no function, and a search without an end', async () => {
    const [nothing, options] = [undefined as never, { step: 1, evaluations: 10 }];
    await expect(minimize(nothing, [3, 3], options)).rejects.toThrow(/^search: f: expected a function/);
    await expect(minimize(sphere, [3, 3], nothing)).rejects.toThrow(/^search: evaluations: expected/);
  });
});

describe('beginSearch', () => {
  it('is asked and told by hand, as minimize does', async () => {
    const search = beginSearch([3, 3], { step: 1, seed: 4 });
    let best = Infinity;
    for (let step = 0; step < 20; step++) {
      const values = search.ask().map(({ genome }) => sphere(Float64Array.from(genome)));
      best = Math.min(best, ...values);
      search.tell(values.map(outcomeOf));
    }
    expect((await minimize(sphere, [3, 3], { step: 1, seed: 4, evaluations: 20 * 6 })).f).toBe(best);
  });

  it('takes a strategy of your own', () => {
    const told: (readonly Outcome[])[] = [];
    const own: StrategyModule = {
      ...{ summary: 'stays', source: 'none', options: z.strictObject({}) },
      takes: { integers: false, objectives: 1, constraints: false },
      create: ({ start }) => ({
        ask: () => [{ genome: start, fidelity: 1 }],
        tell: (outcomes) => void told.push(outcomes),
        snapshot: () => ({}),
      }),
      restore: () => expect.fail('nobody asked for that'),
    };
    const search = beginSearch([1, 2], { strategy: own, step: 1 });
    search.tell(search.ask().map(({ genome }) => outcomeOf(genome[1]!)));
    search.ask();
    search.tell([outcomeOf(Infinity)]);
    expect(told).toEqual([
      [{ status: 'ok', objectives: [-2], constraints: [], measures: {} }],
      [{ status: 'failed', objectives: [-Infinity], constraints: [], measures: {} }],
    ]);
  });
});
