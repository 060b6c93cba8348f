import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { connectomeNames } from '../../connectome/load.js';
import { anyStrategy, presetNames } from '../../evolve/presets.js';
import { genomeSpecNames } from '../../genome/spec.js';
import { tableKinds } from '../../inspect/tables/export.js';
import { benchmarkNetworks } from '../../network/build/benchmarks.js';
import { cellModels } from '../../network/cells/table.js';
import { inputModels } from '../../network/inputs/table.js';
import { plasticityRules } from '../../network/plasticity/table.js';
import { synapseModels } from '../../network/synapses/table.js';
import { objectives } from '../../objectives/table.js';
import { reproductionNames } from '../../reproduce/reproduction.js';
import { tasks } from '../../tasks/table.js';

/** What may stand in one place. `@runs`, `@studies` and `@folder=FOLDER` stand for names that are found when they are wanted. */
type Words = readonly string[];

export interface CompletedOption {
  /** As they are typed, such as -s and --strategy. */
  flags: readonly string[];
  about: string;
  /** What may follow; undefined where nothing does. Empty where anything may. */
  values: Words | undefined;
  /** Whether nothing else may follow. */
  closed: boolean;
}

/** A command as shells complete it. */
export interface CompletedCommand {
  /** Its name and those of the commands above it, such as `connectome show`; empty for the program. */
  path: string;
  about: string;
  commands: readonly CompletedCommand[];
  options: readonly CompletedOption[];
  /** What its arguments may be; empty where anything may. */
  arguments: Words;
}

/** Names of a user's files in a folder of the working directory come before those that are shipped. */
const shelf = (folder: string, names: Words): Words => [`@folder=${folder}`, ...names];
const runs: Words = ['@runs', 'latest'];
const studies: Words = ['@studies', 'latest'];

/** What an option's value may be, by the option's name where it has no choices. */
const valuesOf: Readonly<Record<string, () => Words>> = {
  strategy: () => [...shelf('strategies', presetNames()), anyStrategy],
  genome: () => shelf('genomes/spec', genomeSpecNames()),
  connectome: () => shelf('connectomes', connectomeNames()),
  task: () => Object.keys(tasks),
  objective: () => Object.keys(objectives),
  what: () => Object.keys(tableKinds),
};

/** What arguments may be, by the command's path. */
const argumentsOf: Readonly<Record<string, () => Words>> = {
  ...Object.fromEntries(
    [
      'resume',
      'show',
      'compare',
      'score',
      'inspect',
      'replay',
      'plot',
      'export',
      'runs tag',
      'runs delete',
    ].map((path) => [path, () => runs]),
  ),
  ...Object.fromEntries(
    ['show', 'check', 'compare', 'export', 'sub', 'null'].map((name) => [
      `connectome ${name}`,
      valuesOf.connectome!,
    ]),
  ),
  'study resume': () => studies,
  'study show': () => studies,
  cells: () => Object.keys(cellModels),
  networks: () => Object.keys(benchmarkNetworks),
  synapses: () => Object.keys(synapseModels),
  inputs: () => Object.keys(inputModels),
  rules: () => Object.keys(plasticityRules),
  strategies: valuesOf.strategy!,
  genomes: valuesOf.genome!,
  tasks: valuesOf.task!,
  objectives: valuesOf.objective!,
  reproduce: reproductionNames,
};

/** The command tree of the program, with what may stand in each place. */
export function completedCommand(command: CommandUnknownOpts, path = ''): CompletedCommand {
  const help = command.createHelp();
  const below = (name: string) => (path === '' ? name : `${path} ${name}`);
  return {
    path,
    about: command.summary() || command.description(),
    commands: help.visibleCommands(command).map((inner) => completedCommand(inner, below(inner.name()))),
    options: help.visibleOptions(command).map((option) => ({
      flags: [option.short, option.long].filter((flag) => flag !== undefined),
      about: option.description,
      values:
        option.required || option.optional
          ? (option.argChoices ?? valuesOf[option.attributeName()]?.() ?? [])
          : undefined,
      closed: option.argChoices !== undefined,
    })),
    arguments:
      argumentsOf[path]?.() ?? command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
}

/** A command and all below it. */
export const withInner = (command: CompletedCommand): CompletedCommand[] => [
  command,
  ...command.commands.flatMap(withInner),
];
