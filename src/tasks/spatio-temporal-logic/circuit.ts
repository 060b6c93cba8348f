import { toldCells } from '../../network/build/spike-train.js';
import { spikeCount } from '../../network/inputs/spike-count.js';
import { type CellModel, quantity } from '../../network/model/model.js';
import type { Population, Projection } from '../../network/model/network.js';
import { delta } from '../../network/synapses/delta.js';
import type { RestingCircuit } from '../protocol/rest.js';
import { type Options, trialSteps } from './options.js';

/** A step of the network, ms: all times are whole numbers of steps. */
export const dtMs = 1;

/** The cell of the publication: what arrives counts at once, and v decays by the step before. */
const leakyCell: CellModel = {
  name: 'leaky-cell-in-steps',
  summary: 'adds up what arrives in a step; v decays from step to step and is set anew by a spike',
  source: 'Habashy, Evans, Goodman and Bowman 2024',
  parameters: {
    tau: quantity('ms', 2, 0.1, 10, 'decay of v'),
    vThreshold: quantity('1', 1.1, 0.1, 10, 'v above which the cell fires'),
    vAfter: quantity('1', 0, -1, 0, 'v after a spike: the lower, the less easily spikes follow one another'),
  },
  state: {
    v: { unit: '1', start: 0, about: 'potential' },
    arrived: { unit: '1', start: 0, about: 'sum of the weights whose spikes arrived in this step' },
  },
  update: ['v = v*exp(-dt/tau) + arrived', 'arrived = 0'],
  threshold: 'v > vThreshold',
  reset: ['v = vAfter'],
};

const cellOf = (name: string, counts = false): Population => ({
  name,
  count: 1,
  model: leakyCell,
  parameters: {},
  ports: {
    synapses: { model: delta('arrived', '1'), parameters: {} },
    ...(counts ? { counter: { model: spikeCount, parameters: {} } } : {}),
  },
});

/**
 * Two channels, cells between, and one output. Each cell is a population and each synapse a projection of its own, so that
 * each has a time constant and a delay of its own that genomes may set.
 */
export function gateCircuit(settings: Options): RestingCircuit {
  const { hidden, delay, longestDelay } = settings;
  const names = Array.from({ length: hidden }, (_, i) => `hidden${i + 1}`);
  const synapses = names.flatMap((cell) => [
    { name: `input1To${cell}`, from: 'inputs', to: cell, rowStart: [0, 1, 1] },
    { name: `input2To${cell}`, from: 'inputs', to: cell, rowStart: [0, 0, 1] },
    { name: `${cell}ToOutput`, from: cell, to: 'output', rowStart: [0, 1] },
  ]);
  return {
    network: {
      dtMs,
      populations: [
        // Room for a spike in every step of a word.
        toldCells('inputs', { cells: 2, rateHz: 1000 / dtMs, steps: trialSteps(settings), dtMs }),
        ...names.map((name) => cellOf(name)),
        cellOf('output', true),
      ],
      projections: synapses.map(
        ({ name, from, to, rowStart }, index): Projection => ({
          ...{ name, from, to, port: 'synapses', acts: 'afterReset' },
          rowStart: Int32Array.from(rowStart),
          post: Int32Array.of(0),
          weight: Int32Array.of(index),
          delayMs: delay * dtMs,
          longestDelayMs: longestDelay * dtMs,
        }),
      ),
      modulators: {},
      inputs: [],
      outputs: [{ name: 'spikes', cells: Int32Array.of(2 + hidden), state: 'counter.count', empties: true }],
      weights: new Float64Array(synapses.length).fill(1),
    },
    stepsAnInterval: 1,
    precision: 'f64',
    start: new Float64Array(synapses.length).fill(1),
    weightUnit: '1',
    body: {},
    rest: Object.fromEntries([...names, 'output'].map((name) => [name, { v: 0, arrived: 0 }])),
  };
}
