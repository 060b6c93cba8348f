import { z } from 'zod';
import type { JudgedLife, KnownQuantities } from '../objectives/objective.js';
import { suggest, UsageError } from '../spec/errors.js';

/** What lives must keep to: a limit on a measure, on the energy or on the score itself. */
export const constraintSchema = z
  .strictObject({
    measure: z
      .string()
      .min(1)
      .describe(
        "one of the task's measures or behaviour measures, or energy, score, genesChanged, formulaSize",
      ),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
  })
  .refine(({ atLeast, atMost }) => (atLeast === undefined) !== (atMost === undefined), {
    message: 'expected one of atLeast and atMost',
  });

export type Constraint = z.output<typeof constraintSchema>;

const own = ['energy', 'score', 'genesChanged', 'formulaSize'] as const;

function quantity(life: JudgedLife, name: string): number {
  const known = own.find((field) => field === name);
  return known ? life[known] : (life.measures[name] ?? Number.NaN);
}

/** @throws UsageError where a constraint asks for what a run's lives do not have */
export function checkConstraints(
  constraints: readonly Constraint[],
  { measures }: KnownQuantities,
  source: string,
): void {
  const known = [...own, ...measures];
  constraints.forEach(({ measure }, i) => {
    if (known.includes(measure)) return;
    throw new UsageError(
      `${source}: constraints[${i}].measure: unknown measure "${measure}". ${suggest(measure, known)}`,
    );
  });
}

/** How far a life is beyond each limit, in the measure's unit: satisfied where at most 0. */
export const excess = (constraints: readonly Constraint[], life: JudgedLife): number[] =>
  constraints.map(({ measure, atLeast, atMost }) => {
    const value = quantity(life, measure);
    return atMost === undefined ? atLeast! - value : value - atMost;
  });

/** The sum of what is beyond the limits; what cannot be told is beyond all of them. */
export const violation = (values: readonly (number | null)[]): number =>
  values.reduce<number>(
    (sum, value) => sum + (value === null ? Number.POSITIVE_INFINITY : Math.max(0, value)),
    0,
  );
