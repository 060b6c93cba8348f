import { liveBatch } from './batch.js';
import { openHabitat } from './habitat.js';
import { LifetimeRunner } from './lifetime.js';
import { decodeHabitat, decodeJob, encodeRefusal, encodeResults } from './wire.js';

// A thread's stdout is the program's, where results alone go.
console.log = console.error;

/** A batch of lives for a thread, as `encodeJob` writes it, and where they are lived. */
export interface ThreadJob {
  habitat: SentBytes;
  job: Uint8Array;
}

/** The bytes of a habitat, which all threads share, by their SHA-256. */
export interface SentBytes {
  hash: string;
  bytes: SharedArrayBuffer;
}

/** How many habitats a thread keeps open; beyond that, the one that was used longest ago is opened again when needed. */
const mostOpen = 16;

/** Runners by the hash of their habitat, the one that was used longest ago first; or why there is none. */
const opened = new Map<string, Promise<LifetimeRunner | string>>();

async function openRunner(bytes: SharedArrayBuffer): Promise<LifetimeRunner | string> {
  try {
    // A copy: what is opened is this thread's own.
    const { setup, prepared } = decodeHabitat(new Uint8Array(bytes).slice());
    return new LifetimeRunner(await openHabitat(setup, prepared));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `A worker could not open the habitat: ${reason}`;
  }
}

function runnerIn({ hash, bytes }: SentBytes): Promise<LifetimeRunner | string> {
  const runner = opened.get(hash) ?? openRunner(bytes);
  opened.delete(hash);
  opened.set(hash, runner);
  if (opened.size > mostOpen) opened.delete(opened.keys().next().value!);
  return runner;
}

/** A thread's entry: a habitat is opened when the first job comes that is lived there; results go back. */
export default async function work({ habitat, job }: ThreadJob): Promise<Uint8Array> {
  const runner = await runnerIn(habitat);
  if (typeof runner === 'string') return encodeRefusal(runner);
  const began = performance.now();
  const results = liveBatch(runner, decodeJob(job));
  return encodeResults({ results, ms: performance.now() - began });
}
