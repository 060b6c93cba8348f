import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { median } from '../../math/statistics.js';
import { networkOf } from '../protocol/guard.js';
import { setLevel } from '../protocol/modulators.js';
import { type Coupling, couple } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { bringToRest, type RestingCircuit } from '../protocol/rest.js';
import { trialLoop } from '../protocol/trial-loop.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller, LivingNetwork } from '../task.js';
import type { Arena } from './arena.js';
import { bodyStates, navigationIntervalMs } from './circuit.js';
import type { Search } from './measures.js';
import type { Settings } from './options.js';
import type { NavigationTrace } from './trace.js';

/** ms between two trials, in which the spikes of the first are forgotten. */
const pauseMs = 100;
/** Every how many intervals a position is kept for a picture. */
const tracedIntervals = 5;

/** What a life is to be. */
export interface LifePlan {
  settings: Settings;
  circuit: RestingCircuit;
  starts: Arena['starts'];
  /** Where the reward is in even blocks of trials, and in odd ones. */
  goals: NavigationTrace['goals'];
  /** Trials of each block. */
  blocks: readonly number[];
}

/** A life under way. */
interface Life {
  plan: LifePlan;
  network: LivingNetwork;
  coupling: Coupling;
  random: RandomStream;
}

/** A search with the way that was gone. */
type TracedSearch = NavigationTrace['searches'][number];

const pass = ({ coupling }: Life, intervals: number) => worldLoop(coupling, {}, intervals);

function put(network: LivingNetwork, states: Record<string, number>): void {
  for (const [name, value] of Object.entries(states)) network.setState('body', name, value);
}

/** Ends what the last trial left, and lets its spikes be forgotten. */
function pause(life: Life): void {
  const { plan, network } = life;
  // The potentials go at once, so that what the last trial left in the cells' memories teaches nobody.
  bringToRest(network, plan.circuit);
  put(network, { done: 1 });
  if (plan.settings.competitive) for (const modulator of ['DA', '5HT']) setLevel(network, modulator, 0);
  pass(life, pauseMs / navigationIntervalMs);
  bringToRest(network, plan.circuit);
}

/** Puts the body at a start and the reward at its place. */
function begin({ plan, network, random }: Life, goal: number): readonly [x: number, y: number] {
  const { starts, goals, settings } = plan;
  const [startX, startY] = starts[random.integer(starts.length)]!;
  const [[goalX, goalY], [wrongX, wrongY]] = [goals[goal]!, goals[1 - goal]!];
  put(network, {
    ...{ x: startX, y: startY, goalX, goalY, wrongX, wrongY },
    ...{ clock: 0, found: -1, wrong: -1, done: 0 },
  });
  if (settings.competitive && settings.learns && settings.serotonin) setLevel(network, '5HT', 1);
  network.signal('trialStart');
  return [startX, startY];
}

/** Lets the agent go until it has found something, or time is over. */
function seek({ plan, coupling }: Life, goal: number, start: readonly [number, number]): TracedSearch {
  const { wrongEnds, trialMs } = plan.settings;
  const { action: seen } = coupling;
  const [goalX, goalY] = plan.goals[goal]!;
  const path = { x: [start[0]], y: [start[1]] };
  const distances: number[] = [];
  let inQuadrant = 0;
  const isOver = () =>
    seen[bodyStates.found]! >= 0 ||
    (wrongEnds && seen[bodyStates.wrong]! >= 0) ||
    seen[bodyStates.clock]! >= trialMs;
  const act = (interval: number) => {
    const [x, y] = [seen[bodyStates.x]!, seen[bodyStates.y]!];
    distances.push(Math.sqrt(x * x + y * y));
    if (x * goalX > 0 && y * goalY > 0) inQuadrant += 1;
    if (isOver() || (interval + 1) % tracedIntervals === 0) note(path, { x, y });
  };
  worldLoop(coupling, { act, isOver });
  return {
    goal,
    foundMs: seen[bodyStates.found]!,
    wrongMs: seen[bodyStates.wrong]!,
    ...path,
    distance: median(distances),
    inQuadrant: inQuadrant / distances.length,
  };
}

/** Lets the agent have its reward, and what came of the search teach. */
function outcome(life: Life, foundMs: number): void {
  const { learns, competitive, serotonin, rewardMs } = life.plan.settings;
  const { action: seen } = life.coupling;
  while (foundMs >= 0 && seen[bodyStates.clock]! < foundMs + rewardMs) pass(life, 1);
  if (!learns || competitive) return;
  if (foundMs >= 0) life.network.signal('reward');
  else if (serotonin) life.network.signal('failure');
}

/** One trial. @param block odd blocks have the reward in the other place */
function search(life: Life, block: number): TracedSearch {
  const goal = block % 2;
  pause(life);
  const sought = seek(life, goal, begin(life, goal));
  outcome(life, sought.foundMs);
  return sought;
}

/** Lives all searches of a life. */
export function liveSearches(plan: LifePlan, seed: string, controller: Controller, trace?: NavigationTrace) {
  const random = RandomStream.from(deriveSeed(seed, 'navigation'));
  controller.reset(seed);
  const network = networkOf(controller, 'navigation');
  const coupling = couple(controller, {}, bodyStates);
  const life: Life = { plan, network, coupling, random };
  const searches = trialLoop({
    lengths: plan.blocks,
    live: (block): Search => {
      const sought = search(life, block);
      trace?.searches.push(sought);
      const { foundMs, wrongMs, distance, inQuadrant } = sought;
      return { foundMs, wrongMs, distance, inQuadrant };
    },
  });
  return { searches, spikesASecond: (1000 * network.spikeCount) / network.step };
}
