/**
 * A task of one's own: a body on a line is touched on the left or on the right, and is to move away from the touch. Nothing
 * is imported but what the program gives.
 */
import { defineTask, deriveSeed, RandomStream } from 'baldwin';
import { soundDistance } from './line.mjs';

const mostPush = 4;

/** A policy that knows nothing: each side pushes as it happens. */
function atRandom() {
  let random = RandomStream.from('00');
  return {
    body: {},
    reset(seed) {
      random = RandomStream.from(deriveSeed(seed, 'random policy'));
    },
    respond(_observation, action) {
      for (let side = 0; side < action.length; side++) action[side] = mostPush * random.uniform();
    },
  };
}

export default defineTask({
  summary: 'a body on a line that is to move away from where it is touched',
  options: {
    trials: { default: 12, low: 1, high: 1000, integer: true, about: 'touches in a life' },
    steps: { default: 10, low: 1, high: 1000, integer: true, about: 'control intervals of each' },
    leftCells: { default: ['sense-L'], about: 'cells made to fire by a touch on the left' },
    rightCells: { default: ['sense-R'], about: 'cells made to fire by a touch on the right' },
    pushLeft: { default: ['muscle-L'], about: 'muscles that push to the left' },
    pushRight: { default: ['muscle-R'], about: 'muscles that push to the right' },
  },
  measures: {
    away: { unit: 'trials', about: 'trials that ended farther from the touch' },
  },
  lives: 'on-connectome',
  prepare: ({ trials, steps, leftCells, rightCells, pushLeft, pushRight }) => ({
    scenarios: [
      {
        name: 'touches',
        random: true,
        ceiling: { score: trials, about: 'every trial ends a whole unit away from the touch' },
      },
    ],
    behaviour: {
      drift: { unit: '1', about: 'where the body is in the end, 1 far right', low: -1, high: 1, bins: 8 },
    },
    wiring: {
      inputs: { left: leftCells, right: rightCells },
      outputs: { left: pushLeft, right: pushRight },
    },
    live(_scenario, seed, controller) {
      const random = RandomStream.from(deriveSeed(seed, 'touches'));
      controller.reset(seed);
      const observation = new Float64Array(2);
      const action = new Float64Array(2);
      let place = 0;
      let score = 0;
      let away = 0;
      for (let trial = 0; trial < trials; trial++) {
        const side = random.integer(2);
        let moved = 0;
        for (let step = 0; step < steps; step++) {
          observation.fill(0);
          if (step < steps / 2) observation[side] = 1;
          controller.respond(observation, action);
          moved += soundDistance(action[1] - action[0], steps);
        }
        // Away from a touch on the left, side 0, is to the right.
        const distance = side === 0 ? moved : -moved;
        score += Math.max(-1, Math.min(1, distance));
        if (distance > 0) away += 1;
        place += moved;
      }
      return {
        score,
        measures: { away },
        behaviour: { drift: Math.max(-1, Math.min(1, place / trials)) },
      };
    },
  }),
  randomPolicy: atRandom,
});
