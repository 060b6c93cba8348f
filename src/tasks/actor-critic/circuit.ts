import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { allToAll, type Connection, connect, type Edges } from '../../network/build/random-graph.js';
import { poisson } from '../../network/cells/poisson.js';
import { summedResponse } from '../../network/cells/summed-response.js';
import { external } from '../../network/inputs/external.js';
import { spikeCount } from '../../network/inputs/spike-count.js';
import type { Embodied } from '../../network/model/body.js';
import type { OutputPort, Plasticity, Population } from '../../network/model/network.js';
import { epsp } from '../../network/synapses/epsp.js';
import { criticBody, criticBodyAbout } from './critic.js';

export interface ActorCriticOptions {
  /** One place cell for each input of the task, by the input's name. */
  places: readonly string[];
  /** Rate of a place cell in the middle of its field. */
  peakHz: number;
  /** Cells that each output counts the spikes of, by its name. */
  actors: Readonly<Record<string, number>>;
  /** Which actors a place cell reaches, ascending. */
  reaches(place: number): readonly number[];
  /** Weight from one actor to another, both counted through all of them. */
  lateral(from: number, to: number): number;
  /** Cells of the critic. */
  critics: number;
  /** Mean of the first weights onto actors and onto the critic, and the area (ms mV) under a potential of weight 1. */
  actor: { weight: number; area: number };
  critic: { weight: number; area: number };
  stepsAnInterval: number;
  /** Of the first weights. */
  seed: number;
  /** How the weights from place cells change, where they do. */
  plasticity?: { toActors: Plasticity; toCritic: Plasticity } | undefined;
}

/** The first weights are uniform within this share of their mean. */
const scatter = 0.05;

/** The name of the output that counts the critic's spikes: the last of the outputs. */
export const criticOutput = 'critic';

/** Synapses by presynaptic cell. */
function edgesOf(rows: readonly (readonly number[])[]): Edges {
  const rowStart = new Int32Array(rows.length + 1);
  rows.forEach((row, pre) => {
    rowStart[pre + 1] = rowStart[pre]! + row.length;
  });
  return { rowStart, post: Int32Array.from(rows.flat()) };
}

const range = (first: number, count: number) => Int32Array.from({ length: count }, (_, i) => first + i);

/** Cells whose potential is the sum of what they receive, and whose own spike cuts it off. */
const responding = (name: string, count: number, area: number): Population => ({
  name,
  count,
  model: summedResponse,
  parameters: {},
  ports: {
    inputs: { model: epsp, parameters: { amplitude: area } },
    counter: { model: spikeCount, parameters: {} },
  },
});

/**
 * The spiking actor-critic of Frémaux, Sprekeler and Gerstner 2013, doi:10.1371/journal.pcbi.1003024: place cells reach all
 * actors, which compete, and all cells of a critic, whose rate says how much reward is to come. DA is the error of
 * temporal differences: whoever lives with the network sets it in each interval (`critic.ts`).
 */
export function actorCriticCircuit(options: ActorCriticOptions): Embodied {
  const {
    places,
    peakHz,
    actors,
    lateral,
    reaches,
    critics,
    actor,
    critic,
    seed,
    plasticity,
    stepsAnInterval,
  } = options;
  const random = RandomStream.from(deriveSeed('actor-critic', seed));
  const acting = Object.values(actors).reduce((sum, cells) => sum + cells, 0);
  const learned = (to: string, edges: Edges, mean: number, rule: Plasticity | undefined): Connection => ({
    ...{ from: 'place', to, port: 'inputs', acts: 'afterReset', delayMs: 0, edges },
    weight: () => mean * random.uniformIn(1 - scatter, 1 + scatter),
    ...(rule ? { plasticity: rule } : {}),
  });
  const { projections, weights } = connect({
    toActors: learned(
      'actor',
      edgesOf(places.map((_, place) => reaches(place))),
      actor.weight,
      plasticity?.toActors,
    ),
    toCritic: learned(
      'critic',
      allToAll({ from: places.length, to: critics }),
      critic.weight,
      plasticity?.toCritic,
    ),
    lateral: {
      ...{ from: 'actor', to: 'actor', port: 'inputs', acts: 'afterReset', delayMs: 1 },
      edges: allToAll({ from: acting, to: acting, self: false }),
      weight: lateral,
    },
  });
  let next = places.length;
  const outputs = Object.entries({ ...actors, [criticOutput]: critics }).map(([name, cells]): OutputPort => {
    next += cells;
    return { name, cells: range(next - cells, cells), state: 'counter.count', empties: true };
  });
  return {
    network: {
      dtMs: 1,
      populations: [
        {
          name: 'place',
          count: places.length,
          model: poisson,
          parameters: { rate: 0 },
          ports: { external: { model: external, parameters: { I: new Float64Array(places.length) } } },
        },
        responding('actor', acting, actor.area),
        responding('critic', critics, critic.area),
      ],
      projections,
      modulators: { DA: { tauMs: Number.POSITIVE_INFINITY, baseline: 0 } },
      inputs: places.map((name, cell) => ({
        name,
        kind: 'current',
        cells: Int32Array.of(cell),
        amplitude: peakHz,
      })),
      outputs,
      weights,
    },
    stepsAnInterval,
    precision: 'f32',
    start: weights.slice(0, projections[0]!.post.length + projections[1]!.post.length),
    weightUnit: '1',
    body: criticBody,
    bodyAbout: criticBodyAbout,
  };
}
