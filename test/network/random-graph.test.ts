import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import {
  allToAll,
  connect,
  drawDelays,
  type Edges,
  fixedInDegree,
  fixedOutDegree,
  fixedProbability,
  type Sizes,
} from '../../src/network/build/random-graph.js';

const sizes = fc.record({
  from: fc.integer({ min: 1, max: 30 }),
  to: fc.integer({ min: 1, max: 30 }),
  self: fc.boolean(),
});
const seeds = fc.integer({ min: 0, max: 1e9 }).map(String);

const rows = ({ rowStart, post }: Edges) =>
  Array.from({ length: rowStart.length - 1 }, (_, pre) => [...post.slice(rowStart[pre], rowStart[pre + 1])]);

/** Rows ascend without repetition, stay within the population, and leave the own number out where they must. */
function checkRows(edges: Edges, { from, to, self }: Sizes): void {
  expect(edges.rowStart).toHaveLength(from + 1);
  expect(edges.rowStart[from]).toBe(edges.post.length);
  rows(edges).forEach((row, pre) => {
    row.forEach((post, i) => {
      expect(post).toBeLessThan(to);
      expect(post).toBeGreaterThan(i === 0 ? -1 : row[i - 1]!);
      if (!self) expect(post).not.toBe(pre);
    });
  });
}

describe('random graphs', () => {
  it('all to all: every pair, with or without a cell to itself', () => {
    fc.assert(
      fc.property(sizes, (of) => {
        const edges = allToAll(of);
        checkRows(edges, of);
        const left = of.self ? 0 : Math.min(of.from, of.to);
        expect(edges.post).toHaveLength(of.from * of.to - left);
      }),
    );
  });

  it('fixed degrees: each cell has just so many partners', () => {
    fc.assert(
      fc.property(sizes, seeds, fc.double({ min: 0, max: 1, noNaN: true }), (of, seed, share) => {
        const least = of.self ? 0 : 1;
        const out = Math.floor(share * (of.to - least));
        const outgoing = fixedOutDegree(RandomStream.from(seed), of, out);
        checkRows(outgoing, of);
        for (const row of rows(outgoing)) expect(row).toHaveLength(out);

        const into = Math.floor(share * (of.from - least));
        const incoming = fixedInDegree(RandomStream.from(seed), of, into);
        checkRows(incoming, of);
        const counts = new Array(of.to).fill(0);
        for (const post of incoming.post) counts[post] += 1;
        expect(counts).toEqual(new Array(of.to).fill(into));
      }),
    );
  });

  it('fixed degrees: every partner is as likely as any other', () => {
    for (const degree of [3, 15]) {
      const counts = new Float64Array(20);
      const { post } = fixedOutDegree(RandomStream.from('even'), { from: 4000, to: 20 }, degree);
      for (const cell of post) counts[cell]! += 1;
      const expected = (4000 * degree) / 20;
      const spread = Math.sqrt(expected * (1 - degree / 20));
      for (const count of counts) expect(Math.abs(count - expected)).toBeLessThan(4.5 * spread);
    }
  });

  it('fixed probability: the right number, evenly, and independently of the neighbours', () => {
    fc.assert(
      fc.property(sizes, seeds, fc.double({ min: 0, max: 1, noNaN: true }), (of, seed, probability) => {
        checkRows(fixedProbability(RandomStream.from(seed), of, probability), of);
      }),
    );
    const edges = fixedProbability(RandomStream.from('pairs'), { from: 2000, to: 500 }, 0.1);
    expect(Math.abs(edges.post.length - 100_000)).toBeLessThan(4 * Math.sqrt(90_000));
    const counts = new Float64Array(500);
    let neighbours = 0;
    for (const row of rows(edges)) {
      for (const post of row) counts[post]! += 1;
      neighbours += row.filter((post, i) => row[i + 1] === post + 1).length;
    }
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(4.5 * Math.sqrt(180));
    expect(Math.abs(neighbours - 2000 * 499 * 0.01)).toBeLessThan(4 * Math.sqrt(2000 * 499 * 0.01) * 1.2);
    expect(fixedProbability(RandomStream.from('x'), { from: 5, to: 5 }, 0).post).toHaveLength(0);
    expect(fixedProbability(RandomStream.from('x'), { from: 5, to: 5 }, Number.MIN_VALUE).post).toHaveLength(
      0,
    );
    expect(fixedProbability(RandomStream.from('x'), { from: 5, to: 5 }, 1).post).toHaveLength(25);
  });

  it('is fixed by its seed', () => {
    const of = { from: 50, to: 60 };
    const make = (seed: string) => {
      const random = RandomStream.from(seed);
      const edges = [
        fixedProbability(random, of, 0.2),
        fixedInDegree(random, of, 7),
        fixedOutDegree(random, of, 9),
      ];
      return { edges, delays: drawDelays(random, edges[0]!, 1, 20) };
    };
    expect(make('one')).toEqual(make('one'));
    expect(make('one')).not.toEqual(make('two'));
  });

  it('refuses what cannot be', () => {
    const random = RandomStream.from('x');
    expect(() => fixedOutDegree(random, { from: 3, to: 3, self: false }, 3)).toThrow(
      /3 different partners of 3/,
    );
    expect(() => fixedInDegree(random, { from: 3, to: 3 }, 4)).toThrow(RangeError);
    expect(() => fixedProbability(random, { from: 3, to: 3 }, 1.1)).toThrow(RangeError);
    expect(() => allToAll({ from: 100_000, to: 100_000 })).toThrow(RangeError);
  });

  it('makes ten million synapses', { timeout: 20_000 }, () => {
    const edges = fixedProbability(RandomStream.from('large'), { from: 31_623, to: 31_623 }, 0.01);
    expect(Math.abs(edges.post.length - 1e7)).toBeLessThan(4 * Math.sqrt(1e7));
  });

  it('counts weights through the projections; delays lie between their bounds', () => {
    const random = RandomStream.from('weights');
    const edges = fixedOutDegree(random, { from: 4, to: 10 }, 3);
    const delayMs = drawDelays(random, edges, 2, 5);
    for (const delay of delayMs) {
      expect(delay).toBeGreaterThanOrEqual(2);
      expect(delay).toBeLessThanOrEqual(5);
    }
    const common = { from: 'a', to: 'b', port: 'p', acts: 'afterReset' as const, edges };
    let drawn = 0;
    const { projections, weights } = connect({
      first: { ...common, weight: 0.5, delayMs },
      second: { ...common, weight: () => ++drawn, delayMs: 1 },
    });
    expect([...weights]).toEqual([...Array(12).fill(0.5), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(projections.map(({ name }) => name)).toEqual(['first', 'second']);
    expect([...projections[1]!.weight]).toEqual([12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]);
    expect(projections[0]).toMatchObject({ ...edges, delayMs, from: 'a', to: 'b', port: 'p' });
  });
});
