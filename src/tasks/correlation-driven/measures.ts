import { mean } from '../../math/statistics.js';
import type { Trial } from './life.js';

/** The score: how well the pattern stands out for the neuron that does worst. */
export const scoreOf = (trials: readonly Trial[]): number =>
  Math.min(...trials.map(({ signalToNoise }) => signalToNoise));

export function measuresOf(trials: readonly Trial[]) {
  const of = (name: keyof Trial) => mean(trials.map((trial) => trial[name]));
  return {
    meanSignalToNoise: of('signalToNoise'),
    leastSignalToQuiet: Math.min(...trials.map(({ signalToQuiet }) => signalToQuiet)),
    meanSignalToQuiet: of('signalToQuiet'),
    peak: of('peak'),
    outside: of('mean'),
    outsideSd: of('sd'),
    rateFirstHz: of('rateFirstHz'),
    rateEndHz: of('rateEndHz'),
    meanWeight: of('meanWeight'),
  };
}
