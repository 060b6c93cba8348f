import type { Connectome } from '../connectome/connectome.js';
import { type Ground, groundOf } from '../genome/ground.js';
import { type GenomeSpace, genomeSpace, startingAt } from '../genome/space.js';
import type { GenomeSpec } from '../genome/spec.js';
import { adopt, loadAssembler } from '../kernel/assemble.js';
import { type Ablation, ablate } from '../network/build/ablate.js';
import { networkFromConnectome } from '../network/build/from-connectome.js';
import { type Perturbation, perturb } from '../network/build/perturb.js';
import { checkNetwork } from '../network/check/network.js';
import type { NetworkSpec } from '../network/files/network-spec.js';
import type { Embodied } from '../network/model/body.js';
import type { Network, Values } from '../network/model/network.js';
import { UsageError } from '../spec/errors.js';
import { ensurePart } from '../spec/parts/part.js';
import { controlTask, freshTask, prepareTask, type TaskSpec, taskOf, taskParts } from '../tasks/table.js';
import type { PreparedTask, Task } from '../tasks/task.js';
import { type EvolvedRules, withRules } from './evolved-rules.js';
import type { Engine } from './network-controller.js';

/** Everything that lifetimes have in common. Plain data: it is sent to each worker once. */
export interface LifetimeSetup {
  /** `noConnectome` where the task brings its network. */
  connectome: Connectome;
  genome: GenomeSpec;
  /** How the connectome becomes a network; null where the task brings its own. */
  network: NetworkSpec | null;
  task: TaskSpec;
  /** Genes that evolution starts with otherwise than the genome spec says, with their coordinates. */
  start?: readonly (readonly [gene: string, coordinate: number])[];
  /** What runs the network; the network's own choice where absent. */
  engine?: Engine;
  /** Something taken out of the network. */
  ablation?: Ablation;
  /** Something changed about how the network learns. */
  perturbation?: Perturbation;
  /** Whether what networks do is watched in every life, so that plausibility filters are among its measures. */
  watches?: boolean;
}

/** What another thread or machine has done already for the same setup. */
export interface Prepared {
  /** Bytes of the modules assembled there, by the hash of their text. */
  modules: ReadonlyMap<string, Uint8Array>;
}

/** A setup with its task changed, and what differs. */
export interface ChangedHabitat {
  habitat: Habitat;
  about: string;
}

/**
 * A setup made ready once: its task prepared, its network described and checked, its search space known. Whoever lives,
 * scores, draws or inspects shares it. It holds nothing of any life.
 */
export interface Habitat {
  readonly setup: LifetimeSetup;
  /** The task as its folder or module describes it. */
  readonly description: Task;
  /** The task with its options settled. */
  readonly task: PreparedTask;
  /** The network as it is before any genome, and how a body lives with it. */
  readonly embodied: Embodied;
  /** What genomes may say of that network. */
  readonly ground: Ground;
  readonly space: GenomeSpace;
  readonly engine: Engine;
  /** Whether genomes say the form of rules, so that networks differ by more than numbers. */
  readonly networksDiffer: boolean;
  /**
   * The network with a genome's rules in place, checked.
   * @throws UsageError where they do not fit it
   */
  networkWith(rules: EvolvedRules): Network;
  /** The network of a genome, whose rules are those that it says. */
  networkOf(genome: Readonly<Float64Array>): Network;
  /** The same with the task made new, for honest scores. */
  fresh(): Promise<ChangedHabitat>;
  /** The same with the task in which chance is measured; undefined where a random policy measures it. */
  control(): Promise<ChangedHabitat | undefined>;
  /** The same with something taken out of the network. */
  without(ablation: Ablation): Promise<Habitat>;
}

/** The network that lives in a task. */
function embodiedIn(task: PreparedTask, connectome: Connectome, network: NetworkSpec | null): Embodied {
  if (task.circuit) return task.circuit;
  if (network === null) throw new UsageError('The task lives on a connectome, and there is none here.');
  return networkFromConnectome(connectome, task.wiring, network);
}

