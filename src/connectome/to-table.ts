import type { Connectome } from './connectome.js';
import { tableHash } from './load.js';
import { type CellColumn, type ConnectomeTable, signCode, tableFormat } from './schema.js';

/** The table of a connectome, with its totals and hash: what `connectomeFromTable` reads back to the same arrays. */
export function tableOf(connectome: Connectome): ConnectomeTable {
  const { cells, chemical, gap, modulators, aliases, excluded, notes } = connectome;
  const { ganglia, positionsUm, modalities } = cells;
  const columns: [CellColumn, (string | number | null)[]][] = [
    ['id', cells.ids],
    ['class', cells.classes],
    ['kind', cells.kinds],
  ];
  const add = (name: CellColumn, values: readonly (string | number | null)[] | undefined) => {
    if (values?.some((value) => value !== '')) columns.push([name, [...values]]);
  };
  add('role', cells.roles);
  add(
    'transmitters',
    cells.transmitters.map((list) => list.join('+')),
  );
  add('ganglion', ganglia);
  for (const [axis, name] of (['x', 'y', 'z'] as const).entries()) {
    const coordinate = (i: number) => positionsUm![3 * i + axis]!;
    add(name, positionsUm && cells.ids.map((_, i) => (Number.isNaN(coordinate(i)) ? null : coordinate(i))));
  }
  add(
    'modalities',
    modalities?.map((list) => list.join('+')),
  );
  const table: ConnectomeTable = {
    format: tableFormat,
    id: connectome.id,
    species: connectome.species,
    sex: connectome.sex,
    stage: connectome.stage,
    weightUnit: connectome.weightUnit,
    licence: connectome.licence,
    citation: connectome.citation,
    ...(notes.length > 0 ? { notes } : {}),
    sources: connectome.sources,
    cells: {
      columns: columns.map(([name]) => name),
      rows: cells.ids.map((_, i) => columns.map(([, values]) => values[i]!)),
    },
    chemical: {
      pre: [...chemical.pre],
      post: [...chemical.post],
      weight: [...chemical.weight],
      sign: Array.from(chemical.sign, signCode).join(''),
      ...(chemical.signBasis === undefined ? {} : { signBasis: chemical.signBasis }),
      ...(chemical.signBasisLegend === undefined ? {} : { signBasisLegend: chemical.signBasisLegend }),
    },
    ...(gap.count === 0
      ? {}
      : {
          gap: {
            a: [...gap.a],
            b: [...gap.b],
            weight: [...gap.weight],
            ...(/[^.]/.test(gap.flag) ? { flag: gap.flag } : {}),
            ...(gap.flagLegend === undefined ? {} : { flagLegend: gap.flagLegend }),
            ...(gap.capped === undefined ? {} : { capped: gap.capped }),
          },
        }),
    ...(modulators.length > 0 ? { modulators } : {}),
    ...(Object.keys(aliases).length > 0 ? { aliases } : {}),
    ...(excluded.length > 0 ? { excluded } : {}),
  };
  return { ...table, hash: tableHash(table) };
}
