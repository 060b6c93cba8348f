import type { Network, Projection, Release, Values } from '../model/network.js';

/** A cell in its population. */
interface Place {
  population: string;
  index: number;
}

function placeIn({ populations }: Network, cell: number): Place {
  let first = 0;
  for (const { name, count } of populations) {
    if (cell < first + count) return { population: name, index: cell - first };
    first += count;
  }
  throw new RangeError(`cell ${cell}: the network has ${first} cells`);
}

/** The projection without the synapses to a cell and from it. */
function withoutSynapses(projection: Projection, { population, index }: Place): Projection {
  const { from, to, rowStart, post, weight, delayMs, plasticity } = projection;
  const starts = [0];
  const left: number[] = [];
  for (let pre = 0; pre + 1 < rowStart.length; pre++) {
    for (let synapse = rowStart[pre]!; synapse < rowStart[pre + 1]!; synapse++) {
      const sends = from === population && pre === index;
      const receives = to === population && post[synapse] === index;
      if (!sends && !receives) left.push(synapse);
    }
    starts.push(left.length);
  }
  if (left.length === post.length) return projection;
  const pick = (values: Int32Array) => Int32Array.from(left, (synapse) => values[synapse]!);
  const each = (values: Values) =>
    typeof values === 'number' ? values : Float64Array.from(left, (synapse) => values[synapse]!);
  return {
    ...projection,
    rowStart: Int32Array.from(starts),
    post: pick(post),
    weight: pick(weight),
    delayMs: each(delayMs),
    ...(plasticity
      ? {
          plasticity: {
            ...plasticity,
            parameters: Object.fromEntries(
              Object.entries(plasticity.parameters).map(([name, values]) => [name, each(values)]),
            ),
          },
        }
      : {}),
  };
}

/** The network in which one cell, counted through the populations, is silent. */
export function withoutCell(network: Network, cell: number): Network {
  const place = placeIn(network, cell);
  const { count } = network.populations.find(({ name }) => name === place.population)!;
  const others = (of: Int32Array, gone: number) => of.filter((each) => each !== gone);
  const released = (release: Release): Release =>
    release.population === place.population
      ? {
          ...release,
          cells: others(release.cells ?? Int32Array.from({ length: count }, (_, i) => i), place.index),
        }
      : release;
  return {
    ...network,
    projections: network.projections.map((projection) => withoutSynapses(projection, place)),
    modulators: Object.fromEntries(
      Object.entries(network.modulators).map(([name, modulator]) => [
        name,
        modulator.releasedBy ? { ...modulator, releasedBy: modulator.releasedBy.map(released) } : modulator,
      ]),
    ),
    outputs: network.outputs.map((output) => ({ ...output, cells: others(output.cells, cell) })),
  };
}
