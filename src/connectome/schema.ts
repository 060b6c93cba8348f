import { z } from 'zod';

/** The format name every table carries; a change that old readers would misread gets a new number. */
export const tableFormat = 'connectome-table/1';

/** What a connection's weight counts. `arbitrary` is for lists that do not say. */
export const weightUnits = ['synapses', 'connections', 'em-sections', 'um-contact', 'arbitrary'] as const;
export type WeightUnit = (typeof weightUnits)[number];

/** n: neuron, m: muscle, o: other (gland, gut, glia, skin). */
export const cellKinds = ['n', 'm', 'o'] as const;
export type CellKind = (typeof cellKinds)[number];

/** The kinds in words, as exchange formats write them. */
export const kindNames = { n: 'neuron', m: 'muscle', o: 'other' } as const satisfies Record<CellKind, string>;

/** A sign as tables write it. */
export const signCode = (sign: number): '+' | '-' | '0' => (sign > 0 ? '+' : sign < 0 ? '-' : '0');

/** Columns of `cells.rows`, in the order a table writes them; `id`, `class` and `kind` are required. */
const cellColumns = [
  'id',
  'class',
  'kind',
  'role',
  'transmitters',
  'ganglion',
  'x',
  'y',
  'z',
  'modalities',
] as const;
export type CellColumn = (typeof cellColumns)[number];

const text = z.string().min(1);
const hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits (SHA-256)');
const index = z.number().int().min(0).max(0x7fffffff);
// The bound keeps sums of millions of weights finite and their differences visible.
const magnitude = z.number().min(0).max(1e15);

/**
 * A list of numbers. The validator's own walk takes a second and much memory for millions of them, so a plain one goes
 * first; where that finds a fault the validator's words it.
 */
function numbers(item: typeof index | typeof magnitude, sound: (value: unknown) => boolean) {
  const list = z.array(item);
  const walk = list._zod.run;
  list._zod.run = (payload, context) =>
    Array.isArray(payload.value) && payload.value.every(sound) ? payload : walk(payload, context);
  return list;
}

const indices = numbers(
  index,
  (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0x7fffffff,
);
const magnitudes = numbers(magnitude, (value) => typeof value === 'number' && value >= 0 && value <= 1e15);

const licenceSchema = z.strictObject({
  /** SPDX identifier, where the data carry a standard licence. */
  spdx: text.optional(),
  statement: text,
  url: text.optional(),
});
export type Licence = z.output<typeof licenceSchema>;

/** Provenance of a source, shared by tables and recipes. */
export const sourceShape = {
  id: text,
  citation: text,
  doi: text.optional(),
  licence: text.optional(),
  url: text.optional(),
  repo: text.optional(),
  commit: text.optional(),
  path: text.optional(),
  sha256: hex.optional(),
  /** What of the table comes from this source, e.g. `chemical`, `cells.role`. */
  fields: z.array(text).optional(),
  note: text.optional(),
};
const sourceSchema = z.strictObject(sourceShape);
export type Source = z.output<typeof sourceSchema>;

const exclusionSchema = z.union([
  z.strictObject({ cell: text, reason: text }),
  z.strictObject({ pre: text, post: text, reason: text }),
]);
/** Something the sources hold and the table leaves out on purpose. */
export type Exclusion = z.output<typeof exclusionSchema>;

const modulatorSchema = z.strictObject({
  ligand: text,
  /** Indices of the releasing cells, ascending. */
  release: z.array(index),
  receptors: z.array(
    z.strictObject({
      name: text,
      /** Usual effect on the cell that carries it; 0 where it is not known. */
      sign: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
      /** Indices of the cells that carry it, ascending. */
      cells: z.array(index),
      note: text.optional(),
    }),
  ),
  note: text.optional(),
});
export type Modulator = z.output<typeof modulatorSchema>;

export const countsSchema = z.strictObject({
  neurons: index.optional(),
  muscles: index.optional(),
  others: index.optional(),
  /** Distinct classes among the neurons. */
  classes: index.optional(),
  chemicalPairs: index.optional(),
  chemicalWeight: magnitude.optional(),
  gapPairs: index.optional(),
  gapWeight: magnitude.optional(),
  /** With capped placeholders at their published weight. */
  gapWeightPublished: magnitude.optional(),
});
/** Totals that a table declares; loading it checks them. */
export type DeclaredCounts = z.output<typeof countsSchema>;

/** A legend explains each one-letter code of a code string. */
const legend = z.record(
  z.string().regex(/^[^.]$/u, 'expected one character other than a dot'),
  z.string().min(1),
);

export const tableSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(tableFormat),
  id: text,
  species: text,
  sex: text,
  stage: text,
  weightUnit: z.enum(weightUnits),
  /** SHA-256 of the canonical JSON of this table without this field. */
  hash: hex.optional(),
  licence: licenceSchema,
  citation: z.array(text).min(1),
  /** What a reader must know before using the numbers. */
  notes: z.array(text).optional(),
  sources: z.array(sourceSchema),
  counts: countsSchema.optional(),
  cells: z.strictObject({
    columns: z.array(z.enum(cellColumns)),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).min(1),
  }),
  /** Directed, sorted by (pre, post), one entry a pair. */
  chemical: z.strictObject({
    pre: indices,
    post: indices,
    /** Magnitudes; the sign stands apart. */
    weight: magnitudes,
    /** One of + - 0 for each entry; 0 means no weight, or a sign that is not known (basis `u`). */
    sign: z.string().regex(/^[-+0]*$/, 'expected only the characters +, - and 0'),
    /** One code for each entry: where its sign comes from. `u` is kept for "not known". */
    signBasis: z.string().optional(),
    signBasisLegend: legend.optional(),
  }),
  /** Undirected, a <= b, sorted by (a, b), one entry a pair. */
  gap: z
    .strictObject({
      a: indices,
      b: indices,
      weight: magnitudes,
      /** One code for each entry; a dot means nothing to remark, `c` a placeholder in the source that was capped. */
      flag: z.string().optional(),
      flagLegend: legend.optional(),
      /** Places of capped entries, ascending, and the weights that the source gives them. */
      capped: z.strictObject({ index: indices, published: magnitudes }).optional(),
    })
    .optional(),
  modulators: z.array(modulatorSchema).optional(),
  /** Other names of cells, to their ids. */
  aliases: z.record(z.string(), text).optional(),
  excluded: z.array(exclusionSchema).optional(),
});
export type ConnectomeTable = z.output<typeof tableSchema>;
