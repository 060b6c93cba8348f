import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Connectome } from '../../src/connectome/connectome.js';
import { loadConnectome } from '../../src/connectome/load.js';
import type { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import type { LifetimeResult } from '../../src/evaluate/lives.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { cos, sin } from '../../src/math/trigonometric.js';
import { UsageError } from '../../src/spec/errors.js';
import { patternNames } from '../../src/tasks/foraging/patterns.js';
import { foraging } from '../../src/tasks/foraging/task.js';
import { freshTask, prepareTask } from '../../src/tasks/table.js';
import type { Controller, EpisodeResult, PreparedTask } from '../../src/tasks/task.js';
import { emptyWormTrace, type WormTrace } from '../../src/tasks/worm/trace.js';
import { runnerIn } from '../evaluate/runner-in.js';

let connectome: Connectome;
beforeAll(() => {
  connectome = loadConnectome('c-elegans-openworm');
});

type ForagingOptions = Readonly<Record<string, unknown>>;

function runnerOf(options: ForagingOptions): Promise<LifetimeRunner> {
  return runnerIn({
    connectome,
    genome: loadGenomeSpec('weights', 'test'),
    network: { cell: 'accumulate-and-fire', threshold: 30 },
    task: { name: 'foraging', ...options },
  });
}

/** What the animal's own weights score. */
async function untrained(options: ForagingOptions, seed = 'any', repeats = 1): Promise<LifetimeResult> {
  const runner = await runnerOf(options);
  return runner.live(runner.habitat.space.start, seed, repeats);
}

const prepared = (options: ForagingOptions): PreparedTask<WormTrace> =>
  prepareTask({ name: 'foraging', ...options }) as PreparedTask<WormTrace>;

/** Pulls both sides as strongly as told, whatever it feels. */
const puller = (pull: (step: number) => readonly [left: number, right: number]): Controller => {
  let step = 0;
  return {
    body: {},
    reset: () => {
      step = 0;
    },
    respond: (_observation, action) => action.set(pull(step++)),
  };
};
const straight = puller(() => [0, 0]);

/** The first scenario lived by a controller. */
function episode(
  options: ForagingOptions,
  seed = 'any',
  controller = straight,
): EpisodeResult & { trace: WormTrace } {
  const task = prepared(options);
  const trace = emptyWormTrace();
  return { ...task.live(task.scenarios[0]!, seed, controller, trace), trace };
}

const foodOf = (pattern: string, seed?: string): [x: number, y: number][] => {
  const { food } = episode({ patterns: pattern, steps: 1 }, seed).trace;
  return food.x.map((x, i) => [x, food.y[i]!]);
};

describe('untrained scores', () => {
  it.each([
    ['square', 153.742, 5],
    ['triangle', 187.171, 6],
    ['circle', 31.758, 1],
  ])('%s: %d as published, to three decimals, with %d items eaten', async (patterns, score, foodEaten) => {
    const result = await untrained({ patterns });
    expect(Number(result.score.toFixed(3))).toBe(score);
    expect(result.measures.foodEaten).toBe(foodEaten);
  });

  // This project's own values, to the last bit.
  const golden: [pattern: string, score: number, foodEaten: number, touchSteps: number][] = [
    ['square', 153.74230577004045, 5, 0],
    ['triangle', 187.1705399561742, 6, 0],
    ['pentagon', 155.16819227739185, 5, 0],
    ['hexagon', 2.2875062510654165, 0, 44],
    ['heptagon', 2.081670329536468, 0, 45],
    ['octagon', 2.001448719103918, 0, 39],
    ['nonagon', 123.01131875145333, 4, 0],
    ['circle', 31.758187211171666, 1, 23],
    ['grid', 64.53815582301382, 2, 4],
    ['clusters', 274.16732933148865, 9, 21],
    ['random', 1.4851221300723618, 0, 95],
  ];

  it('are pinned for every pattern', () => {
    expect(golden.map(([pattern]) => pattern).sort()).toEqual([...patternNames].sort());
  });

  it.each(golden)('%s: %d never changes', async (patterns, score, foodEaten, touchSteps) => {
    const { status, score: scored, measures } = await untrained({ patterns }, 'golden');
    expect({ status, score: scored, measures }).toStrictEqual({
      status: 'ok',
      score,
      measures: { foodEaten, touchSteps },
    });
  });

  it('of several patterns are the sum of those of each', async () => {
    const names = ['square', 'triangle', 'circle', 'clusters', 'random'];
    const singles = await Promise.all(names.map((patterns) => untrained({ patterns })));
    const sum = (of: (result: LifetimeResult) => number) =>
      singles.reduce((total, result) => total + of(result), 0);
    const { status, score: summed, measures: all } = await untrained({ patterns: names });
    expect({ status, score: summed, measures: all }).toStrictEqual({
      status: 'ok',
      score: sum(({ score }) => score),
      measures: {
        foodEaten: sum(({ measures }) => measures.foodEaten!),
        touchSteps: sum(({ measures }) => measures.touchSteps!),
      },
    });
  });

  it('of several repeats are their mean, each in a world of its own', async () => {
    const runner = await runnerOf({ patterns: 'clusters' });
    const { start } = runner.habitat.space;
    const records = runner.lives(start, ['repeated'], { repeats: 3, set: 'trained' })[0]!.episodes;
    expect(records.map(({ repeat }) => repeat)).toEqual([0, 1, 2]);
    const scores = records.map(({ score }) => score);
    expect(new Set(scores).size).toBe(3);
    const result = runner.live(start, 'repeated', 3);
    expect(result.score).toBeCloseTo((scores[0]! + scores[1]! + scores[2]!) / 3, 9);
  });
});

describe('food patterns', () => {
  const round = (points: [number, number][]) =>
    points.map(([x, y]): [number, number] => [Math.round(x * 1e6) / 1e6 + 0, Math.round(y * 1e6) / 1e6 + 0]);

  const vertex = (sides: number, k: number): [number, number] => [
    800 + 300 * Math.cos((2 * Math.PI * k) / sides),
    600 + 300 * Math.sin((2 * Math.PI * k) / sides),
  ];

  it.each([
    ['pentagon', 5],
    ['hexagon', 6],
    ['heptagon', 7],
    ['octagon', 8],
    ['nonagon', 9],
  ])('%s: items go round its %d sides', (pattern, sides) => {
    const expected: [number, number][] = [];
    const perSide = Math.floor(36 / sides);
    for (let i = 0; i < 36; i++) {
      const [ax, ay] = vertex(sides, i % sides);
      const [bx, by] = vertex(sides, (i % sides) + 1);
      const share = Math.floor(i / sides) / perSide;
      expected.push([ax * (1 - share) + bx * share, ay * (1 - share) + by * share]);
    }
    expect(round(foodOf(pattern))).toEqual(round(expected));
  });

  it('circle: 36 items at equal angles', () => {
    const expected = Array.from({ length: 36 }, (_, i) => vertex(36, i));
    expect(round(foodOf('circle'))).toEqual(round(expected));
  });

  it('square: nine items a side, so that corners are doubled', () => {
    const eighths = [500, 575, 650, 725, 800, 875, 950, 1025, 1100];
    const down = [300, 375, 450, 525, 600, 675, 750, 825, 900];
    const expected = [
      ...eighths.map((x) => [x, 300]),
      ...down.map((y) => [1100, y]),
      ...eighths.toReversed().map((x) => [x, 900]),
      ...down.toReversed().map((y) => [500, y]),
    ];
    const food = foodOf('square');
    expect(food).toEqual(expected);
    const places = food.map(String);
    for (const corner of ['500,300', '1100,300', '1100,900', '500,900']) {
      expect(places.filter((place) => place === corner)).toHaveLength(2);
    }
    expect(new Set(places).size).toBe(32);
  });

  it('triangle: 36 items along the closed path', () => {
    // Lengths along the path, in thirds: 35 steps cover three sides.
    const expected = Array.from({ length: 36 }, (_, i): [number, number] => {
      const along = (3 * i) / 35;
      if (along <= 1) return [800 - 400 * along, 900 - 600 * along];
      if (along <= 2) return [400 + 800 * (along - 1), 300];
      return [1200 - 400 * (along - 2), 300 + 600 * (along - 2)];
    });
    expect(round(foodOf('triangle'))).toEqual(round(expected));
    expect(round(foodOf('triangle'))[35]).toEqual([800, 900]);
  });

  it('grid: six by six, columns first', () => {
    const expected = [1, 2, 3, 4, 5, 6].flatMap((a) =>
      [1, 2, 3, 4, 5, 6].map((b): [number, number] => [(a * 1600) / 7, (b * 1200) / 7]),
    );
    expect(round(foodOf('grid'))).toEqual(round(expected));
  });

  it('clusters: nine items within 50 units an axis of each of four centres', () => {
    const centres = [
      [800, 300],
      [400, 600],
      [1200, 600],
      [800, 900],
    ];
    const offsets: number[] = [];
    for (let seed = 0; seed < 30; seed++) {
      const food = foodOf('clusters', `seed ${seed}`);
      expect(food).toHaveLength(36);
      food.forEach(([x, y], i) => {
        const [cx, cy] = centres[Math.floor(i / 9)]!;
        offsets.push(x - cx!, y - cy!);
      });
    }
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(50);
    // Spread over the whole of the square, and around its middle.
    expect(Math.max(...offsets)).toBeGreaterThan(48);
    expect(Math.min(...offsets)).toBeLessThan(-48);
    expect(Math.abs(offsets.reduce((sum, d) => sum + d, 0) / offsets.length)).toBeLessThan(3);
  });

  it('random: all over the arena, but 400 units or more from its centre', () => {
    const all = Array.from({ length: 60 }, (_, seed) => foodOf('random', `seed ${seed}`)).flat();
    expect(all).toHaveLength(36 * 60);
    const distances = all.map(([x, y]) => Math.hypot(x - 800, y - 600));
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(400);
    expect(Math.min(...distances)).toBeLessThan(410);
    const xs = all.map(([x]) => x);
    const ys = all.map(([, y]) => y);
    expect(Math.min(...xs, ...ys)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...xs)).toBeLessThanOrEqual(1600);
    expect(Math.max(...xs)).toBeGreaterThan(1580);
    expect(Math.max(...ys)).toBeLessThanOrEqual(1200);
    expect(Math.max(...ys)).toBeGreaterThan(1180);
    expect(Math.min(...xs)).toBeLessThan(20);
    expect(Math.min(...ys)).toBeLessThan(20);
  });

  it.each(['clusters', 'random'])('%s: the seed alone decides', (pattern) => {
    const first = foodOf(pattern, 'one');
    expect(foodOf(pattern, 'two')).not.toEqual(first);
    expect(foodOf(pattern, 'one')).toEqual(first);
    expect(prepared({ patterns: pattern }).scenarios[0]!.random).toBe(true);
  });

  it('those that do not draw are the same for every seed, and say so', async () => {
    for (const pattern of ['square', 'triangle', 'circle', 'grid', 'pentagon']) {
      expect(foodOf(pattern, 'two')).toEqual(foodOf(pattern, 'one'));
      expect(prepared({ patterns: pattern }).scenarios[0]!.random).toBe(false);
    }
    const one = await untrained({ patterns: 'square' }, 'one');
    expect(await untrained({ patterns: 'square' }, 'two')).toEqual(one);
  });

  it('hold 36 items, each worth 30', () => {
    for (const { name, ceiling } of prepared({ patterns: patternNames }).scenarios) {
      expect(foodOf(name)).toHaveLength(36);
      expect(ceiling.score).toBe(1080);
    }
  });
});

