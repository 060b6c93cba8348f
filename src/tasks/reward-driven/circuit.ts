import { toldCells } from '../../network/build/spike-train.js';
import { integrateAndFireWithEscapeNoise } from '../../network/cells/integrate-and-fire-with-escape-noise.js';
import { spikeCount } from '../../network/inputs/spike-count.js';
import type { Plasticity } from '../../network/model/network.js';
import { exponential } from '../../network/synapses/exponential.js';
import type { RestingCircuit } from '../protocol/rest.js';

/** Decay of the synaptic currents. */
const tauSynapseMs = 2;

export interface NeuronSettings {
  /** Inputs that reach the neuron. */
  inputs: number;
  rateHz: number;
  trialMs: number;
  dtMs: number;
  plasticity: Plasticity;
}

/**
 * One leaky integrate-and-fire neuron with escape noise, and inputs that fire as they are told (Jordan et al. 2021,
 * doi:10.7554/eLife.66273). A trial is one interval. R is the reward of the trial that ended last.
 */
export function neuronCircuit({ inputs, rateHz, trialMs, dtMs, plasticity }: NeuronSettings): RestingCircuit {
  const steps = Math.round(trialMs / dtMs);
  const { vRest } = integrateAndFireWithEscapeNoise.parameters;
  return {
    network: {
      dtMs,
      populations: [
        toldCells('inputs', { cells: inputs, rateHz, steps, dtMs }),
        {
          name: 'neuron',
          count: 1,
          model: integrateAndFireWithEscapeNoise,
          parameters: {},
          ports: {
            synapses: { model: exponential, parameters: { tau: tauSynapseMs } },
            counter: { model: spikeCount, parameters: {} },
          },
        },
      ],
      projections: [
        {
          name: 'toNeuron',
          from: 'inputs',
          to: 'neuron',
          port: 'synapses',
          acts: 'afterReset',
          rowStart: Int32Array.from({ length: inputs + 1 }, (_, i) => i),
          post: new Int32Array(inputs),
          weight: Int32Array.from({ length: inputs }, (_, i) => i),
          delayMs: 0,
          plasticity,
        },
      ],
      modulators: { R: { tauMs: Number.POSITIVE_INFINITY, baseline: 0 } },
      inputs: [],
      outputs: [{ name: 'spikes', cells: Int32Array.of(inputs), state: 'counter.count', empties: true }],
      weights: new Float64Array(inputs),
    },
    stepsAnInterval: steps,
    precision: 'f64',
    // Each life draws its own first weights.
    start: new Float64Array(0),
    weightUnit: 'nA',
    body: {},
    rest: { neuron: { v: vRest!.default, refractory: 0, 'synapses.g': 0, 'counter.count': 0 } },
  };
}
