import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { type Coupling, couple } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { teach } from '../protocol/teach.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller } from '../task.js';
import { intervalMs, type Options } from './options.js';
import { emptyGridTrace, type GridTrace } from './trace.js';
import { type Grid, goalsOf, inputs, outputs, stepFrom, viewFrom } from './world.js';

const ways = Object.keys(outputs).length;

interface Life {
  settings: Options;
  grid: Grid;
  coupling: Coupling;
  /** Draws where the agent comes to after a reward. */
  random: RandomStream;
  /** Draws steps where pools are even. */
  tossing: RandomStream;
  cell: number;
  goal: number;
  /** What was done and got in the step before; -1: nothing yet. */
  went: number;
  rewarded: boolean;
  trace: GridTrace;
}

export const streamOf = (seed: string) => RandomStream.from(deriveSeed(seed, 'grid-maze'));

/** Where the reward of a life is: the first that its stream draws. */
export function goalIn(grid: Grid, random: RandomStream): number {
  const goals = goalsOf(grid);
  return goals[random.integer(goals.length)]!;
}

function sense({ grid, coupling, cell, went, rewarded }: Life): void {
  const { observation } = coupling;
  observation.fill(0);
  observation.set(viewFrom(grid, cell));
  if (went >= 0) observation[inputs[`went ${Object.keys(outputs)[went]!}`]!] = 1;
  observation[inputs.reward!] = rewarded ? 1 : 0;
  observation[inputs.bias!] = 1;
}

/** The way of the pool that fired most while the cell was seen. */
function choose({ settings, coupling, tossing }: Life): number {
  const { action } = coupling;
  const spikes = new Float64Array(ways);
  const act = () => {
    for (let way = 0; way < ways; way++) spikes[way]! += action[way]!;
  };
  worldLoop(coupling, { act }, settings.stepMs / intervalMs);
  const most = Math.max(...spikes);
  const first = [...spikes.keys()].filter((way) => spikes[way] === most);
  return first.length === 1 ? first[0]! : first[tossing.integer(first.length)]!;
}

/** Where the agent comes to after a reward: anywhere but there. */
export function teleport(grid: Grid, goal: number, random: RandomStream): number {
  const elsewhere = grid.open.filter((cell) => cell !== goal);
  return elsewhere[random.integer(elsewhere.length)]!;
}

function step(life: Life): void {
  sense(life);
  const way = choose(life);
  const next = stepFrom(life.grid, life.cell, way);
  const found = next === life.goal;
  note(
    { cell: life.trace.cell, found: life.trace.found, bumped: life.trace.bumped },
    { cell: next, found: found ? 1 : 0, bumped: next === life.cell ? 1 : 0 },
  );
  const { network } = life.coupling.controller;
  // The reward teaches for the way that led to it, and ends the trial.
  if (found && network) teach(network, { DA: 1 });
  life.went = way;
  life.rewarded = found;
  life.cell = found ? teleport(life.grid, life.goal, life.random) : next;
}

/** Lives all steps of a life. */
export function liveSteps(
  settings: Options,
  grid: Grid,
  seed: string,
  controller: Controller,
  trace?: GridTrace,
) {
  const random = streamOf(seed);
  const goal = goalIn(grid, random);
  controller.reset(seed);
  const life: Life = {
    settings,
    grid,
    coupling: couple(controller, inputs, outputs),
    random,
    tossing: RandomStream.from(deriveSeed(seed, 'grid-maze steps')),
    cell: grid.centre,
    goal,
    went: -1,
    rewarded: false,
    trace: Object.assign(trace ?? emptyGridTrace(), { size: grid.size, goal }),
  };
  for (let count = 0; count < settings.steps; count++) step(life);
  return { steps: life.trace, spikes: controller.network?.spikeCount ?? 0 };
}
