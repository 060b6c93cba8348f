import { z } from 'zod';
import type { Objective } from './objective.js';

const options = z.strictObject({});

/** The task's own score. */
export const score = {
  summary: "the task's score as it is",
  options,
  value: (life) => life.score,
} satisfies Objective<typeof options>;
