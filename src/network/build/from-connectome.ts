import type { Connectome } from '../../connectome/connectome.js';
import { log } from '../../math/logarithm.js';
import { suggest, UsageError } from '../../spec/errors.js';
import { cellModels } from '../cells/table.js';
import { readCellModel } from '../files/model-file.js';
import { isAccumulating, type ModelledSpec, type NetworkSpec } from '../files/network-spec.js';
import { type Embodied, portCells, type Wiring } from '../model/body.js';
import type { CellModel, PortModel } from '../model/model.js';
import {
  type InputPort,
  type Network,
  type OutputPort,
  type Plasticity,
  type Population,
  type Projection,
  ruleParameter,
  type Values,
} from '../model/network.js';
import { monoamines } from '../modulators/monoamines.js';
import { plasticityRules } from '../plasticity/table.js';
import { together } from '../plasticity/together.js';
import { chemicalConnection, electricalConnection, gradedConnection, sense } from '../synapses/connection.js';
import { accumulatingNetwork } from './sweep.js';

interface Scales {
  synapse: number;
  gap: number;
  sense: number;
  muscle: number;
}

/**
 * Scales that let the untrained worm of Cook et al. be active but not saturated, by the unit of the cells' current: chosen
 * by trial, to start from.
 */
const scalesByUnit: Readonly<Record<string, Scales>> = {
  nA: { synapse: 0.04, gap: 0.0005, sense: 0.4, muscle: 1 },
  'mV/ms': { synapse: 2.5, gap: 0.02, sense: 12, muscle: 3 },
  pA: { synapse: 40, gap: 1, sense: 400, muscle: 1 },
};
/** The same where a cell does not fire, and sends a share of its transmitter. */
const gradedScales: Scales = { synapse: 0.12, gap: 0.005, sense: 3, muscle: 1.5 };

/** The model of a network spec, with its integrator. */
function modelOf(spec: ModelledSpec): CellModel {
  const known: Readonly<Record<string, CellModel>> = cellModels;
  if ((spec.cell === 'own') !== (spec.model !== undefined)) {
    throw new UsageError(
      'network.model: the description of a cell goes with network.cell "own", and only with it.',
    );
  }
  const model = spec.model
    ? readCellModel(spec.model, 'network.model')
    : Object.hasOwn(known, spec.cell)
      ? known[spec.cell]
      : undefined;
  if (!model)
    throw new UsageError(
      `network.cell: unknown cell model "${spec.cell}". ${suggest(spec.cell, Object.keys(known))}`,
    );
  if (!model.threshold && !Object.hasOwn(model.state, 's')) {
    throw new UsageError(
      `network.cell: "${model.name}" neither fires nor has a state s that graded synapses transmit, so its cells could ` +
        'not reach each other. Choose another.',
    );
  }
  return spec.integrator ? { ...model, integrator: spec.integrator } : model;
}

/** Parameters of a named type with others in their place, checked against the model. */
function settled(
  model: CellModel,
  { type, parameters }: { type?: string | undefined; parameters: Readonly<Record<string, number>> },
  field: string,
): Record<string, number> {
  const types = model.types ?? {};
  if (type !== undefined && !Object.hasOwn(types, type)) {
    throw new UsageError(
      `${field}.type: "${model.name}" has no type "${type}". ${suggest(type, Object.keys(types))}`,
    );
  }
  for (const [name, value] of Object.entries(parameters)) {
    const of = Object.hasOwn(model.parameters, name) ? model.parameters[name]! : undefined;
    if (of && value >= of.low && value <= of.high) continue;
    if (of) {
      throw new UsageError(
        `${field}.parameters.${name}: expected ${of.unit} in [${of.low}, ${of.high}], found ${value}.`,
      );
    }
    throw new UsageError(
      `${field}.parameters: "${model.name}" has no parameter "${name}". ${suggest(name, Object.keys(model.parameters))}`,
    );
  }
  return { ...(type === undefined ? {} : types[type]!.parameters), ...parameters };
}

