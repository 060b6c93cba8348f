import { NormalSource } from '../../src/math/loops/normals.js';
import { RandomStream } from '../../src/math/random.js';
import { realProblem } from '../../src/strategies/problem.js';
import type { Outcome, Problem, Strategy } from '../../src/strategies/strategy.js';

export const ok = (score: number): Outcome => ({
  status: 'ok',
  objectives: [score],
  constraints: [],
  measures: {},
});

/** Genes without bounds that start at 1, which is 2 steps of 0.5. */
export function freeBox(genes: number): Problem {
  const all = (value: number) => new Float64Array(genes).fill(value);
  return realProblem({
    genes,
    ...{ low: all(-Infinity), high: all(Infinity), start: all(1), step: all(0.5) },
    ...{ priorLow: all(-5), priorHigh: all(5) },
  });
}

/** A vector of a strategy's state. */
export const vector = (strategy: Strategy, name: string) => [...(strategy.snapshot()[name] as Float64Array)];

/** Standard normal deviates of the first step of a search from the seed "seed", drawn a row at a time. */
export function deviates(rows: number, genes: number): number[][] {
  const source = NormalSource.from(RandomStream.from('seed'));
  return Array.from({ length: rows }, () => {
    const row = new Float64Array(genes);
    source.fill(row);
    return [...row];
  });
}
