import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { z } from 'zod';
import { suggest, UsageError } from '../../spec/errors.js';
import { readJsonFile } from '../../spec/json-file.js';
import { type Library, libraryFile, libraryNames } from '../../spec/library.js';
import { validate } from '../../spec/validate.js';
import { cellModels } from '../cells/table.js';
import { cellModelProblems } from '../check/cell-model.js';
import { portModelProblems } from '../check/port-model.js';
import { refuseProblems } from '../check/problems.js';
import { ruleProblems } from '../check/rule.js';
import type { ModelProblem } from '../check/text.js';
import { inputModels } from '../inputs/table.js';
import type { CellModel, PortModel } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';
import { plasticityRules } from '../plasticity/table.js';
import { synapseModels } from '../synapses/table.js';
import {
  cellModelSchema,
  inputModelSchema,
  plasticityRuleSchema,
  synapseModelSchema,
} from './model-schema.js';

/** Models that come with the program, and those of users in the working directory's folder. */
interface Shelf<M> {
  library: Library;
  format: string;
  schema: z.ZodType<M & { format: string; $schema?: string | undefined }>;
  builtIn: Readonly<Record<string, M>>;
  problems: (model: M) => ModelProblem[];
}

const cells: Shelf<CellModel> = {
  library: { folder: 'cells', item: 'cell model' },
  format: 'cell-model/1',
  schema: cellModelSchema,
  builtIn: cellModels,
  problems: cellModelProblems,
};

const ports: Record<'synapse' | 'input', Shelf<PortModel>> = {
  synapse: {
    library: { folder: 'synapses', item: 'synapse model' },
    format: 'synapse-model/1',
    schema: synapseModelSchema,
    builtIn: synapseModels,
    problems: (model) => portModelProblems(model),
  },
  input: {
    library: { folder: 'inputs', item: 'input model' },
    format: 'input-model/1',
    schema: inputModelSchema,
    builtIn: inputModels,
    problems: (model) => portModelProblems(model),
  },
};

const rules: Shelf<PlasticityRule> = {
  library: { folder: 'rules', item: 'plasticity rule' },
  format: 'plasticity-rule/1',
  schema: plasticityRuleSchema,
  builtIn: plasticityRules,
  problems: ruleProblems,
};

/** Checks a description read from `source` as a whole. */
function read<M>({ schema, problems, library: { item } }: Shelf<M>, value: unknown, source: string): M {
  const { format: _, $schema: __, ...model } = validate(schema, value, { source }, item);
  refuseProblems(problems(model as M), source, item);
  return model as M;
}

function load<M>(shelf: Shelf<M>, nameOrPath: string): M {
  const { library, builtIn } = shelf;
  const { folder, item } = library;
  const isPath = /[\\/]/.test(nameOrPath) || nameOrPath.endsWith('.json');
  const own = resolve(folder, `${nameOrPath}.json`);
  if (!isPath && Object.hasOwn(builtIn, nameOrPath)) {
    if (!existsSync(own)) return builtIn[nameOrPath]!;
    throw new UsageError(
      `${folder}/${basename(own)}: the ${item} "${nameOrPath}" comes with the program. Give the file another name.`,
    );
  }
  if (!isPath && !existsSync(own)) {
    throw new UsageError(
      `Unknown ${item} "${nameOrPath}". ${suggest(nameOrPath, names(shelf))} ` +
        `Your own is found as ${folder}/NAME.json, or by its path (ending in .json).`,
    );
  }
  const file = libraryFile(library, nameOrPath);
  return read(shelf, readJsonFile(file, item), isPath ? nameOrPath : `${folder}/${nameOrPath}.json`);
}

const names = <M>({ library, builtIn }: Shelf<M>) => [
  ...new Set([...Object.keys(builtIn), ...libraryNames(library)]),
];

/** The models that come with the program, then those in `./cells`. */
export const cellModelNames = () => names(cells);
export const portModelNames = (kind: keyof typeof ports) => names(ports[kind]);

/** A cell model by name (one of the program's, or `./cells/NAME.json`) or by the path of a file. */
export const loadCellModel = (nameOrPath: string): CellModel => load(cells, nameOrPath);

/** A synapse or an input by name (one of the program's, or `./synapses/NAME.json`, `./inputs/NAME.json`) or by path. */
export const loadPortModel = (kind: keyof typeof ports, nameOrPath: string): PortModel =>
  load(ports[kind], nameOrPath);

/** The rules that come with the program, then those in `./rules`. */
export const plasticityRuleNames = () => names(rules);

/** A rule by name (one of the program's, or `./rules/NAME.json`) or by the path of a file. */
export const loadPlasticityRule = (nameOrPath: string): PlasticityRule => load(rules, nameOrPath);

/** A cell model from data that has been read already. */
export const readCellModel = (value: unknown, source: string): CellModel => read(cells, value, source);
export const readPortModel = (kind: keyof typeof ports, value: unknown, source: string): PortModel =>
  read(ports[kind], value, source);

export const readPlasticityRule = (value: unknown, source: string): PlasticityRule =>
  read(rules, value, source);

const shelves = { cell: cells, ...ports, rule: rules };

/** The text of a model's file, which reads back to the same model. */
export function formatModelFile(
  model: CellModel | PortModel | PlasticityRule,
  kind: keyof typeof shelves,
): string {
  const { format } = shelves[kind];
  const finite = (_: string, value: unknown) =>
    value === Infinity ? 'inf' : value === -Infinity ? '-inf' : value;
  return `${JSON.stringify({ format, ...model }, finite, 2)}\n`;
}
