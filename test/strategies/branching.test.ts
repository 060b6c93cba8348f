import { describe, expect, it } from 'vitest';
import { branched } from '../../src/strategies/branching.js';
import { realProblem } from '../../src/strategies/problem.js';
import { resumeStrategy, startStrategy } from '../../src/strategies/start.js';
import type { StrategyModule } from '../../src/strategies/strategy.js';
import { strategies } from '../../src/strategies/table.js';

const names = Object.keys(strategies) as (keyof typeof strategies)[];
const moduleOf = (name: keyof typeof strategies) => strategies[name] as unknown as StrategyModule;

const all = (value: number) => new Float64Array(6).fill(value);
const problem = realProblem({
  genes: 6,
  low: all(-4),
  high: all(4),
  start: all(1),
  step: all(1),
  priorLow: all(-2),
  priorHigh: all(2),
  behaviours: [0, 1].map((gene) => ({ name: `gene ${gene}`, low: -4, high: 4, bins: 5 })),
});

/** A search of seven steps on a sphere, and its options. */
function underWay(name: keyof typeof strategies) {
  const module = moduleOf(name);
  const options = module.options.parse({}) as Record<string, unknown>;
  const strategy = startStrategy(name, module, problem, options, 'seed');
  for (let step = 0; step < 7; step++) {
    const outcomes = strategy.ask().map(({ genome }) => ({
      status: 'ok' as const,
      objectives: [-genome.reduce((sum, x) => sum + x * x, 0)],
      constraints: [],
      measures: { 'gene 0': genome[0]!, 'gene 1': genome[1]! },
    }));
    strategy.tell(outcomes);
  }
  return { module, options, strategy };
}

describe.each(names)('a branch of %s', (name) => {
  it('names only options that there are', () => {
    const { module, options } = underWay(name);
    expect(Object.keys(options)).toEqual(expect.arrayContaining([...module.branching!.options]));
  });

  it('asks what the search would have asked, also where it forgets scores', () => {
    const { module, options, strategy } = underWay(name);
    const change = { from: options, to: options };
    const next = strategy.ask().map(({ genome }) => [...genome]);
    for (const otherScores of [false, true]) {
      if (otherScores && !module.branching!.withoutScores) continue;
      const state = branched(name, module, underWay(name).strategy.snapshot(), { ...change, otherScores });
      const gone = resumeStrategy(name, module, problem, options, state);
      expect(gone.ask().map(({ genome }) => [...genome])).toEqual(next);
    }
  });
});

describe('a branch', () => {
  it('forgets the scores by which CMA-ES tells that it stands still', () => {
    const { module, options, strategy } = underWay('cma-es');
    const best = (state: object) => (state as { stopping: { best: Float64Array } }).stopping.best.length;
    expect(best(strategy.snapshot())).toBe(7);
    const change = { from: options, to: options, otherScores: true };
    expect(best(branched('cma-es', module, strategy.snapshot(), change))).toBe(0);
  });

  it('of a strategy that says nothing changes nothing', () => {
    const change = { from: { a: 1 }, to: { a: 2 }, otherScores: false };
    expect(() => branched('mine', {}, {}, change)).toThrow(
      /strategy\.a: .*"mine" was made with 1.*No option/,
    );
    expect(() => branched('mine', {}, {}, { from: {}, to: {}, otherScores: true })).toThrow(/holds scores/);
  });
});
