import { allToAll, type Connection, connect, type Edges } from '../../network/build/random-graph.js';
import { summedResponse } from '../../network/cells/summed-response.js';
import { firingRate } from '../../network/inputs/firing-rate.js';
import { type CellModel, type PortModel, quantity } from '../../network/model/model.js';
import type { Modulator, Network, Plasticity } from '../../network/model/network.js';
import { epsp } from '../../network/synapses/epsp.js';
import { ringWeights } from '../actor-critic/ring.js';
import { portsOf } from '../protocol/ports.js';
import type { RestingCircuit } from '../protocol/rest.js';
import { type ArenaName, actionCells, arenas, directions } from './arena.js';

export interface NavigationOptions {
  arena: ArenaName;
  /** How the synapses from place to action cells change; absent where they do not. */
  plasticity?: Plasticity;
  modulators?: Readonly<Record<string, Modulator>>;
  /** Whether a search ends where the agent comes to the wrong place. */
  wrongEnds?: boolean;
}

/** Of the synapses from place to action cells. */
const startWeight = 2;
/** States of the body that are seen from outside. */
export const bodyStates = portsOf('x', 'y', 'found', 'wrong', 'clock');
/** What the action cells carry from step to step; all of it is 0 at rest. */
const carried = ['eta', 'inputs.h', 'inputs.g', 'inputs.lost', 'rate.fast', 'rate.rate'];
/** ms between two looks at the body from outside. */
export const navigationIntervalMs = 10;

/** A port without spikes that holds the weighted sum of one state of the cells that send. */
const summed = (sends: string): PortModel => ({
  name: `sum-of-${sends.replace('.', '-')}`,
  summary: `the weighted sum of ${sends}, at every step`,
  source: 'definition',
  parameters: {},
  state: { sum: { unit: '1', start: 0 } },
  receives: 'sum',
  sends,
  weightUnit: '1',
});

/** Fires by chance where the body is near the centre of its field; its ports say where that is. */
const placeCell: CellModel = {
  name: 'place-cell',
  summary: 'fires by chance, the more the nearer the body is to the centre of its place field',
  source: 'Brzosko et al. 2017, doi:10.7554/eLife.27756',
  parameters: {
    rate: quantity('Hz', 400, 0, 1000, 'in the centre of the field'),
    width: quantity('1', 0.4, 0.01, 10, 'distance at which the rate has fallen to 1/e'),
    centreX: quantity('1', 0, -100, 100, 'centre of the field, east'),
    centreY: quantity('1', 0, -100, 100, 'and north'),
  },
  state: {},
  // A chance a step, as in the study; silent once the search is over.
  threshold:
    'done.sum < 0.5 and uniform() < 1e-3[1/(Hz ms)]*rate*dt*exp(-((x.sum - centreX)^2 + (y.sum - centreY)^2) / width^2)',
};

/** The synapses from place to action cells, place cell by place cell. */
function reach(arena: ArenaName): Edges {
  const { centres, reaches } = arenas[arena];
  const rows = centres.map((_, place) => [...reaches(place)].sort((a, b) => a - b));
  const rowStart = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    rowStart[i + 1] = rowStart[i]! + row.length;
  });
  return { rowStart, post: Int32Array.from(rows.flat()) };
}

/** Weights one after the other. */
const listed = (values: readonly number[]) => {
  let next = 0;
  return () => values[next++]!;
};

const spikes = { delayMs: 0, acts: 'beforeReset' } as const;

