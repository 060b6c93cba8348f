import { z } from 'zod';
import type { Connectome } from '../connectome/connectome.js';
import { sha256 } from '../spec/canonical.js';
import { suggest, UsageError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { validate } from '../spec/validate.js';
import type { GenomeSpace } from './space.js';
import { type GenomeSpec, genomeSpecSchema } from './spec.js';

/**
 * A genome that people can read and exchange: every gene that differs from the start, by name. It holds nothing of when
 * or where it was made, so the same genome always gives the same file.
 */
export const genomeFileSchema = z.strictObject({
  format: z.literal('baldwin-genome/1'),
  connectome: z.strictObject({ id: z.string(), hash: z.string() }),
  genomeSpec: genomeSpecSchema,
  network: z
    .looseObject({ cell: z.string() })
    .nullable()
    .describe('what the weights were evolved for: with another network they mean something else'),
  task: z.looseObject({ name: z.string() }).describe('what it was evolved on'),
  genes: z.int().min(1).describe('number of genes, changed or not'),
  unit: z.string(),
  hash: z.string().describe('SHA-256 of the values as little-endian float64, in gene order'),
  changes: z
    .array(z.tuple([z.string(), z.number(), z.number()]))
    .describe('[gene, value at the start, value now], in gene order'),
});

export type GenomeFile = z.output<typeof genomeFileSchema>;

/** SHA-256 of a genome's canonical bytes: its values as little-endian float64, in gene order; -0 counts as 0. */
export function genomeHash(genome: Readonly<Float64Array>): string {
  const bytes = Buffer.alloc(genome.length * 8);
  for (let gene = 0; gene < genome.length; gene++) bytes.writeDoubleLE(genome[gene]! + 0, gene * 8);
  return sha256(bytes);
}

/** The text of a genome's file, one change a line. */
export function formatGenomeFile(
  genome: Readonly<Float64Array>,
  space: GenomeSpace,
  {
    genome: spec,
    network,
    task,
  }: { genome: GenomeSpec; network: GenomeFile['network']; task: GenomeFile['task'] },
  connectome: Connectome,
): string {
  const changes: string[] = [];
  for (let gene = 0; gene < space.genes; gene++) {
    if (genome[gene] === space.origin[gene]) continue;
    changes.push(`    ${JSON.stringify([space.nameOf(gene), space.origin[gene], genome[gene]])}`);
  }
  const head: Omit<GenomeFile, 'changes'> = {
    format: 'baldwin-genome/1',
    connectome: { id: connectome.id, hash: connectome.hash },
    genomeSpec: spec,
    network,
    task,
    genes: space.genes,
    unit: space.unit,
    hash: genomeHash(genome),
  };
  const text = JSON.stringify(head, null, 2);
  return `${text.slice(0, -2)},\n  "changes": [${changes.length > 0 ? `\n${changes.join(',\n')}\n  ` : ''}]\n}\n`;
}

export function readGenomeFile(path: string): GenomeFile {
  return validate(genomeFileSchema, readJsonFile(path, 'genome file'), { source: path }, 'genome file');
}

/** The genome that a file holds, for the space it was made in. */
export function genomeOf(
  file: GenomeFile,
  space: GenomeSpace,
  connectome: Connectome,
  source: string,
): Float64Array {
  const refuse = (field: string, expected: string, found: string, advice: string): never => {
    throw new UsageError(`${source}: ${field}: expected ${expected}, found ${found}. ${advice}`);
  };
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
  const genes = new Map<string, number>();
  for (let gene = 0; gene < space.genes; gene++) genes.set(space.nameOf(gene), gene);
  const genome = Float64Array.from(space.origin);
  file.changes.forEach(([name, from, to], i) => {
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
        'The genome was made from another start.',
      );
    }
    if (to < space.low[gene]! || to > space.high[gene]!) {
      refuse(
        `changes[${i}][2]`,
        `a value in [${space.low[gene]}, ${space.high[gene]}]`,
        String(to),
        'Widen the range of the genome spec or correct the value.',
      );
    }
    genome[gene] = to;
  });
  const hash = genomeHash(genome);
  if (hash !== file.hash) {
    refuse('hash', hash, file.hash, 'Take the true one over if you changed the file on purpose.');
  }
  return genome;
}
