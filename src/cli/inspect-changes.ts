import type { EvaluatorHost } from '../evolve/evaluators/evaluator.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import { formatGenomeFile, genomeHash } from '../genome/genome-file.js';
import { type Attributed, attribute } from '../inspect/attribution/attribution.js';
import { ScoreMeter } from '../inspect/attribution/meter.js';
import { silenceCells } from '../inspect/attribution/silencing.js';
import { changedGenes, type UnitKind } from '../inspect/attribution/units.js';
import type { ChangeFindings } from '../report/attribution.js';
import { UserError } from '../spec/errors.js';
import { replaceFile } from '../store/files.js';
import { hostFrom } from './host.js';
import { count, notice } from './output.js';
import { ProgressLine } from './progress-line.js';
import { untilStopped } from './stopping.js';

export interface ChangeOptions {
  /** What goes back as one; nothing goes back where there is none. */
  by: readonly UnitKind[];
  keep: number;
  lives: number;
  silence: boolean;
  /** Where the genome goes that has the kept changes alone, and on which lives they keep the gain. */
  prune?: string | undefined;
  pruneOn: 'trained' | 'fresh';
  workers?: number | undefined;
  redis?: string | true | undefined;
}

/** Writes the genome in which only the changes are left that keep the gain. */
function writePruned(
  { habitat, spec }: OpenedRun,
  { attribution, pruned }: Attributed,
  file: string,
  lives: 'trained' | 'fresh',
): ChangeFindings['pruned'] {
  const genome = pruned[lives];
  if (genome === null) {
    throw new UserError(
      `--prune: on ${lives === 'trained' ? 'the trained life' : 'fresh lives'} the champion does not beat the untrained start, ` +
        'so there is no gain to keep. Nothing was written.',
    );
  }
  replaceFile(file, formatGenomeFile(genome, habitat.space, spec, habitat.setup.connectome));
  const genes = changedGenes(genome, habitat.space.start).length;
  return { file, by: attribution.by, lives, genes, hash: genomeHash(genome) };
}

async function find(
  opened: OpenedRun,
  options: ChangeOptions,
  host: EvaluatorHost,
  goOn: () => void,
): Promise<ChangeFindings> {
  const line = new ProgressLine();
  const meter = new ScoreMeter(host, (what, lived, of) => {
    goOn();
    line.say(`${what}: ${count(lived)} of ${count(of)} lives`, lived / of);
  });
  try {
    const { keep, lives, prune, pruneOn } = options;
    const found: Attributed[] = [];
    for (const by of options.by) found.push(await attribute(opened, { by, keep, lives }, meter));
    const silencing = options.silence ? await silenceCells(opened, lives, meter) : undefined;
    return {
      attributions: found.map(({ attribution }) => attribution),
      silencing,
      pruned: prune === undefined ? undefined : writePruned(opened, found[0]!, prune, pruneOn),
    };
  } finally {
    line.stop();
    await meter.close();
  }
}

/** Puts what evolution changed in a champion back, and silences its cells, on threads or at a Redis. */
export async function inspectChanges(opened: OpenedRun, options: ChangeOptions): Promise<ChangeFindings> {
  const host = await hostFrom(options, `inspect ${opened.stored.manifest.run}`, notice);
  try {
    return await untilStopped((goOn) => find(opened, options, host, goOn));
  } finally {
    await host.close();
  }
}
