import { Drawn, type Family, type Instance } from './instance.js';
import { structured, weak } from './multimodal.js';
import { separable } from './separable.js';
import { illConditioned, moderate } from './smooth.js';

/**
 * The 24 noiseless functions of the BBOB test bed, in their order (Hansen, Finck, Ros and Auger 2009, INRIA report
 * RR-6829), each shifted so that its least value is 0. Instances are drawn by seeds of our own: the same kinds of problem
 * as those of the COCO platform, and not the same numbers.
 */
export const families: readonly Family[] = [
  ...separable,
  ...moderate,
  ...illConditioned,
  ...structured,
  ...weak,
];

/** @param number 1 to 24 */
export function bbobInstance(number: number, genes: number, instance: number): Instance {
  const family = families[number - 1];
  if (!family) throw new RangeError(`expected a function from 1 to ${families.length}, found ${number}`);
  return family.of(new Drawn(genes, family.name, instance));
}
