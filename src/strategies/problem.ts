import type { RandomStream } from '../math/random.js';
import type { Beginning, Problem } from './strategy.js';

/** A problem of real genes alone, in one box, of which no more is known, and with one objective. */
export type RealBox = Pick<Problem, 'genes' | 'low' | 'high' | 'start' | 'step' | 'priorLow' | 'priorHigh'> &
  Partial<Pick<Problem, 'nameOf' | 'behaviours'>>;

const byNumber = (gene: number) => `gene ${gene}`;

export function realProblem({
  genes,
  low,
  high,
  start,
  step,
  priorLow,
  priorHigh,
  behaviours = [],
  nameOf,
}: RealBox): Problem {
  return {
    genes,
    low,
    high,
    start,
    step,
    priorLow,
    priorHigh,
    levels: new Int32Array(genes),
    groups: [],
    objectives: 1,
    constraints: 0,
    behaviours,
    nameOf: nameOf ?? byNumber,
  };
}

/**
 * A gene's value drawn uniformly from its prior: any number between for a real gene, any level for an integer one.
 * Consumes one uniform number, or one integer.
 */
export function drawnFromPrior(
  { levels, priorLow, priorHigh }: Problem,
  gene: number,
  stream: RandomStream,
): number {
  const low = priorLow[gene]!;
  const high = priorHigh[gene]!;
  return levels[gene] === 0 ? stream.uniformIn(low, high) : low + stream.integer(high - low + 1);
}

/**
 * Refuses a problem whose parts do not fit together: a fault of the program that made it, not of its user.
 * @throws RangeError naming the field, and the gene where there is one
 */
export function checkProblem(problem: Problem): void {
  const { genes, low, high, start, priorLow, priorHigh, levels, groups, objectives, constraints } = problem;
  const refuse = (field: string, expected: string, found: unknown): never => {
    throw new RangeError(`problem: ${field}: expected ${expected}, found ${String(found)}`);
  };
  for (const name of ['low', 'high', 'start', 'step', 'priorLow', 'priorHigh', 'levels'] as const) {
    if (problem[name].length !== genes) refuse(name, `${genes} values, one a gene`, problem[name].length);
  }
  if (!Number.isInteger(objectives) || objectives < 1)
    refuse('objectives', 'a number of 1 or more', objectives);
  if (!Number.isInteger(constraints) || constraints < 0)
    refuse('constraints', 'a number of 0 or more', constraints);
  for (let gene = 0; gene < genes; gene++) {
    const count = levels[gene]!;
    if (count === 0) continue;
    if (count < 2) refuse(`levels[${gene}]`, '0 for a real gene, 2 or more for an integer one', count);
    const ordered = problem.ordered?.[gene];
    const first = ordered ? low[gene]! : 0;
    const last = first + count - 1;
    if (low[gene] !== first || !Number.isInteger(first))
      refuse(`low[${gene}]`, ordered ? 'a whole number, the first level' : '0, the first level', low[gene]);
    if (high[gene] !== last) refuse(`high[${gene}]`, `${last}, the last level`, high[gene]);
    for (const [name, values] of Object.entries({ start, priorLow, priorHigh })) {
      const value = values[gene]!;
      if (!Number.isInteger(value) || value < first || value > last)
        refuse(`${name}[${gene}]`, `a level from ${first} to ${last}`, value);
    }
  }
  if (problem.warmStart) checkBeginning(problem.warmStart, problem, refuse);
  for (const { name, genes: members } of groups) {
    const wrong = members.find((gene, i) => gene < 0 || gene >= genes || (i > 0 && gene <= members[i - 1]!));
    if (wrong !== undefined) refuse(`groups "${name}"`, `ascending genes from 0 to ${genes - 1}`, wrong);
  }
}

function checkBeginning(
  { solutions, spread }: Beginning,
  { genes, low, high, levels }: Problem,
  refuse: (field: string, expected: string, found: unknown) => never,
): void {
  if (!(spread > 0 && spread < Infinity)) refuse('warmStart.spread', 'a number above 0', spread);
  if (solutions.length < 2) refuse('warmStart.solutions', 'two solutions or more', solutions.length);
  solutions.forEach(({ genome, score }, i) => {
    if (genome.length !== genes)
      refuse(`warmStart.solutions[${i}].genome`, `${genes} values, one a gene`, genome.length);
    if (!Number.isFinite(score)) refuse(`warmStart.solutions[${i}].score`, 'a number', score);
    const wrong = genome.findIndex(
      (value, gene) =>
        !(value >= low[gene]! && value <= high[gene]!) || (levels[gene]! > 0 && !Number.isInteger(value)),
    );
    if (wrong >= 0)
      refuse(
        `warmStart.solutions[${i}].genome[${wrong}]`,
        'a value within the bounds of its gene',
        genome[wrong],
      );
  });
}
