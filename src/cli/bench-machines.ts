import { Command } from '@commander-js/extra-typings';
import { machinesReport } from '../bench/many-machines.js';
import { print } from './output.js';

export const benchMachinesCommand = new Command('machines')
  .summary('how many workers a run can keep busy over a queue: a simulation')
  .description(
    'Simulates 10, 100 and 1,000 workers with costs that were measured once. The tables are those of docs/many-machines.md: the ' +
      'same everywhere.',
  )
  .action(() => print(machinesReport()));
