import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { critic, type Said } from '../actor-critic/critic.js';
import { type Filter, filterOf } from '../actor-critic/filter.js';
import { networkOf } from '../protocol/guard.js';
import { setLevel } from '../protocol/modulators.js';
import { type Coupling, couple, portsOf } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { trialLoop } from '../protocol/trial-loop.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller, LivingNetwork } from '../task.js';
import { intervalMs, outputNames, placeNames } from './circuit.js';
import {
  apart,
  directionsOf,
  isAtGoal,
  isBlocked,
  observe,
  obstacle,
  type Point,
  shortestWay,
  starts,
  type Wall,
} from './maze.js';
import type { Options } from './options.js';
import type { Search, WaterMazeTrace } from './trace.js';

/** Before a search the animal sees where it is, while the filters fill; nothing moves, and nothing teaches. */
const lookMs = 500;
/** After it, the place cells are silent until all filters are empty. */
const restMs = 1500;
/** Filter of the actors' spikes. */
const moveRiseMs = 20;
const moveFallMs = 50;
/** Every how many intervals something is kept for a picture. */
const tracedIntervals = 3;

/** What a life is to be. */
export interface LifePlan {
  settings: Options;
  body: Readonly<Record<string, number>>;
}

/** A life under way. */
interface Life {
  settings: Options;
  body: Readonly<Record<string, number>>;
  network: LivingNetwork;
  coupling: Coupling;
  random: RandomStream;
  walls: readonly Wall[];
  directions: readonly Point[];
}

/** What is lived through in one trial. */
interface Trial {
  at: Point;
  filters: readonly Filter[];
  say: (spikes: number, reward: number) => Said;
  search: WaterMazeTrace['searches'][number];
}

const wallsOf = (settings: Options) => (settings.obstacle ? obstacle : []);

/** Where the animal gets by an interval's spikes of the actors, and whether something threw it back. */
function moved(
  { coupling: { action }, directions, settings, body, walls }: Life,
  { at, filters }: Trial,
): { to: Point; bumped: boolean } {
  let [east, north] = [0, 0];
  directions.forEach(([x, y], k) => {
    const rate = filters[k]!(action[k]!);
    east += rate * x;
    north += rate * y;
  });
  const factor = (body.stride! * intervalMs) / directions.length;
  const far = factor * Math.sqrt(east * east + north * north);
  const cap = (settings.fastest * intervalMs) / 1000;
  const within = far > cap ? (factor * cap) / far : factor;
  const [toX, toY] = [at[0] + within * east, at[1] + within * north];
  // Along a wall it slides.
  const ways: Point[] = [[toX, toY], [toX, at[1]], [at[0], toY], at];
  const free = ways.findIndex((way) => !isBlocked(way, walls));
  return { to: ways[free]!, bumped: free > 0 };
}

const criticSpikes = ({ coupling: { action }, directions }: Life) => action[directions.length]!;

/** Releases the error, where the agent learns. */
function release({ settings, network }: Life, error: number): void {
  if (settings.learns) setLevel(network, 'DA', error);
}

/** Shows the start until the filters are full. */
function look(life: Life, trial: Trial): void {
  const { coupling } = life;
  observe(trial.at, coupling.observation);
  const act = () => {
    trial.say(criticSpikes(life), 0);
    trial.filters.forEach((filter, k) => {
      filter(coupling.action[k]!);
    });
  };
  worldLoop(coupling, { act }, lookMs / intervalMs);
}

/** Lets the animal swim until it is at the goal, or time is over. */
function swim(life: Life, trial: Trial): void {
  const { settings, coupling, body } = life;
  const { search } = trial;
  const limit = Math.round((1000 * settings.trialS) / intervalMs);
  const act = (interval: number) => {
    const { to, bumped } = moved(life, trial);
    search.way += apart(to, trial.at);
    trial.at = to;
    if (bumped) search.bumps += 1;
    const isThere = isAtGoal(to);
    const reward = (isThere ? 1 : 0) - (bumped ? (body.punishment! * intervalMs) / 1000 : 0);
    const { value, error } = trial.say(criticSpikes(life), reward);
    release(life, error);
    if (isThere) search.foundS = ((interval + 1) * intervalMs) / 1000;
    if (isThere || (interval + 1) % tracedIntervals === 0)
      note(search, { x: trial.at[0], y: trial.at[1], value, error });
  };
  const sense = () => observe(trial.at, coupling.observation);
  worldLoop(coupling, { sense, act, isOver: () => search.foundS >= 0 }, limit);
}

/** Lets the place cells be silent. What comes of the reward still teaches; the end of a search in vain does not. */
function rest(life: Life, trial: Trial): void {
  const { coupling } = life;
  coupling.observation.fill(0);
  const found = trial.search.foundS >= 0;
  release(life, 0);
  const act = () => {
    const { error } = trial.say(criticSpikes(life), 0);
    if (found) release(life, error);
  };
  worldLoop(coupling, { act }, restMs / intervalMs);
  release(life, 0);
}

function searchOnce(life: Life): Trial['search'] {
  const { settings, body, random, directions } = life;
  const start = random.integer(starts.length);
  const { at } = starts[start]!;
  const trial: Trial = {
    at,
    filters: directions.map(() => filterOf(intervalMs, moveRiseMs, moveFallMs)),
    say: critic(intervalMs, settings.critics, body),
    search: { start, foundS: -1, way: 0, bumps: 0, x: [at[0]], y: [at[1]], value: [0], error: [0] },
  };
  look(life, trial);
  swim(life, trial);
  rest(life, trial);
  return trial.search;
}

/** Lives all searches of a life. */
export function liveSearches(
  plan: LifePlan,
  seed: string,
  controller: Controller,
  trace?: WaterMazeTrace,
): Search[] {
  const { settings } = plan;
  controller.reset(seed);
  const directions = directionsOf(settings.actors);
  const life: Life = {
    settings,
    body: { ...plan.body, ...controller.body },
    network: networkOf(controller, 'water-maze'),
    coupling: couple(controller, portsOf(...placeNames), portsOf(...outputNames(settings.actors))),
    random: RandomStream.from(deriveSeed(seed, 'water-maze')),
    walls: wallsOf(settings),
    directions,
  };
  return trialLoop({
    lengths: [settings.trials],
    live: (): Search => {
      const { x, y, value, error, ...search } = searchOnce(life);
      trace?.searches.push({ ...search, x, y, value, error });
      return search;
    },
  });
}

/** The same trials of one who knows the way and swims it as fast as it can. */
export function swimKnowing({ settings }: LifePlan, seed: string): Search[] {
  const random = RandomStream.from(deriveSeed(seed, 'water-maze'));
  return trialLoop({
    lengths: [settings.trials],
    live: (): Search => {
      const start = random.integer(starts.length);
      const way = shortestWay(start, wallsOf(settings));
      const takesS = way / settings.fastest;
      const inTime = takesS <= settings.trialS;
      return { start, foundS: inTime ? takesS : -1, way, bumps: 0 };
    },
  });
}
