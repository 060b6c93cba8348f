import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LowSync } from 'lowdb';
import { z } from 'zod';
import { UserError } from '../spec/errors.js';
import { parseJson, readTextFile } from '../spec/json-file.js';
import { validate } from '../spec/validate.js';
import { replaceFile } from './files.js';
import { SyncedJsonFile } from './json-adapter.js';
import { lockHolder, takeLock } from './lock.js';
import { findNamed } from './lookup.js';
import { resultsVersion } from './manifest.js';

/** The files of a study, beside the folder of its runs. */
export const studyFiles = {
  record: 'study.json',
  runs: 'runs',
  lock: 'lock',
  report: 'report.json',
  runsTable: 'runs.csv',
  curvesTable: 'curves.csv',
  picture: 'study.png',
} as const;

const armSchema = z.strictObject({
  name: z.string(),
  about: z.string(),
  set: z.record(z.string(), z.unknown()),
  budget: z.record(z.string(), z.unknown()).nullable(),
  control: z.string().nullable(),
  animal: z.string().nullable(),
  levels: z.record(z.string(), z.string()).optional().describe('by factor, its level'),
  hash: z.string().describe('outcome hash of its run on the first seed'),
  settings: z.string().describe('hash of what its runs have in common on every seed'),
});

const recordSchema = z.strictObject({
  format: z.literal('baldwin-study-record/1'),
  study: z.string(),
  program: z.string(),
  resultsVersion: z.int(),
  status: z.enum(['running', 'interrupted', 'finished']),
  started: z.string(),
  updated: z.string(),
  source: z.string().describe('where the study came from'),
  spec: z.record(z.string(), z.unknown()).describe('the study as it was given, its base included'),
  recorded: z.boolean().describe('whether its base is the record of a run'),
  seeds: z.array(z.int()),
  arms: z.array(armSchema),
  failed: z.record(z.string(), z.string()).describe('runs that could not begin or broke off, and why'),
});

export type StudyRecord = z.output<typeof recordSchema>;
export type RecordedArm = z.output<typeof armSchema>;
export type StudyStatus = StudyRecord['status'];

/** The name of a run's folder within its study. */
export const runNameOf = (arm: string, seed: number): string => `${arm}-s${seed}`;

/** The folder of a study's run. */
export const runFolderOf = (study: string, arm: string, seed: number): string =>
  join(study, studyFiles.runs, runNameOf(arm, seed));

export const isStudyFolder = (folder: string): boolean => existsSync(join(folder, studyFiles.record));

/** Reads and checks a study's record. */
export function readStudyRecord(folder: string): StudyRecord {
  const path = join(folder, studyFiles.record);
  if (!existsSync(path)) throw new UserError(`${path}: there is no such file, so its folder is not a study.`);
  try {
    return validate(
      recordSchema,
      parseJson(readTextFile(path, 'study'), path, 'study'),
      { source: path },
      'study',
    );
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.message, { cause: error }) : error;
  }
}

/** running, interrupted (also when its process is gone), or finished. */
export function studyStatus(folder: string, record: Readonly<StudyRecord>): StudyStatus {
  if (record.status !== 'running') return record.status;
  return lockHolder(join(folder, studyFiles.lock)) ? 'running' : 'interrupted';
}

/** A study on disk that this process carries out; it holds the study's lock until it is closed. */
export class StudyWriter {
  private constructor(
    readonly folder: string,
    private readonly release: () => void,
    private readonly db: LowSync<StudyRecord>,
  ) {}

  private static open(folder: string, record: () => StudyRecord): StudyWriter {
    const release = takeLock(join(folder, studyFiles.lock), `The study ${folder}`);
    try {
      const path = join(folder, studyFiles.record);
      return new StudyWriter(folder, release, new LowSync(new SyncedJsonFile<StudyRecord>(path), record()));
    } catch (error) {
      release();
      throw error;
    }
  }

  static create(folder: string, record: StudyRecord): StudyWriter {
    const writer = StudyWriter.open(folder, () => record);
    try {
      mkdirSync(join(folder, studyFiles.runs), { recursive: true });
      writer.update({});
    } catch (error) {
      writer.close();
      throw error;
    }
    return writer;
  }

  /** Takes over a study that exists. @throws UserError where its results mean something else in this program */
  static reopen(folder: string): StudyWriter {
    const writer = StudyWriter.open(folder, () => readStudyRecord(folder));
    const { study, program, resultsVersion: theirs } = writer.record;
    if (theirs === resultsVersion) return writer;
    writer.close();
    throw new UserError(
      `The study ${study} was made by Baldwin ${program} with results version ${theirs}, and this program's is ` +
        `${resultsVersion}: it cannot go on as it began. Show it here, or go on with the program that made it.`,
    );
  }

  get record(): Readonly<StudyRecord> {
    return this.db.data;
  }

  update(change: Partial<StudyRecord>): void {
    Object.assign(this.db.data, change, { updated: new Date().toISOString() });
    this.db.write();
  }

  close(): void {
    this.release();
  }
}

/** Writes a file into a study's folder, beside and renamed. @returns its path */
export function writeStudyFile(folder: string, name: string, data: string): string {
  const path = join(folder, name);
  replaceFile(path, data);
  return path;
}

export interface StudySummary {
  folder: string;
  record: StudyRecord;
  status: StudyStatus;
}

/** Names of the studies in a folder. */
export const studyNames = (root: string): string[] =>
  existsSync(root)
    ? readdirSync(root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && isStudyFolder(join(root, entry.name)))
        .map(({ name }) => name)
        .sort()
    : [];

/** Every study in a folder, newest last, and those that cannot be read. */
export function listStudies(root: string): {
  studies: StudySummary[];
  unreadable: { folder: string; reason: string }[];
} {
  const studies: StudySummary[] = [];
  const unreadable: { folder: string; reason: string }[] = [];
  for (const name of studyNames(root)) {
    const folder = resolve(root, name);
    try {
      const record = readStudyRecord(folder);
      studies.push({ folder, record, status: studyStatus(folder, record) });
    } catch (error) {
      unreadable.push({ folder, reason: (error as Error).message });
    }
  }
  studies.sort((a, b) => (a.record.started < b.record.started ? -1 : 1));
  return { studies, unreadable };
}

/** The folder of a study: its name, the start of a name that fits one study only, `latest`, or a path. */
export function findStudy(root: string, name: string): string {
  if (isStudyFolder(name)) return resolve(name);
  const newest = () => listStudies(root).studies.at(-1)?.folder;
  return findNamed({ what: 'study', root, names: studyNames(root), record: studyFiles.record }, name, newest);
}
