import { cos, sin } from '../../math/trigonometric.js';
import { portsOf } from '../protocol/ports.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import type { Controller } from '../task.js';
import { arena, type Pose } from './arena.js';

function muscles(side: 'L' | 'R', names: (quadrant: string, segment: string) => string): string[] {
  return ['MD', 'MV'].flatMap((row) =>
    Array.from({ length: 17 }, (_, i) => names(`${row}${side}`, String(i + 7).padStart(2, '0'))),
  );
}

/**
 * The muscles whose charge drives the body: segments 7 to 23 of each side. On the right, segment 21 is read from the
 * left side's muscles, a slip that every descendant of the GoPiGo robot carries; the left side has emptied them by
 * then, so they add nothing.
 */
export const muscleCells = {
  left: muscles('L', (quadrant, segment) => quadrant + segment),
  right: muscles(
    'R',
    (quadrant, segment) => (segment === '21' ? quadrant.replace('R', 'L') : quadrant) + segment,
  ),
};

/** The two sides whose muscles are summed. */
export const sides = portsOf('left', 'right');

const pi = Math.PI;
const tau = 2 * Math.PI;
const turnDivisor = 10;
const speedDivisor = 7;
const slowest = 75;
const fastest = 150;

/** An angle brought into [-pi, pi). */
export function wrapAngle(angle: number): number {
  if (angle >= -pi && angle < pi) return angle;
  const turned = angle - tau * Math.floor((angle + pi) / tau);
  return turned >= pi ? -pi : turned < -pi ? pi - tau : turned;
}

/**
 * The worm as a point that always moves: the difference of the two sides turns it by (right - left) / 10 rad, their
 * summed magnitudes carry it forward by 10.7 to 21.4 units. Its position is stored in float32 and kept inside the
 * arena.
 */
export function move(pose: Pose, left: number, right: number): void {
  pose.heading = wrapAngle(pose.heading + (right - left) / turnDivisor);
  const drive = Math.abs(left) + Math.abs(right);
  const distance = Math.min(fastest, Math.max(slowest, drive)) / speedDivisor;
  pose.x = Math.fround(Math.min(arena.width, Math.max(0, pose.x + distance * cos(pose.heading))));
  pose.y = Math.fround(Math.min(arena.height, Math.max(0, pose.y + distance * sin(pose.heading))));
}

/** What a body makes of its muscles, where a life has something else than 1. */
export interface Gains {
  turnGain: number;
  speedGain: number;
}

export const gainsOf = ({ turnGain = 1, speedGain = 1 }: Controller['body']): Gains => ({
  turnGain,
  speedGain,
});

/**
 * What a body makes of its muscles: it turns by right - left and goes by |left| + |right|, and the gains `turnGain` and
 * `speedGain` of a life act on each apart.
 */
export function applyGains(action: Float64Array, { turnGain, speedGain }: Gains): void {
  if (turnGain === 1 && speedGain === 1) return;
  const turn = turnGain * (action[sides.right]! - action[sides.left]!);
  const speed = speedGain * (action[sides.left]! + action[sides.right]!);
  action[sides.left] = (speed - turn) / 2;
  action[sides.right] = (speed + turn) / 2;
}

/** Both sides pull at random, as strongly as the body can use. */
export const randomPolicy = (): Controller => actingAtRandom((random) => random.uniformIn(-slowest, slowest));
