import type { Quantity } from '../kernel/quantities.js';
import type { Network } from '../network/model/network.js';
import { suggest, UsageError } from '../spec/errors.js';

/** What cells or synapses of a quantity are called: by the animal's names where there are some, otherwise by number. */
export interface Members {
  /** `[count]`; synapses as `PRE>POST`, which several may share. */
  names: readonly string[];
}

/** @param animal `[populations][cells]` the animal's names of cells; undefined where there are none */
export function membersOf(
  { each, of, count }: Quantity,
  { populations, projections }: Network,
  animal: readonly (readonly string[])[] | undefined,
): Members {
  const cellsOf = (population: string): readonly string[] => {
    const at = populations.findIndex(({ name }) => name === population);
    return animal?.[at] ?? Array.from({ length: populations[at]!.count }, (_, cell) => `${cell}`);
  };
  if (each === 'network') return { names: [''] };
  if (each === 'cell') return { names: cellsOf(of) };
  const { from, to, rowStart, post } = projections.find(({ name }) => name === of)!;
  const [pre, targets] = [cellsOf(from), cellsOf(to)];
  const names = Array<string>(count);
  for (let cell = 0; cell + 1 < rowStart.length; cell++) {
    for (let s = rowStart[cell]!; s < rowStart[cell + 1]!; s++)
      names[s] = `${pre[cell]}>${targets[post[s]!]}`;
  }
  return { names };
}

/** A name and, in brackets, of which cells or synapses: `cells.v[AVAL,AVAR]`, `synapse.w[0-9]`. */
export function splitSelection(text: string): { name: string; parts: readonly string[] | undefined } {
  const found = /^(.*)\[([^[\]]*)\]$/.exec(text);
  if (!found) return { name: text, parts: undefined };
  return { name: found[1]!, parts: found[2]!.split(',').map((part) => part.trim()) };
}

/**
 * Numbers of the cells or synapses that a selection names, in its order, each once: by name, by number, or from one number
 * to another.
 * @throws UsageError for one that is not there
 */
export function chosenNumbers(
  { name, each, count }: Quantity,
  { names }: Members,
  parts: readonly string[],
  where: string,
): Int32Array {
  if (each === 'network') {
    throw new UsageError(
      `${where}: "${name}" has one value for the whole network: leave out [${parts.join(',')}].`,
    );
  }
  const inside = (number: number, part: string): number => {
    if (number < count) return number;
    throw new UsageError(
      `${where}: "${name}[${part}]": expected ${each}s from 0 to ${count - 1}, found ${number}.`,
    );
  };
  const chosen = parts.flatMap((part): number[] => {
    const named = names.flatMap((of, number) => (of === part ? [number] : []));
    if (named.length > 0) return named;
    const range = /^(\d+)(?:-(\d+))?$/.exec(part);
    if (!range) {
      throw new UsageError(
        `${where}: "${name}" has no ${each} "${part}". ${suggest(part, [...new Set(names)])}`,
      );
    }
    const first = inside(Number(range[1]), part);
    const last = inside(Number(range[2] ?? first), part);
    if (last < first) {
      throw new UsageError(`${where}: "${name}[${part}]": expected the lower number first.`);
    }
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
  return Int32Array.from(new Set(chosen));
}

/** `[chosen]` labels that no two share. */
export function labelsOf({ names }: Members, chosen: ArrayLike<number>): string[] {
  const labels = Array.from(chosen, (number) => names[number]!);
  const often = new Map<string, number>();
  for (const label of labels) often.set(label, (often.get(label) ?? 0) + 1);
  return labels.map((label, i) => (often.get(label)! > 1 ? `${label} #${chosen[i]}` : label));
}
