import { actingAtRandom } from '../protocol/random-policy.js';
import type { Controller } from '../task.js';
import {
  endsOf,
  inputsOf,
  isJunction,
  type Junctions,
  outputs,
  type Place,
  placesOf,
  turnTo,
  worth,
} from './world.js';

/** An automaton that lives in a maze: it knows where it stands, and is told what it tastes. */
interface Automaton {
  reset(): void;
  step(place: Place): keyof typeof outputs;
  /** Called once for each trip that ends with a reward. */
  taste(reward: number): void;
}

/** An automaton as a controller, by what a network senses and does too. */
function controllerOf(junctions: Junctions, { reset, step, taste }: Automaton): Controller {
  const places = placesOf(junctions);
  const tasted = inputsOf(junctions).reward!;
  let tasting = false;
  return {
    body: {},
    reset: () => {
      tasting = false;
      reset();
    },
    respond: (observation, action) => {
      action.fill(0);
      const place = places.find((_, input) => observation[input]! > 0);
      if (place) action[outputs[step(place)]] = 1;
      const reward = observation[tasted]!;
      if (reward > 0 && !tasting) taste(reward);
      tasting = reward > 0;
    },
  };
}

const nothing = () => {};

/** Steps at random. */
export const randomPolicy = () => actingAtRandom((random) => random.uniform());

/** Never turns, and so ends every trip at the wall behind the first junction. */
export const crashing = (junctions: Junctions): Controller =>
  controllerOf(junctions, { reset: nothing, taste: nothing, step: () => 'forward' });

/** The step that leads to an end. */
function stepTo(end: number, place: Place, junctions: Junctions): keyof typeof outputs {
  if (!isJunction(place)) return 'forward';
  const junction = placesOf(junctions).filter(isJunction).indexOf(place);
  return turnTo(end, junction, junctions) === 1 ? 'right' : 'left';
}

/** Always goes to the same end. */
export const goingTo = (end: number, junctions: Junctions): Controller =>
  controllerOf(junctions, { reset: nothing, taste: nothing, step: (place) => stepTo(end, place, junctions) });

/**
 * Goes where it last found the large reward. Where that is not there any more, it tries the other ends one after the
 * other.
 * @param firstLarge where it looks first
 */
export function perfectLearner(firstLarge: number, junctions: Junctions): Controller {
  const all = Array.from({ length: endsOf(junctions) }, (_, end) => end);
  let goal = firstLarge;
  /** Ends that may have it; none while it is known. */
  let left: number[] = [];
  return controllerOf(junctions, {
    reset: () => {
      goal = firstLarge;
      left = [];
    },
    step: (place) => stepTo(goal, place, junctions),
    taste: (reward) => {
      if (reward === worth.large) left = [];
      else {
        left = (left.length > 0 ? left : all).filter((end) => end !== goal);
        goal = left[0]!;
      }
    },
  });
}
