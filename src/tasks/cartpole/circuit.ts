import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { allToAll, type Connection, connect, fixedInDegree } from '../../network/build/random-graph.js';
import { escapeRate } from '../../network/cells/escape-rate.js';
import { leakyIntegrateAndFire } from '../../network/cells/leaky-integrate-and-fire.js';
import { poisson } from '../../network/cells/poisson.js';
import { external } from '../../network/inputs/external.js';
import { spikeCount } from '../../network/inputs/spike-count.js';
import type { Embodied } from '../../network/model/body.js';
import type { Network, Plasticity, Population } from '../../network/model/network.js';
import { exponential } from '../../network/synapses/exponential.js';
import { circuitFrom } from '../circuit/circuit.js';
import type { CircuitSettings } from '../circuit/options.js';
import type { CircuitPorts } from '../circuit/ports.js';
import { inputNames, variables } from './code.js';
import type { Settings } from './options.js';

/** The rule of projections that learn, with values that fit their weights; absent where nothing learns. */
export type Learning = ((own: Readonly<Record<string, number>>) => Plasticity) | undefined;

/** Short beside a step, so that what one step released does not teach in the next. */
const tauDopamineMs = 10;

/** What the critic makes of a step, and of whom it teaches: parameters of the body. */
const body = { criticSpin: 0.7, criticGain: 3, praise: 1.5, opposite: 0.8, invalid: 1 };
const bodyAbout = {
  criticSpin: 'weight of the squared angular velocity beside the squared angle in what the critic finds bad',
  criticGain: 'reward from what the critic finds bad becoming less by 1',
  praise: 'factor on rewards above 0',
  opposite: 'share of the reward that teaches the other motor half, its sign reversed',
  invalid: 'what an invalid move costs',
};

const range = (first: number, count: number) => Int32Array.from({ length: count }, (_, i) => first + i);

/** Poisson cells, of which the observation drives one for each variable. */
const sensory = (cells: number): Population => ({
  name: 'sensory',
  count: cells,
  model: poisson,
  parameters: { rate: 0 },
  ports: { external: { model: external, parameters: { I: new Float64Array(cells) } } },
});

/** What both networks have in common: modulators, one input for each sensory cell, and the motor halves as outputs. */
function embodied(
  { bins, stepMs, activeHz }: Settings,
  {
    populations,
    connections,
    motor,
    state,
    empties,
    evolving,
    weightUnit,
  }: {
    populations: Population[];
    connections: Readonly<Record<string, Connection>>;
    /** The first cell of the left half, and the cells of a half. */
    motor: readonly [first: number, count: number];
    state: string;
    empties: boolean;
    /** Names of the connections whose weights may evolve: the first. */
    evolving: number;
    weightUnit: string;
  },
): Embodied {
  const { projections, weights } = connect(connections);
  const [first, count] = motor;
  const network: Network = {
    dtMs: 1,
    populations,
    projections,
    modulators: { DA: { tauMs: tauDopamineMs, baseline: 0 } },
    inputs: inputNames(bins).map((name, cell) => ({
      name,
      kind: 'current',
      cells: Int32Array.of(cell),
      amplitude: activeHz,
    })),
    outputs: [
      { name: 'left', cells: range(first, count), state, empties },
      { name: 'right', cells: range(first + count, count), state, empties },
    ],
    weights,
  };
  const start = projections.slice(0, evolving).reduce((sum, { post }) => sum + post.length, 0);
  return {
    network,
    stepsAnInterval: stepMs,
    precision: 'f32',
    start: weights.slice(0, start),
    weightUnit,
    body,
    bodyAbout,
  };
}

/** Cells of each pool of the small network, and of each output of a generic circuit. */
const cellsAPool = 10;

/** What a circuit that is not made for the task drives and is read by. */
export const portsOfCircuit = ({ bins, activeHz, stepMs }: Settings): CircuitPorts => ({
  inputs: Object.fromEntries(inputNames(bins).map((name) => [name, { channels: 1, activeHz, restHz: 0 }])),
  outputs: { left: { cells: cellsAPool }, right: { cells: cellsAPool } },
  intervalMs: stepMs,
  releases: { DA: { tauMs: tauDopamineMs } },
  activeChannels: variables.length,
});

const generic = (settings: Settings, circuit: CircuitSettings): Embodied => ({
  ...circuitFrom(circuit, settings.networkSeed, portsOfCircuit(settings)),
  body,
  bodyAbout,
});

