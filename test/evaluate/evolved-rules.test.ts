import { describe, expect, it } from 'vitest';
import { liveBatch, livingOrder } from '../../src/evaluate/batch.js';
import { mostControllers } from '../../src/evaluate/controllers.js';
import { constantsOf, structureOf, withRules } from '../../src/evaluate/evolved-rules.js';
import type { Habitat } from '../../src/evaluate/habitat.js';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import type { Engine } from '../../src/evaluate/network-controller.js';
import { inProcessEvaluator } from '../../src/evolve/evaluators/in-process.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { spaceOf } from '../../src/genome/space.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { pairStdp } from '../../src/network/plasticity/pair-stdp.js';
import { UsageError } from '../../src/spec/errors.js';
import { integerGenes } from '../genome/integer-genes.js';

const { habitat: whole } = await resolveRun({
  connectome: 'c-elegans-cook-2019',
  genome: 'weights-log',
  set: [
    'network.cell=leaky-integrate-and-fire',
    'network.synapseScale=0.06',
    'network.plasticity.rule=pair-stdp',
    'task.steps=20',
  ],
});
const { network } = whole.embodied;
const [projection] = network.projections.filter(({ plasticity }) => plasticity).map(({ name }) => name);

const withDefaults = (rule: PlasticityRule, values: Record<string, number>): PlasticityRule => ({
  ...rule,
  parameters: Object.fromEntries(
    Object.entries(rule.parameters).map(([name, of]) => [
      name,
      { ...of, default: values[name] ?? of.default },
    ]),
  ),
});

/** Forms of rules, the last of which fits no network. */
const statements = [
  ['w -= aMinus*y', 'w += aPlus*x'],
  ['w += aMinus*y', 'w -= aPlus*x'],
  ['w += aMinus*w', 'w += aPlus'],
  ...Array.from({ length: mostControllers + 1 }, (_, k) => ['w -= aMinus*y', `w += aPlus*x*${k + 2}`]),
  ['w += m.nowhere', 'w += aPlus*x'],
] as const;
const unfit = statements.length - 1;
const [forms, levels] = [statements.length, 4];

/** The first gene says the form of the rule, the others its constants. */
const ruleOf = (genome: Readonly<Float64Array>, first: number): PlasticityRule => {
  const [onPre, onPost] = statements[genome[first]!]!;
  const [amount, tau] = [genome[first + 1]!, genome[first + 2]!];
  const values = {
    aPlus: 0.5 * amount,
    aMinus: 0.2 * (amount + 1),
    tauPlus: 10 + 15 * tau,
    wMax: 40,
    wMin: -40,
  };
  return { ...withDefaults(pairStdp, values), name: `rule ${[...genome]}`, onPre: [onPre], onPost: [onPost] };
};

const space = spaceOf(
  [
    integerGenes('form', [forms, levels, levels], (genome, first) => ({
      [projection!]: ruleOf(genome, first),
    })),
  ],
  whole.ground,
);
const habitatOn = (engine: Engine): Habitat => ({ ...whole, engine, space, networksDiffer: true });
const lifeOf = (...genome: number[]) => ({ genome: Float64Array.from(genome), seed: 'ab', repeats: 1 });
const batchOf = (lives: readonly ReturnType<typeof lifeOf>[]) => ({
  genomes: lives.map(({ genome }) => genome),
  seeds: lives.map(({ seed }) => seed),
  repeats: lives.map(({ repeats }) => repeats),
  traced: lives.map(() => false),
});

/** Each of the first forms with several constants, in an order that changes the form every time. */
const mixed = [0, 1, 2, 3].flatMap((constant) =>
  [0, 1, 2].map((form) => lifeOf(form, constant, (constant * 2 + form) % levels)),
);

