import type { ArenaName } from './arena.js';
import type { Search } from './measures.js';

/** A life search by search, for drawing. */
export interface NavigationTrace {
  arena: ArenaName;
  /** `[2]` where the reward is first, and where it is or would be moved to: x, y */
  goals: (readonly [number, number])[];
  /** Trials before it is moved; as many as there are where it stays. */
  moved: number;
  searches: (Search & {
    /** Which of the goals is rewarded. */
    goal: number;
    /** Every 50 ms, from the start to the end of the search. */
    x: number[];
    y: number[];
  })[];
}

export const emptyNavigationTrace = (): NavigationTrace => ({
  arena: 'disc',
  goals: [],
  moved: 0,
  searches: [],
});
