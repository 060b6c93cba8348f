import { describe, expect, it } from 'vitest';
import { problemOf } from '../../src/evolve/conformance/searches.js';
import { RandomStream } from '../../src/math/random.js';
import { niches } from '../../src/strategies/niches/niches.js';
import { type Member, Population } from '../../src/strategies/niches/population.js';
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
    const strategy = niches.create(box, niches.options.parse({ population: 4, batch: 10 }), 'seed');
    const changes = Array.from({ length: 4 }, () => {
      const asked = strategy.ask().map(({ genome }) => distance(genome, box.start));
      strategy.tell(asked.map(() => told(1)));
      return asked;
    });
    expect(new Set([...changes[0]!.slice(1), ...changes[1]!])).toEqual(new Set([5]));
    expect(new Set(changes.slice(2).flat()).size).toBeGreaterThan(1);
  });
});
