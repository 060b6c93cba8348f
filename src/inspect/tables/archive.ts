import { Grid } from '../../archives/grid.js';
import { keptArchive } from '../../evolve/kept-archive.js';
import { UsageError } from '../../spec/errors.js';
import { matrixOf } from './genomes.js';
import type { RunOfTables } from './runs.js';
import { type Cell, column, constant, type Table } from './table.js';

/** The elites of a run's archive, one row a cell that has one, by the number of the cell. */
export async function archiveTable({ stored, spec, habitat, labels }: RunOfTables): Promise<Table> {
  const opened = await habitat();
  const kept = keptArchive(stored, spec, opened);
  if (kept === undefined) {
    throw new UsageError(
      `The strategy "${spec.strategy.name}" of the run ${stored.manifest.run} keeps no archive. Leave "archive" out of --what, ` +
        'or name a run of map-elites, cma-me or cma-mae.',
    );
  }
  const { cells } = kept.elites;
  const elites = kept.elites.elites().toSorted((a, b) => a.cell - b.cell);
  const each = (value: (elite: (typeof elites)[number]) => Cell) => elites.map(value);
  const places = elites.map(({ cell }) => cells.centreOf(cell));
  return {
    name: 'archive',
    rows: elites.length,
    columns: [
      ...constant(labels, elites.length),
      column(
        'cell',
        'int',
        each(({ cell }) => cell),
      ),
      ...(cells instanceof Grid
        ? cells.dimensions.map(({ name }, i) =>
            column(
              `bin.${name}`,
              'int',
              each(({ cell }) => cells.binsOf(cell)[i]!),
            ),
          )
        : []),
      ...cells.dimensions.map(({ name }, i) =>
        column(
          `centre.${name}`,
          'float',
          places.map((place) => place[i]!),
        ),
      ),
      ...cells.dimensions.map(({ name }, i) =>
        column(
          `measure.${name}`,
          'float',
          each(({ measures }) => measures[i]!),
        ),
      ),
      column(
        'objective',
        'float',
        each(({ objective }) => objective),
      ),
      column(
        'score',
        'float',
        each(({ step, index }) => stored.records[step]?.score[index] ?? null),
      ),
      column(
        'step',
        'int',
        each(({ step }) => step),
      ),
      column(
        'index',
        'int',
        each(({ index }) => index),
      ),
    ],
    matrix: matrixOf(
      elites.map(({ genome }) => Float64Array.from(genome)),
      opened.space,
    ),
  };
}
