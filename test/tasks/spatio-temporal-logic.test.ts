import { describe, expect, it } from 'vitest';
import { NetworkController } from '../../src/evaluate/network-controller.js';
import { squaredError } from '../../src/tasks/spatio-temporal-logic/measures.js';
import { gates } from '../../src/tasks/spatio-temporal-logic/options.js';
import { spatioTemporalLogic as task } from '../../src/tasks/spatio-temporal-logic/task.js';

/** Lives with all weights 2, so that each spike is passed on, and each cell forgetting at once. */
function lived(options: object, delays: Readonly<Record<string, number>>, scenario = 0) {
  const world = task.prepare(task.options.parse({ hidden: 1, delay: 1, ...options }));
  const parameters = {
    'hidden1.tau': 0.1,
    'output.tau': 0.1,
    ...Object.fromEntries(Object.entries(delays).map(([name, steps]) => [`${name}.delayMs`, steps])),
  };
  const controller = new NetworkController(world.circuit, 'f64', Object.keys(parameters));
  controller.embody(new Float64Array(3).fill(2), parameters);
  return world.live([...world.scenarios, ...world.heldOut][scenario]!, '1234abcd', controller);
}

describe('a gate of two words', () => {
  const or = { gate: 'or', inputWords: [0, 1], outputWords: [0, 1] };

  it('is solved by delays alone, where spikes must meet', () => {
    expect(lived(or, { input1Tohidden1: 3, input2Tohidden1: 3 })).toMatchObject({
      score: 1,
      measures: { solved: 1, right: 1, squaredError: 0 },
    });
    // The two spikes of 11 now come one after the other, so that one of four answers is wrong by one.
    expect(lived(or, { input1Tohidden1: 3, input2Tohidden1: 8 })).toMatchObject({
      score: 1 - 1 / 4 / 6,
      measures: { solved: 0, right: 0.75, squaredError: 0.25 },
    });
  });

  it('is answered from all spikes, however late, and none of them reaches the next trial', () => {
    const latest = { input1Tohidden1: 8, input2Tohidden1: 8, hidden1ToOutput: 8 };
    expect(lived(or, latest).measures.solved).toBe(1);
    expect(lived({ ...or, silentSteps: 0 }, latest).measures.solved).toBe(1);
  });

  it('is disturbed by what is held out', () => {
    const meet = { input1Tohidden1: 3, input2Tohidden1: 3 };
    const right = (scenario: number, options: object) =>
      lived({ ...or, noisyTrials: 200, ...options }, meet, scenario).measures.right!;
    // A spike that came alone is lost, or both of two: by half of 1, 1 and 1/2 of the answers that ask for one.
    expect(right(2, { deletion: 0.5 })).toBeCloseTo((1 + 0.5 + 0.5 + 0.75) / 4, 1);
    // Of two spikes, those miss each other that do not shift alike.
    expect(right(1, { jitter: 1 })).toBeCloseTo((3 + 0.5) / 4, 1);
    expect(right(3, { weightNoise: 0 })).toBe(1);
    expect(right(3, { weightNoise: 10 })).toBeLessThan(1);
  });

  it('has the truth tables of six gates', () => {
    for (const pair of [0, 1, 2, 3]) {
      const [a, b] = [pair >> 1 === 1, (pair & 1) === 1];
      const truth = { xor: a !== b, xnor: a === b, or: a || b, nor: !(a || b), and: a && b, nand: !(a && b) };
      for (const [name, value] of Object.entries(truth))
        expect(gates[name as keyof typeof gates][pair]).toBe(Number(value));
    }
  });
});

describe('the error of an answer', () => {
  const count = { output: 'count', outputWords: [1, 3], outputDecay: 2 } as const;
  const train = { output: 'train', outputWords: [1, 3], outputDecay: 2 } as const;

  it('is that of the number of spikes', () => {
    expect(squaredError(count, [0, 1, 0, 1, 0], 0)).toBe(1);
    expect(squaredError(count, [0, 1, 0, 1, 1], 1)).toBe(0);
  });

  it('is that of trains that decay, from the first spike on', () => {
    expect(squaredError(train, [0, 0, 1, 1, 0, 0], 1)).toBe(0);
    // A spike that is missing decays by e^(-1/2) a step: 1 + e^-1 + e^-2 + ...
    expect(squaredError(train, Array(40).fill(0), 0)).toBeCloseTo(1 / (1 - Math.exp(-1)), 6);
    expect(squaredError(train, [1, 0, 1, 0], 1)).toBeGreaterThan(0);
  });
});
