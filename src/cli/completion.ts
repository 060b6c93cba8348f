import { Argument, Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { fishScript } from './completion/fish.js';
import { bashScript, zshScript } from './completion/posix.js';
import { completedCommand } from './completion/tree.js';
import { print } from './output.js';

const shells = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export const completion = new Command('completion')
  .summary('print a script that completes commands, options and names in a shell')
  .description(
    'Prints a completion script for a shell. It completes commands, options, and the names of runs, strategies, genome ' +
      'specs, connectomes, tasks and models. It looks up files in the working directory each time, and knows the names that ' +
      'came with the program when the script was made.',
  )
  .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(shells) as (keyof typeof shells)[]))
  .addHelpText(
    'after',
    `
Examples:
  source <(baldwin completion bash)          in ~/.bashrc
  source <(baldwin completion zsh)           in ~/.zshrc, after compinit
  baldwin completion fish | source           in ~/.config/fish/config.fish`,
  )
  .action((shell, _options, command) => {
    const program = command.parent as unknown as CommandUnknownOpts;
    print(shells[shell](completedCommand(program)).trimEnd());
  });
