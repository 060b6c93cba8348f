import type { Embodied } from '../../network/model/body.js';
import { circuitFrom } from '../circuit/circuit.js';
import type { CircuitSettings } from '../circuit/options.js';
import { activeHz, cellsAPool, restHz, tauDopamineMs } from './cells.js';
import { type ClassifierSettings, classifierCircuit } from './circuit.js';
import { numbered } from './ports.js';
import { withTeachers } from './teachers.js';

/** The network that lives a task of patterns: the task's own, or a generic circuit in its place. */
export function answering(
  { circuit: generic, networkSeed }: { circuit?: CircuitSettings | undefined; networkSeed: number },
  own: ClassifierSettings,
): Embodied {
  if (!generic) return classifierCircuit(own);
  const { inputs, pools, stepsAnInterval, channelsOn } = own;
  const drives = inputs.flatMap((row) =>
    numbered(row.name, row.inputs).map(
      (name) => [name, { channels: row.channels, activeHz: row.activeHz ?? activeHz, restHz }] as const,
    ),
  );
  return withTeachers(
    circuitFrom(generic, networkSeed, {
      inputs: Object.fromEntries(drives),
      outputs: Object.fromEntries(numbered('answer', pools).map((name) => [name, { cells: cellsAPool }])),
      intervalMs: stepsAnInterval,
      releases: { DA: { tauMs: tauDopamineMs } },
      activeChannels: Math.max(1, Math.round(channelsOn)),
    }),
  );
}
