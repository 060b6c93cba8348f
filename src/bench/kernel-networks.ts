import { RandomStream } from '../math/random.js';
import { deriveSeed } from '../math/seed.js';
import { connect, type Edges, fixedOutDegree } from '../network/build/random-graph.js';
import { izhikevichOfTheScript } from '../network/cells/izhikevich.js';
import { leakyIntegrateAndFire } from '../network/cells/leaky-integrate-and-fire.js';
import { noiseTriangular } from '../network/inputs/noise-triangular.js';
import type { Network } from '../network/model/network.js';
import { pairStdpDopamine } from '../network/plasticity/pair-stdp-dopamine.js';
import { exponentialHeld } from '../network/synapses/exponential.js';

/** `count` pairs drawn with replacement, in row order: a cell may reach another twice. */
function pairs(random: RandomStream, count: number, from: number, to: number): Edges {
  const pre = Int32Array.from({ length: count }, () => random.integer(from)).sort();
  const rowStart = new Int32Array(from + 1);
  for (const cell of pre) rowStart[cell + 1]! += 1;
  for (let i = 0; i < from; i++) rowStart[i + 1]! += rowStart[i]!;
  return { rowStart, post: Int32Array.from({ length: count }, () => random.integer(to)) };
}

/**
 * A network of the size of the worm that learns by dopamine: 302 Izhikevich cells in steps of 1 ms, four fifths regular
 * spiking and one fifth fast spiking, 3,700 random synapses of which nine in ten are plastic, noise on every cell.
 * @param noise standard deviation of the current, mV/ms: it sets the rate
 */
export function rstdp302(seed: string, noise: number): Network {
  const random = RandomStream.from(deriveSeed(seed, 'rstdp-302'));
  const [cells, excitatory] = [302, 242];
  const kind = (exc: number, inh: number) =>
    Float64Array.from({ length: cells }, (_, i) => (i < excitatory ? exc : inh));
  const plastic = pairs(random, 3330, excitatory, cells);
  const fixed = pairs(random, 370, cells - excitatory, cells);
  const join = { from: 'cells', to: 'cells', port: 'synapses', acts: 'afterReset' as const, delayMs: 0 };
  // Rows are counted through all cells: the plastic ones begin with the first, the fixed ones with the inhibitory.
  const rows = (edges: Edges, before: number): Edges => ({
    post: edges.post,
    rowStart: Int32Array.from(
      { length: cells + 1 },
      (_, i) => edges.rowStart[Math.min(Math.max(i - before, 0), edges.rowStart.length - 1)]!,
    ),
  });
  return {
    dtMs: 1,
    populations: [
      {
        name: 'cells',
        count: cells,
        model: izhikevichOfTheScript,
        parameters: { a: kind(0.02, 0.1), d: kind(8, 2) },
        ports: {
          synapses: { model: exponentialHeld, parameters: { tau: 5 } },
          noise: { model: noiseTriangular, parameters: { sd: noise } },
        },
      },
    ],
    ...connect({
      plastic: {
        ...join,
        edges: rows(plastic, 0),
        weight: () => random.uniformIn(0, 2),
        plasticity: { rule: pairStdpDopamine, parameters: {} },
      },
      fixed: { ...join, edges: rows(fixed, excitatory), weight: -2 },
    }),
    modulators: { DA: { tauMs: 200, baseline: 0 } },
    inputs: [],
    outputs: [],
  };
}

/** Leaky cells under noise that fire some ten times a second, with weak random synapses; steps of 1 ms. */
export function scanned(seed: string, cells: number, synapses: number): Network {
  const random = RandomStream.from(deriveSeed(seed, 'scan', cells, synapses));
  const degree = Math.min(cells, Math.max(1, Math.round(synapses / cells)));
  return {
    dtMs: 1,
    populations: [
      {
        name: 'cells',
        count: cells,
        model: leakyIntegrateAndFire,
        parameters: {},
        ports: {
          synapses: { model: exponentialHeld, parameters: { tau: 5 } },
          noise: { model: noiseTriangular, parameters: { sd: 0.4 } },
        },
      },
    ],
    ...connect({
      synapses: {
        from: 'cells',
        to: 'cells',
        port: 'synapses',
        acts: 'afterReset',
        delayMs: 0,
        edges: fixedOutDegree(random, { from: cells, to: cells }, degree),
        weight: () => random.uniformIn(-1e-4, 1e-4),
      },
    }),
    modulators: {},
    inputs: [],
    outputs: [],
  };
}
