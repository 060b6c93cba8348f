import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Food } from '../../src/tasks/worm/arena.js';
import { applyGains, gainsOf, move, muscleCells, wrapAngle } from '../../src/tasks/worm/body.js';
import { sense, senseCells } from '../../src/tasks/worm/senses.js';

const finite = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });

describe('gains of a body', () => {
  const gained = (body: Record<string, number>) => {
    const action = Float64Array.of(30, 50);
    applyGains(action, gainsOf(body));
    return [...action];
  };

  it('leave what the sides do alone where they are 1, or absent', () => {
    expect(gained({})).toEqual([30, 50]);
    expect(gained({ turnGain: 1, speedGain: 1 })).toEqual([30, 50]);
  });

  it('act on turning and on speed apart', () => {
    const [left, right] = gained({ turnGain: 3 }) as [number, number];
    expect([right - left, left + right]).toEqual([60, 80]);
    expect(gained({ turnGain: 0, speedGain: 0.5 })).toEqual([20, 20]);
    expect(gained({ turnGain: -1 })).toEqual([50, 30]);
  });
});

describe('wrapAngle', () => {
  it('brings every angle into [-pi, pi) and leaves its direction', () => {
    fc.assert(
      fc.property(fc.oneof(finite(20), finite(1e6)), (angle) => {
        const wrapped = wrapAngle(angle);
        expect(wrapped).toBeGreaterThanOrEqual(-Math.PI);
        expect(wrapped).toBeLessThan(Math.PI);
        const turns = (angle - wrapped) / (2 * Math.PI);
        expect(Math.abs(turns - Math.round(turns))).toBeLessThan(1e-9);
        expect(wrapAngle(wrapped)).toBe(wrapped);
      }),
      { seed: 31, numRuns: 2000 },
    );
  });

  it('leaves angles within alone, to the bit', () => {
    fc.assert(
      fc.property(finite(Math.PI), (angle) => angle === Math.PI || Object.is(wrapAngle(angle), angle)),
      { seed: 32 },
    );
  });

  it.each([1, -1, 3, -3, 5, 2001, -2001])('holds its bounds around %d pi', (turns) => {
    const middle = turns * Math.PI;
    for (let ulps = -6; ulps <= 6; ulps++) {
      const angle = middle * (1 + (ulps * Number.EPSILON) / 2);
      expect(wrapAngle(angle)).toBeGreaterThanOrEqual(-Math.PI);
      expect(wrapAngle(angle)).toBeLessThan(Math.PI);
    }
  });

  it('counts pi as -pi', () => {
    expect(wrapAngle(Math.PI)).toBe(-Math.PI);
    expect(wrapAngle(-Math.PI)).toBe(-Math.PI);
  });
});

describe('body', () => {
  const moved = (left: number, right: number, from = { x: 800, y: 600, heading: 0 }) => {
    const pose = { ...from };
    move(pose, left, right);
    return pose;
  };

  it.each([
    [0, 0, 75],
    [30, 30, 75],
    [37.5, 37.5, 75],
    [50, 50, 100],
    [-50, -50, 100],
    [75, 75, 150],
    [500, 500, 150],
  ])('pulled by %d and %d goes %d / 7 units straight ahead', (left, right, drive) => {
    expect(moved(left, right)).toEqual({ x: Math.fround(800 + drive / 7), y: 600, heading: 0 });
  });

  it('turns by a tenth of the difference before it moves', () => {
    const { x, y, heading } = moved(3, 10);
    expect(heading).toBe(0.7);
    expect(x).toBeCloseTo(800 + (75 / 7) * Math.cos(0.7), 3);
    expect(y).toBeCloseTo(600 + (75 / 7) * Math.sin(0.7), 3);
    expect(moved(10, 3).heading).toBe(-0.7);
    expect(moved(0, 40).heading).toBeCloseTo(4 - 2 * Math.PI, 12);
  });

  it('counts magnitudes: sides that pull against each other drive it too', () => {
    const { x, y, heading } = moved(-60, 60);
    expect(heading).toBeCloseTo(12 - 4 * Math.PI, 12);
    expect(Math.hypot(x - 800, y - 600)).toBeCloseTo(120 / 7, 3);
  });

  it.each([
    [{ x: 1595, y: 600, heading: 0 }, { x: 1600 }],
    [{ x: 5, y: 600, heading: -Math.PI }, { x: 0 }],
    [{ x: 800, y: 1195, heading: Math.PI / 2 }, { y: 1200 }],
    [{ x: 800, y: 5, heading: -Math.PI / 2 }, { y: 0 }],
  ])('stops at the wall ahead of %j', (from, expected) => {
    expect(moved(0, 0, from)).toMatchObject(expected);
  });

  it('stays in the arena, in float32, whatever pulls it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(finite(1e4), finite(1e4)), { minLength: 1, maxLength: 30, size: 'max' }),
        (pulls) => {
          const pose = { x: 800, y: 600, heading: 0 };
          for (const [left, right] of pulls) {
            const before = { ...pose };
            move(pose, left, right);
            expect(Object.is(pose.x, Math.fround(pose.x)) && Object.is(pose.y, Math.fround(pose.y))).toBe(
              true,
            );
            expect(pose.x >= 0 && pose.x <= 1600 && pose.y >= 0 && pose.y <= 1200).toBe(true);
            expect(pose.heading >= -Math.PI && pose.heading < Math.PI).toBe(true);
            const distance = Math.hypot(pose.x - before.x, pose.y - before.y);
            expect(distance).toBeLessThan(150 / 7 + 1e-3);
            const free = pose.x > 0 && pose.x < 1600 && pose.y > 0 && pose.y < 1200;
            if (free) expect(distance).toBeGreaterThan(75 / 7 - 1e-3);
          }
        },
      ),
      { seed: 33, numRuns: 300 },
    );
  });

  it('is driven by 34 muscles a side, with the slip at segment 21', () => {
    const segments = Array.from({ length: 17 }, (_, i) => `${i + 7}`.padStart(2, '0'));
    expect(segments.at(0)).toBe('07');
    expect(segments.at(-1)).toBe('23');
    const side = (dorsal: string, ventral: string) => [
      ...segments.map((segment) => dorsal + segment),
      ...segments.map((segment) => ventral + segment),
    ];
    expect(muscleCells.left).toEqual(side('MDL', 'MVL'));
    expect(muscleCells.right).toEqual(
      side('MDR', 'MVR').map((name) => (name.endsWith('21') ? name.replace('R', 'L') : name)),
    );
    expect(muscleCells.left).toHaveLength(34);
    expect(muscleCells.right).toHaveLength(34);
    expect(muscleCells.right.filter((name) => muscleCells.left.includes(name))).toEqual(['MDL21', 'MVL21']);
  });
});

