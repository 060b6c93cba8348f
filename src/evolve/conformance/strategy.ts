import { type Check, expectOther, expectSame, expectThat } from '../../spec/conformance.js';
import { decodeSnapshot, encodeSnapshot } from '../../store/binary.js';
import { strategyParts } from '../../strategies/parts.js';
import { type Search, type StrategyContext, sameBytes, searchOf, stored } from './search.js';
import {
  advance,
  bestAfter,
  bumpy,
  expectValid,
  extremes,
  failed,
  mixed,
  overwrite,
  problemOf,
  type Score,
  scored,
  sphere,
} from './searches.js';
import { hopeless } from './strategy-hopeless.js';
import { sizes } from './strategy-sizes.js';
import { constraints, guarded, injected, integers, warmStart } from './strategy-takes.js';

const asking = ({ create }: Search): Check[] => [
  {
    name: 'asks for finite genomes of the right length within the bounds',
    run() {
      const problem = mixed();
      const strategy = create(problem);
      for (let step = 0; step < 12; step++) {
        for (const { fidelity } of strategy.ask()) {
          expectThat(fidelity > 0 && fidelity <= 1, 'a fidelity in (0, 1]', fidelity);
        }
        expectValid(advance(strategy, 1, bumpy), problem);
      }
    },
  },
  {
    name: 'asks the same again until it is told',
    run() {
      const strategy = create(mixed());
      for (let step = 0; step < 4; step++) {
        const copy = () => strategy.ask().map(({ genome, fidelity }) => ({ genome: [...genome], fidelity }));
        const first = copy();
        expectSame(copy(), first, 'what is asked again');
        expectSame(copy(), first, 'what is asked a third time');
        // And having been asked thrice is as good as once.
        const once = create(mixed());
        advance(once, step, bumpy);
        const genomes = once.ask().map(({ genome }) => [...genome]);
        expectSame(
          genomes,
          first.map(({ genome }) => genome),
          'what is asked once',
        );
        advance(strategy, 1, bumpy);
      }
    },
  },
  {
    name: 'depends on its seed, and on nothing else',
    run() {
      const run = (seed: string) => advance(create(mixed(), seed), 5, bumpy);
      const first = run('one');
      expectOther(run('two'), first, 'what another seed gives');
      expectSame(run('one'), first, 'what the same seed gives');
    },
  },
  {
    name: 'is not disturbed by another search of its kind',
    run() {
      const alone = advance(create(mixed(), 'one'), 4, bumpy);
      const [first, second] = [create(mixed(), 'one'), create(mixed(), 'two')];
      const interleaved = Array.from({ length: 4 }, () => {
        const asked = advance(first, 1, bumpy);
        advance(second, 1, bumpy);
        return asked[0];
      });
      expectSame(interleaved, alone, 'a search beside another');
    },
  },
];

const restarting = ({ create, restore }: Search): Check[] => [
  ...[0, 1, 2, 3, 7].map(
    (steps): Check => ({
      name: `goes on from a stored snapshot after ${steps} steps, to the bit`,
      run() {
        const unbroken = create(mixed());
        advance(unbroken, steps, bumpy);
        const snapshot = unbroken.snapshot();
        expectSame(stored(snapshot), snapshot, 'a stored snapshot');
        const resumed = restore(mixed(), stored(snapshot));
        expectThat(
          sameBytes(resumed.snapshot(), snapshot),
          'a restored search to give the snapshot it came from',
        );
        const more = advance(unbroken, 5, bumpy);
        expectThat(more.length > 0, 'a search that goes on', more.length);
        expectSame(advance(resumed, 5, bumpy), more, 'what a restored search asks');
        expectSame(resumed.snapshot(), unbroken.snapshot(), 'the snapshot of a restored search');
        expectSame(resumed.stopped, unbroken.stopped, 'why a restored search stopped');
      },
    }),
  ),
  {
    name: 'goes on from a snapshot taken while scores fail',
    run() {
      const flaky: Score = (genome, index, step) =>
        (index + step) % 3 === 0 ? failed : bumpy(genome, index, step);
      const unbroken = create(mixed());
      advance(unbroken, 2, flaky);
      advance(unbroken, 1, () => failed);
      const resumed = restore(mixed(), stored(unbroken.snapshot()));
      expectSame(advance(resumed, 4, flaky), advance(unbroken, 4, flaky), 'what a restored search asks');
    },
  },
  {
    name: 'shares no memory with its snapshots',
    run() {
      const strategy = create(mixed());
      advance(strategy, 2, bumpy);
      const snapshot = strategy.snapshot();
      const bytes = encodeSnapshot(snapshot);
      const resumed = restore(mixed(), snapshot);
      const expected = advance(restore(mixed(), decodeSnapshot(bytes)!), 4, bumpy);
      // Neither the one it was taken from nor one restored from it writes into it.
      expectSame(advance(strategy, 3, bumpy), expected.slice(0, 3), 'what it asks after a snapshot');
      advance(resumed, 3, bumpy);
      expectThat(encodeSnapshot(snapshot).equals(bytes), 'a snapshot that nobody writes into');
      // And who overwrites a snapshot changes neither.
      const late = strategy.snapshot();
      for (const taken of [snapshot, late]) overwrite(taken);
      expectSame(advance(strategy, 1, bumpy), expected.slice(3), 'a search whose snapshot was overwritten');
      expectSame(
        advance(resumed, 1, bumpy),
        expected.slice(3),
        'a search restored from what was overwritten',
      );
    },
  },
  {
    name: 'does not write into the problem',
    run() {
      const problem = mixed();
      const { nameOf: _, ...before } = mixed();
      const strategy = create(problem);
      advance(strategy, 4, bumpy);
      advance(restore(problem, strategy.snapshot()), 4, bumpy);
      const { nameOf: __, ...after } = problem;
      expectSame(after, before, 'the problem');
    },
  },
];

