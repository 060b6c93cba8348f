import type { Habitat } from '../../../evaluate/habitat.js';
import type { LifetimeResult } from '../../../evaluate/lives.js';
import { decodeResults } from '../../../evaluate/wire.js';
import { UserError } from '../../../spec/errors.js';
import { sha256 } from '../../../spec/sha256.js';
import { encodeCode } from '../../../store/sent-code.js';
import { type BatchLimits, BatchSizes } from '../batch-sizes.js';
import { batchOf, type Evaluator, type EvaluatorHost, type Life } from '../evaluator.js';
import { liveInBatches } from '../isolate.js';
import { habitatBytes } from '../sent-habitat.js';
import { type Asked, Coordinator, type QueueOptions } from './coordinator.js';
import { encodeLives } from './sent-lives.js';

/**
 * A job costs milliseconds on its way, so it lasts much longer where there is enough to do. Where a step has few lives,
 * jobs are smaller, so that every worker gets some; below the shortest they would cost more than they save.
 */
export const jobLimits: BatchLimits = { shortestMs: 25, longestMs: 1000 };

/** What workers need in order to live in a habitat. */
async function needsOf(habitat: Habitat): Promise<Pick<Asked, 'habitat' | 'code'>> {
  const bytes = habitatBytes(habitat);
  const { name, module } = habitat.setup.task;
  return {
    habitat: { hash: sha256(bytes), bytes },
    code: module && { name, sha256: module.sha256, bytes: await encodeCode(module) },
  };
}

function queueEvaluator(
  habitat: Habitat,
  coordinator: Coordinator,
  onDeath: (message: string) => void,
): Evaluator {
  // Where no worker is there yet, as for one: those who come find work.
  const sizes = new BatchSizes(jobLimits, () => Math.max(1, coordinator.threads));
  const owner = Symbol('evaluator');
  let closed = false;
  let needs: ReturnType<typeof needsOf> | undefined;

  async function attempt(lives: readonly Life[], from: number, to: number): Promise<LifetimeResult[]> {
    needs ??= needsOf(habitat);
    const job = encodeLives(batchOf(lives, from, to));
    const sent = await needs;
    if (closed) throw new UserError('The run has ended.');
    const bytes = await coordinator.ask({ ...sent, owner, lives: to - from, job });
    const { results, ms } = decodeResults(bytes);
    sizes.learn(to - from, ms);
    return results;
  }

  return {
    get workers() {
      return coordinator.threads;
    },
    evaluate: (lives, onLived) =>
      liveInBatches({ attempt, onDeath, onLived }, lives, (left) => sizes.next(left)),
    close: async () => {
      closed = true;
      await coordinator.withdraw(owner);
    },
  };
}

/**
 * Lives on any number of machines: whoever feeds from the queue at a Redis (`serveQueue`). Results are the same, to the bit,
 * as in this thread.
 * @throws UserError where no Redis answers, or it cannot hold the queue
 */
export async function queueHost(options: QueueOptions): Promise<EvaluatorHost> {
  const coordinator = await Coordinator.open(options);
  const onDeath = (message: string) =>
    options.onNotice?.(`A worker died (${message}); its work is done again.`);
  return {
    get workers() {
      return coordinator.threads;
    },
    evaluatorOf: (habitat) => queueEvaluator(habitat, coordinator, onDeath),
    close: () => coordinator.close(),
    abandon: () => coordinator.abandon(),
  };
}
