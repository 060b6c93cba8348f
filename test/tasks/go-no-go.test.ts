import { describe, expect, it } from 'vitest';
import { noConnectome } from '../../src/connectome/none.js';
import { openHabitat } from '../../src/evaluate/habitat.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { RandomStream } from '../../src/math/random.js';
import { deriveSeed } from '../../src/math/seed.js';
import { actionEntropy, measuresOf, scoreOf, type Trials } from '../../src/tasks/go-no-go/measures.js';
import { goNoGo } from '../../src/tasks/go-no-go/task.js';
import { emptyGoNoGoTrace, type GoNoGoTrace } from '../../src/tasks/go-no-go/trace.js';
import { prepareTask } from '../../src/tasks/table.js';
import type { Controller, LivingNetwork, PreparedTask } from '../../src/tasks/task.js';
import { runnerIn } from '../evaluate/runner-in.js';

const prepared = (options: object = {}) =>
  prepareTask({ name: 'go-no-go', ...options }) as PreparedTask<GoNoGoTrace>;

/** A life of one whose answers are given: right or wrong by trial. */
function trialsOf(right: readonly number[], shifts: readonly number[], seed = 'cues'): Trials {
  const random = RandomStream.from(seed);
  const cue = right.map(() => random.integer(2));
  const block = (trial: number) => shifts.filter((shift) => shift <= trial).length;
  const isGo = (trial: number) => (cue[trial] === 0) === (block(trial) % 2 === 0);
  return {
    cue,
    right: [...right],
    went: right.map((ok, trial) => ((ok === 1) === isGo(trial) ? 1 : 0)),
    burst: right.map(() => 0),
    shifts: [...shifts],
  };
}

const repeat = (value: number, times: number) => Array<number>(times).fill(value);
/** Right but for `wrong` trials after the shift. */
const recovering = (wrong: number, seed?: string) =>
  trialsOf([...repeat(1, 200), ...repeat(0, wrong), ...repeat(1, 200 - wrong)], [200], seed);

describe('measures of go/no-go', () => {
  it('score what is right once the criterion is reached: fewer trials to it are better', () => {
    expect(scoreOf(recovering(0))).toBe(1);
    // A run of twenty with sixteen right holds four errors.
    expect(scoreOf(recovering(4))).toBe(396 / 400);
    expect(scoreOf(recovering(40))).toBe(360 / 400);
    expect(scoreOf(recovering(200))).toBe(0.5);
    const chance = trialsOf(
      Array.from({ length: 400 }, (_, i) => i % 2),
      [200],
    );
    expect(scoreOf(chance)).toBe(0);
  });

  it('count the trials to the criterion, and the errors by the old rule', () => {
    expect(measuresOf(recovering(40))).toMatchObject({
      accuracy: 0.9,
      accuracyBefore: 1,
      accuracyAfter: 0.2,
      accuracyLater: 1,
      trialsToLearn: 0,
      trialsToRegain: 36,
      regained: 1,
      perseverativeErrors: 35,
      hits: expect.closeTo(0.9, 1),
      falseAlarms: expect.closeTo(0.1, 1),
    });
    expect(measuresOf(recovering(200))).toMatchObject({
      trialsToRegain: 200,
      regained: 0,
      perseverativeErrors: 200,
    });
  });

  it('average over shifts', () => {
    const life = [...repeat(1, 100), ...repeat(0, 24), ...repeat(1, 76), ...repeat(0, 4), ...repeat(1, 96)];
    expect(measuresOf(trialsOf(life, [100, 200]))).toMatchObject({
      trialsToRegain: 10,
      regained: 1,
      accuracyAfter: (26 / 50 + 46 / 50) / 2,
    });
  });

  it('have no sensitivity where answers are tossed, and a finite one where all are right', () => {
    const tossed = RandomStream.from('tossed');
    const life = trialsOf(
      Array.from({ length: 4000 }, () => tossed.integer(2)),
      [2000],
    );
    expect(Math.abs(measuresOf(life).dPrime!)).toBeLessThan(0.15);
    expect(measuresOf(recovering(0)).dPrime).toBeGreaterThan(5);
    expect(measuresOf(recovering(0)).dPrime).toBeLessThan(8);
  });

  it('tell how far actions are from a rule', () => {
    const cue = Array.from({ length: 60 }, (_, i) => i % 2);
    const entropy = (went: number[], end = 60) => actionEntropy({ cue, went }, end);
    expect(entropy(cue)).toBe(0);
    expect(entropy(repeat(1, 60))).toBe(0);
    expect(entropy(Array.from({ length: 60 }, (_, i) => (i >> 1) % 2))).toBeCloseTo(1, 1);
    // Of one cue always, of the other a quarter.
    const quarter = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 || i % 8 === 1 ? 1 : 0));
    expect(entropy(quarter)).toBeCloseTo(0.5 * (0.25 * 2 + 0.75 * Math.log2(4 / 3)), 1);
    // The window alone counts.
    expect(entropy([...repeat(1, 10), ...cue.slice(10)])).toBe(0);
  });

  it('count bursts that nothing called for', () => {
    const life = recovering(0);
    for (const trial of [3, 120, 210, 260]) life.burst[trial] = 1;
    expect(measuresOf(life)).toMatchObject({ bursts: 4, falseBurstsPerThousand: 5 });
  });
});

