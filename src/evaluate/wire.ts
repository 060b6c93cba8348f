/**
 * What an evaluator and whoever lives for it tell each other, as bytes: another thread today, another machine as well.
 * Every message is a frame that names its format and version. Modules cross as bytes, by the hash of their text.
 */
import { decodeFrame, encodeFrame, Rows } from '../spec/binary.js';
import { UserError } from '../spec/errors.js';
import type { Batch, BatchReport } from './batch.js';
import type { LifetimeSetup, Prepared } from './habitat.js';
import type { LifetimeResult } from './lives.js';

/** Raised when a message of this file changes, so that two programs which would misread each other refuse at once. */
export const wireVersion = 3;

const formats = {
  habitat: `baldwin-habitat/${wireVersion}`,
  job: `baldwin-job/${wireVersion}`,
  results: `baldwin-results/${wireVersion}`,
  refusal: `baldwin-refusal/${wireVersion}`,
} as const;
type FormatName = keyof typeof formats;

type Message = Uint8Array<ArrayBuffer>;

const written = (what: FormatName, content: object): Message =>
  encodeFrame({ format: formats[what], ...content }, { sealed: false });

/**
 * Why there are no results, and would be none of any other job. It is a message, since errors lose their names where they
 * cross to another thread.
 */
export const encodeRefusal = (reason: string): Message => written('refusal', { reason });

/** @throws UserError for bytes that are no message, a refusal, or one of a format that this program does not know */
function read<Content>(what: FormatName, bytes: Uint8Array): Content {
  const wanted = formats[what];
  const message = decodeFrame(bytes, { sealed: false }) as
    | (Content & { format?: unknown })
    | null
    | undefined;
  if (message === undefined) {
    throw new UserError(
      `Expected a message "${wanted}", found ${bytes.length} bytes that are no whole message: it was cut short, or comes from another program.`,
    );
  }
  if (message?.format === formats.refusal) {
    throw new UserError((message as unknown as { reason: string }).reason);
  }
  if (message?.format !== wanted) {
    throw new UserError(
      `Expected a message "${wanted}", found the format ${JSON.stringify(message?.format)}. Run the same version of Baldwin on both sides.`,
    );
  }
  return message;
}

/** What a worker needs in order to live. */
export interface SentHabitat {
  setup: LifetimeSetup;
  prepared: Prepared;
}

export const encodeHabitat = ({ setup, prepared }: SentHabitat): Message =>
  written('habitat', { setup, modules: [...prepared.modules] });

/** @throws UserError for bytes that are no habitat of this version */
export function decodeHabitat(bytes: Uint8Array): SentHabitat {
  const { setup, modules } = read<{ setup: LifetimeSetup; modules: [string, Uint8Array][] }>(
    'habitat',
    bytes,
  );
  return { setup, prepared: { modules: new Map(modules) } };
}

/** What a job says of its lives beside their genomes, as it crosses. */
export interface SentManner {
  seeds: readonly string[];
  repeats: Int32Array;
  from?: Int32Array;
  /** 1 where a life is traced. */
  traced: Uint8Array;
}

export const sentManner = ({ seeds, repeats, from, traced }: Batch): SentManner => ({
  seeds,
  repeats: Int32Array.from(repeats),
  ...(from ? { from: Int32Array.from(from) } : {}),
  traced: Uint8Array.from(traced, Number),
});

export const mannerOf = ({ seeds, repeats, from, traced }: SentManner): Omit<Batch, 'genomes'> => ({
  seeds,
  repeats: [...repeats],
  ...(from ? { from: [...from] } : {}),
  traced: Array.from(traced, (flag) => flag === 1),
});

/** Genomes are written one after the other, without being joined before. */
export const encodeJob = (batch: Batch): Message =>
  written('job', { genomes: new Rows(batch.genomes), ...sentManner(batch) });

/**
 * The genomes are views of the bytes where these are aligned.
 * @throws UserError for bytes that are no job of this version
 */
export function decodeJob(bytes: Uint8Array): Batch {
  const { genomes, ...manner } = read<{ genomes: Float64Array } & SentManner>('job', bytes);
  const { seeds } = manner;
  const genes = genomes.length / seeds.length;
  return {
    genomes: seeds.map((_, life) => genomes.subarray(life * genes, (life + 1) * genes)),
    ...mannerOf(manner),
  };
}

/** Names of the quantities of a result: lives of one task have the same. */
interface Shape {
  measures: string[];
  behaviour: string[];
}

interface Columns {
  /** Each kind of result once. */
  shapes: Shape[];
  /** `[lifetimes]` number of the result's shape */
  shape: Int32Array;
  /** `[lifetimes]` 1 where it failed */
  failed: Uint8Array;
  /** Reasons, by the number of the lifetime. */
  reasons: [life: number, reason: string][];
  /** Of one lifetime after the other: score, energy, measures, behaviour. */
  numbers: Float64Array;
  /** Of the lifetimes that were traced, by number. */
  traces: [life: number, trace: unknown][];
  ms: number;
}

function columnsOf({ results, ms }: BatchReport): Columns {
  const shapes: Shape[] = [];
  const numbers: number[] = [];
  const shape = new Int32Array(results.length);
  const known = new Map<string, number>();
  results.forEach(({ score, energy, measures, behaviour }, life) => {
    const names: Shape = { measures: Object.keys(measures), behaviour: Object.keys(behaviour) };
    const key = JSON.stringify(names);
    if (!known.has(key)) known.set(key, shapes.push(names) - 1);
    shape[life] = known.get(key)!;
    numbers.push(score, energy, ...Object.values(measures), ...Object.values(behaviour));
  });
  return {
    shapes,
    shape,
    failed: Uint8Array.from(results, ({ status }) => (status === 'failed' ? 1 : 0)),
    reasons: results.flatMap(({ reason }, life) => (reason === undefined ? [] : [[life, reason]])),
    numbers: Float64Array.from(numbers),
    traces: results.flatMap(({ trace }, life) => (trace === undefined ? [] : [[life, trace]])),
    ms,
  };
}

/** Results column by column, so that every number crosses to the bit: NaN, -0 and infinities too. */
export const encodeResults = (report: BatchReport): Message => written('results', columnsOf(report));

/** @throws UserError for bytes that are no results of this version, and for a refusal with its reason */
export function decodeResults(bytes: Uint8Array): BatchReport {
  const { shapes, shape, failed, reasons, numbers, traces, ms } = read<Columns>('results', bytes);
  const because = new Map(reasons);
  const drawn = new Map(traces);
  let next = 0;
  const take = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, numbers[next++]!]));
  const results = Array.from(shape, (number, life): LifetimeResult => {
    const [score, energy] = [numbers[next++]!, numbers[next++]!];
    const { measures, behaviour } = shapes[number]!;
    const reason = because.get(life);
    return {
      status: failed[life] === 1 ? 'failed' : 'ok',
      ...(reason === undefined ? {} : { reason }),
      score,
      measures: take(measures),
      behaviour: take(behaviour),
      energy,
      ...(drawn.has(life) ? { trace: drawn.get(life) } : {}),
    };
  });
  return { results, ms };
}
