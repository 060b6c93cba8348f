import { describe, expect, it } from 'vitest';
import { requestOf, variedArms } from '../../src/study/arms.js';
import { planStudy } from '../../src/study/plan.js';
import { parseStudySpec } from '../../src/study/study-spec.js';

const small = { task: 'foraging', budget: { generations: 2 }, freshEpisodes: 2 };
const specOf = (fields: object) => parseStudySpec({ format: 'study/1', ...fields }, 'a study');
const planOf = (fields: object) =>
  planStudy(specOf(fields), { path: 'a study', value: small, recorded: false }, 'a study');
const names = (vary: unknown) => variedArms(specOf({ vary }), 'a study').map(({ name }) => name);

/** Cells of the Ciona larva, of which no role is known. */
const larva = {
  'task.touchCells': ['1'],
  'task.foodCells': ['2'],
  'task.leftMuscles': ['mul'],
  'task.rightMuscles': ['mur'],
};

describe('arms', () => {
  it('are every combination of the values, the last path fastest', () => {
    const arms = variedArms(
      specOf({ vary: { 'strategy.population': [16, 64], episodes: [1, 2] } }),
      'a study',
    );
    expect(arms.map(({ name, set }) => [name, set])).toEqual([
      ['population-16_episodes-1', { 'strategy.population': 16, episodes: 1 }],
      ['population-16_episodes-2', { 'strategy.population': 16, episodes: 2 }],
      ['population-64_episodes-1', { 'strategy.population': 64, episodes: 1 }],
      ['population-64_episodes-2', { 'strategy.population': 64, episodes: 2 }],
    ]);
    expect(arms[0]!.about).toBe('strategy.population = 16, episodes = 1');
  });

  it('have names that are folders, and differ', () => {
    expect(names({ strategy: ['ga', './mine/my search.mjs'] })).toEqual(['ga', 'my-search']);
    expect(names({ 'task.patterns': [['square'], ['square', 'circle']] })).toEqual([
      'patterns-1',
      'patterns-2',
    ]);
    expect(names({ 'task.steps': [1], 'network.steps': [2] })).toEqual(['task.steps-1_network.steps-2']);
    expect(names({ strategy: ['a/ga.mjs', 'b/ga.mjs'] })).toEqual(['strategy-1', 'strategy-2']);
    expect(names(undefined)).toEqual(['base']);
  });

  it('refuse a value that stands twice, and a seed', () => {
    expect(() => names({ episodes: [1, 2, 1] })).toThrow('episodes has the value 1 twice');
    expect(() => names({ seed: [1, 2] })).toThrow('vary: the seed is set');
    expect(() => variedArms(specOf({ set: { seed: 5 } }), 'a study')).toThrow('set: the seed is set');
    expect(names({})).toEqual(['base']);
  });

  it('choose parts, and lay settings and a budget of their own over the base', () => {
    const arm = { set: { strategy: 'ga', 'strategy.population': 16 }, budget: { evaluations: 10 } };
    const request = requestOf(
      { path: 'a study', value: { strategy: 'random', task: 'foraging' }, recorded: true },
      arm,
      { budget: { evaluations: 99 }, set: { episodes: 2 } },
      7,
    );
    expect(request).toEqual({
      file: { path: 'a study', value: { strategy: 'ga', task: 'foraging' } },
      recorded: true,
      seed: 7,
      set: ['episodes=2', 'strategy.population=16'],
      budget: { evaluations: 10 },
    });
  });
});

describe('a plan', () => {
  it('has the hash of what each arm lives, and other arms have others', async () => {
    const { arms, seeds } = await planOf({ vary: { 'strategy.population': [8, 12] }, seeds: [4, 2] });
    expect(seeds).toEqual([4, 2]);
    expect(new Set(arms.map(({ hash }) => hash)).size).toBe(2);
    const again = await planOf({ vary: { 'strategy.population': [8] }, seeds: [4] });
    expect(again.arms[0]!.hash).toBe(arms[0]!.hash);
  });

  it.each([
    [{ vary: { 'strategy.populatoin': [8] } }, 'the arm "populatoin-8" (strategy.populatoin = 8)'],
    [
      { compare: [{ arm: 'base', with: 'bsae' }] },
      'compare.0.with: unknown arm "bsae". Did you mean "base"?',
    ],
    [{ compare: [{ arm: 'base', with: 'base' }] }, 'is compared with itself'],
    [{ vary: [{ name: 'a' }, { name: 'A' }] }, 'two arms have the name "A"'],
    [
      { vary: [{ name: 'a' }, { name: 'b' }, { name: 'a_null-signs' }], controls: ['signs'] },
      '"a_null-signs"',
    ],
    [{ controls: ['signs', 'signs'] }, 'two arms have the name "null-signs"'],
    [{ seeds: [3, 3] }, 'the seed 3 stands twice'],
    [{ vary: { task: ['go-no-go'] }, controls: true }, 'brings its own network'],
    [{ set: { 'connectome.null': 'signs' }, controls: true }, 'lives on a null model already'],
    [
      { set: { connectome: 'ciona-larva-2016', ...larva }, controls: ['role-blocks'] },
      'No control role-blocks of ciona-larva-2016: its table says of no cell',
    ],
  ])('refuses %j', async (fields, message) => {
    await expect(planOf(fields)).rejects.toThrow(message);
  });

  it('names every wrong field of a study', () => {
    expect(() => specOf({ seeds: 0, margins: 3 })).toThrow(/seeds[\s\S]*margins: unknown field/);
  });

  it('puts each control beside its animal', async () => {
    const { arms } = await planOf({ vary: { episodes: [1, 2] }, controls: ['rewired'], seeds: 1 });
    expect(arms.map(({ name, animal, control }) => [name, animal, control])).toEqual([
      ['episodes-1', null, null],
      ['episodes-1_null-rewired', 'episodes-1', 'rewired'],
      ['episodes-2', null, null],
      ['episodes-2_null-rewired', 'episodes-2', 'rewired'],
    ]);
    expect(arms[0]!.hash).not.toBe(arms[1]!.hash);
  });
});
