import { describe, expect, it } from 'vitest';
import { archiveFigures } from '../../src/archives/elites.js';
import { functions } from '../../src/bench/functions.js';
import { linearProjection } from '../../src/bench/projection.js';
import { sphere } from '../../src/evolve/conformance/searches.js';
import { mean } from '../../src/math/statistics.js';
import { realProblem } from '../../src/strategies/problem.js';
import { EmitterSetting } from '../../src/strategies/quality-diversity/emitter.js';
import type { Placed } from '../../src/strategies/quality-diversity/keeper.js';
import { rankedBy } from '../../src/strategies/quality-diversity/rankers.js';
import { startStrategy } from '../../src/strategies/start.js';
import type { StrategyModule } from '../../src/strategies/strategy.js';
import { type StrategyName, strategies } from '../../src/strategies/table.js';

const moduleOf = (name: StrategyName) => strategies[name] as unknown as StrategyModule;

describe('a ranking', () => {
  const placed = (status: 0 | 1 | 2, improvement: number, objective: number, x: number): Placed => ({
    ...{ status, improvement, objective, cell: 0, measures: [x, 0], step: 0, index: 0 },
    genome: new Float64Array(0),
  });
  const candidates = [
    placed(0, -1, 9, 3),
    placed(2, 1, 1, 0),
    undefined,
    placed(1, 5, 6, 1),
    placed(2, 2, 2, -4),
    placed(1, Number.MAX_VALUE, 7, 2),
  ];

  it.each([
    ['imp', [5, 3, 4, 1, 0, 2]],
    ['2imp', [4, 1, 5, 3, 0, 2]],
    ['obj', [0, 5, 3, 4, 1, 2]],
    ['2obj', [4, 1, 5, 3, 0, 2]],
    ['rd', [4, 1, 3, 5, 0, 2]],
    ['2rd', [4, 1, 3, 5, 0, 2]],
  ] as const)('by %s', (ranker, order) => {
    expect(rankedBy(ranker, candidates, Float64Array.of(-2, 1))).toEqual(order);
  });
});

it('weighs as many parents as the archive takes: ln(p + 1/2) - ln(rank), to a sum of 1', () => {
  const options = moduleOf('cma-me').options.parse({ population: 12 }) as never;
  const { weights, parents, population, effective } = new EmitterSetting(sphere(), options).parameters(3);
  const raw = [1, 2, 3].map((rank) => Math.log(3.5) - Math.log(rank));
  const sum = raw.reduce((a, b) => a + b);
  expect({ parents, population }).toEqual({ parents: 3, population: 12 });
  [...weights].forEach((weight, rank) => {
    expect(weight).toBeCloseTo((raw[rank] ?? 0) / sum, 12);
  });
  expect(effective).toBeCloseTo(1 / raw.reduce((a, b) => a + (b / sum) ** 2, 0), 12);
});

describe('on the linear projection of 20 genes', () => {
  const genes = 20;
  const bound = 5.12;
  const all = (value: number) => new Float64Array(genes).fill(value);
  const { behaviours, measuresOf } = linearProjection(genes, bound);
  const problem = realProblem({
    ...{ genes, low: all(-Infinity), high: all(Infinity), start: all(0), step: all(1) },
    ...{ priorLow: all(-bound), priorHigh: all(bound) },
    behaviours: behaviours.map((behaviour) => ({ ...behaviour, bins: 40 })),
  });
  const minimum = 0.4 * bound;

  /** From 0 at the far corner of the box to 100 where the function is least. */
  function filled(name: StrategyName, options: object, of: 'sphere' | 'rastrigin' = 'sphere', seed = 'seed') {
    const f = functions[of].of(genes);
    const worst = f(all(bound + minimum));
    const module = moduleOf(name);
    const search = startStrategy(name, module, problem, module.options.parse(options), seed);
    for (let evaluations = 0; evaluations < 6000; ) {
      const candidates = search.ask();
      evaluations += candidates.length;
      search.tell(
        candidates.map(({ genome }) => ({
          ...{ status: 'ok', constraints: [], measures: measuresOf(genome) },
          objectives: [100 * (1 - f(genome.map((x) => x - minimum)) / worst)],
        })),
      );
    }
    return archiveFigures(search.archive!.elites, 0);
  }

  const emitters = { emitters: 5, population: 24, sigma0: 0.5 };

  it('covers far more than blind draws do, and a search for the best alone far less', () => {
    const { coverage, qdScore } = filled('cma-me', emitters);
    // Eight seeds give 0.30 to 0.44.
    expect(coverage).toBeGreaterThan(0.28);
    expect(qdScore).toBeGreaterThan(23);
    expect(filled('cma-me', emitters, 'rastrigin').coverage).toBeGreaterThan(0.28);
    // Single seeds give 0.21 to 0.29.
    const annealed = Array.from(
      { length: 6 },
      (_, i) => filled('cma-mae', { ...emitters, minThreshold: 0 }, 'sphere', `seed ${i}`).coverage,
    );
    expect(mean(annealed)).toBeGreaterThan(0.24);
    const lines = filled('map-elites', { operator: { kind: 'iso-line', iso: 0.05 } });
    expect(lines.coverage).toBeGreaterThan(0.28);
    const blind = filled('map-elites', { operator: { kind: 'reset', genes } });
    expect(blind.coverage).toBeLessThan(0.26);
    const single = { ranker: 'obj', selection: 'mu', restart: 'basic' };
    const best = filled('cma-me', { ...emitters, ...single });
    expect(best.coverage).toBeLessThan(0.12);
    expect(best.best).toBeGreaterThan(99.9);
  });
});
