import { drawsIn, substitute } from '../expression/analysis.js';
import type { Expression } from '../expression/ast.js';
import { parseExpression } from '../expression/parse.js';
import { checkNetwork } from '../network/check/network.js';
import { checkModulators } from '../network/check/population.js';
import { type Dynamics, dynamicsOf, portNames, receivingState } from '../network/model/dynamics.js';
import type { Network, Population, Projection } from '../network/model/network.js';
import { type Learning, planOf } from './learning.js';

/** One population in a program. States of all populations stand in one space, one after the other. */
export interface PopulationProgram {
  population: Population;
  /** Index of its first cell. */
  first: number;
  dynamics: Dynamics;
  /** Where each state begins in the space of states. */
  stateAt: ReadonlyMap<string, number>;
  /** Places in the equations that draw random numbers are counted through the network, from here. */
  firstSite: number;
}

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

/** Synapses that an input makes deliver in every step while it is on, input by input. */
export interface Forced {
  /** `[inputs + 1]` */
  rowStart: Int32Array;
  target: Int32Array;
  source: Int32Array;
}

/** A projection without spikes: at every step each cell sends a value. */
export interface Continuous {
  from: PopulationProgram;
  to: PopulationProgram;
  port: string;
  /** Over states and parameters of `from`, and the port's parameters as `PORT.NAME`. */
  sends: Expression;
  /** `[cells of from + 1]` */
  rowStart: Int32Array;
  /** `[synapses]` postsynaptic cell, counted in its population */
  post: Int32Array;
  source: Int32Array;
}

/** A network laid out for running: what both engines start from. */
export interface Program {
  network: Network;
  cells: number;
  populations: readonly PopulationProgram[];
  /** Size of the space of states. */
  states: number;
  routes: readonly Route[];
  /** The projections whose weights change, in order. */
  learning: readonly Learning[];
  continuous: readonly Continuous[];
  forced: Forced;
  /** Steps whose spikes are kept: the longest delay and the present. */
  slots: number;
}

/** Whole steps of a delay. */
export const stepsOf = (delayMs: number, dtMs: number) => Math.max(0, Math.round(delayMs / dtMs));

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

function routesOf(network: Network, cells: number, byName: ReadonlyMap<string, PopulationProgram>): Route[] {
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

/** The plastic projections, each with the routes that its synapses are laid out in. */
function learningOf(
  { projections }: Network,
  routes: readonly Route[],
  byName: ReadonlyMap<string, PopulationProgram>,
): Learning[] {
  return projections.flatMap((projection) => {
    if (!projection.plasticity) return [];
    return [
      {
        projection,
        plan: planOf(projection.plasticity.rule),
        from: byName.get(projection.from)!,
        to: byName.get(projection.to)!,
        routes: routes.flatMap(({ special }, i) => (special === projection ? [i] : [])),
      },
    ];
  });
}

function continuousOf(network: Network, byName: ReadonlyMap<string, PopulationProgram>): Continuous[] {
  return network.projections.flatMap((projection) => {
    const [from, to] = [byName.get(projection.from)!, byName.get(projection.to)!];
    const { model } = to.population.ports[projection.port]!;
    if (model.sends === undefined) return [];
    const own = new Map([...portNames(projection.port, model)].filter(([name]) => model.parameters[name]));
    const sends = substitute(parseExpression(model.sends), own);
    const { rowStart, post, weight: source } = projection;
    return [{ from, to, port: projection.port, sends, rowStart, post, source }];
  });
}

/**
 * The outgoing synapses of the cells that inputs fire: cell by cell, and of each cell by route.
 * @throws Error where such synapses change, or have a memory of spikes, and for more than 32 inputs
 */
function forcedOf({ inputs }: Network, routes: readonly Route[]): Forced {
  const rowStart = new Int32Array(inputs.length + 1);
  const target: number[] = [];
  const source: number[] = [];
  inputs.forEach(({ kind, cells, name }, input) => {
    // Which of them are on is told to a module by the bits of one word.
    if (kind === 'fire' && input > 31)
      throw new Error(`input "${name}" fires cells, and is not one of the first 32`);
    for (const cell of kind === 'fire' ? cells : []) {
      for (const route of routes) {
        const [from, to] = [route.rowStart[cell]!, route.rowStart[cell + 1]!];
        if (route.special && to > from)
          throw new Error(`input "${name}" fires cells whose synapses are not constant`);
        for (let s = from; s < to; s++) {
          target.push(route.target[s]!);
          source.push(route.source[s]!);
        }
      }
    }
    rowStart[input + 1] = target.length;
  });
  return { rowStart, target: Int32Array.from(target), source: Int32Array.from(source) };
}

/** The plastic projection that a route is part of. */
export const learningOfRoute = ({ learning }: Program, route: number) =>
  learning.find(({ routes }) => routes.includes(route))!;

/** Lays a network out. @throws UsageError where its parts do not fit together */
export function programOf(network: Network): Program {
  checkNetwork(network);
  let cells = 0;
  let states = 0;
  let sites = 0;
  const populations = network.populations.map((population): PopulationProgram => {
    const dynamics = dynamicsOf(population);
    checkModulators(population, dynamics, Object.keys(network.modulators));
    const stateAt = new Map<string, number>();
    for (const { name } of dynamics.states) {
      stateAt.set(name, states);
      states += population.count;
    }
    const laid = { population, first: cells, dynamics, stateAt, firstSite: sites };
    cells += population.count;
    sites += dynamics.update.reduce((sum, { value }) => sum + drawsIn(value), 0);
    if (dynamics.fires) sites += drawsIn(dynamics.fires);
    return laid;
  });
  const byName = new Map(populations.map((population) => [population.population.name, population]));
  const routes = routesOf(network, cells, byName);
  const slots =
    1 +
    routes.reduce(
      (most, { delaySteps, flexible }) => Math.max(most, flexible?.longestSteps ?? delaySteps),
      0,
    );
  return {
    network,
    cells,
    populations,
    states,
    routes,
    learning: learningOf(network, routes, byName),
    continuous: continuousOf(network, byName),
    forced: forcedOf(network, routes),
    slots,
  };
}