/** All synapses: from place to action cells, along the ring, and those without spikes by which the body moves and is seen. */
function connections(
  arenaName: ArenaName,
  plasticity: Plasticity | undefined,
): Record<'placeToAction' | 'ring' | 'moveEast' | 'moveNorth' | 'seeX' | 'seeY' | 'seeDone', Connection> {
  const places = arenas[arenaName].centres.length;
  const ring = ringWeights(actionCells);
  const moves = (port: string, axis: 0 | 1): Connection => ({
    ...{ from: 'action', to: 'body', port, ...spikes },
    edges: allToAll({ from: actionCells, to: 1 }),
    weight: listed(directions.map((direction) => direction[axis] / actionCells)),
  });
  const seen = (port: string): Connection => ({
    ...{ from: 'body', to: 'place', port, ...spikes },
    edges: allToAll({ from: 1, to: places }),
    weight: 1,
  });
  return {
    placeToAction: {
      ...{ from: 'place', to: 'action', port: 'inputs', ...spikes },
      edges: reach(arenaName),
      weight: startWeight,
      ...(plasticity ? { plasticity } : {}),
    },
    ring: {
      // As in the study's code, what the ring sends takes a step longer.
      ...{ from: 'action', to: 'action', port: 'inputs', acts: 'beforeReset', delayMs: 1 },
      edges: allToAll({ from: actionCells, to: actionCells }),
      weight: listed(
        Array.from({ length: actionCells * actionCells }, (_, s) => {
          const apart = Math.floor(s / actionCells) - (s % actionCells);
          return ring[(apart + actionCells) % actionCells]!;
        }),
      ),
    },
    moveEast: moves('toEast', 0),
    moveNorth: moves('toNorth', 1),
    seeX: seen('x'),
    seeY: seen('y'),
    seeDone: seen('done'),
  };
}

/**
 * The agent of Brzosko et al. (2017) with its world inside: place cells excite a ring of action cells, which compete; each
 * draws the body its way as fast as it fires, and the body's position drives the place cells. A step is 1 ms, in the order
 * of the study's code: place cells see where the body was at the end of the step before, action cells what place cells
 * fired in the step before, and the body moves by the rates of the step before.
 *
 * The weights that may evolve are those from place to action cells. The body's states say where it is, where the goals
 * are, and when it came to them: a task sets and reads them. It fires when it comes to the goal.
 */
export function navigationCircuit(options: NavigationOptions): RestingCircuit {
  const { plasticity, modulators = {}, wrongEnds = false } = options;
  const arena = arenas[options.arena];
  const places = arena.centres.length;
  const joined = connections(options.arena, plasticity);
  const { projections, weights } = connect(joined);
  const port = (sends: string) => ({ model: summed(sends), parameters: {} });
  const body = Int32Array.of(places + actionCells);
  const network: Network = {
    dtMs: 1,
    populations: [
      {
        name: 'place',
        count: places,
        model: placeCell,
        parameters: {
          centreX: Float64Array.from(arena.centres, ([x]) => x),
          centreY: Float64Array.from(arena.centres, ([, y]) => y),
        },
        ports: { x: port('x'), y: port('y'), done: port('done') },
      },
      {
        name: 'action',
        count: actionCells,
        model: summedResponse,
        parameters: {},
        ports: {
          // The study's code clears the potentials at the start of the next step, and lets nothing in during that.
          inputs: { model: epsp, parameters: { shunt: 1 } },
          rate: { model: firingRate, parameters: {} },
        },
      },
      {
        name: 'body',
        count: 1,
        model: arena.body,
        parameters: { reach: arena.reach, radius: arena.goalRadius, decisive: wrongEnds ? 1 : 0 },
        ports: { toEast: port('rate.rate'), toNorth: port('rate.rate') },
      },
    ],
    projections,
    modulators,
    inputs: [],
    outputs: Object.keys(bodyStates).map((state) => ({
      name: state,
      cells: body,
      state,
      empties: false,
    })),
    weights,
  };
  return {
    network,
    stepsAnInterval: navigationIntervalMs,
    precision: 'f32',
    start: weights.slice(0, joined.placeToAction.edges.post.length),
    weightUnit: '1',
    body: {},
    rest: { action: Object.fromEntries(carried.map((state) => [state, 0])) },
  };
}
