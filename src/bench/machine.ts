import { cpus } from 'node:os';

/** The machine that figures belong to. */
export const machineName = () =>
  `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.versions.node}`;
