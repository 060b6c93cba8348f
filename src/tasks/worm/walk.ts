import { couple, type Ports } from '../protocol/ports.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { BehaviourMeasure, Controller, EpisodeResult } from '../task.js';
import { arena, type Food, type Pose } from './arena.js';
import { applyGains, move, sides } from './body.js';
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
  const coupling = couple(controller, feels, sides);
  const { observation, action } = coupling;
  const feelsEaten = Object.hasOwn(feels, 'eaten');
  let justAte = 0;
  const go: Walker['go'] = (steps, food, path, stepped) => {
    const world = {
      sense: () => {
        sense(pose, food.sensed, observation);
        if (feelsEaten) observation[senses.eaten] = justAte;
      },
      act: () => {
        applyGains(action, controller.body);
        move(pose, action[sides.left]!, action[sides.right]!);
        walk.steps += 1;
        walk.score += food.graze(pose.x, pose.y);
        walk.touchSteps += observation[senses.touch]!;
        if (food.eaten > 0) {
          walk.foodEaten += food.eaten;
          walk.lastItemStep = walk.steps;
        }
        justAte = food.eaten > 0 ? 1 : 0;
        if (path) noteStep(path, pose, observation, action, food.eaten);
        stepped?.(food.eaten);
      },
    };
    worldLoop(coupling, world, steps);
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
