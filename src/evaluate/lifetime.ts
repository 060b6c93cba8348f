import type { Connectome } from '../connectome/connectome.js';
import { type GenomeSpace, genomeSpace, startingAt } from '../genome/space.js';
import type { GenomeSpec } from '../genome/spec.js';
import { adopt, type WasmModule } from '../kernel/assemble.js';
import { deriveSeed } from '../math/seed.js';
import { type Ablation, ablate } from '../network/build/ablate.js';
import { networkFromConnectome } from '../network/build/from-connectome.js';
import type { NetworkSpec } from '../network/files/network-spec.js';
import { type Embodied, sharedParameters, synapseNames, synapseParameters } from '../network/model/body.js';
import { prepareTask, type TaskSpec } from '../tasks/table.js';
import type { Controller, PreparedTask, Scenario } from '../tasks/task.js';
import { type Engine, NetworkController } from './network-controller.js';
import type { Vitals } from './vitals.js';

/** Everything that lifetimes have in common. Plain data: it is sent to each worker once. */
export interface LifetimeSetup {
  /** `noConnectome` where the task brings its network. */
  connectome: Connectome;
  genome: GenomeSpec;
  /** How the connectome becomes a network; null where the task brings its own. */
  network: NetworkSpec | null;
  task: TaskSpec;
  /** Genes that evolution starts with otherwise than the genome spec says, with their coordinates. */
  start?: readonly (readonly [gene: string, coordinate: number])[];
  /** What runs the network; the network's own choice where absent. */
  engine?: Engine;
  /** Something taken out of the network. */
  ablation?: Ablation;
  /** Whether what networks do is watched, for `vitals` of lives. */
  watches?: boolean;
  /** Modules compiled elsewhere, by the hash of their text. */
  modules?: ReadonlyMap<string, WasmModule>;
}

/** Which of a task's scenarios are lived. */
export type ScenarioSet = 'trained' | 'heldOut';

export interface EpisodeRecord {
  scenario: string;
  /** 0 for the first time this scenario is lived, 1 for the second, … */
  repeat: number;
  /** NaN where the network broke down. */
  score: number;
  measures: Readonly<Record<string, number>>;
  /** The cells whose states were no longer finite numbers in the end. */
  broken?: string;
  /** What the network did, where the setup watches. */
  vitals?: Vitals;
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
  /** The network as it is before any genome, and how a body lives with it. */
  readonly embodied: Embodied;
  private readonly engine: Engine;
  private readonly watches: boolean;
  private readonly weights: Float64Array;
  private living: NetworkController | undefined;

  constructor({
    connectome,
    genome,
    network,
    task,
    engine,
    modules,
    ablation,
    watches,
    start,
  }: LifetimeSetup) {
    if (modules) adopt(modules);
    this.task = prepareTask(task);
    const whole = embodiedIn(this.task, connectome, network);
    const embodied = ablation ? { ...whole, network: ablate(whole.network, ablation) } : whole;
    this.embodied = embodied;
    this.watches = watches ?? false;
    this.engine = engine ?? embodied.precision;
    const space = genomeSpace(genome, {
      ...(this.task.circuit ? { synapseNames: synapseNames(embodied) } : { connectome }),
      weights: embodied.start,
      parameters: sharedParameters(embodied),
      synapseParameters: synapseParameters(embodied),
      populations: embodied.network.populations,
    });
    this.space = start ? startingAt(space, start) : space;
    this.weights = Float64Array.from(embodied.network.weights);
  }

  /** Made when somebody lives in it: until then nothing is compiled. */
  private get controller(): NetworkController {
    this.living ??= new NetworkController(
      this.embodied,
      this.engine,
      Object.keys(this.space.parametersOf(this.space.start)),
      this.watches,
    );
    return this.living;
  }

  /** What another thread needs to live without compiling: see `modules` of the setup. */
  modules(): Map<string, WasmModule> {
    return this.controller.modules();
  }

  /**
   * Puts a genome's network in the body and returns it.
   * @throws RangeError when a weight is not a finite number: it would silence cells without a trace in the score
   */
  embody(genome: Readonly<Float64Array>): Controller {
    const weights = this.space.decode(genome, this.weights);
    // A sum is finite only where all of its parts are; overflow aside, which the search then finds nothing of.
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i]!;
    if (!Number.isFinite(sum)) {
      for (let i = 0; i < weights.length; i++) {
        if (Number.isFinite(weights[i])) continue;
        const gene = this.space.geneOf(i);
        throw new RangeError(
          `${gene === undefined ? `weight ${i}` : this.space.nameOf(gene)} is ${weights[i]}`,
        );
      }
    }
    const parameters = this.space.parametersOf(genome);
    for (const [name, value] of Object.entries(parameters)) {
      const broken = typeof value === 'number' ? value : value.find((of) => !Number.isFinite(of));
      if (broken !== undefined && !Number.isFinite(broken)) throw new RangeError(`${name} is ${broken}`);
    }
    this.controller.embody(weights, parameters);
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

  /**
   * Each episode of a lifetime, for whoever lives in the body.
   * @param traces what the first episodes fill in for a picture, one each
   */
  episodes(
    controller: Controller,
    seed: string,
    repeats: number,
    set: ScenarioSet,
    traces: readonly unknown[] = [],
  ): EpisodeRecord[] {
    const records: EpisodeRecord[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const scenario of this.scenarios(set)) {
        const episodeSeed = deriveSeed(seed, repeat, scenario.name);
        const { score, measures } = this.task.live(scenario, episodeSeed, controller, traces[records.length]);
        const living = controller instanceof NetworkController ? controller : undefined;
        const broken = living?.broken;
        records.push({
          scenario: scenario.name,
          repeat,
          score: broken === undefined ? score : Number.NaN,
          measures,
          ...(broken === undefined ? {} : { broken }),
          ...(living && this.watches ? { vitals: living.vitals() } : {}),
        });
      }
    }
    return records;
  }

  scenarios(set: ScenarioSet): readonly Scenario[] {
    return set === 'trained' ? this.task.scenarios : this.task.heldOut;
  }
}

/** The network that lives in a task. */
function embodiedIn(task: PreparedTask, connectome: Connectome, network: NetworkSpec | null): Embodied {
  if (task.circuit) return task.circuit;
  if (network === null) throw new Error('a task on a connectome needs to know what its cells are');
  return networkFromConnectome(connectome, task.wiring, network);
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
  const broken = episodes.find((episode) => episode.broken !== undefined)?.broken;
  return failedLifetime(
    broken === undefined ? `the score is ${score}` : `${broken}, so the score is ${score}`,
  );
}
