// Two cells and a synapse: one spike of the first raises the potential of the second (a postsynaptic potential, PSP).
import {
  cellModels,
  connect,
  fromPairs,
  ReferenceSimulator,
  record,
  spikeTrain,
  spikeTrainCell,
  synapseModels,
} from 'baldwin';

const dtMs = 0.1;
const network = {
  dtMs,
  populations: [
    // A cell without a membrane, which fires 10 ms after the life begins.
    {
      name: 'pre',
      count: 1,
      model: spikeTrainCell,
      parameters: {},
      ports: {},
      train: spikeTrain([[10]], dtMs),
    },
    {
      name: 'post',
      count: 1,
      model: cellModels['leaky-integrate-and-fire'],
      parameters: { tau: 20 },
      ports: { excitation: { model: synapseModels.exponential, parameters: { tau: 5 } } },
    },
  ],
  ...connect({
    synapse: {
      from: 'pre',
      to: 'post',
      port: 'excitation',
      acts: 'afterReset',
      edges: fromPairs({ from: 1, to: 1 }, [[0, 0]]),
      weight: 0.05, // nA
      delayMs: 1.5,
    },
  }),
  modulators: {},
  inputs: [],
  outputs: [],
};

const { values, timesMs } = record(new ReferenceSimulator(network), { ms: 100, values: { 'post.v': 'all' } });
const [v] = values['post.v'];
const peak = v.indexOf(Math.max(...v));
console.log(`begins after ${timesMs[v.findIndex((mV) => mV > -70)].toFixed(1)} ms`);
console.log(`peak ${(v[peak] + 70).toFixed(3)} mV at ${timesMs[peak].toFixed(1)} ms`);
