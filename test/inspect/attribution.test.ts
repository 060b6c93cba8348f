import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../../src/cli/inspect.js';
import { inspectChanges } from '../../src/cli/inspect-changes.js';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { lifetimeSeedOf } from '../../src/evolve/champion.js';
import type { EvaluatorHost } from '../../src/evolve/evaluators/evaluator.js';
import { inProcessHost } from '../../src/evolve/evaluators/in-process.js';
import { genomeFromFile, type OpenedRun, openRun } from '../../src/evolve/opened-run.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { startRun } from '../../src/evolve/run.js';
import { attribute } from '../../src/inspect/attribution/attribution.js';
import { fewestThatKeep, freeTogether, leastLossOrder } from '../../src/inspect/attribution/elimination.js';
import { type OnLived, ScoreMeter } from '../../src/inspect/attribution/meter.js';
import { silenceCells } from '../../src/inspect/attribution/silencing.js';
import { changedUnits } from '../../src/inspect/attribution/units.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { attributionReport, gainVerdict } from '../../src/report/attribution.js';
import { attributionFigure } from '../../src/report/figures/attribution.js';
import { smallRun, temporaryFolder } from '../evolve/small-run.js';

/**
 * Units 1 and 2 are worth 10, both or neither; unit 4 costs 1; units 5 and 6 stand for each other, worth 2; the others do nothing.
 */
const worth = (back: readonly number[]) => {
  const has = (unit: number) => !back.includes(unit);
  return 1 + (has(1) && has(2) ? 10 : 0) - (has(4) ? 1 : 0) + (has(5) || has(6) ? 2 : 0);
};

async function ordered(together: boolean, leastShare = 0) {
  let scored = 0;
  const order = await leastLossOrder(8, { together, leastShare }, async (sets) => {
    scored += sets.length;
    return sets.map(worth);
  });
  const path = [0, ...order.rounds].map((back) => ({
    kept: 8 - back,
    score: worth(order.units.slice(0, back)),
  }));
  return { ...order, path, scored };
}

describe('the order that loses least', () => {
  it('puts back first what harms, then what does nothing, and last what is needed together', async () => {
    const { units, rounds, path, scored } = await ordered(false);
    expect(units).toEqual([4, 0, 3, 5, 7, 6, 1, 2]);
    expect(rounds).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(scored).toBe(1 + 36);
    expect(path[0]).toEqual({ kept: 8, score: 12 });
    expect(path[1]).toEqual({ kept: 7, score: 13 });
    // 12 of 12 less 1: without 6 there is 11 of a gain of 11, from 12 to 0 or 1.
    expect(fewestThatKeep(path, 0.95)).toBe(3);
    expect(fewestThatKeep(path, 0.9)).toBe(2);
    expect(freeTogether(path)).toBe(5);
  });

  it('puts back together what loses nothing, and what stands for each other apart', async () => {
    const { units, rounds, scored } = await ordered(true);
    // All six lose nothing alone; 5 and 6 together do, so the better half goes first.
    expect(rounds[0]).toBe(3);
    expect(units.slice(0, 3)).toEqual([4, 0, 3]);
    expect(units.slice(-2)).toEqual([1, 2]);
    expect(units.indexOf(6)).toBe(5);
    expect(scored).toBeLessThan(1 + 36);
  });

  it('puts back a share in each round where there are too many, and scores that are no number come last', async () => {
    const { rounds } = await ordered(true, 0.5);
    expect(rounds).toEqual([4, 6, 7, 8]);
    const order = await leastLossOrder(3, { together: false, leastShare: 0 }, async (sets) =>
      sets.map((set) => (set.includes(0) ? Number.NaN : set.length)),
    );
    expect(order.units).toEqual([1, 2, 0]);
  });

  it('keeps nothing where there is no gain', () => {
    const path = [2, 1, 0].map((kept) => ({ kept, score: 3 - kept }));
    expect(fewestThatKeep(path, 0.95)).toBeUndefined();
  });
});

const meterOf = (host: EvaluatorHost = inProcessHost(), onLived?: OnLived) => new ScoreMeter(host, onLived);

/** A host that scores genomes by a function, with a part that depends on the life alone. */
const scoring = (score: (genome: Readonly<Float64Array>, seed: string) => number): EvaluatorHost => ({
  workers: 1,
  evaluatorOf: () => ({
    workers: 1,
    evaluate: async (lives) =>
      lives.map(({ genome, seed }) => ({
        ...{ status: 'ok', measures: {}, behaviour: {}, energy: 0 },
        score: score(genome, seed),
      })),
    close: async () => {},
  }),
  close: async () => {},
});

const ofSeed = (seed: string) => (seed.charCodeAt(0) % 7) / 10;

