import { threeFactor } from '../../network/plasticity/three-factor.js';
import { circuitFrom } from '../circuit/circuit.js';
import { anotherNetwork } from '../circuit/options.js';
import { plasticityOf } from '../protocol/rule.js';
import type { BehaviourMeasure, PreparedTask, Scenario } from '../task.js';
import { bodyInMaze, mazeCircuit, portsOfCircuit } from './circuit.js';
import { type LifePlan, liveTrips } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import type { MazeOptions } from './options.js';
import { perfectLearner } from './policies.js';
import type { MazeTrace } from './trace.js';
import { chanceScore, endsOf, type Junctions, perfectLearning, type Schedule, wayTo } from './world.js';

/** Parameters of the task's rule where nothing else is said: set by hand, so that the maze is learned. */
const learning = { eta: 0.01 };

const ownPlasticity = ({ rule, parameters }: MazeOptions) =>
  plasticityOf(rule ? { rule, parameters } : { parameters: { ...learning, ...parameters } }, threeFactor);

const share = (about: string) => ({ unit: '1', about });

export const measuresOfMaze = {
  rewardATrip: share('mean worth of a trip'),
  large: share('trips that end at the large reward'),
  crashes: share('trips that end at a wall'),
  crashesEnd: share('the same of the last 10 trips'),
  largeBefore: share('trips that end at the large reward, of the last 10 before it is moved'),
  largeAfter: share('the same of the first 10 after it was moved'),
  largeLater: share('the same of those from the 11th after it was moved'),
  tripsToRegain: {
    unit: 'trips',
    about:
      'after a move before the first 5 of which 4 end at the large reward; all of them where they never do',
  },
  spikesATrip: { unit: '1', about: 'spikes of all cells' },
} as const;

const behaviour = {
  large: { unit: '1', about: 'trips that end at the large reward', low: 0, high: 1, bins: 20 },
  crashes: { unit: '1', about: 'trips that end at a wall', low: 0, high: 1, bins: 10 },
  firstLeft: {
    unit: '1',
    about: 'of the trips that end at a reward, those that turn left first',
    low: 0,
    high: 1,
    bins: 10,
  },
} as const satisfies Record<string, BehaviourMeasure>;

/** The maze with so many junctions, its options settled. */
export function prepareMaze(junctions: Junctions, settings: MazeOptions) {
  const { moves, tripsBetween, moveSpread, networkSeed, modulatory } = settings;
  const schedule: Schedule = { junctions, moves, tripsBetween, moveSpread };
  const ports = portsOfCircuit(junctions);
  const circuit = settings.circuit
    ? { ...circuitFrom(settings.circuit, networkSeed, ports), ...bodyInMaze }
    : mazeCircuit(junctions, { seed: networkSeed, modulatory, plasticity: ownPlasticity(settings) });
  const ceiling = {
    score: perfectLearning(schedule),
    about:
      'a perfect learner: it knows the end that is large at first, misses it once after each move, and tries the others in turn',
  };
  const chance = { score: chanceScore(schedule), about: 'derived: steps are drawn' };
  const plans = new Map<string, LifePlan>();
  const scenario = (firstLarge: number): Scenario => {
    const name = `large at ${wayTo(firstLarge, junctions)} first`;
    plans.set(name, { settings, schedule, body: bodyInMaze.body, firstLarge });
    return { name, random: true, ceiling, chance };
  };
  const live: PreparedTask<MazeTrace>['live'] = ({ name }, seed, controller, trace) => {
    const { trips, spikesATrip } = liveTrips(plans.get(name)!, seed, controller, trace);
    const measures = { ...measuresOf(trips), spikesATrip };
    const reached = trips.end.filter((end) => end >= 0);
    const firstLeft = reached.filter((end) => end < endsOf(junctions) / 2).length;
    return {
      score: scoreOf(trips),
      measures,
      behaviour: {
        large: measures.large,
        crashes: measures.crashes,
        firstLeft: reached.length === 0 ? 0 : firstLeft / reached.length,
      },
    };
  };
  return {
    circuit,
    ports,
    scenarios: [scenario(0)],
    heldOut: [scenario(endsOf(junctions) - 1)],
    behaviour,
    teaching: { about: 'the dopamine at the end of each trip', modulators: ['DA'] },
    live,
    oracle: (of: Scenario, seed: string) =>
      live(of, seed, perfectLearner(plans.get(of.name)!.firstLarge, junctions)),
  };
}

/** The same maze for other first weights. */
export const freshMaze = (settings: MazeOptions) => ({
  options: anotherNetwork(settings),
  about: 'other first weights',
});
