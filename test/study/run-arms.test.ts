import { expect, it } from 'vitest';
import type { RunSpec } from '../../src/evolve/run-spec.js';
import { worldNames } from '../../src/study/run-arms.js';

it('tells worlds apart by task and animal, and by settings only among those that share them', () => {
  const world = (name: string, trials: number, on?: string) => {
    const network = on === undefined ? null : {};
    const task = { name, trials, circuit: { noise: 3 }, heldOut: [trials] };
    return { task, network, connectome: { id: on ?? 'none' }, episodes: 1 } as unknown as RunSpec;
  };
  expect(worldNames([world('discovery', 6), world('discovery', 12)])).toEqual([
    'discovery: task.trials = 6',
    'discovery: task.trials = 12',
  ]);
  expect(worldNames([world('discovery', 6), world('maze', 12)])).toEqual(['discovery', 'maze']);
  expect(worldNames([world('maze', 6, 'worm'), world('maze', 6, 'fly')])).toEqual([
    'maze on worm',
    'maze on fly',
  ]);
  expect(worldNames([world('maze', 6), world('maze', 6), world('maze', 7)])).toEqual([
    ...['maze: task.trials = 6', 'maze: task.trials = 6'],
    'maze: task.trials = 7',
  ]);
});
