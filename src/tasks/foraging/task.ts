import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { soundScore } from '../protocol/guard.js';
import { portsOf } from '../protocol/ports.js';
import type { PreparedTask, Scenario, Task } from '../task.js';
import { arena, Food, type Pattern, type Pose } from '../worm/arena.js';
import { randomPolicy } from '../worm/body.js';
import { emptyWormTrace, noteStart, type WormTrace } from '../worm/trace.js';
import { behaviourOf, walkBehaviour, walkerFrom } from '../worm/walk.js';
import { foragingFigure } from './figure.js';
import { type Options, options } from './options.js';
import { type PatternName, patterns, turned } from './patterns.js';

const inputs = portsOf('touch', 'food');

/** Patterns that are the same in every life. */
function fixedPatterns({ patterns: trained, heldOut }: Options): ReadonlyMap<string, Pattern> {
  const unused = RandomStream.from('unused');
  return new Map(
    [...trained, ...heldOut]
      .filter((name) => !patterns[name].random)
      .map((name) => [name, patterns[name].draw(unused)]),
  );
}

const everythingEaten = (scenarios: number): string => {
  const each = scenarios > 1 ? `, ${arena.foodItems} in each of ${scenarios} patterns` : '';
  return `all ${scenarios * arena.foodItems} items eaten${each}; the shaping reward for being near food comes on top`;
};

/** Where the worm begins, and among what food. */
interface Start {
  pose: Pose;
  pattern: Pattern;
}

const inTheMiddle = (): Pose => ({ x: arena.width / 2, y: arena.height / 2, heading: 0 });

/** A start whose pattern, place or heading is drawn from the life's seed. */
function drawnStart(name: PatternName, fixed: Pattern | undefined, settings: Options, seed: string): Start {
  const random = RandomStream.from(deriveSeed(seed, 'foraging'));
  const around = (reach: number) => random.uniformIn(-reach, reach);
  const pose = inTheMiddle();
  let pattern = fixed ?? patterns[name].draw(random);
  if (settings.patternTurnRad > 0) pattern = turned(pattern, around(settings.patternTurnRad));
  if (settings.startJitterUnits > 0) {
    pose.x = Math.fround(pose.x + around(settings.startJitterUnits));
    pose.y = Math.fround(pose.y + around(settings.startJitterUnits));
  }
  if (settings.startJitterRad > 0) pose.heading = around(settings.startJitterRad);
  return { pose, pattern };
}

function prepare(settings: Options) {
  const jitters = settings.startJitterUnits > 0 || settings.startJitterRad > 0 || settings.patternTurnRad > 0;
  const fixed = fixedPatterns(settings);
  const scenario = (name: PatternName): Scenario => ({
    name,
    random: jitters || patterns[name].random,
    ceiling: { score: arena.foodItems * arena.foodReward, about: everythingEaten },
  });
  const live: PreparedTask<WormTrace>['live'] = ({ name, random }, seed, controller, trace) => {
    const { pose, pattern } = random
      ? drawnStart(name as PatternName, fixed.get(name), settings, seed)
      : { pose: inTheMiddle(), pattern: fixed.get(name)! };
    if (trace) noteStart(trace, pattern, pose);
    controller.reset(seed);
    const { walk, go } = walkerFrom(pose, controller, inputs);
    go(settings.steps, new Food(pattern.x, pattern.y), trace);
    const { score, foodEaten, touchSteps } = walk;
    return {
      score: soundScore(score, pose.x, pose.y, pose.heading),
      measures: { foodEaten, touchSteps },
      behaviour: behaviourOf(walk),
    };
  };
  return {
    scenarios: settings.patterns.map(scenario),
    heldOut: settings.heldOut.map(scenario),
    behaviour: walkBehaviour(arena.foodItems, settings.steps),
    wiring: {
      inputs: { touch: settings.touchCells, food: settings.foodCells },
      outputs: { left: settings.leftMuscles, right: settings.rightMuscles },
    },
    live,
  };
}

export const foraging = {
  summary: 'a worm in an arena finds food by smell and turns from walls by touch (the ENOMAD world)',
  source: 'Churchland and Garcia-Ojalvo 2025, arXiv 2508.09618',
  options,
  lives: 'on-connectome',
  measures: {
    foodEaten: { unit: 'items', about: `food items eaten, of ${arena.foodItems} a pattern` },
    touchSteps: { unit: 'steps', about: 'steps in which a wall was felt' },
  },
  prepare,
  emptyTrace: emptyWormTrace,
  figure: foragingFigure,
  fresh: (settings: Options) => ({
    options: { ...settings, startJitterUnits: 25, startJitterRad: Math.PI / 8 },
    about: 'start moved by up to 25 units an axis and turned by up to 22.5 degrees either way',
  }),
  randomPolicy,
} satisfies Task<typeof options, WormTrace>;