/** Answers each cue as `answer` says, with a network that only keeps the books. */
function bookkeeper(answer: (cue: number, trial: number) => boolean) {
  let trial = -1;
  const told: string[] = [];
  const released: Record<string, number[]> = { DA: [], NA: [] };
  let level = 0;
  const network: Partial<LivingNetwork> = {
    spikeCount: 0,
    release: (modulator: string, amount: number) => {
      released[modulator]!.push(amount);
      if (modulator === 'NA') level += amount;
    },
    concentration: () => level,
    signal: (event: string, projection?: string) => {
      told.push(projection === undefined ? event : `${event} ${projection}`);
    },
  };
  const controller: Controller = {
    network: network as LivingNetwork,
    body: {},
    reset: () => {},
    respond: (observation, action) => {
      action.fill(0);
      if (observation[0] === 0 && observation[1] === 0) return;
      trial += 1;
      const goes = answer(observation[0] === 1 ? 0 : 1, trial);
      action[goes ? 0 : 1] = 1;
    },
  };
  return { controller, told, released };
}

describe('the world of go/no-go', () => {
  const slow = { cueMs: 300, gapMs: 300 };
  const live = (options: object, answer: (cue: number, trial: number) => boolean) => {
    const books = bookkeeper(answer);
    const task = prepared({ ...slow, ...options });
    const trace = emptyGoNoGoTrace();
    const result = task.live(task.scenarios[0]!, deriveSeed('world'), books.controller, trace);
    return { ...result, ...books, trace };
  };
  const oldRule = (cue: number) => cue === 0;

  it('exchanges what the cues mean', () => {
    const { trace } = live({}, oldRule);
    expect(trace.right).toEqual([...repeat(1, 200), ...repeat(0, 200)]);
    expect(trace.shifts).toEqual([200]);
    const cues = trace.cue.reduce((sum, cue) => sum + cue, 0);
    expect(Math.abs(cues - 200)).toBeLessThan(40);
    const knowing = live({}, (cue, trial) => oldRule(cue) === trial < 200);
    expect(knowing.score).toBe(1);
    expect(knowing.measures).toMatchObject({ accuracy: 1, bursts: 0, trialsToRegain: 0 });
  });

  it('tells the pool that chose of the outcome, and then both to settle', () => {
    const { told, trace } = live({}, oldRule);
    expect(told).toHaveLength(800);
    trace.went.forEach((went, trial) => {
      expect(told.slice(2 * trial, 2 * trial + 2)).toEqual([`outcome ${went ? 'toGo' : 'toNoGo'}`, 'settle']);
    });
  });

  it('releases dopamine for rewards alone, or for the difference from what was expected', () => {
    const rewards = live({}, oldRule).released.DA!;
    expect(rewards).toEqual([...repeat(1, 200), ...repeat(0, 200)]);
    const surprises = live({ dopamine: 'signed' }, oldRule).released.DA!;
    expect(surprises[0]).toBe(0.5);
    expect(surprises[1]).toBeCloseTo(0.45, 12);
    expect(surprises[199]).toBeCloseTo(0, 8);
    expect(surprises[200]).toBeCloseTo(-1, 8);
    expect(surprises[201]).toBeCloseTo(-0.9, 8);
  });

  it('releases noradrenaline where rewards have become rare, unless it is told not to', () => {
    const { trace, released } = live({}, oldRule);
    // 0.9^8 = 0.43 is the first below 0.45; with a level that stays there is no second release.
    expect(trace.burst.flatMap((burst, trial) => (burst ? [trial] : []))).toEqual([207]);
    expect(released.NA).toEqual([1]);
    expect(live({ noradrenaline: false }, oldRule).released.NA).toEqual([]);
  });

  it('shifts several times, at random trials where told to', () => {
    const { trace } = live({ shifts: 6, trials: 120, trialsSpread: 20 }, oldRule);
    expect(trace.shifts).toHaveLength(6);
    const lengths = [...trace.shifts, trace.cue.length].map((to, i) => to - (trace.shifts[i - 1] ?? 0));
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(140);
    expect(new Set(lengths).size).toBeGreaterThan(3);
    const task = prepared(slow);
    const held = emptyGoNoGoTrace();
    task.live(task.heldOut[0]!, deriveSeed('held out'), bookkeeper(oldRule).controller, held);
    expect(held.shifts).toHaveLength(3);
    for (const [i, shift] of held.shifts.entries()) {
      const length = shift - (held.shifts[i - 1] ?? 0);
      expect(length >= 150 && length <= 250).toBe(true);
    }
  });

  it('counts spikes in the decision, where there is one', () => {
    const seen: string[] = [];
    const task = prepared({ cueMs: 100, delayMs: 200, decisionMs: 100, gapMs: 100, trials: 100 });
    const controller: Controller = {
      body: {},
      reset: () => {},
      respond: ([a, b], action) => {
        seen.push(a ? 'A' : b ? 'B' : '-');
        // After the cue come two intervals of delay: only what is said then counts.
        const cue = ['A', 'B'].includes(seen.at(-4)!) ? seen.at(-4) : undefined;
        action[0] = cue === 'A' ? 1 : 0;
        action[1] = cue === 'B' ? 1 : cue === undefined ? 5 : 0;
      },
    };
    const { measures } = task.live(task.scenarios[0]!, deriveSeed('x'), controller);
    expect(seen.slice(0, 10).map((what) => (what === '-' ? '-' : 'cue'))).toEqual([
      'cue',
      '-',
      '-',
      '-',
      '-',
      'cue',
      '-',
      '-',
      '-',
      '-',
    ]);
    expect(measures.accuracyBefore).toBe(1);
    expect(measures.accuracyAfter).toBe(0);
  });

  it.each([
    [{ trials: 110, trialsSpread: 20 }, /trialsSpread: expected at least 100 trials/],
    [{ delayMs: 100 }, /delayMs: a delay goes with a decision/],
    [{ dopamine: 'none' }, /dopamine: expected one of "reward-only", "signed"/],
  ])('refuses %j', (options, message) => {
    expect(() => prepared(options)).toThrow(message);
  });

  it('leaves a policy that tosses a coin far from its ceiling', () => {
    const task = prepared(slow);
    const policy = goNoGo.randomPolicy();
    const scores = Array.from(
      { length: 40 },
      (_, life) => task.live(task.scenarios[0]!, deriveSeed(life), policy).score,
    );
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    expect(mean).toBeLessThan(0.3);
  });
});

