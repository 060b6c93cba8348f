import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError, UserError } from '../spec/errors.js';
import type { Snapshot } from '../strategies/strategy.js';
import { decodeSnapshot, encodeSnapshot } from './binary.js';
import { AppendFile, readPart, replaceFile } from './files.js';
import { decodeGenome, encodeGenome } from './genome-record.js';
import { lockHolder, takeLock } from './lock.js';
import { findNamed } from './lookup.js';
import { type Best, type Manifest, ManifestFile, readManifest, resultsVersion } from './manifest.js';
import { eliteBytes, eliteReference, readSteps, type StepRecord } from './steps.js';
import { isStudyFolder, studyFiles } from './study-store.js';

/** The files of a run. Those of the first group hold nothing that differs between two runs of the same spec. */
export const runFiles = {
  steps: 'steps.jsonl',
  elites: 'elites.bin',
  champion: 'champion.json',
  connectome: 'connectome.json',
  manifest: 'run.json',
  snapshot: 'snapshot.bin',
  branch: 'branch.bin',
  timings: 'timings.jsonl',
  lock: 'lock',
} as const;

export interface StoredSnapshot {
  /** The next step to ask for. */
  step: number;
  strategy: Snapshot;
}

/** A run on disk, read only. */
export class StoredRun {
  readonly manifest: Manifest;
  readonly records: readonly StepRecord[];
  readonly notices: readonly string[];
  private elitesData: Buffer | undefined;

  /** Whether a folder holds a run. */
  static exists(folder: string): boolean {
    return existsSync(join(folder, runFiles.manifest));
  }

  constructor(readonly folder: string) {
    const manifest = readManifest(join(folder, runFiles.manifest));
    const { records, notices } = readSteps(join(folder, runFiles.steps), join(folder, runFiles.elites));
    this.records = records;
    // Where steps that it recorded are gone, what it came to is of another state.
    this.manifest = records.length < manifest.progress.steps ? { ...manifest, result: null } : manifest;
    const { resultsVersion: theirs } = this.manifest;
    this.notices =
      theirs === resultsVersion
        ? notices
        : [
            ...notices,
            `made with results version ${theirs}, and this program's is ${resultsVersion}: lives that are lived again may differ from what the run recorded.`,
          ];
  }

  /** running, interrupted (also when its process is gone), finished, or failed. */
  get status(): Manifest['status'] {
    const status = statusOf(this.folder, this.manifest);
    // Steps that it recorded are gone: a resume makes them again.
    const isWhole = this.records.length >= this.manifest.progress.steps;
    return status === 'finished' && !isWhole ? 'interrupted' : status;
  }

  /** The connectome that the run was made with, as text. */
  connectomeText(): string {
    return readPart(join(this.folder, runFiles.connectome)).toString('utf8');
  }

  /** A stored genome of a step. @param rank 0 for the step's best */
  elite(step: number, rank: number, start: Readonly<Float64Array>): Float64Array {
    this.elitesData ??= readFileSync(join(this.folder, runFiles.elites));
    const reference = this.records[step]?.elites[rank];
    const bytes = reference && eliteBytes(this.elitesData, reference);
    if (!bytes)
      throw new UserError(`${this.folder}: the genome of rank ${rank} in step ${step} is not stored.`);
    return decodeGenome(bytes, start);
  }

  /** The genome of a candidate that is among the stored ones of its step. */
  genomeOf({ step, index }: Pick<Best, 'step' | 'index'>, start: Readonly<Float64Array>): Float64Array {
    const rank = this.records[step]?.elites.findIndex((elite) => elite.index === index) ?? -1;
    if (rank < 0)
      throw new UserError(`${this.folder}: the genome of candidate ${index} in step ${step} is not stored.`);
    return this.elite(step, rank, start);
  }
}

function statusOf(folder: string, manifest: Manifest): Manifest['status'] {
  if (manifest.status !== 'running') return manifest.status;
  return lockHolder(join(folder, runFiles.lock)) ? 'running' : 'interrupted';
}

/** A run on disk that this process writes; it holds the run's lock until it is closed. */
export class RunWriter {
  private constructor(
    readonly folder: string,
    private readonly release: () => void,
    private readonly manifestFile: ManifestFile,
    private readonly steps: AppendFile,
    private readonly elites: AppendFile,
    private readonly timings: AppendFile,
  ) {}

