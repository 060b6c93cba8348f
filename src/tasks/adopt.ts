import { basename } from 'node:path';
import { UsageError, UserError } from '../spec/errors.js';
import { messageWithPlace } from '../spec/own-code.js';
import { isAbsentOr, isFunction, isObject, isText } from '../spec/parts/fits.js';
import { fittingFields } from '../spec/parts/part.js';
import { optionsSchema } from '../spec/parts/plain-options.js';
import { describeValue } from '../spec/validate.js';
import type { BehaviourMeasure, EpisodeResult, PreparedTask, Scenario, Task, Teaching } from './task.js';

const isMeasures = (value: unknown) =>
  isObject(value) &&
  !Array.isArray(value) &&
  Object.values(value as object).every((measure) => isText(measure?.unit) && isText(measure.about));

const fields = {
  summary: { expected: 'text that says what the task is', fits: isText },
  source: { expected: 'text, or nothing', fits: isAbsentOr(isText) },
  options: { expected: 'a description of each option, or nothing', fits: isAbsentOr(isObject) },
  ofNetwork: {
    expected: 'a list of options that say what lives in the task or how it is taught, or nothing',
    fits: isAbsentOr((value) => Array.isArray(value) && value.every(isText)),
  },
  measures: { expected: '{ NAME: { unit, about } }, or nothing', fits: isAbsentOr(isMeasures) },
  lives: {
    expected: '"on-connectome" or "in-circuit"',
    fits: (value: unknown) => value === 'on-connectome' || value === 'in-circuit',
  },
  genome: {
    expected: 'the name or path of a genome spec, or a function (options) => one, for a task in a circuit',
    fits: isAbsentOr((value) => isText(value) || isFunction(value)),
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

const isLists = (value: unknown) => isObject(value) && Object.values(value as object).every(Array.isArray);

/** What is wrong with a scenario; empty where nothing is. */
function scenarioFaults(scenario: Partial<Scenario> | null, place: string): string[] {
  if (!isObject(scenario)) return [`${place}: expected { name, random, ceiling }`];
  const { name, random, ceiling, chance } = scenario as Partial<Scenario>;
  return [
    ...(isText(name) ? [] : [`${place}.name: expected text`]),
    ...(typeof random === 'boolean' ? [] : [`${place}.random: expected whether the seed changes anything`]),
    ...(typeof ceiling?.score === 'number' && (isText(ceiling.about) || isFunction(ceiling.about))
      ? []
      : [
          `${place}.ceiling: expected { score, about }, the best score that can be reached and how that is known`,
        ]),
    ...(chance === undefined || (typeof chance?.score === 'number' && isText(chance.about))
      ? []
      : [
          `${place}.chance: expected { score, about }, the random policy’s mean and how that is known, or nothing`,
        ]),
  ];
}

/** Scenarios are told apart by their names, in seeds and in reports. */
function repeatedNames(scenarios: readonly Partial<Scenario>[]): string[] {
  const names = scenarios.map((scenario) => scenario?.name).filter(isText);
  const repeated = [...new Set(names.filter((name, i) => names.indexOf(name) < i))];
  return repeated.map((name) => `scenarios, heldOut: expected a name for each, found "${name}" twice`);
}

const isTeaching = (teaching: Partial<Teaching>): boolean => {
  const { about, modulators, events = [] } = teaching ?? {};
  return isText(about) && [modulators, events].every((names) => Array.isArray(names) && names.every(isText));
};

/** What is wrong with a prepared task; empty where nothing is. */
function worldFaults(world: Partial<PreparedTask>, lives: Task['lives']): string[] {
  const { scenarios, heldOut = [], live, oracle, wiring, circuit, behaviour = {}, teaching } = world;
  const listed = Array.isArray(scenarios) && scenarios.length > 0;
  const told = Object.entries(behaviour).flatMap(([name, { low, high, bins } = {} as BehaviourMeasure]) =>
    Number.isFinite(low) && Number.isFinite(high) && low < high && bins >= 1
      ? []
      : [`behaviour.${name}: expected { unit, about, low, high, bins } with low below high`],
  );
  return [
    ...(listed ? [] : ['scenarios: expected a list of at least one']),
    ...(listed ? scenarios : []).flatMap((scenario, i) => scenarioFaults(scenario, `scenarios[${i}]`)),
    ...heldOut.flatMap((scenario, i) => scenarioFaults(scenario, `heldOut[${i}]`)),
    ...repeatedNames([...(listed ? scenarios : []), ...heldOut]),
    ...(typeof live === 'function' ? [] : ['live: expected a function (scenario, seed, controller, trace)']),
    ...(isAbsentOr(isFunction)(oracle) ? [] : ['oracle: expected a function (scenario, seed), or nothing']),
    ...(lives === 'on-connectome' && !(isLists(wiring?.inputs) && isLists(wiring?.outputs))
      ? ['wiring: expected { inputs, outputs } with lists of cell names']
      : []),
    ...(lives === 'in-circuit' && !isObject(circuit?.network)
      ? ['circuit: expected a network and its body']
      : []),
    ...(teaching === undefined || isTeaching(teaching)
      ? []
      : ['teaching: expected { about, modulators, events }, or nothing; both are lists of names']),
    ...told,
  ];
}

const refuse = (source: string, faults: readonly string[]) => {
  if (faults.length === 0) return;
  throw new UsageError(`${source}: this is no task:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
};

/** Carries a user's function out; a mistake in it is told with its file. */
function carriedOut<Result>(source: string, what: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${source}: ${what} failed: ${messageWithPlace(error)}`, { cause: error });
  }
}

/** A user's prepared task with what it left out: nothing held out, no behaviour told apart. */
function completed(
  world: PreparedTask,
  { lives, measures: declared = {} }: Pick<Task, 'lives'> & Partial<Pick<Task, 'measures'>>,
  source: string,
): PreparedTask {
  if (!isObject(world)) refuse(source, ['prepare: expected it to return an object']);
  refuse(source, worldFaults(world, lives));
  const { heldOut = [], behaviour = {} } = world;
  // What fails in a life stands in records, which do not depend on where the file is.
  const file = basename(source);
  const lived = (what: string, live: () => Partial<EpisodeResult> | undefined): EpisodeResult => {
    const result = carriedOut(file, what, live);
    if (typeof result?.score !== 'number') {
      throw new UserError(`${file}: ${what}: expected { score, measures }, found ${describeValue(result)}.`);
    }
    return { score: result.score, measures: result.measures ?? {}, behaviour: result.behaviour ?? {} };
  };
  const names = Object.keys(declared).sort();
  const measured = (result: EpisodeResult): EpisodeResult => {
    const found = Object.keys(result.measures).sort();
    if (found.length === names.length && found.every((name, i) => name === names[i])) return result;
    throw new UserError(
      `${file}: live: expected the measures that the task declares (${names.join(', ') || 'none'}), found ` +
        `${found.join(', ') || 'none'}.`,
    );
  };
  const { oracle } = world;
  return {
    ...world,
    heldOut,
    behaviour,
    live: (...episode) => measured(lived('live', () => world.live(...episode))),
    ...(oracle ? { oracle: (...episode) => lived('oracle', () => oracle(...episode)) } : {}),
  };
}

/**
 * A user's task with what it left out filled in: no options, no measures, nothing traced, no way to make it new.
 * @throws UsageError naming everything that is wrong with it
 */
export function adoptTask(value: unknown, source: string): Task {
  const task = fittingFields(value, 'task', source, fields) as unknown as Task & { options: unknown };
  if ((task.randomPolicy === undefined) === (task.control === undefined)) {
    refuse(source, [
      'randomPolicy, control: expected one of the two: a policy that knows nothing, or the task with what makes success ' +
        'meaningful taken away. Chance is measured by it.',
    ]);
  }
  if ((task.lives === 'in-circuit') !== (task.genome !== undefined)) {
    refuse(source, ['genome: expected with "in-circuit", and only with it: the genome spec that evolves']);
  }
  const otherwise = {
    source: 'a task of its own',
    measures: {},
    emptyTrace: () => ({}),
    fresh: (options: unknown) => ({
      options,
      about: 'the same lives, because the task gives no way to make new ones',
    }),
  };
  const prepare = (options: unknown) =>
    completed(
      carriedOut(source, 'prepare', () => task.prepare(options)),
      task,
      source,
    );
  return { ...otherwise, ...task, prepare, options: optionsSchema(task.options, source) } as Task;
}
