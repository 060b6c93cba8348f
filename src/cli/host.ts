import type { EvaluatorHost } from '../evolve/evaluators/evaluator.js';
import { localHost } from '../evolve/evaluators/local.js';
import { type RedisAddress, redisAddress } from '../evolve/evaluators/queue/address.js';
import { queueHost } from '../evolve/evaluators/queue/queue.js';
import { programVersion } from '../evolve/run.js';
import { UsageError } from '../spec/errors.js';
import { workersFrom } from './options.js';

/** The address that `--redis` gives. Where a password stands in it, lists of processes are kept from showing it. */
export function addressFrom(given: string | true | undefined): RedisAddress {
  const address = redisAddress(given === true ? undefined : given);
  if (typeof given === 'string' && address.password !== undefined) process.title = 'baldwin';
  return address;
}

export interface HostOptions {
  workers?: number | undefined;
  redis?: string | true | undefined;
}

/**
 * Where the lives of a command are lived: on this machine, or on the workers at a Redis. Whoever asks closes it.
 * @param serves what is lived, for people who look at the queue
 * @throws UsageError for options that do not go together, UserError where no Redis answers
 */
export async function hostFrom(
  { workers, redis }: HostOptions,
  serves: string,
  onNotice: (message: string) => void,
): Promise<EvaluatorHost> {
  if (redis === undefined) return localHost(workersFrom(workers), onNotice);
  if (workers !== undefined) {
    throw new UsageError(
      '--workers: with --redis, lives are lived by the workers there, which have threads of their own: leave one of the two out.',
    );
  }
  return queueHost({ address: addressFrom(redis), program: programVersion, serves, onNotice });
}
