import type { Controller } from '../task.js';

/** Where one body's inputs and outputs stand among those of all. */
export interface BodyPlace {
  firstInput: number;
  inputs: number;
  firstOutput: number;
  outputs: number;
  /** Intervals of the network in one of the body's. */
  intervals: number;
}

/** All inputs and outputs of the network. */
interface Whole {
  inputs: number;
  outputs: number;
}

/**
 * One body of several that a network has: it drives its own inputs, reads its own outputs, and acts in intervals of its
 * own. Others' inputs are off meanwhile.
 * @param continues whether the network goes on living where the body would begin a life
 */
export function bodyOf(
  controller: Controller,
  place: BodyPlace,
  { inputs, outputs }: Whole,
  continues: boolean,
): Controller {
  const drive = new Float64Array(inputs);
  const read = new Float64Array(outputs);
  const { network } = controller;
  return {
    ...(network ? { network } : {}),
    // Parameters of bodies are those of their tasks.
    body: {},
    reset: (seed) => {
      if (!continues) controller.reset(seed);
    },
    respond: (observation, action) => {
      drive.set(observation.subarray(0, place.inputs), place.firstInput);
      action.fill(0);
      for (let interval = 0; interval < place.intervals; interval++) {
        controller.respond(drive, read);
        for (let output = 0; output < place.outputs; output++)
          action[output]! += read[place.firstOutput + output]!;
      }
    },
  };
}
