import { refuseUnfit } from '../spec/parts/part.js';
import { optionsSchema } from '../spec/parts/plain-options.js';
import type { EpisodeResult, PreparedTask, Task } from './task.js';

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isFunction = (value: unknown) => typeof value === 'function';
const isObject = (value: unknown) => typeof value === 'object' && value !== null;
const isAbsentOr = (fits: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || fits(value);

const fields = {
  summary: { expected: 'text that says what the task is', fits: isText },
  source: { expected: 'text, or nothing', fits: isAbsentOr(isText) },
  options: { expected: 'a description of each option, or nothing', fits: isAbsentOr(isObject) },
  measures: { expected: '{ NAME: { unit, about } }, or nothing', fits: isAbsentOr(isObject) },
  lives: {
    expected: '"on-connectome" or "in-circuit"',
    fits: (value: unknown) => value === 'on-connectome' || value === 'in-circuit',
  },
  genome: {
    expected: 'the name or path of a genome spec, for a task in a circuit',
    fits: isAbsentOr(isText),
  },
  prepare: { expected: 'a function (options) => { scenarios, heldOut, live, … }', fits: isFunction },
  emptyTrace: { expected: 'a function, or nothing', fits: isAbsentOr(isFunction) },
  fresh: { expected: 'a function (options) => { options, about }, or nothing', fits: isAbsentOr(isFunction) },
  figure: { expected: '{ name, lives, … }, or nothing', fits: isAbsentOr(isObject) },
  randomPolicy: { expected: 'a function, or nothing', fits: isAbsentOr(isFunction) },
  control: {
    expected: 'a function (options) => { options, about }, or nothing',
    fits: isAbsentOr(isFunction),
  },
};

/** A user's prepared task with what it left out: nothing held out, no behaviour told apart. */
function completed(world: PreparedTask): PreparedTask {
  const { heldOut = [], behaviour = {}, live } = world;
  return {
    ...world,
    heldOut,
    behaviour,
    live: (...episode) => {
      const result: Partial<EpisodeResult> & Pick<EpisodeResult, 'score'> = live.apply(world, episode);
      return { ...result, measures: result.measures ?? {}, behaviour: result.behaviour ?? {} };
    },
  };
}

/**
 * A user's task with what it left out filled in: no options, no measures, nothing traced, fresh lives that differ by their
 * seeds alone.
 * @throws UsageError naming everything that is wrong with it
 */
export function adoptTask(value: unknown, source: string): Task {
  refuseUnfit(value, 'task', source, fields);
  const task = value as Task & { options: unknown };
  const otherwise = {
    source: 'a task of its own',
    measures: {},
    emptyTrace: () => ({}),
    fresh: (options: unknown) => ({ options, about: 'the same task on other seeds' }),
  };
  const prepare = (options: unknown) => completed(task.prepare(options));
  return { ...otherwise, ...task, prepare, options: optionsSchema(task.options, source) } as Task;
}
