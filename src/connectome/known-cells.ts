import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearestNames } from '../spec/errors.js';
import { packageRoot } from '../spec/library.js';
import { fullSpeciesName, otherNames } from './names.js';
import type { CellKind, ConnectomeTable } from './schema.js';

/** Species in which every animal has the same cells, each with a name of its own. */
const namedSpecies = new Set(['Caenorhabditis elegans']);

/** The cells of a species, as the tables that come with the program name them. */
export interface KnownCells {
  /** The kinds that tables give each, as authors differ; none where all leave the cell out. */
  kinds: ReadonlyMap<string, ReadonlySet<CellKind>>;
  /** Cells by their names and aliases without regard to case, padding and punctuation. */
  folded: ReadonlyMap<string, ReadonlySet<string>>;
}

const fold = (name: string) =>
  name
    .toLowerCase()
    .replace(/[\s_.-]+/g, '')
    .replace(/0+(?=\d)/g, '');

const bySpecies = new Map<string, KnownCells>();

/** The known cells of a species, or undefined where its cells have no names that all tables share. */
export function knownCells(given: string): KnownCells | undefined {
  const species = fullSpeciesName(given);
  if (!namedSpecies.has(species)) return undefined;
  let known = bySpecies.get(species);
  if (known === undefined) {
    known = fromShippedTables(species);
    bySpecies.set(species, known);
  }
  return known;
}

/** Those that come with the program alone: a table of the user's own is what is to be checked. */
function fromShippedTables(species: string): KnownCells {
  const kinds = new Map<string, Set<CellKind>>();
  const folded = new Map<string, Set<string>>();
  const alsoCalled = (name: string, id: string) =>
    folded.set(fold(name), (folded.get(fold(name)) ?? new Set()).add(id));
  const folder = join(packageRoot, 'connectomes');
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json') || file === 'schema.json') continue;
    const table = JSON.parse(readFileSync(join(folder, file), 'utf8')) as ConnectomeTable;
    if (table.species !== species) continue;
    const [id, kind] = (['id', 'kind'] as const).map((column) => table.cells.columns.indexOf(column));
    for (const row of table.cells.rows) {
      const name = row[id!] as string;
      kinds.set(name, (kinds.get(name) ?? new Set()).add(row[kind!] as CellKind));
      alsoCalled(name, name);
    }
    for (const [alias, name] of Object.entries(table.aliases ?? {})) alsoCalled(alias, name);
    // Cells that a source names and a table leaves out are cells all the same.
    for (const exclusion of table.excluded ?? []) {
      for (const name of 'cell' in exclusion ? [exclusion.cell] : [exclusion.pre, exclusion.post]) {
        if (!kinds.has(name)) kinds.set(name, new Set());
        alsoCalled(name, name);
      }
    }
  }
  for (const [alias, name] of Object.entries(otherNames([...kinds.keys()], 'wormatlas'))) {
    alsoCalled(alias, name);
  }
  return { kinds, folded };
}

/** The cells that a name of none may stand for: `da01` for DA1, `AVFL/R` for AVFL and AVFR, else the nearest by spelling. */
export function nearestCells(name: string, { kinds, folded }: KnownCells): string[] {
  const forms = [name];
  const parts = name.split('/').map((part) => part.trim());
  for (const part of parts.slice(1)) {
    // The second of "DB1/3" ends as it says and begins as the first.
    forms.push(parts[0]!, parts[0]!.slice(0, -part.length) + part, part);
  }
  const same = forms.flatMap((form) => [...(folded.get(fold(form)) ?? [])]);
  return same.length > 0 ? [...new Set(same)] : nearestNames(name, [...kinds.keys()]);
}
