/**
 * Runs networks in NEST and compares spikes and weights with Baldwin's reference engine: npx tsx scripts/check-nest.ts.
 *
 *     --install FOLDER   makes a virtual environment with NEST there first, or takes the one that is there
 *
 * PYTHON names the interpreter (python3 where it does not). Without NEST it says so and checks nothing. It fails where fewer spikes
 * than a table in check-nest.py asks for are the same.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkedByPython, prepared } from './compare-simulators.js';
import { nestNetworks } from './simulator-networks.js';

const { values: options } = parseArgs({ options: { install: { type: 'string' } } });

await checkedByPython(
  {
    module: 'nest',
    packages: ['nest-simulator==3.10.*', 'numpy<2.4'],
    install: options.install,
    script: 'scripts/check-nest.py',
  },
  (folder) => {
    const documents = nestNetworks().map((network) => prepared('nest', network, folder));
    writeFileSync(join(folder, 'networks.json'), JSON.stringify(documents));
  },
);
