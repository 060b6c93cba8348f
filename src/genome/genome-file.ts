import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Connectome } from '../connectome/connectome.js';
import { type NullSetting, nullSettingSchema } from '../connectome/null-models/setting.js';
import { formatModelFile } from '../network/files/model-file.js';
import { plasticityRuleSchema } from '../network/files/model-schema.js';
import { suggest, UsageError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { sha256 } from '../spec/sha256.js';
import { describeValue, validate } from '../spec/validate.js';
import type { GenomeSpace } from './space.js';
import { type GenomeSpec, genomeSpecSchema } from './spec.js';

const described = {
  connectome: z.strictObject({
    id: z.string(),
    hash: z.string(),
    null: nullSettingSchema.optional().describe('the null model of it that the genome was evolved on'),
  }),
  genomeSpec: genomeSpecSchema,
  network: z
    .looseObject({ cell: z.string() })
    .nullable()
    .describe('what the weights were evolved for: with another network they mean something else'),
  task: z.looseObject({ name: z.string() }).describe('what it was evolved on'),
  genes: z.int().min(1).describe('number of genes, changed or not'),
  unit: z.string(),
  hash: z.string().describe('SHA-256 of the genome as little-endian float64, in gene order'),
  changes: z
    .array(z.tuple([z.string(), z.number(), z.number()]))
    .describe('[gene, coordinate where the genome spec starts, coordinate now], in gene order'),
  values: z
    .array(z.tuple([z.string(), z.number()]))
    .optional()
    .describe('[gene, value in its own unit] of the same genes: what the coordinates now mean'),
};

const rulesSchema = z
  .record(z.string(), plasticityRuleSchema)
  .describe('the plasticity rules whose form the genome says, by projection, each as in a file of its own');

/**
 * A genome that people can read and exchange: every gene that differs from where the genome spec starts, by name. It holds nothing of when
 * or where it was made, so the same genome always gives the same file. The second format is written where some genes are
 * whole numbers or say the form of rules.
 */
export const genomeFileSchema = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('baldwin-genome/1'), ...described }),
  z.strictObject({
    format: z.literal('baldwin-genome/2'),
    ...described,
    levels: z
      .array(z.tuple([z.string(), z.int().min(2)]))
      .describe('[gene, k] of each gene that is a whole number of 0 to k - 1, in gene order'),
    rules: rulesSchema,
  }),
]);

export type GenomeFile = z.output<typeof genomeFileSchema>;

/** SHA-256 of a genome's canonical bytes: its values as little-endian float64, in gene order; -0 counts as 0. */
export function genomeHash(genome: Readonly<Float64Array>): string {
  const bytes = Buffer.alloc(genome.length * 8);
  for (let gene = 0; gene < genome.length; gene++) bytes.writeDoubleLE(genome[gene]! + 0, gene * 8);
  return sha256(bytes);
}

/** What the second format says beside the first; undefined where the first says everything. */
function formOf(genome: Readonly<Float64Array>, space: GenomeSpace) {
  const levels = Array.from(space.levels, (count, gene): [string, number] => [
    space.nameOf(gene),
    count,
  ]).filter(([, count]) => count > 0);
  const rules = Object.fromEntries(
    Object.entries(space.phenotype(genome).rules ?? {}).map(([projection, rule]) => [
      projection,
      JSON.parse(formatModelFile(rule, 'rule')) as object,
    ]),
  );
  return levels.length > 0 || Object.keys(rules).length > 0 ? { levels, rules } : undefined;
}

