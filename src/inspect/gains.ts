import { mean } from '../math/statistics.js';
import { targetOf } from '../network/model/named-parameters.js';
import type { Network, Population, Values } from '../network/model/network.js';

/** What modulators do to cells: a row for each receptor, a column for each population, or kind of its cells. */
export interface GainMatrix {
  columns: string[];
  rows: {
    receptor: string;
    /** The modulators, as an expression. */
    level: string;
    target: string;
    acts: 'shifts' | 'scales';
    /** What the target is. */
    about: string;
    /** `[columns]` mean gain of the column's cells that have the receptor; null where none has */
    gains: (number | null)[];
    /** `[columns]` cells that have it */
    cells: number[];
  }[];
}

/** The cells of a population, kind by kind where there are kinds that some cell is of. */
function columnsOf({ name, count, kinds }: Population, kindOf: Readonly<Record<string, Int32Array>>) {
  const all = Array.from({ length: count }, (_, cell) => cell);
  const parts = Object.keys(kinds?.parameters ?? {})
    .map((kind, k) => ({
      column: `${name}[${kind}]`,
      cells: all.filter((cell) => kindOf[name]![cell] === k),
    }))
    .filter(({ cells }) => cells.length > 0);
  return parts.length > 0 ? parts : [{ column: name, cells: all }];
}

/**
 * @param values what a genome sets, by the names that lives know
 * @param kindOf number of each cell's kind, by population
 */
export function gainMatrix(
  { populations }: Network,
  values: Readonly<Record<string, Values>>,
  kindOf: Readonly<Record<string, Int32Array>>,
): GainMatrix {
  const columns = populations
    .filter(({ receptors }) => receptors && Object.keys(receptors).length > 0)
    .flatMap((population) => columnsOf(population, kindOf).map((column) => ({ population, ...column })));
  const rows = new Map<
    string,
    Pick<GainMatrix['rows'][number], 'receptor' | 'level' | 'target' | 'acts' | 'about'>
  >();
  for (const population of populations) {
    const { receptors = {} } = population;
    for (const [receptor, of] of Object.entries(receptors)) {
      const { level, target, acts } = of;
      const about = targetOf(of, population)?.about ?? 'the current into the cell';
      rows.set([receptor, level, target, acts].join(), { receptor, level, target, acts, about });
    }
  }
  return {
    columns: columns.map(({ column }) => column),
    rows: [...rows.values()].map((of) => {
      const cellsOf = columns.map(({ population: { name, receptors }, cells }) => {
        const own = receptors?.[of.receptor];
        if (!own || own.level !== of.level || own.target !== of.target || own.acts !== of.acts) return [];
        const gain = values[`${name}.receptor.${of.receptor}`] ?? own.gain;
        return cells
          .map((cell) => (typeof gain === 'number' ? gain : gain[cell]!) * (own.reach?.[cell] ?? 1))
          .filter((value) => value !== 0);
      });
      return {
        ...of,
        gains: cellsOf.map((gains) => (gains.length === 0 ? null : mean(gains))),
        cells: cellsOf.map((gains) => gains.length),
      };
    }),
  };
}
