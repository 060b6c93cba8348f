import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { type Coupling, couple, type Ports } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { teach } from '../protocol/teach.js';
import { trialLoop } from '../protocol/trial-loop.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller } from '../task.js';
import { intervalMs, type MazeOptions } from './options.js';
import { emptyTrips, type MazeTrace, type Trips } from './trace.js';
import {
  drawStretches,
  inputsOf,
  isJunction,
  outputs,
  type Place,
  placesOf,
  type Schedule,
  worth,
} from './world.js';

/** What a life is to be. */
export interface LifePlan {
  settings: MazeOptions;
  schedule: Schedule;
  /** Parameters of the body where a life has no others. */
  body: Readonly<Record<string, number>>;
  /** End that has the large reward at first. */
  firstLarge: number;
}

/** A life under way. */
interface Life {
  plan: LifePlan;
  coupling: Coupling;
  inputs: Ports<string>;
  body: Readonly<Record<string, number>>;
  /** Draws delays, and tosses where pools are even. */
  random: RandomStream;
  trips: Trips;
  trace: MazeTrace | undefined;
  /** Running mean of what trips were worth. */
  meanReward: number;
}

const pass = ({ coupling }: Life, ms: number, act?: () => void) =>
  worldLoop(coupling, act ? { act } : {}, ms / intervalMs);

/** Shows a place; the output that fired most meanwhile. Where several did, one of them is drawn. */
function stepAt(life: Life, place: Place): number {
  const { observation, action } = life.coupling;
  const spikes = action.map(() => 0);
  observation[life.inputs[place]!] = 1;
  pass(life, life.plan.settings.cueMs, () => {
    for (let output = 0; output < spikes.length; output++) spikes[output]! += action[output]!;
  });
  observation.fill(0);
  const most = Math.max(...spikes);
  const first = [...spikes.keys()].filter((output) => spikes[output] === most);
  return first.length === 1 ? first[0]! : first[life.random.integer(first.length)]!;
}

/** Goes from the stem on; the end that is reached, or -1 where the agent walks into a wall. */
function walk(life: Life): number {
  let end = 0;
  for (const [number, place] of placesOf(life.plan.schedule.junctions).entries()) {
    if (number > 0) pass(life, life.plan.settings.walkMs);
    const step = stepAt(life, place);
    const isTurn = step !== outputs.forward;
    if (isTurn !== isJunction(place)) return -1;
    if (isTurn) end = 2 * end + (step === outputs.right ? 1 : 0);
  }
  return end;
}

/** Lets the agent taste a reward, some time after its last turn. The end was seen since. */
function taste(life: Life, reward: number): void {
  const { delayLowMs, delayHighMs, walkMs, cueMs, rewardMs } = life.plan.settings;
  const choices = (delayHighMs - delayLowMs) / intervalMs + 1;
  const delayMs = delayLowMs + intervalMs * life.random.integer(Math.floor(choices));
  pass(life, delayMs - walkMs - cueMs - rewardMs);
  life.coupling.observation[life.inputs.reward!] = reward;
  pass(life, rewardMs);
  life.coupling.observation.fill(0);
}

/** Releases dopamine by what a trip was worth, and lets that teach. */
function outcome({ coupling, body, meanReward, trace, plan }: Life, reward: number): void {
  const { network } = coupling.controller;
  const dopamine = body.daReward! * (reward - (plan.settings.dopamine === 'signed' ? meanReward : 0));
  note(trace, { dopamine, noradrenaline: network?.concentration('NA') ?? 0 });
  if (network) teach(network, { DA: dopamine });
}

function trip(life: Life, large: number): void {
  const { plan, trips, body } = life;
  const end = walk(life);
  const reward = end < 0 ? worth.crash : end === large ? worth.large : worth.small;
  if (end < 0) pass(life, plan.settings.rewardMs);
  else taste(life, reward);
  outcome(life, reward);
  life.meanReward += body.rewardRate! * (reward - life.meanReward);
  note(trips, { end, large, reward });
  pass(life, plan.settings.gapMs);
}

/** Lives all trips of a life. */
export function liveTrips(plan: LifePlan, seed: string, controller: Controller, trace?: MazeTrace) {
  const world = RandomStream.from(deriveSeed(seed, 'maze'));
  const { lengths, large } = drawStretches(plan.schedule, plan.firstLarge, world);
  controller.reset(seed);
  const inputs = inputsOf(plan.schedule.junctions);
  const life: Life = {
    plan,
    inputs,
    coupling: couple(controller, inputs, outputs),
    body: { ...plan.body, ...controller.body },
    // Choices do not move what the world has in store.
    random: RandomStream.from(deriveSeed(seed, 'maze steps')),
    trips: trace ?? emptyTrips(),
    trace,
    meanReward: 0,
  };
  const change = () => {
    life.trips.moves.push(life.trips.end.length);
  };
  trialLoop({ lengths, change, live: (stretch) => trip(life, large[stretch]!) });
  const { trips } = life;
  return { trips, spikesATrip: (controller.network?.spikeCount ?? 0) / trips.end.length };
}
