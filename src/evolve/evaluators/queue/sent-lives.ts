import type { Batch } from '../../../evaluate/batch.js';
import { encodeJob, mannerOf, type SentManner, sentManner, wireVersion } from '../../../evaluate/wire.js';
import { decodeFrame, encodeFrame } from '../../../spec/binary.js';
import { UserError } from '../../../spec/errors.js';

const format = `baldwin-lives/${wireVersion}`;

/** Genomes as what differs from the first one, gene by gene. */
interface SentLives extends SentManner {
  format: string;
  first: Float64Array;
  /** `[lives]` how many genes of each differ. */
  counts: Int32Array;
  /** One life after the other. */
  genes: Int32Array;
  values: Float64Array;
}

/** A gene that differs takes its number beside its value. */
const bytesOfDifference = 12;

/** What differs from the first genome; undefined where that is no less than everything. */
function differences(genomes: Batch['genomes']) {
  const [first] = genomes;
  const most = ((genomes.length - 1) * first!.length * 8) / bytesOfDifference;
  const counts = new Int32Array(genomes.length);
  const genes: number[] = [];
  const values: number[] = [];
  for (const [life, genome] of genomes.entries()) {
    const before = genes.length;
    for (let gene = 0; gene < genome.length; gene++) {
      // To the bit: -0 is not 0.
      if (Object.is(genome[gene], first![gene])) continue;
      genes.push(gene);
      values.push(genome[gene]!);
    }
    counts[life] = genes.length - before;
    // Of a search that draws all genes anew, the first two tell.
    if (genes.length > most || (life === 1 && 2 * genes.length > first!.length)) return undefined;
  }
  return { first: first!, counts, genes: Int32Array.from(genes), values: Float64Array.from(values) };
}

/**
 * Lives as they cross to another machine. Genomes of one population often share most of their genes, and a network is slow
 * beside memory: then only differences cross.
 */
export function encodeLives(batch: Batch): Uint8Array {
  const thin = batch.genomes.length > 1 ? differences(batch.genomes) : undefined;
  if (!thin) return encodeJob(batch);
  const sent: SentLives = {
    ...{ format, ...thin, first: Float64Array.from(thin.first) },
    ...sentManner(batch),
  };
  return encodeFrame(sent, { sealed: false });
}

/**
 * The same lives as a job for a thread, in memory of its own.
 * @throws UserError for bytes that are no lives of this version
 */
export function jobOfLives(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const sent = decodeFrame(bytes, { sealed: false }) as SentLives | undefined;
  if (sent === undefined) throw new UserError('The lives of a job arrived damaged.');
  // What is no list of differences is a job as it is: whether of this version, the thread tells.
  if (sent.format !== format) return Uint8Array.from(bytes);
  const { first, counts, genes, values } = sent;
  let next = 0;
  const genomes = Array.from(counts, (count) => {
    const genome = Float64Array.from(first);
    for (const end = next + count; next < end; next++) genome[genes[next]!] = values[next]!;
    return genome;
  });
  return encodeJob({ genomes, ...mannerOf(sent) });
}
