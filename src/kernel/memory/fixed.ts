import { lanes } from '../layout.js';
import { populationOf, releasedAmounts } from '../parameters.js';
import type { PopulationProgram } from '../population-program.js';
import { learningOfRoute } from '../program.js';
import type { Route } from '../routes.js';
import type { PlasticPlaces } from '../wat/plasticity/places.js';
import type { LaidRows } from '../wat/rows.js';
import type { Memory } from './memory.js';

/** Writes what no lifetime changes: rows, targets, lists. */
export function writeFixed(memory: Memory): void {
  const { program, places, doubles } = memory;
  writeRows(memory);
  const amounts = releasedAmounts(program);
  for (const { name, amounts: at } of places.released) doubles.set(amounts.get(name)!, at / 8);
  writeSlices(memory);
  writeOutputs(memory);
}

const writeWords = ({ words }: Memory, at: number, values: ArrayLike<number>) => words.set(values, at / 4);

/** Rows begin at the address of their first target, or, where more than weights is kept of a synapse, at its number. */
function writeRows(memory: Memory): void {
  const { program, places, size } = memory;
  const toAddress = addressesIn(memory);
  const write = ({ rows, targets, of }: LaidRows, numbered: boolean) => {
    writeWords(memory, rows, numbered ? of.rowStart : of.rowStart.map((first) => targets + 4 * first));
    writeWords(memory, targets, toAddress(of.target));
  };
  program.routes.forEach((route, i) => {
    const laid = places.routes[i]!;
    const { plastic } = laid;
    write(laid, plastic !== undefined || route.dense);
    if (!plastic) return;
    const { from, to } = learningOfRoute(program, i);
    writeWords(
      memory,
      plastic.post,
      route.post.map((cell) => (cell - to.first) * size),
    );
    writeColumns(memory, route, plastic, from, to);
  });
  write(places.forced, false);
  writeWords(memory, places.forced.inputs, Int32Array.from(program.network.inputs.keys()));
}

/** Places in the space of states, which has no padding, to addresses. */
function addressesIn({ program, places, size }: Memory): (targets: Int32Array) => Int32Array {
  const ranges = program.populations.flatMap(({ stateAt, population }, p) =>
    [...stateAt].map(([name, from]) => ({
      from,
      to: from + population.count,
      at: places.cells[p]!.stateAt.get(name)!,
    })),
  );
  return (targets) => {
    let range = ranges[0]!;
    return targets.map((target) => {
      if (target < 0) return places.nowhere;
      if (target < range.from || target >= range.to) {
        range = ranges.find(({ from, to }) => target >= from && target < to)!;
      }
      return range.at + (target - range.from) * size;
    });
  };
}

/** The synapses of a plastic route by postsynaptic cell. */
function writeColumns(
  { words, size }: Memory,
  { post, rowStart }: Route,
  { columns, columnSynapse, columnPre }: PlasticPlaces,
  from: PopulationProgram,
  to: PopulationProgram,
): void {
  const { count } = to.population;
  const start = new Int32Array(count + 1);
  for (const cell of post) start[cell - to.first + 1]! += 1;
  for (let cell = 0; cell < count; cell++) start[cell + 1]! += start[cell]!;
  words.set(start, columns / 4);
  const next = start.slice();
  for (let pre = 0; pre < from.population.count; pre++) {
    for (let s = rowStart[from.first + pre]!; s < rowStart[from.first + pre + 1]!; s++) {
      const at = next[post[s]! - to.first]!++;
      words[columnSynapse / 4 + at] = s * size;
      words[columnPre / 4 + at] = pre * size;
    }
  }
}

/** The synapses onto ports without spikes. */
function writeSlices(memory: Memory): void {
  const { program, places, precision, size } = memory;
  const lanesHere = lanes[precision].count;
  for (const { of, start, sent, targets } of places.receiving) {
    writeWords(
      memory,
      start,
      of.start.map((entry) => entry * lanesHere * 4),
    );
    writeWords(
      memory,
      sent,
      of.pre.map((pre, at) => {
        const projection = of.projection[at]!;
        return projection < 0 ? places.nothing : places.sending[projection]!.sentAt + pre * size;
      }),
    );
    const { receives } = of.to.population.ports[of.port]!.model;
    const cells = places.cells[program.populations.indexOf(of.to)]!;
    const base = cells.stateAt.get(`${of.port}.${receives}`)!;
    writeWords(
      memory,
      targets,
      of.post.map((cell) => (cell < 0 ? places.nowhere : base + cell * size)),
    );
  }
}

function writeOutputs(memory: Memory): void {
  const { program, places, size } = memory;
  places.outputs.forEach(({ list }, output) => {
    const { cells, state } = program.network.outputs[output]!;
    writeWords(
      memory,
      list,
      Array.from(cells, (cell) => {
        const of = populationOf(program, cell);
        return stateAddress(memory, of, state) + (cell - of.first) * size;
      }),
    );
  });
}

/** Address of a state's values in a population. */
export const stateAddress = ({ program, places }: Memory, of: PopulationProgram, name: string): number =>
  places.cells[program.populations.indexOf(of)]!.stateAt.get(name)!;
