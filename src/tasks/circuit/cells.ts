import { exp } from '../../math/exponential.js';
import { log } from '../../math/logarithm.js';
import type { RandomStream } from '../../math/random.js';
import { escapeRate } from '../../network/cells/escape-rate.js';
import { izhikevich } from '../../network/cells/izhikevich.js';
import { noiseGaussian } from '../../network/inputs/noise-gaussian.js';
import { kindValues, spreadKinds } from '../../network/model/kinds.js';
import type { CellModel } from '../../network/model/model.js';
import type { Kinds, Population, Receptor } from '../../network/model/network.js';
import { exponential, exponentialHeld } from '../../network/synapses/exponential.js';

/** Kinds of cells, with the parameters of Izhikevich 2003, doi:10.1109/TNN.2003.820440. */
const kinds = {
  RS: { a: 0.02, b: 0.2, c: -65, d: 8 },
  IB: { a: 0.02, b: 0.2, c: -55, d: 4 },
  CH: { a: 0.02, b: 0.2, c: -50, d: 2 },
  FS: { a: 0.1, b: 0.2, c: -65, d: 2 },
  LTS: { a: 0.02, b: 0.25, c: -65, d: 2 },
} as const;
type KindName = keyof typeof kinds;
export const excitatoryKinds = ['RS', 'IB', 'CH'] as const;
export const inhibitoryKinds = ['FS', 'LTS'] as const;

/** Stepped so that v does not overshoot in steps of 1 ms, as it does by the half steps of the script. */
const izhikevichAtAMs: CellModel = { ...izhikevich, integrator: 'exponential-euler' };

/** Decay of inhibitory currents, and of what drives output cells. */
const tauInhibitionMs = 10;
const tauPspMs = 20;

/** The least and the largest factor by which a cell differs from its kind. */
const leastFactor = 0.1;
const largestFactor = 5;

/** Lognormal factors of mean 1 with a given coefficient of variation. */
function spreadAround(random: RandomStream, count: number, variation: number): Float64Array {
  const variance = log(1 + variation * variation);
  return Float64Array.from({ length: count }, () => {
    const factor = exp(Math.sqrt(variance) * random.normal() - variance / 2);
    return Math.min(Math.max(factor, leastFactor), largestFactor);
  });
}

export interface PoolSettings {
  count: number;
  shares: Readonly<Partial<Record<KindName, number>>>;
  heterogeneity: number;
  tauExcitationMs: number;
  noise: number;
  receptors: Readonly<Record<string, Receptor>>;
}

/** Izhikevich cells of several kinds under noise, excited and inhibited through two ports. */
export function pool(name: string, settings: PoolSettings, random: RandomStream): Population {
  const { count, shares, heterogeneity, receptors, tauExcitationMs, noise } = settings;
  const names = Object.keys(shares) as KindName[];
  const factors = () => spreadAround(random, count, heterogeneity);
  const of: Kinds = {
    parameters: Object.fromEntries(names.map((kind) => [kind, { ...kinds[kind] }])),
    of: spreadKinds(
      names.map((kind) => shares[kind]!),
      count,
    ),
    ...(heterogeneity === 0 ? {} : { spread: { a: factors(), d: factors() } }),
  };
  const { a, b, c, d } = kindValues(of) as Record<'a' | 'b' | 'c' | 'd', Float64Array>;
  const tau = (ms: number) => (heterogeneity === 0 ? ms : factors().map((factor) => factor * ms));
  return {
    name,
    count,
    model: izhikevichAtAMs,
    parameters: { a, b, c, d },
    start: { v: -65, u: b.map((value) => value * -65) },
    kinds: of,
    receptors,
    ports: {
      excitation: { model: exponential, parameters: { tau: tau(tauExcitationMs) } },
      inhibition: { model: exponential, parameters: { tau: tau(tauInhibitionMs) } },
      noise: { model: noiseGaussian, parameters: { sd: noise } },
    },
  };
}

/** Cells that fire by chance, the more the more they are driven: outputs, and those that release modulators. */
export const softCells = (
  name: string,
  count: number,
  receptors: Readonly<Record<string, Receptor>> = {},
): Population => ({
  name,
  count,
  model: escapeRate,
  parameters: {},
  ports: {
    drive: { model: exponentialHeld, parameters: { tau: tauPspMs } },
    rivals: { model: exponentialHeld, parameters: { tau: tauPspMs } },
  },
  receptors,
});

/** Mean of a filtered train of 1 Hz, for weights that bring about a given drive. */
export const perHz = {
  excitation: (tauMs: number) => tauMs / 1000,
  inhibition: tauInhibitionMs / 1000,
  psp: tauPspMs / 1000,
};
