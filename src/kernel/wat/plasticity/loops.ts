import { lanes } from '../../layout.js';
import type { RuleSurroundings } from './surroundings.js';

export type Side = 'pre' | 'post';

/** The population of one side of a plastic projection. */
export const populationOn = ({ learning }: RuleSurroundings, side: Side) =>
  side === 'pre' ? learning.from : learning.to;

export const cell = '(local.get $cell)';

/** The i32 of a list at the synapse whose entries stand at the byte offset `$s`. */
export const entryAt = (list: number) => `(i32.load offset=${list} (local.get $s))`;

/** The byte offset of a cell of the list in its population, into a local; other populations' cells are left out. */
export function withinPopulation(of: RuleSurroundings, side: Side, body: string): string {
  const { first, population } = populationOn(of, side);
  return `
      (block $other
        (local.set $${side} (i32.sub (local.get $cell) (i32.const ${first})))
        (br_if $other (i32.ge_u (local.get $${side}) (i32.const ${population.count})))
        ${body})`;
}

/** A loop over one row or column: `$s` is the byte offset of its i32 entries. */
export const overRow = (rows: number, index: string, body: string) => `
      (local.set $s (i32.shl (i32.load offset=${rows} (i32.shl ${index} (i32.const 2))) (i32.const 2)))
      (local.set $last (i32.shl (i32.load offset=${rows + 4} (i32.shl ${index} (i32.const 2))) (i32.const 2)))
      (block $rowDone
        (br_if $rowDone (i32.ge_u (local.get $s) (local.get $last)))
        (loop $synapses
          ${body}
          (local.set $s (i32.add (local.get $s) (i32.const 4)))
          (br_if $synapses (i32.lt_u (local.get $s) (local.get $last)))))`;

/** Turns a cell's number in a local into the byte offset of its numbers. */
export const scaleToBytes = ({ precision }: RuleSurroundings, side: Side) =>
  `(local.set $${side} (i32.shl (local.get $${side}) (i32.const ${lanes[precision].shift})))`;

/** Sets `$at` to the byte offset of a synapse's numbers, in the order of the rows. */
export const setSynapseOffset = ({ precision }: RuleSurroundings) =>
  `(local.set $at ${lanes[precision].shift === 2 ? '(local.get $s)' : '(i32.shl (local.get $s) (i32.const 1))'})`;

/** A loop over whole vectors: `$i` is their byte offset. */
export const overVectors = (label: string, size: number, body: string) =>
  size === 0
    ? ''
    : `(local.set $i (i32.const 0))
      (loop $${label} ${body}
        (local.set $i (i32.add (local.get $i) (i32.const 16)))
        (br_if $${label} (i32.lt_u (local.get $i) (i32.const ${size}))))`;

export const bytesOfCells = (of: RuleSurroundings, side: Side) =>
  Math.ceil((populationOn(of, side).population.count * lanes[of.precision].bytes) / 16) * 16;

export const bytesOfSynapses = ({ plastic, precision }: RuleSurroundings) =>
  Math.ceil((plastic.synapses * lanes[precision].bytes) / 16) * 16;
