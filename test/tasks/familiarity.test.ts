import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { RandomStream } from '../../src/math/random.js';
import { deriveSeed } from '../../src/math/seed.js';
import { mean } from '../../src/math/statistics.js';
import { inputTrain } from '../../src/tasks/balanced/input.js';
import { stepLoss, testMeasures } from '../../src/tasks/familiarity/loss.js';

const small = ['excitatory=80', 'inhibitory=20', 'connection=0.5', 'inputs=500', 'eta=0.1'];
const short = ['trainS=2', 'testS=0.4', 'breakS=0.2', 'delaysS=[0.2]'];
const parameters = {
  EE: { kappa: 0.1, gamma: 0.1, alpha: -0.1 },
  IE: { alpha: -0.4, kappa: 1, gamma: 1, tauPlus: 20, tauMinus: 20 },
};

async function livesOf(...set: string[]) {
  const all = [...small, ...short, `parameters=${JSON.stringify(parameters)}`, ...set];
  const { habitat } = await resolveRun({ task: 'familiarity', set: all.map((of) => `task.${of}`) });
  const runner = new LifetimeRunner(habitat);
  return [0, 1, 2, 3].map((i) => runner.live(habitat.space.start, deriveSeed('x', i), 1));
}

describe('familiarity', () => {
  it('loses as published: where familiar patterns do too little, and novel ones too much', () => {
    const at = { familiarHz: 20, novelHz: 10 };
    expect([0, 5, 20, 30].map((rate) => stepLoss(rate, true, at))).toEqual([1, 0.75, 0, 0]);
    expect([0, 10, 55, 100].map((rate) => stepLoss(rate, false, at))).toEqual([0, 0, 0.5, 1]);
    // What a network has that fires at 20 Hz whatever is shown: below it, patterns are told apart.
    expect((stepLoss(20, true, at) + stepLoss(20, false, at)) / 2).toBeCloseTo(1 / 18, 12);
  });

  it('tells the preference in all tests and after the last delay', () => {
    const test = (pair: number, familiar: boolean, rateHz: number) => ({ pair, familiar, rateHz, loss: 0 });
    const tests = [test(0, true, 30), test(0, false, 10), test(1, false, 20), test(1, true, 20)];
    expect(testMeasures(tests)).toEqual({
      rateFamiliar: 25,
      rateNovel: 15,
      preference: 0.25,
      preferenceLast: 0,
    });
    expect(testMeasures([]).preference).toBe(0);
  });

  it('shows patterns on top of what all inputs do, around the ring', () => {
    const cells = { inputs: 100, steps: 40_000, dtMs: 0.5 };
    const pattern = { first: 95, count: 10, rateHz: 40 };
    const { steps, cells: who } = inputTrain(RandomStream.from('ring'), { rateHz: 5, pattern }, cells);
    const counts = new Int32Array(100);
    for (const cell of who) counts[cell]! += 1;
    // 20 s: 900 spikes of each input of the pattern and 100 of each other, by five standard deviations.
    counts.forEach((count, cell) => {
      const shown = cell >= 95 || cell < 5;
      expect(Math.abs(count - (shown ? 882 : 100))).toBeLessThan(shown ? 150 : 50);
    });
    expect(
      steps.every((step, i) => i === 0 || step * 100 + who[i]! > steps[i - 1]! * 100 + who[i - 1]!),
    ).toBe(true);
  });

  it('is lived alike whatever the labels, which change the loss alone', async () => {
    const lives = await livesOf();
    const shuffled = await livesOf('labels=shuffled');
    const of = (name: string, all: typeof lives) => all.map(({ measures }) => measures[name]!);
    expect(of('lost', lives)).toEqual([0, 0, 0, 0]);
    expect(of('rateE', shuffled)).toEqual(of('rateE', lives));
    expect(of('loss', shuffled)).not.toEqual(of('loss', lives));
    expect(mean(of('preference', lives))).toBeGreaterThan(0);
  });

  it('refuses patterns that would share inputs', async () => {
    await expect(livesOf('patterns=10')).rejects.toThrow(/task\.patternShare: expected 1\/11 or less/);
    await expect(livesOf('patternHighHz=10')).rejects.toThrow(
      /task\.patternHighHz: expected patternLowHz or more/,
    );
  });
});
