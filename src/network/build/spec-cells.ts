import type { Connectome } from '../../connectome/connectome.js';
import { suggest, UsageError } from '../../spec/errors.js';
import { cellModels } from '../cells/table.js';
import { readCellModel } from '../files/model-file.js';
import type { ModelledSpec } from '../files/network-spec.js';
import type { CellModel } from '../model/model.js';
import type { Values } from '../model/network.js';

/** The model of a network spec, with its integrator. */
export function cellModelOf(spec: ModelledSpec): CellModel {
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
function valuesByName(each: readonly Record<string, number>[], model: CellModel): Record<string, Values> {
  const named = new Set(each.flatMap(Object.keys));
  return Object.fromEntries(
    [...named].map((name) => {
      const values = Float64Array.from(each, (cell) => cell[name] ?? model.parameters[name]!.default);
      return [name, values.every((value) => value === values[0]) ? values[0]! : values];
    }),
  );
}

/**
 * What each cell's parameters are: the spec's own, or those of the first group that the cell belongs to.
 * @param neurons `[neurons]` their numbers in the connectome
 */
export function cellParameters(
  { cells }: Connectome,
  neurons: readonly number[],
  spec: ModelledSpec,
  model: CellModel,
): Record<string, Values> {
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
  return valuesByName(each, model);
}
