import { actingAtRandom } from '../protocol/random-policy.js';
import type { Controller } from '../task.js';
import { inputs, outputs } from './circuit.js';

/** Answers at random. */
export const randomPolicy = () => actingAtRandom((random) => random.uniform());

/** Counts the cues. @param isFlipped whether the answer is the side with fewer */
export function counting(isFlipped: boolean): Controller {
  let lead = 0;
  let hasAnswered = false;
  return {
    body: {},
    reset: () => {
      lead = 0;
    },
    respond: (observation, action) => {
      const isRecall = observation[inputs.recall]! > 0;
      // After an answer the next trial is counted anew.
      if (hasAnswered && !isRecall) lead = 0;
      hasAnswered = isRecall;
      lead += observation[inputs.left]! - observation[inputs.right]!;
      const isLeft = lead > 0 !== isFlipped;
      action[outputs.left] = isLeft ? 1 : 0;
      action[outputs.right] = isLeft ? 0 : 1;
    },
  };
}
