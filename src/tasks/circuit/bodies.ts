import { exp } from '../../math/exponential.js';
import type { RandomStream } from '../../math/random.js';
import type { Connection, Edges } from '../../network/build/random-graph.js';
import { activeChannelsOf, type CircuitPorts } from './ports.js';

/** Weight between pools of outputs. */
const rivalry = -0.6;

/** Channels and output cells of one body after those of the bodies before it. */
export interface Body {
  ports: CircuitPorts;
  channels: number;
  outputCells: number;
  /** Rates of its channels, as multiples of what it says, so that bodies with few channels drive as strongly as others. */
  louder: number;
}

/** Pairs of cells in a unit square, the more likely joined the nearer they lie. */
export function byDistance(
  random: RandomStream,
  from: Float64Array,
  to: Float64Array,
  chance: number,
  reach: number,
): Edges {
  const self = from === to;
  const rowStart = new Int32Array(from.length / 2 + 1);
  const post: number[] = [];
  for (let pre = 0; pre < from.length / 2; pre++) {
    for (let cell = 0; cell < to.length / 2; cell++) {
      if (self && cell === pre) continue;
      const [dx, dy] = [from[2 * pre]! - to[2 * cell]!, from[2 * pre + 1]! - to[2 * cell + 1]!];
      if (random.uniform() < chance * exp(-Math.sqrt(dx * dx + dy * dy) / reach)) post.push(cell);
    }
    rowStart[pre + 1] = post.length;
  }
  return { rowStart, post: Int32Array.from(post) };
}

/** Which body each of a number of cells belongs to, that follow one another. */
const bodyOfEach = (counts: readonly number[]): number[] =>
  counts.flatMap((cells, body) => Array.from({ length: cells }, () => body));

/** Synapses from channels to outputs of the same body. */
export function withinBodies({ rowStart, post }: Edges, bodies: readonly Body[]): Edges {
  if (bodies.length === 1) return { rowStart, post };
  const ofChannel = bodyOfEach(bodies.map(({ channels }) => channels));
  const ofOutput = bodyOfEach(bodies.map(({ outputCells }) => outputCells));
  const rows = new Int32Array(rowStart.length);
  const kept: number[] = [];
  for (let pre = 0; pre + 1 < rowStart.length; pre++) {
    for (let s = rowStart[pre]!; s < rowStart[pre + 1]!; s++) {
      if (ofOutput[post[s]!] === ofChannel[pre]) kept.push(post[s]!);
    }
    rows[pre + 1] = kept.length;
  }
  return { rowStart: rows, post: Int32Array.from(kept) };
}

/** Every output cell inhibits those of all other pools of its body. */
export function rivals(bodies: readonly Body[]): Connection {
  const pools = bodies.flatMap(({ ports }, body) =>
    Object.values(ports.outputs).map(({ cells }) => ({ cells, body })),
  );
  let next = 0;
  const all = pools.flatMap(({ cells, body }, pool) =>
    Array.from({ length: cells }, () => ({ cell: next++, pool, body })),
  );
  const rowStart = new Int32Array(all.length + 1);
  const post: number[] = [];
  for (const [pre, own] of all.entries()) {
    for (const { cell, pool, body } of all) if (body === own.body && pool !== own.pool) post.push(cell);
    rowStart[pre + 1] = post.length;
  }
  const edges = { rowStart, post: Int32Array.from(post) };
  return {
    from: 'outputs',
    to: 'outputs',
    port: 'rivals',
    acts: 'afterReset',
    delayMs: 0,
    edges,
    weight: rivalry,
  };
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What bodies drive and read, one after the other; none is louder than another. */
export function bodiesOf(all: readonly CircuitPorts[]): Body[] {
  const active = all.map(activeChannelsOf);
  return all.map((ports, i) => ({
    ports,
    channels: sum(Object.values(ports.inputs).map(({ channels }) => channels)),
    outputCells: sum(Object.values(ports.outputs).map(({ cells }) => cells)),
    louder: sum(active) / active.length / active[i]!,
  }));
}
