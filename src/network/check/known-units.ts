import { parseUnit, type Unit } from '../../expression/units.js';

export const milliseconds = parseUnit('ms');
export const plainNumber = parseUnit('1');

/** The unit of a derivative by time. */
export const perMillisecond = (unit: Unit | undefined): Unit | undefined =>
  unit && {
    scale: unit.scale / milliseconds.scale,
    dimensions: unit.dimensions.map((d, i) => d - milliseconds.dimensions[i]!),
  };

/** What every text of a model may use. */
export const timeUnits: readonly (readonly [string, Unit])[] = [
  ['t', milliseconds],
  ['dt', milliseconds],
];
