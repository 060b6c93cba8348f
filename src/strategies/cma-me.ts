import { z } from 'zod';
import { archiveFault, archiveOptions } from './quality-diversity/archive-options.js';
import { emitterFault, emitterOptions } from './quality-diversity/emitter.js';
import { beginEmitting, resumeEmitting } from './quality-diversity/emitting.js';
import type { Strategy, StrategyModule } from './strategy.js';

const options = z.strictObject({
  ...emitterOptions({ ranker: '2imp', selection: 'filter', restart: 'no-improvement' }),
  ...archiveOptions,
});

/** Covariance matrix adaptation MAP-Elites: searches side by side that rank candidates by what they add to the archive. */
export const cmaMe = {
  summary:
    'CMA-ME: covariance matrix adaptation that fills an archive with the best genome for each way to behave',
  source:
    'Fontaine, Togelius, Nikolaidis and Hoover 2020, doi:10.1145/3377930.3390232; defaults of the emitters of pyribs',
  options,
  takes: { integers: false, objectives: 1, constraints: false, behaviour: true },
  branching: { options: ['ranker', 'selection', 'restart', 'memoryMiB', 'offset'] },
  fault: (problem, settings) => archiveFault(problem, settings) ?? emitterFault(problem, settings),
  create: (problem, settings, seed): Strategy => beginEmitting(problem, settings, seed),
  restore: (problem, settings, snapshot): Strategy => resumeEmitting(problem, settings, snapshot),
} satisfies StrategyModule<typeof options>;
