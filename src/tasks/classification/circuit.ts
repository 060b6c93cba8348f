import type { RandomStream } from '../../math/random.js';
import { allToAll, type Connection, connect, type Edges } from '../../network/build/random-graph.js';
import { escapeRate } from '../../network/cells/escape-rate.js';
import { poisson } from '../../network/cells/poisson.js';
import { external } from '../../network/inputs/external.js';
import type { Embodied } from '../../network/model/body.js';
import type { InputPort, OutputPort, Plasticity, Population } from '../../network/model/network.js';
import { activeHz, cellsAPool, psp, restHz, tauDopamineMs, tauPspMs } from './cells.js';
import type { HiddenLayer } from './hidden.js';
import { numbered } from './ports.js';
import { withTeachers } from './teachers.js';

/** Weight between the cells of two pools. */
const rivalry = -0.6;
/** Mean of the first weights that learn. */
const meanWeight = 0.5;

/** A row of inputs of one name, each of so many channels. */
export interface InputRow {
  name: string;
  inputs: number;
  channels: number;
  /** Rate of a channel while its input is on, where it differs. */
  activeHz?: number;
}

export interface ClassifierSettings {
  /** Draws what is random of the circuit. */
  random: RandomStream;
  inputs: readonly InputRow[];
  pools: number;
  /** Channels that are on at a time, on average, as if at the usual rate: they set the threshold of the pools, where there is no hidden layer. */
  channelsOn: number;
  /** Between inputs and pools; absent where inputs reach the pools themselves. */
  hidden?: HiddenLayer;
  /** Of the weights onto the pools. */
  plasticity: Plasticity;
  stepsAnInterval: number;
}

const cellsFrom = (first: number, count: number) => Int32Array.from({ length: count }, (_, i) => first + i);

/** Every pool's cells to those of all others. */
function rivals(pools: number): Edges {
  const cells = pools * cellsAPool;
  const posts = Array.from({ length: cells }, (_, pre) => {
    const own = Math.floor(pre / cellsAPool);
    return Array.from({ length: cells }, (_, post) => post).filter(
      (post) => Math.floor(post / cellsAPool) !== own,
    );
  });
  return {
    rowStart: Int32Array.from({ length: cells + 1 }, (_, pre) => pre * (cells - cellsAPool)),
    post: Int32Array.from(posts.flat()),
  };
}

const poolsOf = (cells: number, drive: number): Population => ({
  name: 'pools',
  count: cells,
  model: escapeRate,
  // Untaught, the cells are at their threshold while a pattern is on.
  parameters: { theta: drive * meanWeight },
  ports: { inputs: psp, rivals: psp },
});

const inputsOf = (channels: number): Population => ({
  name: 'inputs',
  count: channels,
  model: poisson,
  parameters: { rate: restHz },
  ports: { external: { model: external, parameters: { I: new Float64Array(channels) } } },
});

/** Each input drives the channels that follow those of the input before. */
function drives(rows: readonly InputRow[]): InputPort[] {
  let first = 0;
  return rows.flatMap(({ name, inputs, channels, activeHz: onHz = activeHz }) =>
    numbered(name, inputs).map((each): InputPort => {
      const cells = cellsFrom(first, channels);
      first += channels;
      return { name: each, kind: 'current', cells, amplitude: onHz - restHz };
    }),
  );
}

/**
 * Poisson channels excite pools of cells through weights that learn, by themselves or through a hidden layer; each pool
 * stands for an answer, and inhibits the others. A teacher may drive the cells of a pool. Observations are the inputs, then
 * the teachers.
 */
export function classifierCircuit(settings: ClassifierSettings): Embodied {
  const { random, inputs, pools, channelsOn, hidden, plasticity, stepsAnInterval } = settings;
  const channels = inputs.reduce((sum, row) => sum + row.inputs * row.channels, 0);
  const cells = pools * cellsAPool;
  const made = hidden?.(random, channels, channelsOn);
  const from = made ? { name: 'hidden', count: made.cells } : { name: 'inputs', count: channels };
  const learned: Connection = {
    from: from.name,
    to: 'pools',
    port: 'inputs',
    acts: 'afterReset',
    delayMs: 0,
    edges: allToAll({ from: from.count, to: cells }),
    weight: () => random.uniformIn(0.9 * meanWeight, 1.1 * meanWeight),
    plasticity,
  };
  const { projections, weights } = connect({
    ...made?.evolving,
    toPools: learned,
    ...made?.fixed,
    rivals: {
      from: 'pools',
      to: 'pools',
      port: 'rivals',
      acts: 'afterReset',
      delayMs: 0,
      edges: rivals(pools),
      weight: rivalry,
    },
  });
  const evolving = Object.values(made?.evolving ?? {});
  const starting = evolving.length > 0 ? evolving : [learned];
  const drive = made?.drive ?? (channelsOn * activeHz * tauPspMs) / 1000;
  const populations = [inputsOf(channels), ...(made?.populations ?? []), poolsOf(cells, drive)];
  const first = populations.slice(0, -1).reduce((sum, { count }) => sum + count, 0);
  const answers = numbered('answer', pools).map(
    (name, pool): OutputPort => ({
      name,
      cells: cellsFrom(first + pool * cellsAPool, cellsAPool),
      state: 'spikes',
      empties: true,
    }),
  );
  return withTeachers({
    network: {
      dtMs: 1,
      populations,
      projections,
      // Nothing releases NA, which the rule knows: it is there for genomes that give it a baseline.
      modulators: { DA: { tauMs: tauDopamineMs, baseline: 0 }, NA: { tauMs: 1000, baseline: 0 } },
      inputs: drives(inputs),
      outputs: answers,
      weights,
    },
    stepsAnInterval,
    precision: 'f64',
    start: weights.slice(
      0,
      starting.reduce((sum, { edges }) => sum + edges.post.length, 0),
    ),
    weightUnit: '1',
    body: {},
  });
}
