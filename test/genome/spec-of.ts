import { type GenomeSpec, genomeSpecSchema } from '../../src/genome/spec.js';

export type SpecChange = Partial<GenomeSpec['genes'][number]>;

/** A genome spec with some fields of its gene group changed. */
export function specOf(change: SpecChange = {}): GenomeSpec {
  return genomeSpecSchema.parse({
    format: 'genome-spec/1',
    name: 'test',
    about: 'made up for a test',
    genes: [
      {
        quantity: 'synapse-weight',
        grouping: 'each',
        unit: 'connections',
        range: [-40, 40],
        prior: [-20, 20],
        ...change,
      },
    ],
  });
}
