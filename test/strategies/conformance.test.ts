import { describe, expect, it } from 'vitest';
import { lattice, mixed } from '../../src/evolve/conformance/searches.js';
import { strategyChecks } from '../../src/evolve/conformance/strategy.js';
import { startStrategy } from '../../src/strategies/start.js';
import type { StrategyModule } from '../../src/strategies/strategy.js';
import { type StrategyName, strategies } from '../../src/strategies/table.js';

interface Variant {
  about: string;
  options: Readonly<Record<string, unknown>>;
}

/** Small and quick forms of every strategy, one for each part that can be chosen. */
const variants: Record<StrategyName, readonly [Variant, ...Variant[]]> = {
  cgp: [
    { about: 'defaults', options: {} },
    {
      about: 'several parents, every gene alike',
      options: { parents: 3, children: 5, tournament: 2, mutation: { kind: 'gene', rate: 0.3 } },
    },
    { about: 'copies of the start', options: { initial: 'start', sigma: 0.3, children: 8 } },
  ],
  'cma-es': [
    { about: 'defaults', options: {} },
    {
      about: 'separable, odd population',
      options: { population: 9, covariance: 'separable', active: false },
    },
    {
      about: 'short searches, restarted',
      options: { population: 6, restarts: 'bipop', mostRestarts: 30, stop: { maxiter: 60 } },
    },
    {
      about: 'doubling, no end in sight',
      options: {
        sigma0: 4,
        restarts: 'ipop',
        stop: {
          tolfun: null,
          tolfunhist: null,
          tolx: null,
          tolfacupx: null,
          conditioncov: null,
          noeffectaxis: false,
          noeffectcoord: false,
          stagnation: false,
          flatfitness: null,
          maxiter: null,
        },
      },
    },
  ],
  'cma-mae': [
    { about: 'defaults', options: {} },
    {
      about: 'by random directions, one emitter, a tessellation, as its own thresholds say',
      options: {
        ...{ emitters: 1, population: 9, ranker: '2rd', selection: 'filter', restart: 'no-improvement' },
        ...{ cells: 12, learningRate: 0.5, minThreshold: -200 },
      },
    },
  ],
  'cma-me': [
    { about: 'defaults', options: {} },
    {
      about: 'by objective, separable',
      options: {
        ...{ emitters: 2, population: 7, ranker: 'obj', selection: 'mu', restart: 'basic' },
        covariance: 'separable',
      },
    },
  ],
  de: [
    { about: 'SHADE', options: { population: 12 } },
    { about: 'rand/1', options: { population: 12, initial: 'start', variant: { kind: 'rand/1' } } },
    { about: 'best/1', options: { population: 9, variant: { kind: 'best/1', crossover: 0.5 } } },
  ],
  enomad: [
    { about: 'EA', options: { population: 5, genes: 4, evaluations: 23 } },
    {
      about: 'rEA',
      options: {
        population: 8,
        initial: 'prior',
        choose: 'changed',
        mutatedGenes: 2,
        reach: 2,
        evaluations: 9,
      },
    },
  ],
  ga: [
    // One gene a child: of ten genes, the five of the default are half.
    { about: 'defaults', options: { population: 20, mutation: { kind: 'reset', genes: 1 } } },
    {
      about: 'no elite, odd population',
      options: { population: 17, elites: 0, initial: 'start', mutation: { kind: 'reset', genes: 1 } },
    },
    {
      about: 'tournament, SBX, polynomial',
      options: {
        population: 21,
        elites: 2,
        selection: { kind: 'tournament', size: 3 },
        crossover: { kind: 'sbx' },
        mutation: { kind: 'polynomial' },
      },
    },
    {
      about: 'the oldest die',
      options: {
        population: 12,
        elites: 0,
        selection: { kind: 'tournament', size: 4 },
        mutation: { kind: 'reset', genes: 1 },
        replacement: { kind: 'ageing', children: 5 },
      },
    },
    {
      about: 'the oldest die but for the best, SBX',
      options: {
        population: 14,
        elites: 2,
        selection: { kind: 'tournament', size: 3 },
        crossover: { kind: 'sbx' },
        mutation: { kind: 'gaussian', genes: 2 },
        replacement: { kind: 'ageing', children: 3 },
      },
    },
    {
      about: 'no crossover, gaussian',
      options: {
        population: 20,
        initial: 'start',
        crossover: { kind: 'none' },
        // An odd number of deviates a step leaves one over in the random stream.
        mutation: { kind: 'gaussian', genes: 3, sigma: 0.2 },
      },
    },
  ],
  mads: [
    { about: 'defaults', options: {} },
    {
      about: 'both ways, alone',
      options: { directions: 'ortho-2n', block: 1, nelderMead: false, modelVariables: 0 },
    },
    { about: 'wide blocks', options: { block: 7, speculative: false, modelVariables: 0, nelderMead: true } },
  ],
  'map-elites': [
    { about: 'defaults', options: {} },
    {
      about: 'a tessellation, one gene drawn anew, from the prior',
      options: { cells: 12, batch: 9, initial: 'prior', operator: { kind: 'reset', genes: 1 } },
    },
  ],
  niches: [
    { about: 'defaults', options: { population: 20 } },
    {
      about: 'fewer and fewer',
      options: { evaluations: 150, population: 30, lastPopulation: 2, batch: 9, firstGenes: 3 },
    },
    {
      about: 'odd batch, every child of two parents, always the best',
      options: { population: 6, batch: 7, exchange: 1, alsoMutate: 0.6, decades: 0, contestants: 40 },
    },
    {
      about: 'no exchange, small mutations',
      options: { population: 12, exchange: 0, largest: 2, firstGenes: 3 },
    },
    { about: 'niches by behaviour', options: { population: 10, niche: {} } },
  ],
  nsga2: [
    { about: 'defaults, few', options: { population: 8 } },
    {
      about: 'copies of the start, one child a pair',
      options: {
        population: 7,
        initial: 'start',
        crossover: { kind: 'biased' },
        mutation: { kind: 'gaussian', genes: 2 },
      },
    },
  ],
  'openai-es': [
    { about: 'Adam', options: { pairs: 8 } },
    {
      about: 'momentum, decaying',
      options: {
        pairs: 5,
        sigma: { start: 1, decay: 0.99, floor: 0.3 },
        learningRate: { start: 0.3, decay: 0.99, floor: 0.05 },
        optimizer: { kind: 'sgd' },
      },
    },
  ],
  pgpe: [
    { about: 'defaults, few', options: { pairs: 8 } },
    { about: 'slow, without momentum', options: { pairs: 5, maxSpeed: 0.3, stepSize: 0.3, momentum: 0 } },
  ],
  random: [
    { about: 'all genes', options: { batch: 8 } },
    { about: 'some genes', options: { batch: 3, genes: 2 } },
  ],
  snes: [
    { about: 'defaults', options: {} },
    { about: 'odd population, slow', options: { population: 9, deviationRate: 0.1, tolx: null } },
  ],
  xnes: [
    { about: 'defaults', options: {} },
    { about: 'odd population, slow', options: { population: 9, shapeRate: 0.05, tolx: null } },
  ],
};

