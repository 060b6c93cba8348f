import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { izhikevichOfTheScript } from '../cells/izhikevich.js';
import { leakyIntegrateAndFire } from '../cells/leaky-integrate-and-fire.js';
import { traubMiles } from '../cells/traub-miles.js';
import { noiseGaussian } from '../inputs/noise-gaussian.js';
import type { Network, Population, Port } from '../model/network.js';
import { exponentialHeld } from '../synapses/exponential.js';
import { exponentialConductanceHeld } from '../synapses/exponential-conductance.js';
import { pulse } from '../synapses/pulse.js';
import { allToAll, type Connection, connect, fixedProbability } from './random-graph.js';

const alone = { modulators: {}, inputs: [], outputs: [] };

const squared = (x: number) => x * x;

/** `[count]` drawn one after the other. */
const drawn = (count: number, draw: () => number) => Float64Array.from({ length: count }, draw);

/**
 * The network of Izhikevich (2003), doi:10.1109/TNN.2003.820440: 800 excitatory and 200 inhibitory cells, all joined to
 * all, under thalamic noise, in steps of 1 ms. Some 8 spikes a second and cell, with rhythms of 10 and 40 Hz.
 */
export function izhikevich1000(seed: string): Network {
  const random = RandomStream.from(deriveSeed(seed, 'izhikevich-1000'));
  const [excitatory, inhibitory] = [800, 200];
  const squares = drawn(excitatory, () => squared(random.uniform()));
  const shares = drawn(inhibitory, () => random.uniform());
  const ports = (sd: number): Population['ports'] => ({
    synapses: { model: pulse, parameters: {} },
    thalamus: { model: noiseGaussian, parameters: { sd } },
  });
  const join = (from: string, count: number, to: string, into: number, weight: () => number): Connection => ({
    from,
    to,
    port: 'synapses',
    acts: 'afterReset',
    edges: allToAll({ from: count, to: into }),
    weight,
    delayMs: 0,
  });
  const exciting = () => 0.5 * random.uniform();
  const inhibiting = () => -random.uniform();
  return {
    dtMs: 1,
    populations: [
      {
        name: 'excitatory',
        count: excitatory,
        model: izhikevichOfTheScript,
        parameters: {
          c: squares.map((square) => -65 + 15 * square),
          d: squares.map((square) => 8 - 6 * square),
        },
        ports: ports(5),
      },
      {
        name: 'inhibitory',
        count: inhibitory,
        model: izhikevichOfTheScript,
        parameters: {
          a: shares.map((share) => 0.02 + 0.08 * share),
          b: shares.map((share) => 0.25 - 0.05 * share),
          d: 2,
        },
        ports: ports(2),
      },
    ],
    ...connect({
      'excitatory to excitatory': join('excitatory', excitatory, 'excitatory', excitatory, exciting),
      'excitatory to inhibitory': join('excitatory', excitatory, 'inhibitory', inhibitory, exciting),
      'inhibitory to excitatory': join('inhibitory', inhibitory, 'excitatory', excitatory, inhibiting),
      'inhibitory to inhibitory': join('inhibitory', inhibitory, 'inhibitory', inhibitory, inhibiting),
    }),
    ...alone,
  };
}

/** The cells and synapses of one benchmark of the review. */
interface Vogels {
  name: string;
  population: (random: RandomStream, count: number) => Omit<Population, 'name' | 'count' | 'ports'>;
  excitation: Port;
  inhibition: Port;
  weights: { excitatory: number; inhibitory: number };
}

/** 3200 excitatory and 800 inhibitory cells; each pair is joined with a probability of 0.02; steps of 0.1 ms. */
function vogelsAbbott(seed: string, { name, population, excitation, inhibition, weights }: Vogels): Network {
  const random = RandomStream.from(deriveSeed(seed, name));
  const sizes = { excitatory: 3200, inhibitory: 800 };
  const kinds = ['excitatory', 'inhibitory'] as const;
  const connections = kinds.flatMap((from) =>
    kinds.map((to): [string, Connection] => [
      `${from} to ${to}`,
      {
        from,
        to,
        port: from === 'excitatory' ? 'excitation' : 'inhibition',
        acts: 'afterReset',
        edges: fixedProbability(random, { from: sizes[from], to: sizes[to], self: from !== to }, 0.02),
        weight: weights[from],
        delayMs: 0,
      },
    ]),
  );
  return {
    dtMs: 0.1,
    populations: kinds.map((kind) => ({
      name: kind,
      count: sizes[kind],
      ...population(random, sizes[kind]),
      ports: { excitation, inhibition },
    })),
    ...connect(Object.fromEntries(connections)),
    ...alone,
  };
}