describe('the go/no-go circuit', () => {
  const runnerOf = (options: object, seed = 1) =>
    runnerIn({
      connectome: noConnectome,
      genome: loadGenomeSpec('go-no-go', 'test'),
      network: null,
      task: { name: 'go-no-go', networkSeed: seed, ...options },
    });
  const seeds = [1, 2, 3, 4];
  const mean = async (options: object, measure: string) => {
    let sum = 0;
    for (const seed of seeds) {
      const runner = await runnerOf(options, seed);
      sum += runner.live(runner.habitat.space.start, deriveSeed('circuit', seed), 1).measures[measure]!;
    }
    return sum / seeds.length;
  };

  it('learns the first rule within a block, whatever is released', async () => {
    for (const options of [{ noradrenaline: false }, {}, { dopamine: 'signed' }]) {
      expect(await mean(options, 'accuracyBefore')).toBeGreaterThan(0.97);
    }
  });

  it('stays with the old rule by dopamine for rewards alone, and leaves it with noradrenaline', async () => {
    const alone = { noradrenaline: false };
    expect(await mean(alone, 'accuracyLater')).toBeLessThan(0.05);
    expect(await mean(alone, 'regained')).toBe(0);
    expect(await mean(alone, 'entropyPeak')).toBeLessThan(0.2);
    expect(await mean({}, 'accuracyLater')).toBeGreaterThan(0.95);
    expect(await mean({}, 'regained')).toBe(1);
    expect(await mean({}, 'entropyPeak')).toBeGreaterThan(0.5);
    expect(await mean({}, 'entropyEnd')).toBeLessThan(0.1);
    expect(await mean({}, 'bursts')).toBeGreaterThanOrEqual(1);
  });

  it('keeps the mean of the weights onto each cell', async () => {
    const runner = await runnerOf({});
    const { space, task } = runner.habitat;
    const controller = runner.embody(space.start);
    task.live(task.scenarios[0]!, deriveSeed('weights'), controller);
    const weights = controller.network!.weights();
    for (let cell = 0; cell < 10; cell++) {
      let sum = 0;
      for (let channel = 0; channel < 40; channel++) sum += weights[channel * 10 + cell]!;
      // Clipping at the bounds takes some of it.
      expect(sum / 40).toBeGreaterThan(0.35);
      expect(sum / 40).toBeLessThan(0.55);
    }
    expect(Math.max(...weights)).toBeGreaterThan(0.9);
    expect(Math.min(...weights.subarray(0, 800))).toBeLessThan(0.1);
  });

  it('has little left of a trial when the next begins', async () => {
    const runner = await runnerOf({});
    const controller = runner.embody(runner.habitat.space.start);
    controller.reset(deriveSeed('gap'));
    const action = new Float64Array(2);
    const { network } = controller;
    const input = () => Math.max(...network!.state('go', 'cues.g'), ...network!.state('noGo', 'cues.g'));
    for (let i = 0; i < 3; i++) controller.respond(Float64Array.of(1, 0), action);
    const during = input();
    expect(during).toBeGreaterThan(5);
    controller.respond(new Float64Array(2), action);
    expect(input()).toBeLessThan(0.25 * during);
  });

  it('moves with every gene', async () => {
    const runner = await runnerOf({ shifts: 2, trials: 100 });
    const { space } = runner.habitat;
    const live = (genome: Float64Array) => runner.live(genome, deriveSeed('genes'), 1).measures;
    // Where a presynaptic spike after a postsynaptic one takes nothing, its window does not matter.
    const start = space.start.map((value, gene) => (space.nameOf(gene).includes('aMinus') ? 0.3 : value));
    const before = live(start);
    for (let gene = 0; gene < space.genes; gene++) {
      const genome = Float64Array.from(start);
      const up = genome[gene]! + 3 * space.step[gene]!;
      genome[gene] = up <= space.high[gene]! ? up : genome[gene]! - 3 * space.step[gene]!;
      expect(live(genome), space.nameOf(gene)).not.toEqual(before);
    }
    expect(live(start)).toEqual(before);
  });

  it('agrees with the reference simulator on a short life', async () => {
    const short = { trials: 100, cueMs: 100, gapMs: 20, heldOutShifts: 0 };
    const setup = {
      connectome: noConnectome,
      genome: loadGenomeSpec('go-no-go', 'test'),
      network: null,
      task: { name: 'go-no-go' as const, ...short },
    };
    const [compiled, reference] = [await runnerIn(setup), await runnerIn({ ...setup, engine: 'reference' })];
    const start = compiled.habitat.space.start;
    expect(compiled.live(start, deriveSeed('engines'), 1)).toEqual(
      reference.live(start, deriveSeed('engines'), 1),
    );
  });

  it('evolves its first weights where a genome spec says so, by the names of its synapses', async () => {
    const spec = loadGenomeSpec('weights', 'test');
    const { space } = await openHabitat({
      connectome: noConnectome,
      genome: spec,
      network: null,
      task: { name: 'go-no-go' },
    });
    expect(space.genes).toBe(800);
    expect(space.nameOf(0)).toBe('cues 0->go 0');
    expect(space.nameOf(401)).toBe('cues 0->noGo 1');
  });
});

