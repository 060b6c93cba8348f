import { z } from 'zod';
import { canonicalJson } from '../../spec/canonical.js';
import { ruleOptions } from '../protocol/rule.js';
import { excitatoryKinds, inhibitoryKinds } from './cells.js';

const share = z.number().min(0).max(1);
/** They count beside one another: 0.5 and 0.5 are as 1 and 1. */
const shares = <Name extends string>(kinds: readonly Name[], usual: Name) =>
  z
    .strictObject(
      Object.fromEntries(
        kinds.map((kind) => [
          kind,
          share
            .default(kind === usual ? 1 : 0)
            .describe('share of this kind, beside those of the others, whatever they add up to'),
        ]),
      ) as Record<Name, z.ZodDefault<typeof share>>,
    )
    .refine((mix) => Object.values(mix as Record<string, number>).some((value) => value > 0), {
      message: 'expected a share above 0',
    })
    .prefault({} as never);

/** Projections that may learn. */
export const learners = ['inputs->outputs', 'E->outputs', 'inputs->E', 'E->E', 'E->I', 'I->E'] as const;

/** Projections with a probability of their own. */
const probabilities = {
  'inputs->outputs': 1,
  'inputs->E': 0.3,
  'inputs->I': 0.3,
  'E->E': 0.1,
  'E->I': 0.2,
  'I->E': 0.3,
  'I->I': 0.2,
  'E->outputs': 1,
} as const;
export type ProjectionName = keyof typeof probabilities;

const connect = z
  .strictObject(
    Object.fromEntries(
      Object.entries(probabilities).map(([name, usual]) => [name, share.default(usual)]),
    ) as Record<ProjectionName, z.ZodDefault<typeof share>>,
  )
  .prefault({} as never)
  .describe('probability of a synapse between two cells of each projection; 0 leaves the projection out');

const receptor = z.strictObject({
  on: z.enum(['E', 'I', 'outputs']).describe('the population that has it'),
  modulator: z.string().min(1),
  target: z.string().min(1).describe('a parameter of the cells, or I, their summed current'),
  acts: z.enum(['shifts', 'scales']).default('shifts'),
  gain: z.number().describe('what a level of 1 adds to the target; where it scales, to a factor of 1'),
});

const modulatory = z.strictObject({
  cells: z.int().min(1).max(1000).default(10),
  amount: z.number().default(0.05).describe('what each of their spikes releases'),
  tauMs: z.number().min(1).max(1e6).default(200).describe('decay of the modulator'),
});

const circuit = z.lazy(() =>
  z
    .strictObject({
      excitatory: z.int().min(4).max(10_000).default(80).describe('excitatory cells, E'),
      inhibitory: z.int().min(1).max(10_000).default(20).describe('inhibitory cells, I'),
      excitatoryKinds: shares(excitatoryKinds, 'RS').describe('shares of the kinds of excitatory cells'),
      inhibitoryKinds: shares(inhibitoryKinds, 'FS').describe('shares of the kinds of inhibitory cells'),
      heterogeneity: z
        .number()
        .min(0)
        .max(2)
        .default(0)
        .describe(
          'coefficient of variation of what each cell draws for itself: recovery rate a, jump d, and synaptic time constants ' +
            '(lognormal); 0: all cells of a kind are alike',
        ),
      dale: z
        .boolean()
        .default(true)
        .describe('whether all synapses of a cell have one sign, and keep it as they learn'),
      connect,
      reach: z
        .number()
        .min(0.01)
        .max(100)
        .optional()
        .describe(
          'cells lie in a unit square, and probabilities between E and I fall off with distance as exp(-d / reach); the ' +
            'same everywhere where left out',
        ),
      tauRecurrentMs: z
        .number()
        .min(1)
        .max(500)
        .default(5)
        .describe('decay of excitatory currents onto E and I'),
      noise: z.number().min(0).max(100).default(3).describe('SD of the noise current of E and I, mV/ms'),
      learns: z
        .array(z.enum(learners))
        .default(['inputs->outputs', 'E->outputs'])
        .describe('projections that learn, all by the same rule'),
      ...ruleOptions('three-factor'),
      modulatory: z
        .record(z.string().regex(/^[A-Za-z0-9]+$/), modulatory)
        .default({})
        .describe('cells, driven by the inputs and E, whose spikes release a modulator, by its name'),
      absent: z
        .array(z.string().min(1))
        .default([])
        .describe(
          'modulators of which there is none, whoever releases them: an ablation for all of evolution',
        ),
      receptors: z
        .record(z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/), receptor)
        .default({})
        .describe('what modulators do to cells, by a name of one’s own'),
    })
    .refine(({ learns }) => new Set(learns).size === learns.length, {
      path: ['learns'],
      message: 'expected each projection once',
    })
    .refine(({ learns, connect: chances }) => learns.every((name) => chances[name] > 0), {
      path: ['learns'],
      message: 'a projection that learns needs a probability above 0 in "connect"',
    }),
);

export type CircuitSettings = z.output<typeof circuit>;

/** The word for a generic circuit as it is where nothing is changed. */
const generic = 'generic';

/** That word, or an object with what differs. */
const chosen = z.union([z.literal(generic).transform(() => circuit.parse({})), circuit]);

/** The option by which a task with a network of its own is lived by a generic circuit in its place. */
export const circuitOption = chosen
  .optional()
  .describe(
    'a generic circuit in place of the task’s own network: "generic", or an object with what differs from it, such as ' +
      '{"excitatory": 200}; the task’s own where left out',
  );

/** The same for a task that has no other network. */
export const circuitOnly = chosen
  .prefault(generic)
  .describe('the circuit that lives the task: "generic", or an object with what differs from it');

/** Options of a task's own network, and what each is where it is left out. */
type OfOwnNetwork = Readonly<Record<string, unknown>>;

/** Its rule, where it learns by one. */
export const ownRule = { rule: undefined, parameters: {} } as const;

const isSame = (a: unknown, b: unknown) =>
  a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));

/** A refinement of a task's options: those of its own network say nothing of a generic circuit, and are refused beside one. */
export const circuitAlone = (own: OfOwnNetwork = ownRule) => {
  const names = Object.keys(own);
  const holds = (options: { circuit?: unknown }) =>
    options.circuit === undefined ||
    names.every((name) => isSame((options as Record<string, unknown>)[name], own[name]));
  const message =
    `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are of the task’s own network: leave them out beside a circuit` +
    (names.includes('rule')
      ? ', or give circuit.rule, circuit.parameters and what else the circuit has'
      : '');
  const path: PropertyKey[] = ['circuit'];
  return [holds, { path, message }] as const;
};

/** Options of a generic circuit; and those of a task's own network with its rule, beside it. */
export const ofCircuit = ['circuit', 'networkSeed'];
export const ofOwnOrCircuit = [...ofCircuit, 'rule', 'parameters'];

/** The genome spec of a generic circuit. */
export const circuitGenome = 'circuit';

/** What evolves by default: of a task's own network, or of the generic circuit in its place. @param options as given */
export const genomeWithCircuit =
  (own: string) =>
  (options: Readonly<Record<string, unknown>>): string =>
    options.circuit === undefined ? own : circuitGenome;

/** The same options with another network: other wiring, where that is drawn, and other first weights. */
export const anotherNetwork = <Options extends { networkSeed: number }>(options: Options): Options => ({
  ...options,
  networkSeed: options.networkSeed + 1_000_000,
});
