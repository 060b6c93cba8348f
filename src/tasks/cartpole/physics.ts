import type { RandomStream } from '../../math/random.js';
import { cos, sin } from '../../math/trigonometric.js';

/** What a cart with a pole is like. */
export interface Plant {
  /** From the joint to the middle of the pole, m. */
  halfLengthM: number;
  /** First states are uniform within this of 0, in all four variables. */
  startSpread: number;
}

/** `[4]` position (m), velocity (m/s), angle from upright (rad), angular velocity (rad/s) */
export type CartState = Float64Array;

/** The constants of CartPole-v1 of the Gym library. */
export const standard: Plant = { halfLengthM: 0.5, startSpread: 0.05 };
const gravity = 9.8;
const cartKg = 1;
const poleKg = 0.1;
const totalKg = cartKg + poleKg;
const forceN = 10;
/** Time between two moves. */
const tauS = 0.02;
const farthestM = 2.4;
const farthestRad = (12 * 2 * Math.PI) / 360;

export const startState = ({ startSpread }: Plant, random: RandomStream): CartState =>
  Float64Array.from({ length: 4 }, () => random.uniformIn(-startSpread, startSpread));

/** One step of explicit Euler, all four variables by their values before it. @param move -1: to the left, 1: to the right */
export function step(state: CartState, move: number, { halfLengthM }: Plant): void {
  const [x, v, angle, spin] = state as unknown as [number, number, number, number];
  const [cosine, sine] = [cos(angle), sin(angle)];
  const poleMoment = poleKg * halfLengthM;
  const push = (move * forceN + poleMoment * spin * spin * sine) / totalKg;
  const spinUp =
    (gravity * sine - cosine * push) / (halfLengthM * (4 / 3 - (poleKg * cosine * cosine) / totalKg));
  state[0] = x + tauS * v;
  state[1] = v + tauS * (push - (poleMoment * spinUp * cosine) / totalKg);
  state[2] = angle + tauS * spin;
  state[3] = spin + tauS * spinUp;
}

/** Whether the pole has fallen, or the cart has left its track. */
export const hasFailed = (state: CartState): boolean =>
  !(Math.abs(state[0]!) <= farthestM && Math.abs(state[2]!) <= farthestRad);

/** Keeps the pole up and the cart in place: the sign of a weighted sum of the state. */
export const linearPolicy = (state: CartState): number =>
  state[2]! + 0.25 * state[3]! + 0.03 * state[0]! + 0.06 * state[1]! > 0 ? 1 : -1;