describe('what of a gain each change carries', () => {
  let opened: OpenedRun;
  beforeAll(async () => {
    const run = await smallRun(['budget.generations=8', 'strategy.population=32', 'task.steps=100']);
    const { path } = await startRun(run, temporaryFolder(), 'small', { workers: 1 });
    opened = await openRun(path);
  });

  /** The worm with genes changed by 1, and a score that is made of them. */
  const changed = (genes: readonly number[]): OpenedRun => {
    const champion = Float64Array.from(opened.habitat.space.start);
    for (const gene of genes) champion[gene]! += 1;
    return { ...opened, champion };
  };
  const hasOf = (genome: Readonly<Float64Array>) => (gene: number) =>
    genome[gene] !== opened.habitat.space.start[gene];

  it('is told apart for what interacts, what rides along, and what harms', async () => {
    const genes = [3, 40, 41, 500, 501];
    const run = changed(genes);
    const host = scoring((genome, seed) => {
      const has = hasOf(genome);
      return ofSeed(seed) + (has(40) && has(41) ? 10 : 0) + (has(3) ? 2 : 0) - (has(501) ? 1 : 0);
    });
    const { attribution, pruned } = await attribute(
      run,
      { by: 'gene', keep: 0.95, lives: 12 },
      meterOf(host),
    );
    const { space } = opened.habitat;
    const [three, forty, fortyOne, rider, harm] = genes.map((gene) =>
      attribution.changes.find(({ name }) => name === space.nameOf(gene)),
    );
    expect(attribution.trained.gain).toBeCloseTo(11, 12);
    for (const change of [forty, fortyOne]) {
      expect(change!.trained.share).toBeCloseTo(10 / 11, 12);
      expect(change!.fresh.effect).toBeCloseTo(10, 12);
      expect(change!.trained.kept && change!.fresh.kept).toBe(true);
    }
    expect(three!.fresh.low).toBeCloseTo(2, 12);
    expect(rider).toMatchObject({
      trained: { effect: 0, kept: false },
      fresh: { differing: 0, kept: false },
    });
    expect(harm!.fresh.high).toBeCloseTo(-1, 12);
    expect(harm!.trained.place).toBe(1);
    expect(attribution).toMatchObject({
      tried: 5,
      trained: { hitchHikers: 2, freeTogether: 2 },
      fresh: { carriers: 3, harmful: 1, undecided: 1 },
      alone: { trainedLosing: 3, freshLosing: 3 },
      // Weights that this score does not look at cost nothing.
      control: { trainedLosing: 0, trainedMedian: 0, freshLosing: 0, freshMedian: 0 },
    });
    const kept = attribution.fresh.order.kept!;
    expect(kept.names.toSorted()).toEqual([3, 40, 41].map((gene) => space.nameOf(gene)).toSorted());
    expect(kept.fresh.share).toBeCloseTo(12 / 11, 12);
    expect(kept.random.freshShare).toBeLessThan(1);
    expect([40, 41, 3].every(hasOf(pruned.fresh!))).toBe(true);
    expect([500, 501].some(hasOf(pruned.fresh!))).toBe(false);
    expect(gainVerdict(attribution.fresh.gain)).toMatch(/beats the untrained start by 11.000 on fresh lives/);
  });

  it('is told by what belongs together', () => {
    const { space, ground } = opened.habitat;
    const { cells, chemical } = ground.connectome!;
    const ofCell = [...chemical.pre.keys()].filter((synapse) => cells.ids[chemical.pre[synapse]!] === 'AVAL');
    const run = changed([
      ...ofCell.slice(0, 3),
      ...[...chemical.pre.keys()].filter((s) => cells.ids[chemical.pre[s]!] === 'AVAR').slice(0, 2),
    ]);
    const names = (by: 'group' | 'class' | 'class-pair') =>
      changedUnits(opened.habitat, run.champion, by).map(({ name, genes }) => [name, genes.length]);
    expect(names('group')).toEqual([
      ['AVAL', 3],
      ['AVAR', 2],
    ]);
    expect(names('class')).toEqual([['AVA', 5]]);
    const [[pair]] = names('class-pair') as [[string, number]];
    expect(pair).toMatch(/^AVA->/);
    expect(space.genes).toBe(chemical.count);
  });

  it('is not told where nothing changed, where nothing is gained, or where no life has a score', async () => {
    await expect(
      attribute(changed([]), { by: 'gene', keep: 0.95, lives: 2 }, meterOf(scoring(() => 1))),
    ).rejects.toThrow(/nothing to put back/);
    const even = await attribute(
      changed([1, 2]),
      { by: 'gene', keep: 0.95, lives: 2 },
      meterOf(scoring(() => 1)),
    );
    expect(even.pruned).toEqual({ trained: null, fresh: null });
    expect(even.attribution.changes[0]!.trained.share).toBeNaN();
    expect(JSON.stringify(attributionReport('even', { attributions: [even.attribution] }).sections)).toMatch(
      /does not clearly differ.*there is no gain to keep/,
    );
    const failing = scoring((genome) => (hasOf(genome)(1) ? 1 : Number.NaN));
    await expect(
      attribute(changed([1]), { by: 'gene', keep: 0.95, lives: 2 }, meterOf(failing)),
    ).rejects.toThrow(/on the trained life the champion or .* always fails/);
  });

  it('gives no share of a gain on fresh lives that is not clear', async () => {
    const seed = lifetimeSeedOf(opened.spec, opened.best);
    const host = scoring((genome, life) => (life === seed && hasOf(genome)(7) ? 5 : ofSeed(life)));
    const { attribution, pruned } = await attribute(
      changed([7, 8]),
      { by: 'gene', keep: 0.95, lives: 5 },
      meterOf(host),
    );
    const kept = attribution.trained.order.kept!;
    expect(kept.names).toEqual([opened.habitat.space.nameOf(7)]);
    expect([kept.fresh.share, kept.fresh.shareLow, kept.random.freshShare]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(pruned.fresh).toBeNull();
    const written = JSON.stringify(attributionReport('unclear', { attributions: [attribution] }).sections);
    expect(written).toMatch(/where there is no clear gain.*Of so few lives they are too narrow/);
  });

  it('stops between lives', async () => {
    const stopping = meterOf(
      scoring(() => 1),
      () => {
        throw new Error('stopped');
      },
    );
    await expect(attribute(changed([1]), { by: 'gene', keep: 0.95, lives: 2 }, stopping)).rejects.toThrow(
      'stopped',
    );
  });

  it('is found of a whole run, whose pruned genome lives again', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'pruned.json');
    const findings = await inspectChanges(opened, {
      ...{ by: ['gene'], keep: 0.95, lives: 3, silence: false, prune: file, pruneOn: 'trained', workers: 1 },
    });
    const [attribution] = findings.attributions;
    const kept = attribution!.trained.order.kept!;
    const pruned = genomeFromFile(file, opened.habitat);
    const seed = lifetimeSeedOf(opened.spec, opened.best);
    expect(new LifetimeRunner(opened.habitat).live(pruned, seed, 1).score).toBe(kept.trained.score);
    expect(kept.trained.share).toBeGreaterThanOrEqual(0.95);
    expect(attribution!.trained.champion).toBe(opened.best.score);
    const from = await resolveRun({ from: file });
    expect([...from.habitat.space.start]).toEqual([...pruned]);
    const report = attributionReport('small', findings);
    expect(JSON.parse(JSON.stringify(report.sections))).toEqual(report.sections);
    expect(report.data.pruned).toMatchObject({ by: 'gene', lives: 'trained', genes: kept.genes });
    expect(readFileSync(file, 'utf8')).toContain('"changes"');
    const { connectome } = opened.habitat.ground;
    const drawn = await renderFigure(attributionFigure({ run: 'small', ...findings, connectome }));
    expect(drawn.length).toBeGreaterThan(20_000);
  });
});

