import { z } from 'zod';
import { openHabitat } from '../../evaluate/habitat.js';
import { LifetimeRunner } from '../../evaluate/lifetime.js';
import { deriveSeed } from '../../math/seed.js';
import { type Spread, spreadOf } from '../../math/statistics.js';
import { decodeFrame, encodeFrame } from '../../spec/binary.js';
import { type Check, expectOther, expectSame, expectThat } from '../../spec/conformance.js';
import { taskParts } from '../../tasks/table.js';
import type { PreparedTask, Task, TaskFigure, TracedEpisode } from '../../tasks/task.js';
import { chanceOf, freshScore } from '../reference-scores.js';
import { type ResolvedRun, type RunRequest, resolveRun } from '../resolve.js';

export interface TaskContext {
  /**
   * A run of the task, by its name or the path of its module: with a connectome where the default does not have its cells,
   * and options that make a life short.
   */
  run: RunRequest & { task: string };
  /** The fewest blocks (panes, legends) of each of its figures; one where absent. */
  fewestBlocks?: number;
}

/** Lives of a policy. */
const policyLives = 40;

/** A mean that is what was stated: within five standard errors, and a hundredth for what was rounded or measured. */
function expectNear({ mean, sd, n }: Spread, stated: number, what: string): void {
  const around = (5 * sd) / Math.sqrt(n) + 0.01 * Math.abs(stated) + 1e-9;
  const [low, high] = [stated - around, stated + around];
  expectThat(mean >= low && mean <= high, `${what} to be ${stated}, give or take ${around}`, mean);
}

/** Chance is what the random policy scores, and the ceiling what the oracle does, where a task says either. */
export function expectStatedScores(
  { randomPolicy }: Pick<Task, 'randomPolicy'>,
  { live, oracle, scenarios, heldOut }: Pick<PreparedTask, 'live' | 'oracle' | 'scenarios' | 'heldOut'>,
): void {
  for (const scenario of [...scenarios, ...heldOut]) {
    const { name, chance, ceiling } = scenario;
    const over = (score: (seed: string) => number) =>
      spreadOf(Array.from({ length: policyLives }, (_, life) => score(deriveSeed('policy', life))));
    if (chance && randomPolicy) {
      const policy = randomPolicy();
      const found = over((seed) => live(scenario, seed, policy).score);
      expectNear(found, chance.score, `the random policy’s mean in "${name}"`);
    }
    if (oracle) {
      const found = over((seed) => oracle(scenario, seed).score);
      expectNear(found, ceiling.score, `the oracle’s mean in "${name}"`);
    }
  }
}

type Opened = () => Promise<ResolvedRun>;

/** Opens the run when it is first needed, once for all checks. */
function openedOnce({ run }: TaskContext): Opened {
  let opened: Promise<ResolvedRun> | undefined;
  return () => {
    opened ??= resolveRun({ ...run, set: [...(run.set ?? []), 'freshEpisodes=3', 'seed=4'] });
    return opened;
  };
}

const home = (task: Task, opened: Opened): Check[] => [
  {
    name: 'is lived on a connectome, or brings a network and names what evolves of it',
    async run() {
      const { spec, habitat } = await opened();
      const { wiring, circuit } = habitat.task;
      const onConnectome = task.lives === 'on-connectome';
      expectSame(circuit === undefined, onConnectome, `for a task that lives ${task.lives}, no "circuit"`);
      expectSame(wiring === undefined, !onConnectome, `for a task that lives ${task.lives}, no "wiring"`);
      expectSame(task.genome === undefined, onConnectome, 'no "genome" of its own');
      expectSame(spec.network === null, !onConnectome, 'a run without a network of its own');
      expectSame(habitat.setup.connectome.id === 'none', !onConnectome, 'a run without a connectome');
    },
  },
  {
    name: 'brings a network whose first weights are those that may evolve',
    async run() {
      const { circuit } = (await opened()).habitat.task;
      if (!circuit) return;
      const first = circuit.network.weights.subarray(0, circuit.start.length);
      expectSame([...first], [...circuit.start], 'the first weights of the network');
    },
  },
];

/** By option, the values that it may have, where the schema lists them. */
function choicesIn(options: z.ZodType): (name: string) => readonly unknown[] {
  const { properties } = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' });
  return (name) => {
    const property = properties?.[name];
    return (typeof property === 'object' && property.enum) || [];
  };
}

/** Values that an option may have in place of one, the likeliest first. */
function othersThan(value: unknown, choices: readonly unknown[]): unknown[] {
  if (typeof value === 'boolean') return [!value];
  const chosen = choices.filter((choice) => choice !== value);
  if (chosen.length > 0) return chosen;
  // Round, since a time in odd milliseconds may ask for shorter steps.
  if (typeof value === 'number') return value === 0 ? [100, 1] : [2 * value, value / 2, value + 1];
  // What brings a network of its own may be lived by the generic circuit.
  return ['generic'];
}

