import { z } from 'zod';
import { interval } from '../quantities/ranged.js';
import { operatorNames } from './operators.js';

export const graphSchema = z.strictObject({
  coding: z
    .literal('graph')
    .describe('Cartesian genetic programming: a row of nodes, each of which reads inputs or nodes before it'),
  columns: z.int().min(1).max(200).default(12).describe('nodes'),
  levelsBack: z
    .int()
    .min(1)
    .optional()
    .describe('a node reads the inputs and this many nodes before it; all where left out'),
  operators: z
    .array(z.enum(operatorNames))
    .min(1)
    .refine((names) => new Set(names).size === names.length, { message: 'expected each operator once' })
    .default(['+', '-', '*', '/'])
    .describe('what a node may compute'),
  constants: z.array(z.number()).default([]).describe('numbers that a node may be, as they are'),
  constantGenes: z
    .strictObject({
      range: interval.describe('lowest and highest value'),
      step: z.number().positive().describe('a change that matters'),
      prior: interval.describe('a mutation that resets a constant draws uniformly from here'),
    })
    .optional()
    .describe('a node may also be a constant that is a real gene of its own'),
  start: z
    .string()
    .optional()
    .describe('the formula at the start, over the inputs; the first input where left out'),
});

export type GraphSpec = z.output<typeof graphSchema>;
