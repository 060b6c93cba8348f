import { describe, expect, it } from 'vitest';
import { problemOf } from '../../src/evolve/conformance/searches.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { RandomStream } from '../../src/math/random.js';
import { niches } from '../../src/strategies/niches/niches.js';
import { type Member, Population } from '../../src/strategies/niches/population.js';
import { populationAfter, stageAfter } from '../../src/strategies/niches/stages.js';
import type { Outcome } from '../../src/strategies/strategy.js';

const member = (score: number, changed: number): Member => ({
  genome: Float64Array.of(score),
  score,
  changed,
});
const scoresOf = ({ members }: Population) => members.map(({ score }) => score).sort((a, b) => a - b);

describe('a population with one genome a score', () => {
  it('keeps, of two with one score, that with fewer changes, and the newer where they have as many', () => {
    const population = new Population(3);
    const [first, longer, equal, shorter] = [member(1, 4), member(1, 5), member(1, 4), member(1, 2)];
    const kept = [first, longer, equal, shorter].map((one) => {
      population.take(one);
      return population.members[0];
    });
    expect(kept).toEqual([first, first, equal, shorter]);
    expect(kept.map((one, i) => one === [first, first, equal, shorter][i])).toEqual([true, true, true, true]);
  });

  it('takes a new score in place of the worst once it is full, unless it is worse', () => {
    const population = new Population(2);
    for (const score of [1, 3, 0, 2, 1]) population.take(member(score, 1));
    expect(scoresOf(population)).toEqual([2, 3]);
    // The score that went out is free again.
    population.take(member(2.5, 1));
    population.take(member(2, 9));
    expect(scoresOf(population)).toEqual([2.5, 3]);
  });

  it('loses its worst where it has to shrink, and knows the others by their scores still', () => {
    const population = new Population(
      5,
      [4, 1, 3, 5, 2].map((score) => member(score, 3)),
    );
    population.resize(3);
    expect(scoresOf(population)).toEqual([3, 4, 5]);
    population.take(member(3, 1));
    expect(population.members.map(({ score, changed }) => [score, changed]).sort()).toEqual([
      [3, 1],
      [4, 3],
      [5, 3],
    ]);
    population.take(member(2, 1));
    population.take(member(6, 1));
    expect(scoresOf(population)).toEqual([4, 5, 6]);
    population.resize(4);
    population.take(member(2, 1));
    expect(scoresOf(population)).toEqual([2, 4, 5, 6]);
  });

  it('draws others than the one it is told, each as often', () => {
    const population = new Population(4, [member(1, 0), member(2, 0), member(3, 0), member(4, 0)]);
    const stream = RandomStream.from('draws');
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 3000; i++) {
      const { score } = population.draw(1, stream, population.members[1]);
      counts[score - 1]! += 1;
    }
    expect(counts[1]).toBe(0);
    // Five standard deviations of a third of 3,000.
    for (const other of [0, 2, 3]) expect(Math.abs(counts[other]! - 1000)).toBeLessThan(130);
    expect(new Population(1, [member(1, 0)]).draw(2, stream, undefined).score).toBe(1);
  });
});

