import type { KeptArchive } from '../strategies/strategy.js';

/** Says of an archive, once each, that a measure lay outside its range, and that candidates had no cell. */
export class OutOfPlace {
  private readonly said = new Set<string>();

  notices(archive: KeptArchive | undefined): string[] {
    if (archive === undefined) return [];
    const { clipped, elites, unplaced } = archive;
    const found = elites.cells.dimensions.flatMap(({ name, low, high }, i): [string, string][] =>
      clipped[i]! > 0
        ? [
            [
              name,
              `The measure "${name}" was outside its range [${low}, ${high}] in ${clipped[i]} candidates so far: they count ` +
                'as at its border. "--set strategy.ranges=…" gives another range; "baldwin show" says how many in the end.',
            ],
          ]
        : [],
    );
    if (unplaced > 0)
      found.push([
        '',
        `${unplaced} candidates so far have a measure that is no number: they have no cell in the archive. ` +
          '"baldwin show" says how many in the end.',
      ]);
    return found.flatMap(([key, text]) => {
      if (this.said.has(key)) return [];
      this.said.add(key);
      return [text];
    });
  }
}
