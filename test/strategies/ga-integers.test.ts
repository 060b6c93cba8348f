import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { crossover, crossoverOptions } from '../../src/strategies/ga/crossover.js';
import { mutate, mutationOptions } from '../../src/strategies/ga/mutation.js';
import { ga } from '../../src/strategies/ga.js';
import { realProblem } from '../../src/strategies/problem.js';
import { startStrategy } from '../../src/strategies/start.js';
import type { Problem } from '../../src/strategies/strategy.js';
import { chiSquare } from './statistics.js';

/** Genes of a number of levels each. */
function levelled(genes: number, levels: number): Problem {
  const all = (value: number) => new Float64Array(genes).fill(value);
  const last = levels - 1;
  return {
    ...realProblem({
      genes,
      low: all(0),
      high: all(last),
      start: all(0),
      step: all(1),
      priorLow: all(0),
      priorHigh: all(last),
    }),
    levels: new Int32Array(genes).fill(levels),
  };
}

describe('mutation of integer genes', () => {
  it.each([
    { kind: 'reset', genes: 9000 },
    { kind: 'gaussian', genes: 9000, sigma: 0.01 },
    { kind: 'polynomial', geneProbability: 1 },
  ])('draws every level as often, %j', (options) => {
    const child = new Float64Array(9000).fill(2);
    mutate(mutationOptions.parse(options), levelled(9000, 3), RandomStream.from('mutation'), child);
    const counts = [0, 1, 2].map((level) => child.filter((value) => value === level).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(9000);
    // Two degrees of freedom: above 13.8 in one of a thousand.
    expect(chiSquare(counts, [1 / 3, 1 / 3, 1 / 3])).toBeLessThan(13.8);
  });
});

describe('crossover of integer genes', () => {
  it.each(['biased', 'sbx'] as const)('gives each gene one of the levels of its parents, %s', (kind) => {
    const genes = 8000;
    const [first, second] = [new Float64Array(genes).fill(1), new Float64Array(genes).fill(6)];
    const [child, twin] = [new Float64Array(genes), new Float64Array(genes)];
    const options = crossoverOptions.parse(
      kind === 'sbx' ? { kind, pairProbability: 1, geneProbability: 0.6 } : { kind, exponent: 1 },
    );
    crossover(options, levelled(genes, 9), RandomStream.from('crossover'), {
      first,
      second,
      firstShare: 0.7,
      child,
      twin: kind === 'sbx' ? twin : undefined,
    });
    const exchanged = child.filter((value) => value === 6).length;
    expect(child.filter((value) => value === 1).length + exchanged).toBe(genes);
    // 3 in 10 either way: half of the genes that cross, or the second parent's share. Four standard deviations.
    expect(Math.abs(exchanged - 0.3 * genes)).toBeLessThan(4 * Math.sqrt(0.3 * 0.7 * genes));
    if (kind === 'sbx') expect([...twin]).toEqual([...child].map((value) => 7 - value));
  });
});

describe('the genetic algorithm on integer genes', () => {
  it('finds the levels that score, where chance finds a quarter of them', () => {
    const problem = levelled(20, 4);
    const settings = ga.options.parse({
      population: 40,
      selection: { kind: 'tournament', size: 3 },
      mutation: { kind: 'reset', genes: 1 },
    });
    const strategy = startStrategy('ga', ga, problem, settings, 'seed');
    const right = (genome: Readonly<Float64Array>) =>
      genome.filter((value, gene) => value === gene % 4).length;
    let best = 0;
    for (let step = 0; step < 60; step++) {
      const scores = strategy.ask().map(({ genome }) => right(genome));
      best = Math.max(best, ...scores);
      strategy.tell(
        scores.map((score) => ({ status: 'ok', objectives: [score], constraints: [], measures: {} })),
      );
    }
    expect(best).toBeGreaterThan(18);
  });
});
