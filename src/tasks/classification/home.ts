import type { Embodied } from '../../network/model/body.js';
import { circuitFrom } from '../circuit/circuit.js';
import type { CircuitSettings } from '../circuit/options.js';
import type { CircuitPorts } from '../circuit/ports.js';
import { activeHz, cellsAPool, restHz, tauDopamineMs } from './cells.js';
import { type ClassifierSettings, classifierCircuit } from './circuit.js';
import { numbered } from './ports.js';
import type { Teaching } from './teach.js';
import { withTeachers } from './teachers.js';

/** What a task of patterns drives and reads. */
function portsOf({ inputs, pools, stepsAnInterval, channelsOn }: ClassifierSettings): CircuitPorts {
  const drives = inputs.flatMap((row) =>
    numbered(row.name, row.inputs).map(
      (name) => [name, { channels: row.channels, activeHz: row.activeHz ?? activeHz, restHz }] as const,
    ),
  );
  return {
    inputs: Object.fromEntries(drives),
    outputs: Object.fromEntries(numbered('answer', pools).map((name) => [name, { cells: cellsAPool }])),
    intervalMs: stepsAnInterval,
    releases: { DA: { tauMs: tauDopamineMs } },
    activeChannels: Math.max(1, Math.round(channelsOn)),
  };
}

interface HomeSettings {
  circuit?: CircuitSettings | undefined;
  networkSeed: number;
  teaching: Teaching;
}

/**
 * The network that lives a task of patterns: the task's own, or a generic circuit in its place; and what others would have to
 * drive and read, where no teacher drives the answers.
 */
export function homeOf(
  { circuit: generic, networkSeed, teaching }: HomeSettings,
  own: ClassifierSettings,
): { circuit: Embodied; ports?: CircuitPorts } {
  const ports = portsOf(own);
  return {
    circuit: generic ? withTeachers(circuitFrom(generic, networkSeed, ports)) : classifierCircuit(own),
    ...(teaching === 'reward' ? { ports } : {}),
  };
}
