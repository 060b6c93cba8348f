import type { Connectome } from '../../connectome/connectome.js';
import { log } from '../../math/logarithm.js';
import { isWholeSteps, nearWholeSteps, wholeSteps } from '../../math/steps.js';
import { UsageError } from '../../spec/errors.js';
import { cellModels } from '../cells/table.js';
import { isAccumulating, type ModelledSpec, type NetworkSpec } from '../files/network-spec.js';
import { type Embodied, portCells, type Wiring } from '../model/body.js';
import type { CellModel } from '../model/model.js';
import type { InputPort, Network, OutputPort, Population } from '../model/network.js';
import { monoamines } from '../modulators/monoamines.js';
import { electricalConnection } from '../synapses/connection.js';
import { type Edge, type Placement, placementOf, projectionOf } from './placement.js';
import { cellModelOf, cellParameters } from './spec-cells.js';
import { commonSynapse, neuronSense, neuronSynapse } from './spec-ports.js';
import { chemicalProjections } from './spec-rule.js';
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

/** A network of a spec on a connectome while it is put together. */
interface Setting {
  connectome: Connectome;
  spec: ModelledSpec;
  model: CellModel;
  fires: boolean;
  scales: Scales;
  placement: Placement;
  /** `[neurons]` their numbers in the connectome. */
  neurons: readonly number[];
}

function settingOf(connectome: Connectome, spec: ModelledSpec): Setting {
  const model = cellModelOf(spec);
  const placement = placementOf(connectome);
  const fires = model.threshold !== undefined;
  return {
    connectome,
    spec,
    model,
    fires,
    scales: fires
      ? (scalesByUnit[model.currentUnit ?? ''] ?? { synapse: 1, gap: 0.01, sense: 1, muscle: 1 })
      : gradedScales,
    placement,
    neurons: connectome.cells.ids.flatMap((_, cell) => (placement.population[cell] === 0 ? [cell] : [])),
  };
}

function modulationOf({ connectome, spec, model, fires, scales, neurons }: Setting) {
  if (!spec.modulation) return { modulators: {}, receptors: {} };
  const found = monoamines(connectome, neurons, {
    ...spec.modulation,
    gain: spec.modulation.gain ?? scales.sense / 10,
  });
  if (Object.keys(found.modulators).length === 0) {
    throw new UsageError(
      `network.modulation: the table of "${connectome.id}" says nothing of modulators. Leave it out, or take another.`,
    );
  }
  if (!fires) {
    throw new UsageError(
      `network.modulation: modulators are released by spikes, and "${model.name}" has none. Choose a cell that fires.`,
    );
  }
  return found;
}

function populationsOf(setting: Setting, receptors: Population['receptors']): [Population, Population] {
  const { connectome, spec, model, scales, neurons } = setting;
  const { cells } = connectome;
  return [
    {
      name: 'neurons',
      count: neurons.length,
      model,
      parameters: cellParameters(connectome, neurons, spec, model),
      ...(spec.modulation && receptors ? { receptors } : {}),
      ports: {
        synapses: neuronSynapse(spec, model, spec.synapseScale ?? scales.synapse),
        gaps: { model: electricalConnection, parameters: { scale: spec.gapScale ?? scales.gap } },
        external: neuronSense(spec, model, spec.senseScale ?? scales.sense, neurons.length),
      },
    },
    {
      name: 'muscles',
      count: cells.count - neurons.length - cells.kinds.filter((kind) => kind === 'o').length,
      model: cellModels.muscle,
      parameters: { tau: spec.muscleTauMs },
      ports: {
        synapses: commonSynapse(spec, model, spec.muscleScale ?? scales.muscle),
      },
    },
  ];
}

/** A junction lets current through both ways; one of a cell with itself does nothing. */
const gapEdges = ({ gap }: Connectome, firstWeight: number): Edge[] =>
  Array.from(gap.a, (a, s) => ({ a, b: gap.b[s]!, weight: firstWeight + s }))
    .filter(({ a, b }) => a !== b)
    .flatMap(({ a, b, weight }): Edge[] => [
      { pre: a, post: b, weight },
      { pre: b, post: a, weight },
    ])
    .sort((x, y) => x.pre - y.pre || x.post - y.post);

function projectionsOf({ connectome, spec, model, fires, placement, neurons }: Setting, start: Float64Array) {
  const { chemical } = connectome;
  if (!fires && (spec.delayMs !== undefined || spec.longestDelayMs !== undefined)) {
    throw new UsageError(
      `network.delayMs: delays are of spikes, and "${model.name}" has none. Choose a cell that fires.`,
    );
  }
  const delays = {
    ...(spec.delayMs === undefined ? {} : { delayMs: spec.delayMs }),
    ...(spec.longestDelayMs === undefined ? {} : { longestDelayMs: spec.longestDelayMs }),
  };
  const edges = Array.from(chemical.pre, (pre, s): Edge => ({ pre, post: chemical.post[s]!, weight: s }));
  return [
    ...chemicalProjections(edges, start, placement, neurons.length, spec.plasticity).map((projection) => ({
      ...projection,
      ...delays,
    })),
    projectionOf(
      'gap junctions',
      gapEdges(connectome, start.length),
      placement,
      0,
      0,
      neurons.length,
      'gaps',
    ),
  ].filter(({ post }) => post.length > 0);
}

/** Where a body drives the neurons, and where it reads the muscles. */
function portsOf({ connectome, placement }: Setting, wiring: Wiring) {
  const { cells } = connectome;
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
  return { inputs, outputs };
}

/**
 * A network of any cell model on a connectome: neurons joined by chemical connections (spikes, or graded transmission
 * where the model does not fire) and gap junctions; muscles that low-pass what reaches them; senses that drive currents.
 */
/** Steps of the network in one step of the world. */
function controlSteps({ controlMs, dtMs }: ModelledSpec): number {
  const steps = wholeSteps(controlMs, dtMs);
  if (isWholeSteps(controlMs, dtMs)) return steps;
  throw new UsageError(
    `network.controlMs: expected a whole number of steps of ${dtMs} ms (network.dtMs), found ${controlMs} ms. ` +
      `Set it to ${nearWholeSteps(controlMs, dtMs)} ms, or change the step.`,
  );
}

function modelledNetwork(connectome: Connectome, wiring: Wiring, spec: ModelledSpec): Embodied {
  const { chemical, gap } = connectome;
  const setting = settingOf(connectome, spec);
  const { modulators, receptors } = modulationOf(setting);
  const weight = (magnitude: number) => (spec.weights === 'log1p' ? log(1 + magnitude) : magnitude);
  const start = chemical.weight.map(
    (magnitude, s) => weight(magnitude) * (chemical.sign[s] || spec.unknownSign) + 0,
  );
  const network: Network = {
    dtMs: spec.dtMs,
    populations: populationsOf(setting, receptors),
    projections: projectionsOf(setting, start),
    modulators,
    ...portsOf(setting, wiring),
    weights: Float64Array.from([...start, ...gap.weight.map(weight)]),
  };
  return {
    network,
    stepsAnInterval: controlSteps(spec),
    precision: spec.precision,
    start,
    weightUnit: spec.weights === 'log1p' ? `ln(1 + ${connectome.weightUnit})` : connectome.weightUnit,
    body: { turnGain: spec.turnGain, speedGain: spec.speedGain },
    bodyAbout: {
      turnGain: 'factor on how far the muscles turn the body',
      speedGain: 'factor on how fast they move it',
    },
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
