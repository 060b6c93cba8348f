import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { optionsSchema } from '../../../src/spec/parts/plain-options.js';

describe('options of users’ parts', () => {
  const schema = optionsSchema(
    {
      steps: { default: 20, low: 1, high: 100, integer: true, about: 'steps in a life' },
      share: { default: 0.5 },
      loud: { default: false },
      mode: { default: 'slow', choices: ['slow', 'fast'] },
      cells: { default: ['AVAL'] },
    },
    'mine.mjs',
  );

  it('described in plain words have their defaults', () => {
    expect(schema.parse({})).toEqual({ steps: 20, share: 0.5, loud: false, mode: 'slow', cells: ['AVAL'] });
    expect(schema.parse({ steps: 3, cells: [1, 2] })).toMatchObject({ steps: 3, cells: [1, 2] });
  });

  it.each([
    { steps: 0 },
    { steps: 101 },
    { steps: 1.5 },
    { mode: 'none' },
    { loud: 1 },
    { stepps: 3 },
  ])('are checked: %j', (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });

  it('that are a schema already stay as they are, and nothing is no options', () => {
    const own = z.strictObject({ a: z.number().default(1) });
    expect(optionsSchema(own, 'mine.mjs')).toBe(own);
    expect(optionsSchema(undefined, 'mine.mjs').safeParse({ a: 1 }).success).toBe(false);
  });

  it('that are described wrongly are refused with the place', () => {
    expect(() => optionsSchema({ steps: 20 }, 'mine.mjs')).toThrow(
      /mine\.mjs: options\.steps: expected \{ default/,
    );
    expect(() => optionsSchema({ steps: { default: 1, max: 2 } }, 'mine.mjs')).toThrow(
      /mine\.mjs: options\.steps/,
    );
  });
});
