import { deriveSeed } from '../math/seed.js';

/**
 * Which lives share their worlds: none do, all candidates of a step, or all of a run. What is common depends on the
 * genome alone, so that a life that was lived once need not be lived again.
 */
export const seedModes = ['candidate', 'common-step', 'common'] as const;
export type SeedMode = (typeof seedModes)[number];

/** Every seed that a run derives, by what it is for. Tasks and strategies derive their own streams from these. */
export const seeds = {
  strategy: (runSeed: number): string => deriveSeed(runSeed, 'strategy'),

  /** The lifetime of a candidate. */
  lifetime: (runSeed: number, step: number, candidate: number, mode: SeedMode = 'candidate'): string => {
    if (mode === 'common') return deriveSeed(runSeed, 'lifetime');
    if (mode === 'common-step') return deriveSeed(runSeed, 'lifetime', step);
    return deriveSeed(runSeed, 'lifetime', step, candidate);
  },

  /** One episode of a lifetime. */
  episode: (lifetime: string, repeat: number, scenario: string): string =>
    deriveSeed(lifetime, repeat, scenario),

  /** The life of which another has the teaching in place of its own. */
  donor: (episode: string): string => deriveSeed(episode, 'donor'),

  /** The order in which a life has its own teaching where that is shuffled. */
  shuffled: (episode: string): string => deriveSeed(episode, 'shuffled'),

  /** The start, as it is scored before evolution: in the lives of the candidates, where all of a run share these. */
  untrained: (runSeed: number, mode: SeedMode = 'candidate'): string =>
    deriveSeed(runSeed, mode === 'common' ? 'lifetime' : 'untrained'),

  /** Lives that evolution never saw. */
  fresh: (runSeed: number, lives: number): string[] => numbered(lives, runSeed, 'fresh'),

  /** Fresh lives by which something is chosen, so that those that measure it had no part in that. */
  choosing: (runSeed: number, lives: number): string[] => numbered(lives, runSeed, 'choosing'),

  /** Lives of whatever knows nothing. */
  chance: (runSeed: number, lives: number): string[] => numbered(lives, runSeed, 'chance'),

  /** A genome that is scored outside of a run. */
  score: (seed: number): string => deriveSeed(seed, 'score'),

  /** A life of a reproduction, the same for all of its arms. */
  reproduction: (name: string, life: number): string => deriveSeed('reproduce', name, life),
};

const numbered = (lives: number, runSeed: number, purpose: string) =>
  Array.from({ length: lives }, (_, life) => deriveSeed(runSeed, purpose, life));
