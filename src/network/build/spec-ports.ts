import { namesIn } from '../../expression/analysis.js';
import { parseExpression } from '../../expression/parse.js';
import { suggest, UsageError } from '../../spec/errors.js';
import { portModelProblems } from '../check/port-model.js';
import { refuseProblems } from '../check/problems.js';
import { readPortModel } from '../files/model-file.js';
import { commonSynapseTauMs, type ModelledSpec } from '../files/network-spec.js';
import { inputModels } from '../inputs/table.js';
import type { CellModel, PortModel } from '../model/model.js';
import type { Port, Values } from '../model/network.js';
import { chemicalConnection, gradedConnection, sense } from '../synapses/connection.js';
import { synapseModels } from '../synapses/table.js';

/** The values of a port's parameters that a spec gives, checked against the model. */
function givenValues(
  model: PortModel,
  given: Readonly<Record<string, number>> = {},
  field: string,
): Record<string, Values> {
  for (const [name, value] of Object.entries(given)) {
    const known = Object.hasOwn(model.parameters, name) ? model.parameters[name]! : undefined;
    if (known && value >= known.low && value <= known.high) continue;
    throw new UsageError(
      known
        ? `${field}.${name}: expected ${known.unit} in [${known.low}, ${known.high}], found ${value}.`
        : `${field}: "${model.name}" has no parameter "${name}". ${suggest(name, Object.keys(model.parameters))}`,
    );
  }
  return { ...given };
}

/** Refuses fields that are about a part which another takes the place of. */
function refuseFor(model: PortModel, fields: Readonly<Record<string, boolean>>, instead: string): void {
  const useless = Object.entries(fields).find(([, given]) => given);
  if (!useless) return;
  throw new UsageError(`network.${useless[0]}: "${model.name}" does not know it. Set network.${instead}.`);
}

/** A parameter `scale` is what turns weights, or a drive, into as much current as the cells need. */
const scaleOf = (model: PortModel, scale: number): Record<string, Values> =>
  Object.hasOwn(model.parameters, 'scale') ? { scale } : {};

function fittingSynapse(spec: ModelledSpec, cell: CellModel): PortModel {
  const { synapse } = spec;
  const model =
    typeof synapse === 'string'
      ? synapseModels[synapse]
      : readPortModel('synapse', synapse, 'network.synapse');
  const fires = cell.threshold !== undefined;
  if (model.receives === undefined) {
    throw new UsageError(
      `network.synapse: "${model.name}" receives nothing, so no connection can act on it. Say in "receives" which ` +
        'state a spike adds its weight to.',
    );
  }
  refuseProblems(portModelProblems(model, cell), 'network.synapse', `synapse of "${cell.name}"`);
  if (model.sends === undefined) {
    if (fires) return model;
    throw new UsageError(
      `network.synapse: "${model.name}" acts at spikes, and "${cell.name}" has none. Choose a synapse with "sends", or ` +
        'a cell that fires.',
    );
  }
  const known = [
    ...Object.keys(cell.parameters),
    ...Object.keys(cell.state),
    ...Object.keys(model.parameters),
  ];
  for (const name of namesIn(parseExpression(model.sends))) {
    if (known.includes(name) || name.startsWith('m.')) continue;
    throw new UsageError(
      `network.synapse: "${model.name}" sends "${name}", which "${cell.name}" has not. ${suggest(name, known)}`,
    );
  }
  return model;
}

/** The synapse that fits any cell: a current at spikes, or by what is transmitted without them. */
export function commonSynapse(spec: ModelledSpec, cell: CellModel, scale: number): Port {
  return cell.threshold === undefined
    ? { model: gradedConnection, parameters: { scale } }
    : { model: chemicalConnection, parameters: { scale, tau: spec.synapseTauMs } };
}

/**
 * The synapse onto neurons of a spec.
 * @param scale what turns weights into current
 * @throws UsageError where the user's own does not go with the cells
 */
export function neuronSynapse(spec: ModelledSpec, cell: CellModel, scale: number): Port {
  if (spec.synapse === undefined) {
    if (spec.synapseParameters === undefined) return commonSynapse(spec, cell, scale);
    throw new UsageError(
      'network.synapseParameters: goes with network.synapse. Use network.synapseScale and network.synapseTauMs.',
    );
  }
  const model = fittingSynapse(spec, cell);
  const scaled = scaleOf(model, scale);
  const useless = {
    synapseScale: spec.synapseScale !== undefined && scaled.scale === undefined,
    synapseTauMs: spec.synapseTauMs !== commonSynapseTauMs,
  };
  refuseFor(model, useless, 'synapseParameters');
  return {
    model,
    parameters: { ...scaled, ...givenValues(model, spec.synapseParameters, 'network.synapseParameters') },
  };
}

/**
 * The input through which a body drives the neurons of a spec.
 * @param scale current of a sense that is on
 * @throws UsageError where the user's own does not go with the cells, or has nothing that a body could drive
 */
export function neuronSense(spec: ModelledSpec, cell: CellModel, scale: number, count: number): Port {
  const drive = { I: new Float64Array(count) };
  if (spec.sense === undefined) {
    if (spec.senseParameters === undefined) return { model: sense, parameters: { scale, ...drive } };
    throw new UsageError('network.senseParameters: goes with network.sense. Use network.senseScale.');
  }
  const model =
    typeof spec.sense === 'string'
      ? inputModels[spec.sense]
      : readPortModel('input', spec.sense, 'network.sense');
  if (!Object.hasOwn(model.parameters, 'I')) {
    throw new UsageError(
      `network.sense: "${model.name}" has no parameter I, through which a body drives its senses. Give it one, such as ` +
        '"I": {"unit": "1", "default": 0, "low": 0, "high": 1, "about": "how strongly the sense is on"}.',
    );
  }
  refuseProblems(portModelProblems(model, cell), 'network.sense', `input of "${cell.name}"`);
  const given = givenValues(model, spec.senseParameters, 'network.senseParameters');
  if (given.I !== undefined) {
    throw new UsageError('network.senseParameters.I: is what the body sets. Set another parameter.');
  }
  const scaled = scaleOf(model, scale);
  refuseFor(
    model,
    { senseScale: spec.senseScale !== undefined && scaled.scale === undefined },
    'senseParameters',
  );
  return { model, parameters: { ...scaled, ...given, ...drive } };
}
