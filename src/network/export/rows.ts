import type { Projection } from '../model/network.js';

/** `[synapses]` presynaptic cells, from rows. */
export function rowsOf({ rowStart, post }: Pick<Projection, 'rowStart' | 'post'>): Int32Array {
  const pre = new Int32Array(post.length);
  for (let i = 0; i + 1 < rowStart.length; i++) pre.fill(i, rowStart[i]!, rowStart[i + 1]!);
  return pre;
}