describe('silent cells', () => {
  it('are as if all of their synapses had the weight 0', async () => {
    const run = await resolveRun({
      connectome: 'c-elegans-witvliet-2021-1',
      budget: { generations: 1 },
      set: ['task.steps=100', 'strategy.population=2', 'freshEpisodes=2'],
    });
    const { path } = await startRun(run, temporaryFolder(), 'quiet', { workers: 1 });
    const stored = await openRun(path);
    // The young worm's few synapses would bring no cell to fire.
    const champion = stored.habitat.space.start.map((weight) => 12 * weight);
    const opened = { ...stored, champion };
    const { habitat, spec, best } = opened;
    const found = await silenceCells(opened, 2, meterOf());
    const { cells, chemical } = habitat.setup.connectome;
    const live = (genome: Float64Array) =>
      new LifetimeRunner(habitat).live(genome, lifetimeSeedOf(spec, best), 1).score;
    const whole = live(champion);
    expect(found.trained).toBe(whole);
    const outputs = new Set(habitat.embodied.network.outputs.flatMap(({ cells: read }) => [...read]));
    let differing = 0;
    for (const { name, trained } of found.silenced) {
      const cell = cells.ids.indexOf(name);
      // What a body reads directly is no longer read.
      if (outputs.has(cell)) continue;
      const without = champion.map((weight, s) =>
        chemical.pre[s] === cell || chemical.post[s] === cell ? 0 : weight,
      );
      expect([name, whole - trained]).toEqual([name, whole - (whole - live(without))]);
      if (trained !== 0) differing += 1;
    }
    expect(differing).toBeGreaterThan(3);
    const figure = attributionFigure({ run: 'quiet', attributions: [], silencing: found });
    expect(JSON.stringify(figure)).toContain(`Each of ${found.silenced.length} cells silenced alone`);
    const [section] = attributionReport('quiet', { attributions: [], silencing: found }).sections;
    expect(section!.title).toBe('Each cell silenced alone');
  });
});

describe('options of inspect', () => {
  it.each([
    [['--keep', '0.9'], /--keep: it goes with --revert, --prune or --sensitivity/],
    [['--revert', '--prune-on', 'trained'], /--prune-on: it goes with --prune/],
    [['--workers', '1'], /--workers: it goes with --revert, --prune, --silence, --sensitivity/],
  ])('%j are refused where nothing heeds them', async (options, message) => {
    await expect(inspect.parseAsync(['run', ...options], { from: 'user' })).rejects.toThrow(message);
  });
});
