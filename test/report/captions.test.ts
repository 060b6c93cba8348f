import { describe, expect, it } from 'vitest';
import { connectomeFromTable } from '../../src/connectome/load.js';
import { openRun } from '../../src/evolve/opened-run.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { startRun } from '../../src/evolve/run.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { connectomeFigure } from '../../src/report/figures/connectome.js';
import { captioned } from '../../src/report/figures/lives.js';
import { runFigures } from '../../src/report/figures/run.js';
import { taskOf } from '../../src/tasks/table.js';
import { pathFigure } from '../../src/tasks/worm/path-figure.js';
import { smallTable } from '../connectome/small-table.js';
import { smallRun, temporaryFolder } from '../evolve/small-run.js';

const svgOf = async (...input: Parameters<typeof renderFigure>) =>
  (await renderFigure(input[0], 'svg')).toString();
const textsOf = (svg: string) => [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text!.trim());

describe('pictures of a run', () => {
  it('say its seed and how many lives or evaluations they show', async () => {
    const { path } = await startRun(
      await smallRun(['budget.generations=2', 'seed=7']),
      temporaryFolder(),
      'run',
      {
        workers: 1,
      },
    );
    const figures = runFigures(await openRun(path));
    expect(Object.keys(figures)).toEqual(['fitness', 'paths', 'weights', 'cells']);
    for (const name of ['fitness', 'weights', 'cells'])
      expect(figures[name]!.subtitle).toContain('seed 7, n = 16 evaluations in 2 steps');
    expect(figures.fitness!.subtitle).toContain('; ceiling 1,080');
    expect(figures.paths!.subtitle).toContain('seed 7, n = 1 life of each genome');
    expect(textsOf(await svgOf(figures.fitness!)).join(' ')).toMatch(/± SD [\d.]+, n 200/);
  });

  it('say it after what they said before', () => {
    const figure = { width: 100, rows: [] };
    expect(captioned(figure, 'seed 1').subtitle).toBe('seed 1');
    expect(captioned({ ...figure, subtitle: 'dashed: moves' }, 'seed 1').subtitle).toBe(
      'dashed: moves; seed 1',
    );
  });
});

describe('a closer look at a life', () => {
  it.each([
    ['patch-foraging', 'modulators', ['task.steps=60']],
    ['distal-reward', 'life', ['task.durationS=3']],
  ])(
    '%s: has the life before evolution beside the one after',
    async (task, name, set) => {
      const { habitat, spec } = await resolveRun({ task, set });
      const { closer } = taskOf(spec.task).figure!;
      expect(closer!.name).toBe(name);
      const { LifetimeRunner } = await import('../../src/evaluate/lifetime.js');
      const [life] = new LifetimeRunner(habitat).lives(habitat.space.start, ['00'], { traced: true });
      const traced = { ...life!.episodes[0]!, heldOut: false, trace: life!.episodes[0]!.trace };
      const alone = textsOf(await svgOf(closer!.life('a life', traced)));
      const both = textsOf(await svgOf(closer!.life('a life', traced, traced)));
      expect(alone).not.toContain('before evolution');
      expect(both).toEqual(expect.arrayContaining(['before evolution', 'after']));
    },
    30_000,
  );
});

describe('paths', () => {
  const trace = (food: { x: number[]; y: number[] }) => ({
    x: [800, 900, 800.1],
    y: [600, 600, 600.1],
    food,
    eaten: [0, 0],
  });
  const drawn = (food: { x: number[]; y: number[] }) =>
    svgOf(
      pathFigure({
        panels: [
          {
            title: 'After',
            subtitle: '',
            trace: trace(food) as unknown as Parameters<typeof pathFigure>[0]['panels'][number]['trace'],
          },
        ],
        columns: 1,
      }),
    );

  it('mark food items that lie in one place as two', async () => {
    const doubled = await drawn({ x: [100, 100, 300], y: [100, 100, 100] });
    expect(textsOf(doubled).filter((text) => text === '×2')).toHaveLength(1);
    expect(textsOf(doubled).join(' ')).toContain('×2: two items in one place');
    expect(textsOf(await drawn({ x: [100, 200, 300], y: [100, 100, 100] })).join(' ')).not.toContain('×');
  });

  it('turn sharply without a spike', async () => {
    expect(await drawn({ x: [100], y: [100] })).toContain('stroke-linejoin="round"');
  });
});

describe('a small connectome', () => {
  const names = (ids: readonly string[]) => {
    const { counts: _, gap: __, modulators: ___, aliases: ____, ...table } = smallTable();
    return connectomeFigure(
      connectomeFromTable(
        {
          ...table,
          cells: { columns: ['id', 'class', 'kind'], rows: ids.map((id) => [id, 'c', 'n']) },
          chemical: { pre: [0], post: [1], weight: [1], sign: '+' },
        },
        'test',
      ),
    );
  };

  it('has its cells named at rows and columns, and a large one not', async () => {
    const few = textsOf(await svgOf(names(['alpha', 'beta', 'gamma'])));
    expect(few.filter((text) => text === 'alpha')).toHaveLength(2);
    const many = Array.from({ length: 49 }, (_, i) => `cell-${i}`);
    expect(textsOf(await svgOf(names(many)))).not.toContain('cell-0');
  });
});
