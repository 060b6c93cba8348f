import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import {
  allToAll,
  type Connection,
  connect,
  type Edges,
  fixedProbability,
} from '../../network/build/random-graph.js';
import { adaptiveLeakyIntegrateAndFire } from '../../network/cells/adaptive-leaky-integrate-and-fire.js';
import { poisson } from '../../network/cells/poisson.js';
import { external } from '../../network/inputs/external.js';
import type { Plasticity, Population } from '../../network/model/network.js';
import { ePropAdaptive } from '../../network/plasticity/e-prop-adaptive.js';
import { delta } from '../../network/synapses/delta.js';
import type { CircuitPorts } from '../circuit/ports.js';
import { portsOf } from '../protocol/ports.js';
import type { RestingCircuit } from '../protocol/rest.js';
import { intervalMs } from './options.js';

/** Groups of channels, in the order in which the network has them, and what it answers. */
export const inputs = portsOf('left', 'right', 'recall', 'background');
export const outputs = portsOf('left', 'right');

const channelsAGroup = 10;
/** Rates of a channel: of a cue or the recall while it is on, and of the background all the time. */
const activeHz = 40;
const backgroundHz = 10;

const tauMs = 20;
const threshold = 0.6;
const refractoryMs = 5;
const tauAdaptationMs = 2000;
/** Threshold of 0.03 a spike where a cell adapts by 1.7 times its potential in the long run, of time constants of 20 and 2000 ms. */
const adaptation = 0.0174;
/** Weight a ms of the rule by where a synapse comes from, and onto the readouts, where nothing else is said, and how far weights may go: set by hand. */
const ratesPerMs = { channels: 0.002, leaky: 0.001, adaptive: 0.001, readout: 0.005 } as const;
const wideSpan = 1000;
const mostWeight = 2;
/** Readouts low-pass spikes and do not fire. */
const never = 1e9;
const groups = Object.keys(inputs);

export interface NetworkSettings {
  leaky: number;
  adaptive: number;
  /** Probability of a synapse between two cells of the network. */
  connection: number;
  feedback: 'symmetric' | 'random' | 'broadcast';
  seed: number;
}

/** By what a population's cells differ from others of the model. */
const cellsOf = (name: string, count: number, parameters: Record<string, number>): Population => ({
  name,
  count,
  model: adaptiveLeakyIntegrateAndFire,
  parameters: {
    tau: tauMs,
    vThreshold: threshold,
    tRefractory: refractoryMs,
    tauB: tauAdaptationMs,
    ...parameters,
  },
  ports: { synapses: { model: delta('v', '1'), parameters: {} } },
});

/** Of all cells of the network, leaky ones first: how much a spike of each moves the left readout, and the right one. */
interface Readouts {
  weights: readonly (readonly [left: number, right: number])[];
  /** What an error of the left readout tells each cell. */
  feedback: readonly number[];
}

function drawReadouts({ leaky, adaptive, feedback }: NetworkSettings, random: RandomStream): Readouts {
  const cells = leaky + adaptive;
  const draw = () => random.normal() / Math.sqrt(cells);
  const weights = Array.from({ length: cells }, () => [draw(), draw()] as const);
  const told = {
    symmetric: ([left, right]: readonly [number, number]) => left - right,
    random: () => draw() - draw(),
    broadcast: () => 1 / Math.sqrt(cells),
  };
  return { weights, feedback: weights.map(told[feedback]) };
}

/** Parameters of the rule onto a population: those of its cells, and what each synapse is told of an error. */
function learning(
  to: 'leaky' | 'adaptive',
  { post }: Edges,
  feedback: readonly number[],
): Plasticity['parameters'] {
  return {
    feedback: Float64Array.from(post, (cell) => feedback[cell]!),
    vTh: threshold,
    vRest: 0,
    beta: to === 'adaptive' ? adaptation : 0,
    tauA: tauAdaptationMs,
    wMin: -mostWeight,
    wMax: mostWeight,
  };
}

/**
 * The same onto the readouts, whose potential grows with what they get: a span that it never fills makes the
 * pseudo-derivative 1.
 */
function learningToRead({ post }: Edges): Plasticity['parameters'] {
  return {
    rate: ratesPerMs.readout,
    feedback: Float64Array.from(post, (readout) => (readout === outputs.left ? 1 : -1)),
    ...{ vTh: 0, vRest: -wideSpan, gamma: wideSpan, beta: 0, tauC: 1 },
    ...{ wMin: -mostWeight, wMax: mostWeight },
  };
}

