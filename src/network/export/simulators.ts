import type { Network } from '../model/network.js';
import { brian2Script } from './brian2/script.js';
import { nestScript } from './nest/script.js';
import type { Script, ScriptRequest } from './script.js';

interface Simulator {
  /** Its name, as people write it. */
  title: string;
  script: (network: Network, request: ScriptRequest) => Script;
}

/** Simulators that networks can be written for, by the names that commands have for them. */
export const simulators = {
  brian2: { title: 'Brian 2', script: brian2Script },
  nest: { title: 'NEST', script: nestScript },
} as const satisfies Record<string, Simulator>;

export type SimulatorName = keyof typeof simulators;
export const simulatorNames = Object.keys(simulators) as [SimulatorName, ...SimulatorName[]];
