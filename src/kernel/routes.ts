import { wholeSteps } from '../math/steps.js';
import { receivingState } from '../network/model/dynamics.js';
import type { Network, Projection } from '../network/model/network.js';
import type { PopulationProgram } from './population-program.js';

/** Synapses whose spikes act at the same moment of a step, by presynaptic cell. */
export interface Route {
  delaySteps: number;
  /** The projection whose delay lives may change, up to so many steps. */
  flexible?: { projection: string; longestSteps: number };
  acts: Projection['acts'];
  /** The projection, where its synapses do more than add their weight. */
  special?: Projection;
  /** Whether the targets of each row stand side by side, many enough for whole vectors to pay. */
  dense: boolean;
  /** `[cells + 1]` */
  rowStart: Int32Array;
  /** `[synapses]` postsynaptic cell */
  post: Int32Array;
  /** `[synapses]` place in the space of states that receives the weight */
  target: Int32Array;
  /** `[synapses]` index into the network's weights */
  source: Int32Array;
  /** `[synapses]` number in its projection */
  synapse: Int32Array;
}

/** `[synapses]` presynaptic cell of each synapse of a route. */
export function presynaptic({ rowStart, post }: Route): Int32Array {
  const cells = new Int32Array(post.length);
  for (let cell = 0; cell + 1 < rowStart.length; cell++) cells.fill(cell, rowStart[cell], rowStart[cell + 1]);
  return cells;
}

/** Whole steps of a delay. */
export const stepsOf = (delayMs: number, dtMs: number) => Math.max(0, wholeSteps(delayMs, dtMs));

interface Member {
  projection: Projection;
  from: PopulationProgram;
  to: PopulationProgram;
  /** `[synapses]`, or one for all. */
  delay: number | Int32Array;
}

/** Whether every row reaches cells that follow each other, sixteen of them or more on average. */
function isDense({ rowStart, post }: Projection): boolean {
  let rows = 0;
  for (let i = 0; i + 1 < rowStart.length; i++) {
    if (rowStart[i + 1]! > rowStart[i]!) rows += 1;
    for (let s = rowStart[i]! + 1; s < rowStart[i + 1]!; s++) if (post[s] !== post[s - 1]! + 1) return false;
  }
  return rows > 0 && post.length >= 16 * rows;
}

/** Gathers the synapses of a route, row by row: those of the projections in their order, each in its own. */
function gather(
  cells: number,
  members: readonly Member[],
  delaySteps: number,
): Omit<Route, 'acts' | 'dense'> {
  const rowStart = new Int32Array(cells + 1);
  const belongs = ({ delay }: Member, s: number) => typeof delay === 'number' || delay[s] === delaySteps;
  for (const member of members) {
    const { rowStart: rows } = member.projection;
    for (let i = 0; i + 1 < rows.length; i++) {
      for (let s = rows[i]!; s < rows[i + 1]!; s++) {
        if (belongs(member, s)) rowStart[member.from.first + i + 1]! += 1;
      }
    }
  }
  for (let cell = 0; cell < cells; cell++) rowStart[cell + 1]! += rowStart[cell]!;
  const next = rowStart.slice(0, cells);
  const count = rowStart[cells]!;
  const post = new Int32Array(count);
  const target = new Int32Array(count);
  const source = new Int32Array(count);
  const synapse = new Int32Array(count);
  for (const member of members) {
    const { projection, from, to } = member;
    const { rowStart: rows } = projection;
    const base = to.stateAt.get(
      receivingState(projection.port, to.population.ports[projection.port]!.model),
    )!;
    for (let i = 0; i + 1 < rows.length; i++) {
      for (let s = rows[i]!; s < rows[i + 1]!; s++) {
        if (!belongs(member, s)) continue;
        const at = next[from.first + i]!++;
        post[at] = to.first + projection.post[s]!;
        target[at] = base + projection.post[s]!;
        source[at] = projection.weight[s]!;
        synapse[at] = s;
      }
    }
  }
  return { delaySteps, rowStart, post, target, source, synapse };
}

/** The synapses of a network that spikes act by, in the order in which they deliver. */
export function routesOf(
  network: Network,
  cells: number,
  byName: ReadonlyMap<string, PopulationProgram>,
): Route[] {
  interface Group {
    members: Member[];
    delaySteps: number;
    projection: Projection;
    dense: boolean;
  }
  const groups = new Map<string, Group>();
  network.projections.forEach((projection, index) => {
    const { from, to, port, acts, delayMs } = projection;
    const target = byName.get(to)!;
    if (target.population.ports[port]!.model.sends !== undefined) return;
    const delay =
      typeof delayMs === 'number'
        ? stepsOf(delayMs, network.dtMs)
        : Int32Array.from(delayMs, (ms) => stepsOf(ms, network.dtMs));
    const flexible = projection.longestDelayMs !== undefined;
    const special = flexible || projection.plasticity !== undefined || projection.shortTerm !== undefined;
    const dense = !special && typeof delay === 'number' && isDense(projection);
    for (const delaySteps of typeof delay === 'number' ? [delay] : new Set(delay)) {
      const key = `${acts} ${special || dense ? index : ''} ${delaySteps}`;
      const group = groups.get(key) ?? { members: [], delaySteps, projection, dense };
      group.members.push({ projection, from: byName.get(from)!, to: target, delay });
      groups.set(key, group);
    }
  });
  return [...groups.values()]
    .sort((a, b) => a.delaySteps - b.delaySteps)
    .map(({ members, delaySteps, projection, dense }) => ({
      ...gather(cells, members, delaySteps),
      acts: projection.acts,
      dense,
      ...(projection.plasticity || projection.shortTerm ? { special: projection } : {}),
      ...(projection.longestDelayMs === undefined
        ? {}
        : {
            flexible: {
              projection: projection.name,
              longestSteps: stepsOf(projection.longestDelayMs, network.dtMs),
            },
          }),
    }));
}
