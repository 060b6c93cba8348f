import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryOf, nearestNames, suggest, UsageError, UserError } from '../../src/spec/errors.js';

describe('nearestNames', () => {
  const names = ['square', 'triangle', 'circle', 'pentagon', 'hexagon', 'octagon', 'random'];

  it.each([
    ['triangel', ['triangle']],
    ['sqare', ['square']],
    ['CIRCLE', ['circle']],
    ['hexagn', ['hexagon']],
    ['gon', ['hexagon', 'octagon', 'pentagon']],
    ['randomly', ['random']],
    ['zzzzzz', []],
    ['', []],
  ])('of %j are %j', (wanted, expected) => {
    expect(nearestNames(wanted, names)).toEqual(expected);
  });

  it('begin with the nearest', () => {
    expect(nearestNames('pattern', ['patternTurnRad', 'patterns'])).toEqual(['patterns', 'patternTurnRad']);
    expect(nearestNames('abcd', ['abxy', 'abcx', 'abcd'])).toEqual(['abcd', 'abcx', 'abxy']);
    expect(nearestNames('c-elegans-openwrm', ['c', 'm', 'c-elegans-openworm'])).toEqual([
      'c-elegans-openworm',
    ]);
    expect(nearestNames('gon', ['gun', 'hexagon'])).toEqual(['hexagon', 'gun']);
    expect(nearestNames('ab', ['b', 'a'])).toEqual(['a', 'b']);
  });

  it('are three at most, or as many as asked for', () => {
    const many = Array.from({ length: 9 }, (_, i) => `name${i}`);
    expect(nearestNames('name', many)).toEqual(['name0', 'name1', 'name2']);
    expect(nearestNames('name', many, 5)).toHaveLength(5);
  });

  it('hold a name that is known first, whatever the others', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), fc.nat(), (known, pick) => {
        const name = known[pick % known.length]!;
        const near = nearestNames(name, known, known.length);
        expect(near).toContain(name);
        expect(near[0]!.toLowerCase()).toBe(name.toLowerCase());
        expect(near.every((one) => known.includes(one))).toBe(true);
      }),
      { seed: 92 },
    );
  });
});

describe('suggest', () => {
  it('asks for the nearest, or lists what there is', () => {
    expect(suggest('sqare', ['square', 'circle'])).toBe('Did you mean "square"?');
    expect(suggest('cart', ['card', 'care', 'dog'])).toBe('Did you mean "card" or "care"?');
    expect(suggest('zzzzzz', ['square', 'circle'])).toBe('Choose one of: square, circle.');
    expect(suggest('x', [])).toBe('There is none to choose from.');
  });

  it('shortens a long list', () => {
    const many = Array.from({ length: 21 }, (_, i) => `name${i}`);
    expect(suggest('zzzzzzzz', many)).toMatch(/^Choose one of: name0, .*, name19, … \(21 in all\)\.$/);
    expect(suggest('zzzzzzzz', many.slice(1))).toMatch(/^Choose one of: name1, .*, name20\.$/);
  });
});

describe('entryOf', () => {
  const table = { ga: 1, random: 2 };

  it('finds an entry', () => {
    expect(entryOf(table, 'ga', 'strategy')).toBe(1);
  });

  it.each([
    'constructor',
    'toString',
    '__proto__',
    'hasOwnProperty',
  ])('does not take %s for an entry', (name) => {
    expect(() => entryOf(table, name, 'strategy')).toThrow(`Unknown strategy "${name}".`);
  });

  it('names the nearest to an unknown one', () => {
    expect(() => entryOf(table, 'randon', 'strategy')).toThrow(
      new UsageError('Unknown strategy "randon". Did you mean "random"?'),
    );
  });
});

describe('errors', () => {
  it('know their exit code: 1 for what failed, 2 for wrong usage', () => {
    expect(new UserError('x').exitCode).toBe(1);
    expect(new UserError('x', { exitCode: 2 }).exitCode).toBe(2);
    expect(new UsageError('x').exitCode).toBe(2);
    expect(new UsageError('x')).toBeInstanceOf(UserError);
    expect([new UserError('x').name, new UsageError('x').name]).toEqual(['UserError', 'UsageError']);
  });

  it('keep their cause, and have none otherwise', () => {
    const cause = new Error('why');
    expect(new UserError('x', { cause }).cause).toBe(cause);
    expect(new UsageError('x', { cause }).cause).toBe(cause);
    expect('cause' in new UserError('x')).toBe(false);
  });
});
