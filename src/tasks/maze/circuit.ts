import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { type Connection, connect, type Edges } from '../../network/build/random-graph.js';
import { escapeRate } from '../../network/cells/escape-rate.js';
import { poisson } from '../../network/cells/poisson.js';
import { external } from '../../network/inputs/external.js';
import type { Embodied } from '../../network/model/body.js';
import type { Plasticity, Population } from '../../network/model/network.js';
import { chemicalConnection } from '../../network/synapses/connection.js';
import { exponentialHeld } from '../../network/synapses/exponential.js';
import type { CircuitPorts } from '../circuit/ports.js';
import { intervalMs } from './options.js';
import { inputsOf, isJunction, type Junctions, outputs, placesOf } from './world.js';

/** Channels of each place and of the reward; cells of each pool, and modulatory cells. */
const channelsEach = 10;
const cellsEach = 10;

/** Rate of a channel while its place is seen, and of all others. */
const activeHz = 40;
const restHz = 2;
/** Filter of spikes from channels and between pools. */
const tauPspMs = 20;
const inhibition = -0.3;
const learnedWeight = [0.45, 0.55] as const;
/** What is inborn: how strongly a place excites the pools that hit no wall there. */
const innateScale = 0.6;
/** Short beside a trip, so that what one outcome released does not teach in the next. */
const tauDopamineMs = 50;
const tauNoradrenalineMs = 200;
/** Noradrenaline of one spike: the modulatory cells together reach a level near 1 within a reward's time. */
const noradrenalineASpike = 0.05;
/** A large reward silences the modulatory cells, which fire by themselves. */
const modulatoryThreshold = 4;
const rewardSilences = -0.5;

const pools = Object.keys(outputs).length;
const firstCell = (pool: number) => pool * cellsEach;
const poolOf = (cell: number) => Math.floor(cell / cellsEach);
const channelOf = (cell: number) => Math.floor(cell / channelsEach);
const range = (first: number, count: number) => Int32Array.from({ length: count }, (_, i) => first + i);

/** Synapses between those cells of two populations that `joins` says. */
function edgesWhere(from: number, to: number, joins: (pre: number, post: number) => boolean): Edges {
  const rows = Array.from({ length: from }, (_, pre) => [...range(0, to)].filter((post) => joins(pre, post)));
  const rowStart = new Int32Array(from + 1);
  rows.forEach((row, pre) => {
    rowStart[pre + 1] = rowStart[pre]! + row.length;
  });
  return { rowStart, post: Int32Array.from(rows.flat()) };
}

const scaled = (scale: number) => ({ model: chemicalConnection, parameters: { scale, tau: tauPspMs } });
const plain = { model: exponentialHeld, parameters: { tau: tauPspMs } };

/** The cells, by population. */
function populationsOf(names: readonly string[]): Population[] {
  const channels = names.length * channelsEach;
  return [
    {
      name: 'channels',
      count: channels,
      model: poisson,
      parameters: { rate: restHz },
      ports: { external: { model: external, parameters: { I: new Float64Array(channels) } } },
    },
    {
      name: 'action',
      count: pools * cellsEach,
      model: escapeRate,
      parameters: {},
      ports: { places: plain, rivals: plain, innate: scaled(innateScale) },
      receptors: { NA: { target: 'deltaU', acts: 'scales', level: 'm.NA', gain: 0 } },
    },
    {
      name: 'modulatory',
      count: cellsEach,
      model: escapeRate,
      parameters: { theta: modulatoryThreshold },
      ports: Object.fromEntries(names.map((name) => [name, scaled(name === 'reward' ? rewardSilences : 0)])),
    },
  ];
}

