import { describe, expect, it } from 'vitest';
import { realProblem } from '../../src/strategies/problem.js';
import { random } from '../../src/strategies/random.js';
import { distance } from './statistics.js';

const all = (value: number) => new Float64Array(30).fill(value);
const problem = realProblem({
  genes: 30,
  low: all(-40),
  high: all(40),
  start: all(33),
  step: all(1),
  priorLow: all(-20),
  priorHigh: all(5),
});
const asked = (options: object) =>
  random
    .create(problem, random.options.parse(options), 'seed')
    .ask()
    .map(({ genome }) => [...genome]);

describe('random search', () => {
  it('draws every gene from the prior', () => {
    const genomes = asked({ batch: 200 });
    expect(genomes).toHaveLength(200);
    expect(genomes.every((genome) => genome.length === 30)).toBe(true);
    expect(distance(genomes.flat(), (x) => Math.min(1, Math.max(0, (x + 20) / 25)))).toBeLessThan(1.95);
  });

  it.each([1, 7, 29])('draws %d genes anew and leaves the others at the start', (genes) => {
    const chosen = new Set<number>();
    for (const genome of asked({ batch: 100, genes })) {
      const changed = [...genome.keys()].filter((gene) => genome[gene] !== 33);
      expect(changed).toHaveLength(genes);
      for (const gene of changed) {
        chosen.add(gene);
        expect(Math.abs(genome[gene]! + 7.5)).toBeLessThanOrEqual(12.5);
      }
    }
    expect(chosen.size).toBeGreaterThan(20);
  });

  it('takes more genes than there are for all of them', () => {
    expect(asked({ batch: 5, genes: 99 })).toEqual(asked({ batch: 5 }));
  });
});
