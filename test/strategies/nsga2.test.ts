import { expect, it } from 'vitest';
import { nondominatedFronts } from '../../src/archives/pareto.js';
import { realProblem } from '../../src/strategies/problem.js';
import { startStrategy } from '../../src/strategies/start.js';
import type { StrategyModule } from '../../src/strategies/strategy.js';
import { strategies } from '../../src/strategies/table.js';

const genes = 6;
const filled = (value: number) => new Float64Array(genes).fill(value);
const box = {
  ...realProblem({
    ...{ genes, low: filled(0), high: filled(1), start: filled(0.5), step: filled(0.1) },
    ...{ priorLow: filled(0), priorHigh: filled(1) },
  }),
  objectives: 2,
};
const nsga2 = strategies.nsga2 as unknown as StrategyModule;

/** ZDT1 of Zitzler, Deb and Thiele 2000, both objectives maximised: the front is f2 = 1 - sqrt(f1). */
function zdt1(genome: Readonly<Float64Array>): [number, number] {
  const [first, ...others] = genome;
  const g = 1 + (9 / (genes - 1)) * others.reduce((sum, value) => sum + value, 0);
  return [-first!, -g * (1 - Math.sqrt(first! / g))];
}

function evolved(generations: number, constraints = 0) {
  const problem = { ...box, constraints };
  const options = nsga2.options.parse({ population: 40 });
  const strategy = startStrategy('nsga2', nsga2, problem, options, 'front');
  let last: { objectives: readonly number[]; violation: number }[] = [];
  for (let step = 0; step < generations; step++) {
    const asked = strategy.ask();
    last = asked.map(({ genome }) => {
      const objectives = zdt1(genome);
      // Where there is a constraint, the first objective is to be at most -0.5.
      return { objectives, violation: constraints > 0 ? Math.max(0, objectives[0] + 0.5) : 0 };
    });
    strategy.tell(
      last.map(({ objectives, violation }) => ({
        ...{ status: 'ok' as const, objectives, measures: {} },
        constraints: constraints > 0 ? [violation] : [],
      })),
    );
  }
  return last;
}

it('finds the front of ZDT1, and spreads over it', () => {
  const found = evolved(150);
  const [front] = nondominatedFronts(found);
  const away = front!.map((at) => {
    const [f1, f2] = found[at]!.objectives as [number, number];
    return -f2 - (1 - Math.sqrt(-f1));
  });
  expect(Math.max(...away)).toBeLessThan(0.05);
  const firsts = front!.map((at) => -found[at]!.objectives[0]!);
  expect(Math.min(...firsts)).toBeLessThan(0.05);
  expect(Math.max(...firsts)).toBeGreaterThan(0.8);
});

it('keeps to constraints', () => {
  const found = evolved(60, 1);
  expect(found.filter(({ violation }) => violation === 0).length).toBeGreaterThan(30);
});
