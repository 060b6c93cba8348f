import { describe, expect, it } from 'vitest';
import { seedModes, seeds } from '../../src/evaluate/seeds.js';
import { deriveSeed } from '../../src/math/seed.js';

describe('the seeds of a run', () => {
  it('derive as they always did, so that runs stay what they were', () => {
    expect(seeds.strategy(7)).toBe(deriveSeed(7, 'strategy'));
    expect(seeds.lifetime(7, 3, 5)).toBe(deriveSeed(7, 'lifetime', 3, 5));
    expect(seeds.lifetime(7, 3, 5, 'candidate')).toBe(deriveSeed(7, 'lifetime', 3, 5));
    expect(seeds.episode('life', 2, 'square')).toBe(deriveSeed('life', 2, 'square'));
    expect(seeds.untrained(7)).toBe(deriveSeed(7, 'untrained'));
    expect(seeds.fresh(7, 3)).toEqual([0, 1, 2].map((life) => deriveSeed(7, 'fresh', life)));
    expect(seeds.chance(7, 2)).toEqual([0, 1].map((life) => deriveSeed(7, 'chance', life)));
    expect(seeds.score(7)).toBe(deriveSeed(7, 'score'));
    expect(seeds.reproduction('go-no-go', 4)).toBe(deriveSeed('reproduce', 'go-no-go', 4));
  });

  it('are apart for everything that is seeded', () => {
    const all = [
      seeds.strategy(1),
      ...seedModes.map((mode) => seeds.lifetime(1, 0, 0, mode)),
      seeds.untrained(1),
      ...seeds.fresh(1, 3),
      ...seeds.chance(1, 3),
      seeds.score(1),
      seeds.reproduction('1', 0),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the seed of the untrained start', () => {
  it('is that of the candidates where these share their lives, so that the two scores compare', () => {
    expect(seeds.untrained(7, 'common')).toBe(seeds.lifetime(7, 3, 5, 'common'));
    expect(seeds.untrained(7, 'common-step')).toBe(seeds.untrained(7));
  });
});

describe('the seed of a lifetime', () => {
  it('is of one candidate of one step', () => {
    const first = seeds.lifetime(7, 3, 5, 'candidate');
    expect(seeds.lifetime(7, 4, 5, 'candidate')).not.toBe(first);
    expect(seeds.lifetime(7, 3, 6, 'candidate')).not.toBe(first);
    expect(seeds.lifetime(8, 3, 5, 'candidate')).not.toBe(first);
  });

  it('may be common to all candidates of a step', () => {
    const first = seeds.lifetime(7, 3, 5, 'common-step');
    expect(seeds.lifetime(7, 3, 6, 'common-step')).toBe(first);
    expect(seeds.lifetime(7, 4, 5, 'common-step')).not.toBe(first);
    expect(seeds.lifetime(8, 3, 5, 'common-step')).not.toBe(first);
  });

  it('may be common to all of a run', () => {
    const first = seeds.lifetime(7, 3, 5, 'common');
    expect(seeds.lifetime(7, 3, 6, 'common')).toBe(first);
    expect(seeds.lifetime(7, 4, 5, 'common')).toBe(first);
    expect(seeds.lifetime(8, 3, 5, 'common')).not.toBe(first);
  });
});
