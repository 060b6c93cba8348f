import { describe, expect, it } from 'vitest';
import { armCurve, endedByItself, reachedCurve, spacedTargets } from '../../src/study/curves.js';
import { armOf, failedRun, runOf, studyOf } from './made-up.js';

const run = (seed: number, points: [number, number][], more = {}) =>
  runOf('ga', seed, points.at(-1)![1], {
    curve: points.map(([evaluations, best]) => ({ evaluations, best })),
    evaluations: points.at(-1)![0],
    ...more,
  });

describe('the curve of an arm', () => {
  const runs = [
    run(1, [
      [1, 0],
      [10, 4],
      [100, 4],
    ]),
    run(2, [
      [2, 2],
      [20, 8],
      [100, 8],
    ]),
    run(3, [
      [1, 1],
      [120, 1],
    ]),
  ];

  it('is the median of its runs and their quartiles, where they change', () => {
    const { n, points } = armCurve(armOf('ga', [], { runs }));
    expect(n).toBe(3);
    // From where all have a score to where the first has no more.
    expect(points).toEqual([
      { evaluations: 2, q25: 0.5, median: 1, q75: 1.5 },
      { evaluations: 10, q25: 1.5, median: 2, q75: 3 },
      { evaluations: 20, q25: 2.5, median: 4, q75: 6 },
      { evaluations: 100, q25: 2.5, median: 4, q75: 6 },
    ]);
  });

  it('goes on with a run that ended by itself, and waits for none that is still under way', () => {
    const stopped = run(
      4,
      [
        [1, 6],
        [50, 7],
      ],
      { stopReason: 'tolfun: the values are alike' },
    );
    expect([stopped, runs[0]!].map(endedByItself)).toEqual([true, false]);
    const running = run(
      5,
      [
        [1, 0],
        [3, 5],
      ],
      { status: 'running', stopReason: null },
    );
    const { n, points } = armCurve(
      armOf('ga', [], { runs: [...runs, stopped, running, failedRun('ga', 6)] }),
    );
    expect(n).toBe(4);
    expect(points.at(-1)).toMatchObject({ evaluations: 100, median: 5.5 });
    // Where none has ended, all that have begun are drawn.
    expect(armCurve(armOf('ga', [], { runs: [running] }))).toMatchObject({ n: 1, points: [{}, {}] });
    expect(armCurve(armOf('ga', [], { runs: [failedRun('ga', 1)] }))).toEqual({ n: 0, points: [] });
  });

  it('counts pairs of runs and targets that are reached, failed runs included', () => {
    const arm = armOf('ga', [], { runs: [runs[0]!, runs[1]!, failedRun('ga', 6), failedRun('ga', 7)] });
    expect(reachedCurve(arm, [1, 4])).toEqual([
      { evaluations: 2, share: 1 / 8 },
      { evaluations: 10, share: 3 / 8 },
      { evaluations: 20, share: 4 / 8 },
      { evaluations: 100, share: 4 / 8 },
    ]);
    expect(reachedCurve(arm, [50])).toEqual([{ evaluations: 100, share: 0 }]);
    expect(reachedCurve(armOf('ga', []), [50])).toEqual([]);
  });
});

describe('targets', () => {
  it('are those of the study, or evenly spaced from the lowest start to the best run', () => {
    const study = studyOf([armOf('ga', [20, 105])]);
    expect(spacedTargets({ ...study, targets: [3, 9] })).toEqual({ targets: [3, 9], given: true });
    const { targets, given } = spacedTargets(study);
    // Chance is 5.
    expect([given, targets.length, targets[0], targets.at(-1)]).toEqual([false, 50, 7, 105]);
    expect(
      spacedTargets({ targets: [], arms: [armOf('ga', [4], { untrained: null, chance: null })] }).targets,
    ).toHaveLength(50);
    expect(
      spacedTargets({ targets: [], arms: [armOf('ga', [20, 105], { chance: 500 })] }).targets[0],
    ).toBeCloseTo(10 + 95 / 50, 12);
    expect(spacedTargets(studyOf([armOf('ga', [2])]))).toEqual({ targets: [2], given: false });
    expect(spacedTargets(studyOf([armOf('ga', [])]))).toEqual({ targets: [], given: false });
  });
});
