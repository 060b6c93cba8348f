import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { beginSearch, type MinimizeOptions, minimize, outcomeOf } from '../../src/strategies/minimize.js';
import { defineStrategy } from '../../src/strategies/own-strategy.js';
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

  it('refuses measures by which its strategy tells nothing apart', () => {
    expect(() => beginSearch([1], { step: 1, behaviours })).toThrow(
      'search: behaviours: the strategy "cma-es" with these options tells no points apart by them.',
    );
    expect(() => beginSearch([1], { step: 1, strategy: 'niches', behaviours })).toThrow('search: behaviours');
    beginSearch([1], { step: 1, strategy: 'niches', behaviours, options: { niche: {} } });
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
    expect(['the simulator broke down', 'f gave NaN: expected a finite number']).toContain(
      found.failed.first,
    );
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

  it('calls its listener after the last step too, with what was found', async () => {
    for (const setting of [{ evaluations: 50 }, { evaluations: 5 }, { evaluations: 500, target: 1 }]) {
      const states: object[] = [];
      const found = await minimize(sphere, [3, 3], {
        ...{ step: 1, ...setting },
        onStep: (state) => void states.push(state),
      });
      expect(states).toHaveLength(found.steps);
      expect(states.at(-1)).toEqual({ evaluations: found.evaluations, x: found.x, f: found.f });
    }
  });

  it('waits for its listener', async () => {
    const found = await minimize(sphere, [3, 3], {
      ...{ step: 1, evaluations: 5000 },
      onStep: async () => false,
    });
    expect([found.stopReason, found.steps]).toEqual(['listener', 1]);
  });

  it.each([
    ['3', 'f gave "3": expected a finite number'],
    [3n, 'f gave 3n: expected a finite number'],
    [undefined, 'f gave nothing: expected a finite number'],
  ])('says what f gave in place of a number: %s', async (value, reason) => {
    const f = () => value as unknown as number;
    const found = await minimize(f, [1, 1], { step: 1, evaluations: 6 });
    expect(found.failed).toEqual({ count: 6, first: reason });
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
    [{ onStep: 5 }, /^search: onStep: expected a function, found 5\.$/],
    [{ seed: { a: 1 } }, /^search: seed: expected a number or a text, found \{"a":1\}\.$/],
    [{ seed: Number.NaN }, /^search: seed: expected a number or a text, found NaN\.$/],
    [{ seed: null }, /^search: seed: expected a number or a text, found null\.$/],
    [{ step: null }, /^search: step: expected a number, or 2 of them, one a variable, found null\.$/],
    [{ low: ['-5', -5] }, /^search: low\[0\]: expected a number, found "-5"\.$/],
    [{ high: '55' }, /^search: high: expected a number, or 2 of them, one a variable, found "55"\.$/],
    [{ strategy: null }, /^search: strategy: expected a name, or a module of your own, found null\.$/],
    [{ strategy: {} }, /^search: strategy: this is no strategy:\n {2}summary: expected text/],
    [{ low: 0, high: 9, integers: [0, 0] }, /^search: integers\[1\]: expected each index once, found 0\.$/],
    [{ integers: true }, /^search: low\[0\]: expected .*integers need bounds, found nothing\.$/],
    [
      {
        ...{ low: 0, high: 9, strategy: 'niches' },
        options: { population: 10, lastPopulation: 50 },
      },
      /^strategy\.lastPopulation: expected at most the first population, 10/,
    ],
    [
      { warmStart: { solutions: [], shares: 0.5 } },
      /^search: unknown field of warmStart "shares"\. Did you mean "share"/,
    ],
  ];
  it.each(refusals)('refuses %j', async (changed, message) => {
    const options = { step: 1, evaluations: 10, ...changed } as MinimizeOptions;
    await expect(minimize(sphere, [3, 3], options)).rejects.toThrow(message);
  });

  it('refuses what is no function, no point, and a search without an end', async () => {
    const [nothing, options] = [undefined as never, { step: 1, evaluations: 10 }];
    await expect(minimize(nothing, [3, 3], options)).rejects.toThrow(/^search: f: expected a function/);
    await expect(minimize(sphere, [3, 3], nothing)).rejects.toThrow(/^search: evaluations: expected/);
    await expect(minimize(sphere, ['3', 3] as never, options)).rejects.toThrow(
      'search: x0[0]: expected a number, found "3".',
    );
    const warmStart = { solutions: Array(20).fill({ x: ['1', 1], f: 1 }) };
    await expect(minimize(sphere, [3, 3], { ...options, warmStart })).rejects.toThrow(
      'search: warmStart.solutions[0].x[0]: expected a number in [-Infinity, Infinity], found "1".',
    );
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

  it('takes a strategy of your own that names its options in plain words, and says no more', () => {
    const steps: number[] = [];
    const own = defineStrategy({
      summary: 'goes on by a step',
      options: { stride: { default: 2 } },
      create: ({ start }, { stride }) => ({
        ask: () => [{ genome: start.map((value) => value + stride * steps.length), fidelity: 1 }],
        tell: ([outcome]) => void steps.push(outcome!.objectives[0]!),
        snapshot: () => ({}),
      }),
      restore: () => expect.fail('nobody asked for that'),
    });
    const search = beginSearch([1], { strategy: own, step: 1, options: { stride: 3 } });
    for (let step = 0; step < 2; step++) search.tell(search.ask().map(({ genome: [x] }) => outcomeOf(-x!)));
    expect(steps).toEqual([1, 4]);
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
