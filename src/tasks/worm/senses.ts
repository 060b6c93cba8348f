import { portsOf } from '../protocol/ports.js';
import { arena, type Pose } from './arena.js';

/** The cells that ENOMAD makes fire, in its order. */
export const senseCells = {
  touch: ['FLPR', 'FLPL', 'ASHL', 'ASHR', 'IL1VL', 'IL1VR', 'OLQDL', 'OLQDR', 'OLQVR', 'OLQVL'],
  food: ['ADFL', 'ADFR', 'ASGR', 'ASGL', 'ASIL', 'ASIR', 'ASJR', 'ASJL'],
};

/** What a worm can feel: walls, food that is near, and what it has just eaten, which not every task lets it feel. */
export const senses = portsOf('touch', 'food', 'eaten');

/**
 * What the worm feels: [touch, food], each 0 or 1. Touch comes first: while a wall is near, food is not smelt. On
 * the wall itself (distance exactly 0) there is no touch.
 */
export function sense(pose: Pose, foodSensed: boolean, observation: Float64Array): void {
  const { x, y } = pose;
  const wall = Math.min(x, arena.width - x, y, arena.height - y);
  const touch = wall > 0 && wall < arena.touchDistance;
  observation[senses.touch] = touch ? 1 : 0;
  observation[senses.food] = !touch && foodSensed ? 1 : 0;
}
