import { z } from 'zod';

/** Connection types, the presynaptic population first: IE are the synapses of inhibitory cells onto excitatory ones. */
export const connectionTypes = ['EE', 'EI', 'IE', 'II'] as const;
export type ConnectionType = (typeof connectionTypes)[number];

/** Options of tasks that are lived by the recurrent network. @param plastic types whose weights learn where nothing is said */
export const networkOptions = (plastic: readonly ConnectionType[]) => ({
  excitatory: z.int().min(10).max(20_000).default(400).describe('excitatory cells; published: 8,000'),
  inhibitory: z.int().min(5).max(5000).default(100).describe('inhibitory cells; published: 2,000'),
  connection: z
    .number()
    .min(0.001)
    .max(1)
    .default(0.2)
    .describe(
      'probability that two cells are joined; published: 0.02. Recurrent weights, their bounds and the learning rate grow ' +
        'as cells have fewer synapses than published (160 excitatory and 40 inhibitory ones), so that their sum is the same',
    ),
  inputs: z
    .int()
    .min(250)
    .max(20_000)
    .default(2500)
    .describe('Poisson cells outside of the network; each cell hears 250 of them; published: 5,000'),
  inputLowHz: z
    .number()
    .positive()
    .max(100)
    .default(1)
    .describe('the inputs’ rate is drawn in each life from'),
  inputHighHz: z.number().positive().max(100).default(5).describe('… up to'),
  plastic: z
    .array(z.enum(connectionTypes))
    .default([...plastic])
    .describe(
      'connection types whose weights learn by the six-number-pair rule, each with numbers of its own; the presynaptic ' +
        'population comes first, so that IE is from inhibitory to excitatory cells',
    ),
  parameters: z
    .partialRecord(z.enum(connectionTypes), z.record(z.string(), z.number()))
    .default({})
    .describe(
      'numbers of those rules that differ from a rule that changes nothing, such as {"IE": {"alpha": -0.4, "kappa": 1, "gamma": 1}}',
    ),
  eta: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe(
      'learning rate of all of those rules; published: 0.01, in lives that are longer. 0: nothing learns',
    ),
  rateTauMs: z
    .number()
    .min(10)
    .max(10_000)
    .default(500)
    .describe(
      'the rate of a population is a running mean of its spikes with this time constant; published: 1,000',
    ),
  dtMs: z.number().min(0.05).max(1).default(0.5).describe('step, ms; published: 0.1'),
  networkSeed: z.int().min(0).max(1e9).default(1).describe('fixes who is joined to whom'),
});

const networkSchema = z.object(networkOptions([]));
export type NetworkOptions = z.output<typeof networkSchema>;

/** What is wrong with options that are each in order by themselves: where, and what was expected. */
export function networkFaults(options: NetworkOptions): { path: string[]; message: string }[] {
  const { plastic, parameters, inputLowHz, inputHighHz } = options;
  const faults: { path: string[]; message: string }[] = [];
  if (new Set(plastic).size < plastic.length) {
    faults.push({ path: ['plastic'], message: 'expected each connection type once' });
  }
  for (const type of Object.keys(parameters)) {
    if (plastic.includes(type as ConnectionType)) continue;
    faults.push({
      path: ['parameters', type],
      message: `expected numbers of a type that learns: ${plastic.join(', ') || 'none does'}`,
    });
  }
  if (inputHighHz < inputLowHz) {
    faults.push({ path: ['inputHighHz'], message: 'expected inputLowHz or more' });
  }
  return faults;
}
