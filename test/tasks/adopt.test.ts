import { describe, expect, it } from 'vitest';
import { adoptTask } from '../../src/tasks/adopt.js';
import type { Controller, PreparedTask, Scenario } from '../../src/tasks/task.js';

const scenario = { name: 'pull', random: false, ceiling: { score: 1, about: 'all out' } };
const controller = { reset: () => {}, respond: () => {}, body: {} } as unknown as Controller;

/** A task as a module exports it, with what is changed of its measures and its world. */
const adopted = (measures: unknown, world: object = {}): PreparedTask =>
  adoptTask(
    {
      ...{ summary: 'pulls', lives: 'on-connectome', measures, randomPolicy: () => controller },
      prepare: () => ({
        scenarios: [scenario],
        wiring: { inputs: {}, outputs: {} },
        live: () => ({ score: 1, measures: { pull: 1 } }),
        ...world,
      }),
    },
    'mine.mjs',
  ).prepare({});

const pull = { pull: { unit: '1', about: 'how strongly' } };

describe('a task of a user’s', () => {
  it('reports the measures that it declares', () => {
    const task = adopted(pull);
    expect(task.live(scenario as Scenario, 'a', controller).measures).toEqual({ pull: 1 });
  });

  it.each([
    [{ pulll: pull.pull }, 'live: expected the measures that the task declares (pulll), found pull.'],
    [undefined, 'live: expected the measures that the task declares (none), found pull.'],
  ])('fails in a life that reports others: declared %o', (measures, message) => {
    const task = adopted(measures);
    expect(() => task.live(scenario as Scenario, 'a', controller)).toThrow(`mine.mjs: ${message}`);
  });

  it.each([
    [['pull']],
    [{ pull: 'how strongly' }],
    [{ pull: { unit: '1' } }],
  ])('is refused with measures %o', (measures) => {
    expect(() => adopted(measures)).toThrow('measures');
  });

  it('is refused with two scenarios of one name, held out or not', () => {
    expect(() => adopted(pull, { heldOut: [scenario] })).toThrow(
      'scenarios, heldOut: expected a name for each, found "pull" twice',
    );
  });
});
