import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { kick, mistune } from '../oscillator/circuit.js';
import { couple, portsOf } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller } from '../task.js';
import type { Options } from './options.js';
import { type Swing, startSwing, swing } from './physics.js';
import { emptyTrace, type PendulumTrace } from './trace.js';

/** ms between two looks at the pendulum. */
export const intervalMs = 5;
const inputs = portsOf('isBack', 'isForth');
export const outputs = portsOf('forth', 'back');

/** Spikes of both cells in an interval, as whoever decides gives them. */
type Decide = (state: Swing) => readonly [forth: number, back: number];

/** A muscle: pushes while the last spike is not over. */
function muscle(pushMs: number): (spikes: number) => number {
  let left = 0;
  return (spikes) => {
    if (spikes > 0) left = pushMs;
    const share = Math.min(1, left / intervalMs);
    left = Math.max(0, left - intervalMs);
    return share;
  };
}

function liveSwings(
  { durationS, periodS, gain, pushMs }: Options,
  random: RandomStream,
  decide: Decide,
  lived: PendulumTrace,
): PendulumTrace {
  const state = startSwing(random);
  const time = ((2 * Math.PI) / periodS) * (intervalMs / 1000);
  const [forthward, backward] = [muscle(pushMs), muscle(pushMs)];
  for (let left = Math.round((1000 * durationS) / intervalMs); left > 0; left--) {
    const [forth, back] = decide(state);
    const push = gain * (forthward(forth) - backward(back));
    const before = state[0]!;
    swing(state, push, time);
    note(lived, { angle: state[0]!, velocity: state[1]!, forth, back, work: push * (state[0]! - before) });
  }
  return lived;
}

/** Lives a life. @param deviation of the cells' parameters */
export function live(
  settings: Options,
  deviation: number,
  seed: string,
  controller: Controller,
  trace = emptyTrace(),
): PendulumTrace {
  const random = RandomStream.from(deriveSeed(seed, 'pendulum'));
  controller.reset(seed);
  const coupling = couple(controller, inputs, outputs);
  const { observation, action } = coupling;
  const { network } = controller;
  if (network && deviation > 0) mistune(network, random, deviation);
  if (network) kick(network, random);
  const decide: Decide = ([angle]) => {
    if (settings.feedback) {
      observation[inputs.isBack] = angle! < 0 ? 1 : 0;
      observation[inputs.isForth] = angle! > 0 ? 1 : 0;
    }
    worldLoop(coupling, {}, 1);
    return [action[outputs.forth]!, action[outputs.back]!];
  };
  return liveSwings(settings, random, decide, trace);
}

/** The same life of one who pushes the way the pendulum moves, at all times. */
export const liveKnowing = (settings: Options, seed: string): PendulumTrace =>
  liveSwings(
    settings,
    RandomStream.from(deriveSeed(seed, 'pendulum')),
    ([, velocity]) => (velocity! > 0 ? [1, 0] : [0, 1]),
    emptyTrace(),
  );
