import { z } from 'zod';
import { filterMeasures, filterNamed, plausible } from '../evaluate/vitals.js';
import type { JudgedLife, KnownQuantities } from '../objectives/objective.js';
import { suggest, UsageError } from '../spec/errors.js';

/** What lives must keep to: a limit on a measure, on the energy or on the score itself. */
export const constraintSchema = z
  .strictObject({
    measure: z
      .string()
      .min(1)
      .describe(
        "one of the task's measures or behaviour measures, or energy, score, genesChanged, formulaSize; or a plausibility " +
          `filter (${filterMeasures.join(', ')}), which has its published range where no limit is given`,
      ),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
  })
  .refine(
    ({ measure, atLeast, atMost }) => {
      const limits = [atLeast, atMost].filter((limit) => limit !== undefined).length;
      return limits === 1 || (limits === 0 && filterNamed(measure) !== undefined);
    },
    { message: 'expected one of atLeast and atMost; a plausibility filter may have neither' },
  );

export type Constraint = z.output<typeof constraintSchema>;

const own = ['energy', 'score', 'genesChanged', 'formulaSize'] as const;

function quantity(life: JudgedLife, name: string): number {
  const known = own.find((field) => field === name);
  return known ? life[known] : (life.measures[name] ?? Number.NaN);
}

/** Between what a quantity lies in every life. */
export type Ranges = Readonly<Record<string, { low: number; high: number }>>;

const notNegative = { low: 0, high: Number.POSITIVE_INFINITY };
const ownRanges: Ranges = Object.fromEntries(
  ['energy', 'genesChanged', 'formulaSize', ...filterMeasures].map((name) => [name, notNegative]),
);

/**
 * @param behaviour the ranges of the task's behaviour measures
 * @throws UsageError where a constraint asks for what a run's lives do not have, or cannot keep to
 */
export function checkConstraints(
  constraints: readonly Constraint[],
  { measures }: KnownQuantities,
  behaviour: Ranges,
  source: string,
): void {
  const known = [...own, ...measures];
  const ranges = { ...ownRanges, ...behaviour };
  constraints.forEach(({ measure, atLeast, atMost }, i) => {
    const refuse = (field: string, text: string) => {
      throw new UsageError(`${source}: constraints[${i}].${field}: ${text}`);
    };
    if (!known.includes(measure))
      refuse('measure', `unknown measure "${measure}". ${suggest(measure, known)}`);
    const range = ranges[measure];
    if (range && atMost !== undefined && atMost < range.low)
      refuse(
        'atMost',
        `expected ${range.low} or more, which is the least that ${measure} can be, found ${atMost}.`,
      );
    if (range && atLeast !== undefined && atLeast > range.high)
      refuse(
        'atLeast',
        `expected ${range.high} or less, which is the most that ${measure} can be, found ${atLeast}.`,
      );
  });
}

/** How far a life is beyond each limit, in the measure's unit: satisfied where at most 0. */
export const excess = (constraints: readonly Constraint[], life: JudgedLife): number[] =>
  constraints.map(({ measure, atLeast, atMost }) => {
    const value = quantity(life, measure);
    const filter = filterNamed(measure);
    // What one life cannot tell, such as weights where none learn, is not held against it.
    if (filter && Number.isNaN(value)) return 0;
    if (atMost !== undefined) return value - atMost;
    if (atLeast !== undefined) return atLeast - value;
    const { low, high } = plausible[filter!];
    return Math.max(low - value, value - high);
  });

/** The sum of what is beyond the limits; what cannot be told is beyond all of them. */
export const violation = (values: readonly (number | null)[]): number =>
  values.reduce<number>(
    (sum, value) => sum + (value === null ? Number.POSITIVE_INFINITY : Math.max(0, value)),
    0,
  );
