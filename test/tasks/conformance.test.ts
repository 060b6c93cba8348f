import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { chanceOf, freshScore } from '../../src/evolve/reference-scores.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { deriveSeed } from '../../src/math/seed.js';
import { type TaskName, tasks } from '../../src/tasks/table.js';
import type { Task } from '../../src/tasks/task.js';
import { runnerIn } from '../evaluate/runner-in.js';

/** What makes a life short. */
const short: Readonly<Record<TaskName, readonly string[]>> = {
  foraging: ['steps=60'],
  navigation: ['trials=10', 'trialMs=1500', 'movedAt=6'],
  'patch-foraging': ['steps=60'],
  'go-no-go': ['trials=100', 'cueMs=60', 'gapMs=20', 'heldOutShifts=0'],
  'distal-reward': ['durationS=4'],
};

const resolved = (name: TaskName) =>
  resolveRun({
    task: name,
    set: [...short[name].map((setting) => `task.${setting}`), 'freshEpisodes=3', 'seed=4'],
  });

describe.each(Object.keys(tasks) as TaskName[])('the task %s', async (name) => {
  const task = tasks[name] as unknown as Task;
  const { spec, habitat } = await resolved(name);

  it('is lived on a connectome, or brings a network and names what evolves of it', () => {
    const { wiring, circuit } = habitat.task;
    expect(circuit === undefined).toBe(task.lives === 'on-connectome');
    expect(wiring === undefined).toBe(circuit !== undefined);
    expect(task.genome === undefined).toBe(circuit === undefined);
    expect(spec.network === null).toBe(circuit !== undefined);
    expect(habitat.setup.connectome.id === 'none').toBe(circuit !== undefined);
  });

  it('brings a network whose first weights are those that may evolve', () => {
    const { circuit } = habitat.task;
    if (!circuit) return;
    expect([...circuit.network.weights.subarray(0, circuit.start.length)]).toEqual([...circuit.start]);
  });

  it('lives a life the same first, last and in another runner, and others differently', async () => {
    const [one, other] = [new LifetimeRunner(habitat), await runnerIn(habitat.setup)];
    const live = (runner: LifetimeRunner, seed: string) => runner.live(habitat.space.start, seed, 1);
    const first = live(one, deriveSeed('a'));
    expect(first.status).toBe('ok');
    expect(Object.values(first.measures).every(Number.isFinite)).toBe(true);
    expect(Object.keys(first.measures).sort()).toEqual(Object.keys(task.measures).sort());
    const second = live(one, deriveSeed('b'));
    if (habitat.task.scenarios.some(({ random }) => random)) expect(second).not.toEqual(first);
    expect(live(one, deriveSeed('a'))).toEqual(first);
    expect(live(other, deriveSeed('a'))).toEqual(first);
  });

  it('tells lives apart by measures with a range, in which they lie', () => {
    const runner = new LifetimeRunner(habitat);
    const { behaviour, scenarios, heldOut } = habitat.task;
    for (const { unit, about, low, high, bins } of Object.values(behaviour)) {
      expect([unit, about].every((text) => text.length > 0)).toBe(true);
      expect(Number.isFinite(low) && Number.isFinite(high) && low < high).toBe(true);
      expect(Number.isInteger(bins) && bins >= 2).toBe(true);
    }
    for (const [i, scenario] of [...scenarios, ...heldOut].entries()) {
      const lived = habitat.task.live(scenario, deriveSeed('b', i), runner.embody(habitat.space.start));
      expect(Object.keys(lived.behaviour)).toEqual(Object.keys(behaviour));
      for (const [measure, { low, high }] of Object.entries(behaviour)) {
        expect(lived.behaviour[measure], measure).toBeGreaterThanOrEqual(low);
        expect(lived.behaviour[measure], measure).toBeLessThanOrEqual(high);
      }
    }
  });

  it('is traced without being changed', () => {
    const runner = new LifetimeRunner(habitat);
    const prepared = habitat.task;
    const trace = task.emptyTrace();
    const [scenario] = prepared.scenarios;
    const controller = runner.embody(habitat.space.start);
    const traced = prepared.live(scenario!, deriveSeed('a'), controller, trace);
    expect(prepared.live(scenario!, deriveSeed('a'), controller)).toEqual(traced);
    expect(JSON.stringify(trace)).not.toBe(JSON.stringify(task.emptyTrace()));
  });

  it('shows lives as plain data, which whoever draws them can be sent', () => {
    const [scenario] = habitat.task.scenarios;
    const trace = task.emptyTrace();
    const controller = new LifetimeRunner(habitat).embody(habitat.space.start);
    const lived = habitat.task.live(scenario!, deriveSeed('a'), controller, trace);
    const traced = { ...lived, scenario: scenario!.name, heldOut: false, trace };
    const { name, lives, closer, arms } = task.figure!;
    const shown = [
      lives([traced], [traced]),
      ...(closer ? [closer.life('a life', traced)] : []),
      ...(arms
        ? [
            arms(
              'two conditions',
              ['a', 'b'].map((arm) => ({ name: arm, traces: [trace, trace] })),
            ),
          ]
        : []),
    ];
    expect(name).not.toBe(closer?.name);
    for (const figure of shown) {
      expect(figure.rows.flatMap(({ blocks }) => blocks).length).toBeGreaterThan(1);
      expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
    }
  });

  it('says what chance is in one way', async () => {
    expect(task.randomPolicy === undefined).toBe(task.control !== undefined);
    const chance = await chanceOf(habitat, 1);
    expect(chance.mean).toBeLessThan(
      habitat.task.scenarios.reduce((sum, { ceiling }) => sum + ceiling.score, 0),
    );
    expect(await chanceOf(habitat, 1)).toEqual(chance);
    // In a short life an untrained network may score nothing, whatever the seed.
    if (task.randomPolicy) expect(await chanceOf(habitat, 2)).not.toEqual(chance);
    expect(chance.about).toMatch(/random policy|untrained/);
  });

  it('can be scored anew', async () => {
    const fresh = await freshScore(spec, habitat, habitat.space.start);
    expect(fresh.n).toBe(3);
    expect(Number.isFinite(fresh.mean)).toBe(true);
  });

  it('resolves to what it resolved to', async () => {
    const again = await resolveRun({ file: { path: 'again', value: JSON.parse(JSON.stringify(spec)) } });
    expect(again.spec).toEqual(spec);
  });
});
