import { describe, expect, it } from 'vitest';
import { advance, bumpy, failed, mixed, type Score, scored } from '../../src/evolve/conformance/searches.js';
import { strategyChecks } from '../../src/evolve/conformance/strategy.js';
import { strategyParts } from '../../src/strategies/parts.js';
import { startStrategy } from '../../src/strategies/start.js';
import type { Problem, Strategy } from '../../src/strategies/strategy.js';
import { strategies } from '../../src/strategies/table.js';

const begin = (name: keyof typeof strategies, options: unknown): Strategy => {
  const module = strategies[name];
  return module.create(mixed(), module.options.parse(options) as never, 'seed');
};

const { start } = mixed();
const isStart = (genome: Readonly<Float64Array>) => genome.every((value, gene) => value === start[gene]);
const startFails: Score = (genome, index, step) => (isStart(genome) ? failed : bumpy(genome, index, step));

/** A strategy of a user's that asks for copies of the start for ever. */
const copies = {
  summary: 'copies',
  create: (problem: Problem) => ({
    ask: () => [0, 1, 2, 3].map(() => ({ genome: Float64Array.from(problem.start), fidelity: 1 })),
    tell: () => undefined,
    snapshot: () => ({}),
  }),
  restore: (problem: Problem) => copies.create(problem),
};

describe('a search with nothing to go on', () => {
  const population = { population: 8, initial: 'start' };
  it.each([
    ['enomad', population],
    ['enomad', { ...population, choose: 'changed' }],
    ['ga', population],
    ['ga', { ...population, mutation: { kind: 'reset', genes: 0 } }],
  ] as const)('%s %j draws genomes from the prior where a generation of copies failed', (name, options) => {
    const asked = advance(begin(name, options), 2, startFails);
    expect(asked[0]!.every(isStart)).toBe(true);
    expect(asked[1]!.filter(isStart)).toHaveLength(1);
    expect(new Set(asked[1]!.map(String)).size).toBe(8);
  });

  it('keeps the elites of a generation that failed as a whole', () => {
    const strategy = begin('ga', { population: 8, elites: 2 });
    const before = advance(strategy, 3, bumpy);
    const [lost] = advance(strategy, 1, () => failed);
    const [next] = advance(strategy, 1, bumpy);
    expect(next!.slice(6)).toEqual(lost!.slice(6));
    expect(before.flat().map(String)).toContain(String(next![6]));
  });

  it('counts steps in a row alone', () => {
    const strategy = begin('random', { batch: 8 });
    const now: Score = (_genome, _index, step) => (step === 12 ? scored(1) : failed);
    advance(strategy, 19 + 13, now);
    expect(strategy.stopped).toBeUndefined();
    advance(strategy, 1, () => failed);
    expect(strategy.stopped).toBe('nothing to go on: all 160 candidates of the last 20 steps failed');
    expect(strategy.ask()).toEqual([]);
  });

  it('waits for 100 candidates where steps are small', () => {
    const strategy = begin('random', { batch: 1 });
    expect(advance(strategy, 1000, () => failed)).toHaveLength(100);
  });

  it('stops where it asks for one genome alone, though it is scored', () => {
    const strategy = begin('ga', { ...population, mutation: { kind: 'reset', genes: 0 } });
    advance(strategy, 1000, bumpy);
    expect(strategy.stopped).toBe(
      'nothing else to try: all 160 candidates of the last 20 steps were one and the same genome',
    );
  });

  it("holds of users' own strategies, whose check names what is wrong", () => {
    const own = strategyParts.adopt(copies, 'copies.mjs');
    const strategy = own.create(mixed(), {}, 'seed');
    advance(strategy, 1000, () => failed);
    expect(strategy.stopped).toMatch(/^nothing to go on: all 100 candidates of the last 25 steps failed$/);
    const check = strategyChecks(copies, { name: 'copies' }).find(({ name }) =>
      /start alone fails/.test(name),
    )!;
    expect(() => check.run()).toThrow('20 copies of the start');
  });

  it("leaves a user's strategy without a method to be refused by name, and its snapshot alone", () => {
    const whole = copies.create(mixed());
    const snapshot = { watch: 'mine' };
    const given: unknown[] = [];
    const own = strategyParts.adopt(
      {
        summary: 'own',
        create: () => ({
          ...whole,
          ask: () => [{ genome: Float64Array.from(start), fidelity: 1 }],
          snapshot: () => snapshot,
        }),
        restore: (_problem: Problem, _options: unknown, from: unknown) => {
          given.push(from);
          return whole;
        },
      },
      'own.mjs',
    );
    const strategy = own.create(mixed(), {}, 'seed');
    advance(strategy, 3, () => failed);
    own.restore(mixed(), {}, strategy.snapshot());
    expect(given).toEqual([snapshot]);
    const { snapshot: _, ...partial } = whole;
    const lacking = strategyParts.adopt({ ...copies, create: () => partial }, 'lacking.mjs');
    expect(() => startStrategy('lacking', lacking, mixed(), {}, 'seed')).toThrow(
      'The strategy "lacking" has no function snapshot',
    );
  });

  it('takes a problem of real genes without what it has no use for', () => {
    const { levels: _, groups: __, ...problem } = mixed();
    const { create, options } = strategies.enomad;
    const strategy = create(problem as Problem, options.parse(population), 'seed');
    expect(advance(strategy, 3, startFails)).toHaveLength(3);
  });
});
