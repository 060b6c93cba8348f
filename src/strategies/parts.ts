import { isAbsentOr, isFunction, isObject, isText } from '../spec/parts/fits.js';
import { fittingFields, type PartTable } from '../spec/parts/part.js';
import { optionsSchema } from '../spec/parts/plain-options.js';
import { givingUp } from './giving-up.js';
import type { Branching, StrategyModule, Takes } from './strategy.js';
import { strategies } from './table.js';

const isBranching = (value: unknown) =>
  isObject(value) &&
  Array.isArray((value as Branching).options) &&
  (value as Branching).options.every(isText) &&
  isAbsentOr(isFunction)((value as Branching).withoutScores);

const fields = {
  summary: { expected: 'text that says how it searches', fits: isText },
  source: { expected: 'text, or nothing', fits: isAbsentOr(isText) },
  options: { expected: 'a description of each option, or nothing', fits: isAbsentOr(isObject) },
  takes: {
    expected:
      '{ integers, objectives, constraints, mostGenes, injected, warmStart, behaviour }, or nothing (real genes, one objective)',
    fits: isAbsentOr(isObject),
  },
  branching: { expected: '{ options: [names], withoutScores }, or nothing', fits: isAbsentOr(isBranching) },
  plannedBy: { expected: 'the name of an option, or nothing', fits: isAbsentOr(isText) },
  fault: { expected: 'a function (problem, options) => text, or nothing', fits: isAbsentOr(isFunction) },
  create: { expected: 'a function (problem, options, seed) => strategy', fits: isFunction },
  restore: { expected: 'a function (problem, options, snapshot) => strategy', fits: isFunction },
};

/** What a strategy takes that does not say. */
const least: Takes = { integers: false, objectives: 1, constraints: false };

/** Strategies that come with the program, and users' own. */
export const strategyParts: PartTable<StrategyModule> = {
  what: 'strategy',
  entries: strategies as unknown as Readonly<Record<string, StrategyModule>>,
  adopt: (value, source) => {
    const strategy = fittingFields(value, 'strategy', source, fields) as unknown as StrategyModule;
    const otherwise = { source: 'a strategy of its own' };
    const takes = { ...least, ...strategy.takes };
    return givingUp({ ...otherwise, ...strategy, takes, options: optionsSchema(strategy.options, source) });
  },
};
