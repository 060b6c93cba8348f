import { decodeFrame, encodeFrame } from '../../../spec/binary.js';

/** What the engine keeps of a job: little, since its bytes are kept apart. */
export interface JobTicket {
  /** Which batch it is, whatever the attempt. */
  batch: string;
  attempt: number;
  coordinator: string;
  /** What it serves, for the worker's lines. */
  serves: string;
  habitat: string;
  /** The user's module that its task is, where it is one. */
  code: string | null;
  lives: number;
}

/** What a worker answers. */
export interface Answer {
  batch: string;
  attempt: number;
  worker: string;
  /**
   * `lived`: results or a refusal of the habitat, as a thread wrote them. `died`: the thread died. `missing`: something that
   * the job needs could not be had. `refused`: no other worker could do it either.
   */
  outcome: 'lived' | 'died' | 'missing' | 'refused';
  reason?: string;
  results?: Uint8Array;
}

const format = 'baldwin-answer/1';

export const encodeAnswer = (answer: Answer): Buffer =>
  Buffer.from(encodeFrame({ format, ...answer }, { sealed: false }).buffer);

/** Undefined for bytes that are no answer of this version: they are as good as none. */
export function decodeAnswer(bytes: Uint8Array): Answer | undefined {
  const answer = decodeFrame(bytes, { sealed: false }) as (Answer & { format?: unknown }) | undefined;
  return answer?.format === format ? answer : undefined;
}

/** The engine takes no colons in a job's name. A name that was used before would be dropped without a word. */
export const jobName = ({ batch, attempt }: Pick<JobTicket, 'batch' | 'attempt'>) => `${batch}.${attempt}`;
