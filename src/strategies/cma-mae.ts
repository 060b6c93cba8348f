import { z } from 'zod';
import { archiveFault, archiveOptions } from './quality-diversity/archive-options.js';
import { emitterFault, emitterOptions } from './quality-diversity/emitter.js';
import { beginEmitting, resumeEmitting } from './quality-diversity/emitting.js';
import type { Strategy, StrategyModule } from './strategy.js';

const options = z.strictObject({
  ...emitterOptions({ ranker: 'imp', selection: 'mu', restart: 'basic' }),
  learningRate: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe(
      "alpha: how far a cell's threshold moves towards each objective that it takes; 0: never, 1: as cma-me",
    ),
  minThreshold: z
    .number()
    .nullable()
    .default(null)
    .describe('what an empty cell asks for; null: the lowest objective so far'),
  ...archiveOptions,
});

/**
 * Covariance matrix adaptation MAP-annealing: as cma-me, with thresholds that rise slowly, so that searches go on where the
 * objective is flat or deceptive. What is found is kept in a second archive without thresholds.
 */
export const cmaMae = {
  summary: 'CMA-MAE: CMA-ME with thresholds that rise slowly, for flat and deceptive objectives',
  source: 'Fontaine and Nikolaidis 2023, doi:10.1145/3583131.3590389; defaults of the example of pyribs',
  options,
  takes: { integers: false, objectives: 1, constraints: false, behaviour: true },
  branching: { options: ['ranker', 'selection', 'restart', 'memoryMiB', 'offset'] },
  fault: (problem, settings) => archiveFault(problem, settings) ?? emitterFault(problem, settings),
  create: (problem, settings, seed): Strategy => beginEmitting(problem, settings, seed, settings),
  restore: (problem, settings, snapshot): Strategy => resumeEmitting(problem, settings, snapshot, settings),
} satisfies StrategyModule<typeof options>;
