import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { mean } from '../../math/statistics.js';
import type { Controller } from '../task.js';
import { Reservoir, replay, sleep } from './offline.js';
import { mostOf, presentTo, rest, show } from './presentation.js';
import type { Sample, StreamPlan, StreamTask } from './stream.js';
import { emptyTrace, type StreamTrace } from './stream-trace.js';
import { type Instruction, instruct } from './teach.js';

/** A life under way. */
interface Life {
  plan: StreamPlan;
  stream: readonly StreamTask[];
  instruction: Instruction;
  /** Draws what is shown. */
  random: RandomStream;
  memories: Reservoir;
  lived: StreamTrace;
  /** Cells of the hidden layer that fired in each test presentation, as a share. */
  hiddenActive: number[];
}

/** Answers what a task shows: what a test asks. */
type Answer = (task: StreamTask, sample: Sample) => number;

/** Share of test patterns of a task that are answered right. */
function testOf({ plan, random }: Pick<Life, 'plan' | 'random'>, task: StreamTask, answer: Answer): number {
  const right: number[] = [];
  for (let turn = 0; turn < plan.settings.tests; turn++) {
    task.labels.forEach((label, of) => {
      right.push(answer(task, task.draw(of, random)) === label ? 1 : 0);
    });
  }
  return mean(right);
}

/** What the network answers, untaught. */
function answered(
  { plan, instruction, hiddenActive }: Life,
  { context }: StreamTask,
  { pattern }: Sample,
): number {
  const { presenting, tosses } = instruction;
  const { network } = presenting.coupling.controller;
  const { hidden } = plan;
  const before = hidden && network?.spikeCounts();
  const spikes = show(presenting, { pattern, context });
  if (hidden && before && network) {
    const after = network.spikeCounts();
    let active = 0;
    for (let cell = hidden.first; cell < hidden.first + hidden.count; cell++) {
      if (after[cell]! > before[cell]!) active += 1;
    }
    hiddenActive.push(active / hidden.count);
  }
  // Nothing of a test is left for what teaches next.
  network?.signal('settle');
  rest(presenting);
  return mostOf(spikes, tosses);
}

const testAll = (life: Life): number[] =>
  life.stream.map((task) => testOf(life, task, (of, sample) => answered(life, of, sample)));

/** Teaches so many presentations of a task. */
function teach(life: Life, task: StreamTask, presentations: number): void {
  const { plan, instruction, random, memories, lived } = life;
  let turns: number[] = [];
  for (let left = presentations; left > 0; left--) {
    if (turns.length === 0) {
      turns = Array.from(task.labels.keys());
      random.shuffle(turns);
    }
    const of = turns.pop()!;
    const pool = task.labels[of]!;
    const shown = { pattern: task.draw(of, random).pattern, context: task.context };
    const answer = instruct(instruction, shown, pool);
    if (answer !== undefined) lived.right.push(answer === pool ? 1 : 0);
    rest(instruction.presenting);
    memories.meet({ shown, pool });
    replay(instruction, memories, plan.settings.replay);
  }
}

/** Teaches one task, with checks of all meanwhile, and what follows it. */
function liveTask(life: Life, number: number): void {
  const { plan, stream, instruction, lived } = life;
  const { settings, consolidates } = plan;
  const { presentations, checks, sleepMs } = settings;
  const { network } = instruction.presenting.coupling.controller;
  const upTo = (check: number) => Math.round((presentations * check) / checks);
  for (let check = 1; check <= checks; check++) {
    teach(life, stream[number]!, upTo(check) - upTo(check - 1));
    if (check === checks) {
      if (consolidates) network?.signal('consolidate');
      if (sleepMs > 0) sleep(instruction, settings);
      if (consolidates && sleepMs > 0) network?.signal('consolidate');
    }
    const accuracies = testAll(life);
    lived.at.push(number * presentations + upTo(check));
    lived.met.push(mean(accuracies.slice(0, number + 1)));
    lived.first.push(accuracies[0]!);
    if (check === checks) lived.after.push(...accuracies);
  }
}

function begin(plan: StreamPlan, seed: string) {
  const random = RandomStream.from(deriveSeed(seed, plan.name));
  return { random, stream: plan.draw(random) };
}

/** Lives a stream of tasks. */
export function liveStream(plan: StreamPlan, seed: string, controller: Controller, trace?: StreamTrace) {
  const { settings, inputs, pools } = plan;
  controller.reset(seed);
  const body = { ...plan.body, ...controller.body };
  const life: Life = {
    plan,
    ...begin(plan, seed),
    instruction: {
      presenting: presentTo(controller, { ...settings, inputs, pools, teacher: body.teacher! }),
      teaching: settings.teaching,
      body,
      tosses: RandomStream.from(deriveSeed(seed, `${plan.name} tosses`)),
    },
    memories: new Reservoir(
      settings.replayMemory,
      RandomStream.from(deriveSeed(seed, `${plan.name} replay`)),
    ),
    lived: trace ?? emptyTrace(),
    hiddenActive: [],
  };
  life.lived.before.push(...testAll(life));
  life.stream.forEach((_, number) => {
    liveTask(life, number);
  });
  return {
    lived: life.lived,
    holds: life.stream.map(({ holds }) => holds),
    hiddenActive: life.hiddenActive.length > 0 ? mean(life.hiddenActive) : 0,
    spikes: controller.network?.spikeCount ?? 0,
  };
}

/** The stream as it is answered by whoever knows all classes from the start: no test differs from another but by luck. */
export function liveByReference(plan: StreamPlan, seed: string) {
  const { random, stream } = begin(plan, seed);
  const accuracies = stream.map((task) => testOf({ plan, random }, task, (_, { best }) => best()));
  const { presentations, checks } = plan.settings;
  const lived = emptyTrace();
  lived.before.push(...accuracies);
  stream.forEach((_, number) => {
    lived.after.push(...accuracies);
    for (let check = 1; check <= checks; check++) {
      lived.at.push(number * presentations + Math.round((presentations * check) / checks));
      lived.met.push(mean(accuracies.slice(0, number + 1)));
      lived.first.push(accuracies[0]!);
    }
  });
  return { lived, holds: stream.map(({ holds }) => holds), hiddenActive: 0, spikes: 0 };
}
