import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { type Bits, dense } from '../classification/patterns.js';
import { numbered } from '../classification/ports.js';
import { mostOf, rest, show } from '../classification/presentation.js';
import { couple, portsOf } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { teach } from '../protocol/teach.js';
import type { Controller } from '../task.js';
import { answers } from './circuit.js';
import type { Options } from './options.js';
import { emptyTrace, type RecognitionTrace } from './trace.js';

export interface Presented {
  pattern: Bits;
  seen: boolean;
}

/** Draws a stream: each pattern that came first so many presentations ago comes again now with probability 1/2. */
export function streamOf(
  { bits, presentations }: Pick<Options, 'bits' | 'presentations'>,
  delay: number,
  random: RandomStream,
): Presented[] {
  const stream: Presented[] = [];
  for (let i = 0; i < presentations; i++) {
    const before = stream[i - delay];
    const again = random.integer(2) === 1 && before !== undefined && !before.seen;
    stream.push(
      again ? { pattern: before.pattern, seen: true } : { pattern: dense(random, bits), seen: false },
    );
  }
  return stream;
}

/** What a life is to be. */
export interface LifePlan {
  settings: Options;
  body: Readonly<Record<string, number>>;
  delay: number;
}

const drawn = ({ settings, delay }: LifePlan, seed: string) =>
  streamOf(settings, delay, RandomStream.from(deriveSeed(seed, 'continual-familiarity')));

/** Lives a stream. */
export function livePatterns(plan: LifePlan, seed: string, controller: Controller, trace?: RecognitionTrace) {
  const { bits, presentationMs, gapMs } = plan.settings;
  const tosses = RandomStream.from(deriveSeed(seed, 'continual-familiarity tosses'));
  controller.reset(seed);
  const { network } = controller;
  const body = { ...plan.body, ...controller.body };
  const presenting = {
    coupling: couple(controller, portsOf(...numbered('bit', bits)), portsOf(...answers)),
    inputs: bits,
    presentationMs,
    gapMs,
    teacher: 0,
  };
  const lived = trace ?? emptyTrace();
  for (const { pattern, seen } of drawn(plan, seed)) {
    const spikes = show(presenting, { pattern });
    const answered = mostOf(spikes, tosses) === 0;
    if (network) teach(network, { DA: answered === seen ? body.daRight! : body.daWrong! });
    note(lived, {
      seen: seen ? 1 : 0,
      answered: answered ? 1 : 0,
      seenSpikes: spikes[0]!,
      novelSpikes: spikes[1]!,
    });
    rest(presenting);
  }
  return lived;
}

/** The same stream as it is answered by whoever remembers every pattern. */
export function liveRemembering(plan: LifePlan, seed: string): RecognitionTrace {
  const lived = emptyTrace();
  for (const { seen } of drawn(plan, seed)) {
    const answer = seen ? 1 : 0;
    note(lived, { seen: answer, answered: answer, seenSpikes: 0, novelSpikes: 0 });
  }
  return lived;
}
