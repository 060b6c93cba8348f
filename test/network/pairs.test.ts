import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPairs } from '../../src/network/build/pairs.js';
import { allToAll, connect } from '../../src/network/build/random-graph.js';
import { spikeTrain } from '../../src/network/build/spike-train.js';

const listed = ({ rowStart, post }: ReturnType<typeof fromPairs>) =>
  Array.from(post, (cell, s) => [rowStart.findLastIndex((from) => from <= s), cell]);

describe('fromPairs', () => {
  it('has the pairs of a list in row order, each as often as it is listed', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 4 })));
    fc.assert(
      fc.property(pairs, (list) => {
        const sorted = [...list].sort(([a, b], [c, d]) => a - c || b - d);
        expect(listed(fromPairs({ from: 7, to: 5 }, list))).toEqual(sorted);
      }),
    );
  });

  it('takes a function in place of a list', () => {
    expect(listed(fromPairs({ from: 3, to: 3 }, (pre, post) => post === (pre + 1) % 3))).toEqual([
      [0, 1],
      [1, 2],
      [2, 0],
    ]);
    expect(fromPairs({ from: 3, to: 4, self: false }, () => true)).toEqual(
      allToAll({ from: 3, to: 4, self: false }),
    );
  });

  it('refuses cells that are not there, and cells onto themselves where these are left out', () => {
    expect(() =>
      fromPairs({ from: 2, to: 2 }, [
        [0, 1],
        [2, 0],
      ]),
    ).toThrow(/^pairs\[1\]: expected a presynaptic cell from 0 to 1, found 2\./);
    expect(() => fromPairs({ from: 2, to: 2 }, [[0, -1]])).toThrow(/postsynaptic cell from 0 to 1, found -1/);
    expect(() => fromPairs({ from: 2, to: 2, self: false }, [[1, 1]])).toThrow(/pairs\[0\]: .*found 1 twice/);
  });

  it('gives each synapse the weight of its two cells', () => {
    const edges = fromPairs({ from: 3, to: 3 }, [
      [2, 0],
      [0, 1],
      [2, 2],
    ]);
    const rest = { from: 'a', to: 'a', port: 'p', acts: 'afterReset', delayMs: 0 } as const;
    const { weights, projections } = connect({
      p: { ...rest, edges, weight: (pre, post) => 10 * pre + post },
    });
    expect([...weights]).toEqual([1, 20, 22]);
    expect([...projections[0]!.weight]).toEqual([0, 1, 2]);
  });
});

describe('spikeTrain', () => {
  it('puts spikes into the steps that end at their times, in order', () => {
    const { steps, cells } = spikeTrain([[0.3, 0.1], [], [0.3]], 0.1);
    expect([[...steps], [...cells]]).toEqual([
      [0, 2, 2],
      [0, 0, 2],
    ]);
  });

  it('refuses times between steps, at 0 and below, and two spikes in one step', () => {
    expect(() => spikeTrain([[], [1, 2.25]], 0.5)).toThrow(
      /^cell 1: spike 1: .*found 2.25 ms. Set it to 2 or 2.5 ms/,
    );
    for (const ms of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => spikeTrain([[ms]], 0.5)).toThrow(`found ${ms} ms. Set it to 0.5 ms`);
    }
    expect(() => spikeTrain([[3, 1, 3]], 1)).toThrow(
      /^cell 0: spike 2: the cell fires at 3 ms already \(spike 0\)/,
    );
  });
});
