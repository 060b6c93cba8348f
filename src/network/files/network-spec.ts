import { z } from 'zod';
import { cellModels } from '../cells/table.js';
import { inputModels } from '../inputs/table.js';
import { type Integrator, integratorNames } from '../model/integrators.js';
import { plasticityRules } from '../plasticity/table.js';
import { synapseModels } from '../synapses/table.js';
import { formatModelFile, loadCellModel, loadPlasticityRule, loadPortModel } from './model-file.js';

const { threshold } = cellModels['accumulate-and-fire'].parameters;

const accumulating = z.strictObject({
  cell: z.literal('accumulate-and-fire'),
  threshold: z.number().min(threshold!.low).default(threshold!.default).describe(threshold!.about),
});

type RuleName = keyof typeof plasticityRules;

const named = z.record(z.string(), z.number());

const kind = {
  type: z.string().optional().describe("one of the cell model's named types"),
  parameters: named.default({}).describe('parameters that differ from the type or the default'),
};

const group = z.strictObject({
  roles: z
    .string()
    .regex(/^[sim]+$/, 'expected letters of s (sensory), i (inter), m (motor)')
    .optional()
    .describe('cells that have any of these roles'),
  classes: z.array(z.string().min(1)).optional().describe('cells of these classes'),
  ...kind,
});

const modulation = z.strictObject({
  perSpike: z
    .number()
    .min(0)
    .default(0.02)
    .describe('what a spike of a releasing cell adds to the concentration'),
  tauMs: z.number().positive().default(2000).describe('decay of a concentration, ms'),
  gain: z
    .number()
    .optional()
    .describe('current of a concentration of 1 in a cell with one receptor, by its sign'),
  reachUm: z
    .number()
    .positive()
    .optional()
    .describe(
      'length over which a concentration falls with the distance from the releasing cells; alike everywhere when left out',
    ),
});

const ruleNames = Object.keys(plasticityRules) as [RuleName, ...RuleName[]];

/** A part of the program by name, or the description of one of the user's own, as in a file. */
const partOf = <N extends string, F extends string>(names: readonly [N, ...N[]], format: F) =>
  z.union([z.enum(names), z.looseObject({ format: z.literal(format), name: z.string() })]);

/** How users name what is a file of theirs. */
export const byNameOrFile = (folder: string) =>
  `on the command line and in run files also ./${folder}/NAME.json by name or a path, whose description takes its place`;

/** A rule of the program by name, or the description of one of the user's own, as in a file. */
export const ruleSchema = partOf(ruleNames, 'plasticity-rule/1');
export type RuleChoice = z.output<typeof ruleSchema>;
const plasticity = z.strictObject({
  rule: ruleSchema.describe(
    `a plasticity rule; on inhibitory connections it acts on the magnitude; ${byNameOrFile('rules')}`,
  ),
  with: z
    .array(ruleSchema)
    .default([])
    .describe('rules that act on the same weights beside it, such as synaptic-scaling'),
  parameters: z
    .record(z.string(), z.number())
    .default({})
    .describe("parameters that differ from the rule's own"),
  perSynapse: z
    .array(z.string().min(1))
    .default([])
    .describe('parameters that have a value for each synapse, so that genomes can set them one by one'),
  onto: z
    .enum(['neurons', 'muscles', 'all'])
    .default('neurons')
    .describe('which chemical connections change'),
});

type SynapseName = keyof typeof synapseModels;
type InputName = keyof typeof inputModels;
const synapseNames = Object.keys(synapseModels) as [SynapseName, ...SynapseName[]];
const inputNames = Object.keys(inputModels) as [InputName, ...InputName[]];

/** Decay of the synapse that fits any cell. */
export const commonSynapseTauMs = 5;

