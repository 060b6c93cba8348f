import type { Edges, Sizes } from './random-graph.js';

/** A presynaptic and a postsynaptic cell, each counted in its population. */
export type Pair = readonly [pre: number, post: number];

function checkCell(pair: number, side: string, cell: number, below: number): void {
  if (Number.isInteger(cell) && cell >= 0 && cell < below) return;
  throw new RangeError(
    `pairs[${pair}]: expected a ${side} cell from 0 to ${below - 1}, found ${cell}. Cells are counted in their population.`,
  );
}

function fromList({ from, to, self = true }: Sizes, pairs: readonly Pair[]): Edges {
  pairs.forEach(([pre, post], i) => {
    checkCell(i, 'presynaptic', pre, from);
    checkCell(i, 'postsynaptic', post, to);
    if (!self && pre === post) {
      throw new RangeError(`pairs[${i}]: expected different cells, since self is false, found ${pre} twice.`);
    }
  });
  const sorted = [...pairs].sort(([a, first], [b, second]) => a - b || first - second);
  const rowStart = new Int32Array(from + 1);
  for (const [pre] of pairs) rowStart[pre + 1]! += 1;
  for (let pre = 0; pre < from; pre++) rowStart[pre + 1]! += rowStart[pre]!;
  return { rowStart, post: Int32Array.from(sorted, ([, post]) => post) };
}

/**
 * Synapses between the pairs of a list, or between all pairs for which a function holds. A pair that is listed twice has
 * two synapses.
 * @throws RangeError for a cell that its population lacks
 */
export function fromPairs(
  sizes: Sizes,
  pairs: readonly Pair[] | ((pre: number, post: number) => boolean),
): Edges {
  if (typeof pairs !== 'function') return fromList(sizes, pairs);
  const { from, to, self = true } = sizes;
  const rowStart = new Int32Array(from + 1);
  const post: number[] = [];
  for (let pre = 0; pre < from; pre++) {
    for (let cell = 0; cell < to; cell++) {
      if ((self || cell !== pre) && pairs(pre, cell)) post.push(cell);
    }
    rowStart[pre + 1] = post.length;
  }
  return { rowStart, post: Int32Array.from(post) };
}
