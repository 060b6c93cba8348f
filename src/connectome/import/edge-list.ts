import { z } from 'zod';
import { nearestNames } from '../../spec/errors.js';
import { describeValue } from '../../spec/validate.js';
import { namings } from '../names.js';
import { ProblemList } from '../problems.js';
import type { CellKind } from '../schema.js';
import { transmitterNames } from '../transmitters.js';
import {
  type ColumnRole,
  columnRoles,
  findColumns,
  isKnownHeader,
  plainHeader,
  unreadColumns,
} from './columns.js';
import { readDelimited } from './delimited.js';
import { type ImportedGraph, placeIn, type SourceText } from './graph.js';
import { GraphBuilder, gapNotices } from './graph-builder.js';
import { nameMatcher } from './name-pattern.js';
import { PairSums, pairBase } from './pairs.js';
import { type RowType, rowTypes, typesByCode } from './row-types.js';
import { parseWeight } from './weight.js';

/** What a column of signs may say. */
const signValues = new Map<string, -1 | 0 | 1>(
  Object.entries({
    '+': 1,
    '1': 1,
    '+1': 1,
    excitatory: 1,
    '-': -1,
    '\u2212': -1,
    '-1': -1,
    inhibitory: -1,
    '0': 0,
    '': 0,
  } as const),
);

/** Sign of a chemical row from its transmitter entry, and whether its weight is negative. */
const signRules = {
  none: () => 1,
  'gaba-negative': (transmitter: string) => (transmitter === 'GABA' ? -1 : 1),
  weight: (_transmitter: string, isNegative: boolean) => (isNegative ? -1 : 1),
} as const satisfies Record<string, (transmitter: string, isNegative: boolean) => 1 | -1>;

const roleNames = z.strictObject(
  Object.fromEntries(columnRoles.map((role) => [role, z.string().min(1).optional()])) as Record<
    ColumnRole,
    z.ZodOptional<z.ZodString>
  >,
);

/** How an edge list is read. */
export const edgeListOptionsSchema = z.strictObject({
  /** Headers of the columns, where they are not among the known ones. */
  columns: roleNames.default({}),
  /** Meaning of type codes beyond the known ones. */
  types: z.record(z.string(), z.enum(rowTypes)).default({}),
  /** `separate`: undirected gap junctions of their own. `directed`: merged with the chemical connections as they stand. */
  gap: z.enum(['separate', 'directed']).default('separate'),
  /** Gap junctions between two cells given both ways: `mirrored` (the default) is one contact told twice, `once` two contacts. */
  gapListing: z.enum(['mirrored', 'once']).optional(),
  /** `gaba-negative`: a row is negative when its transmitter is exactly "GABA"; `weight`: when its weight is negative. */
  sign: z.enum(Object.keys(signRules) as [keyof typeof signRules]).default('none'),
  /** Several rows for one pair: added, or refused. */
  duplicates: z.enum(['sum', 'error']).default('sum'),
  /** `counts` are whole numbers; `real` may be fractional (contact lengths). */
  weights: z.enum(['counts', 'real']).default('counts'),
  /** Names of muscles and of other cells, `*` standing for anything. All the rest are neurons. */
  muscles: z.array(z.string().min(1)).default([]),
  others: z.array(z.string().min(1)).default([]),
  /** `wormatlas`: C. elegans cells get the names of WormAtlas, whatever the list's own style. */
  naming: z.enum(namings).default('as-given'),
  /** The cells there are, where a list of them says so: no connection may name another. */
  cells: z.array(z.string().min(1)).default([]),
  /** Connections to leave out, and why. */
  exclude: z
    .array(z.strictObject({ pre: z.string().min(1), post: z.string().min(1), reason: z.string().min(1) }))
    .default([]),
});
export type EdgeListOptions = z.output<typeof edgeListOptionsSchema>;

/** Gathers the rows of one or more files. */
class EdgeListReader {
  private readonly graph: GraphBuilder;
  private readonly isMuscle: (name: string) => boolean;
  private readonly isOther: (name: string) => boolean;
  /** Cells that a column headed "Muscle" names. */
  private readonly muscleTargets = new Set<number>();
  private readonly transmitters = new Map<number, Set<string>>();
  private readonly types: Map<string, RowType>;
  private readonly excluded: Map<string, boolean>;
  private readonly problems = new ProblemList();
  private readonly sources: SourceText[] = [];
  private skipped = 0;
  private readonly notices: string[] = [];
  /** Weights of the rows whose sign is not known, by pair, where a column gives signs. */
  private readonly unsigned = new Map<number, number>();
  /** Weights of negative rows. */
  private readonly negative = new PairSums();
  private signsGiven = false;

