import { describe, expect, it } from 'vitest';
import { noConnectome } from '../../src/connectome/none.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { deriveSeed } from '../../src/math/seed.js';
import type { Ablation } from '../../src/network/build/ablate.js';
import { emptyGoNoGoTrace, type GoNoGoTrace } from '../../src/tasks/go-no-go/trace.js';
import { prepareTask } from '../../src/tasks/table.js';
import type { Controller, LivingNetwork, PreparedTask } from '../../src/tasks/task.js';
import { runnerIn } from '../evaluate/runner-in.js';

const short = { trials: 100, cueMs: 100, gapMs: 20, heldOutShifts: 0 };

const runnerOf = (options: object, networkSeed = 1, ablation?: Ablation) =>
  runnerIn({
    connectome: noConnectome,
    genome: loadGenomeSpec('go-no-go', 'test'),
    network: null,
    task: { name: 'go-no-go', networkSeed, ...options },
    ...(ablation ? { ablation } : {}),
  });

/** A life, its weights at the end, and its network. */
async function lifeOf(options: object, ablation?: Ablation) {
  const runner = await runnerOf(options, 1, ablation);
  const controller = runner.embody(runner.habitat.space.start);
  const trace = emptyGoNoGoTrace();
  const task = runner.habitat.task as PreparedTask<GoNoGoTrace>;
  const { score, measures } = task.live(task.scenarios[0]!, deriveSeed('offline'), controller, trace);
  const network = controller.network!;
  return { score, measures, trace, network, weights: network.weights() };
}

const distance = (a: Float64Array, b: Float64Array) =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) * (value - b[i]!), 0));

const seeds = [1, 2, 3, 4];
async function meanOf(options: object, measure: string) {
  let sum = 0;
  for (const seed of seeds) {
    const runner = await runnerOf(options, seed);
    sum += runner.live(runner.habitat.space.start, deriveSeed('circuit', seed), 1).measures[measure]!;
  }
  return sum / seeds.length;
}

/** Goes at A, in a network that only keeps the books: what it saw, was told and was given, in order. */
function bookkeeper() {
  const log: string[] = [];
  let spikeCount = 0;
  const network: Partial<LivingNetwork> = {
    get spikeCount() {
      return spikeCount;
    },
    release: (modulator, amount) => {
      log.push(`${modulator} ${amount.toFixed(2)}`);
    },
    concentration: () => 0,
    signal: (event, projection) => {
      log.push(projection === undefined ? event : `${event} ${projection}`);
    },
  };
  const controller: Controller = {
    network: network as LivingNetwork,
    body: {},
    reset: () => {},
    respond: ([a, b], action) => {
      spikeCount += 1;
      if (a! > 0 || b! > 0) log.push(a === b ? `both ${a!.toFixed(3)}` : a! > 0 ? 'A' : 'B');
      action[0] = a!;
      action[1] = b!;
    },
  };
  return { log, controller };
}

function booksOf(options: object) {
  const task = prepareTask({ name: 'go-no-go', ...short, cueMs: 100, gapMs: 100, ...options });
  const { log, controller } = bookkeeper();
  return { ...task.live(task.scenarios[0]!, deriveSeed('books'), controller), log };
}

describe('go/no-go without consolidation, replay and sleep', () => {
  it('is what it was before they could be had', async () => {
    const runner = await runnerOf({});
    // Recorded without these options.
    const { status, score, measures } = runner.live(runner.habitat.space.start, deriveSeed('fixed'), 1);
    expect({ status, score, measures }).toEqual({
      status: 'ok',
      score: 0.9125,
      measures: {
        accuracy: 0.915,
        accuracyBefore: 1,
        accuracyAfter: 0.44,
        accuracyLater: 1,
        trialsToLearn: 2,
        trialsToRegain: 25,
        regained: 1,
        perseverativeErrors: 23,
        hits: 0.9030612244897959,
        falseAlarms: 0.07352941176470588,
        dPrime: 2.722595195054399,
        entropyBefore: 0,
        entropyPeak: 0.9895875212220557,
        entropyEnd: 0,
        bursts: 3,
        falseBurstsPerThousand: 0,
        spikesATrial: 1088.235,
      },
    });
  });

  it('tells nothing to consolidate', () => {
    expect(booksOf({}).log).not.toContain('consolidate');
  });
});

describe('replay', () => {
  it('lives remembered trials again, with what was done and what came of it', () => {
    const { log } = booksOf({ replay: 2, replayFrom: 1, noradrenaline: false });
    // The last trial alone is remembered: each is lived three times.
    const [first, ...others] = log.join(' ').split(/(?<=settle) /);
    expect(others.slice(0, 2)).toEqual([first, first]);
    expect(log.filter((entry) => entry === 'settle')).toHaveLength(600);
    for (let trial = 0; trial < 600; trial += 3) {
      const [lived, again, oncemore] = [first, ...others].slice(trial, trial + 3);
      expect([again, oncemore]).toEqual([lived, lived]);
    }
  });

  it('compares a remembered reward with what is expected now', () => {
    const { log } = booksOf({ replay: 1, replayFrom: 1, dopamine: 'signed' });
    expect(log.filter((entry) => entry.startsWith('DA')).slice(0, 4)).toEqual([
      'DA 0.50',
      'DA 0.45',
      'DA 0.45',
      'DA 0.40',
    ]);
  });

  it('counts in no measure, and takes time', async () => {
    expect(booksOf({ replay: 3 }).measures).toEqual(booksOf({}).measures);
    const [without, replayed] = [await lifeOf(short), await lifeOf({ ...short, replay: 2 })];
    expect(replayed.trace.cue).toHaveLength(200);
    expect(replayed.network.step).toBe(3 * without.network.step);
  });

  it('changes weights more by trial, and finds the new rule sooner', async () => {
    const start = (await runnerOf(short)).habitat.embodied.network.weights;
    const moved = async (options: object) =>
      distance((await lifeOf({ ...short, noradrenaline: false, ...options })).weights, start);
    expect(await moved({ replay: 2 })).toBeGreaterThan(await moved({}));
    const replayed = await meanOf({ replay: 3 }, 'trialsToRegain');
    expect(replayed).toBeLessThan(0.75 * (await meanOf({}, 'trialsToRegain')));
  });
});

