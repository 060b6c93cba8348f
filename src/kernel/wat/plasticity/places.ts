import type { Node } from '../../graph.js';
import { type Layout, lanes, type Precision, padded } from '../../layout.js';
import type { Learning } from '../../learning.js';

/** Steps between rebases at the most, and so entries in a table of powers. */
export const longestInterval = 1024;

export interface VariablePlaces {
  name: string;
  /** `[synapses]` */
  at: number;
  scaled: boolean;
  driven: boolean;
  /** Tables of the powers of its decay and, in float64, of those by which the drive counts. */
  up: number | undefined;
  down: number | undefined;
  down64: number | undefined;
  /** f64: the integral over a step of what decays from 1. */
  integral: number;
  /** f64, by `m.NAME`: the share of a modulator's excess that counts in a step. */
  levels: ReadonlyMap<string, number>;
}

export interface TracePlaces {
  name: string;
  of: 'pre' | 'post';
  /** `[padded cells of its side]` */
  at: number;
  /** Tables of powers, where the trace is scaled. */
  up: number | undefined;
  down: number | undefined;
  /** Of one that follows something: the share of the way that it goes in a step. */
  approach: number;
}

/**
 * What is kept of a plastic route. Variables and traces that only decay stand as they would be at the last rebase: worth
 * their value times e^(-r dt / tau), r steps later, so that nothing is to be done while no spike comes. With G the sum of
 * a variable's drive e^(-r dt / tau) over the steps since then, a weight is w plus the sum of each variable times its G.
 * Bounds are exact as long as one variable drives and its drive keeps its sign, because a weight then moves one way
 * between events; where that changes, and in every step in which several drive, all weights are brought within bounds.
 */
export interface PlasticPlaces {
  synapses: number;
  variables: readonly VariablePlaces[];
  traces: readonly TracePlaces[];
  /** i32 `[synapses]` byte offset of the postsynaptic cell in its population */
  post: number;
  /**
   * i32 `[cells of the postsynaptic population + 1]`, `[synapses]`, `[synapses]`: the synapses onto each cell, as byte
   * offsets of their numbers and of their presynaptic cells
   */
  columns: number;
  columnSynapse: number;
  columnPre: number;
  low: number;
  high: number;
  /** Constants of the rule's expressions: one, one for each synapse, and of drives in float64. */
  constants: Map<Node, number>;
  perSynapse: Map<Node, number>;
  driveConstants: Map<Node, number>;
  /** Of the projection: `[padded cells of the postsynaptic population]` sums and numbers of weights onto each cell. */
  incoming: { sums: number; counts: number } | undefined;
}

export function plasticPlaces(
  { plan, from, to }: Learning,
  synapses: number,
  incoming: PlasticPlaces['incoming'],
  modulators: readonly string[],
  layout: Layout,
  precision: Precision,
): PlasticPlaces {
  const { bytes } = lanes[precision];
  const table = (wanted: boolean, size: number = bytes) =>
    wanted ? layout.take((longestInterval + 1) * size) : undefined;
  const count = { pre: from.population.count, post: to.population.count };
  return {
    synapses,
    variables: plan.variables.map(({ name, tau, drive }) => {
      const scaled = tau !== undefined;
      const driven = drive !== undefined;
      return {
        name,
        at: layout.take(synapses * bytes),
        scaled,
        driven,
        up: table(scaled),
        down: table(scaled),
        down64: table(scaled && driven, 8),
        integral: layout.take(8),
        levels: new Map(driven ? modulators.map((modulator) => [modulator, layout.take(8)]) : []),
      };
    }),
    traces: plan.traces.map(({ name, of, tau, follows }) => {
      const scaled = tau !== undefined && follows === undefined;
      return {
        name,
        of,
        at: layout.take(padded(count[of]) * bytes),
        up: table(scaled),
        down: table(scaled),
        approach: layout.take(bytes),
      };
    }),
    post: layout.take(synapses * 4),
    columns: layout.take((count.post + 1) * 4),
    columnSynapse: layout.take(synapses * 4),
    columnPre: layout.take(synapses * 4),
    low: layout.take(bytes),
    high: layout.take(bytes),
    constants: new Map(),
    perSynapse: new Map(),
    driveConstants: new Map(),
    incoming,
  };
}
