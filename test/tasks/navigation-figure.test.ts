import { describe, expect, it } from 'vitest';
import { palette } from '../../src/figure/theme.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { arenas } from '../../src/tasks/navigation/arena.js';
import { navigationFigure, searchesFigure } from '../../src/tasks/navigation/figure.js';
import { emptyNavigationTrace, type NavigationTrace } from '../../src/tasks/navigation/trace.js';
import { isPng, pixels, sizeOf } from '../inspect/png.js';

/** A life in which every search finds the reward, or none does, by the same straight path. */
function life(found: boolean, trials = 20, moved = 10): NavigationTrace {
  const search = (goal: number) => ({
    ...{ goal, foundMs: found ? 1000 : -1, wrongMs: found ? -1 : 500, distance: 1, inQuadrant: 0.5 },
    x: [-1.6, 1.6],
    y: [-1.2, -1.2],
  });
  return {
    ...emptyNavigationTrace(),
    goals: [...arenas.disc.goals],
    moved,
    searches: Array.from({ length: trials }, (_, trial) => search(trial < moved ? 0 : 1)),
  };
}

const chart = (traces: readonly (readonly NavigationTrace[])[]) =>
  renderFigure(
    searchesFigure({
      title: 'navigation',
      subtitle: '',
      arms: traces.map((of, arm) => ({ name: `arm ${arm}`, traces: of })),
    }),
  );

describe('the chart of searches', () => {
  it('draws rewarded paths in the colour of their arm, others in grey, and the band where there are several agents', async () => {
    const [found, lost] = await Promise.all(
      [chart([[life(true)]]), chart([[life(false)]])].map(async (png) => pixels(await png)),
    );
    // The curves of both are blue; paths are so where they end with a reward.
    expect(found!.near(palette.blue)).toBeGreaterThan(lost!.near(palette.blue) + 1000);
    expect(lost!.near(palette.grey)).toBeGreaterThan(found!.near(palette.grey) + 1000);
    const mixed = await pixels(await chart([[life(true), life(false)]]));
    expect(mixed.near('#d1e3f0')).toBeGreaterThan(20_000);
    expect(found!.near('#d1e3f0')).toBeLessThan(2000);
  });

  it('has a row of arenas for each arm', async () => {
    const one = sizeOf(await chart([[life(true)]]));
    const two = sizeOf(await chart([[life(true)], [life(false)]]));
    expect(two[0]).toBe(one[0]);
    expect(two[1]! - one[1]!).toBeGreaterThan(400);
  });

  it('is drawn of runs, of lives in which the reward stays, and of short ones', async () => {
    const stays = { ...life(true, 12, 12), arena: 'square' as const };
    const replayed = {
      scenario: 'the reward is moved',
      heldOut: false,
      score: 0.5,
      measures: {},
      behaviour: {},
    };
    const draw = (trace: NavigationTrace) =>
      renderFigure(navigationFigure.lives([{ ...replayed, trace }], [{ ...replayed, trace }]));
    expect(isPng(await draw(life(false)))).toBe(true);
    expect(isPng(await draw(stays))).toBe(true);
    expect(isPng(await draw(life(true, 3, 3)))).toBe(true);
    expect(
      isPng(await renderFigure(navigationFigure.arms('x', [{ name: 'a', traces: [stays, stays] }]))),
    ).toBe(true);
  });

  it('needs a trial', () => {
    expect(() => chart([[emptyNavigationTrace()]])).toThrow(/"navigation": there is no trial to draw/);
  });
});
