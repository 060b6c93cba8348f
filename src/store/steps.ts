import { z } from 'zod';
import { UserError } from '../spec/errors.js';
import { sha256 } from '../spec/sha256.js';
import { readPart } from './files.js';

const numbers = z.array(z.number().nullable());

const livedResult = z.strictObject({
  /** Why it failed, where it did. */
  reason: z.string().optional(),
  score: z.number().nullable(),
  energy: z.number().nullable(),
  measures: z.record(z.string(), z.number().nullable()),
  behaviour: z.record(z.string(), z.number().nullable()),
});

/** The result of a life that was lived; null stands for what is no finite number. */
export type LivedResult = z.output<typeof livedResult>;

const stepSchema = z.strictObject({
  step: z.int(),
  /** Scores from here on measure something else: no earlier best stands beside them. */
  anew: z.literal(true).optional(),
  /** Lifetimes of the run up to and including this step. */
  evaluations: z.int(),
  /** One value a candidate; null where it failed. */
  score: numbers,
  /** The first objective, which ranks candidates. */
  objective: numbers,
  /** All objectives in their order, the first among them, where there are several. */
  objectives: z.array(z.strictObject({ name: z.string(), values: numbers })).optional(),
  /** How far lives were beyond each of the run's limits, in their order, where there are any. */
  constraints: z.array(numbers).optional(),
  measures: z.record(z.string(), numbers),
  /** The task's behaviour measures and the energy, where the strategy is told them. */
  behaviour: z.record(z.string(), numbers).optional(),
  /** Why candidates failed, by index. */
  failed: z.record(z.string(), z.string()).optional(),
  /**
   * Candidates that did not pass the hurdle, by index: their score in the part of a life that they lived. They have no other
   * score, objective or measure.
   */
  fell: z.record(z.string(), z.number().nullable()).optional(),
  /** Candidates that the strategy wanted to live a part of a life only: what they reached is nobody's best. */
  partly: z.array(z.int()).optional(),
  /** What was lived, by the key under which it is remembered, where candidates that are alike share results. */
  lived: z.array(z.tuple([z.string(), livedResult])).optional(),
  /** The step's best genomes: where they stand in the elites file, with the start of their SHA-256. */
  elites: z.array(
    z.strictObject({ index: z.int(), at: z.int(), bytes: z.int(), sha256: z.string().length(16) }),
  ),
});

/** What was told to the strategy in one step: with the snapshot before it, enough to go on from here. */
export type StepRecord = z.output<typeof stepSchema>;

export interface StoredSteps {
  records: StepRecord[];
  /** Bytes of the steps file that hold whole records. */
  stepsBytes: number;
  /** Bytes of the elites file that these records refer to. */
  elitesBytes: number;
  /** What was dropped, in words; empty where nothing was. */
  notices: string[];
}

const shortHash = (bytes: Uint8Array) => sha256(bytes).slice(0, 16);

export function eliteReference(index: number, at: number, record: Buffer): StepRecord['elites'][number] {
  return { index, at, bytes: record.length, sha256: shortHash(record) };
}

/** The stored bytes of an elite, checked. */
export function eliteBytes(
  elites: Buffer,
  { at, bytes, sha256: hash }: StepRecord['elites'][number],
): Buffer | undefined {
  const record = elites.subarray(at, at + bytes);
  return record.length === bytes && shortHash(record) === hash ? record : undefined;
}

/**
 * Reads every whole step. What a kill or a loss of power left half-written at the end is dropped, with a notice: it is
 * evaluated again. Damage before the end is an error.
 */
export function readSteps(stepsPath: string, elitesPath: string): StoredSteps {
  const data = readPart(stepsPath);
  const elites = readPart(elitesPath);
  const records: StepRecord[] = [];
  const notices: string[] = [];
  let at = 0;
  let elitesEnd = 0;
  while (at < data.length) {
    const newline = data.indexOf(10, at);
    const last = newline === -1 || newline === data.length - 1;
    const problem = ((): string | undefined => {
      if (newline === -1) return 'it is cut short';
      let value: unknown;
      try {
        value = JSON.parse(data.toString('utf8', at, newline));
      } catch {
        return 'it is not JSON';
      }
      const parsed = stepSchema.safeParse(value);
      if (!parsed.success) return `it is not a step record (${parsed.error.issues[0]?.path.join('.')})`;
      if (parsed.data.step !== records.length) {
        return `it holds step ${parsed.data.step} where step ${records.length} belongs`;
      }
      for (const elite of parsed.data.elites) {
        if (eliteBytes(elites, elite) === undefined) return 'its elite genomes are missing or damaged';
      }
      elitesEnd = Math.max(elitesEnd, ...parsed.data.elites.map(({ at: start, bytes }) => start + bytes));
      records.push(parsed.data);
      return undefined;
    })();
    if (problem !== undefined) {
      if (!last && !tailIsLost(data, newline)) {
        throw new UserError(
          `${stepsPath}: line ${records.length + 1} is damaged: ${problem}. The ${records.length} steps before it ` +
            'are intact: delete that line and all after it to resume from there.',
        );
      }
      notices.push(`The record of step ${records.length} was dropped: ${problem}. It is evaluated again.`);
      break;
    }
    at = newline + 1;
  }
  return { records, stepsBytes: at, elitesBytes: elitesEnd, notices };
}

/** After a loss of power a file's end can be zeros: no record follows them. */
function tailIsLost(data: Buffer, from: number): boolean {
  return data.subarray(from).every((byte) => byte === 0 || byte === 10);
}
