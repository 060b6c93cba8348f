import { z } from 'zod';
import { muscleCells } from '../worm/body.js';
import { senseCells } from '../worm/senses.js';
import { patternNames } from './patterns.js';

/** A list, or as on the command line: `square,triangle`. */
const patternList = (fewest: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').filter((name) => name !== '') : value),
    z
      .array(z.enum(patternNames))
      .min(fewest)
      .refine((names) => new Set(names).size === names.length, { message: 'expected each pattern once' }),
  );
const cellNames = z.array(z.string().min(1)).min(1);

export const options = z.lazy(() =>
  z
    .strictObject({
      patterns: patternList(1).prefault(['square']).describe('food patterns; their scores are summed'),
      heldOut: patternList(0)
        .prefault([])
        .describe('patterns that evolution never sees; the champion is scored on them'),
      steps: z.int().min(1).max(1_000_000).default(250).describe('world steps in an episode'),
      startJitterUnits: z
        .number()
        .min(0)
        .max(500)
        .default(0)
        .describe('the start is moved by up to this many units along each axis'),
      startJitterRad: z
        .number()
        .min(0)
        .max(Math.PI)
        .default(0)
        .describe('the first heading is turned by up to this angle, in rad, either way'),
      patternTurnRad: z
        .number()
        .min(0)
        .max(Math.PI)
        .default(0)
        .describe('the pattern is turned about the centre by up to this angle, in rad, either way'),
      touchCells: cellNames.default(senseCells.touch).describe('cells made to fire near a wall'),
      foodCells: cellNames.default(senseCells.food).describe('cells made to fire near food'),
      leftMuscles: cellNames.default(muscleCells.left).describe('muscles summed for the left side'),
      rightMuscles: cellNames.default(muscleCells.right).describe('muscles summed for the right side'),
    })
    .refine(({ patterns: trained, heldOut }) => !heldOut.some((name) => trained.includes(name)), {
      path: ['heldOut'],
      message: 'a pattern is either trained on or held out: remove it from one of the two lists',
    }),
);

export type Options = z.output<typeof options>;
