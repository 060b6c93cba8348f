import type { Cells } from './connectome.js';

/** How names say a side, in the order in which they are tried: ASHL, MDL07 or muscle-R; sensor-left; ORN_L_3. */
const ways: readonly { pattern: RegExp; other: Readonly<Record<string, string>> }[] = [
  { pattern: /([LR])(?=\d*$)/, other: { L: 'R', R: 'L' } },
  {
    pattern: /(left|right|Left|Right|LEFT|RIGHT)/,
    other: { left: 'right', right: 'left', Left: 'Right', Right: 'Left', LEFT: 'RIGHT', RIGHT: 'LEFT' },
  },
  { pattern: /(?<![^-_. ])([LR])(?=[-_. ])/, other: { L: 'R', R: 'L' } },
];

/** What a name would be on the other side, by each way that it may say its side. */
const otherNames = (name: string): string[] =>
  ways.flatMap(({ pattern, other }) =>
    pattern.test(name) ? [name.replace(pattern, (side) => other[side]!)] : [],
  );

/**
 * `[cells]` each cell's partner on the other side, by their names; -1 where it has none. Partners are cells of one kind,
 * and their classes are the same, or say the side as their names do (MDL and MDR).
 */
export function otherSides({ ids, classes, kinds }: Cells): Int32Array {
  const index = new Map(ids.map((id, cell) => [id, cell]));
  return Int32Array.from(ids, (id, cell) => {
    const partner = otherNames(id)
      .map((name) => index.get(name))
      .find((other) => other !== undefined);
    if (partner === undefined || kinds[partner] !== kinds[cell]) return -1;
    const alike =
      classes[partner] === classes[cell] || otherNames(classes[cell]!).includes(classes[partner]!);
    return alike ? partner : -1;
  });
}

/** `[cells]` which side each cell of a pair is on, by its name: -1 left, 1 right; 0 of a cell without a partner. */
export function sidesOf(cells: Cells): Int8Array {
  const partner = otherSides(cells);
  return Int8Array.from(cells.ids, (id, cell) => {
    if (partner[cell]! < 0) return 0;
    const there = cells.ids[partner[cell]!]!;
    const way = ways.find(
      ({ pattern, other }) => pattern.test(id) && id.replace(pattern, (side) => other[side]!) === there,
    );
    return /^l/i.test(way!.pattern.exec(id)![1]!) ? -1 : 1;
  });
}
