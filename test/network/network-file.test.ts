import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { benchmarkNetworks } from '../../src/network/build/benchmarks.js';
import { cellModels } from '../../src/network/cells/table.js';
import { loadNetwork } from '../../src/network/files/network-file.js';
import { saveNetwork } from '../../src/store/network-file.js';
import { randomNetwork } from '../kernel/random-network.js';

const folder = mkdtempSync(join(tmpdir(), 'baldwin-networks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'net.json');

// biome-ignore lint/suspicious/noExplicitAny: any field of a file may be spoilt
type Json = any;

/** What is said of a saved network whose JSON is changed before it is read. */
function fault(change: (json: Json) => void, network = randomNetwork('network 1')): string {
  saveNetwork(file, network);
  const json: Json = JSON.parse(readFileSync(file, 'utf8'));
  change(json);
  writeFileSync(file, JSON.stringify(json));
  try {
    loadNetwork(file);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no fault';
}

describe('network files', () => {
  it.each(Array.from({ length: 40 }, (_, i) => `network ${i}`))('come back to the bit: %s', (seed) => {
    const network = randomNetwork(seed);
    saveNetwork(file, network);
    expect(isDeepStrictEqual(loadNetwork(file), network)).toBe(true);
  });

  it.each(Object.entries(benchmarkNetworks))('come back to the bit: %s', (_, make) => {
    const network = make('one');
    expect(saveNetwork(file, network)).toEqual([file, join(folder, 'net.arrays')]);
    expect(readFileSync(file, 'utf8').length).toBeLessThan(60_000);
    expect(isDeepStrictEqual(loadNetwork(file), network)).toBe(true);
  });

  it('name models of the program, and hold others in full', () => {
    const network = randomNetwork('network 1');
    const models = network.populations.map(({ model }) => model.name);
    saveNetwork(file, network);
    const { populations }: Json = JSON.parse(readFileSync(file, 'utf8'));
    expect(populations.map(({ model }: Json) => model)).toEqual(models);
    expect(populations[0].ports.fast.model).toBe('exponential');
    expect(populations[0].ports.tired.model).toMatchObject({ format: 'input-model/1', name: 'tired' });
    const changed = { ...cellModels.izhikevich, summary: 'mine' };
    const [first, ...others] = network.populations;
    const own = { ...network, populations: [{ ...first!, model: changed, parameters: {} }, ...others] };
    saveNetwork(file, own);
    expect(loadNetwork(file).populations[0]!.model).toStrictEqual(changed);
  });

  it('say -0 and infinity, which JSON has no form for', () => {
    const network = randomNetwork('network 1');
    const [first, ...others] = network.populations;
    const start = { ...first!.start, 'fast.g': -0 };
    const weights = network.weights.slice();
    weights[0] = -0;
    const own = { ...network, weights, populations: [{ ...first!, start }, ...others] };
    saveNetwork(file, own);
    expect(isDeepStrictEqual(loadNetwork(file), own)).toBe(true);
  });

  it.each<[string, (json: Json) => void, string]>([
    [
      'an unknown field',
      (json) => Object.assign(json, { dt: 1 }),
      '  dt: unknown field. Did you mean "dtMs"?',
    ],
    ['a missing field', (json) => delete json.dtMs, '  dtMs: expected a number'],
    [
      'text in the place of a number',
      (json) => Object.assign(json.populations[0], { count: 'three' }),
      '  populations[0].count: expected a number, found "three".',
    ],
    [
      'a phase that there is not',
      (json) => Object.assign(json.projections[2], { acts: 'afterRest' }),
      '  projections[2].acts: expected one of "beforeReset", "afterReset", found "afterRest". Did you mean "afterReset"',
    ],
    [
      'an index that is no whole number',
      (json) => Object.assign(json.projections[0], { post: [0.5] }),
      '  projections[0].post[0]: expected a whole number, found 0.5.',
    ],
    [
      'an array that is not there',
      (json) => Object.assign(json, { weights: { array: 'weight' } }),
      '  weights: expected the Float64Array "weight", found no array of this name in the file of arrays.',
    ],
    [
      'an array of another kind',
      (json) => Object.assign(json.projections[0], { post: { array: 'weights' } }),
      '  projections[0].post: expected the Int32Array "weights", found a Float64Array in the file of arrays.',
    ],
    [
      'an array without a file of arrays',
      (json) => delete json.arrays,
      '  weights: expected the Float64Array "weights", found no array of this name since "arrays" names no file.',
    ],
    [
      'a file of arrays somewhere else',
      (json) => Object.assign(json.arrays, { file: '../net.arrays' }),
      '  arrays.file: expected the name of a file in the same folder, found "../net.arrays".',
    ],
    [
      'a model that there is not',
      (json) => Object.assign(json.populations[0], { model: 'izhikevitch' }),
      ': populations[0].model: Unknown cell model "izhikevitch". Did you mean "izhikevich"',
    ],
    [
      'a model with a fault',
      (json) => Object.assign(json.populations[0].ports.tired.model, { current: '-a +' }),
      ': populations[0].ports.tired.model: not a valid input model.\n  current: ',
    ],
    [
      'parts that do not fit together',
      (json) => Object.assign(json.projections[1], { to: 'nobody' }),
      ': not a valid network.\n  projection "p1": there is no population "nobody".',
    ],
    [
      'a port that needs a state which the cells lack',
      (json) => {
        const ports = { late: { model: 'nmda', parameters: {} } };
        Object.assign(json.populations.at(-1), { model: 'poisson', train: undefined, ports });
      },
      'population "train": equations of its cells and ports: there is no quantity "v".',
    ],
  ])('name %s', (_, change, message) => {
    const told = fault(change);
    expect(told.startsWith(file), told).toBe(true);
    expect(told).toContain(message);
  });

  it('name arrays that are missing, damaged or of another network', () => {
    const arrays = join(folder, 'net.arrays');
    expect(fault(() => rmSync(arrays))).toBe(
      `${arrays}: cannot read the arrays of ${file}: there is no such file.`,
    );
    expect(
      fault(() => {
        const bytes = readFileSync(arrays);
        bytes[bytes.length - 40]! ^= 1;
        writeFileSync(arrays, bytes);
      }),
    ).toMatch(/net\.arrays: expected the arrays of a network, found a file that is damaged/);
    expect(
      fault(() => {
        saveNetwork(join(folder, 'other.json'), randomNetwork('network 3'));
        writeFileSync(arrays, readFileSync(join(folder, 'other.arrays')));
      }),
    ).toMatch(/net\.json: arrays\.sha256: expected \w{64}, found \w{64} .* it belongs to another network/);
  });

  it('are not written of networks that do not fit together', () => {
    const network = { ...randomNetwork('network 1'), dtMs: 0 };
    expect(() => saveNetwork(join(folder, 'none.json'), network)).toThrow('dtMs: expected a step above 0');
    expect(() => loadNetwork(join(folder, 'none.json'))).toThrow('there is no such file');
  });
});
