import { expect, it } from 'vitest';
import { frontOf, storedOrder } from '../../src/evolve/incumbent.js';
import type { StepRecord } from '../../src/store/steps.js';

const record = (step: number, points: [number, number][], stored: number[]): StepRecord => ({
  step,
  evaluations: (step + 1) * points.length,
  score: points.map(([first]) => first),
  objective: points.map(([first]) => first),
  objectives: [
    { name: 'score', values: points.map(([first]) => first) },
    { name: 'energy', values: points.map(([, second]) => second) },
  ],
  measures: {},
  elites: stored.map((index) => ({ index, at: 0, bytes: 0, sha256: '0'.repeat(16) })),
});

it('stores the best by the first objective, then the front, then what is behind it', () => {
  const step = record(
    0,
    [
      [1, 1],
      [5, 0],
      [0, 9],
      [3, 3],
      [2, 2],
    ],
    [],
  );
  expect(storedOrder(step)).toEqual([1, 2, 3, 4, 0]);
  const { objectives: _, ...single } = step;
  expect(storedOrder(single)).toEqual([1, 3, 4, 0, 2]);
});

it('finds the front among what is stored of all steps, equals once', () => {
  const records = [
    record(
      0,
      [
        [1, 1],
        [5, 0],
        [0, 9],
      ],
      [1, 2],
    ),
    record(
      1,
      [
        [5, 0],
        [4, 4],
        [9, 9],
      ],
      [0, 1],
    ),
  ];
  expect(frontOf(records)).toEqual([
    { step: 0, rank: 0, score: 5, objectives: [5, 0] },
    { step: 1, rank: 1, score: 4, objectives: [4, 4] },
    { step: 0, rank: 1, score: 0, objectives: [0, 9] },
  ]);
});
