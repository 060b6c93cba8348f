import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openHabitat } from '../../src/evaluate/habitat.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import { prepareTask, type TaskName } from '../../src/tasks/table.js';
import { temporaryFolder } from './small-run.js';

vi.mock('../../src/evaluate/habitat.js', async (original) => {
  const habitat = await original<typeof import('../../src/evaluate/habitat.js')>();
  return { ...habitat, openHabitat: vi.fn(habitat.openHabitat) };
});
// Every habitat prepares one task: those that are derived from another are counted by that alone.
vi.mock('../../src/tasks/table.js', async (original) => {
  const table = await original<typeof import('../../src/tasks/table.js')>();
  return { ...table, prepareTask: vi.fn(table.prepareTask) };
});

beforeEach(() => {
  vi.mocked(openHabitat).mockClear();
  vi.mocked(prepareTask).mockClear();
});

/** Habitats opened from outside, and all of them. */
const counts = () => ({
  opened: vi.mocked(openHabitat).mock.calls.length,
  all: vi.mocked(prepareTask).mock.calls.length,
});

const settings: Partial<Record<TaskName, readonly string[]>> = {
  foraging: ['task.steps=40'],
  'go-no-go': ['task.trials=100', 'task.cueMs=60', 'task.gapMs=20', 'task.heldOutShifts=0'],
  navigation: ['task.trials=10', 'task.trialMs=300', 'task.movedAt=6'],
  'distal-reward': ['task.durationS=2'],
};

const shortRun = (task: TaskName, ...more: string[]) =>
  resolveRun({
    task,
    budget: { generations: 2 },
    set: ['strategy.population=4', 'freshEpisodes=2', ...settings[task]!, ...more],
  });

describe('a run from start to finish', () => {
  it.each<[TaskName, string, number, ...string[]]>([
    ['foraging', 'and one with its task made new, where nothing in it is random', 2],
    ['foraging', 'where the task is random', 1, 'task.startJitterUnits=20'],
    ['go-no-go', 'where the task is random', 1],
    ['navigation', 'and one in which chance is measured', 2],
    ['distal-reward', 'and one in which chance is measured', 2],
  ])('%s: opens one habitat %s', async (task, _, all, ...more) => {
    const resolved = await shortRun(task, ...more);
    const result = await startRun(resolved, temporaryFolder(), 'run', { workers: 1 });
    expect(result.generations).toBe(2);
    expect(counts()).toEqual({ opened: 1, all });
  });

  it('opens one habitat when it is resumed, and one for the fresh task', async () => {
    const { path } = await startRun(await shortRun('foraging'), temporaryFolder(), 'run', { workers: 1 });
    vi.mocked(openHabitat).mockClear();
    vi.mocked(prepareTask).mockClear();
    await resumeRun(path, { generations: 3 }, { workers: 1 });
    expect(counts()).toEqual({ opened: 1, all: 2 });
  });

  it('opens no more in this thread where others live', async () => {
    await startRun(await shortRun('foraging'), temporaryFolder(), 'run', { workers: 2 });
    expect(counts()).toEqual({ opened: 1, all: 2 });
  });
});

describe('a habitat', () => {
  it('is opened once for each change, however often that is asked for', async () => {
    const { habitat } = await shortRun('navigation');
    const [fresh, again] = [await habitat.fresh(), await habitat.fresh()];
    expect(again.habitat).toBe(fresh.habitat);
    expect((await habitat.control())!.habitat).toBe((await habitat.control())!.habitat);
    const still = await habitat.without({ what: 'plasticity' });
    expect(await habitat.without({ what: 'plasticity' })).toBe(still);
    expect(new Set([habitat, fresh.habitat, (await habitat.control())!.habitat, still]).size).toBe(4);
    expect(counts()).toEqual({ opened: 1, all: 4 });
  });
});