  constructor(private readonly options: EdgeListOptions) {
    this.isMuscle = nameMatcher(options.muscles);
    this.isOther = nameMatcher(options.others);
    this.types = typesByCode(options.types);
    this.graph = new GraphBuilder(options.naming, options.cells);
    this.excluded = new Map(options.exclude.map(({ pre, post }) => [JSON.stringify([pre, post]), false]));
  }

  /** File and line in words; a place is file * 2^32 + line. */
  private at(place: number): string {
    return placeIn(this.sources[Math.floor(place / 0x1_0000_0000)]!, place % 0x1_0000_0000);
  }

  read(list: SourceText): void {
    const { source } = list;
    const { options, problems } = this;
    const base = 0x1_0000_0000 * (this.sources.push(list) - 1);
    let rows = 0;
    readDelimited(list, isKnownHeader, (file) => {
      const columns = findColumns(source, file, options.columns);
      const width = file.headers.length;
      const read = new Set(Object.values(columns));
      this.notices.push(
        ...unreadColumns(
          source,
          file.headers.filter((_, i) => !read.has(i)),
        ),
      );
      const targetsAreMuscles = plainHeader(file.headers[columns.post!]!) === 'muscle';
      return (cells, line) => {
        rows++;
        const place = base + line;
        if (cells.length !== width) {
          problems.add(
            `${this.at(place)}: expected ${width} columns as in the header, found ${cells.length}; quote cells that hold a ${file.delimiterName}.`,
          );
          return;
        }
        this.row(cells, columns, place, targetsAreMuscles);
      };
    });
    if (rows === 0) problems.add(`${source}: no row follows the header line. Give one row a connection.`);
  }

  private row(
    cells: string[],
    columns: Partial<Record<ColumnRole, number>>,
    place: number,
    targetIsMuscle: boolean,
  ): void {
    const { options, problems, graph } = this;
    const cell = (role: ColumnRole) => (columns[role] === undefined ? undefined : cells[columns[role]]!);
    const [preName, postName] = [cell('pre')!, cell('post')!];
    const code = cell('type');
    const type = code === undefined ? 'chemical' : this.types.get(code.toLowerCase());
    if (type === undefined) {
      problems.add(() => {
        const near = nearestNames(code!, [...this.types.keys()]).map((name) => `"${name}"`);
        return (
          `${this.at(place)}: unknown type ${describeValue(code)}${near.length > 0 ? `, near ${near.join(', ')}` : ''}; ` +
          'say with --types code=chemical, code=gap or code=skip what it is.'
        );
      });
      return;
    }
    if (type === 'skip') {
      this.skipped++;
      return;
    }
    if (preName === '' || postName === '') {
      problems.add(
        `${this.at(place)}: the name of the ${preName === '' ? 'source' : 'target'} cell is empty; fill it in or remove the row.`,
      );
      return;
    }
    const given = cell('weight')!;
    const isNegative =
      options.sign === 'weight' && columns.sign === undefined && type === 'chemical' && given.startsWith('-');
    const weight = parseWeight(isNegative ? given.slice(1) : given, options.weights);
    if (typeof weight === 'string') {
      problems.add(`${this.at(place)}: ${weight}.`);
      return;
    }
    if (this.excluded.size > 0) {
      const pair = JSON.stringify([preName, postName]);
      if (this.excluded.has(pair)) {
        this.excluded.set(pair, true);
        return;
      }
    }
    const names = [graph.name(preName), graph.name(postName)] as const;
    const fault = graph.stranger(names[0]) ?? graph.stranger(names[1]);
    if (fault !== undefined) {
      problems.add(`${this.at(place)}: ${fault}`);
      return;
    }
    const stated = signValues.get(cell('sign')?.toLowerCase() ?? '+');
    if (stated === undefined) {
      problems.add(
        `${this.at(place)}: expected the sign as +, - or 0 (not known), found ${describeValue(cell('sign')!)}.`,
      );
      return;
    }
    const [pre, post] = [graph.intern(names[0]), graph.intern(names[1])];
    if (targetIsMuscle) this.muscleTargets.add(post);
    const transmitter = cell('transmitter') ?? '';
    let first: number | undefined;
    if (type === 'gap' && options.gap === 'separate') first = graph.gap.add(pre, post, weight, place);
    else {
      const open = type === 'chemical' && columns.sign !== undefined && stated === 0;
      const rule =
        columns.sign === undefined ? signRules[options.sign](transmitter, isNegative) : stated || 1;
      const sign = type === 'gap' ? 1 : rule;
      if (type === 'chemical' && columns.sign !== undefined) this.signsGiven = true;
      if (open) {
        const pair = pre * pairBase + post;
        this.unsigned.set(pair, (this.unsigned.get(pair) ?? 0) + weight);
      } else if (sign < 0) this.negative.add(pre, post, weight, place);
      first = graph.chemical.add(pre, post, open ? 0 : sign * weight, place);
    }
    if (type === 'chemical' && transmitter !== '') {
      const seen = this.transmitters.get(pre);
      if (seen === undefined) this.transmitters.set(pre, new Set([transmitter]));
      else seen.add(transmitter);
    }
    if (first !== undefined && options.duplicates === 'error') {
      problems.add(
        `${this.at(place)}: ${preName} -> ${postName} was already given at ${this.at(first)}; remove one, or give --duplicates sum to add them.`,
      );
    }
  }