/** The synapses, by projection. */
function connectionsOf(
  junctions: Junctions,
  plasticity: Plasticity,
  random: RandomStream,
): Record<string, Connection> {
  const names = Object.keys(inputsOf(junctions));
  const places = placesOf(junctions);
  const [channels, cells] = [names.length * channelsEach, pools * cellsEach];
  const synapses = { acts: 'afterReset', delayMs: 0 } as const;
  const isPlace = (channel: number) => channelOf(channel) < places.length;
  const hitsNoWall = (channel: number, cell: number) =>
    isPlace(channel) && isJunction(places[channelOf(channel)]!) === (poolOf(cell) !== outputs.forward);
  const toModulatory = (name: string, input: number): readonly [string, Connection] => [
    `${name}ToModulatory`,
    {
      ...{ from: 'channels', to: 'modulatory', port: name, ...synapses },
      edges: edgesWhere(channels, cellsEach, (channel) => channelOf(channel) === input),
      weight: 1,
    },
  ];
  return {
    toAction: {
      ...{ from: 'channels', to: 'action', port: 'places', ...synapses },
      edges: edgesWhere(channels, cells, isPlace),
      weight: () => random.uniformIn(...learnedWeight),
      plasticity,
    },
    innate: {
      ...{ from: 'channels', to: 'action', port: 'innate', ...synapses },
      edges: edgesWhere(channels, cells, hitsNoWall),
      weight: 1,
    },
    rivals: {
      ...{ from: 'action', to: 'action', port: 'rivals', ...synapses },
      edges: edgesWhere(cells, cells, (pre, post) => poolOf(pre) !== poolOf(post)),
      weight: inhibition,
    },
    ...Object.fromEntries(names.map(toModulatory)),
  };
}

/** What of the body may evolve. */
export const bodyInMaze = {
  body: { daReward: 1, rewardRate: 0.1 },
  bodyAbout: {
    daReward: 'dopamine released by a worth of 1',
    rewardRate: 'how far a trip moves the running mean of worths towards its own',
  },
} as const;

/** What a circuit that is not the task's own drives and is read by. */
export const portsOfCircuit = (junctions: Junctions): CircuitPorts => ({
  inputs: Object.fromEntries(
    Object.keys(inputsOf(junctions)).map((name) => [name, { channels: channelsEach }]),
  ),
  outputs: Object.fromEntries(Object.keys(outputs).map((name) => [name, { cells: cellsEach }])),
  intervalMs,
  releases: { DA: { tauMs: tauDopamineMs } },
});

/**
 * Three pools of cells that compete for a step: on, left or right. Poisson channels of the place where the agent stands
 * excite all of them by weights that learn, and, by inborn ones, those that hit no wall there. Modulatory cells fire by
 * themselves; places and rewards may drive or silence them, and their spikes release noradrenaline.
 * @param seed of the first weights
 * @param modulatory whether the spikes of the modulatory cells release noradrenaline; otherwise they reach nobody
 */
export function mazeCircuit(
  junctions: Junctions,
  { seed, modulatory, plasticity }: { seed: number; modulatory: boolean; plasticity: Plasticity },
): Embodied {
  const random = RandomStream.from(deriveSeed('maze circuit', seed));
  const names = Object.keys(inputsOf(junctions));
  const { projections, weights } = connect(connectionsOf(junctions, plasticity, random));
  const firstOfPools = names.length * channelsEach;
  const releasedBy = [{ population: 'modulatory', amount: noradrenalineASpike }];
  return {
    network: {
      dtMs: 1,
      populations: populationsOf(names),
      projections,
      modulators: {
        DA: { tauMs: tauDopamineMs, baseline: 0 },
        NA: { tauMs: tauNoradrenalineMs, baseline: 0, ...(modulatory ? { releasedBy } : {}) },
      },
      inputs: names.map((name, input) => ({
        name,
        kind: 'current',
        cells: range(input * channelsEach, channelsEach),
        amplitude: activeHz - restHz,
      })),
      outputs: Object.keys(outputs).map((name, pool) => ({
        name,
        cells: range(firstOfPools + firstCell(pool), cellsEach),
        state: 'spikes',
        empties: true,
      })),
      weights,
    },
    stepsAnInterval: intervalMs,
    precision: 'f64',
    start: weights.slice(0, placesOf(junctions).length * channelsEach * pools * cellsEach),
    weightUnit: '1',
    ...bodyInMaze,
  };
}