describe('jitter', () => {
  const kinds: [string, ForagingOptions][] = [
    ['startJitterUnits', { startJitterUnits: 25 }],
    ['startJitterRad', { startJitterRad: 0.3 }],
    ['patternTurnRad', { patternTurnRad: 0.5 }],
  ];

  it.each(kinds)('%s changes the score, by the seed alone', async (_, jitter) => {
    const runner = await runnerOf({ patterns: 'square', ...jitter });
    const { space, task } = runner.habitat;
    expect(task.scenarios[0]!.random).toBe(true);
    const score = (seed: string) => runner.live(space.start, seed, 1).score;
    const first = score('one');
    expect(first).not.toBe((await untrained({ patterns: 'square' })).score);
    expect(score('two')).not.toBe(first);
    expect(score('one')).toBe(first);
    expect((await untrained({ patterns: 'square', ...jitter }, 'one')).score).toBe(first);
  });

  const starts = (options: ForagingOptions) =>
    Array.from({ length: 200 }, (_, seed) => episode({ steps: 1, ...options }, `seed ${seed}`).trace);

  it('moves the start within its bounds, either way along each axis', () => {
    const traces = starts({ startJitterUnits: 40 });
    const dx = traces.map(({ x }) => x[0]! - 800);
    const dy = traces.map(({ y }) => y[0]! - 600);
    for (const moved of [dx, dy]) {
      expect(Math.max(...moved)).toBeLessThanOrEqual(40);
      expect(Math.max(...moved)).toBeGreaterThan(36);
      expect(Math.min(...moved)).toBeGreaterThanOrEqual(-40);
      expect(Math.min(...moved)).toBeLessThan(-36);
    }
    expect(dx).not.toEqual(dy);
    expect(traces.every(({ x, headingRad }) => x[0] === Math.fround(x[0]!) && headingRad[0] === 0)).toBe(
      true,
    );
  });

  it('turns the first heading within its bounds, either way', () => {
    const traces = starts({ startJitterRad: 0.2 });
    const headings = traces.map(({ headingRad }) => headingRad[0]!);
    expect(Math.max(...headings)).toBeLessThanOrEqual(0.2);
    expect(Math.max(...headings)).toBeGreaterThan(0.18);
    expect(Math.min(...headings)).toBeGreaterThanOrEqual(-0.2);
    expect(Math.min(...headings)).toBeLessThan(-0.18);
    expect(traces.every(({ x, y }) => x[0] === 800 && y[0] === 600)).toBe(true);
  });

  it('turns the whole pattern by one angle about the centre', () => {
    const still = foodOf('triangle');
    const angles = starts({ patterns: 'triangle', patternTurnRad: 0.4 }).map(({ food }) => {
      const turns = still.map(([x, y], i) => {
        const cross = (x - 800) * (food.y[i]! - 600) - (y - 600) * (food.x[i]! - 800);
        const dot = (x - 800) * (food.x[i]! - 800) + (y - 600) * (food.y[i]! - 600);
        expect(dot * dot + cross * cross).toBeCloseTo(((x - 800) ** 2 + (y - 600) ** 2) ** 2, 0);
        return Math.atan2(cross, dot);
      });
      for (const turn of turns) expect(turn).toBeCloseTo(turns[0]!, 9);
      return turns[0]!;
    });
    expect(Math.max(...angles)).toBeLessThanOrEqual(0.4 + 1e-9);
    expect(Math.max(...angles)).toBeGreaterThan(0.37);
    expect(Math.min(...angles)).toBeGreaterThanOrEqual(-0.4 - 1e-9);
    expect(Math.min(...angles)).toBeLessThan(-0.37);
  });

  it('is what makes a task fresh', () => {
    const { spec, about } = freshTask({ name: 'foraging', patterns: ['square'], steps: 100 });
    expect(spec).toMatchObject({ name: 'foraging', patterns: ['square'], steps: 100, startJitterUnits: 25 });
    expect(about).toContain('25 units');
    expect(prepareTask(spec).scenarios[0]!.random).toBe(true);
  });
});