/**
 * Leaky cells with exponential currents: benchmark 2 of Brette et al. (2007), doi:10.1007/s10827-007-0038-6, after Vogels
 * and Abbott (2005). The synaptic quantities are potentials there; here they are currents through 1 MOhm.
 */
export function cuba4000(seed: string): Network {
  const parameters = {
    tau: 20,
    resistance: 1,
    vRest: -49,
    vThreshold: -50,
    vReset: -60,
    tRefractory: 5,
  };
  return vogelsAbbott(seed, {
    name: 'cuba-4000',
    population: (random, count) => ({
      model: leakyIntegrateAndFire,
      parameters,
      start: { v: drawn(count, () => random.uniformIn(-60, -50)) },
    }),
    excitation: { model: exponentialHeld, parameters: { tau: 5 } },
    inhibition: { model: exponentialHeld, parameters: { tau: 10 } },
    weights: { excitatory: 1.62, inhibitory: -9 },
  });
}

/** Starts of potentials and conductances (in units of 10 nS) around those of the running network. */
const running = (random: RandomStream, count: number, unit: number) => ({
  v: drawn(count, () => -65 + 5 * random.normal()),
  'excitation.g': drawn(count, () => (4 + 1.5 * random.normal()) * unit),
  'inhibition.g': drawn(count, () => (20 + 12 * random.normal()) * unit),
});

/** Leaky cells with exponential conductances: benchmark 1 of the same review. */
export function coba4000(seed: string): Network {
  return vogelsAbbott(seed, {
    name: 'coba-4000',
    population: (random, count) => ({
      model: leakyIntegrateAndFire,
      parameters: {
        tau: 20,
        resistance: 100,
        vRest: -60,
        vThreshold: -50,
        vReset: -60,
        tRefractory: 5,
      },
      start: running(random, count, 0.01),
    }),
    excitation: { model: exponentialConductanceHeld, parameters: { tau: 5, E: 0 } },
    inhibition: { model: exponentialConductanceHeld, parameters: { tau: 10, E: -80 } },
    weights: { excitatory: 0.006, inhibitory: 0.067 },
  });
}

/** Cells with sodium and potassium channels and the same synapses: benchmark 3 of the same review. */
export function cobaHh4000(seed: string): Network {
  return vogelsAbbott(seed, {
    name: 'coba-hh-4000',
    population: (random, count) => ({
      model: traubMiles,
      parameters: {},
      start: running(random, count, 10),
    }),
    excitation: { model: exponentialConductanceHeld, parameters: { tau: 5, E: 0 } },
    inhibition: { model: exponentialConductanceHeld, parameters: { tau: 10, E: -80 } },
    weights: { excitatory: 6, inhibitory: 67 },
  });
}

/** Every benchmark network, by name. */
export const benchmarkNetworks = {
  'izhikevich-1000': izhikevich1000,
  'cuba-4000': cuba4000,
  'coba-4000': coba4000,
  'coba-hh-4000': cobaHh4000,
} as const;

/** What each is, in a line. */
export const benchmarkSummaries: Readonly<Record<keyof typeof benchmarkNetworks, string>> = {
  'izhikevich-1000': '1,000 cells, all joined to all, under thalamic noise (Izhikevich 2003)',
  'cuba-4000': '4,000 leaky cells with exponential currents (Brette et al. 2007, benchmark 2)',
  'coba-4000': '4,000 leaky cells with exponential conductances (Brette et al. 2007, benchmark 1)',
  'coba-hh-4000': '4,000 cells with sodium and potassium channels (Brette et al. 2007, benchmark 3)',
};
