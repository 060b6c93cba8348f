import { describe, expect, it } from 'vitest';
import { variedArms } from '../../src/study/arms.js';
import { compareStudy } from '../../src/study/compare.js';
import { effectsBy } from '../../src/study/effects.js';
import { armOf, failedRun, studyOf } from './made-up.js';

const seeds = Array.from({ length: 10 }, (_, i) => i);
/** Noise that differs between runs, and is the same each time. */
const noise = (seed: number, arm: number) => ((7 * seed + 3 * arm) % 5) / 100;

/** Four arms: cells that differ add 2; dopamine adds 1, and 3 more where cells differ. */
const arms = ['alike', 'different'].flatMap((cells, i) =>
  ['absent', 'released'].map((dopamine, j) =>
    armOf(
      `${cells}_${dopamine}`,
      seeds.map((seed) => 10 + seed + 2 * i + j + 3 * i * j + noise(seed, 2 * i + j)),
      { levels: { cells, dopamine } },
    ),
  ),
);

describe('effects of factors', () => {
  const { main, interactions } = effectsBy('trained', arms, null);

  it('are differences in means over the others, paired by seed', () => {
    expect(main.map(({ factor, arm, with: other }) => [factor, arm, other])).toEqual([
      ['cells', 'cells: different', 'cells: alike'],
      ['dopamine', 'dopamine: released', 'dopamine: absent'],
    ]);
    expect(main[0]!.difference!.median).toBeCloseTo(3.5, 1);
    expect(main[1]!.difference!.median).toBeCloseTo(2.5, 1);
    expect(main.map(({ verdict, test }) => [verdict, test])).toEqual([
      ['better', 'signed-rank'],
      ['better', 'signed-rank'],
    ]);
    // The sign test of ten pairs has 2 / 1024, and so have signed ranks where all have one sign; two tests are corrected.
    expect(main[0]!.p).toBeCloseTo(2 / 1024, 10);
    expect(main[0]!.pHolm).toBeCloseTo(4 / 1024, 10);
  });

  it('say what two factors do together', () => {
    expect(interactions).toHaveLength(1);
    expect(interactions[0]!.difference!.median).toBeCloseTo(3, 1);
    expect(interactions[0]!.verdict).toBe('better');
    expect(interactions[0]!.of.map(({ level }) => level)).toEqual(['different', 'released']);
  });

  it('leave a seed out where a run of any arm failed, and say so', () => {
    const [first, ...others] = arms;
    const runs = first!.runs.map((run) => (run.seed === 4 ? failedRun(first!.name, 4) : run));
    const found = effectsBy('trained', [{ ...first!, runs }, ...others], null);
    expect(found.main[0]!.n).toEqual({ arm: 9, with: 9 });
    expect(found.main[0]!.lacking).toEqual({ failed: 1, unfinished: 0 });
    expect(found.main[0]!.verdict).toBeNull();
  });

  it('are of the champions alone where a factor changes no search', () => {
    const alike = arms.map((arm) => ({
      ...arm,
      runs: arm.runs.map((run) => ({ ...run, search: `${arm.levels!.cells} ${run.seed}` })),
    }));
    const trained = effectsBy('trained', alike, null);
    expect([trained.main.map(({ factor }) => factor), trained.interactions]).toEqual([['cells'], []]);
    expect(trained.main[0]!.pHolm).toBeCloseTo(2 / 1024, 10);
    expect(effectsBy('fresh', alike, null).main).toHaveLength(2);
    const { claims } = compareStudy({
      ...studyOf(alike),
      compare: [{ arm: 'alike_released', with: 'alike_absent' }],
    });
    expect([claims.fresh.length, claims.trained.length]).toEqual([1, 0]);
  });

  it('have a verdict where some runs ended by themselves', () => {
    const early = arms.map((arm, i) => ({
      ...arm,
      runs: arm.runs.map((run) =>
        i === 0 ? { ...run, evaluations: 300, stopReason: 'nothing more to try' } : run,
      ),
    }));
    expect(effectsBy('fresh', early, null).main[0]!.verdict).toBe('better');
    const stopped = early.map((arm) => ({
      ...arm,
      runs: arm.runs.map((run) => ({ ...run, stopReason: 'evaluations: 300 of 300' })),
    }));
    expect(effectsBy('fresh', stopped, null).main[0]!.verdict).toBeNull();
  });

  it('are told where there are two factors or more, in one world', () => {
    expect(compareStudy(studyOf(arms)).effects).toBeDefined();
    const one = arms.map((arm) => ({ ...arm, levels: { cells: arm.levels!.cells! } }));
    expect(compareStudy(studyOf(one)).effects).toBeUndefined();
    const elsewhere = arms.map((arm, i) => ({ ...arm, world: i === 0 ? 'triangle' : 'square' }));
    const { effects, notices } = compareStudy(studyOf(elsewhere));
    expect(effects).toBeUndefined();
    expect(notices).toContainEqual(expect.stringContaining('Factors are not tested'));
    const otherLives = arms.map((arm, i) => ({ ...arm, lives: i === 0 ? 'eight' : 'one' }));
    const apart = compareStudy(studyOf(otherLives));
    expect([apart.effects!.fresh.main.length, apart.effects!.trained.main.length]).toEqual([2, 0]);
    expect(apart.notices).toContainEqual(expect.stringContaining('Factors are tested on fresh seeds alone'));
  });
});

describe('factors of a study', () => {
  const cells = { alike: {}, different: { 'task.circuit.heterogeneity': 0.3 } };

  it('have levels by name or by value, and every combination is an arm', () => {
    const made = variedArms({ vary: { cells, 'strategy.population': [8, 16] } }, 'study');
    expect(made.map(({ name }) => name)).toEqual([
      'alike_population-8',
      'alike_population-16',
      'different_population-8',
      'different_population-16',
    ]);
    expect(made[3]!.set).toEqual({ 'task.circuit.heterogeneity': 0.3, 'strategy.population': 16 });
    expect(made[3]!.levels).toEqual({ cells: 'different', 'strategy.population': '16' });
  });

  it('are refused where levels set the same, or factors the same field', () => {
    const twins = { cells: { one: {}, other: {} } };
    expect(() => variedArms({ vary: twins }, 'study')).toThrow(/level "other" sets the same/);
    const twice = { cells, 'task.circuit.heterogeneity': [0.1, 0.2] };
    expect(() => variedArms({ vary: twice }, 'study')).toThrow(/both set task.circuit.heterogeneity/);
  });
});
