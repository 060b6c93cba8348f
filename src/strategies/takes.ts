import { UsageError } from '../spec/errors.js';
import type { Problem, StrategyModule, Takes } from './strategy.js';
import { strategies } from './table.js';

type Size = Pick<
  Problem,
  'genes' | 'levels' | 'ordered' | 'objectives' | 'constraints' | 'behaviours' | 'warmStart' | 'nameOf'
>;

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Why a strategy cannot search a problem, as the rest of a sentence that begins with its name; empty where it can. */
function hindrances(takes: Takes, problem: Size): string[] {
  const { genes, levels, ordered, objectives, constraints, behaviours, warmStart, nameOf } = problem;
  const found: string[] = [];
  const numbers = takes.integers === 'ordered';
  const unfit = [...levels.keys()].filter((gene) => levels[gene]! > 0 && !(numbers && ordered?.[gene]));
  if (takes.integers !== true && unfit.length > 0) {
    const isOne = unfit.length === 1;
    const are = numbers
      ? `numbers: of ${isOne ? 'one' : `${unfit.length}`} here the levels are names, between which nothing lies`
      : `real genes, and ${counted(unfit.length, 'gene')} here ${isOne ? 'is an integer' : 'are integers'}`;
    found.push(`searches ${are} (first: ${nameOf(unfit[0]!)})`);
  }
  if (takes.mostGenes !== undefined && genes > takes.mostGenes) {
    found.push(`searches at most ${counted(takes.mostGenes, 'gene')}, and there are ${genes} here`);
  }
  if (objectives > takes.objectives) {
    found.push(`takes ${counted(takes.objectives, 'objective')}, and there are ${objectives} here`);
  }
  if (!takes.constraints && constraints > 0) {
    const are = constraints === 1 ? 'there is one' : `there are ${constraints}`;
    found.push(`takes no constraints, and ${are} here`);
  }
  if (!takes.warmStart && warmStart) found.push('takes no warm start from solutions of an earlier search');
  if (takes.behaviour === true && behaviours.length === 0) {
    found.push('tells candidates apart by behaviour measures, and none are declared here');
  }
  return found;
}

/** Whether a strategy with these options is to be told behaviour measures. */
export const toldBehaviour = (
  { takes: { behaviour } }: Pick<StrategyModule, 'takes'>,
  options: Readonly<Record<string, unknown>>,
): boolean => (typeof behaviour === 'function' ? behaviour(options) : behaviour === true);

/** Names of the strategies that take a problem. */
export function strategiesThatTake(problem: Size): string[] {
  const names = Object.keys(strategies) as (keyof typeof strategies)[];
  return names.filter((name) => hindrances(strategies[name].takes, problem).length === 0);
}

/**
 * Refuses a problem that a strategy does not take, its own or a user's.
 * @throws UsageError naming the strategy, what it cannot search, and those that can
 */
export function checkTakes(name: string, { takes }: Pick<StrategyModule, 'takes'>, problem: Size): void {
  const reasons = hindrances(takes, problem);
  if (reasons.length === 0) return;
  const able = strategiesThatTake(problem);
  const advice =
    able.length === 0
      ? 'No strategy here takes all of this together.'
      : `Use ${able.length > 1 ? `${able.slice(0, -1).join(', ')} or ` : ''}${able.at(-1)}.`;
  throw new UsageError(`strategy: the strategy "${name}" ${reasons.join('; it ')}. ${advice}`);
}
