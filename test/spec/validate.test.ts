import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UsageError } from '../../src/spec/errors.js';
import { describeValue, formatPath, type Origin, validate } from '../../src/spec/validate.js';

/** One of everything that option schemas are made of. */
const schema = z.strictObject({
  name: z.string().min(2).max(5).optional(),
  count: z.int().min(1).max(10).default(3),
  share: z.number().gt(0).lt(1).optional(),
  flag: z.boolean().optional(),
  colour: z.enum(['red', 'green', 'blue']).optional(),
  fixed: z.literal('baldwin/1').optional(),
  list: z
    .array(z.strictObject({ weight: z.number() }))
    .min(1)
    .max(2)
    .optional(),
  pair: z.tuple([z.number(), z.string()]).optional(),
  table: z.record(z.string().min(2), z.number()).optional(),
  start: z.union([z.literal('connectome'), z.number()]).optional(),
  shape: z.union([z.strictObject({ radius: z.number() }), z.string()]).optional(),
  target: z.union([z.string(), z.strictObject({ x: z.number(), y: z.number() })]).optional(),
  prepared: z.preprocess((value) => value, z.strictObject({ alpha: z.number().optional() })).optional(),
  turned: z
    .strictObject({ gamma: z.number().optional() })
    .transform((value) => value)
    .optional(),
  operator: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('gaussian'), sigma: z.number().default(1) }),
      z.strictObject({ kind: z.literal(['reset', 'redraw']), genes: z.int().default(5) }),
    ])
    .optional(),
  even: z.number().multipleOf(2).optional(),
  hash: z
    .string()
    .regex(/^[0-9a-f]+$/)
    .optional(),
  code: z
    .string()
    .regex(/^[a-z]+$/, 'small letters only')
    .optional(),
  link: z.url().optional(),
  words: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(',') : value),
      z.array(z.enum(['one', 'two'])),
    )
    .optional(),
  nothing: z.null().optional(),
  interval: z
    .strictObject({ low: z.number(), high: z.number() })
    .refine(({ low, high }) => low < high, { path: ['low'], message: 'low must lie below high' })
    .optional(),
});

function faults(value: unknown, origin: Origin = { source: 'my.json' }): string[] {
  try {
    validate(schema, value, origin, 'spec');
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).exitCode).toBe(2);
    const [head, ...lines] = (error as Error).message.split('\n');
    expect(head).toBe(`${origin.source}: not a valid spec.`);
    return lines.map((line) => {
      expect(line).toMatch(/^ {2}\S/);
      return line.slice(2);
    });
  }
  return [];
}

