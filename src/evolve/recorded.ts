import { z } from 'zod';
import { UserError } from '../spec/errors.js';
import { validate } from '../spec/validate.js';
import type { Manifest } from '../store/manifest.js';
import type { ReferenceScores, RunResult, Validation } from './run-result.js';

/** A figure of a life that failed is no number: null in JSON. */
const figure = z.union([z.number(), z.nan(), z.null()]).transform((value) => value ?? Number.NaN);
const measures = z.record(z.string(), figure);
const spread = z.looseObject({ mean: figure, sd: figure, n: z.number() });
const fresh = spread.extend({ about: z.string() });
const ceiling = z.looseObject({ score: z.number(), about: z.string() });

const referenceSchema = z.looseObject({
  untrained: z.looseObject({ score: figure, measures, fresh }),
  // In runs made before there were tasks without one, it was always a random policy.
  chance: spread.extend({ about: z.string().default('a random policy') }),
  ceiling,
  heldOutCeiling: ceiling.optional(),
});

const best = z.looseObject({ step: z.int(), index: z.int(), score: z.number(), objective: z.number() });
const validationSchema = z.looseObject({
  about: z.string(),
  lives: z.number(),
  finalists: z.array(z.looseObject({ best, score: spread, objective: figure, violation: figure.optional() })),
});

const resultSchema = z.looseObject({
  stopReason: z.string(),
  best: z
    .looseObject({
      score: z.number(),
      fresh,
      measures,
      genesChanged: z.number(),
      l2: z.number(),
      hash: z.string(),
    })
    .nullable(),
  validation: validationSchema.optional(),
});

/** A part of a manifest, checked: someone may have edited it. Its faults are the run's, not the command's. */
function checked(manifest: Readonly<Manifest>, field: 'reference' | 'result', schema: z.ZodType): unknown {
  try {
    return validate(schema, manifest[field], { source: `run ${manifest.run}`, at: [field] }, 'run manifest');
  } catch (error) {
    throw new UserError((error as Error).message, { cause: error });
  }
}

/** What stands beside the scores of a stored run. */
export const referenceOf = (manifest: Readonly<Manifest>) =>
  checked(manifest, 'reference', referenceSchema) as ReferenceScores;

/** How a stored run ended; null while it has not. */
export const resultOf = (manifest: Readonly<Manifest>) =>
  checked(manifest, 'result', resultSchema.nullable()) as Omit<RunResult, 'path'> | null;

const endSchema = z.looseObject({ validation: validationSchema.optional() }).nullable();

/** What a stored run's validation came to, whatever else its end says; undefined where there was none. */
export const validationOf = (manifest: Readonly<Manifest>) =>
  (checked(manifest, 'result', endSchema) as { validation?: Validation } | null)?.validation;
