import type { OpenedRun } from '../../evolve/opened-run.js';
import { changesBeside, learningRatesOf, type Perturbation } from '../../network/build/perturb.js';
import type { Network } from '../../network/model/network.js';
import { UsageError } from '../../spec/errors.js';
import { type Condition, type Outcome, outcomesOf, type Planned, scoresUnder } from './conditions.js';

/** What each quantity is multiplied by; 1 is the champion as it is. */
export const doses = [0, 0.25, 0.5, 1, 2, 4] as const;

/** A quantity that is dosed. */
interface Dosed {
  name: string;
  about: string;
  at(factor: number): Perturbation;
}

export interface DoseCurve {
  name: string;
  about: string;
  /** At each dose but 1, which is the champion itself. */
  points: (Outcome & { dose: number })[];
}

export interface DoseResponse {
  curves: DoseCurve[];
}

/** What of a network can be dosed. */
function dosedIn({ projections, modulators }: Network): Dosed[] {
  const rules = new Map(
    projections.flatMap(({ plasticity }) =>
      plasticity ? [[plasticity.rule.name, plasticity.rule] as const] : [],
    ),
  );
  const rates = [...new Set([...rules.values()].flatMap(learningRatesOf))];
  const isMore = [...rules.values()].some(changesBeside);
  return [
    ...Object.keys(modulators).map((modulator) => ({
      name: `release of ${modulator}`,
      about: 'how far its level is from its baseline, for cells and rules',
      at: (factor: number) => ({ what: 'release', modulator, factor }) as const,
    })),
    ...(rates.length > 0
      ? [
          {
            name: `learning rate (${rates.join(', ')})`,
            about: 'what the rules add to weights by these parameters',
            at: (factor: number) => ({ what: 'learning', of: 'learning-rate', factor }) as const,
          },
        ]
      : []),
    ...(rules.size > 0 && (isMore || rates.length === 0)
      ? [
          {
            name: 'plasticity gain',
            about: 'all that the rules change of weights, what keeps them in bounds or at a mean included',
            at: (factor: number) => ({ what: 'learning', of: 'plasticity', factor }) as const,
          },
        ]
      : []),
  ];
}

/**
 * The champion's score as what modulates and teaches it is multiplied.
 * @throws UsageError where nothing learns and nothing modulates
 */
export function planDose({ habitat, champion }: OpenedRun): Planned<DoseResponse> {
  const dosed = dosedIn(habitat.networkOf(champion));
  if (dosed.length === 0) {
    throw new UsageError(
      '--dose: the network has neither a modulator nor a rule that learns, so there is nothing to dose. Leave it out.',
    );
  }
  const steps = dosed.flatMap((of) =>
    doses.filter((dose) => dose !== 1).map((dose) => ({ of, dose, name: `${of.name} x ${dose}` })),
  );
  return {
    option: '--dose',
    livesOn: (seeds) => steps.length * seeds,
    measure: async (grounds, meter) => {
      const conditions = steps.map(
        ({ of, dose, name }): Condition => ({ name, perturbation: of.at(dose), genome: champion }),
      );
      const scores = await scoresUnder(meter, grounds.lives, conditions, 'dose');
      const names = steps.map(({ name }) => name);
      const outcomes = outcomesOf(grounds, names, scores, 'doses');
      return {
        curves: dosed.map((of) => ({
          name: of.name,
          about: of.about,
          points: steps.flatMap((step, i) => (step.of === of ? [{ ...outcomes[i]!, dose: step.dose }] : [])),
        })),
      };
    },
  };
}
