import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConnectome, parseConnectome } from '../../src/connectome/load.js';
import { nullModel } from '../../src/connectome/null-models/null-model.js';
import { tableOf } from '../../src/connectome/to-table.js';
import { openRun } from '../../src/evolve/opened-run.js';
import { type RunRequest, resolveRun } from '../../src/evolve/resolve.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import { outcomeHash } from '../../src/evolve/run-spec.js';
import { readGenomeFile } from '../../src/genome/genome-file.js';
import { runReport } from '../../src/report/run.js';
import { StoredRun } from '../../src/store/run-store.js';
import { smallRun, temporaryFolder } from './small-run.js';

const animal = loadConnectome('c-elegans-openworm');
const tableHash = (model: 'rewired' | 'signs', seed: number) =>
  tableOf(nullModel(animal, model, seed, `${animal.id}-${model}-${seed}`)).hash!;
const connectomeOf = async (request: RunRequest) => (await resolveRun(request)).spec.connectome;
const inFile = (connectome: unknown, more: object = {}): RunRequest => ({
  file: { path: 'run.json', value: { connectome, ...more } },
});

describe('a run on a null model', () => {
  it('draws it by its own seed, and its hash is that of the table lived on', async () => {
    const { spec, habitat, connectomeText } = await resolveRun({ nullModel: 'rewired', seed: 3 });
    const hash = tableHash('rewired', 3);
    expect(spec.connectome).toEqual({ id: animal.id, hash, null: { model: 'rewired', seed: 3 } });
    expect(habitat.setup.connectome.hash).toBe(hash);
    expect(habitat.setup.connectome.id).toBe('c-elegans-openworm-rewired-3');
    expect(parseConnectome(connectomeText!, 'text').hash).toBe(hash);
  });

  it('is the run on the table that "connectome null" writes', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'control.json');
    const { spec, connectomeText } = await resolveRun({ nullModel: 'rewired', seed: 3 });
    writeFileSync(path, connectomeText!);
    expect(outcomeHash((await resolveRun({ connectome: path, seed: 3 })).spec)).toBe(outcomeHash(spec));
    expect(outcomeHash((await resolveRun({ seed: 3 })).spec)).not.toBe(outcomeHash(spec));
  });

  it('is named by run files, --null and --set, in this order', async () => {
    const file = inFile({ id: animal.id, null: { model: 'rewired', seed: 5 } }, { seed: 2 });
    expect((await connectomeOf(file)).null).toEqual({ model: 'rewired', seed: 5 });
    expect((await connectomeOf(inFile({ id: animal.id, null: 'signs' }, { seed: 2 }))).null).toEqual({
      model: 'signs',
      seed: 2,
    });
    expect((await connectomeOf({ ...file, nullModel: 'signs' })).null).toEqual({ model: 'signs', seed: 2 });
    expect((await connectomeOf({ ...file, set: ['connectome.null.seed=9'] })).null).toEqual({
      model: 'rewired',
      seed: 9,
    });
    expect((await connectomeOf({ set: ['connectome.null=signs', 'seed=4'] })).null).toEqual({
      model: 'signs',
      seed: 4,
    });
    expect(await connectomeOf({ ...file, set: ['connectome.null=null'] })).toEqual({
      id: animal.id,
      hash: animal.hash,
    });
  });

  it('accepts the hash of the animal, or of the null model that was written down', async () => {
    const { connectome } = (await resolveRun({ nullModel: 'rewired', seed: 5 })).spec;
    expect(await connectomeOf(inFile(connectome, { seed: 5 }))).toEqual(connectome);
    expect((await connectomeOf({ ...inFile(connectome), nullModel: 'signs' })).hash).toBe(
      tableHash('signs', 1),
    );
    const named = { id: animal.id, hash: animal.hash };
    expect((await connectomeOf({ ...inFile(named), nullModel: 'signs' })).hash).toBe(tableHash('signs', 1));
    await expect(resolveRun(inFile({ ...connectome, hash: 'x' }))).rejects.toThrow(
      /connectome\.hash: expected x/,
    );
    const { null: _null, ...animalWithNullHash } = connectome;
    await expect(resolveRun(inFile(animalWithNullHash))).rejects.toThrow(/connectome\.hash/);
  });

  it.each<[RunRequest, RegExp]>([
    [{ nullModel: 'rewird' }, /connectome\.null\.model: expected one of .*found "rewird"/s],
    [inFile({ id: animal.id, null: { seed: 1 } }), /connectome\.null\.model/],
    [inFile({ id: animal.id, null: { model: 'signs', seed: -1 } }), /connectome\.null\.seed/],
    [{ set: ['connectome.null.sead=3'], nullModel: 'signs' }, /connectome\.null\.sead: unknown field/],
    [
      { task: 'go-no-go', nullModel: 'signs' },
      /connectome\.null: the task "go-no-go" brings its own network/,
    ],
    [{ set: ['connectome.hash=3'] }, /chosen by --connectome/],
    [
      { connectome: 'ciona-larva-2016', nullModel: 'role-blocks' },
      /"role-blocks" does not apply to the connectome "ciona-larva-2016": its table says/,
    ],
  ])('refuses %j', async (request, message) => {
    await expect(resolveRun(request)).rejects.toThrow(message);
  });

  it('is stored with its table, resumes, is shown, and seeds another run by its genome', async () => {
    const folder = temporaryFolder();
    const resolved = await smallRun(['connectome.null=rewired']);
    let steps = 0;
    const { path } = await startRun(resolved, folder, 'control', {
      workers: 1,
      interrupted: () => ++steps > 2,
    });
    await resumeRun(path, { generations: 3 }, { workers: 1 });
    const { spec, habitat } = await openRun(path);
    expect(spec.connectome).toEqual(resolved.spec.connectome);
    expect(habitat.setup.connectome).toEqual(resolved.habitat.setup.connectome);
    const { sections } = await runReport(new StoredRun(path));
    expect(JSON.stringify(sections)).toContain('c-elegans-openworm (null model rewired, seed 1)');
    const champion = join(path, 'champion.json');
    expect(readGenomeFile(champion).connectome).toEqual(spec.connectome);
    expect((await resolveRun({ from: champion })).spec.connectome).toEqual(spec.connectome);
    expect(JSON.parse(readFileSync(join(path, 'connectome.json'), 'utf8')).hash).toBe(spec.connectome.hash);
  });
});