/** Two pools of cells with a soft threshold that inhibit each other: all inputs reach all cells. */
function small(settings: Settings, random: RandomStream, learning: Learning): Embodied {
  const cells = cellsAPool;
  const inputs = variables.length * settings.bins;
  const tau = { model: exponential, parameters: { tau: 10 } };
  const pool = (name: string): Population => ({
    name,
    count: cells,
    model: escapeRate,
    parameters: {},
    ports: { excitation: tau, rivals: tau },
  });
  const plasticity = learning?.({ eta: 0.005, tauTag: 50, goal: 0.9, wMax: 5 });
  const learned = (to: string): Connection => ({
    ...{ from: 'sensory', to, port: 'excitation', acts: 'afterReset', delayMs: 0 },
    edges: allToAll({ from: inputs, to: cells }),
    weight: () => random.uniformIn(0.89, 0.91),
    ...(plasticity ? { plasticity } : {}),
  });
  const rivals = (from: string, to: string): Connection => ({
    ...{ from, to, port: 'rivals', acts: 'afterReset', delayMs: 0 },
    edges: allToAll({ from: cells, to: cells }),
    weight: -0.05,
  });
  return embodied(settings, {
    populations: [sensory(inputs), pool('left'), pool('right')],
    connections: {
      toLeft: learned('left'),
      toRight: learned('right'),
      leftAgainst: rivals('left', 'right'),
      rightAgainst: rivals('right', 'left'),
    },
    motor: [inputs, cells],
    state: 'spikes',
    empties: true,
    evolving: 2,
    weightUnit: '1',
  });
}

/** Cells of the areas: association, each half of the motor area, and each kind of inhibitory cells of an area. */
const areaCells = { association: 40, half: 20, inhibitory: 10 } as const;
/** Of the currents that excite, of fast inhibition, and of slow inhibition. */
const tausMs = { excitation: 5, fast: 5, slow: 20 } as const;

/** Sensory, association and motor areas of leaky cells; the last two with fast and slow inhibition of their own. */
function areas(settings: Settings, random: RandomStream, learning: Learning): Embodied {
  const { association, half, inhibitory } = areaCells;
  const inputs = variables.length * settings.bins;
  const ports = Object.fromEntries(
    Object.entries(tausMs).map(([name, tau]) => [name, { model: exponential, parameters: { tau } }]),
  );
  const cells = (name: string, count: number): Population => ({
    name,
    count,
    model: leakyIntegrateAndFire,
    parameters: {},
    ports: { ...ports, counter: { model: spikeCount, parameters: {} } },
  });
  const counts: Record<string, number> = {
    ...{ sensory: inputs, association, left: half, right: half },
    ...{
      associationFast: inhibitory,
      associationSlow: inhibitory,
      motorFast: inhibitory,
      motorSlow: inhibitory,
    },
  };
  const learned = (from: string, to: string, fanIn: number, mean: number): Connection => {
    const plasticity = learning?.({ eta: 0.02 * mean, goal: mean, wMax: 10 * mean });
    return {
      ...{ from, to, port: 'excitation', acts: 'afterReset', delayMs: 0 },
      edges: fixedInDegree(random, { from: counts[from]!, to: counts[to]! }, fanIn),
      weight: () => mean * random.uniformIn(0.9, 1.1),
      ...(plasticity ? { plasticity } : {}),
    };
  };
  const fixed = (from: string, to: string, port: keyof typeof tausMs, weight: number): Connection => ({
    ...{ from, to, port, acts: 'afterReset', delayMs: 0, weight },
    edges: allToAll({ from: counts[from]!, to: counts[to]! }),
  });
  const around = (area: string, excitatory: readonly string[], drive: number): [string, Connection][] =>
    excitatory.flatMap((name): [string, Connection][] => [
      [`${name}ToFast`, fixed(name, `${area}Fast`, 'excitation', drive)],
      [`${name}ToSlow`, fixed(name, `${area}Slow`, 'excitation', drive)],
      [`fastTo${name}`, fixed(`${area}Fast`, name, 'fast', -0.02)],
      [`slowTo${name}`, fixed(`${area}Slow`, name, 'slow', -0.005)],
    ]);
  return embodied(settings, {
    populations: [
      sensory(inputs),
      ...Object.entries(counts)
        .slice(1)
        .map(([name, count]) => cells(name, count)),
    ],
    connections: {
      toAssociation: learned('sensory', 'association', 25, 0.6),
      toLeft: learned('association', 'left', 20, 0.08),
      toRight: learned('association', 'right', 20, 0.08),
      ...Object.fromEntries([
        ...around('association', ['association'], 0.03),
        ...around('motor', ['left', 'right'], 0.03),
      ]),
    },
    motor: [inputs + association, half],
    state: 'counter.count',
    empties: true,
    evolving: 3,
    weightUnit: 'nA',
  });
}

/**
 * Sensory cells that say in which bin each variable of the cart is, and two motor halves, of which the one with more spikes
 * moves the cart. Weights between excitatory cells may evolve and, where `learning` is given, learn.
 */
export function cartpoleCircuit(settings: Settings, learning: Learning): Embodied {
  if (settings.circuit) return generic(settings, settings.circuit);
  const random = RandomStream.from(deriveSeed('cartpole circuit', settings.networkSeed));
  return (settings.network === 'small' ? small : areas)(settings, random, learning);
}
