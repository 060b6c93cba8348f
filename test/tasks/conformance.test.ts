import { describe, expect, it } from 'vitest';
import { expectStatedScores, taskChecks } from '../../src/evolve/conformance/task.js';
import { type TaskName, tasks } from '../../src/tasks/table.js';
import type { PreparedTask, Scenario } from '../../src/tasks/task.js';

/** Of the recurrent network. */
const smallNetwork = ['excitatory=40', 'inhibitory=10', 'connection=0.5', 'inputs=250'];

/** What makes a life short. */
const short: Readonly<Record<TaskName, readonly string[]>> = {
  foraging: ['steps=60'],
  navigation: ['trials=10', 'trialMs=1500', 'movedAt=6'],
  'patch-foraging': ['steps=60'],
  'go-no-go': ['trials=100', 'cueMs=60', 'gapMs=20', 'heldOutShifts=0'],
  'distal-reward': ['durationS=4'],
  'correlation-driven': ['trials=1', 'learnS=5', 'testS=4', 'inputs=200', 'startWeight=1.75'],
  'error-driven': ['durationS=1'],
  'reward-driven': ['trials=40', 'patterns=4', 'trialMs=100'],
  stability: ['durationS=0.4', 'scoredS=0.2', 'heldOutS=0.4', 'inputHighHz=1', ...smallNetwork],
  familiarity: ['trainS=0.2', 'onS=0.1', 'testS=0.1', 'delaysS=[0.1]', 'breakS=0.1', ...smallNetwork],
};

describe.each(Object.keys(tasks) as TaskName[])('the task %s', (name) => {
  const run = { task: name, set: short[name].map((setting) => `task.${setting}`) };
  const checks = taskChecks(tasks[name], { run, fewestBlocks: 2 });
  for (const check of checks) it(check.name, check.run);
});

describe('what a task states of its scores', () => {
  const task = tasks['reward-driven'];
  const world = task.prepare(task.options.parse({ trials: 40, patterns: 4, trialMs: 100 }));
  const reaching = (score: number) => () => ({ score, measures: {}, behaviour: {} });
  const stated = (changed: Partial<Scenario>, oracle: PreparedTask['oracle'] = reaching(40)) => {
    const scenarios = world.scenarios.map((scenario) => ({ ...scenario, ...changed }));
    return () => expectStatedScores(task, { ...world, scenarios, oracle });
  };

  it('is what policies score', () => {
    expect(stated({})).not.toThrow();
    expect(stated({ chance: { score: 30, about: 'wrong' } })).toThrow(/random policy.*to be 30/);
    expect(stated({}, reaching(20))).toThrow(/oracle.*to be 40/);
    expect(stated({ ceiling: { score: 10, about: 'wrong' } })).toThrow(/oracle.*to be 10/);
  });
});
