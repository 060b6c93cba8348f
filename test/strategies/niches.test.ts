import { describe, expect, it } from 'vitest';
import { branchRun } from '../../src/evolve/branch.js';
import { problemOf } from '../../src/evolve/conformance/searches.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import { RandomStream } from '../../src/math/random.js';
import { minimize } from '../../src/strategies/minimize.js';
import { niches } from '../../src/strategies/niches/niches.js';
import { type Member, Population } from '../../src/strategies/niches/population.js';
import { sizeAfter } from '../../src/strategies/niches/size.js';
import type { Outcome } from '../../src/strategies/strategy.js';
import { temporaryFolder } from '../evolve/small-run.js';

const member = (score: number, changed: number): Member => ({
  genome: Float64Array.of(score),
  score,
  changed,
});
const scoresOf = ({ members }: Population) => members.map(({ score }) => score).sort((a, b) => a - b);

describe('a population with one genome a score', () => {
  it('keeps, of two with one score, that with fewer changes, and the newer where they have as many', () => {
    const population = new Population(3);
    const [first, longer, equal, shorter] = [member(1, 4), member(1, 5), member(1, 4), member(1, 2)];
    const kept = [first, longer, equal, shorter].map((one) => {
      population.take(one);
      return population.members[0];
    });
    expect(kept).toEqual([first, first, equal, shorter]);
    expect(kept.map((one, i) => one === [first, first, equal, shorter][i])).toEqual([true, true, true, true]);
  });

  it('takes a new score in place of the worst once it is full, unless it is worse', () => {
    const population = new Population(2);
    for (const score of [1, 3, 0, 2, 1]) population.take(member(score, 1));
    expect(scoresOf(population)).toEqual([2, 3]);
    // The score that went out is free again.
    population.take(member(2.5, 1));
    population.take(member(2, 9));
    expect(scoresOf(population)).toEqual([2.5, 3]);
  });

  it('loses its worst where it has to shrink, and knows the others by their scores still', () => {
    const population = new Population(
      5,
      [4, 1, 3, 5, 2].map((score) => member(score, 3)),
    );
    population.resize(3);
    expect(scoresOf(population)).toEqual([3, 4, 5]);
    population.take(member(3, 1));
    expect(population.members.map(({ score, changed }) => [score, changed]).sort()).toEqual([
      [3, 1],
      [4, 3],
      [5, 3],
    ]);
    population.take(member(2, 1));
    population.take(member(6, 1));
    expect(scoresOf(population)).toEqual([4, 5, 6]);
    population.resize(4);
    population.take(member(2, 1));
    expect(scoresOf(population)).toEqual([2, 4, 5, 6]);
  });

  it('draws others than the one it is told, each as often', () => {
    const population = new Population(4, [member(1, 0), member(2, 0), member(3, 0), member(4, 0)]);
    const stream = RandomStream.from('draws');
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 3000; i++) {
      const { score } = population.draw(1, stream, population.members[1]);
      counts[score - 1]! += 1;
    }
    expect(counts[1]).toBe(0);
    // Five standard deviations of a third of 3,000.
    for (const other of [0, 2, 3]) expect(Math.abs(counts[other]! - 1000)).toBeLessThan(130);
    expect(new Population(1, [member(1, 0)]).draw(2, stream, undefined).score).toBe(1);
  });
});

/** Genes between -1 and 1, of which the first two are the behaviour, in ten bins each. */
const box = (genes: number) =>
  problemOf(Array.from({ length: genes }, () => ({ low: -1, high: 1, start: 0 })));

it.each([
  [{ firstGenes: 11 }, 'firstGenes: expected at most the number of genes, 10, found 11.'],
  [
    { population: 20, lastPopulation: 21 },
    'lastPopulation: expected at most the first population, 20, found 21.',
  ],
  [{}, undefined],
  [{ niche: {} }, undefined],
  [
    { niche: { measures: 'gene 1,energy' } },
    'niche.measures: the task declares no range for "energy". Name some of "gene 0", "gene 1", or give "ranges" and "bins", with an entry for each measure.',
  ],
  [{ niche: { bins: [3] } }, 'niche.bins: expected 2 entries, one for each of "gene 0", "gene 1", found 1.'],
])('niches says what is wrong with %j', (options, fault) => {
  expect(niches.fault(box(10), niches.options.parse(options))).toBe(fault);
});