/** One value for all where they agree, otherwise one each. */
function valuesOf(each: readonly Record<string, number>[], model: CellModel): Record<string, Values> {
  const named = new Set(each.flatMap(Object.keys));
  return Object.fromEntries(
    [...named].map((name) => {
      const values = Float64Array.from(each, (cell) => cell[name] ?? model.parameters[name]!.default);
      return [name, values.every((value) => value === values[0]) ? values[0]! : values];
    }),
  );
}

/** Which of the connectome's cells live in which population, and where. */
interface Placement {
  /** `[cells of the connectome]` 0: neurons, 1: muscles, -1: neither */
  population: Int8Array;
  /** `[cells of the connectome]` index in the population */
  index: Int32Array;
  /** Global index of a population's first cell. */
  first: readonly [number, number];
}

function placementOf({ cells }: Connectome): Placement {
  const population = Int8Array.from(cells.kinds, (kind) => (kind === 'n' ? 0 : kind === 'm' ? 1 : -1));
  const counts: [number, number] = [0, 0];
  const index = Int32Array.from(population, (of) => (of < 0 ? -1 : counts[of as 0 | 1]++));
  return { population, index, first: [0, counts[0]] };
}

interface Edge {
  pre: number;
  post: number;
  weight: number;
}

/** The edges from one population to another as a projection; edges must be sorted by presynaptic cell. */
function projectionOf(
  name: string,
  edges: readonly Edge[],
  placement: Placement,
  from: 0 | 1,
  to: 0 | 1,
  cells: number,
  port: string,
): Projection {
  const names = ['neurons', 'muscles'] as const;
  const rowStart = new Int32Array(cells + 1);
  const members = edges.filter(
    ({ pre, post }) => placement.population[pre] === from && placement.population[post] === to,
  );
  for (const { pre } of members) rowStart[placement.index[pre]! + 1]! += 1;
  for (let i = 0; i < cells; i++) rowStart[i + 1]! += rowStart[i]!;
  return {
    name,
    from: names[from],
    to: names[to],
    port,
    acts: 'afterReset',
    rowStart,
    post: Int32Array.from(members, ({ post }) => placement.index[post]!),
    weight: Int32Array.from(members, ({ weight }) => weight),
    delayMs: 0,
  };
}

/** The rule of a network spec, with what acts beside it. */
const ruleOf = (spec: NonNullable<ModelledSpec['plasticity']>): Plasticity => {
  const { rule, with: beside, parameters, perSynapse } = spec;
  const all = together(
    plasticityRules[rule],
    beside.map((name) => plasticityRules[name]),
    parameters,
    'network.plasticity.parameters',
  );
  for (const name of perSynapse) {
    if (Object.hasOwn(all.rule.parameters, name)) continue;
    throw new UsageError(
      `network.plasticity.perSynapse: "${all.rule.name}" has no parameter "${name}". ` +
        suggest(name, Object.keys(all.rule.parameters)),
    );
  }
  return all;
};

/**
 * The chemical connections. Where they learn, excitatory and inhibitory ones are apart, and keep their signs; those of
 * weight 0 count as excitatory.
 */
