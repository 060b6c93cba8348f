import { z } from 'zod';
import { muscleCells } from '../worm/body.js';
import { senseCells } from '../worm/senses.js';

const cellNames = z.array(z.string().min(1)).min(1);

export const options = z.lazy(() =>
  z.strictObject({
    steps: z.int().min(3).max(1_000_000).default(600).describe('world steps in a life'),
    moves: z.int().min(0).max(20).default(2).describe('how often the patches move, at equal intervals'),
    patches: z.int().min(1).max(12).default(4).describe('patches at a time'),
    radiusUnits: z.number().min(10).max(400).default(110).describe('radius of a patch, units'),
    touchCells: cellNames.default(senseCells.touch).describe('cells driven near a wall'),
    foodCells: cellNames.default(senseCells.food).describe('cells driven near food'),
    eatenCells: cellNames
      .default(['CEPDL', 'CEPDR', 'CEPVL', 'CEPVR', 'ADEL', 'ADER', 'NSML', 'NSMR'])
      .describe(
        'cells driven in the step after one in which food was eaten: those that feel it, and release dopamine or serotonin',
      ),
    leftMuscles: cellNames.default(muscleCells.left).describe('muscles summed for the left side'),
    rightMuscles: cellNames.default(muscleCells.right).describe('muscles summed for the right side'),
  }),
);
export type Options = z.output<typeof options>;
