import { suggest } from '../spec/errors.js';
import type { Connectome } from './connectome.js';
import { ProblemList } from './problems.js';

/** Checks a sorted list of pairs: indices in range, (first, second) ascending, none twice. */
function checkPairs(
  problems: ProblemList,
  connectome: Connectome,
  path: string,
  [firstKey, secondKey]: [string, string],
  first: Int32Array,
  second: Int32Array,
): void {
  const { count, ids } = connectome.cells;
  const name = (i: number) => `${ids[first[i]!] ?? first[i]} -> ${ids[second[i]!] ?? second[i]}`;
  const outside = (i: number) => i < 0 || i >= count;
  for (let k = 0; k < first.length; k++) {
    for (const [key, values] of [
      [firstKey, first],
      [secondKey, second],
    ] as const) {
      if (outside(values[k]!)) {
        problems.add(
          `${path}.${key}[${k}]: expected the index of a cell, 0 to ${count - 1}, found ${values[k]}.`,
        );
      }
    }
    if (k === 0) continue;
    const step = first[k]! - first[k - 1]! || second[k]! - second[k - 1]!;
    if (step === 0) {
      problems.add(
        `${path}.${firstKey}[${k}]: the pair ${name(k)} is given twice; sum the two into one entry.`,
      );
    } else if (step < 0) {
      problems.add(
        `${path}.${firstKey}[${k}]: expected entries sorted by (${firstKey}, ${secondKey}), ` +
          `found ${name(k)} after ${name(k - 1)}; sort them by cell index.`,
      );
    }
  }
}

/** Checks a code string against its legend. */
function checkLegend(
  problems: ProblemList,
  path: string,
  codes: string,
  legend: Record<string, string> | undefined,
  free: string,
): void {
  if (legend === undefined) return;
  for (const code of new Set(codes)) {
    if (code !== free && !Object.hasOwn(legend, code)) {
      problems.add(`${path}: the code "${code}" is not explained in ${path}Legend; add a line for it there.`);
    }
  }
}

function checkCells(problems: ProblemList, { cells, aliases }: Connectome): void {
  const rowOf = new Map<string, number>();
  for (const [i, id] of cells.ids.entries()) {
    const earlier = rowOf.get(id);
    if (earlier !== undefined) {
      problems.add(`cells.rows[${i}]: the id "${id}" is already that of cells.rows[${earlier}].`);
    }
    rowOf.set(id, i);
  }
  for (const [alias, id] of Object.entries(aliases)) {
    const path = `aliases[${JSON.stringify(alias)}]`;
    if (rowOf.has(alias)) problems.add(`${path}: "${alias}" is a cell's own id and cannot be an alias too.`);
    if (!rowOf.has(id)) problems.add(`${path}: unknown cell "${id}". ${suggest(id, cells.ids)}`);
  }
}

function checkSigns(problems: ProblemList, connectome: Connectome): void {
  const { cells, chemical } = connectome;
  for (let k = 0; k < chemical.count; k++) {
    const pair = () => `${cells.ids[chemical.pre[k]!]} -> ${cells.ids[chemical.post[k]!]}`;
    const weight = chemical.weight[k]!;
    const sign = chemical.sign[k]!;
    if (!(weight >= 0)) {
      problems.add(
        `chemical.weight[${k}]: expected a magnitude of at least 0, found ${weight}; the sign goes into chemical.sign.`,
      );
    } else if (weight === 0 && sign !== 0) {
      problems.add(
        `chemical.sign[${k}]: ${pair()} has weight 0 and sign "${sign > 0 ? '+' : '-'}"; ` +
          'a zero weight takes the sign "0".',
      );
    } else if (weight > 0 && sign === 0 && chemical.signBasis?.[k] !== 'u') {
      problems.add(
        `chemical.sign[${k}]: ${pair()} has weight ${weight} and sign "0"; give "+" or "-", ` +
          'or the code "u" in chemical.signBasis where the sign is not known.',
      );
    }
  }
}

function checkModulators(problems: ProblemList, { cells, modulators }: Connectome): void {
  const checkList = (path: string, list: readonly number[]) => {
    for (const [k, cell] of list.entries()) {
      if (!(cell >= 0 && cell < cells.count)) {
        problems.add(`${path}[${k}]: expected the index of a cell, 0 to ${cells.count - 1}, found ${cell}.`);
      } else if (k > 0 && cell <= list[k - 1]!) {
        problems.add(`${path}[${k}]: expected ascending indices, found ${cell} after ${list[k - 1]}.`);
      }
    }
  };
  for (const [i, modulator] of modulators.entries()) {
    checkList(`modulators[${i}].release`, modulator.release);
    for (const [j, receptor] of modulator.receptors.entries()) {
      checkList(`modulators[${i}].receptors[${j}].cells`, receptor.cells);
    }
  }
}

/**
 * What is wrong with a connectome, one line a fault, each with the path of its field in the table; empty when all
 * is well.
 */
export function integrityProblems(connectome: Connectome): ProblemList {
  const problems = new ProblemList();
  const { chemical, gap } = connectome;
  checkCells(problems, connectome);
  checkPairs(problems, connectome, 'chemical', ['pre', 'post'], chemical.pre, chemical.post);
  checkSigns(problems, connectome);
  checkLegend(problems, 'chemical.signBasis', chemical.signBasis ?? '', chemical.signBasisLegend, '');
  checkPairs(problems, connectome, 'gap', ['a', 'b'], gap.a, gap.b);
  for (let k = 0; k < gap.count; k++) {
    if (gap.a[k]! > gap.b[k]!) {
      problems.add(
        `gap.a[${k}]: expected a <= b, found ${gap.a[k]} > ${gap.b[k]}; a junction has no direction, swap the two.`,
      );
    }
    if (!(gap.weight[k]! >= 0)) {
      problems.add(`gap.weight[${k}]: expected a magnitude of at least 0, found ${gap.weight[k]}.`);
    }
  }
  checkLegend(problems, 'gap.flag', gap.flag, gap.flagLegend, '.');
  checkModulators(problems, connectome);
  return problems;
}
