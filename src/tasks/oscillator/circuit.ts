import type { RandomStream } from '../../math/random.js';
import { external } from '../../network/inputs/external.js';
import { noiseGaussian } from '../../network/inputs/noise-gaussian.js';
import { spikeCount } from '../../network/inputs/spike-count.js';
import type { Embodied } from '../../network/model/body.js';
import type { InputPort } from '../../network/model/network.js';
import { exponential } from '../../network/synapses/exponential.js';
import type { LivingNetwork } from '../task.js';
import { offs, reboundCell } from './cell.js';

/** The modulator that shifts how excitable both cells are. */
export const modulator = '5HT';

export interface PairOptions {
  /** Names of the two cells as outputs, in order. */
  names: readonly [string, string];
  /** Inputs that drive one cell each, with the current (uA/cm2) that each of them is while on. */
  inputs?: Readonly<Record<string, { cell: 0 | 1; current: number }>>;
  /** Level of the modulator where nobody sets another. */
  level: number;
  /** Standard deviation of the noise on each cell, uA/cm2. */
  noise: number;
  intervalMs: number;
}

/** Step, ms. */
const dtMs = 0.1;
/** Of one cell on the other, uA/cm2: the rhythm comes from about -0.3 to -0.5. */
const inhibition = -0.35;

/**
 * Two cells that inhibit each other and burst when inhibition ends, and so take turns (Brown 1911). A modulator shifts the current
 * through both, and so their rhythm.
 */
export function pairCircuit({ names, inputs = {}, level, noise, intervalMs }: PairOptions): Embodied {
  const weights = Float64Array.of(inhibition, inhibition);
  return {
    network: {
      dtMs,
      populations: [
        {
          name: 'pair',
          count: 2,
          model: reboundCell,
          // More calcium current than in the relay cell of Smith et al., so that bursts are sure.
          parameters: { gT: 0.1 },
          ports: {
            inhibition: { model: exponential, parameters: { tau: 60 } },
            external: { model: external, parameters: { I: new Float64Array(2) } },
            noise: { model: noiseGaussian, parameters: { sd: noise } },
            counter: { model: spikeCount, parameters: {} },
          },
          receptors: { excitability: { target: 'I', acts: 'shifts', level: `m.${modulator}`, gain: 1 } },
        },
      ],
      projections: [
        {
          name: 'inhibits',
          ...{ from: 'pair', to: 'pair', port: 'inhibition', acts: 'afterReset', delayMs: 0 },
          rowStart: Int32Array.of(0, 1, 2),
          post: Int32Array.of(1, 0),
          weight: Int32Array.of(0, 1),
        },
      ],
      modulators: { [modulator]: { tauMs: Number.POSITIVE_INFINITY, baseline: level } },
      inputs: Object.entries(inputs).map(
        ([name, { cell, current }]): InputPort => ({
          name,
          kind: 'current',
          cells: Int32Array.of(cell),
          amplitude: current,
        }),
      ),
      outputs: names.map((name, cell) => ({
        name,
        cells: Int32Array.of(cell),
        state: 'counter.count',
        empties: true,
      })),
      weights,
    },
    stepsAnInterval: Math.round(intervalMs / dtMs),
    precision: 'f64',
    start: weights.slice(),
    weightUnit: 'uA/cm2',
    body: {},
  };
}

/** Makes each parameter of each cell off by a normal factor of 1, within two deviations. */
export function mistune(network: LivingNetwork, random: RandomStream, deviation: number): void {
  for (const name of offs) {
    const values = Float64Array.from(
      { length: 2 },
      () => 1 + deviation * Math.min(2, Math.max(-2, random.normal())),
    );
    network.setState('pair', name, values);
  }
}

/** Lets one of the cells be ready to burst, so that the two do not start alike. */
export function kick(network: LivingNetwork, random: RandomStream): void {
  const first = random.integer(2);
  network.setState('pair', 'h', Float64Array.of(first === 0 ? 1 : 0, first === 0 ? 0 : 1));
}