  /** Whether a pair's sum is made of rows of both signs. */
  private hasBothSigns(key: number, sum: number): boolean {
    const negative = this.negative.get(Math.floor(key / pairBase), key % pairBase) ?? 0;
    return negative > 0 && sum + negative > 1e-9 * negative;
  }

  finish(): ImportedGraph {
    for (const [pair, found] of this.excluded) {
      if (!found) {
        const [pre, post] = JSON.parse(pair) as [string, string];
        this.problems.add(
          `exclude: no row connects ${pre} -> ${post}; correct the names or remove the entry.`,
        );
      }
    }
    if (this.problems.count === 0 && this.graph.size === 0) {
      this.problems.add(
        `${this.sources.map(({ source }) => source).join(', ')}: every row was skipped or left out; no connection remains.`,
      );
    }
    this.problems.throwIfAny('The edge list cannot be imported.');

    const { notices } = this;
    if (this.skipped > 0)
      notices.push(`${this.skipped} rows were skipped for their type: other rows give the same connections.`);
    const finished = this.graph.finish(this.options.gapListing);
    const { ids, place, keys, aliases, chemical, gap } = finished;
    notices.push(...gapNotices(finished, this.options.gapListing));
    const mixed = keys.filter((key, k) =>
      this.hasBothSigns(key, chemical.weight[k]! * chemical.sign[k]!),
    ).length;
    if (mixed > 0) {
      notices.push(`Pairs of cells with rows of both signs, which were added with their signs: ${mixed}.`);
    }
    const signBasis = this.signsGiven
      ? Array.from(keys, (key) => (this.unsigned.has(key) ? 'u' : 's')).join('')
      : undefined;
    if (this.unsigned.size > 0) {
      for (const [k, key] of keys.entries()) {
        const open = this.unsigned.get(key);
        if (open === undefined) continue;
        chemical.weight[k]! += open;
        chemical.sign[k] = 0;
      }
    }

    const kinds = ids.map((id, i): CellKind => {
      if (this.isMuscle(id) || this.muscleTargets.has(place[i]!)) return 'm';
      return this.isOther(id) ? 'o' : 'n';
    });
    const contradicted: string[] = [];
    const transmitters = ids.map((id, i) => {
      const entries = [...(this.transmitters.get(place[i]!) ?? [])];
      const readings = new Map(entries.map(transmitterNames).map((list) => [list.join('+'), list]));
      readings.delete('');
      if (readings.size > 1) contradicted.push(`${id} (${[...readings.keys()].join('; ')})`);
      return readings.size === 1 ? [...readings.values()][0]! : [];
    });
    if (contradicted.length > 0) {
      const shown = contradicted.slice(0, 5).join(', ') + (contradicted.length > 5 ? ', …' : '');
      notices.push(
        `${contradicted.length} cells keep no transmitter, because their rows name different ones: ${shown}.`,
      );
    }
    return {
      ids,
      kinds,
      ...{ aliases, transmitters, chemical, gap },
      ...(signBasis === undefined ? {} : { signBasis }),
      excluded: this.options.exclude,
      notices,
    };
  }
}

/**
 * Reads one or more edge lists with a header line (CSV or TSV) into one graph. Rows of the same pair are added with
 * their signs, so opposite rows may cancel to a weight of 0. Throws a {@link UsageError} that names file and line of
 * the first ten faults.
 */
export function importEdgeList(files: readonly SourceText[], options: EdgeListOptions): ImportedGraph {
  const reader = new EdgeListReader(options);
  for (const file of files) reader.read(file);
  return reader.finish();
}
