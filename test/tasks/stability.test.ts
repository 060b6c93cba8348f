import { describe, expect, it } from 'vitest';
import type { Habitat } from '../../src/evaluate/habitat.js';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { deriveSeed } from '../../src/math/seed.js';
import { mean } from '../../src/math/statistics.js';
import { balancedCircuit } from '../../src/tasks/balanced/circuit.js';
import { distanceOf, lossOfLost } from '../../src/tasks/stability/loss.js';
import { options } from '../../src/tasks/stability/options.js';

const small = ['excitatory=80', 'inhibitory=20', 'connection=0.5', 'inputs=500'];
const short = ['durationS=2', 'scoredS=0.5', 'eta=0.2'];
/** The rule of Vogels et al. 2011 at 10 Hz: alpha is -2 target tau. */
const inhibitory = { alpha: -0.4, kappa: 1, gamma: 1, tauPlus: 20, tauMinus: 20 };

async function habitatOf(...set: string[]): Promise<Habitat> {
  const all = [...small, ...short, ...set].map((setting) => `task.${setting}`);
  return (await resolveRun({ task: 'stability', set: all })).habitat;
}

const measuresOf = (habitat: Habitat) => {
  const runner = new LifetimeRunner(habitat);
  const lives = [0, 1, 2].map((i) => runner.live(habitat.space.start, deriveSeed('life', i), 1).measures);
  return (name: string) => mean(lives.map((measures) => measures[name]!));
};

const learning = (parameters: object) => [
  `plastic=${JSON.stringify(Object.keys(parameters))}`,
  `parameters=${JSON.stringify(parameters)}`,
];

describe('stability', () => {
  it('loses as published: the squared distance counts less at high rates, and early loss of the network most', () => {
    expect(distanceOf(10, 10)).toBe(0);
    expect(distanceOf(22, 10)).toBe(6);
    expect(distanceOf(0, 10)).toBe(50);
    expect(lossOfLost(0, 5000)).toBe(320);
    expect(lossOfLost(5000, 5000)).toBeCloseTo(160 * (1 + Math.exp(-1)), 9);
  });

  it('gives cells the published sum of weights, however many synapses they have', () => {
    const sums = [0.1, 0.4].map((connection) => {
      const { network, placesOf } = balancedCircuit(options.parse({ connection }), false);
      const sum = (type: keyof typeof placesOf) =>
        network.weights.subarray(...placesOf[type]).reduce((total, weight) => total + weight, 0);
      const heard = network.projections
        .filter(({ name }) => name.startsWith('inputs'))
        .reduce((total, { post }) => total + post.length, 0);
      return [sum('EE') / 400, sum('EI') / 100, sum('IE') / 400, sum('II') / 100, heard / 500];
    });
    for (const [ee, ei, ie, ii, heard] of sums) {
      expect(ee! / (160 * 0.03)).toBeCloseTo(1, 1);
      expect(ei! / (160 * 0.03)).toBeCloseTo(1, 1);
      expect(ie! / (40 * 0.15)).toBeCloseTo(1, 1);
      expect(ii! / (40 * 0.3)).toBeCloseTo(1, 1);
      expect(heard! / 250).toBeCloseTo(1, 1);
    }
  });

  it('is held by the inhibitory rule, and mostly lost where nothing learns', async () => {
    const habitat = await habitatOf(...learning({ IE: inhibitory }));
    const held = measuresOf(habitat);
    expect([held('lost'), held('loss') < 1]).toEqual([0, true]);
    expect(Math.abs(held('rateE') - 10)).toBeLessThan(5);
    const still = measuresOf((await habitat.control())!.habitat);
    // Where first weights happen to be strong, a network lives on.
    expect(still('lost')).toBeGreaterThan(0.5);
    expect(still('loss')).toBeGreaterThan(100);
  });

  it('tells what each connection type does alone', async () => {
    const habitat = await habitatOf(...learning({ EE: { kappa: 0.003, gamma: 0.003 }, IE: inhibitory }));
    const lost = async (of: string[]) =>
      measuresOf(await habitat.without({ what: 'plasticity', of }))('lost');
    expect(await lost(['IE'])).toBe(1);
    expect(await lost(['EE'])).toBe(0);
    expect(measuresOf(habitat)('lost')).toBe(0);
  });

  it('says what is wrong with its options', async () => {
    await expect(habitatOf('parameters={"EE":{"kappa":1}}')).rejects.toThrow(
      /task\.parameters\.EE: expected numbers of a type that learns: IE/,
    );
    await expect(habitatOf('parameters={"IE":{"kapa":1}}')).rejects.toThrow(
      /"six-number-pair" has no parameter "kapa"\. Did you mean "kappa"/,
    );
    await expect(habitatOf('scoredS=3')).rejects.toThrow(/task\.scoredS: expected durationS or less/);
    await expect(habitatOf('plastic=["EE"]')).rejects.toThrow(/"IE\.alpha" is not a parameter/);
    await expect(habitatOf('plastic=["IE","IE"]')).rejects.toThrow(/expected each connection type once/);
  });
});
