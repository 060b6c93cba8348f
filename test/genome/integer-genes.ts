import type { LaidGenes } from '../../src/genome/quantities/quantity.js';

/** Genes that are whole numbers, each with so many levels, and say the form of rules. */
export function integerGenes(
  name: string,
  levels: readonly number[],
  rules: NonNullable<LaidGenes['rules']>,
): LaidGenes {
  const zeros = () => new Float64Array(levels.length);
  const highest = () => Float64Array.from(levels, (count) => count - 1);
  return {
    part: {
      names: levels.map((_, gene) => `${name} ${gene}`),
      unit: '1',
      low: zeros(),
      high: highest(),
      start: zeros(),
      step: zeros().fill(1),
      priorLow: zeros(),
      priorHigh: highest(),
      levels: Int32Array.from(levels),
      groups: levels.map(() => name),
      toValue: (level) => level,
      toCoordinate: (level) => level,
    },
    rules,
  };
}
