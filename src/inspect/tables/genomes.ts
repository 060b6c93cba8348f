import { resultOf } from '../../evolve/recorded.js';
import { championOf } from '../../evolve/validation.js';
import type { GenomeSpace } from '../../genome/space.js';
import type { RunOfTables } from './runs.js';
import { type Cell, column, constant, type Matrix, type Table } from './table.js';

const geneNames = ({ genes, nameOf }: GenomeSpace) =>
  Array.from({ length: genes }, (_, gene) => nameOf(gene));

export function matrixOf(genomes: readonly Float64Array[], space: GenomeSpace): Matrix {
  const values = new Float64Array(genomes.length * space.genes);
  genomes.forEach((genome, i) => {
    values.set(genome, i * space.genes);
  });
  return { name: 'genome', columns: geneNames(space), values };
}

/** What the columns of genomes are: one row a gene. */
export async function genesTable({ habitat, labels }: RunOfTables): Promise<Table> {
  const { space } = await habitat();
  const names = geneNames(space);
  const { genes, low, high, start, levels } = space;
  const scale = names.map((_, gene) => {
    if (levels[gene]! > 0) return 'integer';
    return space.valueOf(gene, 1) === 1 ? 'linear' : 'log';
  });
  const of = (values: Readonly<Float64Array>) => ({
    type: 'float' as const,
    values: Float64Array.from(values),
  });
  return {
    name: 'genes',
    rows: genes,
    columns: [
      ...constant(labels, genes),
      column('gene', 'int', [...names.keys()]),
      column('name', 'text', names),
      column('scale', 'text', scale),
      { name: 'low', ...of(low) },
      { name: 'high', ...of(high) },
      { name: 'start', ...of(start) },
      column(
        'startValue',
        'float',
        names.map((_, gene) => space.valueOf(gene, start[gene]!)),
      ),
    ],
  };
}

/** The best genomes of each step, as they were stored. */
export async function elitesTable({ stored, habitat, labels }: RunOfTables): Promise<Table> {
  const { space } = await habitat();
  const kept = stored.records.flatMap((record) =>
    record.elites.map(({ index }, rank) => ({ record, rank, index })),
  );
  const each = (value: (elite: (typeof kept)[number]) => Cell) => kept.map(value);
  return {
    name: 'elites',
    rows: kept.length,
    columns: [
      ...constant(labels, kept.length),
      column(
        'step',
        'int',
        each(({ record }) => record.step),
      ),
      column(
        'rank',
        'int',
        each(({ rank }) => rank),
      ),
      column(
        'index',
        'int',
        each(({ index }) => index),
      ),
      column(
        'score',
        'float',
        each(({ record, index }) => record.score[index] ?? null),
      ),
      column(
        'objective',
        'float',
        each(({ record, index }) => record.objective[index] ?? null),
      ),
    ],
    matrix: matrixOf(
      kept.map(({ record, rank }) => stored.elite(record.step, rank, space.start)),
      space,
    ),
  };
}

/** The champion of the run; no row where it has none. */
export async function championTable({ stored, spec, habitat, labels }: RunOfTables): Promise<Table> {
  const { space } = await habitat();
  const { manifest, records } = stored;
  const best = championOf(stored);
  const found = resultOf(manifest)?.best;
  const rows = best ? 1 : 0;
  const one = (value: Cell | undefined): Cell[] => (best ? [value ?? null] : []);
  const genome = best ? [stored.genomeOf(best, space.start)] : [];
  return {
    name: 'champions',
    rows,
    columns: [
      ...constant(labels, rows),
      column('task', 'text', one(spec.task.name)),
      column('strategy', 'text', one(spec.strategy.name)),
      column('connectome', 'text', one(spec.connectome.id)),
      column('status', 'text', one(stored.status)),
      column('evaluations', 'int', one(records.at(-1)?.evaluations ?? 0)),
      column('step', 'int', one(best?.step)),
      column('index', 'int', one(best?.index)),
      column('score', 'float', one(best?.score)),
      column('objective', 'float', one(best?.objective)),
      column('freshMean', 'float', one(found?.fresh.mean)),
      column('freshSd', 'float', one(found?.fresh.sd)),
      column('freshN', 'float', one(found?.fresh.n)),
      column('genesChanged', 'float', one(found?.genesChanged)),
      column('l2', 'float', one(found?.l2)),
      column('hash', 'text', one(found?.hash)),
    ],
    matrix: matrixOf(genome, space),
  };
}
