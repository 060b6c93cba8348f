import { toldCells } from '../../network/build/spike-train.js';
import { leakyIntegrateAndFire } from '../../network/cells/leaky-integrate-and-fire.js';
import type { Embodied } from '../../network/model/body.js';
import type { Plasticity } from '../../network/model/network.js';
import { delta } from '../../network/synapses/delta.js';
import type { Options } from './options.js';

/** Membrane time constant of the neuron. */
export const tauMs = 18;

/**
 * A leaky integrate-and-fire neuron with many inputs, which fire as they are told (Jordan et al. 2021,
 * doi:10.7554/eLife.66273; after Masquelier 2018, doi:10.1016/j.neuroscience.2017.06.032). From one presentation of the
 * pattern to the next is one interval.
 */
export function detectorCircuit(
  { inputs, rateHz, periodMs, startWeight, dtMs }: Options,
  plasticity: Plasticity,
): Embodied {
  const steps = Math.round(periodMs / dtMs);
  const weights = new Float64Array(inputs).fill(startWeight);
  return {
    network: {
      dtMs,
      populations: [
        toldCells('inputs', { cells: inputs, rateHz, steps, dtMs }),
        {
          name: 'neuron',
          count: 1,
          model: leakyIntegrateAndFire,
          parameters: { tau: tauMs, vRest: 0, vThreshold: 20, vReset: 0, tRefractory: 0 },
          ports: { synapses: { model: delta('v', 'mV'), parameters: {} } },
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
      modulators: {},
      inputs: [],
      outputs: [],
      weights,
    },
    stepsAnInterval: steps,
    precision: 'f64',
    start: weights,
    weightUnit: 'mV',
    body: {},
  };
}
