import type { OpenedRun } from '../../evolve/opened-run.js';
import { UsageError } from '../../spec/errors.js';
import type { ScoreMeter } from '../attribution/meter.js';
import { type GeneUnit, type UnitKind, unitsOf } from '../attribution/units.js';
import { type Effect, effectOf } from '../effect.js';
import { type Grounds, type Outcome, outcomesOf, type Planned } from './conditions.js';
import { type Curvature, curvatureConditions, curvatureOf, mostUnits as mostCurved } from './curvature.js';
import { isSame, moved, rounded } from './moves.js';

/** Each unit is moved by these shares of its range, up and down. */
export const moveShares = [0.01, 0.05, 0.2] as const;
/** Figures that count to which each unit is rounded. */
export const roundedTo = [1, 2, 3] as const;
/** Beyond so many evolved numbers, groups of them are moved. */
const mostNumbers = 40;

/** What a unit loses by one move, or by being rounded. */
export interface MoveOutcome extends Outcome {
  /** Moved by this share of its range; of a rounding, absent. */
  share?: number;
  /** Whether a bound ends the move before. */
  isCutShort?: boolean;
  /** Rounded to so many figures that count; of a move, absent. */
  digits?: number;
}

export interface UnitSensitivity {
  name: string;
  genes: number;
  /** Of a single gene, in its own unit. */
  value?: number;
  /** Those that change anything. */
  moves: MoveOutcome[];
  roundings: MoveOutcome[];
  /** The fewest figures without loss; null where none of those tried is shown to be enough. */
  digits: number | null;
}

/** All units rounded together, each to its figures. */
export interface RoundedTogether {
  units: number;
  /** On the choosing lives, which had no part in choosing the figures. */
  loss: Effect;
}

export interface Sensitivity {
  by: UnitKind;
  /** Moves and roundings whose intervals hold at once. */
  tried: number;
  shares: readonly number[];
  /** Share of the champion's gain that a rounding may cost, and how much of the score that is; 0 where there is no clear gain. */
  toleratedShare: number;
  tolerated: number;
  /** Whole-number genes, which are not moved. */
  wholeNumbers: number;
  units: UnitSensitivity[];
  /** Null where no unit may be rounded. */
  rounded: RoundedTogether | null;
  curvatureBy: UnitKind | null;
  /** Null where there are too many units, or too many lives fail. */
  curvature: Curvature | null;
}

/** A change of one unit. */
interface Change {
  unit: GeneUnit;
  name: string;
  genome: Float64Array;
  share?: number;
  isCutShort?: boolean;
  digits?: number;
}

/** Every move and rounding of a unit that changes anything. */
function changesOf({ habitat: { space }, champion }: OpenedRun, unit: GeneUnit): Change[] {
  const moves = moveShares.flatMap((size) =>
    [-size, size].map((share): Change => {
      const genome = moved(space, champion, [{ unit, share }]);
      const isCutShort = [...unit.genes].some((gene) => {
        const far = champion[gene]! + share * (space.high[gene]! - space.low[gene]!);
        return far < space.low[gene]! || far > space.high[gene]!;
      });
      return {
        unit,
        name: `${unit.name} ${share > 0 ? '+' : ''}${100 * share} %`,
        genome,
        share,
        isCutShort,
      };
    }),
  );
  const roundings = roundedTo.map(
    (digits): Change => ({
      ...{ unit, digits, name: `${unit.name} to ${digits} figures` },
      genome: rounded(space, champion, unit, digits),
    }),
  );
  return [...moves, ...roundings].filter(({ genome }) => !isSame(genome, champion));
}

/** The fewest figures such that these and all more that were tried lose no more than what is tolerated. */
function enoughDigits(roundings: readonly MoveOutcome[], tolerated: number): number | null {
  let enough: number | null = null;
  for (const digits of roundedTo.toReversed()) {
    const tried = roundings.find((of) => of.digits === digits);
    if (tried && !(tried.loss.failed === 0 && tried.loss.high <= tolerated)) break;
    enough = digits;
  }
  return enough;
}

/** What of the champion's gain may be lost by rounding; 0 where there is no clear gain. */
function toleratedOf({ champion, untrained }: Grounds, keep: number): number {
  const { effect, low } = effectOf('evolution', [...champion], [...untrained]);
  return low > 0 ? (1 - keep) * effect : 0;
}