/** The synapses between channels, cells and readouts, all of which learn. */
function connectionsOf(
  settings: NetworkSettings,
  plasticity: Plasticity,
  readouts: Readouts,
  random: RandomStream,
): Record<string, Connection> {
  const { leaky, adaptive, connection } = settings;
  const counts = { channels: groups.length * channelsAGroup, leaky, adaptive };
  const firstCell = { leaky: 0, adaptive: leaky };
  const synapses = { port: 'synapses', acts: 'beforeReset' } as const;
  const isUsual = plasticity.rule === ePropAdaptive;
  const learned = (from: keyof typeof counts, to: 'leaky' | 'adaptive'): Connection => {
    const isRecurrent = from !== 'channels';
    const sizes = { from: counts[from], to: counts[to], self: from !== to };
    const edges = fixedProbability(random, sizes, isRecurrent ? connection : 1);
    const sources = isRecurrent ? Math.max(1, (leaky + adaptive) * connection) : counts.channels;
    const feedback = readouts.feedback.slice(firstCell[to], firstCell[to] + counts[to]);
    const parameters = {
      ...(isUsual ? { rate: ratesPerMs[from], ...learning(to, edges, feedback) } : {}),
      ...plasticity.parameters,
    };
    return {
      ...{ from, to, ...synapses, delayMs: isRecurrent ? 1 : 0, edges },
      weight: () => random.normal() / Math.sqrt(sources),
      plasticity: { ...plasticity, parameters },
    };
  };
  const toReadout = (from: 'leaky' | 'adaptive'): Connection => {
    const edges = allToAll({ from: counts[from], to: 2 });
    const parameters = { ...(isUsual ? learningToRead(edges) : {}), ...plasticity.parameters };
    return {
      ...{ from, to: 'readout', ...synapses, delayMs: 0, edges },
      weight: (pre, post) => readouts.weights[firstCell[from] + pre]![post]!,
      plasticity: { ...plasticity, parameters },
    };
  };
  return {
    inputsToLeaky: learned('channels', 'leaky'),
    inputsToAdaptive: learned('channels', 'adaptive'),
    leakyToLeaky: learned('leaky', 'leaky'),
    leakyToAdaptive: learned('leaky', 'adaptive'),
    adaptiveToLeaky: learned('adaptive', 'leaky'),
    adaptiveToAdaptive: learned('adaptive', 'adaptive'),
    leakyToReadout: toReadout('leaky'),
    adaptiveToReadout: toReadout('adaptive'),
  };
}

/** What a circuit that is not the task's own drives and is read by. */
export const portsOfCircuit: CircuitPorts = {
  inputs: {
    left: { channels: channelsAGroup, restHz: 0 },
    right: { channels: channelsAGroup, restHz: 0 },
    recall: { channels: channelsAGroup, restHz: 0 },
    background: { channels: channelsAGroup, activeHz: backgroundHz, restHz: 0 },
  },
  outputs: { left: { cells: channelsAGroup }, right: { cells: channelsAGroup } },
  intervalMs,
  releases: { DA: { tauMs: 50 } },
};

/**
 * The network of Bellec et al. (2020): leaky cells, and cells whose threshold rises with each of their spikes and remembers
 * that for seconds, all joined at random. Two readouts low-pass their spikes. All weights learn. DA is the error of the left
 * readout.
 * @param plasticity of all weights that learn
 */
export function accumulationNetwork(settings: NetworkSettings, plasticity: Plasticity): RestingCircuit {
  const random = RandomStream.from(deriveSeed('evidence-accumulation network', settings.seed));
  const readouts = drawReadouts(settings, random);
  const connections = connectionsOf(settings, plasticity, readouts, random);
  const { projections, weights } = connect(connections);
  const channels = groups.length * channelsAGroup;
  const firstReadout = channels + settings.leaky + settings.adaptive;
  return {
    network: {
      dtMs: 1,
      populations: [
        {
          name: 'channels',
          count: channels,
          model: poisson,
          parameters: { rate: 0 },
          ports: { external: { model: external, parameters: { I: new Float64Array(channels) } } },
        },
        cellsOf('leaky', settings.leaky, { beta: 0 }),
        cellsOf('adaptive', settings.adaptive, { beta: adaptation }),
        cellsOf('readout', 2, { vThreshold: never, beta: 0, tRefractory: 0 }),
      ],
      projections,
      modulators: { DA: { tauMs: Number.POSITIVE_INFINITY, baseline: 0 }, NA: { tauMs: 2000, baseline: 0 } },
      inputs: groups.map((name, group) => ({
        name,
        kind: 'current',
        cells: Int32Array.from({ length: channelsAGroup }, (_, i) => group * channelsAGroup + i),
        amplitude: name === 'background' ? backgroundHz : activeHz,
      })),
      outputs: Object.keys(outputs).map((name, place) => ({
        name,
        cells: Int32Array.of(firstReadout + place),
        state: 'v',
        empties: false,
      })),
      weights,
    },
    stepsAnInterval: intervalMs,
    precision: 'f32',
    start: weights.slice(),
    weightUnit: '1',
    body: {},
    rest: { leaky: { v: 0, b: 0 }, adaptive: { v: 0, b: 0 }, readout: { v: 0 } },
  };
}
