import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { deriveSeed } from '../../src/math/seed.js';
import { seasonalCircuit } from '../../src/tasks/seasonal-foraging/circuit.js';
import { dietOf } from '../../src/tasks/seasonal-foraging/life.js';
import { dayScore, measuresOf, overlapOf } from '../../src/tasks/seasonal-foraging/measures.js';
import { emptyTrace } from '../../src/tasks/seasonal-foraging/trace.js';

describe('a day', () => {
  it('scores 1 for all good food and no bad, 0 for the reverse, and 1/2 for all or nothing', () => {
    const nutritious = [1, 1, 0, 0];
    expect(dayScore(nutritious, [1, 1, 0, 0])).toBe(1);
    expect(dayScore(nutritious, [0, 0, 1, 1])).toBe(0);
    expect(dayScore(nutritious, [1, 1, 1, 1])).toBe(0.5);
    expect(dayScore(nutritious, [0, 0, 0, 0])).toBe(0.5);
    expect(dayScore(nutritious, [1, 0, 0, 0])).toBe(0.75);
  });
});

describe('diets', () => {
  it('hold half of the foods each, of which half change sides', () => {
    for (let life = 0; life < 20; life++) {
      const [summer, winter] = dietOf({ items: 8 }, RandomStream.from(deriveSeed('diet', life)));
      const sum = (of: readonly number[]) => of.reduce((so, value) => so + value, 0);
      expect([sum(summer!), sum(winter!)]).toEqual([4, 4]);
      expect(sum(summer!.map((good, item) => (good === winter![item] ? 0 : 1)))).toBe(4);
      expect(sum(summer!.map((good, item) => good * winter![item]!))).toBe(2);
    }
  });
});

describe('what is kept of a season', () => {
  const lived = (scores: number[]) => ({ ...emptyTrace(), eaten: [1], nutritious: [0], scores });

  it('is the first day of its return against the last day before', () => {
    // Summer, winter, summer, winter of two days.
    const kept = measuresOf(lived([0.5, 0.9, 0.5, 0.7, 0.9, 1, 0.6, 0.8]), 2);
    expect(kept.onReturn).toBeCloseTo((0.9 + 0.6) / 2, 12);
    expect(kept.retained).toBeCloseTo((0.4 + 0.1) / (0.4 + 0.2), 12);
    expect(kept.lastDay).toBeCloseTo((0.9 + 0.7 + 1 + 0.8) / 4, 12);
    const lost = measuresOf(lived([0.5, 0.9, 0.5, 0.7, 0.5, 1, 0.5, 0.8]), 2);
    expect(lost.retained).toBe(0);
  });

  it('overlaps where the same weights change, whichever way', () => {
    const change = Float64Array.of(0.2, -0.1, 0);
    expect(overlapOf(change, Float64Array.of(-0.4, 0.2, 0))).toBeCloseTo(1, 12);
    expect(overlapOf(change, Float64Array.of(0, 0, 3))).toBe(0);
    expect(overlapOf(change, new Float64Array(3))).toBe(0);
  });
});

describe('the circuit', () => {
  it('lets the modulator of a season fall off along the pools, and reach all where it is uniform', () => {
    const reachOf = (radius: number | undefined) => {
      const { network } = seasonalCircuit({ foods: 4, radius, networkSeed: 1 });
      const { nearSummer, nearWinter } = network.projections[0]!.plasticity!.parameters as Record<
        string,
        Float64Array
      >;
      return { summer: nearSummer!.slice(0, 10), winter: nearWinter!.slice(0, 10) };
    };
    const { summer, winter } = reachOf(1.5);
    expect(summer[0]).toBe(1);
    expect(winter[9]).toBe(1);
    // A Gaussian of standard deviation 1.5, three cells away.
    expect(summer[3]).toBeCloseTo(Math.exp(-2), 12);
    expect(Math.max(...Array.from(summer, (near, cell) => near * winter[cell]!))).toBeLessThan(0.001);
    expect([...reachOf(undefined).summer]).toEqual(Array(10).fill(1));
  });
});
