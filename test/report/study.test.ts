import { stripVTControlCharacters } from 'node:util';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { reportText } from '../../src/cli/print-report.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { dodge } from '../../src/picture/strips.js';
import { studyFigure } from '../../src/report/figures/study.js';
import { studyReport } from '../../src/report/study.js';
import { curvesCsv, runsCsv } from '../../src/report/study-csv.js';
import { compareStudy } from '../../src/study/compare.js';
import type { StudyResults } from '../../src/study/results-type.js';
import { isPng } from '../inspect/png.js';
import { armOf, around, failedRun, studyOf } from '../study/made-up.js';

const twelve = around(100, 12);
const animal = () => armOf('animal', twelve);
const worse = () =>
  armOf(
    'null-degree',
    twelve.map((score) => score - 20),
  );

const report = (results: StudyResults) => studyReport(results, compareStudy(results), ['study.png']);
const textOf = (results: StudyResults) => stripVTControlCharacters(reportText(report(results)));
const svgOf = async (results: StudyResults, options = {}) => {
  const study = studyFigure(results, compareStudy(results), options);
  const svg = (await renderFigure(study, 'svg')).toString();
  return [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text!.trim()).join(' ');
};

describe('the report of a study', () => {
  it('has arms by median, and claims in words', () => {
    const like = armOf('like', around(100.1, 12, 1.01));
    const results = studyOf([animal(), worse(), like], { margin: 5 });
    const text = textOf(results);
    expect(text).toMatch(/^Study made-up {2}3 arms$/m);
    expect(text).toMatch(/^seeds +1 to 12 \(12\)$/m);
    expect(text).toMatch(/^compared at +1,000 evaluations$/m);
    expect(text).toMatch(/^margin +5$/m);
    expect(text).toMatch(/^chance +5$/m);
    expect(text).toMatch(/^animal +12 +10 +100 \(97.25 to 102.8\) +97 to 103 /m);
    expect(text).toMatch(/^arm +runs +untrained +trained +95 % +fresh +95 %$/m);
    expect(text).toMatch(/^claim +n +difference \(95 %\) +A +p +p Holm +p equivalence$/m);
    expect(text).toContain('its 95 % interval lies within the margin too');
    expect(text).not.toContain('No margin');
    for (const line of text.split('\n').slice(0, 9)) expect(line.length).toBeLessThan(120);
    expect(text).toMatch(/^null-degree is worse than animal +12 pairs +-20 \(-20 to -20\) +0\.00 /m);
    expect(text).toMatch(/^like is equivalent to animal /m);
    expect(text).toContain('Wilcoxon’s signed-rank test');
    expect(text).not.toContain('Mann and Whitney');
    expect(text).not.toMatch(/mean \(SD\)|Targets/);
  });

  it('says what it lacks', () => {
    const five = [animal(), worse()].map((arm) => ({ ...arm, runs: arm.runs.slice(0, 5) }));
    five[1]!.runs[4] = failedRun('null-degree', 5);
    const results = studyOf(five);
    const text = textOf(results);
    expect(text).toMatch(/^null-degree beside animal: no verdict +4 pairs \(1 failed\) +-20 +0\.00 +- +-$/m);
    expect(text).toMatch(/^null-degree +4 of 5 \(1 failed\) /m);
    expect(text).toContain('Of fewer than 5 runs there is none.');
    expect(text).toContain('A is the chance that a run');
    expect(text).not.toContain('p is two-sided');
    expect(text.match(/margin/g)).toHaveLength(1);
    expect(text).toContain('No margin is stated, so equivalence is not tested.');
    expect(report(results).notices).toEqual([
      expect.stringContaining('null-degree: 1 of 5 runs failed'),
      expect.stringContaining('Verdicts take 10 seeds'),
    ]);
  });

  it('says of how many runs a median is, where it is not of all of them', () => {
    const running = (arm: StudyResults['arms'][number], done: number) => ({
      ...arm,
      runs: arm.runs.map((run, i) =>
        i < done
          ? run
          : { ...run, status: 'running' as const, atEqual: i < 4 ? run.atEqual : null, fresh: null },
      ),
    });
    const results = studyOf([running(animal(), 1), running(worse(), 1)], { chance: null });
    results.arms[1]!.chance = 8.25612;
    const text = textOf(results);
    expect(text).toMatch(/^animal +1 of 12 \(11 not finished\) +5 +10 +\S+ \(.*\), n 4 +- +\S+, n 1 +- +/m);
    expect(text).toMatch(/^null-degree +1 of 12 \(11 not finished\) +8.3 +10 /m);
    // A champion of each run, and the arms’ sides of a table that has them.
    expect(text).toMatch(/^arm +runs +chance .* champion$/m);
    expect(text).toContain(
      'Fewer than 3 pairs or runs with scores, so nothing is said of null-degree beside animal.',
    );
    expect(text.match(/^claim /gm)).toHaveLength(1);
  });

  it('explains an arm where its name does not', () => {
    const lines = [
      armOf('base', twelve, { about: 'the run as it is' }),
      armOf('null-class-blocks', twelve, { about: 'null model class-blocks', control: 'class-blocks' }),
      armOf('small', twelve, { about: 'strategy.population = 16' }),
    ];
    const text = textOf(studyOf(lines));
    expect(text).not.toMatch(/^(base|null-class-blocks): /m);
    expect(text).toMatch(/^small: strategy.population = 16$/m);
  });

  it('has a row for each arm and target', () => {
    const results = studyOf([animal(), worse()], { targets: [99] });
    for (const { runs } of results.arms) {
      for (const run of runs) run.toTarget = [run.best! > 99 ? 500 : null];
    }
    const text = textOf(results);
    expect(text).toContain('runs that reached a score within 1,000 evaluations');
    expect(text).toMatch(/^animal +99 +7 of 12 +58 % \(32 % to 81 %\) +1,214 \(/m);
    expect(text).toMatch(/^null-degree +99 +0 of 12 +0 % \(0 % to 24 %\) +-$/m);
  });

  it('gives all of it as plain data, runs without their curves', () => {
    const results = studyOf([animal(), worse()]);
    const { data } = report(results);
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
    expect(data).toMatchObject({
      study: 'made-up',
      pictures: ['study.png'],
      arms: [{ arm: 'animal' }, { arm: 'null-degree' }],
      claims: { fresh: [{ verdict: 'worse' }], trained: [{ verdict: 'worse' }] },
    });
    const runs = data.runs as object[];
    expect(runs).toHaveLength(24);
    expect(runs[0]).toMatchObject({ arm: 'animal', seed: 1, run: 'made-up/animal-s1' });
    expect(runs[0]).not.toHaveProperty('curve');
  });
});

describe('the tables of a study', () => {
  it('have a row a run, and empty cells for what is not there', () => {
    const arm = armOf('one, with "quotes"', [50, 60]);
    const runs = [{ ...arm.runs[0]!, toTarget: [400] }, failedRun('one', 2)];
    const results = studyOf([{ ...arm, runs }], { targets: [42.5] });
    const [first, second] = parse(runsCsv(results), { columns: true }) as Record<string, string>[];
    expect(first).toMatchObject({
      arm: 'one, with "quotes"',
      control: '',
      seed: '1',
      best: '50',
      fresh_mean: '45',
      'evaluations_to_42.5': '400',
    });
    expect(second).toMatchObject({ status: 'failed', best: '', fresh_n: '', 'evaluations_to_42.5': '' });
    const points = parse(curvesCsv(results), { columns: true }) as Record<string, string>[];
    expect(points).toHaveLength(4);
    expect(points[1]).toEqual({
      study: 'made-up',
      arm: 'one, with "quotes"',
      seed: '1',
      run: 'made-up/one, with "quotes"-s1',
      evaluations: '110',
      best: '25',
    });
  });
});

describe('the figure of a study', () => {
  it('has curves, targets reached and every run, and a mark where arms are compared', async () => {
    const results = studyOf([animal(), worse()]);
    const words = await svgOf(results);
    for (const text of [
      'compared at 1,000',
      '50 targets from',
      'animal',
      'chance',
      'on fresh seeds',
      '100, n 12',
    ]) {
      expect(words).toContain(text);
    }
    const study = studyFigure(results, compareStudy(results), { logarithmic: true });
    expect(isPng(await renderFigure(study))).toBe(true);
    expect(JSON.stringify(study)).toContain('"logarithmic"');
    // Chance lies below all runs, so the targets begin above it.
    expect(words).toContain('compared at 1,000');
  });

  it('begins its scores at 0, or little below the least that is drawn', () => {
    const axisOf = (results: StudyResults) => {
      const { rows } = studyFigure(results, compareStudy(results));
      const charts = rows.flatMap(({ blocks }) => blocks.filter((one) => one.block === 'chart'));
      return charts[0]!.y as { min?: number };
    };
    expect(axisOf(studyOf([animal(), worse()])).min).toBe(0);
    const far = (from: number) => ({
      ...animal(),
      chance: null,
      runs: animal().runs.map((run) => ({
        ...run,
        curve: run.curve.map((point) => ({ ...point, best: from + point.best })),
      })),
    });
    // From 24.. of 100 to 102.75, with little room.
    const { min } = axisOf(studyOf([far(900)]));
    expect(min).toBeGreaterThan(915);
    expect(min).toBeLessThan(924);
    expect(axisOf(studyOf([far(-50)])).min).toBeLessThan(-25);
    expect(axisOf(studyOf([far(-50)])).min).toBeGreaterThan(-31);
  });

  it('parts arms whose scores do not measure the same, each with its own chance', async () => {
    const words = await svgOf(studyOf([animal(), { ...worse(), world: 'elsewhere', chance: 33 }]));
    for (const text of ['Group 2', 'chance 5 ', 'chance 33 ']) expect(words).toContain(text);
  });

  it('is drawn of one run, of runs that failed, and of none', async () => {
    expect(await svgOf(studyOf([armOf('ga', [50])]))).toContain('50, n 1');
    const failing = { ...armOf('ga', [50]), runs: [failedRun('ga', 1)] };
    expect(await svgOf(studyOf([failing], { evaluations: null }))).toContain('No run has a score yet.');
    expect(await svgOf(studyOf([animal(), { ...failing, name: 'failing' }]))).toContain('no run');
  });
});

describe('dots of a strip', () => {
  it('stand apart where they would hide each other', () => {
    expect(dodge([10, 11, 30, 12, Number.NaN], 5, 4)).toEqual([0, 4, 0, -4, 0]);
    // Where all lanes are taken, the one that was free first is used again.
    expect(dodge([1, 1, 1, 1, 1, 1], 5, 4)).toEqual([0, 4, -4, 8, -8, 0]);
  });
});

describe('what null models say of an animal', () => {
  const scores = Array.from({ length: 12 }, (_, i) => 100 + i);
  const study = (controls: StudyResults['arms']) => studyOf([armOf('animal', scores), ...controls]);
  const worse = (name: string, control: string) =>
    armOf(
      name,
      scores.map((score) => score / 2),
      { control },
    );

  it('is one sentence for each score after the claims', () => {
    const { data, sections } = report(study([worse('null-rewired', 'rewired')]));
    const text = expect.stringMatching(/^Wiring mattered: .* better than those of the null model rewired;/);
    const on = (by: string) =>
      expect.stringMatching(new RegExp(`^${by}: Wiring mattered: .* the null model rewired;`));
    expect(data.wiring).toEqual([
      { animal: 'animal', verdicts: [{ model: 'rewired', verdict: 'better' }], text },
    ]);
    expect(sections.at(-1)).toMatchObject({
      title: 'Wiring',
      parts: [{ part: 'lines', lines: [on('On fresh seeds'), on('As trained')] }],
    });
  });

  it('is not said where there are none', () => {
    const { data, sections } = report(study([armOf('other', scores)]));
    expect(data.wiring).toEqual([]);
    expect(sections.map(({ title }) => title)).not.toContain('Wiring');
  });
});
