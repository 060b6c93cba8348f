import type { Connectome } from '../connectome.js';
import { type WiringNumbers, wiringNumbers } from '../wiring-numbers.js';
import { classNames } from './class-blocks.js';
import { roleNames } from './role-blocks.js';

/** A quantity of each cell, animal beside null model. */
export interface KeptByCell {
  /** Whether it is the same for every cell. */
  kept: boolean;
  /** Cells for which it is the same, of all cells. */
  same: number;
  cells: number;
}

export interface BlockCount {
  from: string;
  to: string;
  animal: number;
  null: number;
}

/** An animal and a null model of it side by side: what the null model keeps, and what it took away. */
export interface NullReport {
  animal: WiringNumbers;
  null: WiringNumbers;
  /** By cell. Strengths are sums of magnitudes; the sign of a cell is that of all its outgoing connections. */
  byCell: Record<
    | 'inDegrees'
    | 'outDegrees'
    | 'inStrengths'
    | 'outStrengths'
    | 'junctionDegrees'
    | 'junctionStrengths'
    | 'signs',
    KeptByCell
  >;
  /** Whether all of them together are the same numbers, wherever they stand. */
  values: { weights: boolean; signs: boolean; junctionWeights: boolean };
  /** Share of the animal's connections that are not in the null model, and of those that are there with another weight or sign. */
  moved: { chemical: number; gap: number };
  changed: { chemical: number; gap: number };
  /** Chemical connections from role to role, wherever either has any. */
  roleBlocks: BlockCount[];
  /** Whether each class has as many chemical connections to each other class. */
  classBlocksKept: boolean;
}

const degreesOf = (connectome: Connectome, ends: Int32Array[], weight?: Float64Array): Float64Array => {
  const found = new Float64Array(connectome.cells.count);
  for (const end of ends) for (const [k, cell] of end.entries()) found[cell]! += weight ? weight[k]! : 1;
  return found;
};

/** Sums of fractions differ in their last bits with the order of adding. */
const isSame = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

function byCell(
  animal: Connectome,
  made: Connectome,
  of: (connectome: Connectome) => ArrayLike<number>,
): KeptByCell {
  const [before, after] = [of(animal), of(made)];
  const same = Array.from(before).filter((value, cell) => isSame(value, after[cell]!)).length;
  return { kept: same === animal.cells.count, same, cells: animal.cells.count };
}

/** Which signs a cell's outgoing connections have: a bit each. */
function signsOf({ cells, chemical }: Connectome): Int32Array {
  const found = new Int32Array(cells.count);
  for (let k = 0; k < chemical.count; k++) {
    if (chemical.weight[k]! > 0) found[chemical.pre[k]!]! |= 1 << (chemical.sign[k]! + 1);
  }
  return found;
}

const sameValues = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  const [x, y] = [a, b].map((values) => Float64Array.from(values).sort());
  return x!.length === y!.length && x!.every((value, k) => value === y![k]);
};

/** Shares of the animal's connections that went, and that stay with something else on them. */
function changesOf(animal: Map<string, string>, made: Map<string, string>) {
  let [moved, changed] = [0, 0];
  for (const [pair, value] of animal) {
    const now = made.get(pair);
    if (now === undefined) moved++;
    else if (now !== value) changed++;
  }
  const all = Math.max(1, animal.size);
  return { moved: moved / all, changed: changed / all };
}

const chemicalByPair = ({ chemical }: Connectome) =>
  new Map(
    Array.from(chemical.pre, (pre, k) => [
      `${pre} ${chemical.post[k]}`,
      `${chemical.weight[k]} ${chemical.sign[k]}`,
    ]),
  );
const junctionsByPair = ({ gap }: Connectome) =>
  new Map(Array.from(gap.a, (a, k) => [`${a} ${gap.b[k]}`, `${gap.weight[k]}`]));

function blockCounts(animal: Connectome, made: Connectome, names: readonly string[]): BlockCount[] {
  const found = new Map<string, BlockCount>();
  for (const [column, { chemical }] of [
    ['animal', animal],
    ['null', made],
  ] as const) {
    for (let k = 0; k < chemical.count; k++) {
      const [from, to] = [names[chemical.pre[k]!]!, names[chemical.post[k]!]!];
      const key = JSON.stringify([from, to]);
      const block = found.get(key) ?? { from, to, animal: 0, null: 0 };
      block[column]++;
      found.set(key, block);
    }
  }
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...found.values()].sort((x, y) => order(x.from, y.from) || order(x.to, y.to));
}

/** What a null model keeps of an animal, and what it took away, computed from the two. Their cells must be the same. */
export function nullReport(animal: Connectome, made: Connectome): NullReport {
  const chemical = changesOf(chemicalByPair(animal), chemicalByPair(made));
  const gap = changesOf(junctionsByPair(animal), junctionsByPair(made));
  const compared = (of: (connectome: Connectome) => ArrayLike<number>) => byCell(animal, made, of);
  return {
    animal: wiringNumbers(animal),
    null: wiringNumbers(made),
    byCell: {
      inDegrees: compared((of) => degreesOf(of, [of.chemical.post])),
      outDegrees: compared((of) => degreesOf(of, [of.chemical.pre])),
      inStrengths: compared((of) => degreesOf(of, [of.chemical.post], of.chemical.weight)),
      outStrengths: compared((of) => degreesOf(of, [of.chemical.pre], of.chemical.weight)),
      junctionDegrees: compared((of) => degreesOf(of, [of.gap.a, of.gap.b])),
      junctionStrengths: compared((of) => degreesOf(of, [of.gap.a, of.gap.b], of.gap.weight)),
      signs: compared(signsOf),
    },
    values: {
      weights: sameValues(animal.chemical.weight, made.chemical.weight),
      signs: sameValues(animal.chemical.sign, made.chemical.sign),
      junctionWeights: sameValues(animal.gap.weight, made.gap.weight),
    },
    moved: { chemical: chemical.moved, gap: gap.moved },
    changed: { chemical: chemical.changed, gap: gap.changed },
    roleBlocks: blockCounts(animal, made, roleNames(animal.cells)),
    classBlocksKept: blockCounts(animal, made, classNames(animal.cells)).every(
      (block) => block.animal === block.null,
    ),
  };
}
