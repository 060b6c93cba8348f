import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { learningOf } from '../../src/inspect/learning.js';
import { deriveSeed } from '../../src/math/seed.js';
import { prepareTask } from '../../src/tasks/table.js';
import { suiteFigure } from '../../src/tasks/task-suite/figure.js';

const goNoGo = { name: 'go-no-go', trials: 100, cueMs: 60, gapMs: 20, heldOutShifts: 0 };
const maze = { name: 't-maze', tripsBetween: 10, moveSpread: 2 };
const opened = async (options: object) => {
  const { habitat } = await resolveRun({
    file: { path: 'a run', value: { task: { name: 'task-suite', ...options } } },
  });
  const runner = new LifetimeRunner(habitat);
  return { habitat, live: (seed: string) => runner.lives(habitat.space.start, [seed], { repeats: 1 })[0]! };
};

describe('a suite of tasks', () => {
  it('scores each between chance and its ceiling, and sums them up', async () => {
    const learned = { name: 'go-no-go', trials: 100, heldOutShifts: 0 };
    const { habitat, live } = await opened({ tasks: [learned, maze] });
    expect(habitat.task.scenarios.map(({ name, ceiling }) => [name, ceiling.score])).toEqual([
      ['go-no-go', 1],
      ['t-maze', 1],
    ]);
    const { score, measures, episodes } = live(deriveSeed('a'));
    expect(score).toBeCloseTo(episodes[0]!.score + episodes[1]!.score, 12);
    const [accurate] = episodes;
    expect(measures.mean).toBeCloseTo(score / 2, 12);
    expect(measures.last).toBeCloseTo(episodes[1]!.score, 12);
    // The circuit learns go/no-go as it is.
    expect(accurate!.score).toBeGreaterThan(0.4);
    expect(accurate!.score).toBeLessThanOrEqual(1);
  });

  it('has the mean of what is held out as its measure there, and sums measures over lives as it does scores', async () => {
    const { habitat } = await opened({
      tasks: [goNoGo, maze],
      heldOut: [
        { ...goNoGo, trials: 110 },
        { ...maze, tripsBetween: 12 },
      ],
    });
    const runner = new LifetimeRunner(habitat, { watches: true });
    const seed = deriveSeed('b');
    const [apart] = runner.lives(habitat.space.start, [seed], { set: 'heldOut' });
    expect(apart!.measures.mean).toBeCloseTo(apart!.score / 2, 12);
    const [life] = runner.lives(habitat.space.start, [seed], { repeats: 2 });
    const { measures } = await learningOf(habitat, habitat.space.start, seed, 2, life!.episodes);
    expect(measures.learned.mean).toMatchObject({ n: 2 });
    expect(measures.learned.mean!.mean).toBeCloseTo(life!.measures.mean!, 12);
    expect(measures.learned.last!.mean).toBeCloseTo(life!.measures.last!, 12);
  });

  it('is lived in each task by a network of which the others’ bodies are still', async () => {
    const { habitat } = await opened({ tasks: [goNoGo], heldOut: [maze] });
    const { network, stepsAnInterval } = habitat.embodied;
    expect(network.inputs.map(({ name }) => name).slice(0, 2)).toEqual(['0 A', '0 B']);
    expect(stepsAnInterval).toBe(20);
    expect(habitat.task.heldOut.map(({ name }) => name)).toEqual(['t-maze']);
    const [from, to] = ['inputs', 'outputs'].map(
      (name) => network.populations.find((one) => one.name === name)!,
    );
    const direct = network.projections.find(({ name }) => name === 'inputs->outputs')!;
    const reached = (pre: number) =>
      Array.from(direct.post.subarray(direct.rowStart[pre], direct.rowStart[pre + 1]));
    expect(Math.max(...reached(0))).toBe(19);
    expect(Math.min(...reached(from!.count - 1))).toBe(20);
    expect(to!.count).toBe(50);
  });

  it('has one circuit whichever of its tasks are trained on, and one body for a task that is listed twice', async () => {
    const networkOf = async (options: object) => (await opened(options)).habitat.embodied.network;
    const one = await networkOf({ tasks: [goNoGo], heldOut: [goNoGo, maze] });
    const other = await networkOf({ tasks: [maze, maze], heldOut: [goNoGo], order: 'sequence' });
    expect(other.inputs).toEqual(one.inputs);
    expect([...other.weights]).toEqual([...one.weights]);
    const { habitat } = await opened({ tasks: [goNoGo], heldOut: [goNoGo, maze] });
    expect(habitat.task.heldOut.map(({ name }) => name)).toEqual(['t-maze']);
    const alike = { tasks: [maze, { ...maze, cueMs: 60 }], heldOut: [{ ...maze, cueMs: 40 }] };
    expect((await opened(alike)).habitat.task.heldOut.map(({ name }) => name)).toEqual(['t-maze (3)']);
    const changed = await networkOf({ tasks: [goNoGo], heldOut: [{ ...goNoGo, cueMs: 80 }, maze] });
    expect(changed.inputs.length).toBe(one.inputs.length + 2);
  });

  it('goes through its tasks in one life, where it is a sequence', async () => {
    const again = await opened({ tasks: [goNoGo, maze, goNoGo], order: 'sequence' });
    const { episodes } = again.live(deriveSeed('a'));
    expect(episodes).toHaveLength(1);
    const { habitat } = again;
    const controller = new LifetimeRunner(habitat).embody(habitat.space.start);
    let resets = 0;
    const reset = controller.reset.bind(controller);
    controller.reset = (...given) => {
      resets += 1;
      reset(...given);
    };
    const trace = { tasks: [] as string[], scores: [] as number[] };
    habitat.task.live(habitat.task.scenarios[0]!, deriveSeed('a'), controller, trace);
    expect(resets).toBe(1);
    expect(trace.tasks).toEqual(['go-no-go', 't-maze', 'go-no-go (2)']);
  });

  it('takes tasks of patterns where rewards alone teach', async () => {
    const patterns = [
      { name: 'few-shot', teaching: 'reward', bits: 8, classes: 2, queries: 4 },
      { name: 'continual', teaching: 'reward', presentations: 6, tests: 1 },
      { name: 'spike-patterns', teaching: 'reward', presentations: 4, tests: 1 },
    ];
    const { habitat, live } = await opened({ tasks: [goNoGo, ...patterns] });
    const { episodes } = live(deriveSeed('a'));
    expect(episodes.map(({ scenario }) => scenario)).toEqual([
      'go-no-go',
      ...patterns.map(({ name }) => name),
    ]);
    expect(episodes.every(({ score }) => Number.isFinite(score) && score <= 1)).toBe(true);
    const controller = new LifetimeRunner(habitat).embody(habitat.space.start);
    const taught: string[] = [];
    const { network } = controller;
    const signal = network!.signal.bind(network);
    network!.signal = (event) => {
      taught.push(event);
      signal(event);
    };
    habitat.task.live(habitat.task.scenarios[1]!, deriveSeed('a'), controller);
    expect(taught).toContain('outcome');
    for (const { name } of patterns)
      expect(() => prepareTask({ name: 'task-suite', tasks: [{ name, teaching: 'teacher' }] })).toThrow(
        `"${name}" cannot be lived by a circuit, or not with these options`,
      );
  });

  it('refuses tasks that no circuit can live, and circuits of their own', () => {
    expect(() => prepareTask({ name: 'task-suite', tasks: ['foraging'] })).toThrow(
      'task.tasks[0]: "foraging" cannot be lived by a circuit',
    );
    expect(() => prepareTask({ name: 'task-suite', tasks: [{ ...goNoGo, circuit: 'generic' }] })).toThrow(
      'task.tasks[0].circuit',
    );
    expect(() =>
      prepareTask({ name: 'task-suite', tasks: [goNoGo], heldOut: [{ ...maze, networkSeed: 7 }] }),
    ).toThrow(
      'task.heldOut[0].networkSeed: the circuit of a suite lives all of its tasks: give task.networkSeed.',
    );
    expect(() => prepareTask({ name: 'task-suite', tasks: ['go-no-goo'] })).toThrow(
      'task.tasks[0]: Unknown task "go-no-goo".',
    );
    expect(() => prepareTask({ name: 'task-suite', tasks: [goNoGo, { ...maze, tripsBetween: 0 }] })).toThrow(
      /^task\.tasks\[1\]: .*\n {2}tripsBetween: expected/,
    );
  });
});

it('is drawn up to the ceiling, with what is held out named so', () => {
  const life = (name: string, heldOut: boolean) => ({
    ...{ scenario: name, heldOut, score: 0.5, measures: {}, behaviour: {} },
    trace: { tasks: [name], scores: [0.5] },
  });
  const lives = [life('t-maze', false), life('two-stimulus', true)];
  expect(suiteFigure.lives(lives, lives).rows[0]!.blocks[0]).toMatchObject({
    reaches: [1],
    bars: [{ name: 't-maze' }, { name: 'two-stimulus (held out)' }],
  });
});
