import { evaluate } from '../../expression/evaluate.js';
import type { Values } from '../../network/model/network.js';
import { type Node, valueOfNode } from '../graph.js';
import { padded } from '../layout.js';
import type { PopulationProgram } from '../population-program.js';
import { isCondition } from '../wat/code.js';
import type { Places } from '../wat/values.js';
import type { Memory } from './memory.js';

/** Writes the values of constants: of each population, of each cell, and for what is computed once a step. */
export function writeConstants(
  { program, numbers, doubles, words, size }: Memory,
  places: Places,
  parameterOf: (name: string) => Values | undefined,
  count: number,
): void {
  const leaf = (cell: number) => (node: Node) => {
    if (node.name === 'dt') return program.network.dtMs;
    const value = parameterOf(node.name!);
    if (value === undefined) throw new Error(`no value for ${node.name}`);
    return typeof value === 'number' ? value : value[cell]!;
  };
  const write = (at: number, node: Node, cell: number, bytes: number) => {
    const value = valueOfNode(node, leaf(cell));
    if (isCondition(node)) {
      for (let word = 0; word < bytes / 4; word++) words[at / 4 + word] = value ? -1 : 0;
    } else if (bytes === 8) doubles[at / 8] = value;
    else numbers[at / 4] = value;
  };
  for (const [node, at] of places.constants) write(at, node, 0, size);
  for (const [node, at] of places.stepConstants) write(at, node, 0, 8);
  for (const [node, at] of places.perCell) {
    const all = padded(count);
    if (node.operation === 'cellParameter') {
      const values = parameterOf(node.name!)!;
      for (let cell = 0; cell < all; cell++) {
        numbers[at / size + cell] = typeof values === 'number' ? values : values[Math.min(cell, count - 1)]!;
      }
      continue;
    }
    for (let cell = 0; cell < all; cell++) write(at + cell * size, node, Math.min(cell, count - 1), size);
  }
}

/** Writes states as they are before the first step; lanes without a cell are as the last cell. */
export function writeStarts(
  { program, numbers, size }: Memory,
  { dynamics, population }: PopulationProgram,
  places: Places,
  parameters: ReadonlyMap<string, Values>,
): void {
  const all = padded(population.count);
  for (const { name, start } of dynamics.states) {
    const at = places.stateAt.get(name)! / size;
    if (typeof start === 'number') {
      numbers.fill(start, at, at + all);
      continue;
    }
    const same =
      !(start instanceof Float64Array) && ![...parameters.values()].some((v) => typeof v !== 'number');
    let value = 0;
    for (let cell = 0; cell < all; cell++) {
      const own = Math.min(cell, population.count - 1);
      if (start instanceof Float64Array) value = start[own]!;
      else if (cell === 0 || !same) {
        const known = new Map<string, number>([['dt', program.network.dtMs]]);
        for (const [parameter, v] of parameters) known.set(parameter, typeof v === 'number' ? v : v[own]!);
        value = evaluate(start, known);
      }
      numbers[at + cell] = value;
    }
  }
}
