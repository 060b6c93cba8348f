import { z } from 'zod';
import { integratorNames } from '../model/integrators.js';

/** JSON has no infinity: a bound that is none is written "inf", "-inf" or null. */
const quantity = z
  .union([z.number(), z.literal('inf'), z.literal('-inf')])
  .transform((value) => (value === 'inf' ? Infinity : value === '-inf' ? -Infinity : value));

const bound = (none: number, about: string) =>
  z
    .union([z.number(), z.literal('inf'), z.literal('-inf'), z.null()])
    .transform((value) =>
      value === null ? none : value === 'inf' ? Infinity : value === '-inf' ? -Infinity : value,
    )
    .describe(about);

const unit = z.string().min(1).describe('such as mV, nS, 1/ms, uA/cm2; "1" for plain numbers');

const parameter = z.strictObject({
  unit,
  default: quantity.describe('the value when nothing else is said; "inf" for one without limit'),
  low: bound(-Infinity, 'lowest value that makes sense; "-inf" or null where there is none'),
  high: bound(Infinity, 'highest value that makes sense; "inf" or null where there is none'),
  about: z.string().describe('what it is'),
});

const state = z.strictObject({
  unit,
  start: z
    .union([z.number(), z.string().min(1)])
    .describe('value before the first step: a number, or an expression over the parameters'),
  about: z.string().optional(),
});

const values = z.record(z.string(), quantity).describe('values by parameter');
const starts = z.record(z.string(), z.number()).describe('values by state');
const text = z.string().min(1);
const texts = z.array(text);
const integrator = z.enum(integratorNames).describe('how equations are stepped');

const namedType = z.strictObject({
  about: z.string(),
  parameters: values,
  start: starts.optional(),
});

const expectation = z.strictObject({
  source: z.string().describe('where the figures come from'),
  spikes: z.int().min(0).optional(),
  timesMs: z.array(z.number()).optional().describe('times of the first spikes, or of all of them'),
  toleranceMs: z.number().min(0).optional().describe('of each time; a millionth of a ms where absent'),
  timed: z
    .enum(['start', 'end'])
    .optional()
    .describe('whether a spike is timed at the start of its step or its end'),
  rateHz: z.number().min(0).optional().describe('spikes a second over the whole protocol'),
  rateToleranceHz: z.number().min(0).optional(),
  ends: z.record(z.string(), z.number()).optional().describe('states at the end'),
  endsTolerance: z.number().min(0).optional().describe('of each of them; a millionth where absent'),
});

const protocol = z.strictObject({
  about: z.string(),
  type: z.string().optional().describe("one of the model's types"),
  parameters: values.optional(),
  start: starts.optional(),
  integrator: integrator.optional(),
  current: text.describe('the input over t (ms), in the unit of the current; a random draw makes noise'),
  dtMs: z.number().positive(),
  durationMs: z.number().positive(),
  expect: expectation.optional(),
});

const described = {
  $schema: z.string().optional(),
  name: z.string().min(1),
  summary: z.string().describe('one line'),
  source: z.string().describe('where the equations come from'),
  parameters: z.record(z.string(), parameter),
  state: z.record(z.string(), state).describe('the variables that a cell carries from step to step'),
};

export const cellModelSchema = z
  .strictObject({
    format: z.literal('cell-model/1'),
    ...described,
    currentUnit: unit.optional().describe('unit of I; absent for cells that take no current'),
    integrator: integrator.optional(),
    equations: texts
      .optional()
      .describe('"dv/dt = …" for states, "name = …" for what is needed on the way, in the order of need'),
    update: texts
      .optional()
      .describe('in place of equations, or after them: statements that take the state a step further'),
    threshold: text.optional().describe('the cell fires where this condition holds after an update'),
    firing: z
      .enum(['level', 'crossing'])
      .optional()
      .describe('level: fires at every step at which the threshold holds; crossing: where it begins to hold'),
    reset: texts.optional().describe('statements that act on a cell that fired'),
    refractory: z
      .strictObject({
        ms: text.describe('how long, an expression in ms'),
        holds: texts.describe('states that stay as they are meanwhile'),
      })
      .optional(),
    types: z.record(z.string(), namedType).optional().describe('named sets of parameter values'),
    protocols: z.record(z.string(), protocol).optional().describe('experiments, and what is known of them'),
  })
  .meta({ title: 'Baldwin cell model', description: 'A cell in the equation language' });

