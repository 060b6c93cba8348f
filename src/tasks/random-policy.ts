import { RandomStream } from '../math/random.js';
import { deriveSeed } from '../math/seed.js';
import type { Controller } from './task.js';

/** A policy that knows nothing: each of its two outputs is drawn anew in every control interval. */
export function actingAtRandom(draw: (random: RandomStream) => number): Controller {
  let random = RandomStream.from('unused');
  return {
    body: {},
    reset: (seed) => {
      random = RandomStream.from(deriveSeed(seed, 'random policy'));
    },
    respond: (_observation, action) => {
      action[0] = draw(random);
      action[1] = draw(random);
    },
  };
}
