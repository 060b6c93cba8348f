// A synapse that learns under dopamine: pairs of spikes leave an eligibility, which dopamine turns into weight later.
import {
  CompiledSimulator,
  connect,
  fromPairs,
  loadAssembler,
  plasticityRules,
  record,
  spikeTrain,
  spikeTrainCell,
  synapseModels,
} from 'baldwin';

const dtMs = 1;
const cell = (name, timesMs) => ({
  name,
  count: 1,
  model: spikeTrainCell,
  parameters: {},
  ports: { excitation: { model: synapseModels.exponential, parameters: {} } },
  train: spikeTrain([timesMs], dtMs),
});
const network = {
  dtMs,
  // The second cell fires 10 ms after the first, five times.
  populations: [cell('pre', [100, 150, 200, 250, 300]), cell('post', [110, 160, 210, 260, 310])],
  ...connect({
    synapse: {
      from: 'pre',
      to: 'post',
      port: 'excitation',
      acts: 'afterReset',
      edges: fromPairs({ from: 1, to: 1 }, [[0, 0]]),
      weight: 1,
      delayMs: 0,
      plasticity: { rule: plasticityRules['pair-stdp-dopamine'], parameters: { tonic: 0 } },
    },
  }),
  modulators: { DA: { tauMs: 200, baseline: 0 } },
  inputs: [],
  outputs: [],
};

await loadAssembler();
const simulator = new CompiledSimulator(network, { precision: 'f64' });
for (const reward of [0, 0.5]) {
  simulator.load(); // a new life: the weight is 1 again
  const before = record(simulator, { ms: 1000, values: { 'synapse.w': 'all' } });
  const [eligibility] = simulator.synapses('synapse', 'c');
  simulator.release('DA', reward); // 0.7 s after the spikes
  const after = record(simulator, { ms: 2000, values: { 'synapse.w': 'all' }, everySteps: 100 });
  const [from, to] = [before, after].map(({ values }) => values['synapse.w'][0].at(-1).toFixed(3));
  console.log(`DA ${reward}: eligibility ${eligibility.toFixed(3)}, weight ${from} then ${to}`);
}
