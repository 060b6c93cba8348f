/** Trials that keep to one rule, and what happens where one block of them follows another. */
export interface TrialBlocks<Outcome> {
  /** `[blocks]` trials of each */
  lengths: readonly number[];
  /** Called before the first trial of each block but the first. */
  change?(block: number): void;
  live(block: number): Outcome;
}

/** Lives trials one after the other, block by block; what they came to, in their order. */
export function trialLoop<Outcome>({ lengths, change, live }: TrialBlocks<Outcome>): Outcome[] {
  const outcomes: Outcome[] = [];
  lengths.forEach((length, block) => {
    if (block > 0) change?.(block);
    for (let trial = 0; trial < length; trial++) outcomes.push(live(block));
  });
  return outcomes;
}
