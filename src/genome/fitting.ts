import { UsageError, UserError } from '../spec/errors.js';
import type { Ground } from './ground.js';
import { lackingIn, layGenes, misfitsIn } from './lay.js';
import { type GenomeSpec, genomeSpecNames, loadGenomeSpec } from './spec.js';

/** Whether the genome spec of a name could evolve a network; one that cannot be read cannot. */
function fits(name: string, ground: Ground): boolean {
  try {
    const spec = loadGenomeSpec(name, name);
    if (lackingIn(spec, ground).length > 0 || misfitsIn(spec, ground).length > 0) return false;
    layGenes(spec, ground);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** Names of the library's genome specs that could evolve a network. */
export const fittingSpecs = (ground: Ground): string[] =>
  genomeSpecNames().filter((name) => fits(name, ground));

/** The same as advice. */
export function specsThatFit(ground: Ground): string {
  const names = fittingSpecs(ground);
  const known =
    names.length > 0
      ? `Genome specs that fit this network: ${names.join(', ')}.`
      : 'No genome spec in the library fits this network.';
  return `${known} "baldwin parameters" lists everything that may evolve in it.`;
}

/**
 * Checks units and ranges of a genome spec against the network that it evolves, which lacks nothing of what it sets.
 * Runs that began before some range was known better go on: this is for specs that are chosen anew.
 * @throws UsageError that names the field of every fault, and the specs that fit
 */
export function checkGenome(spec: GenomeSpec, ground: Ground): void {
  const misfits = misfitsIn(spec, ground);
  if (misfits.length > 0) throw new UsageError(`${misfits.join('\n')} ${specsThatFit(ground)}`);
}
