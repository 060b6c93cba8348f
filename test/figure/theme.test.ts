import { describe, expect, it } from 'vitest';
import { ink, palette, seriesColours, seriesLine } from '../../src/figure/theme.js';

type Triple = readonly [number, number, number];

/** How eyes without one kind of cone see linear red, green and blue (Machado et al. 2009, doi:10.1109/TVCG.2009.113). */
const sights: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (rows: readonly Triple[], [a, b, c]: Triple) =>
  rows.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Triple;

const linearOf = (colour: string) =>
  [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as unknown as Triple;

/** CIE L*a*b* of a colour as it is seen. */
function seen(colour: string, sight: string): Triple {
  const linear = times(sights[sight]!, linearOf(colour)).map((part) => Math.min(1, Math.max(0, part)));
  const xyz: readonly Triple[] = [
    [0.4339, 0.3762, 0.1899],
    [0.2126, 0.7152, 0.0722],
    [0.0177, 0.1095, 0.8728],
  ];
  const [x, y, z] = times(xyz, linear as unknown as Triple).map((part) =>
    part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116,
  ) as unknown as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const apart = (one: string, other: string, sight: string) => {
  const [a, b] = [seen(one, sight), seen(other, sight)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
};

describe('the colours of series', () => {
  it.each(
    Object.keys(sights),
  )('are told apart, and from what they are measured against: %s sight', (sight) => {
    const all = [...seriesColours, palette.black, ink.muted];
    const close = all.flatMap((one, i) =>
      all.slice(i + 1).filter((other) => apart(one, other, sight) < 15 && one !== palette.black),
    );
    expect(close).toEqual([]);
    expect(apart(palette.blue, '#0072b8', sight)).toBeLessThan(15);
  });

  it('are nine, and dashes come after them', () => {
    const lines = Array.from({ length: 18 }, (_, i) => seriesLine(i));
    expect(new Set(lines.slice(0, 9).map(({ colour }) => colour)).size).toBe(9);
    expect(lines.slice(0, 9).every(({ dash }) => dash.length === 0)).toBe(true);
    expect(lines[9]).toEqual({ colour: lines[0]!.colour, dash: [8, 4] });
    expect(new Set(lines.map((line) => JSON.stringify(line))).size).toBe(18);
  });
});
