import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RandomStream } from '../../src/math/random.js';
import { UserError } from '../../src/spec/errors.js';
import { checkProblem, drawnFromPrior, realProblem } from '../../src/strategies/problem.js';
import { resumeStrategy, startStrategy } from '../../src/strategies/start.js';
import type { Outcome, Problem, Snapshot, StrategyModule, Takes } from '../../src/strategies/strategy.js';
import { type StrategyName, strategies } from '../../src/strategies/table.js';
import { checkTakes, strategiesThatTake } from '../../src/strategies/takes.js';

function box(genes: number): Problem {
  const all = (value: number) => new Float64Array(genes).fill(value);
  return realProblem({
    genes,
    low: all(-1),
    high: all(4),
    start: all(0),
    step: all(1),
    priorLow: all(-1),
    priorHigh: all(1),
    behaviours: [
      { name: 'across', low: 0, high: 1, bins: 3 },
      { name: 'up', low: 0, high: 1, bins: 3 },
    ],
  });
}

const outcome: Outcome = {
  ...{ status: 'ok', objectives: [1], constraints: [] },
  measures: { across: 0.5, up: 0.5 },
};

/** A user's own strategy, as careless as one can be: it notices nothing. */
function careless(candidates: number, stopped?: string): StrategyModule {
  const strategy = (told: number) => ({
    ask: () => Array.from({ length: candidates }, () => ({ genome: new Float64Array(2), fidelity: 1 })),
    tell: () => {
      told += 1;
    },
    snapshot: () => ({ told }),
    stopped,
  });
  return {
    summary: 'notices nothing',
    source: 'none',
    options: z.strictObject({}),
    takes: { integers: false, objectives: 1, constraints: false },
    create: () => strategy(0),
    restore: (_problem, _options, { told }) => strategy(told as number),
  };
}

