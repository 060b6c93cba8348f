import { describe, expect, it } from 'vitest';
import { objectiveChecks } from '../../src/evolve/conformance/objective.js';
import type { Objective } from '../../src/objectives/objective.js';
import { objectives } from '../../src/objectives/table.js';

/** Options of those that need some. */
const options: Partial<Record<keyof typeof objectives, Readonly<Record<string, unknown>>>> = {
  measure: { measure: 'eaten', goal: 'low' },
  'score-sparse': { sparsity: {}, floor: 0 },
};

describe.each(Object.entries(objectives))('the objective %s', (name, objective) => {
  const of = options[name as keyof typeof objectives];
  const checks = objectiveChecks(objective, of ? { options: of } : {});
  for (const check of checks) it(check.name, check.run);
});

describe('the suite of objectives', () => {
  const faulty: Record<string, Partial<Objective>> = {
    'gives a finite number for lives that were lived': { value: () => Number.NaN },
    'judges the same life the same, and does not change it': {
      value: (life) => ((life as { score: number }).score += 1),
    },
    'says what it is': { summary: '' },
    'says in words what is wrong with its options, or nothing': { fault: () => 'never right' },
  };
  it.each(Object.entries(faulty))('finds what fails: %s', (name, fault) => {
    const checks = objectiveChecks({ ...objectives.score, ...fault });
    expect(checks.find((check) => check.name === name)!.run).toThrow(/^expected /);
  });
});
