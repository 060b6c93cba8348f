import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { deriveSeed } from '../../src/math/seed.js';
import { ruleParameter } from '../../src/network/model/network.js';
import { inputs, outputs } from '../../src/tasks/evidence-accumulation/circuit.js';
import { measuresOf, scoreOf } from '../../src/tasks/evidence-accumulation/measures.js';
import { counting } from '../../src/tasks/evidence-accumulation/policies.js';
import {
  type AccumulationTrace,
  emptyAccumulationTrace,
} from '../../src/tasks/evidence-accumulation/trace.js';
import { prepareTask } from '../../src/tasks/table.js';
import type { Controller, LivingNetwork, PreparedTask } from '../../src/tasks/task.js';

const prepared = (options: object = {}) =>
  prepareTask({ name: 'evidence-accumulation', ...options }) as PreparedTask<AccumulationTrace>;

/** Answers as `answer` says of the observation, and keeps what it saw: one row for each 10 ms. */
function watching(network?: Partial<LivingNetwork>) {
  const seen: number[][] = [];
  const controller: Controller = {
    body: {},
    ...(network ? { network: network as LivingNetwork } : {}),
    reset: () => {},
    respond: (observation, action) => {
      seen.push([...observation]);
      action[outputs.left] = 1;
      action[outputs.right] = 0;
    },
  };
  return { controller, seen };
}

/** A network that only keeps the books: the levels of dopamine that it was brought to. */
function bookkeeper() {
  const levels: number[] = [];
  let level = 0;
  const network: Partial<LivingNetwork> = {
    spikeCount: 0,
    signal: () => {},
    setState: () => {},
    concentration: () => level,
    release: (modulator, amount) => {
      expect(modulator).toBe('DA');
      level += amount;
      levels.push(level);
    },
  };
  return { network, levels };
}

describe('a trial', () => {
  it('has seven cues of 100 ms every 150 ms, and the recall in the last 150 ms of 2250', () => {
    const { live, scenarios } = prepared({ trials: 4 });
    const { controller, seen } = watching();
    const trace = emptyAccumulationTrace();
    live(scenarios[0]!, 'c0e5', controller, trace);
    expect(seen).toHaveLength(4 * 225);
    const trial = seen.slice(225, 450);
    trial.forEach((row, interval) => {
      const isCue = interval < 105 && interval % 15 < 10;
      expect(row[inputs.left]! + row[inputs.right]!).toBe(isCue ? 1 : 0);
      expect(row[inputs.recall]).toBe(interval >= 210 ? 1 : 0);
      expect(row[inputs.background]).toBe(1);
    });
    const onsets = Array.from({ length: 7 }, (_, cue) => trial[15 * cue]![inputs.left]!);
    expect(trace.leftCues[1]).toBe(onsets.reduce((a, b) => a + b, 0));
  });

  it('favours the side of most cues with seven in ten', () => {
    const { live, scenarios } = prepared({ trials: 2000, delayMs: 0, recallMs: 10, cueMs: 10, cueGapMs: 0 });
    const trace = emptyAccumulationTrace();
    live(scenarios[0]!, 'fa7e', watching().controller, trace);
    // Of seven cues with 0.7 on one side or the other, k are on the left this often.
    const choose = [1, 7, 21, 35, 35, 21, 7, 1];
    const power = (base: number, times: number) =>
      Array(times)
        .fill(base)
        .reduce((a, b) => a * b, 1) as number;
    choose.forEach((ways, left) => {
      const of = (p: number) => ways * power(p, left) * power(1 - p, 7 - left);
      const expected = 2000 * ((of(0.7) + of(0.3)) / 2);
      const found = trace.leftCues.filter((count) => count === left).length;
      expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(expected));
    });
  });

  it('drives four groups of ten channels at 40 Hz, the background at 10', () => {
    const { network } = prepared().circuit!;
    expect(network.inputs.map(({ name, cells, amplitude }) => [name, cells.length, amplitude])).toEqual([
      ['left', 10, 40],
      ['right', 10, 40],
      ['recall', 10, 40],
      ['background', 10, 10],
    ]);
    expect(network.populations.map(({ name, count }) => [name, count])).toEqual([
      ['channels', 40],
      ['leaky', 50],
      ['adaptive', 50],
      ['readout', 2],
    ]);
  });
});

