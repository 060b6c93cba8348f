import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  crowdingDistances,
  dominates,
  nondominatedFronts,
  standings,
  standsBefore,
} from '../../src/archives/pareto.js';

const at = (...objectives: number[]) => ({ objectives, violation: 0 });
const beyond = (violation: number, ...objectives: number[]) => ({ objectives, violation });

describe('dominance', () => {
  it('is to be worse in nothing and better in something', () => {
    expect(dominates(at(2, 1), at(1, 1))).toBe(true);
    expect(dominates(at(1, 1), at(1, 1))).toBe(false);
    expect(dominates(at(2, 0), at(1, 1))).toBe(false);
  });

  it('puts constraints before objectives', () => {
    expect(dominates(at(0, 0), beyond(0.1, 9, 9))).toBe(true);
    expect(dominates(beyond(1, 0, 0), beyond(2, 9, 9))).toBe(true);
    expect(dominates(beyond(1, 9, 9), beyond(1, 0, 0))).toBe(false);
    expect(dominates(beyond(2, 0, 0), beyond(Number.POSITIVE_INFINITY, 0, 0))).toBe(true);
  });
});

const points = fc.array(
  fc.record({
    objectives: fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })),
    violation: fc.constantFrom(0, 0, 0, 1, Number.POSITIVE_INFINITY),
  }),
  { minLength: 1, maxLength: 30 },
);

describe('fronts', () => {
  it('hold every point once; none is dominated in its own, all but the first are by the one before', () => {
    fc.assert(
      fc.property(points, (all) => {
        const fronts = nondominatedFronts(all);
        expect(fronts.flat().toSorted((a, b) => a - b)).toEqual([...all.keys()]);
        fronts.forEach((front, rank) => {
          for (const point of front) {
            expect(front.some((other) => dominates(all[other]!, all[point]!))).toBe(false);
            const before = fronts[rank - 1];
            if (before) expect(before.some((other) => dominates(all[other]!, all[point]!))).toBe(true);
          }
        });
      }),
    );
  });

  it('have room by the distance between neighbours, without end at the ends', () => {
    const all = [at(0, 10), at(2, 8), at(3, 3), at(10, 0)];
    const room = crowdingDistances(all, [0, 1, 2, 3]);
    expect([...room.values()]).toEqual([Infinity, 3 / 10 + 7 / 10, 8 / 10 + 8 / 10, Infinity]);
  });

  it('rank before room', () => {
    const [a, b, c] = standings([at(1, 1), at(2, 2), at(0, 3)]);
    expect([a!.front, b!.front, c!.front]).toEqual([1, 0, 0]);
    expect(standsBefore(b!, a!)).toBe(true);
    expect(standsBefore({ front: 1, room: 5 }, { front: 1, room: 2 })).toBe(true);
    expect(standsBefore({ front: 1, room: 2 }, { front: 1, room: 2 })).toBe(false);
  });
});