/** What lives in a task may be chosen by options that it names; the world is the same whatever they say. */
const comparable = (task: Task, opened: Opened): Check => ({
  name: 'is the same world whatever the options of its network say',
  async run() {
    const named = task.ofNetwork ?? [];
    for (const name of named) {
      const issues = task.options.safeParse({ [name]: Number.NaN }).error?.issues ?? [];
      const unknown = issues.some((issue) => issue.code === 'unrecognized_keys' && issue.keys.includes(name));
      expectThat(!unknown, 'options for the names in "ofNetwork"', name);
    }
    if (named.length === 0) return;
    const { name: _, module: _from, ...options } = (await opened()).spec.task;
    const inhabitant = task.randomPolicy;
    const lifeIn = (settings: unknown) => {
      const { scenarios, live, oracle } = task.prepare(settings);
      const [first, seed] = [scenarios[0]!, deriveSeed('world')];
      // An oracle tosses no coins, which a policy may do when nothing counts, as while old presentations return.
      const life = oracle ? oracle(first, seed) : inhabitant && live(first, seed, inhabitant());
      return { life, scenarios: scenarios.map(({ name, ceiling }) => [name, ceiling]) };
    };
    const as = lifeIn(task.options.parse(options));
    const choicesOf = choicesIn(task.options);
    for (const name of named) {
      const others = othersThan(options[name], choicesOf(name)).map((value) =>
        task.options.safeParse({ ...options, [name]: value }),
      );
      const other = others.find(({ success }) => success)?.data;
      if (other === undefined) continue;
      expectSame(
        lifeIn(other),
        as,
        `the scenarios and a life of who knows all, or nothing, with another ${name}`,
      );
    }
  },
});

const living = (task: Task, opened: Opened): Check[] => [
  {
    name: 'lives a life the same first, last and in another runner, and others differently',
    async run() {
      const { habitat } = await opened();
      const one = new LifetimeRunner(habitat);
      const other = new LifetimeRunner(await openHabitat(habitat.setup));
      const live = (runner: LifetimeRunner, seed: string) => runner.live(habitat.space.start, seed, 1);
      const first = live(one, deriveSeed('a'));
      expectThat(first.status === 'ok', 'a life that does not fail', first.reason);
      for (const [name, value] of Object.entries(first.measures)) {
        expectThat(Number.isFinite(value), `measures.${name} to be finite`, value);
      }
      expectSame(
        Object.keys(first.measures).sort(),
        Object.keys(task.measures).sort(),
        'the measures of a life',
      );
      expectThat(first.energy > 0, 'the energy of a life to be counted', first.energy);
      const second = live(one, deriveSeed('b'));
      if (habitat.task.scenarios.some(({ random }) => random)) {
        expectOther(second, first, 'a life on another seed, in a scenario that says it is random,');
      }
      expectSame(live(one, deriveSeed('a')), first, 'the same life after another');
      expectSame(live(other, deriveSeed('a')), first, 'the same life in another runner');
    },
  },
  {
    name: 'tells lives apart by measures with a range, in which they lie',
    async run() {
      const { habitat } = await opened();
      const runner = new LifetimeRunner(habitat);
      const { behaviour, scenarios, heldOut } = habitat.task;
      for (const [name, { unit, about, low, high, bins }] of Object.entries(behaviour)) {
        const said = [unit, about].every((text) => typeof text === 'string' && text.length > 0);
        expectThat(said, `behaviour.${name}: a unit and what it is about`, { unit, about });
        const ranged = Number.isFinite(low) && Number.isFinite(high) && low < high;
        expectThat(ranged, `behaviour.${name}: low below high, both finite`, { low, high });
        expectThat(Number.isInteger(bins) && bins >= 2, `behaviour.${name}.bins: 2 or more`, bins);
      }
      for (const [i, scenario] of [...scenarios, ...heldOut].entries()) {
        const lived = habitat.task.live(scenario, deriveSeed('b', i), runner.embody(habitat.space.start));
        expectSame(Object.keys(lived.behaviour), Object.keys(behaviour), 'the behaviour of a life');
        for (const [name, { low, high }] of Object.entries(behaviour)) {
          const value = lived.behaviour[name]!;
          expectThat(value >= low && value <= high, `behaviour.${name} in [${low}, ${high}]`, value);
        }
      }
    },
  },
  {
    name: 'says what chance is in one way',
    async run() {
      const { habitat } = await opened();
      const ways = [task.randomPolicy, task.control].filter((way) => way !== undefined);
      expectThat(
        ways.length === 1,
        'either "randomPolicy" or "control"',
        ways.length === 0 ? 'none' : 'both',
      );
      const chance = await chanceOf(habitat, 1);
      const ceiling = habitat.task.scenarios.reduce((sum, scenario) => sum + scenario.ceiling.score, 0);
      expectThat(chance.mean < ceiling, `chance below the ceiling, ${ceiling}`, chance.mean);
      expectSame(await chanceOf(habitat, 1), chance, 'chance measured again');
      // In a short life an untrained network may score nothing, whatever the seed; so may a policy that draws nothing.
      if (task.randomPolicy && chance.sd > 0)
        expectOther(await chanceOf(habitat, 2), chance, 'chance on another seed');
      expectThat(/random policy|untrained/.test(chance.about), 'words for whose score it is', chance.about);
    },
  },
  {
    name: 'scores by chance what it says, and at best its ceiling',
    async run() {
      const { habitat } = await opened();
      expectStatedScores(task, habitat.task);
    },
  },
  {
    name: 'can be scored anew',
    async run() {
      const { spec, habitat } = await opened();
      const fresh = await freshScore(spec, habitat, habitat.space.start);
      expectSame(fresh.n, 3, 'lives that were scored');
      expectThat(Number.isFinite(fresh.mean), 'a finite score', fresh.mean);
    },
  },
  {
    name: 'resolves to what it resolved to',
    async run() {
      const { spec } = await opened();
      const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
      const again = await resolveRun({ file: { path: 'again', value: plain(spec) } });
      expectSame(plain(again.spec), plain(spec), 'the spec resolved again');
    },
  },
];

