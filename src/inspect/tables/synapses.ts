import type { OpenedRun } from '../../evolve/opened-run.js';
import { formatUnit } from '../../expression/units.js';
import { weightUnitOf } from '../../network/export/stated.js';
import type { Network, Population, Projection } from '../../network/model/network.js';
import { cellNames } from '../cell-names.js';
import type { RecordedLife } from '../recorded-life.js';
import { type Cell, column, constant, type Table } from './table.js';

/** What a weight is multiplied by to be a physical quantity, for each postsynaptic cell, and the unit of that. */
export interface PhysicalWeight {
  unit: string;
  of: (post: number) => number;
}

/**
 * The physical quantity that a weight stands for: the weight itself, in the unit of its synapse, or the current that a
 * synapse with a scale makes of a plain number, such as a count of contacts.
 */
export function physicalWeight(population: Population, { port }: Pick<Projection, 'port'>): PhysicalWeight {
  const { model, parameters } = population.ports[port]!;
  const scale = model.weightUnit === 'weight' ? model.parameters.scale : undefined;
  if (!scale) return { unit: formatUnit(weightUnitOf(population, port)), of: () => 1 };
  const values = parameters.scale ?? scale.default;
  const current = population.model.currentUnit ?? '1';
  return {
    unit: scale.unit
      .replace(/\bcurrent\b/, current)
      .replace(/\/weight\b/, '')
      .replace('/(weight mV)', '/mV'),
    of: (post) => (typeof values === 'number' ? values : values[post]!),
  };
}

const delayOf = ({ delayMs }: Projection, synapse: number) =>
  typeof delayMs === 'number' ? delayMs : delayMs[synapse]!;

/** Every synapse of a network, before a life and after it. */
export function synapsesTable(
  opened: OpenedRun,
  { network, weightsAfter }: Pick<RecordedLife, 'network' | 'weightsAfter'>,
  labels: Readonly<Record<string, string | number>>,
): Table {
  const names = cellNames(network, opened.habitat);
  const ofPopulation = new Map(network.populations.map(({ name }, i) => [name, names[i]!]));
  const rows = network.projections.flatMap((projection) => synapsesOf(network, projection, weightsAfter));
  const each = (value: (row: (typeof rows)[number]) => Cell) => rows.map(value);
  return {
    name: 'synapses',
    rows: rows.length,
    columns: [
      ...constant(labels, rows.length),
      column(
        'projection',
        'text',
        each(({ projection }) => projection.name),
      ),
      column(
        'pre',
        'text',
        each(({ projection, pre }) => ofPopulation.get(projection.from)![pre]!),
      ),
      column(
        'post',
        'text',
        each(({ projection, post }) => ofPopulation.get(projection.to)![post]!),
      ),
      column(
        'kind',
        'text',
        each(({ sends }) => (sends ? 'continuous' : 'spikes')),
      ),
      column(
        'learns',
        'bool',
        each(({ projection }) => (projection.plasticity ? 1 : 0)),
      ),
      column(
        'delayMs',
        'float',
        each(({ projection, synapse }) => delayOf(projection, synapse)),
      ),
      column(
        'unit',
        'text',
        each(({ unit }) => unit),
      ),
      column(
        'before',
        'float',
        each(({ before }) => before),
      ),
      column(
        'after',
        'float',
        each(({ after }) => after),
      ),
    ],
  };
}

function synapsesOf({ populations, weights }: Network, projection: Projection, weightsAfter: Float64Array) {
  const to = populations.find(({ name }) => name === projection.to)!;
  const physical = physicalWeight(to, projection);
  const sends = to.ports[projection.port]!.model.sends !== undefined;
  const { rowStart, post, weight } = projection;
  return Array.from({ length: rowStart.length - 1 }, (_, pre) => pre).flatMap((pre) =>
    Array.from({ length: rowStart[pre + 1]! - rowStart[pre]! }, (_, k) => {
      const synapse = rowStart[pre]! + k;
      const factor = physical.of(post[synapse]!);
      return {
        ...{ projection, pre, post: post[synapse]!, synapse, sends, unit: physical.unit },
        before: factor * weights[weight[synapse]!]!,
        after: factor * weightsAfter[weight[synapse]!]!,
      };
    }),
  );
}
