import { z } from 'zod';
import type { GenomeSpace } from '../genome/space.js';
import { UsageError } from '../spec/errors.js';
import { decodeGenome, encodeGenome } from '../store/genome-record.js';
import { Bounds } from '../strategies/bounds.js';
import type { Beginning } from '../strategies/strategy.js';
import { USUAL_SHARE, USUAL_SPREAD } from '../strategies/warm-start.js';

/** Solutions of earlier runs. There may be many of many genes, and a run's record is read often: genomes stand in few letters. */
export const warmStartSchema = z
  .strictObject({
    share: z
      .number()
      .positive()
      .max(1)
      .default(USUAL_SHARE)
      .describe("which share of each earlier run's genomes, the best, is taken"),
    spread: z
      .number()
      .positive()
      .max(1e6)
      .default(USUAL_SPREAD)
      .describe(
        'how far about each of them is promising, in first deviations of a cold start: alpha of WS-CMA-ES, there 0.1 of a range',
      ),
    most: z.int().min(2).max(100_000).default(100).describe('how many genomes of a run are taken at most'),
    from: z.array(z.string()).default([]).describe('names of the runs that they are of'),
    solutions: z
      .array(
        z.strictObject({
          score: z.number().describe('the first objective there'),
          genome: z
            .base64()
            .describe('as elites are stored: what differs from the start, or all coordinates'),
        }),
      )
      .default([])
      .describe('what the search begins from; --warm-start fills it'),
  })
  .describe('the best genomes of earlier runs, from which the strategy begins');

export type WarmStartField = z.output<typeof warmStartSchema>;

/** A genome as a run's record tells it. */
export const asText = (genome: Readonly<Float64Array>, { start }: Pick<GenomeSpace, 'start'>): string =>
  encodeGenome(genome, start).toString('base64');

function genomeIn(text: string, { start }: Pick<GenomeSpace, 'start'>): Float64Array | undefined {
  try {
    return decodeGenome(Buffer.from(text, 'base64'), start);
  } catch {
    return undefined;
  }
}

/**
 * What a run begins from, as it records it.
 * @throws UsageError where a genome is none of its space
 */
export function beginningIn(
  { solutions: told, spread }: WarmStartField,
  space: Pick<GenomeSpace, 'start' | 'low' | 'high' | 'levels' | 'genes' | 'nameOf'>,
  source: string,
): Beginning {
  const bounds = new Bounds(space);
  const solutions = told.map(({ score, genome: text }, i) => {
    const refuse = (expected: string, found: unknown): never => {
      throw new UsageError(
        `${source}: warmStart.solutions[${i}].genome: expected ${expected}, found ${found}. "--warm-start RUN" writes it.`,
      );
    };
    const genome = genomeIn(text, space);
    if (genome === undefined) return refuse('a genome in base64', 'other bytes');
    if (genome.length !== space.genes) refuse(`${space.genes} genes`, genome.length);
    const unfit = genome.findIndex(Number.isNaN);
    const gene = unfit >= 0 ? unfit : bounds.firstOutside(genome);
    if (gene >= 0) {
      const range = `[${space.low[gene]}, ${space.high[gene]}]`;
      refuse(`a value of ${space.nameOf(gene)} in ${range}`, genome[gene]);
    }
    return { genome, score };
  });
  return { solutions, spread };
}

/** @throws UsageError where a run is to begin from solutions that it does not have */
export function checkWarmStart(field: WarmStartField, space: GenomeSpace, source: string): void {
  const { length } = beginningIn(field, space, source).solutions;
  if (length >= 2) return;
  throw new UsageError(
    `${source}: warmStart.solutions: expected two or more, found ${length}. "--warm-start RUN" takes those of an earlier run.`,
  );
}
