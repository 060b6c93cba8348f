import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { actingAtRandom } from '../random-policy.js';
import type { Controller, PreparedTask, Scenario, Task } from '../task.js';
import { arena, Food, type Pose } from '../worm/arena.js';
import { move } from '../worm/body.js';
import { sense } from '../worm/senses.js';
import { emptyForagingTrace, type ForagingTrace, traceStep } from '../worm/trace.js';
import { type Options, options } from './options.js';
import { type PatternName, patterns, turned } from './patterns.js';

function prepare(settings: Options): PreparedTask<ForagingTrace> {
  const jitters = settings.startJitterUnits > 0 || settings.startJitterRad > 0 || settings.patternTurnRad > 0;
  const noStream = RandomStream.from('unused');
  const fixed = new Map(
    [...settings.patterns, ...settings.heldOut]
      .filter((name) => !patterns[name].random)
      .map((name) => [name, patterns[name].draw(noStream)]),
  );
  const scenario = (name: PatternName): Scenario => ({
    name,
    random: jitters || patterns[name].random,
    ceiling: {
      score: arena.foodItems * arena.foodReward,
      about: `all ${arena.foodItems} items eaten; the shaping reward for being near food comes on top`,
    },
  });
  const observation = new Float64Array(2);
  const action = new Float64Array(2);

  const live = (
    { name, random: isRandom }: Scenario,
    seed: string,
    controller: Controller,
    trace?: ForagingTrace,
  ) => {
    const pose: Pose = { x: arena.width / 2, y: arena.height / 2, heading: 0 };
    let pattern = fixed.get(name as PatternName);
    if (isRandom) {
      const random = RandomStream.from(deriveSeed(seed, 'foraging'));
      pattern ??= patterns[name as PatternName].draw(random);
      const around = (reach: number) => random.uniformIn(-reach, reach);
      if (settings.patternTurnRad > 0) pattern = turned(pattern, around(settings.patternTurnRad));
      if (settings.startJitterUnits > 0) {
        pose.x = Math.fround(pose.x + around(settings.startJitterUnits));
        pose.y = Math.fround(pose.y + around(settings.startJitterUnits));
      }
      if (settings.startJitterRad > 0) pose.heading = around(settings.startJitterRad);
    }
    const food = new Food(pattern!.x, pattern!.y);
    if (trace) trace.food = { x: [...pattern!.x], y: [...pattern!.y] };
    trace?.x.push(pose.x);
    trace?.y.push(pose.y);
    trace?.headingRad.push(pose.heading);
    controller.reset(seed);
    let score = 0;
    let foodEaten = 0;
    let touchSteps = 0;
    for (let step = 0; step < settings.steps; step++) {
      sense(pose, food.sensed, observation);
      controller.respond(observation, action);
      move(pose, action[0]!, action[1]!);
      score += food.graze(pose.x, pose.y);
      foodEaten += food.eaten;
      touchSteps += observation[0]!;
      if (trace) {
        traceStep(trace, pose, observation, action, food.eaten);
      }
    }
    // A body driven by what is not a number is nowhere, and would otherwise keep what it scored until then.
    const somewhere = Number.isFinite(pose.x + pose.y + pose.heading);
    return { score: somewhere ? score : Number.NaN, measures: { foodEaten, touchSteps } };
  };

  return {
    scenarios: settings.patterns.map(scenario),
    heldOut: settings.heldOut.map(scenario),
    wiring: {
      inputs: { touch: settings.touchCells, food: settings.foodCells },
      outputs: { left: settings.leftMuscles, right: settings.rightMuscles },
    },
    live,
  };
}

/** Both sides pull at random, as strongly as the body can use. */
const randomPolicy = () => actingAtRandom((random) => random.uniformIn(-75, 75));

export const foraging = {
  summary: 'a worm in an arena finds food by smell and turns from walls by touch (the ENOMAD world)',
  source: 'Churchland and Garcia-Ojalvo 2025, arXiv 2508.09618',
  options,
  measures: {
    foodEaten: { unit: 'items', about: `food items eaten, of ${arena.foodItems} a pattern` },
    touchSteps: { unit: 'steps', about: 'steps in which a wall was felt' },
  },
  prepare,
  emptyTrace: emptyForagingTrace,
  fresh: (settings: Options) => ({
    options: { ...settings, startJitterUnits: 25, startJitterRad: Math.PI / 8 },
    about: 'start moved by up to 25 units an axis and turned by up to 22.5 degrees either way',
  }),
  randomPolicy,
} satisfies Task<typeof options, ForagingTrace>;
