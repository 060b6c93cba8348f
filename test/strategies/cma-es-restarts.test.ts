import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { decodeSnapshot, encodeSnapshot } from '../../src/store/binary.js';
import { defaultPopulation } from '../../src/strategies/cma-es/parameters.js';
import { type Leg, type RestartOptions, RestartSchedule } from '../../src/strategies/cma-es/restarts.js';
import type { Snapshot } from '../../src/strategies/strategy.js';
import { create, ellipsoid, minimise, ok, problem, restore } from './cma-es-parts.js';

/** The searches of a schedule, each of which spends what `cost` says. */
function legs(
  restarts: RestartOptions['restarts'],
  population: number,
  mostRestarts: number,
  cost: (leg: Readonly<Leg>) => number,
  seed = 'seed',
): { leg: Readonly<Leg>; spent: number }[] {
  const schedule = RestartSchedule.begin({ restarts, mostRestarts }, population);
  const stream = RandomStream.from(seed);
  const done: { leg: Readonly<Leg>; spent: number }[] = [];
  for (let leg: Readonly<Leg> | undefined = schedule.leg; leg !== undefined; ) {
    const spent = Math.min(cost(leg), leg.mostEvaluations ?? Infinity);
    done.push({ leg, spent });
    leg = schedule.next(spent, stream);
  }
  return done;
}

describe('the schedule', () => {
  it('none: one search', () => {
    expect(legs('none', 10.9, 9, () => 1000)).toEqual([
      { leg: { regime: 'first', population: 10, sigmaShare: 1, mostEvaluations: null }, spent: 1000 },
    ]);
  });

  it('ipop: doubles the population and keeps all else', () => {
    const searches = legs('ipop', defaultPopulation(5), 5, ({ population }) => 50 * population);
    expect(searches.map(({ leg }) => leg.population)).toEqual([8, 17, 35, 70, 141, 282]);
    for (const { leg } of searches) expect(leg).toMatchObject({ sigmaShare: 1, mostEvaluations: null });
    expect(searches.slice(1).every(({ leg }) => leg.regime === 'large')).toBe(true);
  });

  it('bipop: a doubling first, then whichever regime has spent less', () => {
    const searches = legs('bipop', 10, 6, ({ population }) => 100 * population);
    expect(searches.slice(0, 2).map(({ leg }) => leg.population)).toEqual([10, 20]);
    const large = searches.filter(({ leg }) => leg.regime === 'large');
    expect(large.map(({ leg }) => leg.population)).toEqual([20, 40, 80, 160, 320, 640]);
    let [largeSpent, smallSpent, latest] = [0, 0, 0];
    searches.slice(1).forEach(({ leg, spent }) => {
      expect(leg.regime).toBe(largeSpent > 0 && smallSpent < largeSpent ? 'small' : 'large');
      if (leg.regime === 'large') {
        largeSpent += spent;
        latest = spent;
      } else {
        smallSpent += spent;
        expect(leg.mostEvaluations).toBe(Math.floor(latest / 2));
      }
    });
    // It ends with both budgets spent, and small searches use no more than half of the latest large one too many.
    expect(smallSpent).toBeGreaterThanOrEqual(largeSpent);
    expect(smallSpent).toBeLessThan(largeSpent + latest / 2);
  });

  it('bipop: small searches lie between the first population and half the latest large one', () => {
    const small = ['a', 'b', 'c', 'd']
      .flatMap((seed) => legs('bipop', 10, 7, ({ population }) => 100 * population, seed))
      .reduce<{ all: Leg[]; large: number }>(
        ({ all, large }, { leg }) => {
          if (leg.regime === 'large') return { all, large: leg.population };
          if (leg.regime === 'first') return { all, large };
          expect(leg.population).toBeGreaterThanOrEqual(10);
          expect(leg.population).toBeLessThanOrEqual(Math.max(10, large / 2));
          expect(leg.sigmaShare).toBeLessThanOrEqual(1);
          expect(leg.sigmaShare).toBeGreaterThanOrEqual(0.01);
          return { all: [...all, leg], large };
        },
        { all: [], large: 0 },
      ).all;
    expect(small.length).toBeGreaterThan(20);
    // log10 of the share is uniform in [-2, 0].
    const middle = small.reduce((sum, { sigmaShare }) => sum + Math.log10(sigmaShare), 0) / small.length;
    expect(Math.abs(middle + 1)).toBeLessThan(4 * Math.sqrt(4 / 12 / small.length));
  });

  it('goes on from a snapshot anywhere', () => {
    const options = { restarts: 'bipop', mostRestarts: 6 } as const;
    const stream = RandomStream.from('seed');
    const schedule = RestartSchedule.begin(options, 10);
    for (let search = 0; search < 30; search++) {
      const copy = RestartSchedule.restore(options, 10, schedule.snapshot());
      expect(copy.snapshot()).toEqual(schedule.snapshot());
      const spent = 40 * schedule.leg.population;
      expect(copy.next(spent, RandomStream.restore(stream.state()))).toEqual(schedule.next(spent, stream));
    }
  });
});

