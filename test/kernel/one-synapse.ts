import { CompiledSimulator } from '../../src/kernel/compiled.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import type { Simulator } from '../../src/kernel/simulator.js';
import { spikeTrain } from '../../src/network/cells/spike-train.js';
import type { Network, Population } from '../../src/network/model/network.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { exponential } from '../../src/network/synapses/exponential.js';

export const dtMs = 0.1;
export const none = new Float64Array(0);

/** One synapse between two cells that fire when told to. Times in ms. */
export function pairOf(
  rule: PlasticityRule,
  parameters: Record<string, number>,
  pre: readonly number[],
  post: readonly number[],
  weight: number,
): Network {
  const fires = (name: string, times: readonly number[]): Population => ({
    name,
    count: 1,
    model: spikeTrain,
    parameters: {},
    ports: { synapse: { model: exponential, parameters: {} } },
    train: {
      steps: Int32Array.from(times, (t) => Math.round(t / dtMs)),
      cells: new Int32Array(times.length),
    },
  });
  return {
    dtMs,
    populations: [fires('pre', pre), fires('post', post)],
    projections: [
      {
        name: 'synapse',
        from: 'pre',
        to: 'post',
        port: 'synapse',
        acts: 'afterReset',
        rowStart: Int32Array.of(0, 1),
        post: Int32Array.of(0),
        weight: Int32Array.of(0),
        delayMs: 0,
        plasticity: { rule, parameters },
      },
    ],
    modulators: Object.fromEntries(
      ['DA', 'NA', '5HT', 'ACh', 'Ca', 'R', 'target'].map((name) => [name, { tauMs: 200, baseline: 0 }]),
    ),
    inputs: [],
    outputs: [],
    weights: Float64Array.of(weight),
  };
}

export const engines: [string, (network: Network) => Simulator, number][] = [
  ['reference', (network) => new ReferenceSimulator(network), 1e-12],
  ['compiled f64', (network) => new CompiledSimulator(network, { precision: 'f64' }), 1e-12],
  ['compiled f32', (network) => new CompiledSimulator(network), 1e-4],
];
