import type { OpenedRun } from '../../evolve/opened-run.js';
import { quantitiesOf, quantityNamed } from '../../kernel/quantities.js';
import type { Network } from '../../network/model/network.js';
import { cellNames } from '../cell-names.js';
import type { Probe } from '../watch.js';
import type { WatchedEpisode, WatchedRun } from '../watched-lives.js';
import { type Cell, type Column, column, constant, type Table } from './table.js';

type Labels = Readonly<Record<string, string | number>>;

/** The cells of the network, by the numbers that spikes have. */
export function cellsTable(opened: OpenedRun, { network }: WatchedRun, labels: Labels): Table {
  const names = cellNames(network, opened.habitat);
  const cells = network.populations.flatMap(({ name, model }, of) =>
    names[of]!.map((cell, index) => ({ population: name, model: model.name, index, cell })),
  );
  return {
    name: 'cells',
    rows: cells.length,
    columns: [
      ...constant(labels, cells.length),
      column('cell', 'int', [...cells.keys()]),
      column(
        'name',
        'text',
        cells.map(({ cell }) => cell),
      ),
      column(
        'population',
        'text',
        cells.map(({ population }) => population),
      ),
      column(
        'index',
        'int',
        cells.map(({ index }) => index),
      ),
      column(
        'model',
        'text',
        cells.map(({ model }) => model),
      ),
    ],
  };
}

/** The episodes that spikes, traces and behaviour are of, by number. */
export function episodesTable({ episodes, resolutionMs }: WatchedRun, labels: Labels): Table {
  const each = (value: (episode: WatchedEpisode) => Cell) => episodes.map(value);
  const measures = Object.keys(episodes[0]?.measures ?? {});
  const behaviour = Object.keys(episodes[0]?.behaviour ?? {});
  return {
    name: 'episodes',
    rows: episodes.length,
    columns: [
      ...constant(labels, episodes.length),
      column('episode', 'int', [...episodes.keys()]),
      column(
        'life',
        'text',
        each(({ life }) => life),
      ),
      column(
        'scenario',
        'text',
        each(({ scenario }) => scenario),
      ),
      column(
        'heldOut',
        'bool',
        each(({ heldOut }) => heldOut),
      ),
      column(
        'score',
        'float',
        each(({ score }) => score),
      ),
      column(
        'durationMs',
        'float',
        each(({ durationMs }) => durationMs),
      ),
      column(
        'resolutionMs',
        'float',
        each(() => resolutionMs),
      ),
      ...measures.map((name) =>
        column(
          `measure.${name}`,
          'float',
          each(({ measures: of }) => of[name] ?? null),
        ),
      ),
      ...behaviour.map((name) =>
        column(
          `behaviour.${name}`,
          'float',
          each(({ behaviour: of }) => of[name] ?? null),
        ),
      ),
    ],
  };
}

/** One row a spike; where spikes are told by interval, one for all of a cell in it. */
export function spikesTable({ episodes }: WatchedRun, labels: Labels): Table {
  const rows = episodes.reduce((sum, { spikes }) => sum + spikes.cell.length, 0);
  const [timeMs, cell, count, episode] = [
    new Float64Array(rows),
    new Int32Array(rows),
    new Int32Array(rows),
    new Int32Array(rows),
  ];
  let at = 0;
  episodes.forEach(({ spikes }, number) => {
    timeMs.set(spikes.timeMs, at);
    cell.set(spikes.cell, at);
    count.set(spikes.count, at);
    episode.fill(number, at, at + spikes.cell.length);
    at += spikes.cell.length;
  });
  return {
    name: 'spikes',
    rows,
    columns: [
      ...constant(labels, rows),
      { name: 'episode', type: 'int', values: episode },
      { name: 'timeMs', type: 'float', values: timeMs },
      { name: 'cell', type: 'int', values: cell },
      { name: 'spikes', type: 'int', values: count },
    ],
  };
}

