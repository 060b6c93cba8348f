import { setLevel } from '../protocol/modulators.js';
import type { LivingNetwork } from '../task.js';

/** Tells the rules how it went: dopamine is released, eligibilities become weight by it, and are cleared. */
export function teach(network: LivingNetwork, dopamine: number): void {
  setLevel(network, 'DA', dopamine);
  network.signal('outcome');
  network.signal('settle');
}
