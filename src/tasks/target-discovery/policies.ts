import { portsOf } from '../protocol/ports.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import type { Controller } from '../task.js';
import { inputNames, outputs } from './world.js';

/** Answers at random. */
export const randomPolicy = () => actingAtRandom((random) => random.uniform());

/** What an automaton makes of the cues of a trial, as text of their bits. */
interface Automaton {
  reset(): void;
  says(pair: readonly string[]): boolean;
  /** Told whether the target was among the cues. */
  learns(pair: readonly string[], isTarget: boolean): void;
}

/** An automaton as a controller, by what a network senses and does too. */
function controllerOf(bits: number, { reset, says, learns }: Automaton): Controller {
  const inputs = portsOf(...inputNames(bits));
  let pair: string[] = [];
  let isShown = false;
  let isTold = false;
  return {
    body: {},
    reset: () => {
      [pair, isShown, isTold] = [[], false, false];
      reset();
    },
    respond: (observation, action) => {
      const cue = Array.from(observation.subarray(0, bits)).join('');
      const seesCue = cue.includes('1');
      if (seesCue && !isShown) pair.push(cue);
      isShown = seesCue;
      const yes = pair.length === 2 && says(pair);
      action[outputs.yes] = yes ? 1 : 0;
      action[outputs.no] = yes ? 0 : 1;
      const saidYes = observation[inputs.saidYes!]! > 0;
      const isOutcome = saidYes || observation[inputs.saidNo!]! > 0;
      if (isOutcome && !isTold) learns(pair, saidYes === observation[inputs.reward!]! > 0);
      if (!isOutcome && isTold) pair = [];
      isTold = isOutcome;
    },
  };
}

/** Knows the target. */
export const knowing = (bits: number, target: readonly number[]): Controller =>
  controllerOf(bits, { reset: () => {}, learns: () => {}, says: (pair) => pair.includes(target.join('')) });

/**
 * Learns as fast as can be: says yes where more than half of the cues that may be the target are shown, and keeps those that
 * fit what it is told. It is right by chance once on the first trial and once more until the target is alone.
 * @param cues how many there are
 */
export function eliminating(bits: number, cues: number): Controller {
  let known = new Set<string>();
  let excluded = new Set<string>();
  let isFound = false;
  const candidates = (pair: readonly string[]) =>
    pair.filter((cue) => (isFound ? known : excluded).has(cue) === isFound);
  const left = () => (isFound ? known.size : cues - excluded.size);
  return controllerOf(bits, {
    reset: () => {
      [known, excluded, isFound] = [new Set(), new Set(), false];
    },
    says: (pair) => 2 * candidates(pair).length > left(),
    learns: (pair, isTarget) => {
      if (isTarget) {
        [known, isFound] = [new Set(candidates(pair)), true];
      } else {
        for (const cue of pair) {
          known.delete(cue);
          excluded.add(cue);
        }
      }
    },
  });
}
