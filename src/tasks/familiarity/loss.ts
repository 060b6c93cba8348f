import { exp } from '../../math/exponential.js';
import { mean } from '../../math/statistics.js';

/** A test: how it is scored, and the mean rate and loss of its steps. */
export interface Test {
  familiar: boolean;
  /** Number of its pair. */
  pair: number;
  rateHz: number;
  loss: number;
}

/** Above this, the loss of a novel pattern is above 1, Hz. */
const worstNovelHz = 100;

/**
 * What a step of a test loses: with a familiar pattern as the rate is below `familiarHz`, with a novel one as it is above
 * `novelHz`; 1 where familiar patterns leave the network silent, or novel ones drive it at 100 Hz (Confavreux et al. 2025).
 */
export function stepLoss(
  rateHz: number,
  familiar: boolean,
  { familiarHz, novelHz }: { familiarHz: number; novelHz: number },
): number {
  return familiar
    ? Math.max(0, 1 - rateHz / familiarHz)
    : Math.max(0, (rateHz - novelHz) / (worstNovelHz - novelHz));
}

/** The loss of a life whose cells fell silent or exploded. */
export const lossOfLost = (lostMs: number, durationMs: number): number => 42 + exp(-lostMs / durationMs);

/** Mean rate while familiar, or novel, patterns are tested; 0 where none was. */
function rateOf(tests: readonly Test[], familiar: boolean): number {
  const rates = tests.filter((test) => test.familiar === familiar).map(({ rateHz }) => rateHz);
  return rates.length === 0 ? 0 : mean(rates);
}

/** Familiar less novel, over their sum; 0 where neither drives the network. */
function preferenceIn(tests: readonly Test[]): number {
  const [familiar, novel] = [rateOf(tests, true), rateOf(tests, false)];
  return familiar + novel === 0 ? 0 : (familiar - novel) / (familiar + novel);
}

/** What is said of the tests of a life; 0 where it did not come to any. */
export function testMeasures(tests: readonly Test[]) {
  const last = tests.at(-1)?.pair;
  return {
    rateFamiliar: rateOf(tests, true),
    rateNovel: rateOf(tests, false),
    preference: preferenceIn(tests),
    preferenceLast: preferenceIn(tests.filter(({ pair }) => pair === last)),
  };
}