describe('validate', () => {
  it('fills in defaults and converts', () => {
    expect(validate(schema, { words: 'one,two' }, { source: 'x' }, 'spec')).toEqual({
      count: 3,
      words: ['one', 'two'],
    });
    expect(validate(schema, { operator: { kind: 'reset' } }, { source: 'x' }, 'spec').operator).toEqual({
      kind: 'reset',
      genes: 5,
    });
  });

  it.each([
    [{ count: 'three' }, 'count: expected a number, found "three".'],
    [{ count: 1.5 }, 'count: expected a whole number, found 1.5.'],
    [{ count: 0 }, 'count: expected a number of at least 1, found 0.'],
    [{ count: 11 }, 'count: expected a number of at most 10, found 11.'],
    [{ share: 0 }, 'share: expected a number above 0, found 0.'],
    [{ share: 1 }, 'share: expected a number below 1, found 1.'],
    [{ share: Infinity }, 'share: expected a number, found Infinity.'],
    [{ share: Number.NaN }, 'share: expected a number, found NaN.'],
    [{ name: 'x' }, 'name: expected at least 2 character(s), found "x".'],
    [{ name: 'toolong' }, 'name: expected at most 5 character(s), found "toolong".'],
    [{ name: 5n }, 'name: expected a string, found 5n.'],
    [{ flag: 'true' }, 'flag: expected a boolean, found "true".'],
    [{ fixed: 'baldwin/2' }, 'fixed: expected "baldwin/1", found "baldwin/2". Did you mean "baldwin/1"?'],
    [
      { colour: 'gren' },
      'colour: expected one of "red", "green", "blue", found "gren". Did you mean "green"',
    ],
    [{ colour: 3 }, 'colour: expected one of "red", "green", "blue", found 3.'],
    [{ list: {} }, 'list: expected a list, found {}.'],
    [{ list: [] }, 'list: expected at least 1 item(s), found [].'],
    [{ list: [{ weight: 1 }, { weight: null }] }, 'list[1].weight: expected a number, found null.'],
    [{ list: [{}] }, 'list[0].weight: expected a number, found nothing.'],
    [{ pair: 1 }, 'pair: expected a list, found 1.'],
    [{ pair: [1, 2] }, 'pair[1]: expected a string, found 2.'],
    [{ table: 1 }, 'table: expected an object, found 1.'],
    [{ table: { ab: 'x' } }, 'table.ab: expected a number, found "x".'],
    [{ table: { a: 1 } }, 'table.a: expected a field name that is allowed here, found "a".'],
    [{ even: 3 }, 'even: expected a multiple of 2, found 3.'],
    [{ hash: 'xyz' }, 'hash: expected text that matches /^[0-9a-f]+$/, found "xyz".'],
    [{ code: 'A' }, 'code: expected small letters only, found "A".'],
    [{ link: 'here' }, 'link: expected a valid url, found "here".'],
    [{ words: 'one,tow' }, 'words[1]: expected one of "one", "two", found "tow". Did you mean "two"'],
    [{ nothing: 0 }, 'nothing: expected null, found 0.'],
    [{ interval: { low: 2, high: 1 } }, 'interval.low: low must lie below high'],
    [{ interval: [] }, 'interval: expected an object, found [].'],
  ])('tells of %o', (value, expected) => {
    const [found, ...others] = faults(value);
    expect(found).toContain(expected);
    expect(others).toEqual([]);
  });

  it.each([[null], [7], ['text'], [[]], [undefined]])('tells of %j instead of an object', (value) => {
    expect(faults(value)).toEqual([`(top level): expected an object, found ${describeValue(value)}.`]);
  });

  it('tells of every fault, each with its place', () => {
    expect(faults({ count: 0, flag: 1, colur: 'red' })).toEqual([
      'count: expected a number of at least 1, found 0.',
      'flag: expected a boolean, found 1.',
      'colur: unknown field. Did you mean "colour"?',
    ]);
  });

  it('tells of a dozen faults and counts the others', () => {
    const many = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`unknown${i}`, 0]));
    const lines = faults(many);
    expect(lines).toHaveLength(13);
    expect(lines[12]).toBe('… and 3 more');
    expect(faults(Object.fromEntries(Object.entries(many).slice(0, 12)))).toHaveLength(12);
  });

  it('puts the place of the value in its source before the path', () => {
    expect(
      faults({ list: [{ weight: 'x' }], cuont: 1 }, { source: 'run.json', at: ['strategy', 2] }),
    ).toEqual([
      'strategy[2].list[0].weight: expected a number, found "x".',
      'strategy[2].cuont: unknown field. Did you mean "count"?',
    ]);
    expect(faults(4, { source: 'run.json', at: ['strategy'] })).toEqual([
      'strategy: expected an object, found 4.',
    ]);
  });

  describe('names what an unknown field may have meant', () => {
    it.each([
      [{ list: [{ wieght: 1, weight: 1 }] }, 'list[0].wieght: unknown field. Did you mean "weight"?'],
      [{ interval: { low: 1, high: 2, hihg: 3 } }, 'interval.hihg: unknown field. Did you mean "high"?'],
      [{ operator: { kind: 'gaussian', sigm: 1 } }, 'operator.sigm: unknown field. Did you mean "sigma"?'],
      [{ prepared: { alfa: 1 } }, 'prepared.alfa: unknown field. Did you mean "alpha"?'],
      [{ turned: { gama: 1 } }, 'turned.gama: unknown field. Did you mean "gamma"?'],
      // Only what the alternative that was chosen knows.
      [
        { operator: { kind: 'redraw', sigma: 1 } },
        'operator.sigma: unknown field. Choose one of: kind, genes.',
      ],
      [{ shape: { radius: 1, radus: 2 } }, 'shape.radus: unknown field. Did you mean "radius"?'],
      [{ constructor: 1 }, 'constructor: unknown field. Choose one of: name, count,'],
    ])('%j', (value, expected) => {
      const [found, ...others] = faults(value);
      expect(found).toContain(expected);
      expect(others).toEqual([]);
    });

    it('at the field that JSON can hold and objects treat in their own way', () => {
      expect(faults(JSON.parse('{"__proto__": 1, "count": 2}')).join()).toMatch(
        /^(__proto__: unknown field.*)?$/,
      );
    });
  });

  describe('of alternatives', () => {
    it('names those that a discriminator has', () => {
      const all = 'operator.kind: expected one of "gaussian", "reset", "redraw", found';
      expect(faults({ operator: { kind: 'gausian' } })).toEqual([
        `${all} "gausian". Did you mean "gaussian"?`,
      ]);
      expect(faults({ operator: {} })).toEqual([`${all} nothing.`]);
      expect(faults({ operator: { kind: 7 } })).toEqual([`${all} 7.`]);
      expect(faults({ operator: 'reset' })).toEqual(['operator: expected an object, found "reset".']);
    });

    it('names all where none fits', () => {
      expect(faults({ start: 'conectome' })).toEqual([
        'start: expected "connectome" or a number, found "conectome". Did you mean "connectome"?',
      ]);
      expect(faults({ start: [] })).toEqual(['start: expected "connectome" or a number, found [].']);
      expect(faults({ shape: 3 })).toEqual(['shape: expected an object or a string, found 3.']);
    });

    it('tells of the fault inside the one that is meant', () => {
      expect(faults({ shape: { radius: 'x' } })).toEqual(['shape.radius: expected a number, found "x".']);
      // The one that came furthest, wherever it stands and however many faults it has.
      expect(faults({ target: { x: 'a', y: 'b' } })).toEqual([
        'target.x: expected a number, found "a".',
        'target.y: expected a number, found "b".',
      ]);
      expect(faults({ operator: { kind: 'gaussian', sigma: 'x' } })).toEqual([
        'operator.sigma: expected a number, found "x".',
      ]);
    });
  });

  it('meets any value with its output or a usage error, and is of one mind about its output', () => {
    const fieldName = fc.oneof(
      fc.constantFrom(...Object.keys(schema.shape), '__proto__', 'toString'),
      fc.string(),
    );
    const nearMiss = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>('red', 'connectome', 1, 0.5, true, null, [{ weight: 1 }], [1, 'x'], undefined),
      fc.record({ kind: fc.constantFrom<unknown>('reset', 'gaussian', 'x', 1), genes: fc.jsonValue() }),
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(fieldName, nearMiss, { maxKeys: 4 })), (value) => {
        let output: unknown;
        try {
          output = validate(schema, value, { source: 'fuzz', at: ['a', 0] }, 'spec');
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
          expect(error.message).toMatch(/^fuzz: not a valid spec\.\n {2}a\[0\]/);
          return;
        }
        accepted += 1;
        expect(validate(schema, output, { source: 'fuzz' }, 'spec')).toEqual(output);
      }),
      { seed: 91, numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('meets values nested beyond reason with a usage error', () => {
    const nested = (depth: number, wrap: (inner: unknown) => unknown) => {
      let value: unknown = 1;
      for (let i = 0; i < depth; i++) value = wrap(value);
      return value;
    };
    const lists = nested(100_000, (inner) => [inner]);
    const objects = nested(100_000, (inner) => ({ list: inner }));
    const tooDeep = ['(top level): too deeply nested.'];
    expect(faults(lists)).toEqual(tooDeep);
    expect(faults({ count: objects })).toEqual(tooDeep);
    expect(faults({ list: [lists] })).toEqual(tooDeep);
    expect(faults({ start: objects })).toEqual(tooDeep);
    expect(faults({ operator: { kind: lists } })).toEqual(tooDeep);
    expect(faults({ interval: lists }, { source: 'x', at: ['task'] })).toEqual(['task: too deeply nested.']);
    expect(faults({ unknown: lists })).toHaveLength(1);
    expect(faults(JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))).toEqual(tooDeep);
    // Nested deeply, but not beyond what can be shown.
    expect(faults(nested(200, (inner) => [inner]))).toEqual([
      `(top level): expected an object, found ${'['.repeat(57)}….`,
    ]);
  });

  it('says what was found where a check of its own expected something else of a plain value', () => {
    const odd = z.number().refine((value) => value % 2 === 1, { message: 'expected an odd number' });
    const told = z.number().refine(() => false, { message: 'a delay goes with a decision' });
    const checked = z.object({ odd, told });
    expect(() => validate(checked, { odd: 8, told: 3 }, { source: 'x' }, 'spec')).toThrow(
      'x: not a valid spec.\n  odd: expected an odd number; found 8.\n  told: a delay goes with a decision',
    );
  });

  it('lets a fault of its own code through', () => {
    const broken = z.number().refine(() => {
      throw new TypeError('a slip');
    });
    expect(() => validate(broken, 1, { source: 'x' }, 'spec')).toThrow(TypeError);
  });
});

describe('formatPath', () => {
  it.each([
    [[], '(top level)'],
    [['a'], 'a'],
    [['a', 'b', 2, 'c'], 'a.b[2].c'],
    [[0, 1, 'a'], '[0][1].a'],
  ])('of %j is %s', (path, expected) => {
    expect(formatPath(path)).toBe(expected);
  });
});

describe('describeValue', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['x"y', '"x\\"y"'],
    [1.5, '1.5'],
    [-Infinity, '-Infinity'],
    [Number.NaN, 'NaN'],
    [12n, '12n'],
    [true, 'true'],
    [{ a: [1] }, '{"a":[1]}'],
    [Symbol('s'), 'Symbol(s)'],
  ])('of %o is %s', (value, expected) => {
    expect(describeValue(value)).toBe(expected);
  });

  it('is cut at sixty characters', () => {
    expect(describeValue('x'.repeat(58))).toBe(`"${'x'.repeat(58)}"`);
    expect(describeValue('x'.repeat(59))).toBe(`"${'x'.repeat(56)}…`);
    expect(describeValue([1, 2, 'x'.repeat(1000)])).toHaveLength(58);
  });
});