const short = { restarts: 'bipop', population: 4, stop: { maxiter: 5 }, mostRestarts: 4 } as const;

describe('a restarted search', () => {
  it('begins anywhere in the prior, with sigma as it was, and with more candidates', () => {
    const strategy = create(problem(3, { start: 3, step: 0.01, prior: 5 }), { ...short, restarts: 'ipop' });
    const sizes: number[] = [];
    const means: number[][] = [];
    while (strategy.stopped === undefined) {
      const { search } = strategy.snapshot() as {
        search: { mean: Float64Array; sigma: number; step: number };
      };
      const candidates = strategy.ask();
      if (search.step === 0) {
        sizes.push(candidates.length);
        means.push([...search.mean].map((value) => value * 0.01));
        expect(search.sigma).toBe(1);
      }
      strategy.tell(candidates.map(({ genome }) => ok(-ellipsoid(genome, 0))));
    }
    expect(sizes).toEqual([4, 8, 16, 32, 64]);
    expect(means[0]).toEqual([3, 3, 3]);
    const later = means.slice(1).flat();
    expect(later.every((value) => Math.abs(value) <= 5)).toBe(true);
    expect(new Set(later).size).toBe(later.length);
    expect(Math.max(...later) - Math.min(...later)).toBeGreaterThan(4);
    expect(strategy.stopped).toMatch(/^maxiter: 5 steps of 5/);
  });

  it('goes on to the bit from a snapshot at any step of the schedule', () => {
    const unbroken = create(problem(3), short);
    const rest = () => {
      const copy = decodeSnapshot(encodeSnapshot(unbroken.snapshot())) as Snapshot;
      return restore(problem(3), short, copy);
    };
    let searches = 0;
    while (unbroken.stopped === undefined) {
      const resumed = rest();
      expect(resumed.snapshot()).toEqual(unbroken.snapshot());
      expect(minimise(resumed, ellipsoid, 8).asked).toEqual(minimise(rest(), ellipsoid, 8).asked);
      const again = rest();
      expect(minimise(again, ellipsoid, 1).asked).toEqual(minimise(unbroken, ellipsoid, 1).asked);
      expect(again.snapshot()).toEqual(unbroken.snapshot());
      expect(again.stopped).toBe(unbroken.stopped);
      if ((unbroken.snapshot().search as { step: number }).step === 0) searches += 1;
    }
    expect(searches).toBeGreaterThan(5);
    expect(rest().stopped).toBe(unbroken.stopped);
  });

  it('finds the best of many valleys that one search misses', () => {
    const rastrigin = (x: Readonly<Float64Array>) =>
      x.reduce((sum, value) => sum + 10 + value * value - 10 * Math.cos(2 * Math.PI * value), 0);
    expect(minimise(create(problem(4), {}), rastrigin, 5000).best).toBeGreaterThan(0.5);
    for (const restarts of ['ipop', 'bipop'] as const) {
      const strategy = create(problem(4), { restarts });
      let best = Infinity;
      let evaluations = 0;
      while (best >= 1e-9 && evaluations < 60_000 && strategy.stopped === undefined) {
        const { asked, best: found } = minimise(strategy, rastrigin, 1);
        best = Math.min(best, found);
        evaluations += asked[0]!.length;
      }
      expect(best).toBeLessThan(1e-9);
    }
  });
});
