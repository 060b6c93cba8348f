import { describe, expect, it } from 'vitest';
import { openaiEs } from '../../src/strategies/openai-es.js';
import { realProblem } from '../../src/strategies/problem.js';
import { centredRanks } from '../../src/strategies/ranking.js';
import type { Outcome, Problem, Strategy } from '../../src/strategies/strategy.js';
import { deviates } from './free-box.js';

const ok = (score: number): Outcome => ({ status: 'ok', objectives: [score], constraints: [], measures: {} });
const failed: Outcome = { status: 'failed', objectives: [], constraints: [], measures: {} };

function problem(genes: number, low = -Infinity, high = Infinity, start = 1, step = 0.5): Problem {
  const all = (value: number) => new Float64Array(genes).fill(value);
  return realProblem({
    genes,
    low: all(low),
    high: all(high),
    start: all(start),
    step: all(step),
    priorLow: all(Math.max(low, -5)),
    priorHigh: all(Math.min(high, 5)),
  });
}

const create = (of: Problem, options: object) => openaiEs.create(of, openaiEs.options.parse(options), 'seed');
const centreOf = (strategy: Strategy) => [...(strategy.snapshot().centre as Float64Array)];

function advance(strategy: Strategy, score: (genome: Readonly<Float64Array>) => number, steps: number): void {
  for (let step = 0; step < steps; step++)
    strategy.tell(strategy.ask().map(({ genome }) => ok(score(genome))));
}

describe('centred ranks', () => {
  it('run from the worst at -1/2 to the best at 1/2, equals sharing theirs', () => {
    expect([...centredRanks([3, -1, 7, 5, 4])]).toEqual([-0.25, -0.5, 0.5, 0.25, 0]);
    expect([...centredRanks([2, 2, 9, 1])]).toEqual([0, 0, 0.5, -0.5]);
    expect([...centredRanks([4, 4, 4])]).toEqual([0, 0, 0]);
    expect([...centredRanks([-Infinity, 1, -Infinity])]).toEqual([-0.25, 0.5, -0.25]);
    expect(centredRanks([1, 5, 2, 2, -3, -3, -3]).reduce((a, b) => a + b)).toBeCloseTo(0, 12);
  });
});

describe('openai-es', () => {
  it('asks for mirrored pairs, sigma steps from the centre', () => {
    const strategy = create(problem(40, -Infinity, Infinity, 3, 2), { pairs: 50, sigma: { start: 0.25 } });
    const genomes = strategy.ask().map(({ genome }) => genome);
    expect(genomes).toHaveLength(100);
    const noise = deviates(50, 40);
    for (let pair = 0; pair < 50; pair++) {
      for (let gene = 0; gene < 40; gene++) {
        const shift = 0.25 * 2 * noise[pair]![gene]!;
        expect(genomes[2 * pair]![gene]).toBeCloseTo(3 + shift, 12);
        expect(genomes[2 * pair + 1]![gene]).toBeCloseTo(3 - shift, 12);
      }
    }
  });

  it('moves along the estimate of the gradient', () => {
    // The first step of momentum is the learning rate times the gradient, in steps of the gene.
    const strategy = create(problem(3), {
      pairs: 2,
      sigma: { start: 0.5 },
      learningRate: { start: 0.2 },
      optimizer: { kind: 'sgd' },
    });
    strategy.ask();
    strategy.tell([10, 2, 5, 30].map(ok));
    const [first, second] = deviates(2, 3);
    const ranks = [1 / 6, -1 / 2, -1 / 6, 1 / 2];
    centreOf(strategy).forEach((value, gene) => {
      const gradient =
        ((ranks[0]! - ranks[1]!) * first![gene]! + (ranks[2]! - ranks[3]!) * second![gene]!) / (4 * 0.5);
      expect(value).toBeCloseTo(1 + 0.5 * 0.2 * gradient, 12);
    });
  });

  it('takes a first step of the learning rate with Adam, by sign', () => {
    const strategy = create(problem(5), { learningRate: { start: 0.3 } });
    advance(strategy, (genome) => genome[0]! - 2 * genome[3]!, 1);
    for (const value of centreOf(strategy)) expect(Math.abs(value - 1)).toBeCloseTo(0.5 * 0.3, 6);
    expect(centreOf(strategy)[0]).toBeGreaterThan(1);
    expect(centreOf(strategy)[3]).toBeLessThan(1);
  });

  it('lets sigma and the learning rate decay to their floors', () => {
    const wide = (strategy: Strategy) => Math.abs(strategy.ask()[0]!.genome[0]! - centreOf(strategy)[0]!);
    const sized = (sigma: object, steps: number) => {
      const strategy = create(problem(1), { pairs: 1, sigma });
      advance(strategy, () => 0, steps);
      return wide(strategy);
    };
    const plain = sized({ start: 0.5 }, 7);
    expect(sized({ start: 0.5, decay: 0.5 }, 7)).toBeCloseTo(plain / 128, 12);
    expect(sized({ start: 0.5, decay: 0.5, floor: 0.2 }, 7)).toBeCloseTo(plain * 0.4, 12);
    const step = (learningRate: object) => {
      const strategy = create(problem(1), { learningRate });
      advance(strategy, ([x]) => x!, 3);
      const before = centreOf(strategy)[0]!;
      advance(strategy, ([x]) => x!, 1);
      return centreOf(strategy)[0]! - before;
    };
    expect(step({ start: 0.1, decay: 0.5 }) / step({ start: 0.1 })).toBeCloseTo(1 / 8, 6);
    expect(step({ start: 0.1, decay: 0.1, floor: 0.05 }) / step({ start: 0.1 })).toBeCloseTo(1 / 2, 6);
  });

  it('stays where all scores are equal or all have failed', () => {
    const strategy = create(problem(4), {});
    advance(strategy, () => 3, 5);
    strategy.tell(strategy.ask().map(() => failed));
    expect(centreOf(strategy)).toEqual([1, 1, 1, 1]);
  });

  it('stays within the bounds and finds an optimum on one', () => {
    const strategy = create(problem(6, -2, 3), {
      sigma: { start: 0.2, decay: 0.99 },
      learningRate: { start: 0.2, decay: 0.98 },
    });
    const score = (genome: Readonly<Float64Array>) => {
      expect(genome.every((value) => value >= -2 && value <= 3)).toBe(true);
      return -genome.reduce((sum, value, i) => sum + (value - (i < 3 ? 9 : 0.5)) ** 2, 0);
    };
    advance(strategy, score, 300);
    const centre = centreOf(strategy);
    expect(Math.max(...centre.slice(0, 3).map((value) => Math.abs(value - 3)))).toBeLessThan(0.05);
    expect(Math.max(...centre.slice(3).map((value) => Math.abs(value - 0.5)))).toBeLessThan(0.1);
  });

  it.each(['adam', 'sgd'])('climbs a hill of 100 genes with %s', (kind) => {
    const options = {
      optimizer: { kind },
      learningRate: { start: 0.1, decay: 0.995 },
      sigma: { start: 0.2 },
    };
    const strategy = create(problem(100), options);
    advance(strategy, (genome) => -genome.reduce((sum, value) => sum + value * value, 0), 400);
    expect(centreOf(strategy).reduce((sum, value) => sum + value * value, 0)).toBeLessThan(5);
  });
});
