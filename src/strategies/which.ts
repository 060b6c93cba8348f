import type { Problem } from './strategy.js';

/** What is known of a search before it begins. */
export interface SearchFacts {
  problem: Pick<Problem, 'genes' | 'levels' | 'objectives' | 'constraints' | 'coding'>;
  /** Evaluations of the budget; undefined where it names none. */
  evaluations: number | undefined;
  /** Whether the genome fixes the score: no life differs from another of the same genome. */
  fixed: boolean;
}

export interface Choice {
  /** The strategy preset. */
  preset: string;
  /** When it is chosen, as the rest of a sentence that begins with "chosen where". */
  when: string;
  /** What that rests on. */
  because: string;
}

interface Rule extends Choice {
  applies(facts: SearchFacts): boolean;
}

const hasIntegers = ({ levels }: SearchFacts['problem']) => levels.some((count) => count > 0);

/** Beyond these genes a covariance is no longer learned in full, and mesh search builds no models of use. */
const manyGenes = 400;
const fewGenes = 50;
/** Evaluations a gene up to which mesh search with models was ahead of CMA-ES. */
const shortBudget = 100;

/** The decision table: the first rule that applies decides. `docs/which-strategy.md` has the studies it rests on. */
export const rules: readonly Rule[] = [
  {
    when: 'genes are the parts of formulas',
    preset: 'cgp',
    because: 'it drifts among genomes that say the same and changes what counts',
    applies: ({ problem }) => problem.coding !== undefined,
  },
  {
    when: 'there are several objectives',
    preset: 'nsga2',
    because: 'it alone keeps a Pareto front',
    applies: ({ problem }) => problem.objectives > 1,
  },
  {
    when: 'lives have limits to keep to, genes are real and at most 50, and the genome fixes the score',
    preset: 'mads',
    because: 'it models scores and limits, and needs few evaluations',
    applies: ({ problem, fixed }) =>
      problem.constraints > 0 && !hasIntegers(problem) && problem.genes <= fewGenes && fixed,
  },
  {
    when: 'lives have limits to keep to, otherwise',
    preset: 'nsga2',
    because: 'it ranks what keeps to the limits first, with any genes',
    applies: ({ problem }) => problem.constraints > 0,
  },
  {
    when: 'genes are more than 400, or integers among them',
    preset: 'niches',
    because:
      'of all strategies measured on thousands of weights it went furthest, at budgets from 1,000 to 60,000 evaluations',
    applies: ({ problem }) => problem.genes > manyGenes || hasIntegers(problem),
  },
  {
    when: 'genes are real and at most 50, the genome fixes the score, and there are at most 100 evaluations a gene',
    preset: 'mads',
    because: 'its models reach more targets by then than any other search',
    applies: ({ problem, evaluations, fixed }) =>
      fixed &&
      problem.genes <= fewGenes &&
      evaluations !== undefined &&
      evaluations <= shortBudget * problem.genes,
  },
  {
    when: 'no rule before this one applies',
    preset: 'cma-es',
    because: 'it reaches more targets than any other search where evaluations are many or noise is small',
    applies: () => true,
  },
];

/** The strategy for a search, and why. */
export function whichStrategy(facts: SearchFacts): Choice {
  const { preset, when, because } = rules.find((rule) => rule.applies(facts))!;
  return { preset, when, because };
}
