/** The examples of networks as a user runs them: with the built package, each in a process of its own. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { record } from '../../src/kernel/record.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import { fromPairs } from '../../src/network/build/pairs.js';
import { connect } from '../../src/network/build/random-graph.js';
import { cellModels } from '../../src/network/cells/table.js';
import { checkNetwork } from '../../src/network/check/network.js';
import { readNetwork } from '../../src/network/files/network-file.js';
import type { Network, Population } from '../../src/network/model/network.js';
import { synapseModels } from '../../src/network/synapses/table.js';
import { UsageError } from '../../src/spec/errors.js';
import { packageRoot } from '../../src/spec/library.js';

const folder = join(packageRoot, 'examples/networks');
const page = readFileSync(join(packageRoot, 'docs/networks.md'), 'utf8');
const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
const run = async (file: string) =>
  (await promisify(execFile)(process.execPath, [join(folder, file)])).stdout;

beforeAll(() => {
  if (!existsSync(join(packageRoot, 'dist/index.js'))) {
    throw new Error('The examples use the package as built: run "npm run build" first.');
  }
});

describe('examples/networks', () => {
  it.each(files)('%s is quoted by docs/networks.md, with what it prints', async (file) => {
    const code = readFileSync(join(folder, file), 'utf8');
    expect(code.trim().split('\n').length).toBeLessThanOrEqual(60);
    expect(page).toContain(`\`\`\`js\n${code}\`\`\`\n\nIt prints\n\n\`\`\`\n${await run(file)}\`\`\``);
  });

  it('shows a potential that rises once the spike has arrived, to the peak that mathematics gives', async () => {
    // V(t) = R w / (tau_m / tau_s - 1) (exp(-t / tau_m) - exp(-t / tau_s)), largest at ln(tau_m / tau_s) / (1 / tau_s - 1 / tau_m).
    const [tauM, tauS, driveMv] = [20, 5, 100 * 0.05];
    const t = Math.log(tauM / tauS) / (1 / tauS - 1 / tauM);
    const peak = (driveMv / (tauM / tauS - 1)) * (Math.exp(-t / tauM) - Math.exp(-t / tauS));
    const [, mv, ms] = /peak (\S+) mV at (\S+) ms/.exec(await run('psp.mjs'))!;
    expect(Number(mv)).toBeCloseTo(peak, 3);
    expect(Math.abs(Number(ms) - (11.5 + t))).toBeLessThanOrEqual(0.1);
  });
});

describe('docs/networks.md', () => {
  it('shows a file of a network that is one', () => {
    const [, text] = /```json\n(.*?)```/s.exec(page)!;
    const network = readNetwork(JSON.parse(text!), 'docs/networks.md');
    const { spikesMs } = record(new ReferenceSimulator(network), { ms: 100 });
    // 20 mV of drive for a threshold of 15 mV: every 10 ln 4 ms, and 2 ms of rest.
    expect(spikesMs.cells!.map(({ length }) => length)).toEqual([6, 3]);
  });

  it('quotes errors as they are', () => {
    const post = (port: string, tau: number): Network => {
      const cell = (name: string): Population => ({
        name,
        count: 1,
        model: cellModels['leaky-integrate-and-fire'],
        parameters: name === 'post' ? { tau } : {},
        ports: { excitation: { model: synapseModels.exponential, parameters: {} } },
      });
      const edges = fromPairs({ from: 1, to: 1 }, [[0, 0]]);
      const synapse = {
        from: 'pre',
        to: 'post',
        port,
        acts: 'afterReset' as const,
        edges,
        weight: 1,
        delayMs: 0,
      };
      const none = { modulators: {}, inputs: [], outputs: [] };
      return { dtMs: 0.1, populations: [cell('pre'), cell('post')], ...connect({ synapse }), ...none };
    };
    for (const network of [post('excitatoin', 20), post('excitation', -20)]) {
      let message = '';
      try {
        checkNetwork(network);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        message = (error as Error).message;
      }
      expect(page).toContain(`\n${message}\n`);
      expect(message).not.toBe('');
    }
  });
});
