import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import type { Controller } from '../task.js';

/** A policy that knows nothing: each of its outputs is drawn anew in every control interval. */
export function actingAtRandom(draw: (random: RandomStream) => number): Controller {
  let random = RandomStream.from('unused');
  return {
    body: {},
    reset: (seed) => {
      random = RandomStream.from(deriveSeed(seed, 'random policy'));
    },
    respond: (_observation, action) => {
      for (let output = 0; output < action.length; output++) action[output] = draw(random);
    },
  };
}
