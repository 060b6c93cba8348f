import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signedWeights } from '../../src/connectome/connectome.js';
import { connectomeFromTable } from '../../src/connectome/load.js';
import { type GenomeSpace, genomeSpace } from '../../src/genome/space.js';
import { genomeSpecSchema } from '../../src/genome/spec.js';
import { UsageError } from '../../src/spec/errors.js';
import { smallTable } from '../connectome/small-table.js';
import { named } from './named.js';
import { type SpecChange, specOf } from './spec-of.js';

const connectome = connectomeFromTable(smallTable(), 'small');
/** 2, 0, -3 and one whose sign is not known. */
const animal = signedWeights(connectome);

const spaceOf = (change: SpecChange = {}, weights = animal): GenomeSpace =>
  genomeSpace(specOf(change), { connectome, weights });

describe('genome space', () => {
  it('has one gene a synapse, which starts at the weight of the animal', () => {
    const space = spaceOf({ range: [-40, 50], prior: [-20, 10], step: 0.5, unit: 'synapses' });
    expect(space.genes).toBe(4);
    expect(space.unit).toBe('synapses');
    expect([...space.start]).toEqual([2, 0, -3, 0]);
    expect([...space.low]).toEqual([-40, -40, -40, -40]);
    expect([...space.high]).toEqual([50, 50, 50, 50]);
    expect([...space.step]).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect([...space.priorLow]).toEqual([-20, -20, -20, -20]);
    expect([...space.priorHigh]).toEqual([10, 10, 10, 10]);
  });

  it('names genes by the cells they join', () => {
    const space = spaceOf();
    expect([0, 1, 2, 3].map(space.nameOf)).toEqual(['AL->AR', 'AL->B', 'AR->B', 'B->M1']);
  });

  it('starts everywhere at one value where told to', () => {
    expect([...spaceOf({ start: 3 }).start]).toEqual([3, 3, 3, 3]);
  });

  it('does not share the start with the weights it was made from', () => {
    const weights = Float64Array.from(animal);
    const space = spaceOf({}, weights);
    weights.fill(9);
    expect([...space.start]).toEqual([2, 0, -3, 0]);
    space.start.fill(8);
    expect([...weights]).toEqual([9, 9, 9, 9]);
  });

  it('keeps the sign of each synapse under the lock, and leaves those at 0 free', () => {
    const space = spaceOf({ signLock: true });
    expect([...space.low]).toEqual([0, -40, -40, -40]);
    expect([...space.high]).toEqual([40, 40, 0, 40]);
    expect([...space.priorLow]).toEqual([0, -20, -20, -20]);
    expect([...space.priorHigh]).toEqual([20, 20, 0, 20]);
  });

  it('locks by the start, not by the animal, where they differ', () => {
    expect([...spaceOf({ signLock: true, start: -1 }).high]).toEqual([0, 0, 0, 0]);
    expect([...spaceOf({ signLock: true, start: 1 }).low]).toEqual([0, 0, 0, 0]);
    expect([...spaceOf({ signLock: true, start: 0 }).high]).toEqual([40, 40, 40, 40]);
  });

  it('takes the whole range for a prior of which the lock leaves nothing', () => {
    const space = spaceOf({ signLock: true, prior: [5, 20] });
    expect([...space.priorLow]).toEqual([5, 5, -40, 5]);
    expect([...space.priorHigh]).toEqual([20, 20, 0, 20]);
  });

  const bound = fc.double({ min: -50, max: 50, noNaN: true });
  const interval = fc
    .tuple(bound, bound)
    .filter(([a, b]) => a !== b)
    .map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]));

  it('keeps start and prior within the bounds, and the prior as it is where it can', () => {
    let narrowed = 0;
    fc.assert(
      fc.property(
        interval,
        interval,
        fc.boolean(),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (range, prior, signLock, shares) => {
          fc.pre(prior[0] <= range[1] && prior[1] >= range[0]);
          const weights = Float64Array.from(shares, (share) =>
            Math.min(range[1], range[0] + share * (range[1] - range[0])),
          );
          const space = spaceOf({ range, prior, signLock }, weights);
          for (let gene = 0; gene < 4; gene++) {
            const [low, high] = [space.low[gene]!, space.high[gene]!];
            expect(low).toBeGreaterThanOrEqual(range[0]);
            expect(high).toBeLessThanOrEqual(range[1]);
            expect(space.start[gene]).toBe(weights[gene]);
            expect(low <= weights[gene]! && weights[gene]! <= high).toBe(true);
            if (signLock && weights[gene]! > 0) expect(low).toBeGreaterThanOrEqual(0);
            if (signLock && weights[gene]! < 0) expect(high).toBeLessThanOrEqual(0);
            if (!signLock || weights[gene] === 0) expect([low, high]).toEqual(range);
            const overlap = [Math.max(prior[0], low), Math.min(prior[1], high)] as const;
            const expected = overlap[0] < overlap[1] ? overlap : [low, high];
            if (overlap[0] >= overlap[1]) narrowed += 1;
            expect(space.priorLow[gene]! + 0).toBe(expected[0] + 0);
            expect(space.priorHigh[gene]! + 0).toBe(expected[1] + 0);
          }
        },
      ),
      { seed: 51, numRuns: 1000 },
    );
    expect(narrowed).toBeGreaterThan(10);
  });

  it('refuses a start outside the range, naming the gene', () => {
    const message = (change: SpecChange) => {
      try {
        spaceOf(change);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        return (error as Error).message;
      }
      return 'accepted';
    };
    expect(message({ range: [-2, 2] })).toBe(
      'genome spec "test": genes[0].range: AR->B starts at -3, outside [-2, 2]. Widen the range or choose another start.',
    );
    expect(message({ range: [-4, 1.5] })).toContain('AL->AR starts at 2, outside [-4, 1.5]');
    expect(message({ start: 41 })).toContain('AL->AR starts at 41, outside [-40, 40]');
    expect(message({ range: [-3, 2] })).toBe('accepted');
  });

  describe('on a linear scale', () => {
    it('hands weights through to the bit', () => {
      fc.assert(
        fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 4, maxLength: 4 }), (values) => {
          const space = spaceOf();
          const weights = Float64Array.from(values);
          expect(space.decode(weights)).toStrictEqual(weights);
        }),
        { seed: 52 },
      );
    });

    it('writes into the weights it is given, and never hands out the genome itself', () => {
      const space = spaceOf();
      const into = new Float64Array(4);
      const genome = Float64Array.of(1, 2, 3, 4);
      expect(space.decode(genome, into)).toBe(into);
      expect([...into]).toEqual([1, 2, 3, 4]);
      expect(space.decode(genome)).not.toBe(genome);
    });
  });

  describe('on a log scale', () => {
    const weights = Float64Array.of(2, 0.5, 3, 40);
    const change: SpecChange = { scale: 'log', range: [0.1, 40], prior: [-20, 20], step: 0.25 };

    it('searches the logarithm', () => {
      const space = spaceOf(change, weights);
      const near = (found: Float64Array, expected: number[]) =>
        expected.forEach((value, gene) => {
          expect(found[gene]).toBeCloseTo(Math.log(value), 14);
        });
      near(space.start, [2, 0.5, 3, 40]);
      near(space.low, [0.1, 0.1, 0.1, 0.1]);
      near(space.high, [40, 40, 40, 40]);
      near(space.priorLow, [0.1, 0.1, 0.1, 0.1]);
      near(space.priorHigh, [20, 20, 20, 20]);
      expect([...space.step]).toEqual([0.25, 0.25, 0.25, 0.25]);
    });

    it('decodes the logarithm, within rounding', () => {
      const space = spaceOf(change, weights);
      const value = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
      fc.assert(
        fc.property(fc.array(value, { minLength: 4, maxLength: 4 }), (values) => {
          const decoded = space.decode(Float64Array.from(values, Math.log));
          // The logarithm's last bit is worth more the larger the logarithm is.
          values.forEach((v, gene) => {
            expect(Math.abs(decoded[gene]! / v - 1)).toBeLessThan(3e-16 * (2 + Math.abs(Math.log(v))));
          });
        }),
        { seed: 53 },
      );
    });

    it.each([0, -1])('refuses a range from %d', (low) => {
      expect(() => spaceOf({ ...change, range: [low, 40] }, weights)).toThrow(
        `genes[0].range: a log scale needs a range above 0, found [${low},40].`,
      );
    });
  });

  describe('of parameters', () => {
    const genes = (names: string[], change: object = {}) => ({
      quantity: 'parameter' as const,
      names,
      unit: 'ms',
      range: [1, 100],
      prior: [2, 50],
      ...change,
    });
    const parameters = new Map([
      ['cells.tau', named(10, 'ms')],
      ['body.turnGain', named(2)],
    ]);
    const ground = { connectome, weights: animal, parameters };
    const parsed = (list: object[]) => genomeSpecSchema.parse({ ...specOf(), genes: list });

    it('start at the values of the network, after the weights, each with its own scale', () => {
      const [weightGenes] = specOf().genes;
      const space = genomeSpace(
        parsed([
          weightGenes!,
          genes(['cells.tau'], { scale: 'log' }),
          genes(['body.turnGain'], { start: 5 }),
        ]),
        ground,
      );
      expect(space.genes).toBe(6);
      expect([4, 5].map(space.nameOf)).toEqual(['cells.tau', 'body.turnGain']);
      expect(space.unit).toBe('connections, ln ms, ms');
      expect(space.parametersOf(space.start)['cells.tau']).toBeCloseTo(10, 12);
      expect(space.parametersOf(space.start)['body.turnGain']).toBe(5);
      expect(space.low[4]).toBe(0);
      expect([...space.decode(space.start)]).toEqual([...animal]);
      expect([0, 3].map(space.geneOf)).toEqual([0, 3]);
    });

    it('leave the weights as they are where these do not evolve, the rest of a longer array too', () => {
      const space = genomeSpace(parsed([genes(['cells.tau'])]), ground);
      const weights = Float64Array.of(9, 9, 9, 9, 7);
      expect([...space.decode(space.start, weights)]).toEqual([...animal, 7]);
      expect(space.geneOf(0)).toBeUndefined();
    });

    it('are refused where nothing has such a parameter, or twice', () => {
      expect(() => genomeSpace(parsed([genes(['cells.tao'])]), ground)).toThrow(
        /genes\[0\]\.names\[0\]: "cells\.tao" is not a parameter.*Did you mean "cells\.tau"/,
      );
      expect(() => parsed([genes(['a', 'a'])])).toThrow(/each name once/);
      expect(() => parsed([specOf().genes[0]!, specOf().genes[0]!])).toThrow(/one group of synapse weights/);
    });
  });

  describe('of a network that comes from no connectome', () => {
    const ground = { synapseNames: ['a 0->b 0', 'a 0->b 1'], weights: Float64Array.of(1, -2) };

    it('has the names that the network gives its weights', () => {
      const space = genomeSpace(specOf(), ground);
      expect([0, 1].map(space.nameOf)).toEqual(['a 0->b 0', 'a 0->b 1']);
      expect([...space.decode(space.start, Float64Array.of(9, 9, 9))]).toEqual([1, -2, 9]);
    });

    it('has no cell classes to tie synapses by, and may have no weights to evolve', () => {
      expect(() => genomeSpace(specOf({ grouping: 'class-pair' }), ground)).toThrow(
        /genes\[0\]\.grouping: class-pair ties .* without classes\. Use each/,
      );
      const none = { synapseNames: [], weights: new Float64Array(0) };
      expect(() => genomeSpace(specOf(), none)).toThrow(/genes\[0\]: the network has no weights/);
    });
  });
});