async function roundTogether(
  { habitat: { space }, champion }: OpenedRun,
  units: readonly { unit: GeneUnit; digits: number | null }[],
  { choosing }: Grounds,
  meter: ScoreMeter,
): Promise<RoundedTogether | null> {
  const short = units.filter(({ digits }) => digits !== null);
  if (short.length === 0) return null;
  const genome = short.reduce((of, { unit, digits }) => rounded(space, of, unit, digits!), champion);
  const [whole, without] = await meter.scores(
    choosing,
    2,
    (i) => (i === 0 ? champion : genome),
    'all rounded together',
  );
  return { units: short.length, loss: effectOf('rounding', [...whole!], [...without!]) };
}

/** Units small enough in number that their curvature is looked at: those that are moved, or else groups. */
function curvedUnits(
  { habitat }: OpenedRun,
  genes: readonly number[],
  by: UnitKind,
): { by: UnitKind; units: GeneUnit[] } | undefined {
  const kinds: UnitKind[] = by === 'gene' ? ['gene', 'group'] : [by];
  return kinds
    .map((kind) => ({ by: kind, units: unitsOf(habitat, genes, kind) }))
    .find(({ units }) => units.length <= mostCurved);
}

/**
 * How sensitive the champion's score is to each of its evolved numbers, or to groups of them, to how many figures each may
 * be rounded, and along which directions the score curves.
 * @param given what is moved as one; where absent each number, or each group where these are many
 * @param keep share of the gain that rounding keeps
 * @throws UsageError where no real number evolved
 */
export function planSensitivity(
  opened: OpenedRun,
  given: UnitKind | undefined,
  keep: number,
): Planned<Sensitivity> {
  const { habitat, champion } = opened;
  const { space } = habitat;
  const genes = [...champion.keys()].filter(
    (gene) => space.levels[gene] === 0 && space.low[gene]! < space.high[gene]!,
  );
  if (genes.length === 0) {
    throw new UsageError(
      '--sensitivity: all genes are whole numbers that code the form of rules, so there is no number to move. Leave it out.',
    );
  }
  const by = given ?? (genes.length <= mostNumbers ? 'gene' : 'group');
  const units = unitsOf(habitat, genes, by);
  const changes = units.flatMap((unit) => changesOf(opened, unit));
  const curved = curvedUnits(opened, genes, by);
  const curvatureLives = curved ? curvatureConditions(curved.units.length) : 0;
  return {
    option: '--sensitivity',
    livesOn: (seeds) => (changes.length + 2 + curvatureLives) * seeds,
    measure: async (grounds, meter) => {
      const scores = await meter.scores(
        grounds.lives,
        changes.length,
        (i) => changes[i]!.genome,
        'sensitivity',
      );
      const outcomes = outcomesOf(
        grounds,
        changes.map(({ name }) => name),
        scores,
        'sensitivity',
      );
      const tolerated = toleratedOf(grounds, keep);
      const found = units.map((unit) => {
        const own = changes.flatMap(({ genome: _, unit: of, ...change }, i) =>
          of === unit ? [{ ...change, ...outcomes[i]! }] : [],
        );
        const roundings = own.filter(({ digits }) => digits !== undefined);
        return {
          unit,
          moves: own.filter(({ share }) => share !== undefined),
          roundings,
          digits: enoughDigits(roundings, tolerated),
        };
      });
      return {
        ...{ by, tried: changes.length, shares: moveShares },
        ...{ toleratedShare: 1 - keep, tolerated },
        wholeNumbers: champion.length - genes.length,
        units: found.map(({ unit, ...of }) => ({
          name: unit.name,
          genes: unit.genes.length,
          ...(unit.genes.length === 1
            ? { value: space.valueOf(unit.genes[0]!, champion[unit.genes[0]!]!) }
            : {}),
          ...of,
        })),
        rounded: await roundTogether(opened, found, grounds, meter),
        curvatureBy: curved?.by ?? null,
        curvature: curved ? await curvatureOf(space, champion, curved.units, grounds, meter) : null,
      };
    },
  };
}
