import type { Searcher } from '../bench/search.js';
import { benchStrategy } from '../bench/strategies.js';
import { presetNames } from '../evolve/presets.js';

/** Those that a benchmark measures. */
export interface Searchers {
  searchers: readonly Searcher[];
  /** Versions of other programs by name, where some are among them. */
  programs?: Readonly<Record<string, string>>;
  /** When all is measured. */
  close?(): void;
}

/** Finds them by name, each once; "all" stands for all that there are. */
export type OpenSearchers = (names: readonly string[], settings?: readonly string[]) => Searchers;

/** Each name once, with all that there are in place of "all". */
export const namesOf = (asked: readonly string[], all: readonly string[]): string[] => [
  ...new Set(asked.flatMap((name) => (name === 'all' ? all : [name]))),
];

/** Strategies of ours, by preset name or path. */
export const ourSearchers: OpenSearchers = (names, settings) => ({
  searchers: namesOf(names, presetNames()).map((name) => benchStrategy(name, settings)),
});

/** What is measured with them; they are closed whatever becomes of it. */
export async function withSearchers<T>(
  opened: Searchers,
  measure: (opened: Searchers) => T | Promise<T>,
): Promise<T> {
  try {
    return await measure(opened);
  } finally {
    opened.close?.();
  }
}
