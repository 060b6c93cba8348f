import { describe, expect, it } from 'vitest';
import { fewestForVerdict } from '../../src/study/claims.js';
import { compareStudy } from '../../src/study/compare.js';
import type { StudyArmResult } from '../../src/study/results-type.js';
import { armOf, around, failedRun, runOf, studyOf } from './made-up.js';

const ten = around(100, 10);
const shifted = (by: number) => ten.map((score) => score + by);

describe('the claims of a study', () => {
  it('test runs pair by pair where arms have the same seeds, and correct within a table', () => {
    const arms = [armOf('ga', ten), armOf('better', shifted(20)), armOf('like', around(100, 10, 1.1))];
    const { fresh, trained } = compareStudy(studyOf(arms)).claims;
    expect(trained.map(({ arm, with: other }) => [arm, other])).toEqual([
      ['better', 'ga'],
      ['like', 'ga'],
    ]);
    // All ten differences have one sign: 2 of 2^10.
    expect(trained[0]).toMatchObject({
      test: 'signed-rank',
      n: { arm: 10, with: 10 },
      lacking: { failed: 0, unfinished: 0 },
      difference: { median: 20, interval: { low: 20, high: 20 } },
      a: 1,
      p: 2 / 1024,
      pHolm: 4 / 1024,
      pEquivalence: null,
      verdict: 'better',
      notes: [],
    });
    expect(trained[1]).toMatchObject({ verdict: 'undecided', a: 0.5 });
    expect(fresh[0]!.difference!.median).toBeCloseTo(18, 9);
  });

  it('turn with the sides of a claim', () => {
    const arms = [armOf('ga', ten), armOf('better', shifted(20))];
    const study = studyOf(arms, { compare: [{ arm: 'ga', with: 'better' }] });
    expect(compareStudy(study).claims.trained[0]).toMatchObject({
      arm: 'ga',
      verdict: 'worse',
      a: 0,
      difference: { median: -20 },
    });
  });

  it('take arms of other seeds for independent', () => {
    const runs = shifted(20).map((score, i) => runOf('other', i + 11, score));
    const [claim] = compareStudy(studyOf([armOf('ga', ten), armOf('other', [], { runs })])).claims.trained;
    // Parted wholly: 2 of C(20, 10).
    expect(claim).toMatchObject({ test: 'rank-sum', verdict: 'better', difference: { median: 20 } });
    expect(claim!.p).toBeCloseTo(2 / 184756, 14);
    expect(claim!.difference!.interval!.low).toBeGreaterThan(10);
    expect(claim!.difference!.interval!.high).toBeLessThan(30);
  });

  it('find arms equivalent within the margin, and say where they differ all the same', () => {
    const arms = [armOf('ga', ten), armOf('alike', around(100, 10, 1.1)), armOf('slightly', shifted(2))];
    const { trained } = compareStudy(studyOf(arms, { margin: 5 })).claims;
    expect(trained[0]).toMatchObject({ verdict: 'equivalent', notes: [], pEquivalence: 1 / 1024 });
    expect(trained[1]).toMatchObject({
      verdict: 'equivalent',
      pHolm: 4 / 1024,
      pEquivalenceHolm: 2 / 1024,
      notes: ['better by less than the margin'],
    });
    const narrow = compareStudy(studyOf(arms, { margin: 0.1 })).claims.trained;
    expect(narrow.map(({ verdict }) => verdict)).toEqual(['undecided', 'better']);
  });

  it('take an interval within the margin for equivalence, beside the tests', () => {
    // Nine differences of all but nothing, and six of 12: ranks say within 10, the median does not.
    const fifteen = around(100, 15);
    const other = fifteen.map((score, i) => score + (i < 9 ? 0.1 * i : 12));
    const arms = [armOf('ga', fifteen), armOf('other', other)];
    const [claim] = compareStudy(studyOf(arms, { margin: 11 })).claims.trained;
    expect(claim!.pEquivalenceHolm).toBeLessThan(0.05);
    expect(claim!.difference!.interval!.high).toBe(12);
    expect(claim!.verdict).not.toBe('equivalent');
    expect(claim!.notes).toEqual([
      'the one-sided tests are within the margin, but the 95 % interval is not: not equivalent',
    ]);
    const [wider] = compareStudy(studyOf(arms, { margin: 12.5 })).claims.trained;
    expect(wider!.verdict).toBe('equivalent');
  });

  it('on fresh seeds have no verdict where champions had unlike numbers of evaluations', () => {
    const made = (arm: StudyArmResult, evaluations: number): StudyArmResult => ({
      ...arm,
      runs: arm.runs.map((run) => ({ ...run, evaluations })),
    });
    const arms = [armOf('ga', ten), made(armOf('longer', shifted(20)), 10000), armOf('like', shifted(20))];
    const { fresh, trained } = compareStudy(studyOf(arms)).claims;
    expect(fresh[0]).toMatchObject({
      arm: 'longer',
      unequal: { arm: 10000, with: 1000 },
      p: null,
      verdict: null,
      notes: ['no verdict: champions after 10,000 and 1,000 evaluations'],
    });
    // What is not tested does not weigh on the others.
    expect(fresh[1]).toMatchObject({ unequal: null, pHolm: 2 / 1024, verdict: 'better' });
    expect(trained[0]).toMatchObject({ unequal: null, verdict: 'better' });
    const verdictAt = (arm: StudyArmResult) =>
      compareStudy(studyOf([arms[0]!, arm])).claims.fresh[0]!.verdict;
    // The step under way is finished.
    expect(verdictAt(made(arms[1]!, 1064))).toBe('better');
    expect(verdictAt(made(arms[1]!, 900))).toBeNull();
    // What has ended by itself keeps its champion.
    const done = made(arms[1]!, 200);
    for (const run of done.runs) run.stopReason = 'target: 120 of 100';
    expect(verdictAt(done)).toBe('better');
  });

  it('say nothing of fewer than three pairs', () => {
    const claimOf = (n: number) =>
      compareStudy(studyOf([armOf('ga', ten.slice(0, n)), armOf('b', shifted(20).slice(0, n))])).claims
        .fresh[0];
    expect(claimOf(2)).toMatchObject({ n: { arm: 2, with: 2 }, a: null, difference: null, verdict: null });
    expect(claimOf(3)).toMatchObject({ a: 1, difference: { interval: null }, verdict: null });
  });

  it('are not made between arms that are the same runs', () => {
    const copy = { ...armOf('ga', ten), name: 'copy' };
    const { claims, notCompared, notices } = compareStudy(studyOf([armOf('ga', ten), copy]));
    expect(claims).toEqual({ fresh: [], trained: [] });
    expect(notCompared).toEqual([
      { arm: 'copy', with: 'ga', why: 'they are the same runs, with the same settings and seeds' },
    ]);
    expect(notices).toContainEqual(expect.stringMatching(/^copy and ga are not compared: they are the same/));
    // Nor is a claim made twice.
    const arms = [armOf('ga', ten), armOf('better', shifted(20)), copy];
    const again = { ...armOf('better', shifted(20)), name: 'again' };
    const twice = compareStudy(studyOf([...arms, again]));
    expect(twice.claims.fresh).toMatchObject([{ arm: 'better', with: 'ga', pHolm: 2 / 1024 }]);
    expect(twice.notCompared).toMatchObject([
      { arm: 'copy', with: 'ga' },
      { arm: 'again', with: 'better' },
    ]);
    const longer = { ...armOf('ga', [...ten, 90]), name: 'longer' };
    expect(compareStudy(studyOf([armOf('ga', ten), longer])).notCompared).toMatchObject([
      { why: '10 runs of theirs are the same, with the same settings and seeds' },
    ]);
  });

  it('give no verdict below ten pairs, and say why', () => {
    const few = compareStudy(studyOf([armOf('ga', ten.slice(0, 5)), armOf('b', shifted(20).slice(0, 5))]));
    expect(few.claims.trained[0]).toMatchObject({
      verdict: null,
      p: null,
      pHolm: null,
      a: 1,
      difference: { median: 20, interval: { low: 20, high: 20 } },
      notes: ['no verdict, as it takes 10 pairs with scores, not 5'],
    });
    expect(few.notices).toContainEqual(expect.stringMatching(/^Verdicts take 10 seeds: 5 give medians/));
    expect(fewestForVerdict).toBe(10);
  });

  it('do not let what has too few pairs weigh on the others', () => {
    const arms = [armOf('ga', ten), armOf('better', shifted(20)), armOf('few', shifted(5).slice(0, 4))];
    const [better, few] = compareStudy(studyOf(arms)).claims.trained;
    expect(better!.pHolm).toBe(better!.p);
    expect(few).toMatchObject({ verdict: null, test: 'rank-sum', n: { arm: 4, with: 10 } });
    expect(few!.difference!.interval).toBeNull();
  });

  it('leave out runs without a score, and do not rest on their failure', () => {
    const twelve = around(100, 12);
    const arm = armOf(
      'fragile',
      twelve.map((score) => score + 20),
    );
    const withFailures = { ...arm, runs: [...arm.runs.slice(0, 11), failedRun('fragile', 12)] };
    const one = compareStudy(studyOf([armOf('ga', twelve), withFailures]));
    expect(one.claims.trained[0]).toMatchObject({
      n: { arm: 11, with: 11 },
      lacking: { failed: 1, unfinished: 0 },
      verdict: 'better',
      p: 2 / 2048,
    });
    expect(one.notices).toContainEqual(expect.stringContaining('fragile: 1 of 12 runs failed'));
    // Where so many fail that the arm is no better if they rank last, ten that do well prove nothing.
    const many = around(100, 15);
    const failing = armOf(
      'fragile',
      many.map((score) => score + 20),
    );
    failing.runs.splice(10, 5, ...[11, 12, 13, 14, 15].map((seed) => failedRun('fragile', seed)));
    expect(compareStudy(studyOf([armOf('ga', many), failing])).claims.trained[0]).toMatchObject({
      p: 2 / 1024,
      verdict: 'undecided',
      notes: ['with failed runs ranked last it is undecided, without them better'],
    });
  });

  it('count what is not finished', () => {
    const arms = [armOf('ga', ten), armOf('b', shifted(20))];
    Object.assign(arms[1]!.runs[3]!, { status: 'running', stopReason: null, fresh: null });
    const { claims, notices } = compareStudy(studyOf(arms));
    expect(claims.fresh[0]).toMatchObject({
      n: { arm: 9, with: 9 },
      lacking: { failed: 0, unfinished: 1 },
      verdict: null,
    });
    expect(claims.trained[0]).toMatchObject({ n: { arm: 10 }, verdict: 'better' });
    expect(notices).toContainEqual(expect.stringContaining('b: 1 of 10 runs not finished'));
  });

  it('count a champion that failed in every fresh life as a failure', () => {
    const arms = [armOf('ga', ten), armOf('b', shifted(20))];
    arms[1]!.runs[3]!.fresh = null;
    expect(compareStudy(studyOf(arms)).claims.fresh[0]!.lacking).toEqual({ failed: 1, unfinished: 0 });
  });

  it('are not made between arms whose scores measure different things', () => {
    const arms = [armOf('ga', ten), armOf('far', shifted(20), { world: 'triangle' })];
    const { claims, notCompared, notices } = compareStudy(studyOf(arms));
    expect(claims).toEqual({ fresh: [], trained: [] });
    expect(notCompared).toMatchObject([{ arm: 'far', with: 'ga' }]);
    expect(notices).toContainEqual(expect.stringMatching(/^far and ga are not compared/));
  });

  it('are made on fresh seeds alone between arms that score candidates by other lives', () => {
    const arms = [armOf('ga', ten), armOf('common', shifted(20), { lives: 'eight, common' })];
    const { claims, notices } = compareStudy(studyOf(arms));
    expect([claims.fresh.length, claims.trained.length]).toEqual([1, 0]);
    expect(notices).toContainEqual(expect.stringContaining('Compared on fresh seeds alone: common and ga.'));
  });

  it('count runs of one seed once', () => {
    const arm = armOf('ga', ten);
    const { arms, notices } = compareStudy(studyOf([{ ...arm, runs: [...arm.runs, arm.runs[2]!] }]));
    expect(arms[0]!.runs.planned).toBe(10);
    expect(notices).toContain('ga: made-up/ga-s3 is named more than once, and counts once.');
  });

  it('of a seed count the longest, and name those left out', () => {
    const arm = armOf('ga', ten);
    const longer = runOf('ga', 3, 300, { run: 'longer', evaluations: 1500 });
    const { arms, notices } = compareStudy(studyOf([{ ...arm, runs: [...arm.runs, longer] }]));
    expect(arms[0]).toMatchObject({ runs: { planned: 10 }, evaluations: { low: 1000, high: 1500 } });
    expect(notices).toContain(
      'ga: of the runs with seed 3 the longest counts, longer (1,500 evaluations). Left out: made-up/ga-s3.',
    );
  });

  it('are none of a single arm, or before any run is done', () => {
    expect(compareStudy(studyOf([armOf('ga', ten)])).claims).toEqual({ fresh: [], trained: [] });
    const planned = armOf('ga', ten);
    for (const run of planned.runs) {
      Object.assign(run, {
        status: 'planned',
        evaluations: 0,
        curve: [],
        best: null,
        atEqual: null,
        fresh: null,
      });
    }
    const { arms, claims } = compareStudy(studyOf([planned, armOf('b', ten)], { evaluations: null }));
    expect(arms[0]).toMatchObject({ trained: null, fresh: null, champion: null, evaluations: null });
    expect(claims.trained).toEqual([]);
    expect(claims.fresh[0]).toMatchObject({ verdict: null, a: null, difference: null });
  });
});

