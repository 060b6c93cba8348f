import { NormalSource } from '../math/loops/normals.js';
import { type RandomState, RandomStream } from '../math/random.js';
import { Descent, type Plan } from './cma-es/descent.js';
import { evaluatedTwice, type NoiseState, quiet, rankChange, treated } from './cma-es/noise.js';
import { type Options, options, stopOptions } from './cma-es/options.js';
import { type CovarianceKind, defaultPopulation, parametersOf } from './cma-es/parameters.js';
import { type Leg, RestartSchedule } from './cma-es/restarts.js';
import { covarianceFault, covarianceKind } from './cma-es/size.js';
import { Stopping } from './cma-es/stopping.js';
import { Coordinates } from './coordinates.js';
import { bestFirst, fitness } from './ranking.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy, StrategyModule } from './strategy.js';

/** What does not change during a run. */
class Setting {
  readonly coordinates: Coordinates;
  readonly kind: CovarianceKind;
  /** lambda of the first search, before rounding */
  readonly population: number;

  constructor(
    readonly problem: Problem,
    readonly options: Options,
  ) {
    this.coordinates = new Coordinates(problem, options.sigma0);
    const { genes } = this.coordinates;
    this.kind = covarianceKind(genes, options);
    this.population = options.population ?? (genes > 0 ? defaultPopulation(genes) : 1);
  }

  /** The first search: from the start, or from where the best of an earlier one lie. */
  firstSearch(leg: Leg): Descent {
    const { coordinates, problem, options } = this;
    const plan = this.plan(leg);
    if (!problem.warmStart || coordinates.genes === 0)
      return Descent.begin(plan, coordinates.pointOf(problem.start), options.sigma0);
    const points = problem.warmStart.solutions.map(({ genome }) => coordinates.pointOf(genome));
    return Descent.beginWarm(plan, points, problem.warmStart.spread * options.sigma0);
  }

  plan({ population }: Leg): Plan {
    const { kind, coordinates, options } = this;
    const { active, mostDirections, learningRates } = options;
    return {
      kind,
      mostDirections,
      adaptRates: learningRates === 'adapted',
      integers: coordinates.integers,
      parameters: (directions) => parametersOf(coordinates.genes, population, kind, active, directions),
    };
  }
}

/** The searches of a restart schedule, one after the other. */
class CmaEs implements Strategy {
  private candidates: readonly Candidate[] | undefined;
  private readonly genomes: Float64Array[] = [];

  constructor(
    private readonly setting: Setting,
    private readonly stream: RandomStream,
    private readonly normals: NormalSource,
    private readonly schedule: RestartSchedule,
    private search: Descent,
    private stopping: Stopping,
    private ended: string | undefined,
    private noise: NoiseState,
    /** Evaluations of the search under way. */
    private spent: number,
  ) {}

  get stopped(): string | undefined {
    return this.ended;
  }

  ask(): readonly Candidate[] {
    this.candidates ??= this.draw();
    return this.candidates;
  }

  private draw(): Candidate[] {
    const { coordinates, problem } = this.setting;
    const { mean, sigma } = this.search;
    const asked = this.search.sample(this.normals, (y, from, candidate) => {
      // Receivers are done with the genomes of a step before its `tell`: the next step may use them again.
      this.genomes[candidate] ??= problem.start.slice();
      const genome = this.genomes[candidate]!;
      coordinates.genomeBeside(mean, sigma, y, from, genome);
      return { genome, fidelity: 1 };
    });
    // The first, which are as good as any, are judged a second time.
    const judgements = [...asked, ...asked.slice(0, this.judgedTwice())];
    return Array.from({ length: this.repeats() }, () => judgements).flat();
  }

  private judgedTwice(): number {
    return this.setting.options.noise === 'ignored' ? 0 : evaluatedTwice(this.search.parameters.population);
  }

  /** Evaluations of a candidate at each judgement. */
  private repeats(): number {
    return Math.round(this.noise.repeats);
  }

  tell(outcomes: readonly Outcome[]): void {
    this.candidates = undefined;
    if (this.setting.coordinates.genes === 0) {
      this.ended = 'nothing to search: every gene has one value only';
      return;
    }
    this.spent += outcomes.length;
    const { scores, sigmaGrowth } = this.judged(outcomes.map(fitness));
    const order = bestFirst(scores);
    this.search.learn(order, scores.filter(Number.isFinite).length);
    this.search.sigma *= sigmaGrowth;
    const reason = this.endOfSearch(order.map((candidate) => -scores[candidate]!));
    if (reason !== undefined) this.goOn(reason);
  }

