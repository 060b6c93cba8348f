import { z } from 'zod';

/** The arrays that stand in a file of their own, by name; undefined where the network has no such file. */
export type Arrays = Readonly<Record<string, unknown>> | undefined;

const named = <S extends z.ZodType>(value: S) => z.record(z.string(), value);
const name = z.string().min(1);
const cellCount = z.int().min(0).max(0x7fffffff);

/** JSON has no infinity and no negative zero. */
const number = z
  .union([z.number(), z.literal('inf'), z.literal('-inf'), z.literal('-0')])
  .transform((value) =>
    value === 'inf' ? Infinity : value === '-inf' ? -Infinity : value === '-0' ? -0 : value,
  );

const reference = z.strictObject({ array: name.describe('its name in the file of arrays') });

type Kind = Float64ArrayConstructor | Int32ArrayConstructor;

/** A list, or the name of one in the file of arrays, as a typed array. */
function listOf<K extends Kind>(kind: K, item: z.ZodType<number>, arrays: Arrays) {
  return z.union([z.array(item), reference]).transform((given, context): InstanceType<K> => {
    if (Array.isArray(given)) return kind.from(given) as InstanceType<K>;
    const found = arrays && Object.hasOwn(arrays, given.array) ? arrays[given.array] : undefined;
    if (found instanceof kind) return found as InstanceType<K>;
    const what = found === undefined ? 'no array of this name' : `a ${found!.constructor.name}`;
    const where = arrays ? 'in the file of arrays' : 'since "arrays" names no file';
    context.addIssue(`expected the ${kind.name} "${given.array}", found ${what} ${where}.`);
    return z.NEVER;
  });
}

const model = (...formats: string[]) =>
  z
    .union([name, z.looseObject({ format: z.enum(formats) })])
    .describe(`one of the program's by name, or written out as in a file of ${formats.join(' or ')}`);

const header = {
  $schema: z.string().optional(),
  format: z.literal('network/1'),
  arrays: z
    .strictObject({
      file: z
        .string()
        .regex(/^[^\\/]+$/, 'the name of a file in the same folder')
        .describe('in the same folder'),
      sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal digits'),
    })
    .optional()
    .describe('the file that long lists stand in'),
};

/** What tells where the arrays are. */
export const networkHeader = z.looseObject(header);

function populationOf(arrays: Arrays) {
  const floats = listOf(Float64Array, number, arrays);
  const integers = listOf(Int32Array, z.int32(), arrays);
  const values = named(z.union([number, floats])).describe('by name: one for all cells, or one each');
  return z.strictObject({
    name,
    count: cellCount,
    model: model('cell-model/1'),
    parameters: values,
    start: values.optional().describe('states that start otherwise than the model says'),
    ports: named(
      z.strictObject({ model: model('synapse-model/1', 'input-model/1'), parameters: values }),
    ).describe('what drives the cells'),
    kinds: z
      .strictObject({
        parameters: named(named(number)),
        of: integers,
        spread: named(floats).optional().describe('factors by which cells differ from their kind'),
      })
      .optional(),
    receptors: named(
      z.strictObject({
        target: name,
        acts: z.enum(['shifts', 'scales']),
        level: name,
        gain: z.union([number, floats]),
        reach: floats.optional(),
      }),
    ).optional(),
    train: z
      .strictObject({ steps: integers, cells: integers, room: cellCount.optional() })
      .optional()
      .describe('spikes: step k ends at (k + 1) dtMs'),
    countsReach: z.boolean().optional(),
  });
}

function projectionOf(arrays: Arrays) {
  const floats = listOf(Float64Array, number, arrays);
  const integers = listOf(Int32Array, z.int32(), arrays);
  return z.strictObject({
    name,
    from: name,
    to: name,
    port: name,
    acts: z.enum(['beforeReset', 'afterReset']),
    rowStart: integers.describe('[cells of from + 1] where the synapses of each presynaptic cell begin'),
    post: integers.describe('[synapses] postsynaptic cell'),
    weight: integers.describe("[synapses] index into the network's weights"),
    delayMs: z.union([number, floats]),
    longestDelayMs: number.optional(),
    plasticity: z
      .strictObject({
        rule: model('plasticity-rule/1'),
        parameters: named(z.union([number, floats])),
        sign: z.union([z.literal(1), z.literal(-1)]).optional(),
      })
      .optional(),
    shortTerm: z.strictObject({ use: number, tauRecoveryMs: number, tauFacilitationMs: number }).optional(),
  });
}

/** A network's file, whose lists become typed arrays. */
export function networkSchema(arrays: Arrays) {
  const integers = listOf(Int32Array, z.int32(), arrays);
  const release = z.strictObject({ population: name, cells: integers.optional(), amount: number });
  const modulator = z.strictObject({
    tauMs: number,
    baseline: number,
    absent: z.boolean().optional(),
    releasedBy: z.array(release).optional(),
  });
  return z
    .strictObject({
      ...header,
      dtMs: number.describe('the step, ms'),
      populations: z.array(populationOf(arrays)),
      projections: z.array(projectionOf(arrays)),
      modulators: named(modulator),
      inputs: z.array(
        z.strictObject({ name, kind: z.enum(['fire', 'current']), cells: integers, amplitude: number }),
      ),
      outputs: z.array(z.strictObject({ name, cells: integers, state: name, empties: z.boolean() })),
      weights: listOf(Float64Array, number, arrays).describe('[synapses] signed'),
    })
    .meta({ title: 'Baldwin network', description: 'A spiking network, complete' });
}
