import { basename, extname } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import pc from 'picocolors';
import { objectiveChecks } from '../evolve/conformance/objective.js';
import { strategyChecks } from '../evolve/conformance/strategy.js';
import { taskChecks } from '../evolve/conformance/task.js';
import { isFields, merge, parseSetting } from '../evolve/settings.js';
import { cellChecks } from '../kernel/conformance/cell.js';
import { networkChecks } from '../kernel/conformance/network.js';
import { portChecks } from '../kernel/conformance/port.js';
import { ruleChecks } from '../kernel/conformance/rule.js';
import type { CellModel, PortModel } from '../network/model/model.js';
import type { Network } from '../network/model/network.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import type { Check } from '../spec/conformance.js';
import { UsageError } from '../spec/errors.js';
import { messageWithPlace } from '../spec/own-code.js';
import { importDefault } from '../spec/parts/import-module.js';
import { isModulePath, moduleHash } from '../spec/parts/module-files.js';
import { loadPart } from '../spec/parts/part.js';
import { prepareTask, taskOf, taskParts } from '../tasks/table.js';
import { validFile } from './formats.js';
import { collect, jsonOption } from './options.js';
import { print, printJson } from './output.js';

interface CheckOptions {
  connectome?: string | undefined;
  task?: string | undefined;
  set?: string[] | undefined;
}

/** What a file was found to be, and what is asked of it. */
interface Found {
  /** `format` of a JSON file, `part` of a module. */
  is: { format: string } | { part: string };
  what: string;
  checks: readonly Check[];
}

/** Suites of what is described in JSON and can be tried out. */
const suitesOfFormats: Readonly<Record<string, (value: unknown) => Check[]>> = {
  'cell-model/1': (value) => cellChecks(value as CellModel),
  'synapse-model/1': (value) => portChecks(value as PortModel, { kind: 'synapse' }),
  'input-model/1': (value) => portChecks(value as PortModel, { kind: 'input' }),
  'plasticity-rule/1': (value) => ruleChecks(value as PlasticityRule),
  'network/1': (value) => networkChecks(value as Network),
};

/** The options of one part among the settings of a run, `strategy.NAME=value`. */
function optionsOf(part: string, { set = [] }: CheckOptions): Record<string, unknown> {
  const fields = set.map(parseSetting).reduce<unknown>(merge, {});
  const options = isFields(fields) ? fields[part] : undefined;
  return isFields(options) ? options : {};
}

/** Measures of the task that an objective is to judge, its behaviour measures too. */
async function measuresOf(task: string): Promise<string[]> {
  const spec = await loadPart(taskParts, { name: task }, '--task');
  return [...Object.keys(taskOf(spec).measures), ...Object.keys(prepareTask(spec).behaviour)];
}

/** What a module may export by default, and how each is told from the others. */
const kindsOfModules: Readonly<
  Record<
    string,
    {
      tell: readonly string[];
      checks(part: unknown, path: string, options: CheckOptions): Check[] | Promise<Check[]>;
    }
  >
> = {
  task: {
    tell: ['prepare'],
    checks: (part, path, { connectome, set = [] }) =>
      taskChecks(part, { run: { task: path, set, ...(connectome === undefined ? {} : { connectome }) } }),
  },
  strategy: {
    tell: ['create', 'restore'],
    checks: (part, path, options) =>
      strategyChecks(part, { name: basename(path, extname(path)), options: optionsOf('strategy', options) }),
  },
  objective: {
    tell: ['value'],
    checks: async (part, _path, options) =>
      objectiveChecks(part, {
        options: optionsOf('objective', options),
        ...(options.task === undefined ? {} : { measures: await measuresOf(options.task) }),
      }),
  },
};

async function inModule(path: string, options: CheckOptions): Promise<Found> {
  const part = await importDefault(path, await moduleHash(path));
  const fields = typeof part === 'object' && part !== null ? Object.keys(part) : [];
  const found = Object.entries(kindsOfModules).find(([, { tell }]) =>
    tell.some((field) => fields.includes(field)),
  );
  if (!found) {
    throw new UsageError(
      `${path}: expected a task (with "prepare"), a strategy (with "create" and "restore") or an objective (with "value") ` +
        `as the default export, found ${fields.length > 0 ? `the fields ${fields.join(', ')}` : `${typeof part} without fields`}.`,
    );
  }
  const [what, { checks }] = found;
  return { is: { part: what }, what, checks: await checks(part, path, options) };
}

async function inJson(path: string): Promise<Found> {
  const { format, what, value } = await validFile(path);
  return { is: { format }, what, checks: suitesOfFormats[format]?.(value) ?? [] };
}

interface CheckResult {
  name: string;
  ok: boolean;
  /** What was expected and found, where it failed. */
  message?: string;
}

async function carriedOut({ name, run }: Check): Promise<CheckResult> {
  try {
    await run();
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, message: messageWithPlace(error) };
  }
}

export const check = new Command('check')
  .summary('check a file or module of your own, and try out what it holds')
  .description(
    'Checks a JSON file against its format, or a module (.mjs, .js, .ts) whose default export is a task, a strategy or an ' +
      'objective. Cells, synapses, inputs, rules, networks and modules also go through the checks that built-in parts pass.\n' +
      'Exit codes: 0 all in order, 1 a check failed, 2 the file is of no known kind.',
  )
  .argument('<file>', 'a JSON file, whose "format" says what it is, or a module')
  .option('-c, --connectome <name>', 'for a task: the connectome that it is tried on, by name or path')
  .option('-t, --task <name>', 'for an objective: the task whose measures it reads, by name or path')
  .option(
    '--set <path=value>',
    'options to try it with, such as task.steps=60 for short lives; repeatable',
    collect,
  )
  .option(...jsonOption)
  .action(async (path, options) => {
    const { is, what, checks } = isModulePath(path) ? await inModule(path, options) : await inJson(path);
    const results: CheckResult[] = [];
    for (const one of checks) {
      const result = await carriedOut(one);
      results.push(result);
      if (result.ok && !options.json) print(`${pc.green('ok')}      ${result.name}`);
    }
    const failures = results.filter(({ ok }) => !ok);
    const failed = failures.length;
    if (failed > 0) process.exitCode = 1;
    if (options.json) {
      printJson({ ok: failed === 0, path, ...is, checks: results });
      return;
    }
    for (const reason of new Set(failures.map(({ message }) => message))) {
      print('');
      for (const { name } of failures.filter(({ message }) => message === reason))
        print(`${pc.red('failed')}  ${name}`);
      print(reason!.replaceAll(/^/gm, '        '));
    }
    if (failed > 0) print(`\n${path}: ${failed} of ${results.length} checks failed.`);
    else if (results.length === 0) print(`${path}: a valid ${what}.`);
    else print(`\n${path}: a sound ${what}; ${results.length} checks.`);
  });
