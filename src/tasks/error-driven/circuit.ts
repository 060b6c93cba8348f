import { leakyIntegrateAndFire } from '../../network/cells/leaky-integrate-and-fire.js';
import { poisson } from '../../network/cells/poisson.js';
import { external } from '../../network/inputs/external.js';
import type { Embodied } from '../../network/model/body.js';
import type { Plasticity, Population, Projection } from '../../network/model/network.js';
import { exponential } from '../../network/synapses/exponential.js';
import { type Options, sampleMs } from './options.js';

/** Decay of the synaptic currents. */
const tauSynapseMs = 2;
/** Teachers: the one that counts, and another. */
export const teachers = 2;

/** Membranes that never fire. */
const membranes = (name: string, count: number): Population => ({
  name,
  count,
  model: leakyIntegrateAndFire,
  // The resistance is that of a time constant of 10 ms over 250 pF.
  parameters: { tau: 10, resistance: 40, vRest: -70, vThreshold: 1e9 },
  ports: { synapses: { model: exponential, parameters: { tau: tauSynapseMs } } },
});

/** Every input to every cell of a population, with weights of their own from `firstWeight` on. */
function fromInputs(
  name: string,
  to: string,
  [inputs, cells]: readonly [number, number],
  firstWeight: number,
): Projection {
  const synapses = inputs * cells;
  return {
    name,
    from: 'inputs',
    to,
    port: 'synapses',
    acts: 'afterReset',
    rowStart: Int32Array.from({ length: inputs + 1 }, (_, pre) => pre * cells),
    post: Int32Array.from({ length: synapses }, (_, synapse) => synapse % cells),
    weight: Int32Array.from({ length: synapses }, (_, synapse) => firstWeight + synapse),
    delayMs: 0,
  };
}

/**
 * A membrane that learns to follow another (Jordan et al. 2021, doi:10.7554/eLife.66273): both get the same Poisson inputs,
 * and the modulator `target` tells all synapses of the student the teacher's potential.
 */
export function studentCircuit({ inputs, highHz, dtMs }: Options, plasticity: Plasticity): Embodied {
  const potential = (name: string, cell: number) => ({
    name,
    cells: Int32Array.of(cell),
    state: 'v',
    empties: false,
  });
  return {
    network: {
      dtMs,
      populations: [
        {
          name: 'inputs',
          count: inputs,
          model: poisson,
          parameters: { rate: 0 },
          ports: { external: { model: external, parameters: { I: new Float64Array(inputs) } } },
        },
        membranes('teachers', teachers),
        membranes('student', 1),
      ],
      projections: [
        fromInputs('toTeachers', 'teachers', [inputs, teachers], 0),
        { ...fromInputs('toStudent', 'student', [inputs, 1], teachers * inputs), plasticity },
      ],
      modulators: { target: { tauMs: Number.POSITIVE_INFINITY, baseline: -70 } },
      inputs: Array.from({ length: inputs }, (_, input) => ({
        name: `rate ${input}`,
        kind: 'current' as const,
        cells: Int32Array.of(input),
        amplitude: highHz,
      })),
      outputs: [
        potential('teacher', inputs),
        potential('another', inputs + 1),
        potential('student', inputs + teachers),
      ],
      weights: new Float64Array((teachers + 1) * inputs),
    },
    stepsAnInterval: Math.round(sampleMs / dtMs),
    precision: 'f64',
    // Each life draws its own first weights.
    start: new Float64Array(0),
    weightUnit: 'nA',
    body: {},
  };
}
