import { isAbsentOr, isFunction } from '../spec/parts/fits.js';
import { fittingFields, type PartTable } from '../spec/parts/part.js';
import { optionsSchema } from '../spec/parts/plain-options.js';
import { complexity } from './complexity.js';
import { energy } from './energy.js';
import { formulaSize } from './formula-size.js';
import { measure } from './measure.js';
import type { Objective } from './objective.js';
import { score } from './score.js';
import { scoreSparse } from './score-sparse.js';

/** Every objective, by the name used in run files. */
export const objectives = {
  score,
  'score-sparse': scoreSparse,
  energy,
  complexity,
  'formula-size': formulaSize,
  measure,
} as const;

/** Objectives that come with the program, and users' own. */
export const objectiveParts: PartTable<Objective> = {
  what: 'objective',
  entries: objectives as unknown as Readonly<Record<string, Objective>>,
  adopt: (value, source) => {
    const objective = fittingFields(value, 'objective', source, {
      summary: { expected: 'text', fits: (field) => typeof field === 'string' },
      options: {
        expected: 'a description of each option',
        fits: isAbsentOr((field) => typeof field === 'object'),
      },
      value: { expected: 'a function (life, options) => number', fits: isFunction },
      fault: { expected: 'a function, or nothing', fits: isAbsentOr(isFunction) },
    }) as unknown as Objective;
    return { ...objective, options: optionsSchema(objective.options, source) };
  },
};

/** What a strategy maximises where a run names no objective: written in runs without a name. */
export const defaultObjective = 'score-sparse';
