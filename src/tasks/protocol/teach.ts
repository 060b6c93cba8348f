import type { LivingNetwork } from '../task.js';

/**
 * Releases modulators, then tells every rule that listens that an outcome has come, and that a trial is over.
 * @param projection that alone is told of the outcome; all where absent
 */
export function teach(
  network: LivingNetwork,
  released: Readonly<Record<string, number>>,
  projection?: string,
): void {
  for (const [modulator, amount] of Object.entries(released)) network.release(modulator, amount);
  network.signal('outcome', projection);
  network.signal('settle');
}
