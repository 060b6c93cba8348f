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

const meanOr0 = (values: readonly number[]) => (values.length === 0 ? 0 : mean(values));

/** Familiar less novel, over their sum; 0 where neither drives the network. */
function preferenceIn(tests: readonly Test[]): number {
  const rate = (of: boolean) =>
    meanOr0(tests.filter(({ familiar }) => familiar === of).map(({ rateHz }) => rateHz));
  const [familiar, novel] = [rate(true), rate(false)];
  return familiar + novel === 0 ? 0 : (familiar - novel) / (familiar + novel);
}

/** What is said of the tests of a life; 0 where it did not come to any. */
export function testMeasures(tests: readonly Test[]) {
  const rates = (of: boolean) => tests.filter(({ familiar }) => familiar === of).map(({ rateHz }) => rateHz);
  const last = tests.at(-1)?.pair;
  return {
    rateFamiliar: meanOr0(rates(true)),
    rateNovel: meanOr0(rates(false)),
    preference: preferenceIn(tests),
    preferenceLast: preferenceIn(tests.filter(({ pair }) => pair === last)),
  };
}