/** The world as it is described in words, one quantity at a time; it shares only the sine with the program. */
function relive(trace: WormTrace): WormTrace & { score: number } {
  const told: WormTrace & { score: number } = { ...emptyWormTrace(), food: trace.food, score: 0 };
  let [x, y, heading] = [trace.x[0]!, trace.y[0]!, trace.headingRad[0]!];
  told.x.push(x);
  told.y.push(y);
  told.headingRad.push(heading);
  let food = trace.food.x.map((fx, i) => ({ x: fx, y: trace.food.y[i]! }));
  let smelt = false;
  trace.left.forEach((left, step) => {
    const right = trace.right[step]!;
    const nearestWall = Math.min(x, y, 1600 - x, 1200 - y);
    const touched = nearestWall > 0 && nearestWall < 100;
    told.touch.push(touched ? 1 : 0);
    told.smell.push(smelt && !touched ? 1 : 0);
    told.left.push(left);
    told.right.push(right);
    heading += (right - left) / 10;
    if (heading >= Math.PI) heading -= 2 * Math.PI;
    if (heading < -Math.PI) heading += 2 * Math.PI;
    let speed = Math.abs(left) + Math.abs(right);
    if (speed < 75) speed = 75;
    if (speed > 150) speed = 150;
    x += (speed / 7) * cos(heading);
    y += (speed / 7) * sin(heading);
    if (x < 0) x = 0;
    if (x > 1600) x = 1600;
    if (y < 0) y = 0;
    if (y > 1200) y = 1200;
    x = new Float32Array([x])[0]!;
    y = new Float32Array([y])[0]!;
    const distances = food.map((item) => Math.sqrt((item.x - x) ** 2 + (item.y - y) ** 2));
    for (const d of distances) {
      if (d < 150) told.score += (150 - d) / 150 / 30;
      if (d < 20) told.score += 30;
    }
    smelt = distances.some((d) => d <= 150);
    told.eaten.push(distances.filter((d) => d < 20).length);
    food = food.filter((_, i) => distances[i]! >= 20);
    told.x.push(x);
    told.y.push(y);
    told.headingRad.push(heading);
  });
  return told;
}