/** A list as one of a file's fields, one entry a line. */
const listed = (field: string, entries: readonly unknown[]) =>
  `  "${field}": [${entries.length > 0 ? `\n${entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ` : ''}]`;

/** A task of the user's by the name of its file: where it stands is not part of a genome. */
const withoutFolder = (task: GenomeFile['task']): GenomeFile['task'] => {
  const { module } = task as { module?: { path: string } };
  return module ? { ...task, module: { ...module, path: basename(module.path) } } : task;
};

/** The text of a genome's file, one change a line. */
export function formatGenomeFile(
  genome: Readonly<Float64Array>,
  space: GenomeSpace,
  {
    genome: spec,
    network,
    task,
    connectome: named,
  }: {
    genome: GenomeSpec;
    network: GenomeFile['network'];
    task: GenomeFile['task'];
    /** As a run names it, where it may be a null model. */
    connectome?: { id: string; null?: NullSetting | undefined };
  },
  connectome: Connectome,
): string {
  const changed = [...genome.keys()].filter((gene) => genome[gene] !== space.origin[gene]);
  const form = formOf(genome, space);
  const head = {
    format: form ? 'baldwin-genome/2' : 'baldwin-genome/1',
    connectome: named?.null
      ? { id: named.id, hash: connectome.hash, null: named.null }
      : { id: connectome.id, hash: connectome.hash },
    genomeSpec: spec,
    network,
    task: withoutFolder(task),
    genes: space.genes,
    unit: space.unit,
    hash: genomeHash(genome),
    ...form,
  };
  const changes = changed.map((gene) => [space.nameOf(gene), space.origin[gene], genome[gene]]);
  const values = changed.map((gene) => [space.nameOf(gene), space.valueOf(gene, genome[gene]!)]);
  const text = JSON.stringify(head, null, 2);
  return `${text.slice(0, -2)},\n${listed('changes', changes)},\n${listed('values', values)}\n}\n`;
}

export const parseGenomeFile = (value: unknown, source: string): GenomeFile =>
  validate(genomeFileSchema, value, { source }, 'genome file');

export const readGenomeFile = (path: string): GenomeFile =>
  parseGenomeFile(readJsonFile(path, 'genome file'), path);

/** Says where in a file what was expected, what was found, and what to do. */
type Refuse = (field: string, expected: string, found: string, advice: string) => never;

const refusing =
  (source: string): Refuse =>
  (field, expected, found, advice) => {
    throw new UsageError(`${source}: ${field}: expected ${expected}, found ${found}. ${advice}`);
  };

/**
 * The genome that a file holds, for the space it was made in.
 * @throws UsageError where the file was made in another, or contradicts itself
 */
export function genomeOf(
  file: GenomeFile,
  space: GenomeSpace,
  connectome: Connectome,
  source: string,
): Float64Array {
  const refuse = refusing(source);
  if (file.connectome.hash !== connectome.hash) {
    refuse(
      'connectome.hash',
      file.connectome.hash,
      connectome.hash,
      'The genome was made on another connectome.',
    );
  }
  if (file.genes !== space.genes) {
    refuse('genes', String(space.genes), String(file.genes), 'The genome was made with another genome spec.');
  }
  const genome = genomeFrom(file, space, source, refuse);
  checkValues(file, space, genome, refuse);
  const hash = genomeHash(genome);
  if (hash !== file.hash) {
    refuse('hash', hash, file.hash, 'Enter the true one if you changed the file on purpose.');
  }
  checkForm(file, space, genome, refuse);
  return genome;
}

/** Where the genome spec starts, with the changes of a file. */
function genomeFrom({ changes }: GenomeFile, space: GenomeSpace, source: string, refuse: Refuse) {
  const genes = new Map<string, number>();
  for (let gene = 0; gene < space.genes; gene++) genes.set(space.nameOf(gene), gene);
  const genome = Float64Array.from(space.origin);
  changes.forEach(([name, from, to], i) => {
    const gene = genes.get(name);
    if (gene === undefined) {
      throw new UsageError(
        `${source}: changes[${i}]: unknown gene "${name}". ${suggest(name, [...genes.keys()])}`,
      );
    }
    if (from !== space.origin[gene]) {
      refuse(
        `changes[${i}][1]`,
        String(space.origin[gene]),
        String(from),
        'The genome was made with a genome spec that starts elsewhere.',
      );
    }
    const whole = space.levels[gene]! > 0;
    if (to < space.low[gene]! || to > space.high[gene]! || (whole && !Number.isInteger(to))) {
      refuse(
        `changes[${i}][2]`,
        `a ${whole ? 'whole number' : 'value'} in [${space.low[gene]}, ${space.high[gene]}]`,
        String(to),
        'Widen the range of the genome spec or correct the value.',
      );
    }
    genome[gene] = to;
  });
  return genome;
}

/** Whether what the coordinates of a file mean is what it says they mean: older files do not say it. */
function checkValues(
  { changes, values }: GenomeFile,
  space: GenomeSpace,
  genome: Float64Array,
  refuse: Refuse,
) {
  if (!values) return;
  const advice = 'Correct one of the two, or leave "values" out.';
  if (values.length !== changes.length) {
    refuse('values', `one of each of the ${changes.length} changes`, `${values.length}`, advice);
  }
  const genes = new Map(Array.from(genome, (_, gene) => [space.nameOf(gene), gene]));
  values.forEach(([name, value], i) => {
    const changed = changes[i]![0];
    if (name !== changed) refuse(`values[${i}][0]`, `"${changed}", as in changes[${i}]`, `"${name}"`, advice);
    const gene = genes.get(name)!;
    const meant = space.valueOf(gene, genome[gene]!);
    // Written to the last digit; a hand that rounds to nine changes nothing that matters.
    if (Math.abs(value - meant) > 1e-9 * Math.abs(meant)) {
      refuse(`values[${i}][1]`, `${meant}, which changes[${i}] means`, String(value), advice);
    }
  });
}

/** Whether a file says of whole numbers and rules what the space has. */
function checkForm(file: GenomeFile, space: GenomeSpace, genome: Float64Array, refuse: Refuse) {
  const form = formOf(genome, space);
  const written = file.format === 'baldwin-genome/2' ? file : undefined;
  if ((form === undefined) !== (written === undefined)) {
    const advice = 'The genome was made with another genome spec.';
    refuse('format', form ? '"baldwin-genome/2"' : '"baldwin-genome/1"', `"${file.format}"`, advice);
  }
  if (!form || !written) return;
  const expected = { levels: form.levels, rules: rulesSchema.parse(form.rules) };
  for (const field of ['levels', 'rules'] as const) {
    if (isDeepStrictEqual(written[field], expected[field])) continue;
    refuse(
      field,
      describeValue(expected[field]),
      describeValue(written[field]),
      'They follow from the genome spec and the changes, so the file was made with other ones.',
    );
  }
}
