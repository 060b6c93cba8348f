import { loadConnectome } from '../src/connectome/load.js';
import { noConnectome } from '../src/connectome/none.js';
import { openHabitat } from '../src/evaluate/habitat.js';
import { resolveRun } from '../src/evolve/resolve.js';
import { loadGenomeSpec } from '../src/genome/spec.js';
import { recordedLives } from '../src/inspect/recorded-life.js';
import { RandomStream } from '../src/math/random.js';
import { deriveSeed } from '../src/math/seed.js';
import { networkFromConnectome } from '../src/network/build/from-connectome.js';
import { cellModels } from '../src/network/cells/table.js';
import { type LifeCourse, stepsOfCourse } from '../src/network/export/life.js';
import { networkSpecSchema } from '../src/network/files/network-spec.js';
import type { Network, Population, Projection } from '../src/network/model/network.js';
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
  /** What a task does to it, where it is one of a life, and the seed of that. */
  course?: LifeCourse;
  seed?: string;
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

/** The first episode of the untrained network of a task that brings its network. */
async function livedIn(
  task: { name: string } & Record<string, unknown>,
): Promise<Pick<ComparedNetwork, 'network' | 'ms' | 'course' | 'seed'>> {
  const habitat = await openHabitat({
    connectome: noConnectome,
    genome: loadGenomeSpec(task.name, 'comparison'),
    network: null,
    task,
    engine: 'f64',
  });
  const [life] = recordedLives(habitat, habitat.space.start, deriveSeed('compared', task.name));
  const { network, course, seed } = life!;
  return { network, course, seed, ms: stepsOfCourse(course) * network.dtMs };
}

/** The same of the ENOMAD worm that forages, as a study of connectomes begins. */
async function foraging(): Promise<Pick<ComparedNetwork, 'network' | 'ms' | 'course' | 'seed'>> {
  const { habitat } = await resolveRun({});
  const [life] = recordedLives(habitat, habitat.space.start, deriveSeed('compared', 'foraging'));
  const { network, course, seed } = life!;
  return { network, course, seed, ms: stepsOfCourse(course) * network.dtMs };
}

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

export const comparedNetworks = async (): Promise<ComparedNetwork[]> => [
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
    about: 'the task of that name, small, its rewards and noise recorded',
    ...(await livedIn({ name: 'distal-reward', durationS: 10 })),
  },
  {
    name: 'go-no-go',
    about: 'the task of that name, 100 trials: events, currents, releases',
    ...(await livedIn({ name: 'go-no-go', trials: 100, cueMs: 100, gapMs: 50, heldOutShifts: 0 })),
  },
  {
    name: 'foraging',
    about: 'cells that accumulate on the connectome of Cook et al. 2019, in the default task',
    ...(await foraging()),
  },
  {
    name: 'worm',
    about: 'Cook et al. 2019, Izhikevich cells, gap junctions, monoamines',
    network: worm(),
    ms: 1000,
  },
];

/** The same cells, all of which fire in a last step too: NEST brings weights up to date when presynaptic spikes come. */
function endingTogether(population: Population, step: number): Population {
  const { steps, cells } = population.train!;
  const before = Array.from(steps.keys()).filter((i) => steps[i]! < step);
  const all = Array.from({ length: population.count }, (_, cell) => cell);
  return {
    ...population,
    train: {
      steps: Int32Array.from([...before.map((i) => steps[i]!), ...all.map(() => step)]),
      cells: Int32Array.from([...before.map((i) => cells[i]!), ...all]),
    },
  };
}

/** Cells that fire at listed times reach leaky ones by one kind of synapse, and these each other. */
function leakyUnder(
  synapse: keyof typeof synapseModels,
  weight: number,
  more: Partial<Projection> = {},
): Network {
  const random = RandomStream.from(deriveSeed('1', 'compared networks'));
  const edges = joined(20, 10, () => random.uniform() < 0.6);
  const recurrent = joined(10, 10, (i, j) => i !== j && random.uniform() < 0.3);
  return {
    ...empty,
    dtMs: 0.1,
    populations: [
      more.plasticity ? endingTogether(listed('from', 20, 29, 1000), 9995) : listed('from', 20, 29, 1000),
      driven('to', cellModels['leaky-integrate-and-fire'], 10, {
        synapses: { model: synapseModels[synapse], parameters: {} },
      }),
    ],
    projections: [
      {
        ...{ name: 'in', from: 'from', to: 'to', port: 'synapses', acts: 'afterReset', ...edges },
        delayMs: Float64Array.from(edges.post, () => 0.1 + random.integer(31) / 10),
        ...more,
      },
      {
        ...{ name: 'recurrent', from: 'to', to: 'to', port: 'synapses', acts: 'afterReset', delayMs: 1.5 },
        ...recurrent,
        weight: recurrent.weight.map((index) => index + edges.post.length),
      },
    ],
    weights: Float64Array.from([
      ...Array.from(edges.post, () => weight * random.uniform()),
      ...Array.from(recurrent.post, () => -weight / 2),
    ]),
  };
}

/** The network of the distal reward problem whose weights stay: the cells and synapses of a published script. */
function scripted(): Network {
  const { network } = distalRewardNetwork({
    ...{
      cells: 200,
      targets: 20,
      weight: 5,
      bound: 20,
      inhibition: 5,
      longestDelayMs: 5,
      tauDopamineMs: 200,
    },
    ...{ excitatory: { RS: 1 }, inhibitory: { FS: 1 }, regularD: kinds.RS.d, structure: 1 },
  });
  return {
    ...network,
    modulators: {},
    populations: network.populations.map(({ receptors: _, kinds: __, ...population }) => population),
    projections: network.projections.map(({ plasticity: _, ...projection }) => projection),
  };
}

/** What NEST can say, one network for each kind of cell and synapse that it has. */
export const nestNetworks = (): ComparedNetwork[] => [
  {
    name: 'leaky, delta',
    about: 'iaf_psc_delta, jumps of the potential',
    network: leakyUnder('delta', 2),
    ms: 1000,
  },
  {
    name: 'leaky, exponential',
    about: 'iaf_psc_exp_multisynapse, decaying currents',
    network: leakyUnder('exponential', 0.1),
    ms: 1000,
  },
  {
    name: 'short-term',
    about: 'tsodyks2_synapse',
    network: leakyUnder('exponential', 0.2, {
      shortTerm: { use: 0.4, tauRecoveryMs: 200, tauFacilitationMs: 50 },
    }),
    ms: 1000,
  },
  {
    name: 'stdp',
    about: 'stdp_synapse',
    // Weights so small that they move no spike: what is compared is the rule. The shortest delay, by which NEST's is dendritic.
    network: leakyUnder('exponential', 1e-4, {
      delayMs: 0.1,
      plasticity: {
        rule: plasticityRules['pair-stdp'],
        parameters: { wMax: 1e-4, aPlus: 2e-6, aMinus: 2.1e-6 },
      },
    }),
    ms: 1000,
  },
  {
    name: 'izhikevich, script',
    about: 'izhikevich by half steps, currents of one step, noise recorded',
    network: scripted(),
    ms: 1000,
  },
];
