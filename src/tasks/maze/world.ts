import type { RandomStream } from '../../math/random.js';
import { type Ports, portsOf } from '../protocol/ports.js';

/** What a trip is worth, by how it ends. */
export const worth = { large: 1, small: 0.2, crash: -0.4 } as const;
/** Added to the score for each trip, so that a life of crashes alone is above 0. */
export const offsetATrip = 0.5;

/** Where the agent may stand and has to decide. */
export type Place = 'stem' | 'junction' | 'secondJunction' | 'end';

/** What it can do: go on, or turn. */
export const outputs = portsOf('forward', 'left', 'right');

/** The places of a trip, in their order, by the number of junctions that it leads over. */
const ways = {
  1: ['stem', 'junction', 'end'],
  2: ['stem', 'junction', 'secondJunction', 'end'],
} as const satisfies Record<number, readonly Place[]>;

export type Junctions = keyof typeof ways;

export const placesOf = (junctions: Junctions): readonly Place[] => ways[junctions];

/** What the agent senses: the places, and what it tastes at the end. */
export const inputsOf = (junctions: Junctions): Ports<string> => portsOf(...placesOf(junctions), 'reward');

export const isJunction = (place: Place) => place === 'junction' || place === 'secondJunction';

/** The number of an end is the turns that lead to it, as binary digits: left is 0, the first turn counts most. */
export const endsOf = (junctions: Junctions) => 1 << junctions;

/** The turn at a junction (0: left, 1: right) on the way to an end. */
export const turnTo = (end: number, junction: number, junctions: Junctions) =>
  (end >> (junctions - 1 - junction)) & 1;

/** The turns that lead to an end, in words. */
export const wayTo = (end: number, junctions: Junctions) =>
  Array.from({ length: junctions }, (_, junction) =>
    turnTo(end, junction, junctions) === 1 ? 'right' : 'left',
  ).join(' and ');

/** When and how often the large reward is moved. */
export interface Schedule {
  junctions: Junctions;
  moves: number;
  /** Trips from one move to the next, up to `moveSpread` fewer or more. */
  tripsBetween: number;
  moveSpread: number;
}

export const tripsOf = ({ moves, tripsBetween }: Schedule) => (moves + 1) * tripsBetween;

/** The fewest and the most trips before a move, counted from 0: those in between are as likely. */
const tripsBefore = ({ tripsBetween, moveSpread }: Schedule, move: number) => ({
  fewest: (move + 1) * tripsBetween - moveSpread + Math.min(1, moveSpread),
  most: (move + 1) * tripsBetween + moveSpread,
});

/** Which end has the large reward, stretch by stretch of a life. */
export interface Stretches {
  /** `[moves + 1]` trips of each stretch */
  lengths: number[];
  /** `[moves + 1]` the end with the large reward */
  large: number[];
}

/** Draws when the large reward is moved, and to which of the other ends. */
export function drawStretches(schedule: Schedule, firstLarge: number, random: RandomStream): Stretches {
  const ends = endsOf(schedule.junctions);
  const large = [firstLarge];
  const starts = [0];
  for (let move = 0; move < schedule.moves; move++) {
    const { fewest, most } = tripsBefore(schedule, move);
    starts.push(fewest + random.integer(most - fewest + 1));
    large.push((large[move]! + 1 + random.integer(ends - 1)) % ends);
  }
  const over = [...starts.slice(1), tripsOf(schedule)];
  return { lengths: over.map((end, stretch) => end - starts[stretch]!), large };
}

/** Score of a life with so many large rewards, and small ones in all other trips. */
function scoreWithout(schedule: Schedule, large: number, crashes = 0): number {
  const trips = tripsOf(schedule);
  return (
    worth.large * large +
    worth.small * (trips - large - crashes) +
    worth.crash * crashes +
    offsetATrip * trips
  );
}

/** The score of a life in which every trip ends at a wall. */
export const crashingScore = (schedule: Schedule) => scoreWithout(schedule, 0, tripsOf(schedule));

/**
 * What the luckiest life scores that always goes to the same end: it has the large reward in every other stretch, of which
 * the first and the later ones are as long as they can be. One that tosses its turns may be luckier, but not on average.
 */
export function bestWithoutLearning(schedule: Schedule): number {
  let large = 0;
  for (let stretch = 0; stretch <= schedule.moves; stretch += 2) {
    const from = stretch === 0 ? 0 : tripsBefore(schedule, stretch - 1).fewest;
    const to = stretch === schedule.moves ? tripsOf(schedule) : tripsBefore(schedule, stretch).most;
    large += to - from;
  }
  return scoreWithout(schedule, large);
}

/**
 * Mean score of a perfect learner, which knows where the large reward is at first and misses it once when it is moved;
 * then it tries the other ends one after the other.
 */
export function perfectLearning(schedule: Schedule): number {
  const missesAMove = 1 + (endsOf(schedule.junctions) - 2) / 2;
  return scoreWithout(schedule, tripsOf(schedule) - missesAMove * schedule.moves);
}

/** Mean score of one that draws each step: it takes a third of its steps each way, and two thirds of its turns hit no wall. */
export function chanceScore(schedule: Schedule): number {
  const trips = tripsOf(schedule);
  const arrives = placesOf(schedule.junctions).reduce(
    (p, place) => p * (isJunction(place) ? 2 / 3 : 1 / 3),
    1,
  );
  return scoreWithout(schedule, (trips * arrives) / endsOf(schedule.junctions), trips * (1 - arrives));
}
