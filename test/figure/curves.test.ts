import { expect, it } from 'vitest';
import { roundAbove } from '../../src/figure/curves.js';

it.each([
  [[0.034, 0.01], 0.05],
  [[0.5], 0.5],
  [[7, 3], 10],
  [[1.2], 2],
  [[0, 0], 1],
])('ends an axis above %j at %s', (values, top) => {
  expect(roundAbove(values)).toBeCloseTo(top, 12);
});
