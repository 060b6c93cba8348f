import { describe, expect, it } from 'vitest';
import { pgpe } from '../../src/strategies/pgpe.js';
import { centredRanks } from '../../src/strategies/ranking.js';
import type { Strategy } from '../../src/strategies/strategy.js';
import { deviates, freeBox, ok, vector } from './free-box.js';

const create = (genes: number, options: object) =>
  pgpe.create(freeBox(genes), pgpe.options.parse(options), 'seed');
const length = (of: readonly number[]) => Math.sqrt(of.reduce((sum, value) => sum + value * value, 0));

function advance(strategy: Strategy, score: (genome: Readonly<Float64Array>) => number, steps: number): void {
  for (let step = 0; step < steps; step++)
    strategy.tell(strategy.ask().map(({ genome }) => ok(score(genome))));
}

describe('pgpe', () => {
  it('moves by the length of a step along the estimated gradient, and deviations by theirs', () => {
    const strategy = create(3, { pairs: 2, sigma0: 0.8, maxSpeed: 1, stepSize: 0.25 });
    strategy.ask();
    strategy.tell([10, 2, 5, 30].map(ok));
    const shifts = deviates(2, 3).map((row) => row.map((z) => 0.8 * z));
    const ranks = centredRanks([10, 2, 5, 30]);
    const sum = (of: (pair: number) => number) => of(0) + of(1);
    const uphill = [0, 1, 2].map((i) =>
      sum((pair) => ((ranks[2 * pair]! - ranks[2 * pair + 1]!) / 2) * shifts[pair]![i]!),
    );
    const deviations = [0, 1, 2].map((i) => {
      const gradient =
        sum((pair) => ((ranks[2 * pair]! + ranks[2 * pair + 1]!) / 2) * (shifts[pair]![i]! ** 2 - 0.64)) /
        1.6;
      return 0.8 + Math.min(0.16, Math.max(-0.16, 0.1 * gradient));
    });
    vector(strategy, 'centre').forEach((value, i) => {
      expect(value).toBeCloseTo(2 + (0.25 * uphill[i]!) / length(uphill), 12);
    });
    vector(strategy, 'deviations').forEach((value, i) => {
      expect(value).toBeCloseTo(deviations[i]!, 12);
    });
  });

  it('keeps to its highest speed', () => {
    const strategy = create(5, { maxSpeed: 0.2, pairs: 64 });
    let before = vector(strategy, 'centre');
    for (let step = 0; step < 12; step++) {
      advance(strategy, (genome) => genome[0]!, 1);
      const now = vector(strategy, 'centre');
      const speed = length(now.map((value, i) => value - before[i]!));
      // The first step has half of it, and then momentum brings it to the limit.
      expect(speed).toBeCloseTo(Math.min(0.2, 0.1 * (1 - 0.9 ** (step + 1)) * 10), 1);
      expect(speed).toBeLessThan(0.2 + 1e-12);
      before = now;
    }
  });

  it('stays where all scores are equal', () => {
    const strategy = create(4, {});
    advance(strategy, () => 3, 5);
    expect(vector(strategy, 'centre')).toEqual([2, 2, 2, 2]);
    expect(vector(strategy, 'deviations')).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it('climbs a hill of 100 genes, and deviations shrink on it', () => {
    const strategy = create(100, { maxSpeed: 0.5 });
    advance(strategy, (genome) => -genome.reduce((sum, value) => sum + value * value, 0), 300);
    expect(vector(strategy, 'centre').reduce((sum, value) => sum + (0.5 * value) ** 2, 0)).toBeLessThan(2);
    expect(Math.max(...vector(strategy, 'deviations'))).toBeLessThan(0.5);
  });
});