describe('runs of a task that brings its network', () => {
  it('need no connectome and take the genome that the task names', async () => {
    const { spec, habitat, connectomeText } = await resolveRun({ task: 'go-no-go' });
    expect(spec.connectome).toEqual({ id: 'none', hash: noConnectome.hash });
    expect(habitat.setup.connectome).toBe(noConnectome);
    expect(connectomeText).toBeUndefined();
    expect(spec.genome.name).toBe('go-no-go');
    expect(spec.network).toBeNull();
    // Penalties by distance from the animal, in the unit of another score, are of no use here.
    expect(spec.objective).toEqual({ sparsity: null, floor: null });
    expect(habitat.space.genes).toBe(16);
  });

  it.each([
    [{ connectome: 'c-elegans-openworm' }, /connectome: the task "go-no-go" brings its own network/],
    [{ set: ['network.cell=izhikevich'] }, /network: the task "go-no-go" brings its own network/],
    [{ genome: 'weights-by-class' }, /class-pair ties the synapses of a connectome's cell classes/],
    [{ genome: 'weights-and-scales' }, /"neurons\.external\.scale" is not a parameter of the network/],
    [{ set: ['genome.genes.0.names=["go.receptor.DA"]'] }, /Did you mean "go\.receptor\.NA"/],
    [{ set: ['genome.genes.0.names=["body.naTreshold"]'] }, /Did you mean "body\.naThreshold"/],
  ])('refuse %j', async (request, message) => {
    await expect(resolveRun({ task: 'go-no-go', ...request })).rejects.toThrow(message);
  });

  it('are refused no connectome where the task needs one', async () => {
    await expect(resolveRun({ connectome: 'none' })).rejects.toThrow(/Unknown connectome "none"/);
    await expect(resolveRun({ file: { path: 'run.json', value: { network: null } } })).rejects.toThrow(
      /network: the task "foraging" needs to know/,
    );
  });
});
