import { isDeepStrictEqual } from 'node:util';
import { LifetimeRunner } from '../../evaluate/lifetime.js';
import { liveOnSeeds, type ScenarioSet } from '../../evaluate/lives.js';
import { lifetimeSeedOf } from '../../evolve/champion.js';
import type { OpenedRun } from '../../evolve/opened-run.js';
import type { Simulator } from '../../kernel/simulator.js';
import type { Network } from '../../network/model/network.js';
import { UsageError, UserError } from '../../spec/errors.js';
import type { Controller, TracedEpisode } from '../../tasks/task.js';
import { beforeAndAfter } from '../relive.js';

/** How finely a life is watched: at every step of the network, or at the end of every interval of its task. */
type Grain = 'steps' | 'intervals';

/** What the network did in one episode. */
export interface WatchedEpisode extends TracedEpisode {
  life: 'untrained' | 'champion';
  /** Since the episode began. */
  durationMs: number;
  /** Spikes: when, by which cell, and how many of it at that time. */
  spikes: { timeMs: number[]; cell: number[]; count: number[] };
  /** When the following were taken. */
  sampleMs: number[];
  /** `[states by POPULATION.STATE][samples][cells of the population]` */
  states: Readonly<Record<string, Float64Array[]>>;
  /** `[modulators][samples]` */
  modulators: Readonly<Record<string, number[]>>;
}

export interface WatchedRun {
  network: Network;
  /** Spike times are multiples of this. */
  resolutionMs: number;
  episodes: WatchedEpisode[];
}

export interface WatchRequest {
  /** Whether states of cells and modulators are taken. */
  states: boolean;
  /** Between two samples; at the end of every interval of the task where absent. */
  everyMs?: number | undefined;
  /** How finely, the most wanted first; by step, or by interval where that would change the life, where absent. */
  grains?: readonly Grain[];
}

/** Values that are held at once: beyond this, samples are to be further apart. */
const mostValues = 50_000_000;

type Recorded = Omit<WatchedEpisode, keyof TracedEpisode | 'life'>;

const nothing = (paths: readonly string[], modulators: readonly string[]): Recorded => ({
  durationMs: 0,
  spikes: { timeMs: [], cell: [], count: [] },
  sampleMs: [],
  states: Object.fromEntries(paths.map((path) => [path, []])),
  modulators: Object.fromEntries(modulators.map((name) => [name, []])),
});

/** Notes what a network does, life by life, whoever runs it. */
class Watch {
  readonly episodes: Recorded[] = [];
  private current: Recorded | undefined;
  private counts: Int32Array = new Int32Array(0);
  private values = 0;
  private readonly run: Simulator['run'];
  private readonly paths: { path: string; population: string; state: string }[];

  constructor(
    private readonly simulator: Simulator,
    private readonly grain: Grain,
    private readonly request: WatchRequest,
  ) {
    this.run = simulator.run.bind(simulator);
    simulator.run = (steps, drive, outputs) => this.watched(steps, drive, outputs);
    this.paths = request.states
      ? simulator.network.populations.flatMap(({ name, model }) =>
          Object.keys(model.state).map((state) => ({ path: `${name}.${state}`, population: name, state })),
        )
      : [];
  }

  /** An episode begins. */
  begin(): void {
    const paths = this.paths.map(({ path }) => path);
    this.current = nothing(paths, this.request.states ? this.simulator.modulators : []);
    this.episodes.push(this.current);
    this.counts = this.simulator.spikeCounts();
  }

  private get timeMs(): number {
    return this.simulator.step * this.simulator.network.dtMs;
  }

  private watched(steps: number, drive: Readonly<ArrayLike<number>>, outputs: Float64Array): void {
    if (this.grain === 'intervals') {
      this.run(steps, drive, outputs);
      this.noteCounts();
    } else this.stepByStep(steps, drive, outputs);
    if (this.current) this.current.durationMs = this.timeMs;
    this.sample();
  }

  /** What an output empties is the sum over the steps, as it is where they are run together. */
  private stepByStep(steps: number, drive: Readonly<ArrayLike<number>>, outputs: Float64Array): void {
    const sums = new Float64Array(outputs.length);
    const empties = this.simulator.network.outputs.map((output) => output.empties);
    for (let step = 0; step < steps; step++) {
      this.run(1, drive, outputs);
      for (let i = 0; i < sums.length; i++) sums[i] = empties[i] ? sums[i]! + outputs[i]! : outputs[i]!;
      for (const cell of this.simulator.fired()) this.noteSpikes(cell, 1);
    }
    outputs.set(sums);
  }