/** First columns of what is sampled: which episode, and when. */
function samples({ episodes }: WatchedRun, labels: Labels): Column[] {
  const times = episodes.flatMap(({ sampleMs }) => sampleMs);
  return [
    ...constant(labels, times.length),
    column(
      'episode',
      'int',
      episodes.flatMap(({ sampleMs }, number) => sampleMs.map(() => number)),
    ),
    column('timeMs', 'float', times),
  ];
}

/** What the tables of states and modulators are of. */
export function statesAndModulators(network: Network): Probe[] {
  const { populations, modulators } = network;
  const states = populations.flatMap(({ name, model }) =>
    Object.keys(model.state).map((state) => `${name}.${state}`),
  );
  const quantities = quantitiesOf(network);
  return [...states, ...Object.keys(modulators).map((name) => `m.${name}`)].map((name) => ({
    quantity: quantityNamed(quantities, name, 'traces'),
  }));
}

/** A table of each state of each population: one row a sample, one column a cell; and one of the modulators. */
export function stateTables(opened: OpenedRun, watched: WatchedRun, labels: Labels): Table[] {
  const { network, episodes } = watched;
  const names = cellNames(network, opened.habitat);
  const columns = samples(watched, labels);
  const rows = columns.at(-1)!.values.length;
  const tables = network.populations.flatMap((population, of) =>
    Object.keys(population.model.state).map((state): Table => {
      const values = new Float64Array(rows * population.count);
      let at = 0;
      for (const { taken } of episodes) {
        const samples = taken[`${population.name}.${state}`]!;
        values.set(samples, at);
        at += samples.length;
      }
      return {
        name: `state-${population.name}.${state}`,
        ...{ rows, columns, matrix: { name: 'state', columns: names[of]!, values } },
      };
    }),
  );
  const modulators = Object.keys(network.modulators);
  if (modulators.length === 0) return tables;
  const concentrations = modulators.map((name) =>
    column(
      `concentration.${name}`,
      'float',
      episodes.flatMap(({ taken }) => Array.from(taken[`m.${name}`]!)),
    ),
  );
  return [...tables, { name: 'modulators', rows, columns: [...columns, ...concentrations] }];
}

/** Every list of numbers in a task's own record of a life, by its path there, such as `x` or `searches.3.y`. */
function* listsOf(trace: unknown, path = ''): Generator<{ quantity: string; values: ArrayLike<number> }> {
  if (trace === null || typeof trace !== 'object') return;
  const list = ArrayBuffer.isView(trace) || Array.isArray(trace) ? (trace as ArrayLike<unknown>) : undefined;
  const isNumeric = (value: unknown) => typeof value === 'number' || typeof value === 'boolean';
  if (list && list.length > 0 && Array.prototype.every.call(list, isNumeric)) {
    yield { quantity: path, values: list as ArrayLike<number> };
    return;
  }
  for (const [name, value] of Object.entries(trace)) {
    yield* listsOf(value, path === '' ? name : `${path}.${name}`);
  }
}

/** What the task noted of the lives, such as positions: one row a value. */
export function behaviourTable({ episodes }: WatchedRun, labels: Labels): Table {
  const lists = episodes.flatMap(({ trace }, episode) =>
    [...listsOf(trace)].map(({ quantity, values }) => ({
      ...{ episode, quantity },
      values: Array.from(values, Number),
    })),
  );
  const rows = lists.reduce((sum, { values }) => sum + values.length, 0);
  const each = (value: (list: (typeof lists)[number], index: number) => Cell): Cell[] =>
    lists.flatMap((list) => list.values.map((_, index) => value(list, index)));
  return {
    name: 'behaviour',
    rows,
    columns: [
      ...constant(labels, rows),
      column(
        'episode',
        'int',
        each(({ episode }) => episode),
      ),
      column(
        'quantity',
        'text',
        each(({ quantity }) => quantity),
      ),
      column(
        'position',
        'int',
        each((_, index) => index),
      ),
      column(
        'value',
        'float',
        each(({ values }, index) => values[index]!),
      ),
    ],
  };
}
