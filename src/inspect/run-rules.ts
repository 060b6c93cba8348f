import type { OpenedRun } from '../evolve/opened-run.js';
import { resultOf } from '../evolve/recorded.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { type FormulaCard, formulaCards } from './formulas.js';
import { rulesAtWork } from './rules-at-work.js';
import { type VisitedInputs, visitedInputs } from './visited.js';

/** What the champion of one run of a study says, and what its formulas were given in its life. */
export interface RunRules {
  run: string;
  seed: number;
  score: number;
  /** Mean score on fresh seeds; null before the run has ended. */
  fresh: number | null;
  formulas: FormulaCard[];
  visited: readonly VisitedInputs[];
  /** By projection, with their values for their own; means over synapses where these differ. */
  rules: ReadonlyMap<string, PlasticityRule>;
}

/** The champion of a run as it says its rules, and what these were given. */
export function rulesOfRun(opened: OpenedRun, run: string): RunRules {
  const { stored, spec, habitat, champion, best } = opened;
  const visited = habitat.networksDiffer ? visitedInputs(opened) : [];
  const fresh = resultOf(stored.manifest)?.best?.fresh.mean;
  const atWork = rulesAtWork(habitat.networkOf(champion), habitat.space.parametersOf(champion));
  return {
    run,
    seed: spec.seed,
    score: best.score,
    fresh: fresh !== undefined && Number.isFinite(fresh) ? fresh : null,
    formulas: formulaCards(habitat.space, champion, visited),
    visited,
    rules: new Map(atWork.flatMap(({ rule, projections }) => projections.map((of) => [of, rule] as const))),
  };
}

const projectionsOf = (runs: readonly RunRules[]) => [
  ...new Set(runs.flatMap(({ rules }) => [...rules.keys()])),
];

/** The same runs without the rules of projections by which all of them learn alike. */
export function withRulesThatDiffer(runs: readonly RunRules[]): RunRules[] {
  const differ = projectionsOf(runs).filter(
    (projection) => new Set(runs.map(({ rules }) => JSON.stringify(rules.get(projection)))).size > 1,
  );
  return runs.map((run) => ({
    ...run,
    rules: new Map([...run.rules].filter(([projection]) => differ.includes(projection))),
  }));
}

/** `[runs]` what each run's rules have for numbers, by projection: those parameters that differ between runs. */
export function numbersOf(runs: readonly RunRules[]): Record<string, Record<string, number>>[] {
  const valueIn = ({ rules }: RunRules, projection: string, name: string) =>
    rules.get(projection)?.parameters[name]?.default;
  const differing = new Map(
    projectionsOf(runs).map((projection) => {
      const names = new Set(
        runs.flatMap(({ rules }) => Object.keys(rules.get(projection)?.parameters ?? {})),
      );
      const differ = (name: string) => new Set(runs.map((run) => valueIn(run, projection, name))).size > 1;
      return [projection, [...names].filter(differ)] as const;
    }),
  );
  return runs.map((run) =>
    Object.fromEntries(
      [...run.rules.keys()].map((projection) => [
        projection,
        Object.fromEntries(
          differing.get(projection)!.flatMap((name) => {
            const value = valueIn(run, projection, name);
            return value === undefined ? [] : [[name, value]];
          }),
        ),
      ]),
    ),
  );
}
