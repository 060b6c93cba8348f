import { circuitFrom } from '../circuit/circuit.js';
import { anotherNetwork, circuitGenome, ofCircuit } from '../circuit/options.js';
import type { CircuitPorts } from '../circuit/ports.js';
import { whenAsked } from '../protocol/ceiling.js';
import type { BehaviourMeasure, PreparedTask, Scenario, Task } from '../task.js';
import { atRandom, rewardsByShortestWays } from './expected.js';
import { gridFigure } from './figure.js';
import { goalIn, liveSteps, streamOf, teleport } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { intervalMs, type Options, options } from './options.js';
import { knowingTheWay, randomPolicy } from './policies.js';
import { emptyGridTrace, type GridTrace } from './trace.js';
import { gridOf, inputs, outputs } from './world.js';

const channelsAnInput = 5;
const cellsAWay = 10;
/** Inputs that are on at a time, as a rule: walls on three cells, the last way, and what is always on. */
const inputsOnAtATime = 5;

const behaviour = {
  cells: { unit: '1', about: 'different cells that were visited', low: 0, high: 1681, bins: 20 },
  bumps: { unit: '1', about: 'steps into a wall', low: 0, high: 1, bins: 10 },
} as const satisfies Record<string, BehaviourMeasure>;

/** What the circuit drives and is read by. */
const portsOfCircuit: CircuitPorts = {
  inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, { channels: channelsAnInput }])),
  outputs: Object.fromEntries(Object.keys(outputs).map((name) => [name, { cells: cellsAWay }])),
  intervalMs,
  releases: { DA: { tauMs: 50 } },
  activeChannels: channelsAnInput * inputsOnAtATime,
};

function prepare(settings: Options) {
  const { size, steps, reward, wallPenalty } = settings;
  const grid = gridOf(size);
  const ceiling = whenAsked(() => ({
    score: reward * rewardsByShortestWays(grid, steps),
    about: 'shortest ways to the reward, which is known from the start; who has to find it has less',
  }));
  const chance = whenAsked(() => {
    const { rewards, walls } = atRandom(grid, steps);
    return { score: reward * rewards - wallPenalty * walls, about: 'derived: steps are drawn' };
  });
  const scenario: Scenario = {
    name: 'a hidden reward',
    random: true,
    get ceiling() {
      return ceiling();
    },
    get chance() {
      return chance();
    },
  };
  const live: PreparedTask<GridTrace>['live'] = (_scenario, seed, controller, trace) => {
    const lived = liveSteps(settings, grid, seed, controller, trace);
    const measures = { ...measuresOf(lived.steps), spikesAStep: lived.spikes / steps };
    const { cells, bumps } = measures;
    return { score: scoreOf(lived.steps, settings), measures, behaviour: { cells, bumps } };
  };
  const oracle = (of: Scenario, seed: string) => {
    const world = streamOf(seed);
    const goal = goalIn(grid, world);
    return live(
      of,
      seed,
      knowingTheWay(grid, goal, settings.stepMs, () => teleport(grid, goal, world)),
    );
  };
  return {
    circuit: circuitFrom(settings.circuit, settings.networkSeed, portsOfCircuit),
    ports: portsOfCircuit,
    scenarios: [scenario],
    heldOut: [],
    behaviour: { ...behaviour, cells: { ...behaviour.cells, high: grid.open.length } },
    teaching: { about: 'the dopamine of each reward', modulators: ['DA'] },
    live,
    oracle,
  };
}

const share = (about: string) => ({ unit: '1', about });

/** The score: the sum of the rewards of all steps, less the penalties. */
export const gridMaze = {
  summary:
    'a hidden reward in a maze of pillars, from which the agent is put elsewhere each time it finds it',
  source: 'Miconi, Rawal, Clune and Stanley 2019, arXiv 2002.10585 (Backpropamine), in spikes',
  options,
  ofNetwork: ofCircuit,
  lives: 'in-circuit',
  genome: circuitGenome,
  measures: {
    rewards: { unit: '1', about: 'rewards found' },
    rewardsLate: { unit: '1', about: 'the same in the second half of the life' },
    stepsToFirst: { unit: 'steps', about: 'to the first reward; all where it is not found' },
    bumps: share('steps into a wall'),
    cells: { unit: '1', about: 'different cells that were visited' },
    spikesAStep: { unit: '1', about: 'spikes of all cells' },
  },
  prepare,
  emptyTrace: emptyGridTrace,
  figure: gridFigure,
  fresh: (settings: Options) => ({
    options: anotherNetwork(settings),
    about: 'other wiring and first weights',
  }),
  randomPolicy,
} satisfies Task<typeof options, GridTrace>;
