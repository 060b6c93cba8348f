import { improvements } from '../evolve/incumbent.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import { sizeOf } from '../expression/analysis.js';
import { number } from '../expression/build.js';
import { canonical } from '../expression/canonical.js';
import { printExpression } from '../expression/print.js';
import { substitute } from '../expression/tree.js';
import type { GenomeSpace } from '../genome/space.js';

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
}

/** The formulas of a genome; none where rules do not evolve. */
export const formulaCards = (space: GenomeSpace, genome: Readonly<Float64Array>): FormulaCard[] =>
  space.formulasOf(genome).map(({ name, value, constants }) => {
    const numbers = new Map(Object.entries(constants).map(([constant, of]) => [constant, number(of)]));
    const said = substitute(value, numbers);
    return {
      name,
      said: printExpression(said),
      canonical: printExpression(canonical(said)),
      size: sizeOf(said),
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
