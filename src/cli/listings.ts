import { Command } from '@commander-js/extra-typings';
import { z } from 'zod';
import { loadPreset, presetNames } from '../evolve/presets.js';
import { freshSeeds } from '../evolve/reference-scores.js';
import { genomeSpecNames, loadGenomeSpec } from '../genome/spec.js';
import { entryOf } from '../spec/errors.js';
import { strategies as strategyTable } from '../strategies/table.js';
import { tasks as taskTable } from '../tasks/table.js';
import type { Task } from '../tasks/task.js';
import { jsonOption } from './options.js';
import { faint, heading, print, printJson, table } from './output.js';

interface Property {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  description?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  properties?: Record<string, Property>;
  anyOf?: Property[];
  oneOf?: Property[];
  items?: Property;
}

/** What a field may hold, in words. */
function rangeOf(property: Property): string {
  const alternatives = property.anyOf ?? property.oneOf;
  if (alternatives) return [...new Set(alternatives.map(rangeOf))].join(' or ');
  if (property.const !== undefined) return JSON.stringify(property.const);
  if (property.enum) return property.enum.map(String).join(', ');
  if (property.type === 'array') return `list of ${property.items ? rangeOf(property.items) : 'values'}`;
  if (property.type !== 'number' && property.type !== 'integer') return property.type ?? 'any';
  const bounds = [
    ...(property.minimum !== undefined && property.minimum > Number.MIN_SAFE_INTEGER
      ? [`at least ${property.minimum}`]
      : []),
    ...(property.exclusiveMinimum !== undefined ? [`above ${property.exclusiveMinimum}`] : []),
    ...(property.maximum !== undefined && property.maximum < Number.MAX_SAFE_INTEGER
      ? [`at most ${property.maximum}`]
      : []),
  ];
  return [property.type === 'integer' ? 'whole number' : 'number', ...bounds].join(' ');
}

const short = (value: unknown) => {
  const text = value === undefined ? '' : JSON.stringify(value);
  return text.length > 44 ? `${text.slice(0, 43)}…` : text;
};

function optionRows(properties: Record<string, Property>, prefix: string): string[][] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    const kinds =
      (property.oneOf ?? property.anyOf)?.filter(({ properties: inner }) => inner !== undefined) ?? [];
    const nested = kinds.flatMap(({ properties: inner }) => {
      const { kind, ...rest } = inner!;
      const value = kind?.const === undefined ? '' : String(kind.const);
      return [
        ...(value === '' ? [] : [[`${path}.kind`, JSON.stringify(value), '', kind?.description ?? '']]),
        ...optionRows(rest, `${path}.`).map(([field, ...cells]) => [`${field}`, ...cells] as string[]),
      ];
    });
    if (nested.length > 0)
      return [[path, '', short(property.default), property.description ?? ''], ...nested];
    return [[path, rangeOf(property), short(property.default), property.description ?? '']];
  });
}

/** The options of a schema as a table: field, what it may hold, default, meaning. */
function describeOptions(schema: z.ZodType, prefix: string): string {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Property;
  return table(['field', 'value', 'default', 'meaning'], optionRows(json.properties ?? {}, prefix));
}

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

export const strategies = new Command('strategies')
  .summary('list the strategies, or show the parameters of one')
  .argument('[name]', 'a strategy preset')
  .option(...jsonOption)
  .action((name, options) => {
    if (name === undefined) {
      const listed = presetNames().map((preset) => {
        const { strategy, about } = loadPreset(preset);
        return { name: preset, strategy: strategy.name, about };
      });
      if (options.json) printJson({ strategies: listed });
      else
        print(
          table(
            ['preset', 'strategy', 'about'],
            listed.map((row) => [row.name, row.strategy, row.about]),
          ),
        );
      return;
    }
    const preset = loadPreset(name);
    const module = entryOf(strategyTable, preset.strategy.name, 'strategy');
    if (options.json) {
      printJson({
        ...preset,
        summary: module.summary,
        source: module.source,
        schema: schemaOf(module.options),
      });
      return;
    }
    print(`${heading(preset.name)}: ${preset.about}\n${faint(`source: ${module.source}`)}\n`);
    print(describeOptions(module.options, 'strategy.'));
    print(`\n${heading('as the preset has it')}`);
    print(
      JSON.stringify(
        { strategy: preset.strategy, objective: preset.objective, budget: preset.budget },
        null,
        2,
      ),
    );
  });

export const genomes = new Command('genomes')
  .summary('list the genome specs (what may evolve), or show one')
  .argument('[name]', 'a genome spec')
  .option(...jsonOption)
  .action((name, options) => {
    if (name === undefined) {
      const listed = genomeSpecNames().map((spec) => ({
        name: spec,
        about: loadGenomeSpec(spec, spec).about,
      }));
      if (options.json) printJson({ genomes: listed });
      else
        print(
          table(
            ['genome spec', 'about'],
            listed.map((row) => [row.name, row.about]),
          ),
        );
      return;
    }
    const spec = loadGenomeSpec(name, name);
    if (options.json) printJson(spec);
    else print(`${heading(spec.name)}: ${spec.about}\n\n${JSON.stringify(spec.genes, null, 2)}`);
  });

export const tasks = new Command('tasks')
  .summary('list the tasks, or show the parameters of one')
  .argument('[name]', 'a task')
  .option(...jsonOption)
  .action((name, options) => {
    if (name === undefined) {
      const listed = Object.entries(taskTable).map(([task, { summary }]) => ({ name: task, about: summary }));
      if (options.json) printJson({ tasks: listed });
      else
        print(
          table(
            ['task', 'about'],
            listed.map((row) => [row.name, row.about]),
          ),
        );
      return;
    }
    const task: Task = entryOf(taskTable, name, 'task') as unknown as Task;
    const settings = task.options.parse({});
    const { scenarios, behaviour } = task.prepare(settings);
    const fresh = scenarios.every(({ random }) => random) ? freshSeeds : task.fresh(settings).about;
    const { score: ceiling, about } = scenarios[0]!.ceiling;
    if (options.json) {
      const { summary, source, measures } = task;
      printJson({
        name,
        summary,
        source,
        measures,
        behaviour,
        lives: task.lives,
        genome: task.genome ?? null,
        ceiling: { score: ceiling, about },
        fresh,
        schema: schemaOf(task.options),
      });
      return;
    }
    print(`${heading(name)}: ${task.summary}\n${faint(`source: ${task.source}`)}\n`);
    print(describeOptions(task.options, 'task.'));
    print('');
    print(
      table(
        ['measure', 'unit', 'meaning'],
        Object.entries(task.measures).map(([m, x]) => [m, x.unit, x.about]),
      ),
    );
    print('');
    print(
      table(
        ['behaviour', 'unit', 'range', 'meaning'],
        Object.entries(behaviour).map(([m, { unit, low, high, about: meaning }]) => [
          m,
          unit,
          `${low} to ${high}`,
          meaning,
        ]),
      ),
    );
    print(
      `\nnetwork: ${task.lives === 'on-connectome' ? 'on a connectome' : `its own; the genome spec "${task.genome}" says what evolves`}` +
        `\nceiling: ${ceiling} (${about})\nfresh:   ${fresh}\nchance:  "baldwin score --task ${name}" measures it`,
    );
  });
