import { describe, expect, it } from 'vitest';
import { networkOf, soundScore } from '../../src/tasks/protocol/guard.js';
import { setLevel } from '../../src/tasks/protocol/modulators.js';
import { couple, portsOf } from '../../src/tasks/protocol/ports.js';
import { actingAtRandom } from '../../src/tasks/protocol/random-policy.js';
import { note, noteConcentrations } from '../../src/tasks/protocol/recorder.js';
import { bringToRest } from '../../src/tasks/protocol/rest.js';
import { trialLoop } from '../../src/tasks/protocol/trial-loop.js';
import { worldLoop } from '../../src/tasks/protocol/world-loop.js';
import type { Controller, LivingNetwork } from '../../src/tasks/task.js';

/** A controller that answers with twice what it is shown. */
const doubling: Controller = {
  body: {},
  reset: () => {},
  respond: (observation, action) => {
    action[0] = 2 * observation[0]!;
  },
};

/** A network of modulators alone, which keeps what is put into it. */
function nuclei() {
  const levels: Record<string, number> = { DA: 0.25, NA: 0 };
  const put: [string, string, number][] = [];
  const network: Partial<LivingNetwork> = {
    modulators: ['DA', 'NA'],
    concentration: (name) => levels[name]!,
    release: (name, amount) => {
      levels[name]! += amount;
    },
    setState: (population, name, value) => put.push([population, name, value as number]),
  };
  return { network: network as LivingNetwork, levels, put };
}

describe('ports', () => {
  it('have the place of their name, and values of their own in each life', () => {
    const inputs = portsOf('touch', 'food');
    expect(inputs).toEqual({ touch: 0, food: 1 });
    const [one, other] = [couple(doubling, inputs, portsOf('go')), couple(doubling, inputs, portsOf('go'))];
    expect([one.observation.length, one.action.length]).toEqual([2, 1]);
    one.observation[inputs.food] = 1;
    expect(other.observation[inputs.food]).toBe(0);
  });
});

describe('the world loop', () => {
  const world = () => {
    const coupling = couple(doubling, portsOf('seen'), portsOf('done'));
    const done: number[] = [];
    const sense = (interval: number) => {
      coupling.observation[0] = interval;
    };
    const act = () => {
      done.push(coupling.action[0]!);
    };
    return { coupling, done, sense, act };
  };

  it('senses, lets the controller respond, and acts, so many times', () => {
    const { coupling, done, ...rest } = world();
    worldLoop(coupling, rest, 4);
    expect(done).toEqual([0, 2, 4, 6]);
    worldLoop(coupling, {}, 2);
    expect(done.length).toBe(4);
  });

  it('ends with the interval after which the world is over', () => {
    const { coupling, done, ...rest } = world();
    worldLoop(coupling, { ...rest, isOver: (interval) => interval === 2 });
    expect(done).toEqual([0, 2, 4]);
  });
});

describe('the trial loop', () => {
  it('lives blocks one after the other and tells what changes between them', () => {
    const told: string[] = [];
    const outcomes = trialLoop({
      lengths: [2, 0, 1],
      change: (block) => told.push(`change ${block}`),
      live: (block) => {
        told.push(`trial of ${block}`);
        return block;
      },
    });
    expect(outcomes).toEqual([0, 0, 2]);
    expect(told).toEqual(['trial of 0', 'trial of 0', 'change 1', 'change 2', 'trial of 2']);
  });
});

describe('guards', () => {
  it('score nothing of a body that is nowhere', () => {
    expect(soundScore(3, 0, 1)).toBe(3);
    expect(soundScore(3, 0, Number.NaN)).toBeNaN();
    expect(soundScore(3, Number.POSITIVE_INFINITY)).toBeNaN();
  });

  it('name the task that nothing but a network can live', () => {
    expect(() => networkOf(doubling, 'my-task')).toThrow(/my-task is lived by a network/);
    const { network } = nuclei();
    expect(networkOf({ ...doubling, network }, 'my-task')).toBe(network);
  });
});

describe('networks', () => {
  it('have levels of modulators set from wherever they are', () => {
    const { network, levels } = nuclei();
    setLevel(network, 'DA', 1);
    setLevel(network, 'NA', -1);
    expect(levels).toEqual({ DA: 1, NA: -1 });
  });

  it('are brought to where their circuit rests', () => {
    const { network, put } = nuclei();
    bringToRest(network, { rest: { action: { v: 0, u: 2 }, body: { x: 1 } } });
    expect(put).toEqual([
      ['action', 'v', 0],
      ['action', 'u', 2],
      ['body', 'x', 1],
    ]);
  });
});

describe('the recorder', () => {
  it('appends to the lists of a trace, where there is one', () => {
    const trace = { x: [1], y: [] as number[], other: [] as number[] };
    note(trace, { x: 2, y: 3 });
    note(undefined, { x: 2 });
    expect(trace).toEqual({ x: [1, 2], y: [3], other: [] });
  });

  it('keeps concentrations by the names of modulators', () => {
    const lists: Record<string, number[]> = {};
    const { network } = nuclei();
    noteConcentrations(lists, network, network.modulators);
    noteConcentrations(lists, network, ['DA']);
    expect(lists).toEqual({ DA: [0.25, 0.25], NA: [0] });
  });
});

describe('a policy that knows nothing', () => {
  it('draws every output anew, the same from the same seed', () => {
    const policy = actingAtRandom((random) => random.uniform());
    const draws = (seed: string) => {
      policy.reset(seed);
      const action = new Float64Array(3);
      return [0, 1].flatMap(() => {
        policy.respond(new Float64Array(0), action);
        return [...action];
      });
    };
    expect(new Set(draws('ab')).size).toBe(6);
    expect(draws('ab')).toEqual(draws('ab'));
    expect(draws('cd')).not.toEqual(draws('ab'));
  });
});