function chemicalProjections(
  edges: readonly Edge[],
  start: Float64Array,
  placement: Placement,
  cells: number,
  plasticity: ModelledSpec['plasticity'],
): Projection[] {
  return (['neurons', 'muscles'] as const).flatMap((target, to) => {
    const name = `chemical, neurons to ${target}`;
    const project = (own: string, of: readonly Edge[]) =>
      projectionOf(own, of, placement, 0, to as 0 | 1, cells, 'synapses');
    if (!plasticity || (plasticity.onto !== 'all' && plasticity.onto !== target))
      return [project(name, edges)];
    const bare = ruleOf(plasticity);
    // What the animal has is within bounds, unless they are given.
    const high = bare.rule.bounds.high;
    const most = edges.reduce((max, { weight }) => Math.max(max, Math.abs(start[weight]!)), 0);
    const bound = Math.max(most, ruleParameter(bare, high) as number);
    const of = { ...bare, parameters: { [high]: bound, ...bare.parameters } };
    return ([1, -1] as const).map((sign) => {
      const projection = project(
        `${sign > 0 ? 'excitation' : 'inhibition'} of ${target}`,
        edges.filter(({ weight }) => start[weight]! < 0 === sign < 0),
      );
      const each = plasticity.perSynapse.map((name) => [
        name,
        new Float64Array(projection.post.length).fill(ruleParameter(of, name) as number),
      ]);
      const parameters = { ...of.parameters, ...Object.fromEntries(each) };
      return { ...projection, plasticity: { ...of, parameters, sign } };
    });
  });
}

/**
 * A network of any cell model on a connectome: neurons joined by chemical connections (spikes, or graded transmission
 * where the model does not fire) and gap junctions; muscles that low-pass what reaches them; senses that drive currents.
 */