/** The message of what is refused, which must be one for users. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return expect.fail('nothing was refused');
}

const modules = [
  ['a user’s own', careless(3)],
  ...Object.entries(strategies as unknown as Record<StrategyName, StrategyModule>),
] as [string, StrategyModule][];

describe.each(modules)('%s, asked and told out of turn', (name, module) => {
  const start = () => startStrategy(name, module, box(2), module.options.parse({}), 'seed');
  const told = (count: number) => Array.from({ length: count }, () => outcome);

  it('refuses to be told before it is asked, and twice', () => {
    const strategy = start();
    const early = `The strategy "${name}" was told outcomes before it was asked for candidates: call ask, evaluate, then tell.`;
    expect(refusal(() => strategy.tell([]))).toBe(early);
    const { length } = strategy.ask();
    strategy.tell(told(length));
    expect(refusal(() => strategy.tell(told(length)))).toBe(early);
  });

  it('refuses another number of outcomes than it asked for, and waits on for the right one', () => {
    const strategy = start();
    const { length } = strategy.ask();
    for (const count of [0, length - 1, length + 1].filter((n) => n !== length)) {
      expect(refusal(() => strategy.tell(told(count)))).toBe(
        `The strategy "${name}" asked for ${length} candidates and was told ${count} outcomes: tell one for each, in order.`,
      );
    }
    const bare = told(length).map((_, i) => i) as unknown as Outcome[];
    expect(refusal(() => strategy.tell(bare))).toMatch(
      /^The strategy ".+" was told 0 of candidate 0: expected an outcome \{ status, objectives/,
    );
    const wrong: [object, string][] = [
      [{ status: 'fine' }, 'status: expected "ok" or "failed", found "fine".'],
      [{ objectives: [1, 2] }, 'objectives: expected 1 of them, as in the problem, found [1,2].'],
      [{ objectives: [Number.NaN] }, 'objectives[0]: expected a finite number where the status is "ok"'],
      [{ constraints: undefined }, 'constraints: expected a list of numbers, found nothing.'],
      [{ constraints: [0] }, 'constraints: expected 0 of them, as in the problem, found [0].'],
      [{ measures: null }, 'measures: expected an object of numbers, found null.'],
    ];
    for (const [part, message] of wrong) {
      const outcomes = told(length).with(-1, { ...outcome, ...part } as Outcome);
      expect(refusal(() => strategy.tell(outcomes))).toContain(
        `The strategy "${name}" was told of candidate ${length - 1}: ${message}`,
      );
    }
    strategy.tell(told(length));
  });

  it('refuses to be stored in the middle of a step, and gives the same candidates again', () => {
    const strategy = start();
    strategy.snapshot();
    const first = strategy.ask();
    expect(strategy.ask()).toBe(first);
    expect(refusal(() => strategy.snapshot())).toContain(
      `The strategy "${name}" was to be stored between ask and tell`,
    );
    strategy.tell(told(first.length));
    const snapshot = strategy.snapshot();
    const resumed = resumeStrategy(name, module, box(2), module.options.parse({}), snapshot);
    expect(resumed.snapshot()).toStrictEqual(snapshot);
    expect(refusal(() => resumed.tell([]))).toContain('was told outcomes before it was asked');
  });
});

describe('a search taken up again', () => {
  it('says that a snapshot is not its strategy’s', () => {
    const { snes } = strategies;
    const resumed = (snapshot: unknown) => () =>
      resumeStrategy(
        ...(['snes', snes as unknown as StrategyModule, box(2)] as const),
        ...([snes.options.parse({}), snapshot as Snapshot] as const),
      );
    for (const snapshot of [{}, null, 5])
      expect(refusal(resumed(snapshot))).toContain(
        `The strategy "snes" cannot go on from this snapshot: expected what its snapshot() gave with the same problem and options, found ${JSON.stringify(snapshot)}`,
      );
  });
});

describe('a genome from outside', () => {
  it('is refused where a value is text', () => {
    const { random } = strategies;
    const module = random as unknown as StrategyModule;
    const search = startStrategy('random', module, box(2), random.options.parse({}), 'seed');
    expect(refusal(() => search.inject(['1', 1] as unknown as number[]))).toBe(
      'The strategy "random" was given a genome from outside: expected a value of gene 0 in [-1, 4], found "1".',
    );
  });
});

describe('a strategy that asks for nothing', () => {
  it('is refused, whether it has stopped or not', () => {
    const ask = (stopped?: string) => () =>
      startStrategy('mine', careless(0, stopped), box(2), {}, 'seed').ask();
    expect(refusal(ask())).toBe(
      'The strategy "mine" asked for no candidates although it has not stopped: a step has at least one. Let it set ' +
        '`stopped` when it has nothing more to try.',
    );
    expect(refusal(ask('all is found'))).toBe(
      'The strategy "mine" was asked for candidates after it stopped (all is found).',
    );
  });
});

describe('what strategies take', () => {
  const integers = (genes: number): Problem => ({
    ...box(genes),
    low: new Float64Array(genes),
    start: new Float64Array(genes),
    priorLow: new Float64Array(genes),
    levels: new Int32Array(genes).fill(5),
    nameOf: (gene) => `rule.${gene}`,
  });
  const refused = (takes: Takes, problem: Problem) => refusal(() => checkTakes('mine', { takes }, problem));
  const all: Takes = { integers: true, objectives: 3, constraints: true };

  it('is searched by those that say so', () => {
    expect(strategiesThatTake(box(3))).toEqual(Object.keys(strategies));
    expect(strategiesThatTake(integers(3))).toEqual(['cgp', 'ga', 'map-elites', 'niches', 'nsga2', 'random']);
    expect(strategiesThatTake({ ...integers(3), objectives: 2 })).toEqual(['nsga2', 'random']);
    checkTakes('mine', { takes: all }, { ...integers(3), objectives: 3, constraints: 4 });
  });

  it('is refused by name, with what is too much and what else there is', () => {
    expect(refused({ ...all, integers: false }, integers(1))).toBe(
      'strategy: the strategy "mine" searches real genes, and 1 gene here is an integer (first: rule.0). Use cgp, ga, map-elites, niches, nsga2 or random.',
    );
    expect(refused({ ...all, objectives: 1 }, { ...box(3), objectives: 2 })).toBe(
      'strategy: the strategy "mine" takes 1 objective, and there are 2 here. Use nsga2 or random.',
    );
    expect(refused({ ...all, constraints: false }, { ...box(3), constraints: 1 })).toBe(
      'strategy: the strategy "mine" takes no constraints, and there is one here. Use mads, nsga2 or random.',
    );
    expect(refused({ ...all, mostGenes: 2 }, box(3))).toBe(
      'strategy: the strategy "mine" searches at most 2 genes, and there are 3 here. Use cgp, cma-es, cma-mae, cma-me, de, ' +
        'enomad, ga, mads, map-elites, niches, nsga2, openai-es, pgpe, random, snes or xnes.',
    );
    expect(refused({ ...all, behaviour: true }, { ...box(3), behaviours: [] })).toBe(
      'strategy: the strategy "mine" tells candidates apart by behaviour measures, and none are declared here. Use cgp, ' +
        'cma-es, de, enomad, ga, mads, niches, nsga2, openai-es, pgpe, random, snes or xnes.',
    );
    expect(
      refused({ integers: false, objectives: 1, constraints: false }, { ...integers(2), constraints: 2 }),
    ).toBe(
      'strategy: the strategy "mine" searches real genes, and 2 genes here are integers (first: rule.0); it takes no ' +
        'constraints, and there are 2 here. Use nsga2 or random.',
    );
  });
});

describe('a problem', () => {
  it('of whole numbers is drawn from evenly, within its prior', () => {
    const problem: Problem = {
      ...box(1),
      low: Float64Array.of(0),
      levels: Int32Array.of(5),
      priorLow: Float64Array.of(1),
      priorHigh: Float64Array.of(3),
    };
    const stream = RandomStream.from('levels');
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 30_000; i++) counts[drawnFromPrior(problem, 0, stream)]! += 1;
    expect([counts[0], counts[4]]).toEqual([0, 0]);
    // Four standard deviations of a third of 30,000.
    for (const level of [1, 2, 3]) expect(Math.abs(counts[level]! - 10_000)).toBeLessThan(327);
  });

  it.each<[string, Partial<Problem>, string]>([
    ['too few bounds', { low: new Float64Array(1) }, 'problem: low: expected 2 values, one a gene, found 1'],
    [
      'too few levels',
      { levels: new Int32Array(3) },
      'problem: levels: expected 2 values, one a gene, found 3',
    ],
    ['no objective', { objectives: 0 }, 'problem: objectives: expected a number of 1 or more, found 0'],
    [
      'half a constraint',
      { constraints: 0.5 },
      'problem: constraints: expected a number of 0 or more, found 0.5',
    ],
    [
      'an integer of one level',
      { levels: Int32Array.of(0, 1) },
      'problem: levels[1]: expected 0 for a real gene, 2 or more for an integer one, found 1',
    ],
    [
      'an integer that begins below 0',
      { levels: Int32Array.of(0, 5) },
      'problem: low[1]: expected 0, the first level, found -1',
    ],
    [
      'an integer that ends elsewhere',
      { levels: Int32Array.of(0, 4), low: new Float64Array(2) },
      'problem: high[1]: expected 3, the last level, found 4',
    ],
    [
      'a start between two levels',
      { levels: Int32Array.of(0, 5), low: new Float64Array(2), start: Float64Array.of(0, 0.5) },
      'problem: start[1]: expected a level from 0 to 4, found 0.5',
    ],
    [
      'a prior beyond the levels',
      { levels: Int32Array.of(0, 5), low: new Float64Array(2) },
      'problem: priorLow[1]: expected a level from 0 to 4, found -1',
    ],
    [
      'a group of what is not there',
      { groups: [{ name: 'AVA', genes: Int32Array.of(0, 2) }] },
      'problem: groups "AVA": expected ascending genes from 0 to 1, found 2',
    ],
    [
      'a group out of order',
      { groups: [{ name: 'AVA', genes: Int32Array.of(1, 0) }] },
      'problem: groups "AVA": expected ascending genes from 0 to 1, found 0',
    ],
  ])('with %s is refused', (_about, part, message) => {
    checkProblem(box(2));
    expect(() => startStrategy('mine', careless(1), { ...box(2), ...part }, {}, 'seed')).toThrow(
      new RangeError(message),
    );
  });
});
