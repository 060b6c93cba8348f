import { expect, it } from 'vitest';
import { settingsApart } from '../../src/study/run-arms.js';

it('tells values apart by the settings in which not all are alike', () => {
  const world = (trials: number) => ({ task: { trials, circuit: { noise: 3 } }, episodes: 1 });
  expect(settingsApart([world(6), world(12)])).toEqual(['task.trials = 6', 'task.trials = 12']);
  expect(settingsApart([world(6), world(6)])).toEqual(['', '']);
});
