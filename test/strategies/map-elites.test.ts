import { expect, it } from 'vitest';
import { bumpy, mixed, scored, sphere } from '../../src/evolve/conformance/searches.js';
import { startStrategy } from '../../src/strategies/start.js';
import type { Outcome, Problem, StrategyModule } from '../../src/strategies/strategy.js';
import { strategies } from '../../src/strategies/table.js';

const module = strategies['map-elites'] as unknown as StrategyModule;
const begin = (problem: Problem, options = {}) =>
  startStrategy('map-elites', module, problem, module.options.parse(options), 'seed');

const told = (measures: Record<string, number>): Outcome => ({ ...scored(1), measures });

it('is refused where no behaviour is declared, with the strategies that need none', () => {
  expect(() => begin({ ...mixed(), behaviours: [] })).toThrow(
    'strategy: the strategy "map-elites" tells candidates apart by behaviour measures, and none are declared here. Use cgp,',
  );
});

it('clips what lies outside the ranges and counts it, and counts what has no number', () => {
  const search = begin(sphere(), { batch: 4, ranges: [[-1, 1], null] });
  search.ask();
  search.tell([
    told({ 'gene 0': -3, 'gene 1': 0 }),
    told({ 'gene 0': 1, 'gene 1': 7 }),
    told({ 'gene 0': Number.NaN, 'gene 1': 0 }),
    { ...told({}), status: 'failed' },
  ]);
  const { clipped, unplaced, elites } = search.archive!;
  expect([...clipped]).toEqual([1, 1]);
  expect(unplaced).toBe(1);
  expect(elites.elites().map(({ measures }) => measures)).toEqual([
    [-1, 0],
    [1, 5],
  ]);
});

it('names a measure that evaluations do not give', () => {
  const search = begin(sphere(), { batch: 1, measures: 'food', ranges: [[0, 1]], bins: [3] });
  search.ask();
  expect(() => search.tell([told({ eaten: 1 })])).toThrow(
    'strategy.measures: the evaluations give no measure "food". They give eaten.',
  );
});

it.each([
  [
    { measures: ['food'] },
    'measures: the task declares no range for "food". Name some of "gene 0", "gene 1"',
  ],
  [{ ranges: [[1, 1], null] }, 'ranges[0]: expected low below high, found [1, 1].'],
  [{ bins: [3] }, 'bins: expected 2 entries, one for each of "gene 0", "gene 1", found 1.'],
  [{ bins: [10_000, 1000] }, 'bins: expected at most 1000000 cells in all, found 10000000.'],
  [{ cells: 30, bins: [3, 3] }, 'bins: they are of a grid, and "cells" asks for a tessellation.'],
  [{ samples: 20 }, 'samples: they are of a tessellation. Give "cells" too'],
  [{ cells: 30, samples: 20 }, 'samples: expected at least as many as cells, 30, found 20.'],
])('says what is wrong with %j', (options, fault) => {
  expect(module.fault!(sphere(), module.options.parse(options))).toContain(fault);
  expect(() => begin(sphere(), options)).toThrow(fault);
});

it('keeps of each cell the best that was told', () => {
  const problem = sphere();
  const search = begin(problem, { batch: 20 });
  const best = new Map<number, number>();
  for (let step = 0; step < 30; step++) {
    const candidates = search.ask();
    const outcomes = candidates.map(({ genome }, i) => ({
      ...bumpy(genome, i, step),
      measures: { 'gene 0': genome[0]!, 'gene 1': genome[1]! },
    }));
    outcomes.forEach(({ objectives: [value], measures }) => {
      const bin = (x: number) => Math.min(9, Math.floor(((x + 5) / 10) * 10));
      const cell = bin(measures['gene 0']) * 10 + bin(measures['gene 1']);
      best.set(cell, Math.max(best.get(cell) ?? Number.NEGATIVE_INFINITY, value!));
    });
    search.tell(outcomes);
  }
  const kept = search.archive!.elites.elites();
  expect(new Map(kept.map(({ cell, objective }) => [cell, objective]))).toEqual(best);
  // Elites are genomes that give what is kept of them.
  for (const { genome, objective, measures } of kept) {
    expect(bumpy(genome, 0, 0).objectives[0]).toBe(objective);
    expect([genome[0], genome[1]]).toEqual(measures);
  }
});
