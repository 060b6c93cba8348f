import { mean } from '../../math/statistics.js';
import type { Lived } from './life.js';
import type { Options } from './options.js';

/** Rate at which a cell is no longer silent at all, and from which it counts as firing, Hz. */
const plainHz = 5;

const share = (some: number, all: number) => (all === 0 ? 0 : some / all);

/** 1 where both cells are silent. */
const silence = ({ left, right }: Lived, seconds: number) =>
  Math.max(0, 1 - Math.max(left.spikes, right.spikes) / seconds / plainHz);

/** 1 where the cells burst in turn, half a cycle apart, and do nothing else. */
function turns({ left, right, alternation }: Lived): number {
  if (!alternation) return 0;
  const inBursts = share(left.inBursts + right.inBursts, left.spikes + right.spikes);
  return Math.max(0, 1 - 2 * alternation.off) * inBursts;
}

/** 1 where both cells fire single spikes, at 5 Hz or more. */
function tonicFiring({ left, right }: Lived, seconds: number): number {
  const slower = Math.min(left.spikes, right.spikes) / seconds;
  return share(left.tonic + right.tonic, left.spikes + right.spikes) * Math.min(1, slower / plainHz);
}

/** Lives by what their levels are for. */
function byRegime(lived: readonly Lived[], { silent, bursting }: Options) {
  const parted = silent.length + bursting.length;
  return {
    silent: lived.slice(0, silent.length),
    bursting: lived.slice(silent.length, parted),
    tonic: lived.slice(parted),
  };
}

export function measuresOf(lived: readonly Lived[], settings: Options) {
  const { measureS } = settings;
  const regimes = byRegime(lived, settings);
  const found = regimes.bursting.flatMap(({ alternation }) => (alternation ? [alternation] : []));
  const meanOf = (values: readonly number[]) => (values.length === 0 ? 0 : mean(values));
  const [lowest, highest] = [regimes.bursting[0]!, regimes.bursting.at(-1)!];
  const frequency = ({ alternation }: Lived) => alternation?.frequencyHz ?? 0;
  const bursts = regimes.bursting.flatMap(({ left, right }) => [...left.bursts, ...right.bursts]);
  return {
    silence: mean(regimes.silent.map((life) => silence(life, measureS))),
    turns: mean(regimes.bursting.map(turns)),
    tonic: mean(regimes.tonic.map((life) => tonicFiring(life, measureS))),
    phase: meanOf(found.map(({ phase }) => phase)),
    duty: meanOf(found.map(({ duty }) => duty)),
    frequencyLowHz: frequency(lowest),
    frequencyHighHz: frequency(highest),
    burstSpikes: meanOf(bursts.map(({ spikes }) => spikes)),
    tonicHz: mean(regimes.tonic.map(({ left, right }) => (left.spikes + right.spikes) / 2 / measureS)),
  };
}

/** The score: the mean of how well each of the three regimes is kept. */
export const scoreOf = ({
  silence: quiet,
  turns: alternating,
  tonic,
}: Pick<ReturnType<typeof measuresOf>, 'silence' | 'turns' | 'tonic'>): number =>
  (quiet + alternating + tonic) / 3;