describe('the arms of a study', () => {
  it('are summed up by median, quartiles and the interval of the median', () => {
    const [five, four] = compareStudy(
      studyOf([armOf('five', [3, 1, 2, 5, 4]), armOf('four', [4, 1, 3, 2])]),
    ).arms;
    expect(five!.trained).toEqual({ n: 5, median: 3, q25: 2, q75: 4, interval: { low: 1, high: 5 } });
    expect(five!.fresh!.median).toBeCloseTo(2.7, 12);
    expect(four!.trained).toEqual({ n: 4, median: 2.5, q25: 1.75, q75: 3.25, interval: null });
    expect(five!.runs).toEqual({ planned: 5, finished: 5, failed: 0, unfinished: 0 });
  });

  it('have for each target the share of runs that reached it, and the evaluations that it costs', () => {
    const arm = armOf('ga', [100, 100, 100, 100]);
    const to = [200, 400, null, null];
    arm.runs.forEach((run, i) => {
      run.toTarget = [to[i]!, null];
    });
    Object.assign(arm.runs[3]!, { status: 'failed', evaluations: 600 });
    const unfinished = runOf('ga', 5, 50, { status: 'interrupted', toTarget: [null, null] });
    const study = studyOf([{ ...arm, runs: [...arm.runs, unfinished] }], { targets: [80, 150] });
    const [near, far] = compareStudy(study).arms[0]!.targets;
    expect(near).toMatchObject({
      target: 80,
      reached: 2,
      of: 4,
      // 200 + 400 + 1000 + 600 evaluations for two.
      runningTime: { expected: 1100, high: null },
    });
    expect(near!.share!.share).toBe(0.5);
    expect(near!.share!.low).toBeGreaterThan(0.1);
    expect(near!.share!.high).toBeLessThan(0.9);
    expect(far).toMatchObject({ reached: 0, of: 4, runningTime: null });
    expect(far!.share!.low).toBe(0);
  });

  it('have reached a target within the evaluations at which they are compared, or not', () => {
    const arm = armOf('ga', [100, 100, 100]);
    arm.runs.forEach((run, i) => {
      run.toTarget = [[200, 900, null][i]!];
    });
    const targetAt = (evaluations: number | null) =>
      compareStudy(studyOf([arm], { targets: [80], evaluations })).arms[0]!.targets[0]!;
    // 200 + 900 + 1000 for two, wherever shares are taken.
    const runningTime = { expected: 1050 };
    expect(targetAt(500)).toMatchObject({ within: 500, reached: 1, of: 3, runningTime });
    expect(targetAt(900)).toMatchObject({ within: 900, reached: 2, of: 3, runningTime });
    expect(targetAt(null)).toMatchObject({ within: null, reached: 2, of: 3, runningTime });
    expect(targetAt(100)).toMatchObject({ reached: 0, share: { share: 0 }, runningTime });
  });

  it('survive JSON unchanged', () => {
    const comparison = compareStudy(
      studyOf([armOf('ga', ten), armOf('b', shifted(3))], { margin: 4, targets: [90] }),
    );
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
  });
});
