import type { RandomStream } from '../../math/random.js';
import { cos, sin } from '../../math/trigonometric.js';
import { arena, type Pattern } from '../worm/arena.js';

const centre = { x: arena.width / 2, y: arena.height / 2 };
const radius = 300;
const count = arena.foodItems;
const tau = 2 * Math.PI;

type Point = readonly [x: number, y: number];

function points(of: (i: number) => Point): Pattern {
  const pattern = { x: new Float64Array(count), y: new Float64Array(count) };
  for (let i = 0; i < count; i++) [pattern.x[i], pattern.y[i]] = of(i) as [number, number];
  return pattern;
}

const onCircle = (angle: number): Point => [centre.x + radius * cos(angle), centre.y + radius * sin(angle)];
const between = (a: Point, b: Point, p: number): Point => [
  a[0] + (b[0] - a[0]) * p,
  a[1] + (b[1] - a[1]) * p,
];

/** Item i lies on side (i mod n), at fraction floor(i / n) / floor(36 / n); the first vertex is at angle 0. */
const polygon = (sides: number) => () =>
  points((i) => {
    const side = i % sides;
    const vertex = (k: number) => onCircle((tau * k) / sides);
    return between(vertex(side), vertex(side + 1), Math.floor(i / sides) / Math.floor(count / sides));
  });

/** Nine items a side, ends included, so the corners are doubled. */
const square = () =>
  points((i) => {
    const side = Math.floor(i / 9);
    const along = (600 * (i % 9)) / 8;
    const low = { x: centre.x - 300, y: centre.y - 300 };
    const high = { x: centre.x + 300, y: centre.y + 300 };
    if (side === 0) return [low.x + along, low.y];
    if (side === 1) return [high.x, low.y + along];
    if (side === 2) return [high.x - along, high.y];
    return [low.x, high.y - along];
  });

const triangle = () =>
  points((i) => {
    const corners: readonly Point[] = [
      [800, 900],
      [400, 300],
      [1200, 300],
    ];
    const p = i / (count - 1);
    const side = p <= 1 / 3 ? 0 : p <= 2 / 3 ? 1 : 2;
    return between(corners[side]!, corners[(side + 1) % 3]!, (p - side / 3) * 3);
  });

const circle = () => points((i) => onCircle((tau * i) / count));

const grid = () =>
  points((i) => [((Math.floor(i / 6) + 1) * arena.width) / 7, (((i % 6) + 1) * arena.height) / 7]);

/** Nine items at each of four centres, each moved by up to 50 units an axis. */
const clusters = (random: RandomStream) => {
  const centres: readonly Point[] = [
    [800, 300],
    [400, 600],
    [1200, 600],
    [800, 900],
  ];
  return points((i) => {
    const [x, y] = centres[Math.floor(i / 9)]!;
    return [x + random.uniformIn(-50, 50), y + random.uniformIn(-50, 50)];
  });
};

/** Uniform in the arena, but at least 400 units from its centre. */
const scattered = (random: RandomStream) =>
  points(() => {
    for (;;) {
      const x = random.uniformIn(0, arena.width);
      const y = random.uniformIn(0, arena.height);
      const dx = x - centre.x;
      const dy = y - centre.y;
      if (dx * dx + dy * dy >= 400 * 400) return [x, y];
    }
  });

/** Every food pattern of ENOMAD. Those that are `random` draw from the episode's seed. */
export const patterns = {
  square: { random: false, draw: square },
  triangle: { random: false, draw: triangle },
  pentagon: { random: false, draw: polygon(5) },
  hexagon: { random: false, draw: polygon(6) },
  heptagon: { random: false, draw: polygon(7) },
  octagon: { random: false, draw: polygon(8) },
  nonagon: { random: false, draw: polygon(9) },
  circle: { random: false, draw: circle },
  grid: { random: false, draw: grid },
  clusters: { random: true, draw: clusters },
  random: { random: true, draw: scattered },
} as const satisfies Record<string, { random: boolean; draw: (random: RandomStream) => Pattern }>;

export type PatternName = keyof typeof patterns;
export const patternNames = Object.keys(patterns) as [PatternName, ...PatternName[]];

/** The pattern turned by `angle` rad about the arena's centre. */
export function turned(pattern: Pattern, angle: number): Pattern {
  const c = cos(angle);
  const s = sin(angle);
  return {
    x: pattern.x.map((x, i) => centre.x + (x - centre.x) * c - (pattern.y[i]! - centre.y) * s),
    y: pattern.y.map((y, i) => centre.y + (pattern.x[i]! - centre.x) * s + (y - centre.y) * c),
  };
}
