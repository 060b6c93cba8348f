import { describe, expect, it } from 'vitest';
import { enomad } from '../../src/strategies/enomad.js';
import { realProblem } from '../../src/strategies/problem.js';
import type { Outcome } from '../../src/strategies/strategy.js';

const genes = 120;
const all = (value: number) => new Float64Array(genes).fill(value);
const problem = realProblem({
  genes,
  low: all(-40),
  high: all(40),
  start: Float64Array.from({ length: genes }, (_, i) => (i % 7) - 3),
  step: all(1),
  priorLow: all(-20),
  priorHigh: all(20),
});
const score = (genome: Readonly<Float64Array>) =>
  -genome.reduce((sum, value) => sum + (value - 5) * (value - 5), 0);
const outcome = (genome: Readonly<Float64Array>): Outcome => ({
  status: 'ok',
  objectives: [score(genome)],
  constraints: [],
  measures: {},
});
const differing = (genome: Readonly<Float64Array>) =>
  [...genome.keys()].filter((gene) => genome[gene] !== problem.start[gene]);

describe('ENOMAD as EA', () => {
  const settings = enomad.options.parse({ population: 4, genes: 9, evaluations: 30 });

  it('searches each genome in its own slice of genes, within reach', () => {
    const strategy = enomad.create(problem, settings, 'slices');
    const touched = new Set<number>();
    for (let step = 0; step < 6; step++) {
      const asked = strategy.ask();
      for (const { genome } of asked) {
        const changed = differing(genome);
        expect(changed.length).toBeLessThanOrEqual(9);
        for (const gene of changed) {
          touched.add(gene);
          expect(Math.abs(genome[gene]! - problem.start[gene]!)).toBeLessThanOrEqual(4);
        }
      }
      strategy.tell(asked.map(({ genome }) => outcome(genome)));
    }
    expect(touched.size).toBeGreaterThan(9);
    expect(touched.size).toBeLessThanOrEqual(36);
  });

  it('runs the searches of a generation together, a block of each at a time, with the evaluations they may use', () => {
    const strategy = enomad.create(problem, settings, 'together');
    expect(strategy.ask()).toHaveLength(4);
    let spent = 0;
    let largest = 0;
    const generation = () => (strategy.snapshot() as { generation: number }).generation;
    while (generation() === 0) {
      const asked = strategy.ask();
      largest = Math.max(largest, asked.length);
      spent += asked.length;
      strategy.tell(asked.map(({ genome }) => outcome(genome)));
    }
    expect(spent).toBe(4 * 30);
    expect(largest).toBe(4 * settings.search.block);
  });

  it('never loses its best', () => {
    const strategy = enomad.create(problem, settings, 'best');
    let best = Number.NEGATIVE_INFINITY;
    let generation = 0;
    while (generation < 5) {
      const asked = strategy.ask();
      for (const { genome } of asked) best = Math.max(best, score(genome));
      strategy.tell(asked.map(({ genome }) => outcome(genome)));
      const now = strategy.snapshot() as { generation: number; genomes: Float64Array };
      if (now.generation === generation) continue;
      generation = now.generation;
      const kept = [0, 1, 2, 3].map((i) => score(now.genomes.subarray(i * genes, (i + 1) * genes)));
      // A child may be better still; it has not been asked for yet.
      expect(Math.max(...kept)).toBeGreaterThanOrEqual(best);
    }
    expect(best).toBeGreaterThan(score(problem.start));
  });
});

describe('ENOMAD as rEA', () => {
  const settings = enomad.options.parse({
    population: 6,
    initial: 'prior',
    choose: 'changed',
    genes: 20,
    mutatedGenes: 3,
    reach: 2,
    evaluations: 12,
  });

  it('evaluates once what differs in too many genes or in none, and searches the changed genes of the rest', () => {
    const strategy = enomad.create(problem, settings, 'rea');
    // The start differs in no gene, the draws from the prior in all of them: one evaluation each.
    const first = strategy.ask();
    expect(first).toHaveLength(6);
    strategy.tell(first.map(({ genome }) => outcome(genome)));
    const {
      generation,
      genomes,
      genes: chosen,
    } = strategy.snapshot() as {
      generation: number;
      genomes: Float64Array;
      genes: Int32Array[];
    };
    expect(generation).toBe(1);
    for (let i = 0; i < 6; i++) {
      const changed = differing(genomes.subarray(i * genes, (i + 1) * genes));
      const searched = [...chosen[i]!];
      expect(searched).toEqual(changed.length > 0 && changed.length <= 20 ? changed : []);
    }
  });
});