describe('an episode', () => {
  it('goes as the world is described, whatever the body does', () => {
    const seen = { touched: 0, smelt: 0, eaten: 0, onWall: 0 };
    const pull = fc.integer({ min: -15e3, max: 15e3 }).map((p) => p / 1e3);
    const strong = fc.integer({ min: 0, max: 90 });
    fc.assert(
      fc.property(
        fc.constantFrom(...patternNames),
        fc.string(),
        fc.array(fc.tuple(pull, pull, strong), { minLength: 1, maxLength: 40 }),
        fc.boolean(),
        (patterns, seed, pulls, jitters) => {
          // Seldom turned, so that walls are reached.
          const controller = puller((step) => {
            const [left, right, push] = pulls[Math.floor(step / 9) % pulls.length]!;
            return step % 9 === 0 ? [left, right] : [push, push];
          });
          const jitter = jitters ? { startJitterUnits: 300, startJitterRad: 3, patternTurnRad: 3 } : {};
          const { trace, score, measures } = episode({ patterns, ...jitter }, seed, controller);
          const { score: expected, ...told } = relive(trace);
          expect(trace).toEqual(told);
          expect(trace.left).toHaveLength(250);
          expect(score).toBeCloseTo(expected, 8);
          expect(measures).toEqual({
            foodEaten: trace.eaten.reduce((sum, n) => sum + n, 0),
            touchSteps: trace.touch.reduce((sum, n) => sum + n, 0),
          });
          seen.touched += measures.touchSteps!;
          seen.eaten += measures.foodEaten!;
          seen.smelt += trace.smell.reduce((sum, n) => sum + n, 0);
          seen.onWall += trace.x.filter((x) => x === 0 || x === 1600).length;
        },
      ),
      { seed: 21, numRuns: 150 },
    );
    // All of it must have happened.
    expect(seen.touched).toBeGreaterThan(500);
    expect(seen.smelt).toBeGreaterThan(500);
    expect(seen.eaten).toBeGreaterThan(50);
    expect(seen.onWall).toBeGreaterThan(50);
  });

  it('gives the same score with and without a trace, and as many steps as asked for', () => {
    const task = prepared({ patterns: 'square', steps: 77 });
    const trace = emptyWormTrace();
    const { score } = task.live(task.scenarios[0]!, 'any', straight, trace);
    expect(task.live(task.scenarios[0]!, 'any', straight).score).toBe(score);
    expect(trace.left).toHaveLength(77);
    expect(trace.x).toHaveLength(78);
  });

  it('starts in the middle, heads along +x, and tells the body so', () => {
    const resets: string[] = [];
    const controller: Controller = { ...straight, reset: (seed) => resets.push(seed) };
    const { trace } = episode({ steps: 1 });
    expect([trace.x[0], trace.y[0], trace.headingRad[0]]).toEqual([800, 600, 0]);
    episode({ steps: 1 }, 'told', controller);
    expect(resets).toEqual(['told']);
  });

  it('eats food once, however often the body passes', () => {
    // Ahead lies the right side of the square; the worm turns about and comes back.
    const back = puller((step) => (step === 40 ? [0, 10 * Math.PI] : [0, 0]));
    const { trace } = episode({ patterns: 'square', steps: 80 }, 'any', back);
    const [onTheWay, onTheWayBack] = [trace.eaten.slice(0, 40), trace.eaten.slice(40)];
    expect(onTheWay.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(onTheWayBack.reduce((sum, n) => sum + n, 0)).toBe(0);
    expect(Math.min(...trace.x.slice(40))).toBeLessThan(1090);
  });

  it('has no score where the body was driven by what is not a number', () => {
    expect(
      episode(
        {},
        'any',
        puller((step) => [step === 3 ? Number.NaN : 0, 0]),
      ).score,
    ).toBeNaN();
  });
});

describe('the random policy', () => {
  it('pulls within what the body can use, by its seed alone', () => {
    const pulls = (controller: Controller, seed: string) => {
      controller.reset(seed);
      return Array.from({ length: 200 }, () => {
        const action = new Float64Array(2);
        controller.respond(new Float64Array(2), action);
        return [...action];
      });
    };
    const policy = foraging.randomPolicy();
    const first = pulls(policy, 'one');
    expect(pulls(policy, 'two')).not.toEqual(first);
    expect(pulls(policy, 'one')).toEqual(first);
    expect(pulls(foraging.randomPolicy(), 'one')).toEqual(first);
    const all = first.flat();
    expect(Math.max(...all)).toBeLessThanOrEqual(75);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(-75);
    expect(Math.max(...all)).toBeGreaterThan(70);
    expect(Math.min(...all)).toBeLessThan(-70);
    expect(new Set(all).size).toBe(400);
  });
});

describe('options', () => {
  const refusal = (options: ForagingOptions): string => {
    try {
      prepared(options);
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      return (error as Error).message;
    }
    return 'accepted';
  };
  const names = (task: PreparedTask) => task.scenarios.map(({ name }) => name);

  it('take patterns as a list or as words with commas', () => {
    expect(names(prepared({ patterns: 'square,triangle' }))).toEqual(['square', 'triangle']);
    expect(names(prepared({ patterns: ['triangle', 'square'] }))).toEqual(['triangle', 'square']);
    expect(names(prepared({ patterns: 'grid' }))).toEqual(['grid']);
    expect(names(prepared({}))).toEqual(['square']);
  });

  it('refuse an unknown pattern and name the nearest', () => {
    const message = refusal({ patterns: 'square,triangel' });
    expect(message).toContain('patterns[1]: expected one of "square"');
    expect(message).toContain('found "triangel"');
    expect(message).toContain('Did you mean "triangle"');
  });

  it('refuse no pattern at all', () => {
    expect(refusal({ patterns: '' })).toContain('patterns: expected at least 1 item(s)');
    expect(refusal({ patterns: [] })).toContain('patterns: expected at least 1 item(s)');
  });

  it('keep held-out patterns apart, and refuse one that is trained on', async () => {
    const task = prepared({ patterns: 'square', heldOut: 'pentagon,circle' });
    expect(names(task)).toEqual(['square']);
    expect(task.heldOut.map(({ name }) => name)).toEqual(['pentagon', 'circle']);
    expect(refusal({ patterns: 'square,circle', heldOut: 'circle' })).toContain('heldOut: ');
    const runner = await runnerOf({ patterns: 'square', heldOut: 'triangle' });
    const [life] = runner.lives(runner.habitat.space.start, ['any'], { set: 'heldOut' });
    expect(life!.score).toBe(187.1705399561742);
  });

  it.each([
    ['steps', 0],
    ['steps', 1.5],
    ['startJitterUnits', -1],
    ['startJitterRad', 4],
    ['patternTurnRad', -0.1],
    ['touchCells', []],
  ])('refuse %s: %j', (name, value) => {
    expect(refusal({ [name]: value })).toContain(`  ${name}: expected`);
  });

  it('refuse what they do not know', () => {
    expect(refusal({ pattern: 'square' })).toContain('pattern: unknown field. Did you mean "patterns"');
  });

  it('say which cells the body drives and reads', async () => {
    const options = { touchCells: ['a'], foodCells: ['b', 'c'], leftMuscles: ['d'], rightMuscles: ['e'] };
    expect(prepared(options).wiring).toEqual({
      inputs: { touch: ['a'], food: ['b', 'c'] },
      outputs: { left: ['d'], right: ['e'] },
    });
    await expect(runnerOf({ touchCells: ['FLPX'] })).rejects.toThrow(/Unknown cell "FLPX".*"FLP[LR]"/);
  });
});
