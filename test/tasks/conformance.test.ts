import { describe, expect, it } from 'vitest';
import { expectStatedScores, taskChecks } from '../../src/evolve/conformance/task.js';
import { type TaskName, tasks } from '../../src/tasks/table.js';
import type { PreparedTask, Scenario } from '../../src/tasks/task.js';
import { short } from './short-lives.js';

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

describe('what a task names as options of its network', () => {
  const checkOf = (ofNetwork: readonly string[]) => {
    const run = {
      task: 'target-discovery',
      set: short['target-discovery'].map((setting) => `task.${setting}`),
    };
    const checks = taskChecks({ ...tasks['target-discovery'], ofNetwork }, { run, fewestBlocks: 2 });
    return checks.find(({ name }) => name.startsWith('is the same world'))!.run();
  };

  it('leaves the world alone', async () => {
    await expect(checkOf(['dopamine'])).resolves.toBeUndefined();
    await expect(checkOf(['trials'])).rejects.toThrow(/with another trials/);
    await expect(checkOf(['no-such-option'])).rejects.toThrow(/no-such-option/);
  });
});