describe('what teaches', () => {
  it('is the error of the left readout during the recall', () => {
    const { live, scenarios } = prepared({ trials: 4 });
    const { network, levels } = bookkeeper();
    const trace = emptyAccumulationTrace();
    live(scenarios[0]!, 'e440', watching(network).controller, trace);
    // The outputs stay at 1 and 0, of which the softmax is 0.731.
    const sure = 1 / (1 + Math.exp(-1));
    const wanted = trace.leftCues.flatMap((left) => [...Array(15).fill((left > 3 ? 1 : 0) - sure), 0]);
    expect(levels).toHaveLength(wanted.length);
    for (const [i, level] of levels.entries()) expect(level).toBeCloseTo(wanted[i], 12);
  });

  it('is the reward alone where the mapping is flipped: its surprise, for what made the answer', () => {
    const { live, scenarios } = prepared({ trials: 4, mapping: 'flipped' });
    const { network, levels } = bookkeeper();
    const trace = emptyAccumulationTrace();
    live(scenarios[0]!, 'e440', watching(network).controller, trace);
    const sure = 1 / (1 + Math.exp(-1));
    let expected = 0.5;
    const wanted = trace.right.flatMap((right) => {
      const surprise = right - expected;
      expected += 0.1 * surprise;
      return [surprise * (1 - sure), 0];
    });
    expect(levels).toHaveLength(wanted.length);
    for (const [i, level] of levels.entries()) expect(level).toBeCloseTo(wanted[i]!, 12);
  });

  it('reaches cells along the weights to the readouts, along others, or alike', () => {
    const feedbackOf = (feedback: string) => {
      const { network } = prepared({ feedback }).circuit!;
      const projection = network.projections.find(({ name }) => name === 'inputsToLeaky')!;
      const told = ruleParameter(projection.plasticity!, 'feedback') as Float64Array;
      const readout = network.projections.find(({ name }) => name === 'leakyToReadout')!;
      const out = Array.from(readout.weight, (index) => network.weights[index]!);
      const lead = Array.from({ length: 50 }, (_, cell) => out[2 * cell]! - out[2 * cell + 1]!);
      return { told: Array.from({ length: 50 }, (_, s) => told[s]!), lead };
    };
    const symmetric = feedbackOf('symmetric');
    expect(symmetric.told).toEqual(symmetric.lead);
    const random = feedbackOf('random');
    expect(random.told).not.toEqual(random.lead);
    expect(random.told.some((value) => value < 0)).toBe(true);
    expect(new Set(feedbackOf('broadcast').told)).toEqual(new Set([0.1]));
  });
});

it('is solved by who counts, flipped or not, and tossed by who does not look', () => {
  const { live, scenarios, oracle } = prepared({ mapping: 'flipped' });
  const lives = Array.from({ length: 12 }, (_, life) => deriveSeed('count', life));
  for (const seed of lives) expect(oracle!(scenarios[0]!, seed).score).toBe(1);
  const plain = lives.map((seed) => live(scenarios[0]!, seed, counting(false)).score);
  expect(new Set(plain)).toEqual(new Set([0, 1]));
});

it('is scored by the second half of a life', () => {
  const random = RandomStream.from('cafe');
  const right = Array.from({ length: 40 }, (_, trial) => (trial < 20 ? 0 : trial % 4 === 0 ? 0 : 1));
  const trials = {
    right,
    leftCues: right.map((ok) => (ok === 1 ? 6 : 4)),
    answeredLeft: right.map(() => random.integer(2)),
    certainty: right.map(() => 0.75),
  };
  expect(scoreOf(trials)).toBe(0.75);
  expect(measuresOf(trials, 7)).toMatchObject({
    accuracyFirst: 0,
    accuracyLast: 0.75,
    accuracyClear: 1,
    accuracyClose: 0,
    decided: 0.5,
  });
});
