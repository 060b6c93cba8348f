#!/usr/bin/env node
import { Command, CommanderError } from '@commander-js/extra-typings';
import { programVersion } from '../evolve/run.js';
import { UserError } from '../spec/errors.js';
import { placeInOwnCode } from '../spec/own-code.js';
import { bench } from './bench.js';
import { cells } from './cells.js';
import { check } from './check.js';
import { compare } from './compare.js';
import { completion } from './completion.js';
import { connectome } from './connectome.js';
import { evolve } from './evolve.js';
import { exportRuns } from './export.js';
import { genomes } from './genomes.js';
import { inspect } from './inspect.js';
import { networks } from './networks.js';
import { objectives } from './objectives.js';
import { parameters } from './parameters.js';
import { plot } from './plot.js';
import { inputs, synapses } from './ports.js';
import { replay } from './replay.js';
import { reproduce } from './reproduce.js';
import { resume } from './resume.js';
import { rules } from './rules.js';
import { runs } from './runs.js';
import { score } from './score.js';
import { show } from './show.js';
import { status } from './status.js';
import { exitCodeOf, Stopped } from './stopping.js';
import { strategies } from './strategies.js';
import { study } from './study.js';
import { tasks } from './tasks.js';
import { validate } from './validate.js';
import { worker } from './worker.js';

const commands = [
  evolve,
  resume,
  study,
  runs,
  show,
  compare,
  score,
  inspect,
  replay,
  plot,
  exportRuns,
  reproduce,
  connectome,
  cells,
  synapses,
  inputs,
  rules,
  networks,
  strategies,
  genomes,
  parameters,
  tasks,
  objectives,
  check,
  validate,
  worker,
  status,
  bench,
  completion,
] as const;

const program = new Command('baldwin')
  .description(
    'Evolves spiking networks that learn: strategy + genome + connectome + task -> run.\n' +
      'Exit codes: 0 done, 1 failed, 2 wrong usage, 130 ended at once by Ctrl-C, 143 by SIGTERM.',
  )
  .version(programVersion)
  .addHelpText(
    'after',
    `
First steps:
  baldwin score                          what the untrained worm scores
  baldwin evolve --evaluations 6400      evolve it, with pictures at the end
  baldwin show latest                    how that went`,
  );

/**
 * Commander ends the process by itself unless every command is told to throw instead; and options after a subcommand are
 * that one's, also where the command above it has some of the same name.
 */
function settled(command: Command<never[]>): void {
  command.exitOverride().enablePositionalOptions().showHelpAfterError('(--help says what there is)');
  for (const inner of command.commands) settled(inner as unknown as Command<never[]>);
}

for (const command of commands) program.addCommand(command as unknown as Command);
settled(program as unknown as Command<never[]>);

// Results alone go to stdout: what a user's module prints there would break a JSON document.
console.log = console.error;

// A reader that has seen enough (`baldwin show … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version were asked for; everything else was wrong usage, already explained.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof Stopped) {
    process.exitCode = exitCodeOf(error.signal);
  } else if (error instanceof UserError) {
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = error.exitCode;
  } else {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    const place = placeInOwnCode(error);
    process.stderr.write(
      place === undefined
        ? 'This is a fault in Baldwin itself. Please report it with the lines above.\n'
        : `error: a module of your own fails at ${place}: ${(error as Error).message}\n`,
    );
    process.exitCode = 1;
  }
}
