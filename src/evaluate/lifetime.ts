import type { Connectome } from '../connectome/connectome.js';
import { signedWeights } from '../connectome/connectome.js';
import { type GenomeSpace, genomeSpace } from '../genome/space.js';
import type { GenomeSpec } from '../genome/spec.js';
import { deriveSeed } from '../math/seed.js';
import { networkFromConnectome } from '../network/from-connectome.js';
import { prepareTask, type TaskSpec } from '../tasks/table.js';
import type { Controller, PreparedTask, Scenario } from '../tasks/task.js';
import { type Engine, NetworkController } from './network-controller.js';

/** How a connectome becomes a network. */
export interface NetworkSpec {
  cell: 'accumulate-and-fire';
  /** in the connectome's weight unit */
  threshold: number;
}

/** Everything that lifetimes have in common. Plain data: it is sent to each worker once. */
export interface LifetimeSetup {
  connectome: Connectome;
  genome: GenomeSpec;
  network: NetworkSpec;
  task: TaskSpec;
  /** What runs the network; changes no result. */
  engine?: Engine;
}

/** Which of a task's scenarios are lived. */
export type ScenarioSet = 'trained' | 'heldOut';

export interface EpisodeRecord {
  scenario: string;
  /** 0 for the first time this scenario is lived, 1 for the second, … */
  repeat: number;
  score: number;
  measures: Readonly<Record<string, number>>;
}

export interface LifetimeResult {
  /** failed: the score is not finite or the lifetime broke off; `reason` says which. */
  status: 'ok' | 'failed';
  reason?: string;
  /** Sum over scenarios, mean over repeats; NaN where it failed. */
  score: number;
  /** The task's measures, summed and averaged like the score. */
  measures: Readonly<Record<string, number>>;
}

/** One that cannot be scored. */
export function failedLifetime(reason: string): LifetimeResult {
  return { status: 'failed', reason, score: Number.NaN, measures: {} };
}

/**
 * Lives lifetimes: a network is built once, and each genome's weights are loaded into it. Nothing of one lifetime
 * reaches the next.
 */
export class LifetimeRunner {
  readonly task: PreparedTask;
  readonly space: GenomeSpace;
  private readonly controller: NetworkController;
  private readonly weights: Float64Array;

  constructor({ connectome, genome, network, task, engine = 'compiled' }: LifetimeSetup) {
    this.task = prepareTask(task);
    const built = networkFromConnectome(connectome, this.task.wiring, { threshold: network.threshold });
    this.controller = new NetworkController(built, engine);
    this.space = genomeSpace(genome, connectome, signedWeights(connectome));
    this.weights = new Float64Array(built.weights.length);
  }

  /**
   * Puts a genome's network in the body and returns it.
   * @throws RangeError when a weight is not a finite number: it would silence cells without a trace in the score
   */
  embody(genome: Readonly<Float64Array>): Controller {
    const weights = this.space.decode(genome, this.weights);
    for (let i = 0; i < weights.length; i++) {
      if (!Number.isFinite(weights[i])) {
        throw new RangeError(`${this.space.nameOf(this.space.geneOf(i))} is ${weights[i]}`);
      }
    }
    this.controller.embody({ weights });
    return this.controller;
  }

  /**
   * @param genome `[genes]`
   * @param seed the lifetime's own; each episode derives its seed from it
   * @param repeats how often each scenario is lived
   */
  live(
    genome: Readonly<Float64Array>,
    seed: string,
    repeats: number,
    set: ScenarioSet = 'trained',
  ): LifetimeResult {
    return summarise(this.episodes(this.embody(genome), seed, repeats, set), repeats);
  }

  /** Each episode of a lifetime, for whoever lives in the body. */
  episodes(controller: Controller, seed: string, repeats: number, set: ScenarioSet): EpisodeRecord[] {
    const records: EpisodeRecord[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const scenario of this.scenarios(set)) {
        const episodeSeed = deriveSeed(seed, repeat, scenario.name);
        const { score, measures } = this.task.live(scenario, episodeSeed, controller);
        records.push({ scenario: scenario.name, repeat, score, measures });
      }
    }
    return records;
  }

  scenarios(set: ScenarioSet): readonly Scenario[] {
    return set === 'trained' ? this.task.scenarios : this.task.heldOut;
  }
}

/** The lifetime's score from its episodes: the sum over scenarios, averaged over repeats. */
export function summarise(episodes: readonly EpisodeRecord[], repeats: number): LifetimeResult {
  let score = 0;
  const measures: Record<string, number> = {};
  for (const episode of episodes) {
    score += episode.score / repeats;
    for (const [name, value] of Object.entries(episode.measures)) {
      measures[name] = (measures[name] ?? 0) + value / repeats;
    }
  }
  if (Number.isFinite(score)) return { status: 'ok', score, measures };
  return failedLifetime(`the score is ${score}`);
}