const awkward = ({ create }: Search): Check[] => [
  ...Object.entries(extremes).map(
    ([about, score]): Check => ({
      name: `survives scores that are ${about}`,
      run() {
        const problem = mixed();
        const strategy = create(problem);
        expectValid(advance(strategy, 6, score), problem);
        // Sound scores later find it in working order.
        if (strategy.stopped === undefined) expectValid(advance(strategy, 3, bumpy), problem);
        expectSame(stored(strategy.snapshot()), strategy.snapshot(), 'a stored snapshot');
      },
    }),
  ),
  {
    name: 'does not look at the score of what failed',
    run() {
      const told =
        (...objectives: number[]): Score =>
        (genome, index, step) =>
          (index + step) % 3 === 0 ? { ...failed, objectives } : bumpy(genome, index, step);
      const expected = advance(create(mixed()), 6, told());
      for (const objective of [1e9, -1e9, 0, Number.NaN, Infinity]) {
        expectSame(advance(create(mixed()), 6, told(objective)), expected, `a search told ${objective}`);
      }
    },
  },
  {
    name: 'searches a single gene',
    run() {
      const problem = problemOf([{ low: -2, high: 3, start: 1 }]);
      const asked = advance(create(problem), 8, bumpy);
      expectValid(asked, problem);
      const values = new Set(asked.flat().map(([value]) => value));
      expectThat(values.size > 1, 'several values of the gene', values);
    },
  },
  {
    name: 'leaves a gene alone that has one value only',
    run() {
      const problem = problemOf([
        { low: -2, high: 3, start: 1 },
        { low: 4, high: 4, start: 4 },
        { low: 0, high: 1, start: 0 },
      ]);
      const asked = advance(create(problem), 8, bumpy).flat();
      for (const genome of asked) expectSame(genome[1], 4, 'the gene that has one value');
      const values = new Set(asked.map(([value]) => value));
      expectThat(values.size > 1, 'several values of another gene', values);
    },
  },
  {
    name: 'has nothing to find where every gene has one value only',
    run() {
      const problem = problemOf([
        { low: 4, high: 4, start: 4 },
        { low: 0, high: 0, start: 0 },
      ]);
      for (const genome of advance(create(problem), 4, bumpy).flat()) {
        expectSame([...genome], [4, 0], 'a genome');
      }
    },
  },
];

function learning({ blind, create }: Search): Check[] {
  if (blind) {
    return [
      {
        name: 'takes nothing from what it is told',
        run() {
          const untold = advance(create(mixed()), 6, () => failed);
          expectSame(advance(create(mixed()), 6, bumpy), untold, 'what it asks');
          const byIndex: Score = (_genome, index) => scored(index);
          expectSame(advance(create(mixed()), 6, byIndex), untold, 'what it asks');
        },
      },
    ];
  }
  return [
    {
      name: 'takes up what it is told',
      run() {
        const upwards = advance(create(mixed()), 6, ([first]) => scored(first!));
        const downwards = advance(create(mixed()), 6, ([first]) => scored(-first!));
        expectOther(upwards, downwards, 'what it asks when the first gene should rise');
      },
    },
    ...['one', 'two', 'three'].map(
      (seed): Check => ({
        name: `improves the sphere, seed ${seed}`,
        run() {
          // Half of the start's distance, squared, is the least that deserves the name.
          const best = bestAfter(create(sphere(), seed), 3000);
          expectThat(best > -5, 'a score above -5 after 3,000 evaluations, where the start has -10', best);
        },
      }),
    ),
    {
      name: 'gets better with more evaluations',
      run() {
        const early = bestAfter(create(sphere()), 200);
        const late = bestAfter(create(sphere()), 3000);
        expectThat(late > early, `after 3,000 evaluations more than ${early}, what it had after 200`, late);
      },
    },
  ];
}

/**
 * What is asked of every strategy: candidates within bounds, restarts to the bit, no memory shared, awkward and noisy
 * scores survived, one gene and ten thousand, an end where it has nothing to go on, what it does not take refused by name, and, unless it is blind, that it learns from what it is told.
 * @param part what a table holds, or a module exports by default
 * @throws UsageError where it is no strategy
 */
export function strategyChecks(part: unknown, context: StrategyContext): Check[] {
  const search = searchOf(strategyParts.adopt(part, context.name), context);
  return [
    asking,
    restarting,
    awkward,
    sizes,
    hopeless,
    integers,
    constraints,
    guarded,
    injected,
    warmStart,
    learning,
  ].flatMap((checks) => checks(search));
}
