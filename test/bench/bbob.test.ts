import { describe, expect, it } from 'vitest';
import { bbobInstance, families } from '../../src/bench/bbob/table.js';
import { asymmetric, oscillating, stretched } from '../../src/bench/bbob/transformations.js';
import { RandomStream } from '../../src/math/random.js';

const named = families.map(({ name }, i) => [i + 1, name] as const);
const at = (...values: number[]) => Float64Array.from(values);

describe('the transformations', () => {
  it('keep 0, 1 and signs where the published ones do', () => {
    const [zero, one, minus, ten] = oscillating(at(0, 1, -1, 10));
    expect([zero, one, minus]).toEqual([0, 1, -1]);
    // exp(ln 10 + 0.049 (sin(10 ln 10) + sin(7.9 ln 10))), worked out apart
    expect(ten).toBeCloseTo(10 * Math.exp(0.049 * (Math.sin(10 * Math.LN10) + Math.sin(7.9 * Math.LN10))), 9);
    expect([...asymmetric(at(4, -4, 4), 0.5)]).toEqual([4, -4, 4 ** (1 + 0.5 * 2)]);
    expect([...stretched(at(1, 1, 1), 100)].map((value) => Math.round(1e9 * value) / 1e9)).toEqual([
      1,
      Math.round(1e9 * Math.sqrt(10)) / 1e9,
      10,
    ]);
  });
});

describe('the 24 functions', () => {
  it('are as many', () => {
    expect(new Set(families.map(({ name }) => name)).size).toBe(24);
  });

  it.each(named)('%i, %s: is 0 at its optimum, within the box, and above it elsewhere', (number) => {
    for (const genes of [2, 5]) {
      for (const instance of [1, 2]) {
        const { f, optimum } = bbobInstance(number, genes, instance);
        expect(optimum.every((value) => Math.abs(value) <= 5)).toBe(true);
        expect(Math.abs(f(optimum))).toBeLessThan(1e-9);
        const stream = RandomStream.from(`${number} ${genes}`);
        for (let trial = 0; trial < 60; trial++) {
          const size = 10 ** -(trial % 5);
          const near = optimum.map((value) => Math.min(5, Math.max(-5, value + size * stream.normal())));
          if (near.every((value, i) => value === optimum[i])) continue;
          expect(f(near)).toBeGreaterThan(-1e-9);
          if (size === 1) expect(f(near)).toBeGreaterThan(0);
        }
      }
    }
  });

  it.each(named)('%i, %s: instances differ, and each is the same again', (number) => {
    const x = at(1, -2, 3);
    const value = (instance: number) => bbobInstance(number, 3, instance).f(x);
    expect(value(1)).toBe(value(1));
    expect(new Set([1, 2, 3, 4].map(value)).size).toBeGreaterThan(1);
  });
});

describe('published forms', () => {
  it('sphere: the squared distance', () => {
    const { f, optimum } = bbobInstance(1, 4, 1);
    expect(f(optimum.map((value) => value + 3))).toBeCloseTo(36, 12);
  });

  it('separable ellipsoid: axes from 1 to 1000, as bumpy as T_osz', () => {
    const { f, optimum } = bbobInstance(2, 3, 1);
    const [bump] = oscillating(at(2));
    [1, 1e3, 1e6].forEach((weight, i) => {
      const moved = optimum.map((value, j) => value + (i === j ? 2 : 0));
      expect(f(moved) / (weight * bump! * bump!)).toBeCloseTo(1, 9);
    });
  });

  it('linear slope: falls by 10^(i / (D - 1)) a unit, up to the corner', () => {
    const { f, optimum } = bbobInstance(5, 2, 1);
    const inwards = (i: number, by: number) =>
      optimum.map((value, j) => value - (i === j ? by * Math.sign(value) : 0));
    expect(f(inwards(0, 1))).toBeCloseTo(1, 9);
    expect(f(inwards(1, 1))).toBeCloseTo(10, 9);
    expect(f(inwards(1, -3))).toBeCloseTo(0, 9);
  });

  it('step ellipsoid: level around its optimum but for the first axis', () => {
    const { f, optimum } = bbobInstance(7, 5, 1);
    const near = f(optimum.map((value) => value + 1e-3));
    expect(near).toBeGreaterThan(0);
    expect(near).toBeLessThan(1e-6);
  });

  it('rosenbrock of two genes: 1 away from the valley it has 100 and more', () => {
    const { f, optimum } = bbobInstance(8, 2, 1);
    // z = x - optimum + 1: at z = (1, 2) it is 100, at z = (0, 0) it is 1.
    expect(f(at(optimum[0]!, optimum[1]! + 1))).toBeCloseTo(100, 9);
    expect(f(at(optimum[0]! - 1, optimum[1]! - 1))).toBeCloseTo(1, 9);
  });

  it('schwefel: the sum of sines of its own published best point is 0', () => {
    const { f, optimum } = bbobInstance(20, 5, 3);
    expect(Math.abs(Math.abs(optimum[0]!) - 2.10484373165)).toBeLessThan(1e-9);
    expect(f(optimum)).toBeLessThan(1e-9);
    expect(f(optimum.map((value) => -value))).toBeGreaterThan(1);
  });

  it('gallagher: the second best peak is 9.1 high, where the best is 10', () => {
    const { f } = bbobInstance(21, 2, 1);
    const stream = RandomStream.from('peaks');
    const values = Array.from({ length: 4000 }, () =>
      f(at(stream.uniformIn(-5, 5), stream.uniformIn(-5, 5))),
    );
    // f is T_osz of the depth, squared: 100 far from every peak.
    expect(Math.max(...values)).toBeLessThan(125);
    expect(Math.min(...values)).toBeGreaterThan(0);
  });
});