/** Every figure that a task can show of one life. */
function figuresOf({ lives, closer, arms }: TaskFigure, traced: TracedEpisode) {
  const conditions = ['a', 'b'].map((name) => ({ name, traces: [traced.trace, traced.trace] }));
  return [
    lives([traced], [traced]),
    ...(closer ? [closer.life('a life', traced)] : []),
    ...(arms ? [arms('two conditions', conditions)] : []),
  ];
}

const showing = (task: Task, opened: Opened, fewestBlocks: number): Check[] => [
  {
    name: 'is traced without being changed, as data that can be sent',
    async run() {
      const { habitat } = await opened();
      const [scenario] = habitat.task.scenarios;
      const trace = task.emptyTrace();
      const controller = new LifetimeRunner(habitat).embody(habitat.space.start);
      const traced = habitat.task.live(scenario!, deriveSeed('a'), controller, trace);
      const untraced = habitat.task.live(scenario!, deriveSeed('a'), controller);
      expectSame(untraced, traced, 'a life without a trace');
      const sent = decodeFrame(encodeFrame(trace, { sealed: false }), { sealed: false });
      expectSame(sent, trace, 'a trace sent as bytes');
      if (!task.figure) return;
      expectOther(JSON.stringify(trace), JSON.stringify(task.emptyTrace()), 'the trace that a figure needs');
    },
  },
  {
    name: 'shows lives as plain data, which whoever draws them can be sent',
    async run() {
      if (!task.figure) return;
      const { habitat } = await opened();
      const [scenario] = habitat.task.scenarios;
      const trace = task.emptyTrace();
      const controller = new LifetimeRunner(habitat).embody(habitat.space.start);
      const lived = habitat.task.live(scenario!, deriveSeed('a'), controller, trace);
      const { name, closer } = task.figure;
      expectThat(name !== closer?.name, 'figures with names of their own', name);
      for (const figure of figuresOf(task.figure, {
        ...lived,
        scenario: scenario!.name,
        heldOut: false,
        trace,
      })) {
        const blocks = figure.rows.flatMap((row) => row.blocks).length;
        expectThat(blocks >= fewestBlocks, `a figure of ${fewestBlocks} or more blocks`, blocks);
        const text = JSON.stringify(figure);
        expectSame(JSON.stringify(JSON.parse(text)), text, 'a figure sent as JSON');
        expectThat(!hasMoreThanPlain(figure), 'a figure of plain data: no functions, no typed arrays');
      }
    },
  },
];

/** Whether JSON would lose something of a value. */
function hasMoreThanPlain(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'function' || typeof value === 'symbol';
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return true;
  return Object.values(value).some(hasMoreThanPlain);
}

/**
 * What is asked of every task: lives that depend on their seed alone, measures and behaviour as described, chance and
 * ceiling, figures of plain data, a spec that resolves to itself.
 * @param part what a table holds, or a module exports by default
 * @throws UsageError where it is no task
 */
export function taskChecks(part: unknown, context: TaskContext): Check[] {
  const task = taskParts.adopt(part, context.run.task);
  const opened = openedOnce(context);
  return [
    ...home(task, opened),
    comparable(task, opened),
    ...living(task, opened),
    ...showing(task, opened, context.fewestBlocks ?? 1),
  ];
}
