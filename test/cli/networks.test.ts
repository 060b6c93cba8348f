import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchmarkNetworks } from '../../src/network/build/benchmarks.js';
import { saveNetwork } from '../../src/store/network-file.js';
import { randomNetwork } from '../kernel/random-network.js';
import { baldwin, json, workplace } from './cli.js';

interface Run {
  cells: number;
  synapses: number;
  populations: { name: string; cells: number; spikes: number; rateHz: number; cv: number | null }[];
  projections: { name: string; synapses: number; rule: string | null }[];
  notFinite: string[];
}

const own = randomNetwork('network 1');
saveNetwork(join(workplace, 'own.json'), own);
const isPng = (path: string) => readFileSync(path).subarray(1, 4).toString('latin1') === 'PNG';

describe('baldwin networks', () => {
  it('lists the benchmark networks', async () => {
    const { networks } = await json<{ networks: { name: string }[] }>('networks');
    expect(networks.map(({ name }) => name)).toEqual(Object.keys(benchmarkNetworks));
  });

  it('runs one, draws it, and writes it to be run and checked again', async () => {
    const found = await json<Run>(...['networks', 'izhikevich-1000', '--ms', '300', '--plot', 'raster.png']);
    expect(found).toMatchObject({ cells: 1000, synapses: 1_000_000, notFinite: [] });
    // Some 8 spikes a second and cell (Izhikevich 2003).
    for (const { rateHz } of found.populations) expect(Math.abs(rateHz - 8)).toBeLessThan(5);
    expect(isPng(join(workplace, 'raster.png'))).toBe(true);
    const written = await json<{ exported: string[] }>('networks', 'izhikevich-1000', '--export', 'iz.json');
    expect(written.exported).toEqual(['iz.json', 'iz.arrays']);
    const { populations } = await json<Run>('networks', 'iz.json', '--ms', '300');
    expect(populations).toEqual(found.populations);
    expect((await baldwin('networks', 'cuba-4000', '--export', 'iz.json')).stderr).toContain('Give --force');
    expect(await json('check', 'iz.json')).toMatchObject({ ok: true, format: 'network/1' });
  });

  it('runs one of the user’s own, alike in both engines, and prints it', async () => {
    const [reference, compiled] = await Promise.all(
      ['reference', 'f64'].map((engine) =>
        json<Run>(...['networks', 'own.json', '--ms', '100', '--engine', engine]),
      ),
    );
    expect(reference!.populations.reduce((sum, { spikes }) => sum + spikes, 0)).toBeGreaterThan(20);
    expect(compiled!.populations).toEqual(reference!.populations);
    expect(reference!.projections.map(({ synapses }) => synapses)).toEqual(
      own.projections.map(({ post }) => post.length),
    );
    const { stdout } = await baldwin('networks', 'own.json', '--ms', '100');
    for (const { name, model } of own.populations)
      expect(stdout).toMatch(new RegExp(`^${name} +${model.name} `, 'm'));
  });

  it('writes one as a script, with its arrays beside it', async () => {
    const { exported } = await json<{ exported: string[] }>(
      ...['networks', 'own.json', '--export', 'own.py', '--as', 'brian2', '--ms', '20', '--noise'],
    );
    expect(exported).toEqual(['own.py', 'own.npz']);
    const text = readFileSync(join(workplace, 'own.py'), 'utf8');
    for (const { name } of own.populations) expect(text).toContain(`cells "${name}"`);
    expect(text).toContain('run(20*ms)');
    expect(text).toContain("with_name('own.npz')");
    const wrong = await Promise.all([
      baldwin('networks', 'own.json', '--export', 'again.py'),
      baldwin('networks', 'own.json', '--export', 'again.json', '--as', 'brian2'),
      baldwin('networks', 'own.json', '--export', 'again.json', '--noise'),
      baldwin('networks', 'own.json', '--as', 'brian2'),
      baldwin('networks', 'own.json', '--export', 'own.py', '--as', 'brian2'),
      baldwin('networks', 'own.json', '--export', 'brian2.py', '--as', 'brian2'),
    ]);
    expect(wrong.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(wrong.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining('Say which: --as brian2'),
      expect.stringContaining('ends in .py'),
      expect.stringContaining('--noise is for scripts'),
      expect.stringContaining('give --export FILE.py'),
      expect.stringContaining('Give --force'),
      expect.stringContaining('in the place of the package'),
    ]);
  });

  it('refuses what it does not know, and options without a network', async () => {
    const unknown = await baldwin('networks', 'cuba');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Did you mean "cuba-4000"')]);
    const none = await baldwin('networks', '--plot', 'x.png');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('--plot needs a network')]);
    const between = await baldwin('networks', 'cuba-4000', '--ms', '0.25');
    expect([between.code, between.stderr]).toEqual([2, expect.stringContaining('Set it to 0.2 or 0.3 ms')]);
  });

  it('checks a file with the place of every fault', async () => {
    const text = JSON.parse(readFileSync(join(workplace, 'own.json'), 'utf8')) as { dtMs: unknown };
    writeFileSync(join(workplace, 'faulty.json'), JSON.stringify({ ...text, dtMs: 'one' }));
    const { code, stderr } = await baldwin('check', 'faulty.json');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('faulty.json: not a valid network.\n  dtMs: expected a number'),
    ]);
    writeFileSync(
      join(workplace, 'runaway.json'),
      JSON.stringify({
        ...{
          format: 'network/1',
          dtMs: 1,
          projections: [],
          modulators: {},
          inputs: [],
          outputs: [],
          weights: [],
        },
        populations: [
          {
            ...{ name: 'a', count: 1, model: 'fitzhugh-nagumo', parameters: {}, start: { v: 1e200 } },
            ports: { fast: { model: 'constant', parameters: { amplitude: 'inf' } } },
          },
        ],
      }),
    );
    const run = await baldwin('check', 'runaway.json');
    expect([run.code, run.stdout]).toEqual([
      1,
      expect.stringMatching(
        /failed {2}stays finite for 50 steps\n +expected a\.\w+ of cell 0 to stay finite/,
      ),
    ]);
  });
});
