import type { Budget } from './run-spec.js';

export interface Spent {
  evaluations: number;
  steps: number;
  seconds: number;
  /** Raw score of the best genome by objective. */
  bestScore: number;
  /** Steps since the best objective last rose. */
  idleSteps: number;
}

/** Why a run stops here, or undefined while it may go on. Each reason names the limit and what was reached. */
export function budgetReached(budget: Budget, spent: Spent): string | undefined {
  const { evaluations, generations, seconds, target, noImprovement } = budget;
  if (target !== undefined && spent.bestScore >= target) {
    return `target: the best score ${spent.bestScore.toFixed(3)} reached ${target}`;
  }
  if (evaluations !== undefined && spent.evaluations >= evaluations) {
    return `evaluations: ${spent.evaluations} of ${evaluations}`;
  }
  if (generations !== undefined && spent.steps >= generations)
    return `generations: ${spent.steps} of ${generations}`;
  if (seconds !== undefined && spent.seconds >= seconds) {
    return `seconds: ${spent.seconds.toFixed(1)} of ${seconds}`;
  }
  if (noImprovement !== undefined && spent.idleSteps >= noImprovement) {
    return `noImprovement: ${spent.idleSteps} steps without a better objective`;
  }
  return undefined;
}

/** The share of the budget that is used up, in [0, 1], by whichever limit is nearest; undefined where none is known. */
export function shareSpent(budget: Budget, spent: Spent): number | undefined {
  const shares = [
    budget.evaluations && spent.evaluations / budget.evaluations,
    budget.generations && spent.steps / budget.generations,
    budget.seconds && spent.seconds / budget.seconds,
  ].filter((share): share is number => share !== undefined);
  return shares.length > 0 ? Math.min(1, Math.max(...shares)) : undefined;
}
