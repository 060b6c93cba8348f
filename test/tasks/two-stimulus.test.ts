import { expect, it } from 'vitest';
import { deriveSeed } from '../../src/math/seed.js';
import { prepareTask } from '../../src/tasks/table.js';
import type { Controller, PreparedTask } from '../../src/tasks/task.js';
import { ruleOf } from '../../src/tasks/two-stimulus/life.js';
import { emptyTwoStimulusTrace, type TwoStimulusTrace } from '../../src/tasks/two-stimulus/trace.js';
import { heldOut, inputs, rules, trained } from '../../src/tasks/two-stimulus/world.js';

const prepared = prepareTask({ name: 'two-stimulus', trials: 40 }) as PreparedTask<TwoStimulusTrace>;
const saying = (yes: number): Controller => ({
  body: {},
  reset: () => {},
  respond: (_, action) => action.set([yes, 1 - yes]),
});

it('has fourteen rules of two stimuli, all different', () => {
  const tables = Object.values(rules).map((rule) =>
    [0, 1, 2, 3].map((pair) => rule(pair >> 1, pair & 1)).join(),
  );
  expect(new Set(tables).size).toBe(14);
  expect([trained.length, heldOut]).toEqual([12, ['match', 'not match']]);
  expect([rules['01']!(0, 1), rules['not and']!(1, 1), rules.match!(0, 0)]).toEqual([true, false, true]);
});

it('keeps to one rule in a life, never to one that is held out', () => {
  const lived = new Set(
    Array.from({ length: 200 }, (_, life) => ruleOf('one rule of twelve', deriveSeed(life))),
  );
  expect([...lived].sort()).toEqual([...trained].sort());
  expect(ruleOf('not match', deriveSeed(1))).toBe('not match');
});

it('rewards the answers that are right by the rule', () => {
  const [, match] = [prepared.scenarios[0]!, prepared.heldOut[0]!];
  for (const yes of [0, 1]) {
    const trace = emptyTwoStimulusTrace();
    prepared.live(match, deriveSeed('a'), saying(yes), trace);
    expect(trace.right).toEqual(
      trace.first.map((first, i) => ((first === trace.second[i]) === (yes === 1) ? 1 : 0)),
    );
  }
});

it('shows two stimuli of 160 ms, asks for 200 ms, and tells for 200 ms, in trials of 1 s', () => {
  const on = { stimulus: 0, answer: 0, told: 0, all: 0 };
  const counting: Controller = {
    ...saying(1),
    respond: (observation, action) => {
      action.set([1, 0]);
      on.all += 1;
      on.stimulus += observation[inputs.low]! + observation[inputs.high]!;
      on.answer += observation[inputs.answer]!;
      on.told += observation[inputs.saidYes]! + observation[inputs.saidNo]!;
    },
  };
  prepared.live(prepared.scenarios[0]!, deriveSeed('a'), counting);
  expect(on).toEqual({ stimulus: 40 * 16, answer: 40 * 10, told: 40 * 10, all: 40 * 50 });
});
