import { z } from 'zod';
import { UsageError } from '../errors.js';
import { describeValue } from '../validate.js';

/** An option described in plain words, for users' parts that import nothing. */
export interface PlainOption {
  /** Its type is the option's. */
  default: number | string | boolean | readonly (number | string)[];
  about?: string;
  /** Of numbers. */
  low?: number;
  high?: number;
  integer?: boolean;
  /** Of text: what it may be. */
  choices?: readonly string[];
}

/** How a part says what its options are: a schema, or a plain description of each. */
export type OptionsDescription = z.ZodType | Readonly<Record<string, PlainOption>>;

type Widened<Value> = Value extends number
  ? number
  : Value extends string
    ? string
    : Value extends boolean
      ? boolean
      : Value extends readonly (infer Item)[]
        ? readonly Widened<Item>[]
        : Value;

/** The options that a part gets, settled. */
export type OptionValues<Description extends OptionsDescription> = Description extends z.ZodType
  ? z.output<Description>
  : Description extends Readonly<Record<string, PlainOption>>
    ? { readonly [Name in keyof Description]: Widened<Description[Name]['default']> }
    : never;

const plainOption = z.strictObject({
  default: z.union([z.number(), z.string(), z.boolean(), z.array(z.union([z.number(), z.string()]))]),
  about: z.string().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  integer: z.boolean().optional(),
  choices: z.array(z.string()).min(1).optional(),
});

function schemaOfOption({ default: value, about, low, high, integer, choices }: PlainOption): z.ZodType {
  const described = <Schema extends z.ZodType>(schema: Schema) =>
    about === undefined ? schema : (schema.describe(about) as Schema);
  if (typeof value === 'number') {
    const number = (integer ? z.int() : z.number())
      .min(low ?? Number.NEGATIVE_INFINITY)
      .max(high ?? Number.POSITIVE_INFINITY);
    return described(number.default(value));
  }
  if (typeof value === 'boolean') return described(z.boolean().default(value));
  if (typeof value === 'string') {
    return described(
      choices ? z.enum(choices as [string, ...string[]]).default(value) : z.string().default(value),
    );
  }
  return described(z.array(z.union([z.number(), z.string()])).default([...value]));
}

/** Fields of a part in a run that are not its options. */
const reserved = new Set(['name', 'module']);

const isSchema = (value: unknown): value is z.ZodType =>
  typeof (value as { safeParse?: unknown } | undefined)?.safeParse === 'function';

/**
 * The schema of a part's options: a schema as it is, plain descriptions as a schema, nothing as no options.
 * @throws UsageError where a description is not one
 */
export function optionsSchema(options: unknown, source: string): z.ZodType {
  if (isSchema(options)) return options;
  const parsed = z.record(z.string(), plainOption).safeParse(options ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(
      `${source}: options.${issue!.path.map(String).join('.')}: expected { default, about, low, high, integer, choices } ` +
        `for each option, found ${describeValue(options)}.`,
    );
  }
  const fields = Object.entries(parsed.data).map(([name, option]) => {
    const schema = schemaOfOption(option as PlainOption);
    if (reserved.has(name)) {
      throw new UsageError(`${source}: options.${name}: this name is the part's own. Choose another.`);
    }
    if (!schema.safeParse(option.default).success) {
      throw new UsageError(
        `${source}: options.${name}.default: expected a value that the option takes, found ${describeValue(option.default)}.`,
      );
    }
    return [name, schema];
  });
  return z.strictObject(Object.fromEntries(fields) as Record<string, z.ZodType>);
}
