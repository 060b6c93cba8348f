import type { z } from 'zod';
import { UserError } from '../spec/errors.js';
import { LoggedSearch } from './mads/logged-search.js';
import { madsOptions } from './mads/options.js';
import type { Trial } from './mads/search.js';
import { fitness } from './ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';

/** Raised when the search takes other steps from the same outcomes: its state is what it was told, searched again. */
const rules = 3;

type Options = z.output<typeof madsOptions>;

/** What became of a candidate, as a search sees it: it minimises, and a failure is worse than anything. */
export function trialOf(outcome: Outcome): Trial {
  return { f: -fitness(outcome), constraints: outcome.constraints };
}

class Mads implements Strategy {
  private readonly search: LoggedSearch;

  constructor(
    problem: Problem,
    settings: Options,
    private readonly seed: string,
    log: readonly Trial[] = [],
  ) {
    this.search = new LoggedSearch(problem, settings, seed, Number.POSITIVE_INFINITY, log);
  }

  ask(): readonly Candidate[] {
    return this.search.block.map((genome) => ({ genome, fidelity: 1 }));
  }

  tell(outcomes: readonly Outcome[]): void {
    this.search.tell(outcomes.map(trialOf));
  }

  get stopped(): string | undefined {
    return this.search.end?.reason;
  }

  snapshot(): Snapshot {
    const { log } = this.search;
    return {
      seed: this.seed,
      rules,
      values: Float64Array.from(log, ({ f }) => f),
      constraints: log.map(({ constraints }) => Float64Array.from(constraints)),
    };
  }
}

/** Mesh adaptive direct search of all genes at once: for few genes, or to polish. */
export const mads = {
  summary: 'mesh adaptive direct search of all genes at once: for up to some tens of genes, or to polish',
  source:
    'Audet and Dennis 2006, doi:10.1137/040603371; Abramson et al. 2009, doi:10.1137/080716980; Audet, Le Digabel and Tribes 2019, doi:10.1137/18M1175872',
  options: madsOptions,
  takes: { integers: false, objectives: 1, constraints: true },
  // Its state is all that it was ever told, searched again: what it made of that cannot change.
  branching: { options: [] },
  create: (problem, settings, seed): Strategy => new Mads(problem, settings, seed),
  restore: (problem, settings, snapshot): Strategy => {
    if (snapshot.rules !== rules) {
      throw new UserError(
        'This search by "mads" was stored by an earlier version, whose models stepped otherwise: its steps cannot be taken ' +
          'up. Start the run anew.',
      );
    }
    const constraints = snapshot.constraints as readonly Float64Array[];
    const values = [...(snapshot.values as Float64Array)];
    const log = values.map((f, i) => ({ f, constraints: [...constraints[i]!] }));
    return new Mads(problem, settings, snapshot.seed as string, log);
  },
} satisfies StrategyModule<typeof madsOptions>;
