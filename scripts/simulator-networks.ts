import { loadConnectome } from '../src/connectome/load.js';
import { RandomStream } from '../src/math/random.js';
import { deriveSeed } from '../src/math/seed.js';
import { networkFromConnectome } from '../src/network/build/from-connectome.js';
import { cellModels } from '../src/network/cells/table.js';
import { networkSpecSchema } from '../src/network/files/network-spec.js';
import type { Network } from '../src/network/model/network.js';
import type { PlasticityRule } from '../src/network/model/plasticity-rule.js';
import { plasticityRules } from '../src/network/plasticity/table.js';
import { synapseModels } from '../src/network/synapses/table.js';
import { distalRewardNetwork, kinds } from '../src/tasks/distal-reward/circuit.js';
import { driven, empty, joined, listed } from '../test/network/part-networks.js';

/** The networks that Baldwin and other simulators are compared on. */

export interface ComparedNetwork {
  name: string;
  about: string;
  network: Network;
  ms: number;
}

const names = [
  'leaky-integrate-and-fire',
  'adaptive-leaky-integrate-and-fire',
  'exponential-integrate-and-fire',
  'quadratic-integrate-and-fire',
  'izhikevich',
  'izhikevich-2007',
  'adaptive-exponential',
  'glif',
  'hodgkin-huxley',
  'traub-miles',
  'morris-lecar',
] as const;

const alone: Network = {
  ...empty,
  dtMs: 0.05,
  populations: names.map((name) => driven(name, cellModels[name], 5)),
};

/** Twenty cells that fire at listed times reach ten leaky ones, by synapses that learn, with delays of 0 to 3 ms. */
function learning(
  rule: PlasticityRule,
  parameters: Readonly<Record<string, number>>,
  weight: number,
): Network {
  const random = RandomStream.from(deriveSeed('1', 'compared networks'));
  const edges = joined(20, 10, () => random.uniform() < 0.6);
  const recurrent = joined(10, 10, (i, j) => i !== j && random.uniform() < 0.3);
  const offset = edges.post.length;
  return {
    ...empty,
    dtMs: 0.1,
    populations: [
      listed('from', 20, 29, 1000),
      driven('to', cellModels['leaky-integrate-and-fire'], 10, {
        excitation: { model: synapseModels.exponential, parameters: { tau: 3 } },
        inhibition: { model: synapseModels['exponential-conductance'], parameters: { E: -80, tau: 8 } },
      }),
    ],
    projections: [
      {
        ...{ name: 'plastic', from: 'from', to: 'to', port: 'excitation', acts: 'afterReset', ...edges },
        delayMs: Float64Array.from(edges.post, () => random.integer(31) / 10),
        plasticity: { rule, parameters },
      },
      {
        ...{ name: 'recurrent', from: 'to', to: 'to', port: 'inhibition', acts: 'afterReset', delayMs: 1.5 },
        ...recurrent,
        weight: recurrent.weight.map((index) => index + offset),
      },
    ],
    modulators: { DA: { tauMs: 200, baseline: 0, releasedBy: [{ population: 'to', amount: 0.005 }] } },
    weights: Float64Array.from([
      ...Array.from(edges.post, () => weight * random.uniform()),
      ...Array.from(recurrent.post, () => 0.002),
    ]),
  };
}

const distalReward = (): Network => {
  const { network } = distalRewardNetwork({
    ...{
      cells: 100,
      targets: 10,
      weight: 1,
      bound: 4,
      inhibition: 1,
      longestDelayMs: 20,
      tauDopamineMs: 200,
    },
    ...{ excitatory: { RS: 1 }, inhibitory: { FS: 1 }, regularD: kinds.RS.d, structure: 1 },
  });
  // Spikes of the first cells stand in for the reward that the task releases.
  const cells = Int32Array.from({ length: 10 }, (_, cell) => cell);
  const releasedBy = [{ population: 'excitatory', cells, amount: 0.02 }];
  return { ...network, modulators: { ...network.modulators, DA: { ...network.modulators.DA!, releasedBy } } };
};

/** The worm of Cook et al. (2019), whose neurons are Izhikevich cells with a current into its sensory ones. */
function worm(): Network {
  const connectome = loadConnectome('c-elegans-cook-2019');
  const spec = networkSpecSchema.parse({ cell: 'izhikevich', dtMs: 0.5, modulation: {} });
  const sensory = connectome.cells.ids.filter((id) => /^(ASE|AWC|ALM|PLM|AVM)/.test(id));
  const { network } = networkFromConnectome(connectome, { inputs: { touched: sensory }, outputs: {} }, spec);
  const [neurons, muscles] = network.populations;
  const drive = new Float64Array(neurons!.count);
  for (const cell of network.inputs[0]!.cells) drive[cell] = 1;
  const { external } = neurons!.ports;
  return {
    ...network,
    inputs: [],
    populations: [
      {
        ...neurons!,
        ports: {
          ...neurons!.ports,
          external: { ...external!, parameters: { ...external!.parameters, I: drive } },
        },
      },
      muscles!,
    ],
  };
}

export const comparedNetworks = (): ComparedNetwork[] => [
  { name: 'cells', about: `${names.length} cell models, five cells of each, alone`, network: alone, ms: 200 },
  {
    name: 'stdp',
    about: 'pairs of spikes change weights at once; delays to 3 ms',
    network: learning(plasticityRules['pair-stdp'], { wMax: 0.1, aPlus: 0.002, aMinus: 0.0021 }, 0.1),
    ms: 1000,
  },
  {
    name: 'dopamine-stdp',
    about: 'pairs leave eligibilities that dopamine of spikes turns into weight',
    network: learning(plasticityRules['pair-stdp-dopamine'], { wMax: 0.1, rate: 0.001 }, 0.1),
    ms: 1000,
  },
  {
    name: 'distal-reward',
    about: '100 cells of the distal reward problem, noise recorded',
    network: distalReward(),
    ms: 2000,
  },
  {
    name: 'worm',
    about: 'Cook et al. 2019, Izhikevich cells, gap junctions, monoamines',
    network: worm(),
    ms: 1000,
  },
];