function modelledNetwork(connectome: Connectome, wiring: Wiring, spec: ModelledSpec): Embodied {
  const { cells, chemical, gap } = connectome;
  const model = modelOf(spec);
  const placement = placementOf(connectome);
  const neurons = cells.ids.flatMap((_, cell) => (placement.population[cell] === 0 ? [cell] : []));
  const base = settled(model, spec, 'network');
  const groups = spec.groups.map((group, i) => ({
    ...group,
    values: settled(model, group, `network.groups[${i}]`),
  }));
  const each = neurons.map((cell) => {
    const group = groups.find(
      ({ roles, classes }) =>
        (roles === undefined || [...roles].some((role) => cells.roles[cell]!.includes(role))) &&
        (classes === undefined || classes.includes(cells.classes[cell]!)),
    );
    return { ...base, ...group?.values };
  });
  const fires = model.threshold !== undefined;
  const own = fires
    ? (scalesByUnit[model.currentUnit ?? ''] ?? { synapse: 1, gap: 0.01, sense: 1, muscle: 1 })
    : gradedScales;
  const synapses: PortModel = fires ? chemicalConnection : gradedConnection;
  const tau: Record<string, number> = fires ? { tau: spec.synapseTauMs } : {};
  const muscleScale = spec.muscleScale ?? own.muscle;

  const { modulators, receptors } = spec.modulation
    ? monoamines(connectome, neurons, { ...spec.modulation, gain: spec.modulation.gain ?? own.sense / 10 })
    : { modulators: {}, receptors: {} };
  if (spec.modulation && Object.keys(modulators).length === 0) {
    throw new UsageError(
      `network.modulation: the table of "${connectome.id}" says nothing of modulators. Leave it out, or take another.`,
    );
  }
  if (spec.modulation && !fires) {
    throw new UsageError(
      `network.modulation: modulators are released by spikes, and "${model.name}" has none. Choose a cell that fires.`,
    );
  }

  const populations: Population[] = [
    {
      name: 'neurons',
      count: neurons.length,
      model,
      parameters: valuesOf(each, model),
      ...(spec.modulation ? { receptors } : {}),
      ports: {
        synapses: { model: synapses, parameters: { scale: spec.synapseScale ?? own.synapse, ...tau } },
        gaps: { model: electricalConnection, parameters: { scale: spec.gapScale ?? own.gap } },
        external: {
          model: sense,
          parameters: { scale: spec.senseScale ?? own.sense, I: new Float64Array(neurons.length) },
        },
      },
    },
    {
      name: 'muscles',
      count: cells.count - neurons.length - cells.kinds.filter((kind) => kind === 'o').length,
      model: cellModels.muscle,
      parameters: { tau: spec.muscleTauMs },
      ports: { synapses: { model: synapses, parameters: { scale: muscleScale, ...tau } } },
    },
  ];
  const count = (from: 0 | 1) => populations[from]!.count;
  const weight = (magnitude: number) => (spec.weights === 'log1p' ? log(1 + magnitude) : magnitude);
  const start = chemical.weight.map(
    (magnitude, s) => weight(magnitude) * (chemical.sign[s] || spec.unknownSign) + 0,
  );
  const chemicalEdges = Array.from(
    chemical.pre,
    (pre, s): Edge => ({ pre, post: chemical.post[s]!, weight: s }),
  );
  // A junction lets current through both ways; one of a cell with itself does nothing.
  const gapEdges = Array.from(gap.a, (a, s) => ({ a, b: gap.b[s]!, weight: start.length + s }))
    .filter(({ a, b }) => a !== b)
    .flatMap(({ a, b, weight: at }): Edge[] => [
      { pre: a, post: b, weight: at },
      { pre: b, post: a, weight: at },
    ])
    .sort((x, y) => x.pre - y.pre || x.post - y.post);
  if (!fires && (spec.delayMs !== undefined || spec.longestDelayMs !== undefined)) {
    throw new UsageError(
      `network.delayMs: delays are of spikes, and "${model.name}" has none. Choose a cell that fires.`,
    );
  }
  const delays = {
    ...(spec.delayMs === undefined ? {} : { delayMs: spec.delayMs }),
    ...(spec.longestDelayMs === undefined ? {} : { longestDelayMs: spec.longestDelayMs }),
  };
  const projections = [
    ...chemicalProjections(chemicalEdges, start, placement, count(0), spec.plasticity).map((projection) => ({
      ...projection,
      ...delays,
    })),
    projectionOf('gap junctions', gapEdges, placement, 0, 0, count(0), 'gaps'),
  ].filter(({ post }) => post.length > 0);

  const globalCells = (ids: Int32Array, population: 0 | 1, port: string) =>
    ids.map((cell) => {
      if (placement.population[cell] === population)
        return placement.first[population] + placement.index[cell]!;
      const wanted = population === 0 ? 'neurons' : 'muscles';
      throw new UsageError(`port "${port}": ${cells.ids[cell]} is not one of the connectome's ${wanted}.`);
    });
  const inputs = portCells(connectome, wiring.inputs).map(
    ({ name, cells: ids }): InputPort => ({
      name,
      kind: 'current',
      cells: globalCells(ids, 0, name),
      amplitude: 1,
    }),
  );
  // Nothing is emptied by reading here, so a cell that an earlier port reads is not read again.
  const read = new Set<number>();
  const outputs = portCells(connectome, wiring.outputs).map(({ name, cells: ids }): OutputPort => {
    const fresh = globalCells(ids, 1, name).filter((cell) => !read.has(cell));
    for (const cell of fresh) read.add(cell);
    return { name, cells: fresh, state: 'm', empties: false };
  });
  const network: Network = {
    dtMs: spec.dtMs,
    populations,
    projections,
    modulators,
    inputs,
    outputs,
    weights: Float64Array.from([...start, ...gap.weight.map(weight)]),
  };
  return {
    network,
    stepsAnInterval: Math.max(1, Math.round(spec.controlMs / spec.dtMs)),
    precision: spec.precision,
    start,
    weightUnit: spec.weights === 'log1p' ? `ln(1 + ${connectome.weightUnit})` : connectome.weightUnit,
    body: { turnGain: spec.turnGain, speedGain: spec.speedGain },
  };
}

/**
 * Builds the network of a spec on a connectome.
 * @throws UsageError when a port names a cell that the connectome lacks, or the spec what a model lacks
 */
export function networkFromConnectome(connectome: Connectome, wiring: Wiring, spec: NetworkSpec): Embodied {
  return isAccumulating(spec)
    ? accumulatingNetwork(connectome, wiring, spec.threshold)
    : modelledNetwork(connectome, wiring, spec);
}
