import { UsageError } from '../spec/errors.js';
import { knownCells, nearestCells } from './known-cells.js';
import { canonicalName } from './names.js';
import { type CellKind, kindNames } from './schema.js';
import { invisible, seen, spelled } from './seen-names.js';

const mostShown = 10;

const listed = (entries: readonly string[]) =>
  entries.slice(0, mostShown).join(', ') +
  (entries.length > mostShown ? `, … (${entries.length} in all)` : '');

interface NameFaults {
  /** Names that look the same and are not. */
  alike: string[];
  /** Names with the mark of a lost character. */
  lost: string[];
  /** Names with characters that nobody sees. */
  hidden: string[];
}

function nameFaults(ids: readonly string[]): NameFaults {
  const groups = new Map<string, string[]>();
  for (const id of ids) groups.set(seen(id), [...(groups.get(seen(id)) ?? []), id]);
  return {
    alike: [...groups.values()]
      .filter((group) => group.length > 1)
      .map((group) => group.map(spelled).join(' and ')),
    lost: ids.filter((id) => id.includes('\ufffd')).map((id) => `"${id}"`),
    hidden: ids.filter((id) => invisible.test(id)).map(spelled),
  };
}

/** Refuses names under which one cell would count as two, or two as one. `source` names the file. */
export function refuseUnclearNames(source: string, ids: readonly string[]): void {
  const { alike, lost } = nameFaults(ids);
  if (alike.length > 0) {
    throw new UsageError(
      `${source}: names that look the same and differ in their characters: ${listed(alike)}. Write each cell's name in ` +
        'one way throughout, best in composed form (NFC) and without invisible characters.',
    );
  }
  if (lost.length > 0) {
    throw new UsageError(
      `${source}: names with characters that were lost before (U+FFFD): ${listed(lost)}. Two names may have become one; ` +
        'export the file again with UTF-8 encoding.',
    );
  }
}

/** What a user should know of the names of cells, beyond what {@link refuseUnclearNames} refuses. */
export function identityNotices(
  species: string,
  ids: readonly string[],
  kinds: readonly CellKind[],
): string[] {
  const notices: string[] = [];
  const { alike, lost, hidden } = nameFaults(ids);
  if (alike.length > 0)
    notices.push(`Names that look the same and differ in their characters: ${listed(alike)}.`);
  if (lost.length > 0) notices.push(`Names with characters that were lost (U+FFFD): ${listed(lost)}.`);
  if (hidden.length > 0) notices.push(`Names with characters that cannot be seen: ${listed(hidden)}.`);
  const known = knownCells(species);
  if (known === undefined) return notices;
  const named = new Map<string, string[]>();
  const strangers: string[] = [];
  const otherKind: string[] = [];
  for (const [i, id] of ids.entries()) {
    const name = canonicalName(id, 'wormatlas');
    const usual = known.kinds.get(name);
    if (usual === undefined) {
      const near = nearestCells(id, known);
      strangers.push(`"${id}"${near.length > 0 ? ` (near ${near.join(', ')})` : ''}`);
      continue;
    }
    named.set(name, [...(named.get(name) ?? []), id]);
    if (usual.size > 0 && !usual.has(kinds[i]!))
      otherKind.push(`${id} (${[...usual].map((kind) => kindNames[kind]).join(' or ')})`);
  }
  if (strangers.length > 0) {
    notices.push(
      `Names that are not among the known cells of ${species}: ${listed(strangers)}. Each counts as a cell of its own; correct it in the file ` +
        'if it stands for another.',
    );
  }
  const twice = [...named.values()].filter((group) => group.length > 1);
  if (twice.length > 0) {
    notices.push(
      `Several names for one cell of ${species}: ${listed(twice.map((group) => group.join(' and ')))}.`,
    );
  }
  if (otherKind.length > 0) {
    notices.push(
      `Cells of another kind than they are in ${species}: ${listed(otherKind)}. Say what they are with a list of cells ` +
        '(--cells), --muscles or --others.',
    );
  }
  return notices;
}
