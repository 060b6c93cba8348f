import { arena, type Pose } from './arena.js';

/** The cells that ENOMAD makes fire, in its order. */
export const senseCells = {
  touch: ['FLPR', 'FLPL', 'ASHL', 'ASHR', 'IL1VL', 'IL1VR', 'OLQDL', 'OLQDR', 'OLQVR', 'OLQVL'],
  food: ['ADFL', 'ADFR', 'ASGR', 'ASGL', 'ASIL', 'ASIR', 'ASJR', 'ASJL'],
};

/**
 * What the worm feels: [touch, food], each 0 or 1. Touch comes first: while a wall is near, food is not smelt. On
 * the wall itself (distance exactly 0) there is no touch.
 */
export function sense(pose: Pose, foodSensed: boolean, observation: Float64Array): void {
  const { x, y } = pose;
  const wall = Math.min(x, arena.width - x, y, arena.height - y);
  const touch = wall > 0 && wall < arena.touchDistance;
  observation[0] = touch ? 1 : 0;
  observation[1] = !touch && foodSensed ? 1 : 0;
}
