import type { Network } from './network.js';

/** `[cells]` synapses that a spike of each cell reaches: those onto ports without spikes are not among them. */
export function outDegrees({ populations, projections }: Network): Int32Array {
  const first = new Map<string, number>();
  let cells = 0;
  for (const { name, count } of populations) {
    first.set(name, cells);
    cells += count;
  }
  const degrees = new Int32Array(cells);
  for (const { from, to, port, rowStart } of projections) {
    const { model } = populations.find(({ name }) => name === to)!.ports[port]!;
    if (model.sends !== undefined) continue;
    for (let i = 0; i + 1 < rowStart.length; i++)
      degrees[first.get(from)! + i]! += rowStart[i + 1]! - rowStart[i]!;
  }
  return degrees;
}
