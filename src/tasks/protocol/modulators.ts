import type { LivingNetwork } from '../task.js';

/** Brings a modulator's concentration to a level at once. */
export const setLevel = (network: LivingNetwork, modulator: string, level: number): void =>
  network.release(modulator, level - network.concentration(modulator));
