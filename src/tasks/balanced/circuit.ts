import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { type Connection, connect, type Edges, fixedProbability } from '../../network/build/random-graph.js';
import { toldCells } from '../../network/build/spike-train.js';
import { leakyIntegrateAndFire } from '../../network/cells/leaky-integrate-and-fire.js';
import type { Embodied } from '../../network/model/body.js';
import type { Plasticity, Population } from '../../network/model/network.js';
import { sixNumberPair } from '../../network/plasticity/six-number-pair.js';
import { exponentialConductance } from '../../network/synapses/exponential-conductance.js';
import { plasticityOf } from '../protocol/rule.js';
import { type ConnectionType, connectionTypes, type NetworkOptions } from './options.js';

/** Synapses of each cell in the published network, by the population that they come from. */
const publishedSynapses = { E: 160, I: 40 } as const;
/** Inputs that each cell hears. */
const heard = 250;
/** Weight of an input, in units of the leak conductance. */
const inputWeight = 0.1;
/** First weights, in units of the leak conductance. Those from inhibitory to excitatory cells are drawn anew in each life. */
const firstWeights = { EE: 0.03, EI: 0.03, II: 0.3 } as const;
/** First weight from inhibitory to excitatory cells: one for all of them, uniform up to this. */
const mostFirstIE = 0.3;
/** Bounds: published are 2 to 3 for IE, drawn anew in each life, and 1.3 to 1.7 for EE. */
const bounds = { E: 1.5, I: 2.5 } as const;
/** The most that inputs are ever told to fire, Hz; there is room for so many spikes. */
const mostInputHz = 250;

const names = { E: 'excitatory', I: 'inhibitory' } as const;
type Kind = keyof typeof names;
const kindsOf = (type: ConnectionType) => [...type] as [Kind, Kind];

/** A rule that changes nothing, from which evolution starts: 10 ms for both traces, as published. */
const startRule = { alpha: 0, kappa: 0, beta: 0, gamma: 0, tauPlus: 10, tauMinus: 10 };

/** The network that lives, and what a life must know of it. */
export interface BalancedCircuit extends Embodied {
  /** Steps for which inputs can be told their spikes at once. */
  stretchSteps: number;
  /** How much weights are larger than published, by their presynaptic population. */
  scale: Readonly<Record<Kind, number>>;
  /** Places of the weights of a connection type: from, and before. */
  placesOf: Readonly<Record<ConnectionType, readonly [number, number]>>;
  bounds: Readonly<Record<ConnectionType, number>>;
}

/**
 * Each cell hears the inputs that follow one another on a ring around its own place, so that neighbouring inputs reach the
 * same cells; places are spread evenly, those of either population.
 */
function fields(inputs: number, cells: number): Edges {
  const width = Math.min(heard, inputs);
  const rows: number[][] = Array.from({ length: inputs }, () => []);
  for (let cell = 0; cell < cells; cell++) {
    const first = Math.round((cell * inputs) / cells - width / 2) + inputs;
    for (let i = 0; i < width; i++) rows[(first + i) % inputs]!.push(cell);
  }
  const rowStart = new Int32Array(inputs + 1);
  rows.forEach((row, input) => {
    rowStart[input + 1] = rowStart[input]! + row.length;
  });
  return { rowStart, post: Int32Array.from(rows.flat()) };
}

function population(kind: Kind, count: number): Population {
  return {
    name: names[kind],
    count,
    model: leakyIntegrateAndFire,
    // With 1 MOhm, conductances are in units of the leak conductance.
    parameters: { tau: 20, resistance: 1, vRest: -60, vThreshold: -50, vReset: -60, tRefractory: 5 },
    ports: {
      excitation: { model: exponentialConductance, parameters: { tau: 5, E: 0 } },
      inhibition: { model: exponentialConductance, parameters: { tau: 10, E: -80 } },
    },
  };
}

