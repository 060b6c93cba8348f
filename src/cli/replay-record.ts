import { extname, resolve } from 'node:path';
import { InvalidArgumentError } from '@commander-js/extra-typings';
import { genomeFromFile, type OpenedRun } from '../evolve/opened-run.js';
import {
  type LifeRecording,
  type LifeRecordingRequest,
  recordable,
  recordLife,
} from '../inspect/recording.js';
import { recordingTable } from '../inspect/tables/recording.js';
import { watchedNetwork } from '../inspect/watched-lives.js';
import { pictureFormats } from '../picture/surface.js';
import { recordingFigure } from '../report/figures/recording.js';
import { recordableReport, recordingReport } from '../report/recording.js';
import { type TableFormat, tableFormats } from '../report/tables/formats.js';
import { UsageError } from '../spec/errors.js';
import { replaceFile } from '../store/files.js';
import { drawInto } from './draw-into.js';
import { notice, print } from './output.js';
import { printReport } from './print-report.js';

export interface RecordOptions {
  record?: string[] | undefined;
  every?: number | undefined;
  window?: readonly [number, number] | undefined;
  scenario?: string | undefined;
  from?: string | undefined;
  untrained?: true | undefined;
  output?: string | undefined;
  json?: true | undefined;
}

/** Two times, such as 1000,2000. */
export const windowOf = (text: string): readonly [number, number] => {
  const times = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [from, to] = times as [number, number];
  if (times.length === 2 && from >= 0 && to > from && to < Number.POSITIVE_INFINITY) return [from, to];
  throw new InvalidArgumentError('Expected two times in ms, the earlier first, such as 1000,2000.');
};

const endings = [...pictureFormats, ...Object.keys(tableFormats)].map((name) => `.${name}`);

/** The ending of a recording's file, known before any life is lived. */
function endingOf(file: string): string {
  const ending = extname(file).toLowerCase();
  if (endings.includes(ending)) return ending.slice(1);
  throw new UsageError(
    `-o: expected a file that ends in ${endings.join(', ')}, found "${file}". The ending says how it is written.`,
  );
}

/** Refuses options that say how a life is recorded where none is. */
export function refuseWithoutRecord({ record, ...options }: RecordOptions): void {
  if (record !== undefined) return;
  const given = (['every', 'window', 'scenario', 'from', 'untrained'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (given === undefined) return;
  throw new UsageError(
    `--${given} goes with --record: it says which life is recorded, or when. Leave it out.`,
  );
}

/** Whose life is recorded. */
function livingOf({ from, untrained }: RecordOptions, opened: OpenedRun) {
  if (from !== undefined && untrained) {
    throw new UsageError('--untrained and --from both say who lives: leave one of the two out.');
  }
  if (from !== undefined) return { life: from, genome: genomeFromFile(from, opened.habitat) };
  return untrained
    ? { life: 'untrained start', genome: opened.habitat.space.start }
    : { life: 'champion', genome: opened.champion };
}

async function write(file: string, recording: LifeRecording, title: string): Promise<void> {
  const ending = endingOf(file);
  if (Object.hasOwn(tableFormats, ending)) {
    replaceFile(resolve(file), await tableFormats[ending as TableFormat].bytes(recordingTable(recording)));
    return;
  }
  const { scenario, score, timesMs } = recording;
  const about = `${scenario}, score ${score.toFixed(3)}; ${timesMs.length} samples, n = 1 life`;
  await drawInto(file, () => recordingFigure(title, about, recording));
}

/** Records quantities of one life into a file, or lists what there is. */
export async function recordReplay(opened: OpenedRun, options: RecordOptions): Promise<void> {
  const { run } = opened.stored.manifest;
  const { life, genome } = livingOf(options, opened);
  const { record = [], output, every: everyMs, window, scenario } = options;
  if (record.length === 1 && record[0] === 'list') {
    const quantities = recordable(watchedNetwork(opened, genome), opened.habitat);
    printReport(recordableReport(run, quantities), options.json);
    return;
  }
  if (output === undefined) {
    throw new UsageError(`--record: say where it goes, with -o FILE that ends in ${endings.join(', ')}.`);
  }
  endingOf(output);
  const request: LifeRecordingRequest = { record, genome, scenario, everyMs, window };
  const recording = recordLife(opened, request);
  const { dtMs } = opened.habitat.embodied.network;
  if (recording.resolutionMs > Math.max(dtMs, everyMs ?? 0)) {
    notice(
      `Samples are taken at ends of intervals of ${recording.resolutionMs} ms, because watching each step of ${dtMs} ms would ` +
        'change the life in its last digits.',
    );
  }
  await write(output, recording, `${run}: ${life}`);
  printReport(recordingReport({ run, life, file: output }, recording), options.json);
  if (!options.json) print(`file     ${output}`);
}
