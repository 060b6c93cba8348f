import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src/evaluate/batch.js';
import { decodeJob, encodeJob } from '../../src/evaluate/wire.js';
import { encodeLives, jobOfLives } from '../../src/evolve/evaluators/queue/sent-lives.js';
import { UserError } from '../../src/spec/errors.js';

const batchOf = (genomes: Float64Array[]): Batch => ({
  genomes,
  seeds: genomes.map((_, life) => `seed ${life}`),
  repeats: genomes.map((_, life) => 1 + life),
  traced: genomes.map((_, life) => life % 2 === 1),
});

/** Values whose bits are easily lost. */
const value = fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY));

describe('lives that cross to another machine', () => {
  it('arrive as the job that they were, to the bit', () => {
    const change = fc.record({ life: fc.nat(5), gene: fc.nat(11), value });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 12, maxLength: 12 }),
        fc.array(change, { maxLength: 90 }),
        fc.integer({ min: 1, max: 6 }),
        (first, changes, lives) => {
          const genomes = Array.from({ length: lives }, () => Float64Array.from(first));
          for (const { life, gene, value: changed } of changes)
            if (life < lives) genomes[life]![gene] = changed;
          const batch = batchOf(genomes);
          const job = jobOfLives(encodeLives(batch));
          expect(Buffer.from(job).equals(Buffer.from(encodeJob(batch)))).toBe(true);
          expect(decodeJob(job)).toEqual(decodeJob(encodeJob(batch)));
        },
      ),
    );
  });

  it('are few bytes where genomes share most of their genes, and no more than they are where they share none', () => {
    const one = Float64Array.from({ length: 3682 }, (_, gene) => gene / 7);
    const near = batchOf(
      Array.from({ length: 20 }, (_, life) =>
        Float64Array.from(one, (gene, i) => (i % 40 === life ? -gene : gene)),
      ),
    );
    expect(encodeJob(near).length / encodeLives(near).length).toBeGreaterThan(5);
    const far = batchOf(
      Array.from({ length: 20 }, (_, life) => Float64Array.from(one, (gene) => gene + life)),
    );
    expect(encodeLives(far).length).toBe(encodeJob(far).length);
  });

  it('are refused where they arrive damaged', () => {
    const bytes = encodeLives(batchOf([new Float64Array(9), new Float64Array(9)]));
    expect(() => jobOfLives(bytes.subarray(0, bytes.length - 1))).toThrow(UserError);
  });
});
