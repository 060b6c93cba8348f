import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPreset, presetNames } from '../../src/evolve/presets.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { outcomeHash, parseRunSpec } from '../../src/evolve/run-spec.js';
import { merge, parseSetting } from '../../src/evolve/settings.js';
import { printExpression } from '../../src/expression/print.js';
import { formatGenomeFile, readGenomeFile } from '../../src/genome/genome-file.js';
import { formatModelFile } from '../../src/network/files/model-file.js';
import { escapeRateEligibility } from '../../src/network/plasticity/escape-rate-eligibility.js';
import { UserError } from '../../src/spec/errors.js';
import type { StrategyModule } from '../../src/strategies/strategy.js';
import { strategies } from '../../src/strategies/table.js';
import { temporaryFolder } from './small-run.js';

describe('resolving a run', () => {
  it('needs nothing: the defaults are the ENOMAD worm and the plain evolutionary algorithm', async () => {
    const { spec, habitat } = await resolveRun({});
    expect(spec.strategy.name).toBe('ga');
    expect(spec.genome.name).toBe('weights');
    expect(spec.task).toMatchObject({ name: 'foraging', patterns: ['square'], steps: 250 });
    expect(spec.objective).toEqual({ sparsity: { coefficient: 0.1, exponent: 1.3 }, floor: 0 });
    expect(spec.connectome).toEqual({ id: 'c-elegans-openworm', hash: habitat.setup.connectome.hash });
  });

  it('resolves what it resolved to the same again', async () => {
    const { spec } = await resolveRun({ set: ['task.patterns=pentagon', 'strategy.population=12'] });
    expect(parseRunSpec(JSON.parse(JSON.stringify(spec)), 'again')).toEqual(spec);
    expect((await resolveRun({ file: { path: 'again', value: spec } })).spec).toEqual(spec);
  });

  it('lets --set go before the command line, that before the file, that before the preset', async () => {
    const file = {
      path: 'run.json',
      value: { strategy: 'ga', seed: 3, budget: { evaluations: 10 }, episodes: 2 },
    };
    expect((await resolveRun({ file })).spec).toMatchObject({
      seed: 3,
      budget: { evaluations: 10 },
      episodes: 2,
    });
    expect((await resolveRun({ file, seed: 4, budget: { generations: 5 } })).spec).toMatchObject({
      seed: 4,
      budget: { generations: 5 },
    });
    const set = ['seed=5', 'strategy.population=20'];
    expect((await resolveRun({ file, seed: 4, set })).spec).toMatchObject({
      seed: 5,
      strategy: { population: 20, elites: 1 },
    });
  });

  it('reaches into lists and replaces alternatives whole', async () => {
    const locked = await resolveRun({ set: ['genome.genes.0.signLock=true'] });
    expect(locked.spec.genome.genes[0]).toMatchObject({
      signLock: true,
    });
    const { strategy } = (await resolveRun({ set: ['strategy.mutation.kind=gaussian'] })).spec;
    expect(strategy.mutation).toEqual({ kind: 'gaussian', genes: 5, sigma: 1 });
  });

  it('knows the same outcome whatever the budget, and another whatever else', async () => {
    const hash = async (set: string[]) => outcomeHash((await resolveRun({ set })).spec);
    expect(await hash(['budget.evaluations=5'])).toBe(await hash([]));
    expect(await hash(['seed=2'])).not.toBe(await hash([]));
    expect(await hash(['objective.floor=1'])).not.toBe(await hash([]));
  });

  it.each([
    [{ strategy: 'gaa' }, /Unknown strategy "gaa".*"ga"/s],
    [{ task: 'forraging' }, /Unknown task "forraging".*"foraging"/s],
    [{ genome: 'weight' }, /Unknown genome spec "weight".*"weights"/s],
    [{ connectome: 'c-elegans' }, /Unknown connectome "c-elegans".*"c-elegans-openworm"/s],
    [{ connectome: './nowhere.json' }, /nowhere\.json: there is no such connectome file/],
    [{ set: ['strategy.popluation=3'] }, /strategy\.popluation: unknown field\. Did you mean "population"/],
    [{ set: ['strategy.population=many'] }, /strategy\.population: expected a .*number, found "many"/],
    [{ set: ['strategy.population=1'] }, /strategy\.population: expected a number of at least 2, found 1/],
    [{ set: ['strategy.elites=64'] }, /strategy\.elites: there must be fewer elites/],
    [
      { set: ['task.patterns=pentagn'] },
      /task\.patterns\[0\]: expected one of .*found "pentagn".*"pentagon"/s,
    ],
    [{ set: ['task.heldOut=square'] }, /task\.heldOut: a pattern is either trained on or held out/],
    [{ set: ['strategy.mutation.kind=gausian'] }, /strategy\.mutation\.kind/],
    [{ set: ['strategy=random'] }, /chosen by --strategy/],
    [{ set: ['strategy.name=random'] }, /chosen by --strategy/],
    [{ set: ['connectome.id=other'] }, /chosen by --connectome/],
    [{ set: ['genome.genes.30000000.step=1'] }, /no entry 30000000 in a list of 1/],
    [{ set: ['task.patterns=square,square'] }, /task\.patterns: expected each pattern once/],
    [
      { set: ['task.touchCells=["AVAX"]'] },
      /task\.touchCells: 1 of 1 are not in it: AVAX\. Did you mean AVAL/,
    ],
    [{ set: ['genome.genes.0.range=[0,5]'] }, /starts at/],
    [{ set: ['genome.genes.0.prior=[100,200]'] }, /genes\[0\]\.prior: expected values within the range/],
    [{ file: { path: 'run.json', value: null } }, /run\.json: a run is an object, found null/],
    [{ set: ['nonsense=1'] }, /nonsense: unknown field/],
    [{ set: ['noequals'] }, /expected path=value/],
    [{ set: ['a..b=1'] }, /not a path of field names/],
    [{ set: ['genome.genes.0.range=[3,1]'] }, /genome\.genes\[0\]\.range/],
    [
      { set: ['budget={}', 'budget.evaluations=0'] },
      /budget\.evaluations: expected a number of at least 1, found 0/,
    ],
    [{ file: { path: 'run.json', value: [] } }, /run\.json: a run is an object, found \[\]/],
    [
      { file: { path: 'run.json', value: { connectome: { id: 'c-elegans-openworm', hash: 'x' } } } },
      /connectome\.hash/,
    ],
    [{ file: { path: 'run.json', value: { connectome: 7 } } }, /connectome: expected the name/],
  ])('refuses %j with the field, what was expected and what was found', async (request, message) => {
    let thrown: unknown;
    try {
      await resolveRun(request as Parameters<typeof resolveRun>[0]);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UserError);
    expect((thrown as UserError).exitCode).toBe(2);
    expect((thrown as UserError).message).toMatch(message);
  });

  it('starts from a rule file, whose formula becomes genes, and refuses one that no gene is of', async () => {
    const path = join(temporaryFolder(), 'rule.json');
    writeFileSync(path, formatModelFile(escapeRateEligibility, 'rule'));
    const start = { task: 'reward-driven', from: path };
    const { spec, habitat } = await resolveRun({ ...start, genome: 'reward-driven-form' });
    const [formula] = habitat.space.formulasOf(habitat.space.start);
    expect(printExpression(formula!.value)).toBe('E * (R - 1)');
    expect(spec.start).toEqual(expect.arrayContaining([['toNeuron ?f output', expect.any(Number)]]));
    await expect(resolveRun({ from: path })).rejects.toThrow(
      /rule\.json: nothing that the network learns by/,
    );
  });

  it('meets any run file with a run or a user error, never with a crash', async () => {
    const fields = fc.constantFrom(
      'seed',
      'strategy',
      'genome',
      'connectome',
      'task',
      'budget',
      'objective',
      'episodes',
      'format',
      'network',
      'x',
    );
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        'ga',
        'random',
        'foraging',
        'weights',
        { name: 'ga' },
        { name: 'foraging', patterns: ['x'] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.dictionary(fields, values)), async (value) => {
        try {
          await resolveRun({ file: { path: 'fuzz.json', value } });
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
          expect((error as Error).message).not.toMatch(/undefined|\[object/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('settings', () => {
  it('are JSON where they parse as such and text otherwise', () => {
    expect(parseSetting('a.b=3')).toEqual({ a: { b: 3 } });
    expect(parseSetting('a=null')).toEqual({ a: null });
    expect(parseSetting('a=[1,2]')).toEqual({ a: [1, 2] });
    expect(parseSetting('a=b=c')).toEqual({ a: 'b=c' });
  });

  it('never reach the prototype of objects', () => {
    expect(() => parseSetting('__proto__.polluted=1')).toThrow(/not a path/);
    const value = JSON.parse('{"__proto__":{"polluted":1}}') as unknown;
    expect(Object.getPrototypeOf(merge({}, value))).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('presets', () => {
  it.each(presetNames())('%s is valid, and a run of it resolves', async (name) => {
    expect(loadPreset(name).name).toBe(name);
    const { name: strategy } = loadPreset(name).strategy;
    // Not all take as many genes as a connectome has synapses.
    const { mostGenes } = (strategies as Readonly<Record<string, StrategyModule>>)[strategy]!.takes;
    const { spec } = await resolveRun({ strategy: name, task: mostGenes ? 'go-no-go' : 'foraging' });
    expect(spec.strategy.name).toBe(strategy);
  });

  it('of the user go before those shipped', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'strategies'));
    const file = join(folder, 'strategies', 'mine.json');
    writeFileSync(
      file,
      JSON.stringify({
        format: 'strategy-preset/1',
        name: 'mine',
        about: 'a smaller population',
        strategy: { name: 'ga', population: 10 },
        budget: { generations: 3 },
      }),
    );
    const { spec } = await resolveRun({ strategy: file });
    expect(spec.strategy).toMatchObject({ name: 'ga', population: 10 });
  });
});

describe('a run seeded by a genome file', () => {
  const from = 'genomes/evolved/foraging-square-ga.json';

  it('starts from its genes, with its spec, connectome and task', async () => {
    const seeded = await resolveRun({ from, budget: { generations: 1 } });
    const plain = await resolveRun({ budget: { generations: 1 } });
    const [space, other] = [seeded.habitat.space, plain.habitat.space];
    const changes = readGenomeFile(from).changes;
    expect(seeded.spec.genome.name).toBe('weights');
    expect([...space.origin]).toEqual([...other.start]);
    const changed = Array.from(space.start.keys()).filter((gene) => space.start[gene] !== space.origin[gene]);
    expect(changed.map((gene) => [space.nameOf(gene), space.origin[gene], space.start[gene]])).toEqual(
      changes,
    );
    expect(outcomeHash(seeded.spec)).not.toBe(outcomeHash(plain.spec));
    // The seed written out again is the seed.
    const { spec, habitat } = seeded;
    const text = formatGenomeFile(space.start, space, spec, habitat.setup.connectome);
    const again = JSON.parse(text) as {
      changes: unknown;
      hash: string;
    };
    expect(again.changes).toEqual(changes);
    expect(again.hash).toBe(readGenomeFile(from).hash);
  });

  it('is refused where a gene is not there, or out of its range', async () => {
    const start = (value: unknown) =>
      expect(resolveRun({ file: { path: 'run.json', value: { start: value } }, budget: { generations: 1 } }))
        .rejects;
    await start([['AVAL->AVBQ', 1]]).toThrow(/start\[0\]: unknown gene "AVAL->AVBQ"/);
    await start([[readGenomeFile(from).changes[0]![0], 1e6]]).toThrow(/start\[0\]: .*expected a value in/);
  });
});
