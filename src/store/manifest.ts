import { existsSync } from 'node:fs';
import { LowSync } from 'lowdb';
import { z } from 'zod';
import { UserError } from '../spec/errors.js';
import { parseJson, readTextFile } from '../spec/json-file.js';
import { validate } from '../spec/validate.js';
import { SyncedJsonFile } from './json-adapter.js';

/** Raised when the same spec gives another result than before, so that no run goes on under another meaning. */
export const resultsVersion = 5;

const best = z.strictObject({
  step: z.int(),
  index: z.int(),
  score: z.number(),
  objective: z.number(),
  violation: z.number().optional().describe('how far beyond the run’s limits its life was, where it was'),
});
export type Best = z.output<typeof best>;

const ancestor = z.strictObject({
  run: z.string().describe('name of the run that it branched from'),
  step: z.int().describe('steps of that run that it begins with'),
  evaluations: z.int().describe('lifetimes in those steps'),
  outcome: z.string().describe('outcome hash of that run'),
  changed: z
    .array(z.strictObject({ field: z.string(), from: z.unknown(), to: z.unknown() }))
    .describe('fields of the spec that differ from here on; null where there is none'),
  anew: z.boolean().describe('whether scores from here on measure something else than those before'),
});

const lineageSchema = ancestor.extend({
  earlier: z.array(ancestor).optional().describe('where that run branched itself, the latest first'),
});
/** Where a run branched from another. */
export type Lineage = z.output<typeof lineageSchema>;

const manifestSchema = z.strictObject({
  format: z.literal('baldwin-run-record/1'),
  run: z.string(),
  program: z.string().describe('version of the program that made the run'),
  resultsVersion: z.int(),
  status: z
    .enum(['running', 'interrupted', 'finished', 'failed'])
    .describe('failed: it broke off with an error, or no life in it had a score'),
  started: z.string(),
  updated: z.string(),
  spec: z.record(z.string(), z.unknown()).describe('the resolved spec'),
  lineage: lineageSchema.optional().describe('absent where the run began by itself'),
  hashes: z.record(z.string(), z.string()).describe('SHA-256 of what determines the outcome'),
  progress: z.strictObject({ steps: z.int(), evaluations: z.int(), best: best.nullable() }),
  /** What the start scored, chance and ceiling: beside every score stands what it is to be compared with. */
  reference: z.record(z.string(), z.unknown()),
  result: z.record(z.string(), z.unknown()).nullable(),
});

export type Manifest = z.output<typeof manifestSchema>;

/** The run's manifest as it stands on disk; the whole file is rewritten, beside, synced and renamed, at each write. */
export class ManifestFile {
  private readonly db: LowSync<Manifest>;

  constructor(path: string, manifest: Manifest) {
    this.db = new LowSync(new SyncedJsonFile<Manifest>(path), manifest);
  }

  get value(): Readonly<Manifest> {
    return this.db.data;
  }

  update(change: Partial<Manifest>): void {
    Object.assign(this.db.data, change, { updated: new Date().toISOString() });
    try {
      this.db.write();
    } catch (error) {
      throw new UserError(`the run's manifest cannot be written: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}

/** Reads and checks a manifest. Its faults are a failure of the run, not of the user's command. */
export function readManifest(path: string): Manifest {
  if (!existsSync(path)) {
    throw new UserError(`${path}: there is no such file, so its folder is not a run.`);
  }
  try {
    const raw = parseJson(readTextFile(path, 'manifest'), path, 'manifest');
    const format = (raw as { format?: unknown } | null)?.format;
    if (typeof format === 'string' && format !== 'baldwin-run-record/1') {
      throw new UserError(
        `${path}: format: made by another version: expected "baldwin-run-record/1", found "${format}". ` +
          'Use the version of Baldwin that made the run.',
      );
    }
    return validate(manifestSchema, raw, { source: path }, 'run manifest');
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.message, { cause: error }) : error;
  }
}