const modelled = z.strictObject({
  cell: z
    .enum(['own', ...Object.keys(cellModels).filter((name) => name !== 'accumulate-and-fire')])
    .describe(
      'a cell model: one that fires, or one whose state s is what graded synapses transmit; on the command line and in ' +
        'run files also ./cells/NAME.json by name or a path, which becomes "own" with the description in `model`',
    ),
  model: z
    .looseObject({ format: z.literal('cell-model/1'), name: z.string() })
    .optional()
    .describe('with "own": the description of the cell, as in a file of its own'),
  ...kind,
  groups: z
    .array(group)
    .default([])
    .describe('cells that are of another type, or have other parameters: the first group that fits counts'),
  integrator: z
    .enum(integratorNames as [Integrator, ...Integrator[]])
    .optional()
    .describe("how the cells are stepped; the model's own way when left out"),
  dtMs: z.number().positive().max(10).default(1).describe('step, ms'),
  controlMs: z
    .number()
    .positive()
    .max(10_000)
    .default(40)
    .describe('network time in one step of the world, ms'),
  precision: z.enum(['f32', 'f64']).default('f32').describe('float32 is faster, float64 is for checking'),
  weights: z
    .enum(['log1p', 'linear'])
    .default('log1p')
    .describe("how the animal's counts become weights: ln(1 + count), or the count"),
  unknownSign: z
    .union([z.literal(-1), z.literal(0), z.literal(1)])
    .default(1)
    .describe('the sign of connections whose sign is not known'),
  synapse: partOf(synapseNames, 'synapse-model/1')
    .optional()
    .describe(
      'the synapse through which neurons reach neurons, in place of the one that fits any cell; ' +
        byNameOrFile('synapses'),
    ),
  synapseParameters: named.optional().describe('with `synapse`: parameters that differ from its own'),
  sense: partOf(inputNames, 'input-model/1')
    .optional()
    .describe(
      `the input through which a body drives its senses, by its parameter I; ${byNameOrFile('inputs')}`,
    ),
  senseParameters: named.optional().describe('with `sense`: parameters that differ from its own'),
  synapseScale: z
    .number()
    .optional()
    .describe('current of a spike (or of a fully active cell) through weight 1'),
  synapseTauMs: z.number().positive().default(commonSynapseTauMs).describe('decay of a spike’s current, ms'),
  delayMs: z
    .number()
    .min(0)
    .max(1000)
    .optional()
    .describe('from a spike to its arrival, ms; none when left out'),
  longestDelayMs: z
    .number()
    .min(0)
    .max(1000)
    .optional()
    .describe(
      'genomes may set the delay of each kind of chemical connection up to this many ms; not at all when left out',
    ),
  gapScale: z.number().min(0).optional().describe('current of 1 mV through a gap junction of weight 1'),
  senseScale: z.number().optional().describe('current of a sense that is on'),
  muscleTauMs: z.number().positive().default(100).describe('low-pass time constant of a muscle, ms'),
  muscleScale: z.number().optional().describe('what a connection of weight 1 drives a muscle with'),
  modulation: modulation.optional().describe("the animal's monoamines at work; none where left out"),
  plasticity: plasticity
    .optional()
    .describe('how chemical weights change within a life; not at all where left out'),
  turnGain: z
    .number()
    .default(1)
    .describe('turn by the difference of the sides, in the units of the ENOMAD body'),
  speedGain: z.number().default(1).describe('speed by their sum, in the units of the ENOMAD body'),
});

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What takes the place of a name or a path: the description, where the program has no part of that name. */
function writtenOut(value: unknown, builtIn: object, load: (nameOrPath: string) => string): unknown {
  if (typeof value !== 'string' || Object.hasOwn(builtIn, value)) return value;
  return JSON.parse(load(value));
}

const ruleText = (name: string) => formatModelFile(loadPlasticityRule(name), 'rule');
/** What takes the place of a rule's name or path: its description, where the program has no rule of that name. */
export const ruleWrittenOut = (value: unknown) => writtenOut(value, plasticityRules, ruleText);

/**
 * The network part of a run with the user's own cell, rules, synapse and input, which it names or gives the paths of,
 * written out in full: a run does not depend on the files that it began from.
 */
export function withOwnParts(network: unknown): unknown {
  if (!isFields(network)) return network;
  const { cell, plasticity: learning, synapse, sense } = network;
  const whole: Record<string, unknown> = { ...network };
  if (typeof cell === 'string' && cell !== 'own' && !Object.hasOwn(cellModels, cell)) {
    whole.cell = 'own';
    whole.model = JSON.parse(formatModelFile(loadCellModel(cell), 'cell'));
  }
  if (synapse !== undefined) {
    whole.synapse = writtenOut(synapse, synapseModels, (name) =>
      formatModelFile(loadPortModel('synapse', name), 'synapse'),
    );
  }
  if (sense !== undefined) {
    whole.sense = writtenOut(sense, inputModels, (name) =>
      formatModelFile(loadPortModel('input', name), 'input'),
    );
  }
  if (isFields(learning)) {
    const { rule: main, with: beside } = learning;
    whole.plasticity = {
      ...learning,
      ...(main === undefined ? {} : { rule: ruleWrittenOut(main) }),
      ...(Array.isArray(beside) ? { with: beside.map(ruleWrittenOut) } : {}),
    };
  }
  return whole;
}

/** How a connectome becomes a network; the ENOMAD network where no cell is named. */
export const networkSpecSchema = z
  .preprocess(
    (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && !Object.hasOwn(value, 'cell')
        ? { cell: 'accumulate-and-fire', ...value }
        : value,
    z.discriminatedUnion('cell', [accumulating, modelled]),
  )
  .describe('what the cells are, and how the connectome joins them')
  .prefault({});

export type AccumulatingSpec = z.output<typeof accumulating>;
export type ModelledSpec = z.output<typeof modelled>;
export type NetworkSpec = z.output<typeof networkSpecSchema>;

export const isAccumulating = (spec: NetworkSpec): spec is AccumulatingSpec =>
  spec.cell === 'accumulate-and-fire';
