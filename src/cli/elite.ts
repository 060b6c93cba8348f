import { existsSync } from 'node:fs';
import { type OpenedRun, openRun } from '../evolve/opened-run.js';
import type { RunRequest } from '../evolve/resolve.js';
import { formatGenomeFile } from '../genome/genome-file.js';
import { UsageError } from '../spec/errors.js';
import { findRun, StoredRun } from '../store/run-store.js';
import { figure, notice } from './output.js';

/** How an elite is named. */
export const eliteMeaning = (what: string) =>
  `${what}, by the number of its cell or by measures such as endX=120,foodEaten=3`;

/** An elite of the archive of a run, in the place of its champion. */
export const eliteOption = [
  '--elite <cell>',
  eliteMeaning("of a quality-diversity run: an elite in the champion's place"),
] as const;

/** Opens a run, with an elite in the champion's place where one is named; it says so, and what of the record is lost. */
export async function openNamed(folder: string, elite?: string): Promise<OpenedRun> {
  const opened = await openRun(folder, elite);
  const { manifest, notices } = opened.stored;
  for (const text of notices) notice(`${manifest.run}: ${text}`);
  if (opened.elite) {
    const { cell, measures, objective } = opened.elite;
    notice(
      `The elite of cell ${cell} (${measures.map(({ name, value }) => `${name} ${figure(value)}`).join(', ')}; objective ` +
        `${figure(objective)}) stands in the champion's place.`,
    );
  }
  return opened;
}

/** @throws UsageError where what is to be a file is a run */
function refuseRun(runs: string, from: string): void {
  if (existsSync(from) && !StoredRun.exists(from)) return;
  try {
    findRun(runs, from);
  } catch {
    return;
  }
  throw new UsageError(
    `--from ${from}: expected a file, and this is a run. "baldwin inspect ${from} --export champion.json" writes its champion as ` +
      'one; --elite CELL takes an elite of its archive, where it keeps one.',
  );
}

/** What a run starts from: a file, or an elite of a run. */
export async function seedFrom({
  from,
  elite,
  runs,
}: {
  from?: string | undefined;
  elite?: string | undefined;
  runs: string;
}): Promise<Pick<RunRequest, 'from'>> {
  if (elite === undefined) {
    if (from === undefined) return {};
    refuseRun(runs, from);
    return { from };
  }
  if (from === undefined)
    throw new UsageError(`--elite ${elite}: expected --from RUN, whose archive it is in.`);
  const { champion, habitat, spec, stored } = await openNamed(findRun(runs, from), elite);
  const text = formatGenomeFile(champion, habitat.space, spec, habitat.setup.connectome);
  return { from: { source: `elite ${elite} of ${stored.manifest.run}`, value: JSON.parse(text) } };
}