/** A space whose genomes say nothing of the rules of a network, in whose place is another. */
function silentOnRules(space: GenomeSpace, { projections }: Network): GenomeSpace {
  const ofRules = new Set(
    projections.flatMap(({ name, plasticity }) =>
      Object.keys(plasticity?.rule.parameters ?? {}).map((parameter) => `${name}.${parameter}`),
    ),
  );
  const others = (parameters: Readonly<Record<string, Values>>) =>
    Object.fromEntries(Object.entries(parameters).filter(([name]) => !ofRules.has(name)));
  return {
    ...space,
    parametersOf: (genome) => others(space.parametersOf(genome)),
    phenotype: (genome, into) => {
      const { weights, parameters } = space.phenotype(genome, into);
      return { weights, parameters: others(parameters) };
    },
  };
}

function spaceOf({ genome, start, perturbation }: LifetimeSetup, ground: Ground, whole: Network) {
  const space = genomeSpace(genome, ground);
  const started = start ? startingAt(space, start) : space;
  return perturbation?.what === 'rule' ? silentOnRules(started, whole) : started;
}

/**
 * Makes a setup ready to be lived in: loads what it needs (the assembler, a user's task), builds the network and the
 * search space, and checks them. Habitats that are derived from one are opened once and kept with it.
 * @param prepared where another thread did part of this for the same setup: nothing is checked or assembled again
 * @throws UsageError where the parts of the setup do not fit each other
 */
export async function openHabitat(setup: LifetimeSetup, prepared?: Prepared): Promise<Habitat> {
  if (prepared) adopt(prepared.modules);
  else await loadAssembler();
  await ensurePart(taskParts, setup.task);
  const task = prepareTask(setup.task);
  const whole = embodiedIn(task, setup.connectome, setup.network);
  // An ablation takes away from a network that is in order.
  if (!prepared) checkNetwork(whole.network);
  const ablated = (network: Network) => (setup.ablation ? ablate(network, setup.ablation) : network);
  const { perturbation } = setup;
  const changed = (network: Network) => ablated(perturbation ? perturb(network, perturbation) : network);
  const embodied = { ...whole, network: changed(whole.network) };
  if (perturbation && !prepared) checkNetwork(embodied.network);
  const ground = {
    // Genomes were made for the network as it was.
    ...groundOf({ ...whole, network: ablated(whole.network) }, task.circuit ? undefined : setup.connectome),
    // A genome says the whole rule; what is taken out is taken out of that.
    projections: whole.network.projections,
  };
  const space = spaceOf(setup, ground, whole.network);
  const networksDiffer = space.phenotype(space.start).rules !== undefined;
  // What differs by genome is assembled where it lives.
  if (prepared && networksDiffer) await loadAssembler();
  const derived = new Map<string, Promise<Habitat>>();
  const derive = (change: Partial<LifetimeSetup>): Promise<Habitat> => {
    const key = JSON.stringify(change);
    const known = derived.get(key);
    if (known) return known;
    const opened = openHabitat({ ...setup, ...change });
    derived.set(key, opened);
    return opened;
  };
  const networkWith = (rules: EvolvedRules) => {
    const network = withRules(whole.network, rules);
    checkNetwork(network);
    return changed(network);
  };
  return {
    setup,
    description: taskOf(setup.task),
    task,
    embodied,
    ground,
    space,
    engine: setup.engine ?? embodied.precision,
    networksDiffer,
    networkWith,
    networkOf: (genome) => {
      const { rules } = space.phenotype(genome);
      return rules ? networkWith(rules) : embodied.network;
    },
    fresh: async () => {
      const { spec, about } = freshTask(setup.task);
      return { habitat: await derive({ task: spec }), about };
    },
    control: async () => {
      const control = controlTask(setup.task);
      return control && { habitat: await derive({ task: control.spec }), about: control.about };
    },
    without: (ablation) => derive({ ablation }),
  };
}