describe('sleep', () => {
  const asleep = { ...short, sleepMs: 1000, sleepEvery: 200 };

  it('has channels of both cues fire at the rate it is given, and consolidates at its end', () => {
    const { log } = booksOf({ sleepMs: 400, sleepEvery: 200, beside: ['path-importance'] });
    const night = ['both 0.211', 'both 0.211', 'DA 0.10', 'outcome', 'settle'];
    // Two spans of a trial, at (10 - 2) / (40 - 2) of a cue.
    expect(log.slice(-11)).toEqual([...night, ...night, 'consolidate']);
    expect(log.filter((entry) => entry === 'consolidate')).toHaveLength(2);
  });

  it('counts in no measure', () => {
    expect(booksOf({ sleepMs: 400 }).measures).toEqual(booksOf({}).measures);
  });

  it('moves weights where they learn, and there alone', async () => {
    const awake = await lifeOf(short);
    const slept = await lifeOf(asleep);
    // The one sleep is the end of life.
    expect(slept.measures).toEqual(awake.measures);
    expect(slept.network.step).toBe(awake.network.step + 1000);
    expect(distance(slept.weights, awake.weights)).toBeGreaterThan(0.01);
    const more = await lifeOf({ ...asleep, sleepDopamine: 1 });
    expect(distance(more.weights, awake.weights)).toBeGreaterThan(distance(slept.weights, awake.weights));
    const still = await lifeOf(asleep, { what: 'plasticity' });
    expect(still.weights).toEqual((await lifeOf(short, { what: 'plasticity' })).weights);
  });

  it('fires more at a higher rate', async () => {
    const spikes = async (sleepHz: number) => (await lifeOf({ ...asleep, sleepHz })).network.spikeCount;
    expect(await spikes(20)).toBeGreaterThan(await spikes(2));
  });
});

describe('rules beside the three-factor rule', () => {
  it('hold weights where they were when told to consolidate', async () => {
    const held = async (strength: number) => {
      const { network, weights } = await lifeOf({
        ...short,
        cueMs: 300,
        gapMs: 100,
        beside: ['path-importance'],
        parameters: { strength },
      });
      return distance(weights.subarray(0, 400), network.synapses('toGo', 'anchor'));
    };
    const free = await held(0);
    expect(free).toBeGreaterThan(3);
    expect(await held(10)).toBeLessThan(0.5 * free);
  });

  it('change a life, each in its own way, and agree with the reference simulator', async () => {
    const plain = (await lifeOf(short)).weights;
    for (const beside of [
      ['synaptic-scaling'],
      ['path-importance'],
      ['spike-importance', 'synaptic-scaling'],
    ]) {
      const life = await lifeOf({ ...short, beside });
      expect(distance(life.weights, plain)).toBeGreaterThan(0.1);
      for (const weight of life.weights) expect(Number.isFinite(weight)).toBe(true);
    }
    const setup = {
      connectome: noConnectome,
      genome: loadGenomeSpec('go-no-go', 'test'),
      network: null,
      task: {
        ...{ name: 'go-no-go' as const, ...short, replay: 1, sleepMs: 240 },
        beside: ['spike-importance' as const],
      },
    };
    const [compiled, reference] = [await runnerIn(setup), await runnerIn({ ...setup, engine: 'reference' })];
    const { start } = compiled.habitat.space;
    expect(compiled.live(start, deriveSeed('engines'), 1)).toEqual(
      reference.live(start, deriveSeed('engines'), 1),
    );
  });

  it.each([
    [{ beside: ['path-importance', 'path-importance'] }, /beside: expected each rule once/],
    [{ beside: ['hebb'] }, /beside\[?\.?0\]?: expected one of "synaptic-scaling"/],
    [{ parameters: { strenght: 1 } }, /task\.parameters: "three-factor" has no parameter "strenght"/],
    [
      { beside: ['path-importance'], parameters: { strength: 1000 } },
      /task\.parameters\.strength: expected 1\/s in/,
    ],
    [{ replay: -1 }, /replay: /],
    [{ replayFrom: 0 }, /replayFrom: /],
    [{ sleepMs: -1 }, /sleepMs: /],
    [{ sleepHz: 1 }, /sleepHz: /],
    [{ sleepDopamine: 2 }, /sleepDopamine: /],
  ])('are refused as %j', (options, message) => {
    expect(() => prepareTask({ name: 'go-no-go', ...options } as never)).toThrow(message);
  });
});
