// A balanced network: leaky cells that excite and inhibit each other at random (Brunel 2000, on a smaller scale).
import {
  CompiledSimulator,
  cellModels,
  connect,
  delta,
  deriveSeed,
  firing,
  fixedProbability,
  inputModels,
  loadAssembler,
  RandomStream,
  record,
} from 'baldwin';

const random = RandomStream.from(deriveSeed('1', 'balanced network'));
const sizes = { excitatory: 400, inhibitory: 100 };
const weights = { excitatory: 0.2, inhibitory: -1.2 }; // mV

const population = (name) => ({
  name,
  count: sizes[name],
  model: cellModels['leaky-integrate-and-fire'],
  parameters: { tau: 20, vReset: -60 },
  start: { v: Float64Array.from({ length: sizes[name] }, () => random.uniformIn(-70, -55)) },
  ports: {
    synapses: { model: delta('v', 'mV'), parameters: {} },
    background: { model: inputModels['noise-gaussian'], parameters: { mean: 0.1, sd: 0.8 } }, // nA
  },
});
const projection = (from, to) => ({
  from,
  to,
  port: 'synapses',
  acts: 'afterReset',
  edges: fixedProbability(random, { from: sizes[from], to: sizes[to], self: from !== to }, 0.2),
  weight: weights[from],
  delayMs: 1.5,
});
const names = Object.keys(sizes);
const pairs = names.flatMap((from) => names.map((to) => [`${from} to ${to}`, projection(from, to)]));
const network = {
  dtMs: 0.1,
  populations: names.map(population),
  ...connect(Object.fromEntries(pairs)),
  modulators: {},
  inputs: [],
  outputs: [],
};

await loadAssembler();
const simulator = new CompiledSimulator(network, { precision: 'f64' });
simulator.load({ seed: deriveSeed('1', 'noise') });
simulator.run(2000, [], []); // 200 ms without a record: what the start has left is over by then
const { spikesMs } = record(simulator, { ms: 1000 });
for (const name of names) {
  const { rateHz, cv, cvCells } = firing(spikesMs[name], 1000);
  console.log(`${name}: ${rateHz.toFixed(2)} Hz, CV of intervals ${cv.toFixed(2)} (${cvCells} cells)`);
}
