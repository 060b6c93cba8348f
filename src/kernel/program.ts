import { substitute } from '../expression/analysis.js';
import type { Expression } from '../expression/ast.js';
import { parseExpression } from '../expression/parse.js';
import { checkNetwork } from '../network/check/network.js';
import { portNames } from '../network/model/dynamics.js';
import type { Network } from '../network/model/network.js';
import { UsageError } from '../spec/errors.js';
import { type Learning, learningOf } from './learning.js';
import { layPopulations, type PopulationProgram } from './population-program.js';
import { type Route, routesOf } from './routes.js';

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
 * @throws UsageError where such synapses change, or have a memory of spikes, and for more than 32 inputs
 */
function forcedOf({ inputs }: Network, routes: readonly Route[]): Forced {
  const rowStart = new Int32Array(inputs.length + 1);
  const target: number[] = [];
  const source: number[] = [];
  inputs.forEach(({ kind, cells, name }, input) => {
    // Which of them are on is told to a module by the bits of one word.
    if (kind === 'fire' && input > 31)
      throw new UsageError(`input "${name}" fires cells, and is not one of the first 32.`);
    for (const cell of kind === 'fire' ? cells : []) {
      for (const route of routes) {
        const [from, to] = [route.rowStart[cell]!, route.rowStart[cell + 1]!];
        if (route.special && to > from)
          throw new UsageError(
            `input "${name}" fires cells whose synapses are not constant: they learn, change with use, or have a delay that lives may change.`,
          );
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
  const populations = layPopulations(network);
  const cells = populations.reduce((sum, { population }) => sum + population.count, 0);
  const states = populations.reduce(
    (sum, { population, dynamics }) => sum + population.count * dynamics.states.length,
    0,
  );
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