  /** @param connectomeText undefined where there is no connectome */
  static create(folder: string, manifest: Manifest, connectomeText: string | undefined): RunWriter {
    mkdirSync(folder, { recursive: true });
    const file = (name: keyof typeof runFiles) => join(folder, runFiles[name]);
    const release = takeLock(file('lock'), `The run ${manifest.run}`);
    try {
      if (connectomeText !== undefined) replaceFile(file('connectome'), connectomeText);
      const manifestFile = new ManifestFile(file('manifest'), manifest);
      const appended = (['steps', 'elites', 'timings'] as const).map((name) => new AppendFile(file(name)));
      manifestFile.update({});
      return new RunWriter(folder, release, manifestFile, appended[0]!, appended[1]!, appended[2]!);
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Begins a run with the history of another. The manifest comes last: until then there is no run.
   * @param state the strategy's, after that history
   */
  static branch(
    folder: string,
    manifest: Manifest,
    connectomeText: string | undefined,
    { steps, elites, timings }: RunHistory,
    state: StoredSnapshot,
  ): RunWriter {
    const file = (name: keyof typeof runFiles) => join(folder, runFiles[name]);
    const release = takeLock(file('lock'), `The run ${manifest.run}`);
    try {
      if (connectomeText !== undefined) replaceFile(file('connectome'), connectomeText);
      const bytes = encodeSnapshot({ ...state });
      for (const [name, data] of [
        ['steps', steps],
        ['elites', elites],
        ['timings', timings],
        ['branch', bytes],
        ['snapshot', bytes],
      ] as const)
        replaceFile(file(name), data);
      const [ofSteps, ofElites, ofTimings] = (
        [
          ['steps', steps],
          ['elites', elites],
          ['timings', timings],
        ] as const
      ).map(([name, data]) => new AppendFile(file(name), data.length));
      const manifestFile = new ManifestFile(file('manifest'), manifest);
      manifestFile.update({});
      return new RunWriter(folder, release, manifestFile, ofSteps!, ofElites!, ofTimings!);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Takes over a run that exists; half-written records at its end are cut off. */
  static reopen(folder: string): {
    writer: RunWriter;
    records: StepRecord[];
    notices: string[];
    seconds: number;
    reused: number;
  } {
    const file = (name: keyof typeof runFiles) => join(folder, runFiles[name]);
    const manifest = readManifest(file('manifest'));
    if (manifest.resultsVersion !== resultsVersion) {
      throw new UserError(
        `The run ${manifest.run} was made by Baldwin ${manifest.program} with results version ` +
          `${manifest.resultsVersion}, and this program's is ${resultsVersion}: it cannot go on as it began. ` +
          'Show, inspect and score it here, go on with the program that made it, or start a new run.',
      );
    }
    const release = takeLock(file('lock'), `The run ${manifest.run}`);
    try {
      const stored = readSteps(file('steps'), file('elites'));
      const timings = existsSync(file('timings')) ? readFileSync(file('timings'), 'utf8') : '';
      const whole = timings.slice(0, timings.lastIndexOf('\n') + 1);
      const writer = new RunWriter(
        folder,
        release,
        new ManifestFile(file('manifest'), manifest),
        new AppendFile(file('steps'), stored.stepsBytes),
        new AppendFile(file('elites'), stored.elitesBytes),
        existsSync(file('timings'))
          ? new AppendFile(file('timings'), Buffer.byteLength(whole))
          : new AppendFile(file('timings')),
      );
      return {
        writer,
        records: stored.records,
        notices: stored.notices,
        seconds: secondsOf(whole),
        reused: reusedOf(whole),
      };
    } catch (error) {
      release();
      throw error;
    }
  }

  get manifest(): Readonly<Manifest> {
    return this.manifestFile.value;
  }

  update(change: Partial<Manifest>): void {
    this.manifestFile.update(change);
  }

  /**
   * Records a step. Genomes go first, so that a record never refers to what is not there.
   * @param elites the step's best, best first
   */
  appendStep(
    step: Omit<StepRecord, 'elites'>,
    elites: readonly { index: number; genome: Readonly<Float64Array> }[],
    start: Readonly<Float64Array>,
    { seconds, reused = 0 }: Timing,
  ): StepRecord {
    const at = this.elites.length;
    let next = at;
    const encoded = elites.map(({ index, genome }) => {
      const record = encodeGenome(genome, start);
      const reference = eliteReference(index, next, record);
      next += record.length;
      return { record, reference };
    });
    const whole: StepRecord = { ...step, elites: encoded.map(({ reference }) => reference) };
    this.elites.append(Buffer.concat(encoded.map(({ record }) => record)));
    this.steps.append(`${JSON.stringify(whole)}\n`);
    const known = reused > 0 ? { reused } : {};
    this.timings.append(`${JSON.stringify({ step: step.step, ...known, seconds })}\n`);
    return whole;
  }

  /**
   * Takes down the state of the strategy before `step`, which may go on from there.
   * @returns stores it; the records up to there are made safe first
   */
  takeSnapshot({ step, strategy }: StoredSnapshot): () => void {
    const bytes = encodeSnapshot({ step, strategy });
    return () => {
      this.elites.sync();
      this.steps.sync();
      replaceFile(join(this.folder, runFiles.snapshot), bytes);
    };
  }

  /** The last snapshot, or undefined where there is none that can be read. */
  loadSnapshot = (): StoredSnapshot | undefined => readSnapshot(this.folder, 'snapshot');

  /** Of a branch, the state that it began with. */
  loadBranchPoint = (): StoredSnapshot | undefined => readSnapshot(this.folder, 'branch');

  writeFile(name: string, data: string | Uint8Array): string {
    const path = join(this.folder, name);
    replaceFile(path, data);
    return path;
  }

  close(): void {
    for (const file of [this.steps, this.elites, this.timings]) file.close();
    this.release();
  }
}

/** A stored state of a run's strategy; undefined where there is none that can be read. */
export function readSnapshot(folder: string, name: 'snapshot' | 'branch'): StoredSnapshot | undefined {
  const path = join(folder, runFiles[name]);
  if (!existsSync(path)) return undefined;
  return decodeSnapshot(readFileSync(path)) as unknown as StoredSnapshot | undefined;
}

/** What a run did so far, as bytes of whole records. */
export interface RunHistory {
  steps: Buffer;
  elites: Buffer;
  timings: Buffer;
}

/** What a step cost, which is another on every machine. */
export interface Timing {
  seconds: number;
  /** Candidates whose result was known, so that they were not lived; none where absent. */
  reused?: number;
}

/** Candidates that a run's timings say were not lived, since their results were known. */
export const reusedOf = (timings: string): number =>
  [...timings.matchAll(/"reused":(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);

/** Seconds that a run's timings say it took. */
export function secondsOf(timings: string): number {
  let total = 0;
  for (const line of timings.split('\n')) {
    // A loss of power may leave anything in a file that is never made safe; nothing depends on what it held.
    const seconds = Number(/"seconds":([0-9.]+)\}$/.exec(line)?.[1]);
    if (Number.isFinite(seconds)) total += seconds;
  }
  return total;
}

export interface RunSummary {
  folder: string;
  manifest: Manifest;
  status: Manifest['status'];
}

/** Every run in a folder, newest last, and the folders that hold none that can be read. */
export function listRuns(root: string): {
  runs: RunSummary[];
  unreadable: { folder: string; reason: string }[];
} {
  const runs: RunSummary[] = [];
  const unreadable: { folder: string; reason: string }[] = [];
  for (const name of runNames(root)) {
    const folder = join(root, name);
    try {
      const manifest = readManifest(join(folder, runFiles.manifest));
      runs.push({ folder, manifest, status: statusOf(folder, manifest) });
    } catch (error) {
      unreadable.push({ folder, reason: (error as Error).message });
    }
  }
  runs.sort((a, b) => (a.manifest.started < b.manifest.started ? -1 : 1));
  return { runs, unreadable };
}

function refuseFile(root: string): void {
  if (existsSync(root) && !statSync(root).isDirectory())
    throw new UsageError(
      `${root}: expected the folder of the runs, found a file. Name a folder with --runs.`,
    );
}

/** Names of the runs in a folder, studies' own aside. */
export function runNames(root: string): string[] {
  if (!existsSync(root)) return [];
  refuseFile(root);
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, runFiles.manifest)))
    .map((entry) => entry.name)
    .sort();
}

/**
 * The folder of a run: its name, the start of a name that fits one run only, `latest`, or a path. The run of a study is
 * named after it, `STUDY/ARM-sSEED`.
 */
export function findRun(root: string, name: string): string {
  if (StoredRun.exists(name)) return resolve(name);
  const [study, ...rest] = name.split('/');
  if (rest.length > 0 && study !== undefined && isStudyFolder(join(root, study))) {
    return findRun(join(root, study, studyFiles.runs), rest.join('/'));
  }
  if (isStudyFolder(join(root, name))) {
    throw new UsageError(
      `"${name}" is a study: name one of its runs, as ${name}/ARM-sSEED ("baldwin study show ${name}").`,
    );
  }
  return findNamed(
    { what: 'run', root, names: runNames(root), record: runFiles.manifest },
    name,
    () => listRuns(root).runs.at(-1)?.folder,
  );
}

/** A folder for a new run: the name wanted, or with a number behind it where that is taken. */
export function newRunFolder(root: string, name: string): { run: string; folder: string } {
  const refuse = (folder: string, error: unknown): never => {
    throw new UserError(`${folder}: cannot make the run's folder: ${(error as Error).message}.`, {
      cause: error,
    });
  };
  refuseFile(root);
  try {
    mkdirSync(root, { recursive: true });
  } catch (error) {
    refuse(resolve(root), error);
  }
  for (let number = 1; ; number++) {
    const run = number === 1 ? name : `${name}-${number}`;
    const folder = resolve(root, run);
    try {
      mkdirSync(folder);
      return { run, folder };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') refuse(folder, error);
    }
  }
}

/** Takes away a new run's folder when the run could not begin. */
export function discardRun(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
