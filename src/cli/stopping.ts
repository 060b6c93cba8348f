import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EvaluatorHost } from '../evolve/evaluators/evaluator.js';
import { notice } from './output.js';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type StopSignal = (typeof stopSignals)[number];

/** How long a program that ends at once says goodbye to others. */
const longestGoodbyeMs = 1000;

/** As shells count them: 130 for Ctrl-C, 143 for SIGTERM. */
export const exitCodeOf = (signal: StopSignal): number => 128 + constants.signals[signal];

/** Work was ended between two of its parts, as a signal asked. */
export class Stopped extends Error {
  constructor(readonly signal: StopSignal) {
    super(`stopped by ${signal}`);
  }
}

/**
 * Ctrl-C, SIGTERM and SIGHUP as people expect them: the first asks the work to stop, the second ends the program at once.
 * @param onFirst told of the first; `end` where there is nothing to wait for, so that it counts as the second
 * @param onSecond told of the second, and waited for a moment
 * @param work is given a question: the signal that asked it to stop, or undefined where none did
 */
export async function hearingStops<Result>(
  onFirst: () => 'end' | undefined,
  onSecond: () => Promise<void> | undefined,
  work: (asked: () => StopSignal | undefined) => Promise<Result>,
): Promise<Result> {
  let asked: StopSignal | undefined;
  const stop = (signal: NodeJS.Signals) => {
    const isLast = asked !== undefined || onFirst() === 'end';
    asked ??= signal as StopSignal;
    if (!isLast) return;
    const left = Promise.resolve(onSecond()).catch(() => {});
    void Promise.race([left, sleep(longestGoodbyeMs)]).then(() =>
      process.exit(exitCodeOf(signal as StopSignal)),
    );
  };
  for (const signal of stopSignals) process.on(signal, stop);
  try {
    return await work(() => asked);
  } finally {
    for (const signal of stopSignals) process.off(signal, stop);
  }
}

/** Says what a stop waits for; there is no waiting where nobody is there to live. */
function stopping(workers: number): 'end' | undefined {
  if (workers === 0) {
    notice('No worker is there to finish the life under way: the program ends at once.');
    return 'end';
  }
  notice(`Stopping after the ${workers === 1 ? 'life' : 'lives'} under way. Once more stops at once.`);
  return undefined;
}

/**
 * Work that leaves nothing behind until it is done: the first signal ends it after the lives under way.
 * @param work calls `goOn` after each life, which throws Stopped where it was asked to stop
 * @param host where the lives are lived; in this thread where absent
 */
export const untilStopped = <Result>(
  work: (goOn: () => void) => Promise<Result>,
  host?: EvaluatorHost,
): Promise<Result> =>
  hearingStops(
    () => stopping(host?.workers ?? 1),
    () => host?.abandon?.(),
    (asked) =>
      work(() => {
        const signal = asked();
        if (signal !== undefined) throw new Stopped(signal);
      }),
  );
