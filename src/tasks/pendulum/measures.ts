import { mean } from '../../math/statistics.js';
import type { PendulumTrace } from './trace.js';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Intervals at which the pendulum turns: its velocity changes sign. */
function turnsOf({ velocity }: PendulumTrace): number[] {
  const turns: number[] = [];
  for (let i = 1; i < velocity.length; i++) if (velocity[i]! * velocity[i - 1]! < 0) turns.push(i);
  return turns;
}

/** The second half of a life. */
function late(lived: PendulumTrace): PendulumTrace {
  const from = lived.angle.length >> 1;
  return {
    angle: lived.angle.slice(from),
    velocity: lived.velocity.slice(from),
    forth: lived.forth.slice(from),
    back: lived.back.slice(from),
    work: lived.work.slice(from),
  };
}

const turn = 2 * Math.PI;
/** How far from hanging down, pi at most. */
const heightOf = (angle: number) => Math.abs(angle - turn * Math.round(angle / turn));

/** Mean of the greatest heights in stretches as long as two small swings, so that a swing over the top counts as one to it. */
function amplitudeOf(angle: readonly number[], intervals: number): number {
  const stretches = Math.max(1, Math.floor(angle.length / intervals));
  return mean(
    Array.from({ length: stretches }, (_, i) =>
      angle.slice(i * intervals, (i + 1) * intervals).reduce((most, now) => Math.max(most, heightOf(now)), 0),
    ),
  );
}

export function measuresOf(lived: PendulumTrace, intervalMs: number, periodS: number) {
  const half = late(lived);
  const turns = turnsOf(half);
  const { angle, velocity, forth, back, work } = half;
  const seconds = (angle.length * intervalMs) / 1000;
  const spikes = sum(forth) + sum(back);
  const cycles = turns.length / 2;
  const along = velocity.reduce((total, speed, i) => total + (speed > 0 ? forth[i]! : back[i]!), 0);
  return {
    amplitude: amplitudeOf(angle, Math.round((2000 * periodS) / intervalMs)),
    frequencyHz: cycles / seconds,
    workACycle: cycles === 0 ? 0 : sum(work) / cycles,
    spikesACycle: cycles === 0 ? spikes : spikes / cycles,
    along: spikes === 0 ? 0.5 : along / spikes,
    spikesASecond: spikes / seconds,
  };
}

/** The score: the mean height of the swing over the second half of a life, rad. */
export const scoreOf = ({ amplitude }: ReturnType<typeof measuresOf>): number => amplitude;
