import { type Check, expectSame, expectThat } from '../../spec/conformance.js';
import { hopelessCandidates, hopelessSteps } from '../../strategies/giving-up.js';
import { type Search, stored } from './search.js';
import { advance, bumpy, failed, mixed, type Score } from './searches.js';

/** Every step has a candidate, so that by then a search with nothing to go on has been given up. */
const mostSteps = Math.max(hopelessSteps, hopelessCandidates);

/** Steps within which a strategy tries something else than a start that failed. */
const stepsOfTheStart = 5;

/** What is asked of a strategy that has nothing to go on. */
export const hopeless = ({ create, restore }: Search): Check[] => [
  {
    name: `tries other genomes, or stops with a reason, where the start alone fails (within ${stepsOfTheStart} steps)`,
    run() {
      const { start } = mixed();
      const isStart = (genome: Readonly<Float64Array>) =>
        genome.every((value, gene) => value === start[gene]);
      const score: Score = (genome, index, step) => (isStart(genome) ? failed : bumpy(genome, index, step));
      const strategy = create(mixed());
      const asked = advance(strategy, stepsOfTheStart, score);
      const others = asked.flat().filter((genome) => !isStart(genome)).length;
      expectThat(
        others > 0 || strategy.stopped !== undefined,
        'a genome that is not the start, or an end with a reason',
        `${asked.flat().length} copies of the start`,
      );
    },
  },
  {
    name: `stops with a reason where everything fails, after ${hopelessSteps} steps of ${hopelessCandidates} candidates`,
    run() {
      const strategy = create(mixed());
      const asked = advance(strategy, mostSteps, () => failed);
      const reason = strategy.stopped;
      expectThat(typeof reason === 'string' && reason !== '', 'an end with a reason', reason);
      const half = create(mixed());
      advance(half, asked.length >> 1, () => failed);
      const resumed = restore(mixed(), stored(half.snapshot()));
      const rest = advance(resumed, mostSteps, () => failed);
      expectSame(rest, asked.slice(asked.length >> 1), 'what a restored search asks');
      expectSame(resumed.stopped, reason, 'why a restored search stopped');
    },
  },
];