describe.each(['f32', 'f64', 'reference'] as const)('rules that genomes say, in %s', (engine) => {
  const habitat = habitatOn(engine);
  // The reference is slow.
  const lives = engine === 'reference' ? mixed.slice(0, 3) : mixed;
  /** Each life on a runner of its own: nothing is shared. */
  const wanted = lives.map(({ genome, seed }) => new LifetimeRunner(habitat).live(genome, seed, 1));

  it('make lives that differ by form and by constants', () => {
    expect(wanted.every(({ status }) => status === 'ok')).toBe(true);
    expect(new Set(wanted.map((result) => JSON.stringify(result))).size).toBe(lives.length);
  });

  it('live the same whoever shares their batch and their simulator, in whatever order', {
    timeout: 120_000,
  }, async () => {
    const runner = new LifetimeRunner(habitat);
    expect(liveBatch(runner, batchOf(lives))).toEqual(wanted);
    expect(liveBatch(runner, batchOf(lives.toReversed()))).toEqual(wanted.toReversed());
    for (const [i, { genome, seed }] of lives.entries())
      expect(runner.live(genome, seed, 1)).toEqual(wanted[i]);
    expect(await inProcessEvaluator(habitat).evaluate(lives)).toEqual(wanted);
  });

  it('live as the network does that is made with such a rule', () => {
    const [, , life] = mixed;
    const { rules } = space.phenotype(life!.genome);
    const embodied = { ...whole.embodied, network: withRules(network, rules!) };
    const plain = { ...habitat, embodied, space: spaceOf([], whole.ground), networksDiffer: false };
    const result = new LifetimeRunner(plain).live(new Float64Array(), life!.seed, 1);
    expect(result).toEqual(wanted[2]);
  });

  it('that do not fit the network are failed lives with the reason, which touch no other', () => {
    const results = liveBatch(
      new LifetimeRunner(habitat),
      batchOf([mixed[0]!, lifeOf(unfit, 1, 1), mixed[1]!]),
    );
    expect(results[1]).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/rule "rule .*nowhere/),
    });
    expect([results[0], results[2]]).toEqual(wanted.slice(0, 2));
  });

  it('with a constant that is no finite number, or that is not allowed, fail in known company too', () => {
    const broken = spaceOf(
      [
        integerGenes('form', [3], (genome) => {
          const values = [{}, { aPlus: Number.NaN }, { tauPlus: 0 }][genome[0]!]!;
          return { [projection!]: withDefaults(pairStdp, values as Record<string, number>) };
        }),
      ],
      whole.ground,
    );
    const runner = new LifetimeRunner({ ...habitat, space: broken });
    const results = liveBatch(runner, batchOf([lifeOf(0), lifeOf(1), lifeOf(2)]));
    expect(results.map(({ status }) => status)).toEqual(['ok', 'failed', 'failed']);
    expect(results[1]!.reason).toBe(`${projection}.aPlus is NaN`);
    expect(results[2]!.reason).toMatch(/tauPlus: expected a time constant above 0, found 0/);
  });
});

describe('simulators of evolved rules', () => {
  const habitat = habitatOn('f32');

  it('are forgotten beyond a bound, without a trace in results', () => {
    const runner = new LifetimeRunner(habitat);
    const all = Array.from({ length: unfit }, (_, form) => lifeOf(form, 2, 1));
    expect(all.length).toBeGreaterThan(mostControllers);
    const first = all.map(({ genome, seed }) => runner.live(genome, seed, 1));
    expect(all.map(({ genome, seed }) => runner.live(genome, seed, 1))).toEqual(first);
  });

  it('are shared by genomes of one form: one controller lives both', () => {
    const runner = new LifetimeRunner(habitat);
    const embodied = [lifeOf(0, 1, 1), lifeOf(0, 3, 2), lifeOf(1, 1, 1)].map(({ genome }) =>
      runner.embody(genome),
    );
    expect(embodied[1]).toBe(embodied[0]);
    expect(embodied[2]).not.toBe(embodied[0]);
  });

  it('live those of one structure together', () => {
    const runner = new LifetimeRunner(habitat);
    const order = livingOrder(runner, batchOf(mixed.slice(0, 6)));
    expect(order).toEqual([0, 3, 1, 4, 2, 5]);
    const plain = new LifetimeRunner(whole);
    const starts = [whole.space.start, whole.space.start];
    expect(
      livingOrder(plain, { genomes: starts, seeds: ['a', 'b'], repeats: [1, 1], traced: [false, false] }),
    ).toEqual([0, 1]);
  });

  it('are handed to other threads as those of the start', () => {
    const [hash] = new LifetimeRunner(habitat).modules().keys();
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect([...new LifetimeRunner(habitatOn('reference')).modules()]).toEqual([]);
  });
});

describe('a network with rules in place', () => {
  const rules = { [projection!]: ruleOf(Float64Array.of(0, 1, 1), 0) };

  it('takes the defaults of the new rule, and keeps the sign', () => {
    const [before, after] = [network, withRules(network, rules)].map(
      (of) => of.projections.find(({ name }) => name === projection)!,
    );
    expect(after!.plasticity!.rule).toBe(rules[projection!]);
    expect(after!.plasticity!.parameters).toEqual({});
    expect(after!.plasticity!.sign).toBe(before!.plasticity!.sign);
    expect(constantsOf(withRules(network, rules), rules)[`${projection}.aPlus`]).toBe(0.5);
  });

  it('has a structure that names, words and constants do not change', () => {
    const renamed = { ...rules[projection!]!, name: 'other', summary: 'x', source: 'y' };
    expect(structureOf({ [projection!]: withDefaults(renamed, { aPlus: 1 }) })).toBe(structureOf(rules));
    expect(structureOf({ [projection!]: { ...renamed, onPre: [] } })).not.toBe(structureOf(rules));
    expect(structureOf({ elsewhere: renamed })).not.toBe(structureOf(rules));
  });

  it('is refused where there is no such projection', () => {
    const refused = () => withRules(network, { [`${projection}x`]: pairStdp });
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(`Did you mean "${projection}"`);
  });

  it('loses what an ablation takes away, whatever genomes say', async () => {
    const still = await whole.without({ what: 'plasticity' });
    const lives = [lifeOf(0, 3, 1), lifeOf(2, 3, 1)].map(({ genome, seed }) =>
      new LifetimeRunner({ ...still, space, networksDiffer: true }).live(genome, seed, 1),
    );
    expect(lives[0]!.status).toBe('ok');
    expect(lives[0]).toEqual(lives[1]);
  });
});
