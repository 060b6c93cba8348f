import type { Spread } from '../../math/statistics.js';
import type { Effect } from '../effect.js';
import type { PathPoint } from './elimination.js';
import type { UnitKind } from './units.js';

/** What fresh lives lose by one step: the mean difference of pairs of lives with the same seed. */
export interface FreshLoss {
  effect: number;
  /** With 95 % the intervals of all steps that were tried hold at once. */
  low: number;
  high: number;
  /** Lives whose score differs at all. */
  differing: number;
  /** Lives that failed after the step; they are left out. */
  failed: number;
}

/** Where a change stands in an order. */
export interface Place {
  /** 1 goes back first. */
  place: number;
  /** Whether it is among the fewest that keep the gain. */
  kept: boolean;
}

/** What one change is worth: how much the score falls when it alone goes back to its start. Shares are of the gain, NaN without one. */
export interface ChangeEffect {
  name: string;
  /** Genes of it that changed. */
  genes: number;
  /** Of a single gene, in its own unit: at the start and now. */
  start?: number;
  value?: number;
  trained: Place & { effect: number; share: number };
  fresh: Place & FreshLoss & { share: number };
}

/** The fewest changes along an order that keep the gain, and what they keep. */
export interface KeptChanges {
  changes: number;
  genes: number;
  names: string[];
  trained: { score: number; share: number };
  /** On the fresh lives that had no part in choosing them, with the 95 % interval of the share; NaN where the gain there is not clear. */
  fresh: Spread & { share: number; shareLow: number; shareHigh: number };
  /** The control: mean shares that sets of as many changes keep that are drawn at random. */
  random: { sets: number; trainedShare: number; freshShare: number };
}

/** How changes went back in the order that loses least. */
export interface OrderFound {
  /** Whether one change went back in each round; otherwise those that lost nothing together. */
  oneByOne: boolean;
  /** The share of those left that went back in each round at the least; 0: no such share. */
  leastShare: number;
  /** The first to go back first. */
  names: string[];
  /** From all changes to none. */
  path: PathPoint[];
  /** Null where there is no gain to keep. */
  kept: KeptChanges | null;
}

/** Losses by several steps in the space of genes, each taken alone. */
export interface Losses {
  /** Median loss on the trained life, and how many lose anything there. */
  trainedMedian: number;
  trainedLosing: number;
  /** Median of the mean losses on fresh lives, and how many lose clearly. */
  freshMedian: number;
  freshLosing: number;
}

/** What of a gain each change carries that evolution made. */
export interface Attribution {
  by: UnitKind;
  /** Changes: units of which at least one gene differs from the start. */
  tried: number;
  /** Genes that differ from the start. */
  genes: number;
  /** The share of the gain that is to be kept. */
  keep: number;
  /** The lifetime that made the champion the best: one, so that there are no intervals. */
  trained: {
    champion: number;
    untrained: number;
    gain: number;
    /** Changes that lose nothing when they alone go back. */
    hitchHikers: number;
    /** The most changes that go back together, along the order, without losing anything. */
    freeTogether: number;
    order: OrderFound;
  };
  fresh: {
    about: string;
    champion: Spread;
    untrained: Spread;
    gain: Effect;
    /** Changes whose loss is clear, those without which the score is clearly higher, and those that cannot be told from 0. */
    carriers: number;
    harmful: number;
    undecided: number;
    /** Lives by which the number of changes was chosen, and the first of them, by which the order was found. */
    choosing: { lives: number; orderLives: number };
    /** Its path is on the fresh lives. */
    order: OrderFound;
    /** The path of the trained life's order, on the fresh lives. */
    trainedPath: PathPoint[];
  };
  changes: ChangeEffect[];
  /**
   * Losses by putting changes back, and as a control by moving as many weights that evolution left alone by the same steps;
   * null where changes are not of single weights, or too few were left alone.
   */
  alone: Losses;
  control: Losses | null;
}
