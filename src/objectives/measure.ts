import { z } from 'zod';
import { suggest } from '../spec/errors.js';
import type { Objective } from './objective.js';

const options = z.strictObject({
  measure: z.string().min(1).describe("one of the task's measures, or behaviour measures"),
  goal: z.enum(['high', 'low']).default('high').describe('whether more of it is better, or less'),
});

/** One of the task's measures. */
export const measure = {
  summary: "one of the task's measures, high or low",
  options,
  value: ({ measures }, { measure: name, goal }) =>
    (goal === 'high' ? 1 : -1) * (measures[name] ?? Number.NaN),
  fault: ({ measure: name }, { measures }) =>
    measures.includes(name) ? undefined : `measure: unknown measure "${name}". ${suggest(name, measures)}`,
} satisfies Objective<typeof options>;
