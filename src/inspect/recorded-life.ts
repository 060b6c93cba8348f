import type { Habitat } from '../evaluate/habitat.js';
import { LifetimeRunner } from '../evaluate/lifetime.js';
import { liveOnSeeds } from '../evaluate/lives.js';
import type { LifeStart, Simulator } from '../kernel/simulator.js';
import { deriveSeed } from '../math/seed.js';
import { livedNetwork } from '../network/build/lived.js';
import type { LifeAct, LifeCourse } from '../network/export/life.js';
import type { Network, Values } from '../network/model/network.js';
import { UserError } from '../spec/errors.js';
import type { Controller } from '../tasks/task.js';

/** One episode of a run's champion as its network lived it: where it began, and all that the task did to it. */
export interface RecordedLife {
  scenario: string;
  /** With the genome's weights and parameters: where the life began. */
  network: Network;
  /** Which fixes its random numbers. */
  seed: string;
  course: LifeCourse;
  /** `[synapses]` as the episode left them */
  weightsAfter: Float64Array;
}

interface Recording {
  start: LifeStart;
  stretches: { steps: number; drive: Float64Array }[];
  acts: LifeAct[];
  weightsAfter: Float64Array;
}

/** Notes what a task does to a network, life by life; nothing that it does is changed by that. */
function recording(simulator: Simulator): Recording[] {
  const lives: Recording[] = [];
  const { run, load, release, signal, setState } = {
    run: simulator.run.bind(simulator),
    load: simulator.load.bind(simulator),
    release: simulator.release.bind(simulator),
    signal: simulator.signal.bind(simulator),
    setState: simulator.setState.bind(simulator),
  };
  const act = (of: LifeAct) => lives.at(-1)?.acts.push(of);
  simulator.load = (life = {}) => {
    const before = lives.at(-1);
    if (before) before.weightsAfter = simulator.weights();
    const { weights } = life;
    load(life);
    lives.push({
      // What is handed over may be changed for the next life.
      start: { ...life, ...(weights ? { weights: Float64Array.from(weights) } : {}) },
      stretches: [],
      acts: [],
      weightsAfter: new Float64Array(0),
    });
  };
  simulator.run = (steps, drive, outputs) => {
    run(steps, drive, outputs);
    lives.at(-1)?.stretches.push({ steps, drive: Float64Array.from(drive) });
  };
  simulator.release = (modulator, amount) => {
    act({ step: simulator.step, does: 'release', modulator, amount });
    release(modulator, amount);
  };
  simulator.signal = (event, projection) => {
    act({ step: simulator.step, does: 'signal', event, ...(projection === undefined ? {} : { projection }) });
    signal(event, projection);
  };
  simulator.setState = (population, state, values) => {
    const own: Values = typeof values === 'number' ? values : Float64Array.from(values);
    act({ step: simulator.step, does: 'set', population, state, values: own });
    setState(population, state, values);
  };
  return lives;
}

/** The network with what a genome says of it in place. */
export function networkOfGenome(habitat: Habitat, genome: Readonly<Float64Array>): Network {
  const controller: Controller = new LifetimeRunner(habitat).embody(genome);
  const simulator = controller.network as Simulator;
  const lives = recording(simulator);
  controller.reset(deriveSeed('the network of a genome'));
  return livedNetwork(simulator.network, lives[0]!.start);
}

/** The episodes of a genome's life on a seed, recorded one by one. */
export function recordedLives(
  habitat: Habitat,
  genome: Readonly<Float64Array>,
  seed: string,
): RecordedLife[] {
  const controller: Controller = new LifetimeRunner(habitat).embody(genome);
  const simulator = controller.network as Simulator;
  const lives = recording(simulator);
  const { episodes } = liveOnSeeds(habitat, controller, [seed], { set: 'trained', traced: true })[0]!;
  const last = lives.at(-1);
  if (last) last.weightsAfter = simulator.weights();
  if (lives.length !== episodes.length) {
    throw new UserError(
      `The task "${habitat.setup.task.name}" begins lives of its network in a way of its own, so that they cannot be told by ` +
        'episode: its life is not written.',
    );
  }
  return lives.map(({ start, stretches, acts, weightsAfter }, i) => ({
    scenario: episodes[i]!.scenario,
    network: livedNetwork(simulator.network, start),
    seed: start.seed!,
    course: { stretches, acts },
    weightsAfter,
  }));
}

/** Does to a simulator that was just loaded what a course tells. @param onStep after every step, where steps are watched */
export function replayCourse(
  simulator: Simulator,
  { stretches, acts }: LifeCourse,
  onStep?: () => void,
): void {
  const outputs = new Float64Array(simulator.network.outputs.length);
  let next = 0;
  const act = () => {
    for (; next < acts.length && acts[next]!.step <= simulator.step; next++) {
      const of = acts[next]!;
      if (of.does === 'release') simulator.release(of.modulator, of.amount);
      else if (of.does === 'signal') simulator.signal(of.event, of.projection);
      else simulator.setState(of.population, of.state, of.values);
    }
  };
  for (const { steps, drive } of stretches) {
    act();
    const runs = onStep ? Array<number>(steps).fill(1) : [steps];
    for (const own of runs) {
      simulator.run(own, drive, outputs);
      onStep?.();
    }
  }
  act();
}