/**
 * Strategies that by design take nothing from what they are told. They need not improve on anything, but have to be
 * blind indeed: the suite holds them to it, and holds all others to learning.
 */
const blind: readonly StrategyName[] = ['random'];

const cases = (Object.keys(strategies) as StrategyName[]).flatMap((name) =>
  variants[name].map((variant): [label: string, name: StrategyName, options: Variant['options']] => [
    `${name} (${variant.about})`,
    name,
    variant.options,
  ]),
);

it('the table and its small forms name the same strategies', () => {
  expect(Object.keys(variants).sort()).toEqual(Object.keys(strategies).sort());
});

describe.each(cases)('%s', (_label, name, options) => {
  const checks = strategyChecks(strategies[name], { name, options, blind: blind.includes(name) });
  for (const check of checks) it(check.name, check.run);
});

describe.each(Object.keys(strategies) as StrategyName[])('%s', (name) => {
  const module: StrategyModule = strategies[name];
  const start = (problem: Parameters<typeof startStrategy>[2]) => () =>
    startStrategy(name, module, problem, module.options.parse({}), 'seed');

  it.skipIf(module.takes.integers)('refuses integer genes with strategies that take them', () => {
    expect(start(lattice())).toThrow(
      `strategy: the strategy "${name}" searches real genes, and 6 genes here are integers (first: gene-0). ` +
        'Use cgp, ga, map-elites, niches, nsga2 or random.',
    );
  });

  it.skipIf(module.takes.constraints)('refuses constraints with strategies that take them', () => {
    expect(start({ ...mixed(), constraints: 2 })).toThrow(
      `strategy: the strategy "${name}" takes no constraints, and there are 2 here. Use mads, nsga2 or random.`,
    );
  });
});