  private noteCounts(): void {
    const now = this.simulator.spikeCounts();
    now.forEach((count, cell) => {
      if (count > this.counts[cell]!) this.noteSpikes(cell, count - this.counts[cell]!);
    });
    this.counts = now;
  }

  private noteSpikes(cell: number, count: number): void {
    if (!this.current) return;
    const { spikes } = this.current;
    spikes.timeMs.push(this.timeMs);
    spikes.cell.push(cell);
    spikes.count.push(count);
  }

  private sample(): void {
    const { current, simulator, request } = this;
    if (!current || !request.states) return;
    const last = current.sampleMs.at(-1);
    const due = last === undefined || request.everyMs === undefined || this.timeMs - last >= request.everyMs;
    if (!due) return;
    current.sampleMs.push(this.timeMs);
    for (const { path, population, state } of this.paths) {
      const values = simulator.state(population, state);
      current.states[path]!.push(values);
      this.values += values.length;
    }
    for (const name of simulator.modulators) current.modulators[name]!.push(simulator.concentration(name));
    if (this.values <= mostValues) return;
    throw new UsageError(
      `traces: there are more than ${mostValues / 1e6} million values of states. Take them less often, such as with ` +
        `--every ${Math.ceil(10 * (request.everyMs ?? this.timeMs / current.sampleMs.length))}.`,
    );
  }

  end(): void {
    this.simulator.run = this.run;
  }
}

/** A genome's episodes, watched; its network is told from what lives in the body. */
function watchedLife(
  { spec, best, habitat }: OpenedRun,
  genome: Readonly<Float64Array>,
  grain: Grain,
  request: WatchRequest,
): { network: Network; recorded: Recorded[]; traced: TracedEpisode[] } {
  const controller: Controller = new LifetimeRunner(habitat).embody(genome);
  const simulator = controller.network as Simulator;
  const watch = new Watch(simulator, grain, request);
  const reset = controller.reset.bind(controller);
  controller.reset = (seed) => {
    reset(seed);
    watch.begin();
  };
  const seed = lifetimeSeedOf(spec, best);
  const lived = (set: ScenarioSet) =>
    liveOnSeeds(habitat, controller, [seed], { set, traced: true })[0]!.episodes.map(
      ({ scenario, score, measures, behaviour, trace }) => ({
        ...{ scenario, heldOut: set === 'heldOut', trace },
        ...{ score, measures, behaviour },
      }),
    );
  const traced = [...lived('trained'), ...lived('heldOut')];
  watch.end();
  return { network: simulator.network, recorded: watch.episodes, traced };
}

/**
 * The episodes of a run's champion lived again with its network watched, and those of the untrained start before them.
 * Spikes are told step by step where that is the same life to the bit; otherwise by intervals of the task.
 */
export function watchRun(opened: OpenedRun, request: WatchRequest): WatchedRun {
  const { before, after } = beforeAndAfter(opened);
  const unwatched = { untrained: before, champion: after };
  const lifeAt = (grain: Grain, life: 'untrained' | 'champion') => {
    const genome = life === 'untrained' ? opened.habitat.space.start : opened.champion;
    const watched = watchedLife(opened, genome, grain, request);
    const isSame =
      isDeepStrictEqual(watched.traced, unwatched[life]) && watched.recorded.length === watched.traced.length;
    return isSame ? { life, ...watched } : undefined;
  };
  const { dtMs } = opened.habitat.embodied.network;
  for (const grain of request.grains ?? (['steps', 'intervals'] as const)) {
    const untrained = lifeAt(grain, 'untrained');
    const champion = untrained && lifeAt(grain, 'champion');
    if (!untrained || !champion) continue;
    const episodes = [untrained, champion].flatMap(({ life, recorded, traced }) =>
      traced.map((episode, i): WatchedEpisode => ({ life, ...episode, ...recorded[i]! })),
    );
    const resolutionMs = grain === 'steps' ? dtMs : dtMs * opened.habitat.embodied.stepsAnInterval;
    return { network: champion.network, resolutionMs, episodes };
  }
  throw new UserError(
    `The lives of the run ${opened.stored.manifest.run} cannot be watched: its task begins lives of the network in a way of ` +
      'its own, so that spikes cannot be told by episode.',
  );
}
