import { couple, type Ports } from '../protocol/ports.js';
import type { BehaviourMeasure, Controller, EpisodeResult } from '../task.js';
import { arena, type Food, type Pose } from './arena.js';
import { applyGains, gainsOf, move, sides } from './body.js';
import { sense, senses } from './senses.js';
import { noteStep, type WormTrace } from './trace.js';

/** A worm on its way, and what came of the way until now. */
export interface Walk {
  pose: Pose;
  /** World steps that it has gone. */
  steps: number;
  score: number;
  foodEaten: number;
  touchSteps: number;
  /** The step, from 1, with the last food item; 0 where it has eaten nothing. */
  lastItemStep: number;
}

/** Lets a worm walk. The walk goes on from where it was, among other food if need be. */
export interface Walker {
  walk: Walk;
  /**
   * @param path where given, receives every step
   * @param stepped called after each step
   */
  go(steps: number, food: Food, path?: WormTrace, stepped?: (eaten: number) => void): void;
}

/** @param feels what the worm feels in this task, in the order of its inputs */
export function walkerFrom(pose: Pose, controller: Controller, feels: Ports<'touch' | 'food'>): Walker {
  const walk: Walk = { pose, steps: 0, score: 0, foodEaten: 0, touchSteps: 0, lastItemStep: 0 };
  const { observation, action } = couple(controller, feels, sides);
  const feelsEaten = Object.hasOwn(feels, 'eaten');
  const { touch, eaten } = senses;
  const { left, right } = sides;
  const gains = gainsOf(controller.body);
  const gained = gains.turnGain !== 1 || gains.speedGain !== 1;
  let justAte = 0;
  const go: Walker['go'] = (steps, food, path, stepped) => {
    let { score, touchSteps } = walk;
    // Written out rather than as a world of `worldLoop`, whose calls would cost these short steps a twentieth of a life.
    for (let step = 0; step < steps; step++) {
      sense(pose, food.sensed, observation);
      if (feelsEaten) observation[eaten] = justAte;
      controller.respond(observation, action);
      if (gained) applyGains(action, gains);
      move(pose, action[left]!, action[right]!);
      score += food.graze(pose.x, pose.y);
      touchSteps += observation[touch]!;
      justAte = food.eaten > 0 ? 1 : 0;
      if (justAte) {
        walk.foodEaten += food.eaten;
        walk.lastItemStep = walk.steps + step + 1;
      }
      if (path) noteStep(path, pose, observation, action, food.eaten);
      stepped?.(food.eaten);
    }
    walk.steps += steps;
    walk.score = score;
    walk.touchSteps = touchSteps;
  };
  return { walk, go };
}

/** By what walks are told apart. @param items food items that there are in a life */
export const walkBehaviour = (items: number, steps: number) =>
  ({
    foodEaten: { unit: 'items', about: 'food items eaten', low: 0, high: items, bins: 12 },
    endX: { unit: 'units', about: 'where the path ends, across', low: 0, high: arena.width, bins: 16 },
    endY: { unit: 'units', about: 'where the path ends, down', low: 0, high: arena.height, bins: 12 },
    lastItemStep: {
      unit: 'steps',
      about: 'the step with the last food item; 0 where none was eaten',
      low: 0,
      high: steps,
      bins: 10,
    },
  }) as const satisfies Record<string, BehaviourMeasure>;

export const behaviourOf = ({ pose, foodEaten, lastItemStep }: Walk): EpisodeResult['behaviour'] => ({
  foodEaten,
  endX: pose.x,
  endY: pose.y,
  lastItemStep,
});
