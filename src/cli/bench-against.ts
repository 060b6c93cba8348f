import { relative } from 'node:path';
import { againstNomad } from '../bench/against/nomad.js';
import { againstPycma, readPycmaReference } from '../bench/against/pycma.js';
import { recordSection } from '../bench/against/results-page.js';
import { machineName } from '../bench/machine.js';
import { reportMarkdown } from '../report/markdown.js';
import type { Report } from '../report/report.js';
import { UsageError } from '../spec/errors.js';
import { notice } from './output.js';
import { printReport } from './print-report.js';

/** Programs that a strategy can be measured beside, with the seeds that their figures ask for. */
export const againstSeeds = { pycma: 15, nomad: 5 } as const;

export type Against = keyof typeof againstSeeds;

interface AgainstOptions {
  against: Against;
  seeds?: number | undefined;
  reference?: string | undefined;
  write?: true | undefined;
  json?: true | undefined;
}

const onRow = (about: string) => notice(`Done: ${about}.`);

function compareWith({ against, reference }: AgainstOptions, seeds: number): Report {
  if (against === 'nomad') {
    if (reference !== undefined) {
      throw new UsageError("--reference: NOMAD's figures are part of the program: leave it out.");
    }
    return againstNomad(seeds, onRow);
  }
  if (reference === undefined) {
    throw new UsageError(
      '--against pycma needs the table that was measured with pycma: give --reference FILE, a JSON file with ' +
        '"single_runs" and "restarts_on_rastrigin".',
    );
  }
  return againstPycma(readPycmaReference(reference), seeds, onRow);
}

/** Measures a strategy beside another program's figures, and records what came out where that is asked for. */
export function runAgainst(options: AgainstOptions): void {
  const { against, write, json } = options;
  const seeds = options.seeds ?? againstSeeds[against];
  const { data, sections } = compareWith(options, seeds);
  const machine = machineName();
  const command = `baldwin bench strategies --against ${against}${against === 'pycma' ? ' --reference FILE' : ''} --seeds ${seeds}`;
  const [first, ...rest] = sections;
  const about = { part: 'lines' as const, lines: [`\`${command}\`; ${machine}. Seeds 1 to ${seeds}.`] };
  const report = {
    data: { ...data, machine },
    sections: [{ ...first!, parts: [about, ...first!.parts] }, ...rest],
  };
  printReport(report, json);
  if (!write) return;
  const path = recordSection(`strategies-${against}`, reportMarkdown(report));
  notice(`Recorded in ${relative('', path)}.`);
}