describe('senses', () => {
  const felt = (x: number, y: number, food = false) => {
    const observation = Float64Array.of(7, 7);
    sense({ x, y, heading: 1 }, food, observation);
    return [...observation];
  };
  const [touch, smell, nothing] = [
    [1, 0],
    [0, 1],
    [0, 0],
  ];

  it('feel a wall nearer than 100 units, but not the wall one stands on', () => {
    const near = Math.fround(99.999);
    for (const [x, y] of [
      [near, 600],
      [1600 - near, 600],
      [800, near],
      [800, 1200 - near],
      [1e-30, 600],
      [Math.fround(1599.9999), 600],
    ] as const) {
      expect(felt(x, y)).toEqual(touch);
    }
    for (const [x, y] of [
      [100, 600],
      [1500, 600],
      [800, 100],
      [800, 1100],
      [0, 600],
      [1600, 600],
      [800, 0],
      [800, 1200],
      [800, 600],
    ] as const) {
      expect(felt(x, y)).toEqual(nothing);
    }
  });

  it('feel nothing on a wall with another one near: the nearest counts', () => {
    expect(felt(0, 50)).toEqual(nothing);
    expect(felt(50, 1200)).toEqual(nothing);
    expect(felt(50, 40)).toEqual(touch);
  });

  it('smell food, unless a wall is felt', () => {
    expect(felt(800, 600, true)).toEqual(smell);
    expect(felt(0, 600, true)).toEqual(smell);
    expect(felt(50, 600, true)).toEqual(touch);
  });

  it('make the cells of the paper fire', () => {
    expect(senseCells.touch.join(' ')).toBe('FLPR FLPL ASHL ASHR IL1VL IL1VR OLQDL OLQDR OLQVR OLQVL');
    expect(senseCells.food.join(' ')).toBe('ADFL ADFR ASGR ASGL ASIL ASIR ASJR ASJL');
  });
});

describe('food', () => {
  const at = (...points: [number, number][]) =>
    new Food(
      Float64Array.from(points, ([x]) => x),
      Float64Array.from(points, ([, y]) => y),
    );
  const shaping = (distance: number) => (150 - distance) / 150 / 30;

  it('is eaten strictly nearer than 20 units', () => {
    const food = at([0, 0]);
    // 12, 16, 20: a distance that is exact.
    expect(food.graze(12, 16)).toBeCloseTo(shaping(20), 12);
    expect([food.eaten, food.remaining]).toEqual([0, 1]);
    expect(food.graze(12, 15.999)).toBeCloseTo(30 + shaping(Math.hypot(12, 15.999)), 12);
    expect([food.eaten, food.remaining]).toEqual([1, 0]);
  });

  it('is sensed up to 150 units, where it is worth nothing yet', () => {
    const food = at([0, 0]);
    expect(food.graze(90, 120)).toBe(0);
    expect(food.sensed).toBe(true);
    expect(food.graze(90, 120.001)).toBe(0);
    expect(food.sensed).toBe(false);
    expect(food.graze(90, 119.999)).toBeGreaterThan(0);
    expect(food.sensed).toBe(true);
  });

  it('still counts and is still sensed in the step in which it is eaten, and then no more', () => {
    const food = at([100, 100]);
    expect(food.graze(100, 90)).toBeCloseTo(30 + shaping(10), 12);
    expect([food.sensed, food.eaten]).toEqual([true, 1]);
    expect(food.graze(100, 90)).toBe(0);
    expect([food.sensed, food.eaten]).toEqual([false, 0]);
  });

  it('adds up, and keeps its order when some is eaten', () => {
    const food = at([0, 0], [5, 0], [100, 0], [0, 10], [60, 0]);
    expect(food.graze(0, 0)).toBeCloseTo(
      90 + [0, 5, 100, 10, 60].map(shaping).reduce((sum, term) => sum + term, 0),
      9,
    );
    expect([food.eaten, food.remaining]).toEqual([3, 2]);
    expect([...food.x.subarray(0, 2)]).toEqual([100, 60]);
  });

  it('of one episode does not touch the pattern it was laid out by', () => {
    const x = Float64Array.of(0, 50);
    const food = new Food(x, Float64Array.of(0, 0));
    food.graze(0, 0);
    expect(food.remaining).toBe(1);
    expect([...x]).toEqual([0, 50]);
  });
});
