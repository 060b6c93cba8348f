import { endianness } from 'node:os';
import { wireVersion } from '../../../evaluate/wire.js';
import { UsageError } from '../../../spec/errors.js';
import { resultsVersion } from '../../../store/manifest.js';

/** What must be the same on both sides of the queue, so that a life has the same result wherever it is lived. */
export interface Door {
  /** Version of the program, for people to read. */
  program: string;
  results: number;
  wire: number;
  /** Of the engine that runs a user's own code: what it leaves to the engine may change with it. */
  v8: string;
}

/**
 * Processors that are known to give the same bits. WebAssembly and JavaScript compute in IEEE 754 on all of them, and
 * typed arrays cross as they lie in memory, which is little-endian.
 */
const sameBits = ['x64', 'arm64'];

/**
 * @throws UsageError on a machine of which it is not known that it gives the same results as others
 */
export function refuseOtherPlatforms(arch: string = process.arch, order: string = endianness()): void {
  if (sameBits.includes(arch) && order === 'LE') return;
  throw new UsageError(
    `Lives are shared only among processors that are known to give the same results to the bit: expected ${sameBits.join(' or ')}, ` +
      `found ${arch} (${order === 'LE' ? 'little' : 'big'}-endian). Live on this machine alone, without --redis.`,
  );
}

export const ownDoor = (program: string): Door => ({
  program,
  results: resultsVersion,
  wire: wireVersion,
  v8: process.versions.v8.split('.').slice(0, 2).join('.'),
});

/**
 * The queue of jobs that whoever came through the same door may take; jobs with code of the user's have one of their own.
 * So no worker is ever handed what it must not live.
 */
export const queueName = ({ results, wire, v8 }: Door, withCode: boolean): string =>
  `results${results}-wire${wire}${withCode ? `-code-v8-${v8}` : ''}`;

const version = ({ program, results, wire }: Door) =>
  `results version ${results} and wire version ${wire} (Baldwin ${program})`;

/**
 * Why a worker cannot live the jobs of a run, in words; undefined where it can.
 * @param code names of the modules that the run brings
 */
export function whyUnfit(
  run: Door,
  code: readonly string[],
  worker: Door & { allowsCode: boolean },
): string | undefined {
  if (worker.results !== run.results || worker.wire !== run.wire) {
    return `it has ${version(worker)}, the run needs ${version(run)}: install the same version of Baldwin on both sides`;
  }
  if (code.length === 0) return undefined;
  if (!worker.allowsCode) {
    return `the run brings code of its own (${code.join(', ')}), which the worker was not allowed to run: start it with --allow-code`;
  }
  return worker.v8 === run.v8
    ? undefined
    : `the run brings code of its own (${code.join(', ')}), which is known to give the same results under one version of V8 only: the worker has ${worker.v8}, the run ${run.v8}: use the same Node on both sides`;
}