  /** One score a candidate: the mean of its evaluations. What is done about noise follows from those judged twice. */
  private judged(told: readonly number[]): { scores: readonly number[]; sigmaGrowth: number } {
    const twice = this.judgedTwice();
    if (twice === 0) return { scores: told, sigmaGrowth: 1 };
    const repeats = this.repeats();
    const judgements = told.length / repeats;
    const means = Array.from({ length: judgements }, (_, i) => {
      let sum = 0;
      for (let at = i; at < told.length; at += judgements) sum += told[at]!;
      return sum / repeats;
    });
    const first = means.slice(0, -twice);
    const second = means.slice(-twice);
    const least = (scores: readonly number[]) => scores.map((score) => -score);
    const { genes } = this.setting.coordinates;
    const { sigmaGrowth, ...noise } = treated(
      this.noise,
      rankChange(least(first), least(second)),
      genes,
      this.setting.options.mostRepeats,
    );
    this.noise = noise;
    const scores = first.map((score, i) => (i < twice ? (score + second[i]!) / 2 : score));
    return { scores, sigmaGrowth };
  }

  private endOfSearch(sorted: readonly number[]): string | undefined {
    const reason = this.stopping.after(this.search, sorted);
    const { mostEvaluations } = this.schedule.leg;
    const spent = this.spent;
    if (reason === undefined && mostEvaluations !== null && spent >= mostEvaluations) {
      return `share of the small searches: ${spent} evaluations of ${mostEvaluations}`;
    }
    return reason;
  }

  /** From a point of the prior, with the population that is due; or not at all. */
  private goOn(reason: string): void {
    const { setting, stream } = this;
    const leg = this.schedule.next(this.spent, stream);
    if (leg === undefined) {
      this.ended = reason;
      return;
    }
    const { priorLow, priorHigh } = setting.problem;
    const from = priorLow.map((low, gene) => stream.uniformIn(low, priorHigh[gene]!));
    this.search = Descent.begin(
      setting.plan(leg),
      setting.coordinates.pointOf(from),
      setting.options.sigma0 * leg.sigmaShare,
    );
    this.stopping = Stopping.begin(setting.options.stop);
    this.noise = quiet;
    this.spent = 0;
  }

  snapshot(): Snapshot {
    return {
      random: { ...this.stream.state() },
      normals: this.normals.state(),
      schedule: this.schedule.snapshot(),
      search: this.search.snapshot(),
      stopping: this.stopping.snapshot(),
      ended: this.ended ?? null,
      noise: { ...this.noise },
      spent: this.spent,
    };
  }
}

/**
 * Covariance matrix adaptation: candidates are drawn from a normal distribution whose mean, step size and covariance
 * follow the better half, away from the worse. With restarts, `stopped` tells why the last search ended.
 */
export const cmaEs = {
  summary: 'covariance matrix adaptation with active update, full or separable, with restarts (IPOP, BIPOP)',
  source:
    'Hansen 2023, arXiv 1604.00772v2; constants of pycma 4.4; warm start: Nomura et al. 2021, arXiv 2012.06932; integers: Hamano et al. 2022, arXiv 2212.09260',
  options,
  takes: { integers: 'ordered', objectives: 1, constraints: false, warmStart: true },
  fault: covarianceFault,
  // It learns from ranks; only the tests of whether it stands still look at scores.
  branching: {
    options: ['active', 'memoryMiB', 'restarts', 'mostRestarts', 'stop'],
    withoutScores: (state) => ({ ...state, stopping: Stopping.begin(stopOptions.parse({})).snapshot() }),
  },
  create: (problem, settings, seed): Strategy => {
    const setting = new Setting(problem, settings);
    const schedule = RestartSchedule.begin(settings, setting.population);
    const search = setting.firstSearch(schedule.leg);
    const stopping = Stopping.begin(settings.stop);
    const stream = RandomStream.from(seed);
    return new CmaEs(
      setting,
      stream,
      NormalSource.from(stream),
      schedule,
      search,
      stopping,
      undefined,
      quiet,
      0,
    );
  },
  restore: (problem, settings, snapshot): Strategy => {
    const setting = new Setting(problem, settings);
    const schedule = RestartSchedule.restore(settings, setting.population, snapshot.schedule as Snapshot);
    const search = Descent.restore(setting.plan(schedule.leg), snapshot.search as Snapshot);
    const stream = RandomStream.restore(snapshot.random as unknown as RandomState);
    return new CmaEs(
      setting,
      stream,
      NormalSource.restore(stream, snapshot.normals as Int32Array),
      schedule,
      search,
      Stopping.restore(settings.stop, snapshot.stopping as Snapshot),
      (snapshot.ended as string | null) ?? undefined,
      { ...(snapshot.noise as unknown as NoiseState) },
      snapshot.spent as number,
    );
  },
} satisfies StrategyModule<typeof options>;
