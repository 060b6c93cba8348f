import { improvements } from '../evolve/incumbent.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import { sizeOf } from '../expression/analysis.js';
import type { Expression } from '../expression/ast.js';
import { number } from '../expression/build.js';
import { canonical } from '../expression/canonical.js';
import { printExpression } from '../expression/print.js';
import { substitute } from '../expression/tree.js';
import type { Formula } from '../genome/quantities/quantity.js';
import type { GenomeSpace } from '../genome/space.js';
import { guardsActed, simplifiedOn } from './formula-values.js';
import type { VisitedInputs } from './visited.js';

/** A formula that a genome says, as it is and as algebra writes it. */
export interface FormulaCard {
  /** What it fills: `PROJECTIONS ?HOLE`. */
  name: string;
  /** As the genes say it, constants as numbers. */
  said: string;
  /** One text for all that algebra makes equal. */
  canonical: string;
  /** Inputs, numbers and operators of what is said. */
  size: number;
  /** What it comes to on what it was given in a life; absent where nobody looked. */
  visited?: VisitedFormula;
}

export interface VisitedFormula {
  /** How many different inputs were looked at. */
  inputs: number;
  /** Canonical, with every part that had one value only replaced by that. */
  formula: string;
  /** Inputs at which a guard of an operator gave a value; null where no operator has a guard. */
  guarded: number | null;
}

/** A formula with its constants as numbers. */
export const withNumbers = ({ value, constants }: Pick<Formula, 'value' | 'constants'>): Expression =>
  substitute(value, new Map(Object.entries(constants).map(([constant, of]) => [constant, number(of)])));

/**
 * The formulas of a genome; none where rules do not evolve.
 * @param visited what they were given in a life
 */
export const formulaCards = (
  space: GenomeSpace,
  genome: Readonly<Float64Array>,
  visited: readonly VisitedInputs[] = [],
): FormulaCard[] =>
  space.formulasOf(genome).map((formula) => {
    const { name, inputs } = formula;
    const said = withNumbers(formula);
    const seen = visited.find((of) => of.name === name);
    return {
      name,
      said: printExpression(said),
      canonical: printExpression(canonical(said)),
      size: sizeOf(said),
      ...(seen
        ? {
            visited: {
              inputs: seen.samples.length,
              formula: printExpression(simplifiedOn(said, inputs, seen.samples)),
              guarded: guardsActed(said, inputs, seen.samples) ?? null,
            },
          }
        : {}),
    };
  });

/** A step at which the run's best became better, and what its genome said then. */
export interface FormulaStep {
  step: number;
  evaluations: number;
  score: number;
  /** Canonical, in the order of the holes. */
  formulas: string[];
  /** Genes that count, and differ from those of the improvement before. */
  genesChanged: number;
}

/** What the best genome said whenever it became better. */
export function formulaHistory({ stored, habitat }: OpenedRun): FormulaStep[] {
  const { space } = habitat;
  const steps: FormulaStep[] = [];
  let before: Float64Array = space.start;
  // Of a step, the best alone has its genome stored.
  const last = new Map([...improvements(stored.records)].map((found) => [found.contender.step, found]));
  for (const { evaluations, contender } of last.values()) {
    const genome = stored.elite(contender.step, 0, space.start);
    const active = space.coding?.activeIn(genome);
    const genesChanged = genome.reduce(
      (count, value, gene) => count + Number((active?.[gene] ?? 1) === 1 && value !== before[gene]),
      0,
    );
    const formulas = formulaCards(space, genome).map((card) => card.canonical);
    steps.push({ step: contender.step, evaluations, score: contender.score, formulas, genesChanged });
    before = genome;
  }
  return steps;
}
