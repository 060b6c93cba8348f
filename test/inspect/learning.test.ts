import { describe, expect, it } from 'vitest';
import { noConnectome } from '../../src/connectome/none.js';
import { openHabitat } from '../../src/evaluate/habitat.js';
import { scoreGenome } from '../../src/evolve/reference-scores.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { learningOf, learns } from '../../src/inspect/learning.js';
import { deriveSeed } from '../../src/math/seed.js';

const habitat = await openHabitat({
  connectome: noConnectome,
  genome: loadGenomeSpec('go-no-go', 'test'),
  network: null,
  task: { name: 'go-no-go', trials: 100, cueMs: 200, gapMs: 100, heldOutShifts: 0 },
});

describe('what learning adds to a score', () => {
  const { start } = habitat.space;
  const seed = deriveSeed('learning');
  const scored = scoreGenome(habitat, start, seed, { repeats: 3, watches: true });

  it('is the difference to the same lives without plasticity', async () => {
    const { innate, learned, gain } = await learningOf(habitat, start, seed, 3, scored.episodes);
    const unable = await habitat.without({ what: 'plasticity' });
    const still = scoreGenome(unable, start, seed, { repeats: 3 });
    expect(learned.mean).toBeCloseTo(scored.score, 12);
    expect(innate.mean).toBeCloseTo(still.score, 12);
    expect([innate.n, learned.n, gain.n]).toEqual([3, 3, 3]);
    expect(gain.effect).toBeCloseTo(scored.score - still.score, 12);
    expect(gain.effect).toBeGreaterThan(0.3);
  });

  it('comes with vitals of all episodes, which change no score', async () => {
    const { vitals } = await learningOf(habitat, start, seed, 3, scored.episodes);
    expect(vitals.seconds).toBeCloseTo(200 * 0.3, 6);
    const spikes = scored.episodes.map((episode) => episode.vitals!.spikes);
    expect(vitals.spikes).toBeCloseTo(spikes.reduce((sum, of) => sum + of, 0) / 3, 9);
    const unwatched = scoreGenome(habitat, start, seed, { repeats: 3 });
    expect(scored.score).toBe(unwatched.score);
    expect(scored.episodes.map(({ vitals: _vitals, ...episode }) => episode)).toEqual(unwatched.episodes);
  });

  it('is asked for where something learns alone', async () => {
    expect(learns(habitat)).toBe(true);
    expect(learns((await resolveRun({})).habitat)).toBe(false);
  });
});
