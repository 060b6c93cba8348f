import type { Scenario } from '../task.js';

/** The best score that can be reached in principle over all scenarios, and how that is known. */
export function ceilingOver(scenarios: readonly Scenario[]): { score: number; about: string } {
  const many = scenarios.length;
  const score = scenarios.reduce((sum, { ceiling }) => sum + ceiling.score, 0);
  const abouts = scenarios.map(({ ceiling: { about } }) => {
    if (typeof about !== 'string') return about(many);
    return many > 1 ? `in each of ${many} scenarios: ${about}` : about;
  });
  // What is the same of all is said once.
  const same = new Set(abouts).size === 1;
  return {
    score,
    about: same
      ? abouts[0]!
      : scenarios
          .map(({ name, ceiling: { about } }) => `${name}: ${typeof about === 'string' ? about : about(1)}`)
          .join('; '),
  };
}

/** What the random policy scores over all scenarios, and how that is known; undefined where one does not say it. */
export function chanceOver(scenarios: readonly Scenario[]): { score: number; about: string } | undefined {
  const stated = scenarios.flatMap(({ chance }) => chance ?? []);
  if (stated.length < scenarios.length) return undefined;
  const abouts = [...new Set(stated.map(({ about }) => about))];
  return { score: stated.reduce((sum, { score }) => sum + score, 0), about: abouts.join('; ') };
}

/** What takes work to find: found when it is first asked for, since workers never do. */
export function whenAsked<Found>(find: () => Found): () => Found {
  let found: { value: Found } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}