describe('niches', () => {
  const box40 = box(40);
  const distance = (a: Readonly<Float64Array>, b: Readonly<Float64Array>) =>
    a.reduce((count, value, gene) => count + Number(value !== b[gene]), 0);
  const told = (score: number): Outcome => ({
    status: 'ok',
    objectives: [score],
    constraints: [],
    measures: {},
  });

  it('asks for the start, then for copies with a few genes drawn anew, until there are scores enough', () => {
    const strategy = niches.create(
      box40,
      niches.options.parse({ population: 5, batch: 4, firstGenes: 3 }),
      'seed',
    );
    const first = strategy.ask().map(({ genome }) => distance(genome, box40.start));
    expect(first).toEqual([0, 3, 3, 3]);
    strategy.tell([1, 1, 2, 3].map(told));
    expect(strategy.ask().map(({ genome }) => distance(genome, box40.start))).toEqual([3, 3, 3, 3]);
    strategy.tell([4, 4, 5, 4].map(told));
    // Five scores: from here on, children of two parents may have more.
    const later = Array.from({ length: 30 }, (_, step) => {
      const changes = strategy.ask().map(({ genome }) => distance(genome, box40.start));
      strategy.tell(changes.map((_, i) => told(6 + step * 4 + i)));
      return Math.max(...changes);
    });
    expect(Math.max(...later)).toBeGreaterThan(8);
  });

  it('keeps the best of each way to behave, where niches are told by behaviour', () => {
    const strategy = niches.create(
      box40,
      niches.options.parse({ population: 3, batch: 2, niche: { measures: ['gene 1'], bins: [2] } }),
      'seed',
    );
    const kept = () => {
      const { scores, niches: cells } = strategy.snapshot() as Record<string, Float64Array>;
      return [...scores!.keys()].map((i) => [cells?.[i], scores![i]]).sort();
    };
    const tell = (...lives: [score: number, behaviour: number][]) => {
      strategy.ask();
      strategy.tell(
        lives.map(([score, behaviour]) => ({ ...told(score), measures: { 'gene 1': behaviour } })),
      );
      return kept();
    };
    expect(tell([5, -0.5], [6, -0.4])).toEqual([[0, 6]]);
    expect(tell([1, 0.5], [4, -0.9])).toEqual([
      [0, 6],
      [1, 1],
    ]);
    // Beyond the range it is the outer cell; a life without the measure has none.
    expect(tell([2, 7], [9, Number.NaN])).toEqual([
      [0, 6],
      [1, 2],
    ]);
    expect(tell([2, 0.9], [7, -1])).toEqual([
      [0, 7],
      [1, 2],
    ]);
  });

  it('by behaviour is refused where a problem declares none', () => {
    const options = niches.options.parse({ niche: {} });
    const blind = { ...box40, behaviours: [] };
    expect(() => niches.create(blind, options, 'seed')).toThrow(
      'strategy.niche: expected a task that declares behaviour measures, and this one declares none.',
    );
  });

  it('breeds from what there is where scores hardly differ', () => {
    const strategy = niches.create(
      box40,
      niches.options.parse({ population: 4, batch: 10, firstGenes: 5 }),
      'seed',
    );
    const changes = Array.from({ length: 4 }, () => {
      const asked = strategy.ask().map(({ genome }) => distance(genome, box40.start));
      strategy.tell(asked.map(() => told(1)));
      return asked;
    });
    expect(new Set([...changes[0]!.slice(1), ...changes[1]!])).toEqual(new Set([5]));
    expect(new Set(changes.slice(2).flat()).size).toBeGreaterThan(1);
  });

  it('takes at least one gene of a second parent', () => {
    const settings = niches.options.parse({
      population: 2,
      batch: 200,
      firstGenes: 40,
      exchange: 1,
      alsoMutate: 0,
      decades: 4,
    });
    const strategy = niches.create(box40, settings, 'seed');
    const [, first, second] = strategy.ask().map(({ genome }) => Float64Array.from(genome));
    strategy.tell(
      strategy.ask().map((_, i) => (i === 1 || i === 2 ? told(i) : { ...told(0), status: 'failed' })),
    );
    const children = strategy.ask().map(({ genome }) => genome);
    // Where nothing had been taken, the child would have mutated.
    const isMixed = (value: number, gene: number) => value === first![gene] || value === second![gene];
    expect(children.filter((child) => child.every(isMixed))).toHaveLength(200);
    const taken = children.map((child) => Math.min(distance(child, first!), distance(child, second!)));
    expect(taken.filter((genes) => genes === 1).length).toBeGreaterThan(100);
    expect(new Set(taken).size).toBeGreaterThan(5);
  });

  const sizesAt = (given: object, shares: readonly number[]) => {
    const settings = niches.options.parse(given);
    return shares.map((share) => sizeAfter(settings, share * (settings.evaluations ?? 1000)));
  };

  it.each([
    [{}, [100, 100, 100]],
    [{ population: 50 }, [50, 50, 50]],
    [{ evaluations: 1000 }, [60, 33, 5]],
    [{ evaluations: 20_000 }, [302, 161, 20]],
    [{ evaluations: 60_000 }, [547, 292, 36]],
    [{ evaluations: 3 }, [5, 5, 5]],
    [{ evaluations: 1000, population: 50, lastPopulation: 10 }, [50, 30, 10]],
    [{ evaluations: 1000, population: 4, lastPopulation: 10 }, [4, 4, 4]],
  ])('keeps as many genomes as %j says, at first, halfway and after the plan', (given, sizes) => {
    expect(sizesAt(given, [0, 0.5, 2])).toEqual(sizes);
  });

  it('is planned for the budget, and a run says where it is planned for another', async () => {
    const resolved = async (set: string[], budget: object = { evaluations: 500 }) => {
      const { spec, notices } = await resolveRun({ strategy: 'niches', budget, set });
      return [spec.strategy.evaluations, ...notices];
    };
    expect(await resolved([])).toEqual([500]);
    expect(await resolved(['strategy.evaluations=null'])).toEqual([500]);
    expect(await resolved(['strategy.evaluations=500'])).toEqual([500]);
    expect(await resolved([], { generations: 10 })).toEqual([null]);
    expect(await resolved(['strategy.evaluations=20000'])).toEqual([
      20_000,
      'The search of "niches" is planned for 20000 evaluations, and its budget is 500. "--set strategy.evaluations=500" plans for ' +
        'the budget.',
    ]);
  });

  it('says that a run that goes on with another budget keeps its plan', async () => {
    const root = temporaryFolder();
    const set = ['task.steps=40', 'freshEpisodes=2'];
    const run = await resolveRun({ strategy: 'niches', budget: { evaluations: 32 }, set });
    const { path } = await startRun(run, root, 'planned', { workers: 1 });
    const said: string[] = [];
    const execution = { workers: 1, onNotice: (notice: string) => said.push(notice) };
    await resumeRun(path, { evaluations: 64 }, execution);
    await branchRun(path, { root, name: 'branch', set: [], budget: { evaluations: 96 } }, execution);
    expect(said).toEqual(
      [64, 96].map(
        (budget) =>
          `The search of "niches" is planned for 32 evaluations, and its budget is ${budget}. A search that has begun keeps its plan: ` +
          `a new run of ${budget} evaluations would be another.`,
      ),
    );
  });

  it('lets all candidates of a run live in the same worlds, unless the run says otherwise', async () => {
    const seedsOf = async (set: string[]) => (await resolveRun({ strategy: 'niches', set })).spec.seeds;
    expect(await seedsOf([])).toBe('common');
    expect(await seedsOf(['seeds=common-step'])).toBe('common-step');
    expect(await seedsOf(['seeds=candidate'])).toBeUndefined();
  });

  it('is planned for the evaluations that a function is to be searched with', async () => {
    const distances = async (options: Record<string, number>) => {
      const points: number[] = [];
      const f = (x: Float64Array) => {
        points.push(x.filter((value) => value !== 0).length);
        return x.reduce((sum, value) => sum + value * value, points.length % 7);
      };
      const common = { strategy: 'niches', evaluations: 96, low: -1, high: 1 };
      await minimize(f, new Float64Array(20), { ...common, options });
      return points;
    };
    expect(await distances({})).toEqual(await distances({ evaluations: 96 }));
    expect(await distances({})).not.toEqual(await distances({ evaluations: 9600 }));
  });
});
