import { beforeAll, describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { filterOf } from '../../src/evaluate/vitals.js';
import { type OpenedRun, openRun } from '../../src/evolve/opened-run.js';
import { freshLives } from '../../src/evolve/reference-scores.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { startRun } from '../../src/evolve/run.js';
import { effectOf } from '../../src/inspect/effect.js';
import { type Inspection, inspect, lifeCount } from '../../src/inspect/inspection.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { inspectionFigure } from '../../src/report/figures/inspection.js';
import { aboutIntervals, inspectionReport } from '../../src/report/inspection.js';
import { figure } from '../../src/report/numbers.js';
import { runReport } from '../../src/report/run.js';
import { aboutFilters } from '../../src/report/vitals.js';
import { StoredRun } from '../../src/store/run-store.js';
import { smallRun, temporaryFolder } from '../evolve/small-run.js';

const inspectionChart = async (...input: Parameters<typeof inspectionFigure>) =>
  renderFigure(inspectionFigure(...input));

describe('effects', () => {
  it('are mean differences with intervals that hold them', () => {
    const whole = Array.from({ length: 40 }, (_, i) => 10 + (i % 5));
    const without = whole.map((score, i) => score - 2 - (i % 3));
    const effect = effectOf('x', whole, without);
    expect(effect.effect).toBeCloseTo(whole.reduce((sum, _, i) => sum + 2 + (i % 3), 0) / 40, 12);
    expect(effect.low).toBeGreaterThan(2.6);
    expect(effect.high).toBeLessThan(3.4);
    expect(effect.low).toBeLessThan(effect.effect);
    expect(effect.high).toBeGreaterThan(effect.effect);
    expect(effectOf('x', whole, without)).toEqual(effect);
  });

  it('have wider intervals where several were tried, so that all hold at once', () => {
    const whole = Array.from({ length: 40 }, (_, i) => 10 + (i % 7));
    const without = whole.map((_, i) => 8 + (i % 3));
    const alone = effectOf('x', whole, without);
    expect(alone.together).toEqual({ low: alone.low, high: alone.high, of: 1 });
    const of20 = effectOf('x', whole, without, 20);
    expect([of20.low, of20.high]).toEqual([alone.low, alone.high]);
    expect(of20.together.of).toBe(20);
    expect(of20.together.low).toBeLessThan(alone.low);
    expect(of20.together.high).toBeGreaterThan(alone.high);
    // Bonferroni's quantile of 20 is 3.02 standard errors, where that of one is 1.96.
    const ratio = (of20.together.high - of20.together.low) / (alone.high - alone.low);
    expect(ratio).toBeGreaterThan(1.35);
    expect(ratio).toBeLessThan(1.75);
    expect(aboutIntervals(Array(20).fill(of20)).join(' ')).toMatch(
      /20 parts were tried, .* covers 99.75 %: .*Bonferroni/,
    );
    expect(aboutIntervals([alone])).toHaveLength(1);
  });

  it('leave out lives that broke down, and say so', () => {
    expect(effectOf('x', [1, 2, 3], [0, Number.NaN, 2])).toMatchObject({
      effect: 1,
      n: 2,
      failed: 1,
      size: null,
    });
    expect(effectOf('x', [1], [Number.NaN])).toMatchObject({ n: 0, failed: 1 });
  });
});

describe('an inspection of a network in which nothing learns', () => {
  it('does not say that it learned, in words or pictures, and says whether figures outside matter', async () => {
    const { path } = await startRun(await smallRun(['budget.generations=1']), temporaryFolder(), 'still', {
      workers: 1,
    });
    const told: string[] = [];
    const found = await inspect(await openRun(path), 2, (what) => told.push(what));
    expect(new Set(told)).toEqual(new Set(['champion', 'untrained']));
    const written = JSON.stringify(inspectionReport('still', found).sections);
    expect(written).toContain('"champion"');
    expect(written).not.toContain('"learned"');
    expect(written).toMatch(/\d of \d outside: .*It matters only where/);
    const drawn = JSON.stringify(inspectionFigure('still', found));
    expect([drawn.includes('"champion"'), drawn.includes('"learned"')]).toEqual([true, false]);
  });

  it('has the ceiling of held-out scenarios beside their score, as the run has', async () => {
    const asked = await smallRun(['budget.generations=1', 'task.heldOut=["circle","triangle"]']);
    const { path } = await startRun(asked, temporaryFolder(), 'held', { workers: 1 });
    const inspection = await inspect(await openRun(path), 1);
    const { ceiling, heldOutCeiling } = inspection.scores;
    expect(heldOutCeiling).toBe(2 * ceiling);
    expect(inspectionFigure('held', inspection).rows[0]!.blocks[0]).toMatchObject({
      block: 'bars',
      bars: expect.arrayContaining([
        expect.objectContaining({ name: 'ceiling of held-out scenarios', value: heldOutCeiling }),
      ]),
    });
    const ceilingText = figure(heldOutCeiling);
    expect(JSON.stringify(inspectionReport('held', inspection).sections)).toContain(
      `["ceiling, held out","${ceilingText}"]`,
    );
    expect(JSON.stringify((await runReport(new StoredRun(path))).sections)).toContain(
      `, ceiling ${ceilingText})`,
    );
  });

  it('says nothing of filters that all hold', () => {
    expect(aboutFilters([filterOf('rateHz', 5)])).toEqual([]);
  });
});

describe('an inspection', () => {
  let opened: OpenedRun;
  let inspection: Inspection;
  let lives = 0;
  beforeAll(async () => {
    const resolved = await resolveRun({
      task: 'distal-reward',
      strategy: 'random',
      budget: { evaluations: 6 },
      set: ['task.durationS=20', 'freshEpisodes=2'],
    });
    const { path } = await startRun(resolved, temporaryFolder(), 'small', { workers: 1 });
    opened = await openRun(path);
    inspection = await inspect(opened, 2, () => {
      lives += 1;
    });
  }, 60_000);

  it('lives as many lives as it says', () => {
    expect(lives).toBe(lifeCount(opened, 2));
  });

  it('shows the rule with the values that evolved', () => {
    const [card] = inspection.rules;
    expect(card!.projections).toEqual(['E->E', 'E->I']);
    expect(card!.text).toContain('dw/dt = c*(rate * (m.DA + tonic))  (always)');
    expect(card!.latex.some((line) => line.includes('\\dot{w}'))).toBe(true);
    const rate = card!.names.find(({ name }) => name === 'rate')!;
    expect(rate.evolved).toBe(true);
    const evolved = inspection.parameters.find(({ name }) => name.startsWith('E->E.rate'))!;
    expect(rate.values!['E->E']).toBeCloseTo(evolved.value, 12);
    expect(card!.names.find(({ name }) => name === 'wMax')!.evolved).toBe(false);
    expect(card!.names.find(({ name }) => name === 'm.DA')).toBeDefined();
  });

  it('tells the innate part from what was learned', () => {
    const { innate, learned, gain } = inspection.scores;
    // Without plasticity the rewarded weight stays at 0.
    expect(innate).toEqual({ mean: 0, sd: 0, n: 2 });
    expect(gain!.effect).toBeCloseTo(learned.mean, 12);
    expect(inspection.ablations.find(({ what }) => what === 'plasticity')!.effect).toBe(gain!.effect);
  });

  it('ablates a modulator as if nobody had released it', async () => {
    // Noradrenaline comes from one gene alone: without it the network is that of a genome in which the gene is 0.
    const { habitat, champion, spec } = opened;
    const without = Float64Array.from(champion);
    const gene = Array.from(champion.keys()).find((of) => habitat.space.nameOf(of) === 'body.naSeeking')!;
    expect(without[gene]).toBeGreaterThan(0);
    without[gene] = 0;
    const { habitat: fresh, seeds } = await freshLives(spec, habitat, 2);
    const living = new LifetimeRunner(fresh);
    const scores = (genome: Float64Array) => seeds.map((seed) => living.live(genome, seed, 1).score);
    const expected = effectOf('NA', scores(champion), scores(without)).effect;
    expect(inspection.ablations.find(({ what }) => what === 'modulator NA')!.effect).toBeCloseTo(
      expected,
      12,
    );
    expect(expected).not.toBe(0);
  });

  it('has the gains of receptors by kind, and what the network did', () => {
    expect(inspection.gains.columns).toEqual(['excitatory[RS]', 'inhibitory[FS]']);
    const row = inspection.gains.rows.find(({ receptor }) => receptor === 'NAc')!;
    expect(row).toMatchObject({ level: 'm.NA', target: 'c', gains: [15, null], cells: [160, 0] });
    expect(inspection.vitals.seconds).toBeCloseTo(20, 6);
    expect(inspection.vitals.spikes).toBeGreaterThan(100);
  });

  it('is reported as a plain document', () => {
    const report = inspectionReport('a run', inspection);
    expect(report.data).toEqual({ run: 'a run', ...inspection });
    expect(JSON.parse(JSON.stringify(report.sections))).toEqual(report.sections);
    const titles = report.sections.map(({ title }) => title);
    expect(titles[0]).toBe(inspection.rules[0]!.name);
    expect(titles).toEqual(expect.arrayContaining(['Scores', 'What evolved', 'The life of the network']));
    const losses = report.sections.find(({ title }) => title === 'What the score loses without it')!;
    expect(losses.parts[0]).toMatchObject({ part: 'table' });
    expect(JSON.stringify(losses)).toContain('modulator NA');
  });

  it('is drawn', async () => {
    const png = await inspectionChart('a run', inspection);
    expect(png.length).toBeGreaterThan(20_000);
  });
});
