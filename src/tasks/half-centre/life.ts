import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { kick, mistune, modulator } from '../oscillator/circuit.js';
import { networkOf } from '../protocol/guard.js';
import { setLevel } from '../protocol/modulators.js';
import { couple, portsOf } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller } from '../task.js';
import { type Alternation, alternationOf, type Firing, firingOf } from './bursts.js';
import type { Options } from './options.js';
import type { HalfCentreTrace } from './trace.js';

/** ms in which spikes are counted. */
export const intervalMs = 5;
export const outputs = portsOf('left', 'right');

/** What the pair did at one level of the modulator. */
export interface Lived {
  level: number;
  left: Firing;
  right: Firing;
  alternation: Alternation | undefined;
}

/** Lives all levels one after the other, in ascending order of what they are for. @param deviation of the cells' parameters */
export function liveLevels(
  settings: Options,
  deviation: number,
  seed: string,
  controller: Controller,
  trace?: HalfCentreTrace,
): Lived[] {
  const { silent, bursting, tonic, settleS, measureS, modulated } = settings;
  const random = RandomStream.from(deriveSeed(seed, 'half-centre'));
  controller.reset(seed);
  const network = networkOf(controller, 'half-centre');
  const coupling = couple(controller, {}, outputs);
  if (deviation > 0) mistune(network, random, deviation);
  const intervals = (seconds: number) => Math.round((1000 * seconds) / intervalMs);
  return [...silent, ...bursting, ...tonic].map((level): Lived => {
    setLevel(network, modulator, modulated ? level : silent[0]!);
    kick(network, random);
    worldLoop(coupling, {}, intervals(settleS));
    const counts = { left: [] as number[], right: [] as number[] };
    const act = () =>
      note(counts, { left: coupling.action[outputs.left]!, right: coupling.action[outputs.right]! });
    worldLoop(coupling, { act }, intervals(measureS));
    trace?.levels.push({ level, ...counts });
    const [left, right] = [firingOf(counts.left, intervalMs), firingOf(counts.right, intervalMs)];
    return { level, left, right, alternation: alternationOf(left, right) };
  });
}
