import type { Spread } from '../math/statistics.js';
import type { Best } from '../store/manifest.js';
import type { Failures } from './failures.js';
import type { ArchiveSummary } from './kept-archive.js';
import type { Chance, FreshScore } from './reference-scores.js';

/** What stands beside every score of a run. */
export interface ReferenceScores {
  /** The start, before any evolution; `fresh` is scored on the same seeds as the champion's. */
  untrained: { score: number; measures: Readonly<Record<string, number>>; fresh: FreshScore };
  chance: Chance;
  ceiling: { score: number; about: string };
  /** Of the scenarios that are held out; absent where none are, and in runs made before it was kept. */
  heldOutCeiling?: { score: number; about: string };
}

export interface Champion extends Best {
  /** Scored again on fresh seeds. */
  fresh: FreshScore;
  measures: Readonly<Record<string, number>>;
  /** Scores on scenarios that evolution never saw; absent where none were held out. */
  heldOut?: { score: number; measures: Readonly<Record<string, number>>; untrained: number };
  genesChanged: number;
  /** Euclidean distance from the start, in the unit of the search's coordinates. */
  l2: number;
  hash: string;
}

/** A genome that might have become the champion, and what it came to in the lives that decided. */
export interface Finalist {
  /** As the search had it. */
  best: Best;
  /** Raw score in the deciding lives; failed lives make it NaN. */
  score: Spread;
  /** Means over the deciding lives, of which the champion has the best. */
  objective: number;
  /** How far its lives were beyond the run's limits; absent where they kept to them. */
  violation?: number;
}

export interface Validation {
  /** What is particular about the lives. */
  about: string;
  lives: number;
  /** The champion first; those with a life that failed last. */
  finalists: Finalist[];
}

export interface RunResult {
  run: string;
  path: string;
  evaluations: number;
  generations: number;
  seconds: number;
  best: Champion | null;
  championHash: string | null;
  stopReason: string;
  /** Candidates that failed by their reasons, most frequent first; absent where none did. */
  failures?: readonly Failures[];
  /** Candidates that said what another had said, whose results were taken from it; absent where none did. */
  reused?: number;
  /** Candidates that fell at the hurdle, after a part of their life; absent where none did. */
  fell?: number;
  /** How the champion was chosen, where the search's best genomes were lived again for that. */
  validation?: Validation;
  /** The archive, where the strategy keeps one. */
  archive?: ArchiveSummary;
  reference: ReferenceScores;
}
