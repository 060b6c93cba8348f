import { beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../../src/cli/inspect.js';
import { inspectPerturbations, type PerturbationOptions } from '../../src/cli/inspect-perturbations.js';
import { openHabitat } from '../../src/evaluate/habitat.js';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import type { NetworkController } from '../../src/evaluate/network-controller.js';
import { type Lesson, shuffled } from '../../src/evaluate/tutor.js';
import { type OpenedRun, openRun } from '../../src/evolve/opened-run.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { startRun } from '../../src/evolve/run.js';
import { curvatureMatrix, curvatureSteps, directionsOf } from '../../src/inspect/perturbation/curvature.js';
import { moved, rounded } from '../../src/inspect/perturbation/moves.js';
import { textbookNames } from '../../src/inspect/perturbation/textbook.js';
import { RandomStream } from '../../src/math/random.js';
import { changesBeside, learningRatesOf } from '../../src/network/build/perturb.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { perturbationFigure } from '../../src/report/figures/perturbation.js';
import { perturbationReport } from '../../src/report/perturbation.js';
import { smallRun, temporaryFolder } from '../evolve/small-run.js';

async function ranOnce(settings: Parameters<typeof resolveRun>[0]): Promise<OpenedRun> {
  const { path } = await startRun(await resolveRun(settings), temporaryFolder(), 'small', { workers: 1 });
  return openRun(path);
}

const rewardDriven = (genome: string, strategy: string, set: readonly string[] = []) =>
  ranOnce({
    ...{ task: 'reward-driven', genome, strategy, budget: { generations: 1 } },
    set: ['task.trials=20', 'task.patterns=3', 'task.trialMs=100', 'freshEpisodes=2', ...set],
  });

const units = ['a', 'b', 'c'].map((name, gene) => ({ name, genes: Int32Array.of(gene) }));

describe('stiff and sloppy directions', () => {
  it('are those of a quadratic, exactly', () => {
    const quadratic = [-3, 1, 0, 1, -2, 0.5, 0, 0.5, -0.25];
    const scoreAt = (x: readonly number[]) =>
      7 +
      2 * x[0]! -
      x[1]! +
      x.reduce((sum, a, i) => sum + x.reduce((of, b, j) => of + a * quadratic[3 * i + j]! * b, 0), 0);
    const scores = curvatureSteps(units, 1).map((steps) =>
      scoreAt(units.map((unit) => steps.find((of) => of.unit === unit)?.share ?? 0)),
    );
    const matrix = curvatureMatrix(scores, 3);
    expect([...matrix]).toEqual(quadratic);
    const [stiffest, , sloppiest] = directionsOf(matrix, 3);
    expect(stiffest!.change).toBeLessThan(-3);
    expect(Math.abs(sloppiest!.change)).toBeLessThan(0.25);
    // The largest part goes up.
    expect(stiffest!.parts[0]).toBeGreaterThan(0.7);
    expect(stiffest!.parts[1]).toBeLessThan(0);
    const along = (parts: Float64Array) => scoreAt([...parts]) + scoreAt([...parts].map((part) => -part));
    expect(along(stiffest!.parts) / 2 - 7).toBeCloseTo(stiffest!.change, 10);
  });
});

describe('learning rates of rules', () => {
  it.each([
    ['three-factor', ['eta'], true],
    ['pair-stdp', ['aMinus', 'aPlus'], false],
    ['oja', ['eta'], false],
    ['synaptic-scaling', ['beta', 'gamma'], false],
  ] as const)('are those of %s', (name, rates, beside) => {
    const rule = plasticityRules[name];
    expect(learningRatesOf(rule).toSorted()).toEqual(rates);
    expect(changesBeside(rule)).toBe(beside);
  });

  it('are known of every rule of the literature', () => {
    expect(textbookNames.filter((name) => learningRatesOf(plasticityRules[name]).length === 0)).toEqual([]);
  });
});

describe('teaching in shuffled order', () => {
  const lessons: Lesson[] = [
    ...Array.from({ length: 30 }, (_, step) => ({ step, released: { modulator: 'DA', level: step % 7 } })),
    { step: 31, signalled: { event: 'reward', projection: undefined } },
    { step: 32, released: { modulator: 'NA', level: -5 } },
  ];
  const levels = (of: readonly Lesson[], modulator: string) =>
    of.flatMap(({ released }) => (released?.modulator === modulator ? [released.level] : []));

  it('keeps times, events and what each modulator comes to, and is the same for one seed', () => {
    const mixed = shuffled(lessons, RandomStream.from('one'));
    expect(mixed.map(({ step }) => step)).toEqual(lessons.map(({ step }) => step));
    expect(levels(mixed, 'DA').toSorted()).toEqual(levels(lessons, 'DA').toSorted());
    expect(levels(mixed, 'DA')).not.toEqual(levels(lessons, 'DA'));
    expect(mixed.slice(30)).toEqual(lessons.slice(30));
    expect(shuffled(lessons, RandomStream.from('one'))).toEqual(mixed);
    expect(shuffled(lessons, RandomStream.from('two'))).not.toEqual(mixed);
  });
});

describe('a champion that is perturbed', () => {
  let opened: OpenedRun;
  let ofForm: OpenedRun;
  let worm: OpenedRun;
  beforeAll(async () => {
    opened = await rewardDriven('reward-driven', 'cma-es', ['strategy.population=4']);
    ofForm = await rewardDriven('reward-driven-form', 'cgp');
    const { path } = await startRun(await smallRun(['budget.generations=1']), temporaryFolder(), 'worm', {
      workers: 1,
    });
    worm = await openRun(path);
  });

  const perturbed = (options: Partial<PerturbationOptions>, of = opened) =>
    inspectPerturbations(of, { keep: 0.95, lives: 2, workers: 1, ...options });

  it('lives as before by its own teaching, and otherwise by that of another life', async () => {
    const perturbation = { what: 'teaching', from: 'another-life' } as const;
    const habitat = await openHabitat({ ...opened.habitat.setup, perturbation });
    const { task } = habitat;
    const controller = new LifetimeRunner(habitat).embody(opened.champion) as NetworkController;
    const tutor = controller.tutor!;
    const live = (seed: string) => {
      const { score } = task.live(task.scenarios[0]!, seed, controller);
      return { score, weights: controller.network.weights() };
    };
    tutor.record();
    const own = live('a life');
    const { lessons } = tutor;
    expect(lessons.filter(({ released }) => released)).toHaveLength(20);
    tutor.play(lessons);
    expect(live('a life')).toEqual(own);
    tutor.play(
      lessons.map((of) => ({ ...of, ...(of.released ? { released: { modulator: 'R', level: 0 } } : {}) })),
    );
    expect(live('a life').weights).not.toEqual(own.weights);
  });

  it('is as without plasticity at dose 0, and lives the same lives again', async () => {
    const options = { dose: true, shuffledReward: true } as const;
    const { controls, dose, shuffledReward } = await perturbed(options);
    const learning = dose!.curves.find(({ name }) => name.startsWith('learning rate (eta'))!;
    const [none, ...others] = learning.points;
    expect(none!.dose).toBe(0);
    expect(none!.score).toEqual(controls.innate);
    expect(others.map((point) => point.dose)).toEqual([0.25, 0.5, 2, 4]);
    expect(shuffledReward!.conditions.map(({ name }) => name)).toEqual([
      "another life's teaching",
      'own values in shuffled order',
    ]);
    expect(await perturbed(options)).toEqual({ controls, dose, shuffledReward });
  });

  it('is moved, rounded, given other rules and other worlds, and all is said', async () => {
    const findings = await perturbed({
      ...{ sensitivity: true, textbook: true, transfer: ['task.trials=20,30,40', 'task.rateHz=8'] },
    });
    const { sensitivity, textbook, transfer } = findings;
    expect(sensitivity!.units.map(({ name }) => name)).toContain('toNeuron.eta');
    expect(sensitivity!.curvature!.directions).toHaveLength(4);
    expect(textbook!.evolved).toEqual(['escape-rate-eligibility']);
    expect(textbook!.standsIn).toBe('R');
    expect(textbook!.substitutes.map(({ rule }) => rule)).toContain('pair-stdp-dopamine');
    expect(transfer!.worlds.map(({ name }) => name).slice(1)).toEqual([
      'task.trials=30',
      'task.trials=40',
      'task.rateHz=8',
    ]);
    const report = perturbationReport('small', findings);
    expect(JSON.parse(JSON.stringify(report.sections))).toEqual(report.sections);
    expect((await renderFigure(perturbationFigure('small', findings))).length).toBeGreaterThan(20_000);
  });

  it('has numbers moved and rounded in their own unit, within their bounds', () => {
    const { habitat, champion } = opened;
    const { space } = habitat;
    const [eta] = units;
    const up = moved(space, champion, [{ unit: eta!, share: 5 }]);
    expect([up[0], ...up.slice(1)]).toEqual([space.high[0], ...champion.slice(1)]);
    const short = rounded(space, champion, eta!, 1);
    expect(String(Number(space.valueOf(0, short[0]!).toPrecision(12))).replace(/^0\.0*/, '')).toHaveLength(1);
  });

  it.each([
    ['sensitivity', { sensitivity: true }, /--sensitivity: all genes are whole numbers/, () => ofForm],
    [
      'sensitivity by two units',
      { sensitivity: true, by: ['gene', 'group'] },
      /--by: .* by one unit/,
      () => opened,
    ],
    ['dose', { dose: true }, /--dose: the network has neither a modulator nor a rule/, () => worm],
    ['shuffled reward', { shuffledReward: true }, /"foraging" gives the network no reward/, () => worm],
    ['textbook rules', { textbook: true }, /--textbook: nothing in the network learns/, () => worm],
    ['an option that is none', { transfer: ['speed=3'] }, /expected an option of the task/, () => opened],
    [
      'an option that the task has not',
      { transfer: ['task.nonsense=3'] },
      /nonsense: unknown field/,
      () => opened,
    ],
    ['a file that is none', { transfer: ['no.json'] }, /there is no such file/, () => opened],
    ['the same world', { transfer: ['task.trials=20'] }, /the task as it was in evolution/, () => opened],
    ['an unknown option', { transfer: ['task.trial=3'] }, /cannot live there.*trials/s, () => opened],
    ['a connectome', { transfer: ['foraging'] }, /lives on a connectome, and there is none/, () => opened],
    ['another network', { transfer: ['error-driven'] }, /the champion cannot live there/, () => opened],
  ] as const)('is refused: %s', async (_, options, message, of) => {
    await expect(perturbed(options, of())).rejects.toThrow(message);
  });

  it.each([
    [['--dose', '--revert'], /--dose: it does not go with --revert/],
    [['--rates', '--textbook'], /--rates: it does not go with --textbook/],
    [['--dose', '--keep', '0.9'], /--keep: it goes with --revert, --prune or --sensitivity/],
  ])('is refused: %j', async (options, message) => {
    await expect(inspect.parseAsync(['run', ...options], { from: 'user' })).rejects.toThrow(message);
  });
});
