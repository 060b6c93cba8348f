import type { Coupling } from './ports.js';

/** What a world does in each control interval; intervals are counted from 0. */
export interface World {
  /** Fills in the observation. */
  sense?(interval: number): void;
  /** Carries out the action. */
  act?(interval: number): void;
  /** Whether the loop ends with this interval, which has been lived. */
  isOver?(interval: number): boolean;
}

/** Lives control intervals one after the other: so many, or until the world ends them. */
export function worldLoop(
  { controller, observation, action }: Coupling,
  world: World,
  intervals = Number.POSITIVE_INFINITY,
): void {
  for (let interval = 0; interval < intervals; interval++) {
    world.sense?.(interval);
    controller.respond(observation, action);
    world.act?.(interval);
    if (world.isOver?.(interval)) return;
  }
}
