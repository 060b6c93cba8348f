import { exp } from '../../math/exponential.js';
import { mean } from '../../math/statistics.js';
import type { Options } from './options.js';
import type { GateTrace } from './trace.js';

/** The most that one trial's squared error counts (Habashy et al. 2024). */
export const mostError = 6;

type Reading = Pick<Options, 'output' | 'outputDecay'> & { outputWords: readonly number[] };

/** The spikes of a word, its lowest bit first. */
const bitsOf = (word: number): number[] => Array.from({ length: 4 }, (_, bit) => (word >> bit) & 1);

/**
 * How far output spikes are from an answer, squared. Of counts, the difference of the counts; of trains, the sum over steps
 * of the difference of both trains, from their first spikes on, when each spike decays.
 */
export function squaredError(
  { output, outputWords, outputDecay }: Reading,
  spikes: readonly number[],
  wanted: number,
): number {
  const answer = outputWords[wanted]!;
  if (output === 'count') {
    const difference = spikes.reduce((sum, count) => sum + count, 0) - answer;
    return difference * difference;
  }
  const from = (train: readonly number[]) =>
    train.slice(
      Math.max(
        0,
        train.findIndex((count) => count > 0),
      ),
    );
  const [found, asked] = [from(spikes), from(bitsOf(answer))];
  const kept = exp(-1 / outputDecay);
  let [difference, sum] = [0, 0];
  for (let step = 0; step < Math.max(found.length, asked.length); step++) {
    difference = kept * difference + (found[step] ?? 0) - (asked[step] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

const errorsOf = (settings: Reading, { spikes, wanted }: GateTrace): number[] =>
  spikes.map((train, trial) => squaredError(settings, train, wanted[trial]!));

/** 1 less the mean squared error of the trials, each clipped at 6, as a share of 6: 1 where every answer is right. */
export const scoreOf = (settings: Reading, lived: GateTrace): number =>
  1 - mean(errorsOf(settings, lived).map((error) => Math.min(error, mostError))) / mostError;

export function measuresOf(settings: Reading, lived: GateTrace) {
  const errors = errorsOf(settings, lived);
  const right = mean(errors.map((error) => Number(error === 0)));
  return { solved: Number(right === 1), right, squaredError: mean(errors) };
}

/** By what lives are told apart, whatever they score. */
export function behaviourOf({ spikes }: GateTrace) {
  const counts = spikes.map((train) => train.reduce((sum, count) => sum + count, 0));
  const first = spikes.map((train) => {
    const step = train.findIndex((count) => count > 0);
    return step < 0 ? train.length : step;
  });
  return { outputSpikes: mean(counts), firstSpike: mean(first) };
}

/** What a policy scores that fires in each step with a probability, where counts are the answer. */
export function chanceOfCounts(
  { outputWords }: Pick<Reading, 'outputWords'>,
  wanted: readonly number[],
  steps: number,
  probability: number,
): number {
  // Binomial probabilities, by Pascal's rule.
  let shares = [1];
  for (let step = 0; step < steps; step++) {
    const before = shares;
    shares = Array.from(
      { length: step + 2 },
      (_, k) => (1 - probability) * (before[k] ?? 0) + probability * (before[k - 1] ?? 0),
    );
  }
  const errors = wanted.map((answer) =>
    shares.reduce(
      (sum, share, k) =>
        sum + share * Math.min(mostError, (k - outputWords[answer]!) * (k - outputWords[answer]!)),
      0,
    ),
  );
  return 1 - mean(errors) / mostError;
}
