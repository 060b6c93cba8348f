import { pow } from '../../math/power.js';
import type { RandomStream } from '../../math/random.js';
import type { Snapshot } from '../strategy.js';

export interface RestartOptions {
  restarts: 'none' | 'ipop' | 'bipop';
  mostRestarts: number;
}

/** One search of the schedule. */
export interface Leg {
  regime: 'first' | 'large' | 'small';
  population: number;
  /** Its first sigma, as a share of sigma0. */
  sigmaShare: number;
  /** It ends at this many evaluations at the latest; null: when it stops by itself. */
  mostEvaluations: number | null;
}

/**
 * What to search next when a search has ended. It knows nothing of CMA-ES but its population and evaluations.
 *
 * ipop (Auger & Hansen 2005, doi:10.1109/CEC.2005.1554902): every restart doubles the population.
 *
 * bipop (Hansen 2009, doi:10.1145/1570256.1570333): after the first restart, which doubles it, whichever of two regimes
 * has spent fewer evaluations is next. The large one doubles the population. The small one has
 * floor(p0 (p / (2 p0))^(U^2)) candidates, p the large regime's latest population and p0 the first, begins at
 * sigma0 10^(-2 U'), and may spend half of the latest large search's evaluations. The first search counts for neither.
 *
 * p0 need not be whole: the population is rounded down after doubling.
 */
export class RestartSchedule {
  private constructor(
    private readonly options: RestartOptions,
    private readonly population: number,
    private doublings: number,
    private largeSpent: number,
    private smallSpent: number,
    private latestLarge: number,
    private current: Leg,
  ) {}

  static begin(options: RestartOptions, population: number): RestartSchedule {
    const first: Leg = {
      regime: 'first',
      population: Math.floor(population),
      sigmaShare: 1,
      mostEvaluations: null,
    };
    return new RestartSchedule(options, population, 0, 0, 0, 0, first);
  }

  static restore(options: RestartOptions, population: number, snapshot: Snapshot): RestartSchedule {
    return new RestartSchedule(
      options,
      population,
      snapshot.doublings as number,
      snapshot.largeSpent as number,
      snapshot.smallSpent as number,
      snapshot.latestLarge as number,
      { ...(snapshot.current as unknown as Leg) },
    );
  }

  snapshot(): Snapshot {
    const { doublings, largeSpent, smallSpent, latestLarge, current } = this;
    return { doublings, largeSpent, smallSpent, latestLarge, current: { ...current } };
  }

  /** The search under way. */
  get leg(): Readonly<Leg> {
    return this.current;
  }

  /**
   * Ends the search under way.
   * @param spent its evaluations
   * @returns the search to follow, or undefined where the schedule is at its end
   */
  next(spent: number, stream: RandomStream): Readonly<Leg> | undefined {
    const { restarts, mostRestarts } = this.options;
    if (restarts === 'none') return undefined;
    if (this.current.regime === 'large') {
      this.largeSpent += spent;
      this.latestLarge = spent;
    }
    if (this.current.regime === 'small') this.smallSpent += spent;
    if (restarts === 'bipop' && this.doublings > 0 && this.smallSpent < this.largeSpent) {
      this.current = this.small(stream);
    } else if (this.doublings < mostRestarts) {
      this.doublings += 1;
      this.current = {
        regime: 'large',
        population: this.largePopulation(),
        sigmaShare: 1,
        mostEvaluations: null,
      };
    } else return undefined;
    return this.current;
  }

  private largePopulation(): number {
    return Math.floor(this.population * pow(2, this.doublings));
  }

  private small(stream: RandomStream): Leg {
    const first = stream.uniform();
    const second = stream.uniform();
    const ratio = pow(2, this.doublings) / 2;
    return {
      regime: 'small',
      population: Math.floor(this.population * pow(ratio, first * first)),
      sigmaShare: pow(10, -2 * second),
      mostEvaluations: Math.floor(this.latestLarge / 2),
    };
  }
}
