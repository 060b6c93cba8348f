import type { RandomStream } from '../../math/random.js';
import { portsOf } from '../protocol/ports.js';

/** What the network answers: whether the target was among the two cues. */
export const outputs = portsOf('yes', 'no');

/** What it senses: the bits of a cue, that an answer is due, and then what it said and whether it was right. */
export const inputNames = (bits: number): readonly string[] => [
  ...Array.from({ length: bits }, (_, bit) => `bit${bit + 1}`),
  'answer',
  'saidYes',
  'saidNo',
  'reward',
];

/** Cues as lists of bits, all different. */
export function drawCues(random: RandomStream, cues: number, bits: number): number[][] {
  const drawn = new Map<string, number[]>();
  while (drawn.size < cues) {
    const cue = Array.from({ length: bits }, () => random.integer(2));
    // A cue without a bit that is on would be nothing to see.
    if (cue.includes(1)) drawn.set(cue.join(''), cue);
  }
  return [...drawn.values()];
}

/** Two different cues, of which one is the target in half of the trials where there are four. */
export function drawPair(random: RandomStream, cues: number): readonly [number, number] {
  const first = random.integer(cues);
  return [first, (first + 1 + random.integer(cues - 1)) % cues];
}

/** Share of right answers of who tosses them. */
export const chanceShare = 0.5;