const trace = z.strictObject({
  of: z.enum(['pre', 'post']).describe('the side of the synapse whose cell it belongs to'),
  unit: unit.optional().describe('a plain number where absent'),
  tau: text.optional().describe('the parameter that holds its time constant, in ms; without one it stays'),
  each: text
    .optional()
    .describe('at a spike: "add" raises it by 1, "set" makes it 1; or an expression for its new value'),
  follows: text
    .optional()
    .describe("what it relaxes to: an expression that may use the cell's states (cell.v)"),
  start: z
    .union([z.number(), text])
    .optional()
    .describe('value at the start of a lifetime, or the parameter that holds it; 0 where absent'),
  coincident: z
    .boolean()
    .optional()
    .describe('whether a presynaptic trace counts a spike of the same step when the postsynaptic cell fires'),
});

const synapseVariable = z.strictObject({
  about: z.string(),
  unit,
  tau: text.optional().describe('the parameter that holds its time constant, in ms; without one it stays'),
  drive: text.optional().describe('what turns it into weight, per ms, over parameters and modulators (m.DA)'),
  start: z
    .union([z.number(), z.literal('w')])
    .optional()
    .describe('a number, or "w"; 0 where absent'),
});

export const plasticityRuleSchema = z
  .strictObject({
    format: z.literal('plasticity-rule/1'),
    $schema: described.$schema,
    name: described.name,
    summary: described.summary,
    source: described.source,
    parameters: described.parameters,
    types: z.record(z.string(), z.strictObject({ about: z.string(), parameters: values })).optional(),
    traces: z.record(z.string(), trace).default({}).describe('what spikes leave behind in each cell'),
    synapse: z
      .record(z.string(), synapseVariable)
      .optional()
      .describe('what each synapse keeps beside its weight, such as an eligibility'),
    apart: z
      .record(z.string(), text)
      .optional()
      .describe(
        'parameters by whose difference a statement divides, the one by the other: kept apart by a thousandth',
      ),
    onPre: texts.default([]).describe('statements on w and variables when a presynaptic spike arrives'),
    onPost: texts.default([]).describe('statements when the postsynaptic cell fires'),
    onUpdate: z
      .strictObject({
        every: text.describe('the parameter that holds the interval, in ms'),
        statements: texts,
      })
      .optional()
      .describe('statements for every synapse at regular times'),
    onEvent: z
      .record(z.string(), texts)
      .optional()
      .describe('statements for every synapse when a task says that something happened'),
    bounds: z.strictObject({
      low: text.describe('the parameter that holds the lowest weight'),
      high: text.describe('the parameter that holds the highest'),
    }),
  })
  .meta({ title: 'Baldwin plasticity rule', description: 'How weights change, in the equation language' });

const port = {
  ...described,
  equations: texts.optional().describe('pure decays, "dg/dt = -g / tau", which are stepped exactly'),
  update: texts.optional().describe('in place of equations: statements that take the state a step further'),
  onFire: texts
    .optional()
    .describe(
      'statements carried out when the cell fires, after its reset: what it sees of the spikes of its cell',
    ),
  current: text
    .optional()
    .describe(
      "what is added to the cell's I; may use the cell's states. A state that receives spikes, and that no update changes, stands for its mean over the coming step",
    ),
  heldFromStart: z
    .boolean()
    .optional()
    .describe('whether it stands for its value at the start of the step in place of that'),
};

export const synapseModelSchema = z
  .strictObject({
    format: z.literal('synapse-model/1'),
    ...port,
    receives: text
      .optional()
      .describe("the state that arriving spikes add their weight to, the synapse's own or else the cell's"),
    sends: text
      .optional()
      .describe('for synapses without spikes: what a presynaptic cell sends at every step'),
    weightUnit: unit.optional().describe('unit of the weights'),
  })
  .meta({ title: 'Baldwin synapse model', description: 'A synapse in the equation language' });

export const inputModelSchema = z
  .strictObject({ format: z.literal('input-model/1'), ...port })
  .meta({ title: 'Baldwin input model', description: 'An input from outside in the equation language' });