describe('niches', () => {
  const box = problemOf(Array.from({ length: 40 }, () => ({ low: -1, high: 1, start: 0 })));
  const distance = (a: Readonly<Float64Array>, b: Readonly<Float64Array>) =>
    a.reduce((count, value, gene) => count + Number(value !== b[gene]), 0);
  const told = (score: number): Outcome => ({
    status: 'ok',
    objectives: [score],
    constraints: [],
    measures: {},
  });

  it('asks for the start, then for copies with a few genes drawn anew, until there are scores enough', () => {
    const strategy = niches.create(
      box,
      niches.options.parse({ population: 5, batch: 4, firstGenes: 3 }),
      'seed',
    );
    const first = strategy.ask().map(({ genome }) => distance(genome, box.start));
    expect(first).toEqual([0, 3, 3, 3]);
    strategy.tell([1, 1, 2, 3].map(told));
    expect(strategy.ask().map(({ genome }) => distance(genome, box.start))).toEqual([3, 3, 3, 3]);
    strategy.tell([4, 4, 5, 4].map(told));
    // Five scores: from here on, children of two parents may have more.
    const later = Array.from({ length: 30 }, (_, step) => {
      const changes = strategy.ask().map(({ genome }) => distance(genome, box.start));
      strategy.tell(changes.map((_, i) => told(6 + step * 4 + i)));
      return Math.max(...changes);
    });
    expect(Math.max(...later)).toBeGreaterThan(8);
  });

  it('breeds from what there is where scores hardly differ', () => {
    const strategy = niches.create(
      box,
      niches.options.parse({ population: 4, batch: 10, firstGenes: 5 }),
      'seed',
    );
    const changes = Array.from({ length: 4 }, () => {
      const asked = strategy.ask().map(({ genome }) => distance(genome, box.start));
      strategy.tell(asked.map(() => told(1)));
      return asked;
    });
    expect(new Set([...changes[0]!.slice(1), ...changes[1]!])).toEqual(new Set([5]));
    expect(new Set(changes.slice(2).flat()).size).toBeGreaterThan(1);
  });

  it('takes at least one gene of a second parent', () => {
    const settings = niches.options.parse({
      population: 2,
      batch: 200,
      firstGenes: 40,
      exchange: 1,
      alsoMutate: 0,
      decades: 4,
    });
    const strategy = niches.create(box, settings, 'seed');
    const [, first, second] = strategy.ask().map(({ genome }) => Float64Array.from(genome));
    strategy.tell(
      strategy.ask().map((_, i) => (i === 1 || i === 2 ? told(i) : { ...told(0), status: 'failed' })),
    );
    const children = strategy.ask().map(({ genome }) => genome);
    // Where nothing had been taken, the child would have mutated.
    const isMixed = (value: number, gene: number) => value === first![gene] || value === second![gene];
    expect(children.filter((child) => child.every(isMixed))).toHaveLength(200);
    const taken = children.map((child) => Math.min(distance(child, first!), distance(child, second!)));
    expect(taken.filter((genes) => genes === 1).length).toBeGreaterThan(100);
    expect(new Set(taken).size).toBeGreaterThan(5);
  });

  const sizesAt = (given: object, shares: readonly number[]) => {
    const settings = niches.options.parse(given);
    return shares.map((share) => {
      const told = share * (settings.evaluations ?? 1000);
      return populationAfter(stageAfter(settings, told), told);
    });
  };

  it.each([
    [{}, [100, 100, 100]],
    [{ population: 50 }, [50, 50, 50]],
    [{ evaluations: 1000 }, [60, 33, 5]],
    [{ evaluations: 20_000 }, [302, 161, 20]],
    [{ evaluations: 3 }, [5, 5, 5]],
    [{ evaluations: 1000, population: 50, lastPopulation: 10 }, [50, 30, 10]],
    [{ evaluations: 1000, population: 4, lastPopulation: 10 }, [4, 4, 4]],
  ])('keeps as many genomes as %j says, at first, halfway and after the plan', (given, sizes) => {
    expect(sizesAt(given, [0, 0.5, 2])).toEqual(sizes);
  });

  it('breeds an island for each 20,000 evaluations that are planned, then what all of them kept', () => {
    // Three of 15,000 evaluations, each from 259 to 17 genomes, and 51 of them together.
    expect(sizesAt({ evaluations: 60_000 }, [0, 0.125, 0.249999, 0.25, 0.499999, 0.5, 0.75, 1, 3])).toEqual([
      259, 138, 17, 259, 17, 259, 51, 17, 17,
    ]);
    const few = { evaluations: 100, islands: 4, apart: 0.4, population: 9, lastPopulation: 3 };
    expect(sizesAt(few, [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.7, 1])).toEqual([9, 6, 9, 9, 9, 12, 8, 3]);
  });

  it('begins every island near the start, and breeds in the end from the members of all', () => {
    const given = {
      evaluations: 60,
      islands: 2,
      apart: 0.7,
      population: 6,
      lastPopulation: 2,
      batch: 7,
      firstGenes: 3,
    };
    const strategy = niches.create(
      box,
      niches.options.parse({ ...given, exchange: 1, decades: 0, alsoMutate: 0, contestants: 1 }),
      'seed',
    );
    const steps = Array.from({ length: 7 }, (_, step) => {
      const asked = strategy.ask().map(({ genome }) => Float64Array.from(genome));
      // Ever better, so that the last of an island are kept.
      strategy.tell(asked.map((_, i) => told(10 * step + i)));
      return asked;
    });
    const isFirst = steps.map((asked) => distance(asked[0]!, box.start) === 0);
    expect(isFirst).toEqual([true, false, false, true, false, false, false]);
    for (const step of [0, 3]) {
      expect(steps[step]!.slice(1).map((genome) => distance(genome, box.start))).toEqual([3, 3, 3, 3, 3, 3]);
    }
    const kept = (strategy.snapshot().members as { scores: Float64Array }).scores;
    expect(Math.min(...kept)).toBeGreaterThanOrEqual(60);
    // With the last of both islands as parents, each child is one of four or a mixture of two.
    const parents = [...steps[2]!.slice(-2), ...steps[5]!.slice(-2)];
    const islandsOf = (genome: Float64Array) =>
      [0, 2].map((first) => {
        const own = parents.slice(first, first + 2);
        return genome.some((value, gene) => value !== 0 && own.some((parent) => parent[gene] === value));
      });
    const [first, second] = [0, 1].map((island) => steps[6]!.filter((genome) => islandsOf(genome)[island]));
    expect([first!.length > 0, second!.length > 0]).toEqual([true, true]);
  });

  it('is planned for a number of evaluations, and a run says where its budget is another', async () => {
    const noticed = async (set: string[], evaluations = 500) =>
      (await resolveRun({ strategy: 'niches', budget: { evaluations }, set })).notices;
    expect(await noticed([])).toEqual([
      'The search of "niches" is planned for 20000 evaluations, and its budget is 500. "--set strategy.evaluations=500" plans for ' +
        'the budget.',
    ]);
    expect(await noticed(['strategy.evaluations=500'])).toEqual([]);
    expect(await noticed(['strategy.evaluations=null'])).toEqual([]);
    expect(await noticed([], 20_000)).toEqual([]);
  });
});