/**
 * Excitatory and inhibitory leaky cells with conductances, joined at random, under Poisson inputs: the network of Confavreux,
 * Agnes, Zenke, Sprekeler and Vogels 2025 (doi:10.1371/journal.pcbi.1012910), after Vogels et al. 2011, smaller.
 * @param fielded whether cells hear neighbouring inputs, as for patterns; else inputs at random
 */
export function balancedCircuit(options: NetworkOptions, fielded: boolean): BalancedCircuit {
  const { connection, inputs, plastic, parameters, eta, dtMs, networkSeed } = options;
  const counts = { E: options.excitatory, I: options.inhibitory };
  const random = RandomStream.from(deriveSeed('balanced', networkSeed));
  const scale = {
    E: publishedSynapses.E / (connection * counts.E),
    I: publishedSynapses.I / (connection * counts.I),
  };
  const boundOf = (type: ConnectionType) => bounds[kindsOf(type)[0]] * scale[kindsOf(type)[0]];
  const plasticity = (type: ConnectionType): Plasticity =>
    plasticityOf(
      {
        parameters: {
          ...startRule,
          wMin: 0,
          wMax: boundOf(type),
          ...parameters[type],
          eta: eta * scale[kindsOf(type)[0]],
        },
      },
      sixNumberPair,
    );
  const recurrent = (type: ConnectionType): Connection => {
    const [from, to] = kindsOf(type);
    const first = type === 'IE' ? mostFirstIE / 2 : firstWeights[type];
    return {
      from: names[from],
      to: names[to],
      port: from === 'E' ? 'excitation' : 'inhibition',
      acts: 'afterReset',
      delayMs: 0,
      edges: fixedProbability(random, { from: counts[from], to: counts[to], self: from !== to }, connection),
      weight: first * scale[from],
      ...(plastic.includes(type) ? { plasticity: plasticity(type) } : {}),
    };
  };
  const heardBy = (kind: Kind): Connection => ({
    from: 'inputs',
    to: names[kind],
    port: 'excitation',
    acts: 'afterReset',
    delayMs: 0,
    edges: fielded
      ? fields(inputs, counts[kind])
      : fixedProbability(random, { from: inputs, to: counts[kind] }, Math.min(1, heard / inputs)),
    weight: inputWeight,
  });
  const connections = Object.fromEntries(connectionTypes.map((type) => [type, recurrent(type)]));
  const placesOf = {} as Record<ConnectionType, readonly [number, number]>;
  let place = 0;
  for (const type of connectionTypes) {
    const { length } = connections[type]!.edges.post;
    placesOf[type] = [place, place + length];
    place += length;
  }
  const stretchSteps = Math.round(100 / dtMs);
  const network = {
    dtMs,
    populations: [
      population('E', counts.E),
      population('I', counts.I),
      toldCells('inputs', { cells: inputs, rateHz: mostInputHz, steps: stretchSteps, dtMs }),
    ],
    ...connect({ ...connections, 'inputs to E': heardBy('E'), 'inputs to I': heardBy('I') }),
    modulators: {},
    inputs: [],
    outputs: [],
  };
  return {
    network,
    stepsAnInterval: 1,
    precision: 'f32',
    // Each life draws its own first weights.
    start: new Float64Array(0),
    weightUnit: 'leak conductances',
    body: {},
    stretchSteps,
    scale,
    placesOf,
    bounds: Object.fromEntries(
      connectionTypes.map((type) => [type, boundOf(type)]),
    ) as BalancedCircuit['bounds'],
  };
}

/** The first weights of a life: as the network has them, but for one weight of all IE synapses that is drawn. */
export function drawnWeights(
  { network, placesOf, scale }: BalancedCircuit,
  random: RandomStream,
): Float64Array {
  const weights = Float64Array.from(network.weights);
  weights.fill(random.uniformIn(0, mostFirstIE) * scale.I, ...placesOf.IE);
  return weights;
}
