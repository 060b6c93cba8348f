import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { genomeSpecNames, loadGenomeSpec } from '../../src/genome/spec.js';
import { UsageError } from '../../src/spec/errors.js';
import { specOf } from './spec-of.js';

const home = process.cwd();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'genome-spec-'));
});
afterEach(() => {
  process.chdir(home);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function refusal(value: unknown): string {
  try {
    loadGenomeSpec(value, 'run.json');
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  return 'accepted';
}

const raw = () => {
  const spec = specOf();
  return { ...spec, genes: spec.genes.map((group) => ({ ...group })) as Record<string, unknown>[] };
};

describe('loadGenomeSpec', () => {
  it('finds a shipped spec by name, wherever it is called', () => {
    process.chdir(folder);
    const spec = loadGenomeSpec('weights', 'any');
    expect(spec.name).toBe('weights');
    expect(spec.genes[0]).toMatchObject({
      range: [-40, 40],
      prior: [-20, 20],
      start: 'connectome',
      signLock: false,
    });
    expect(genomeSpecNames()).toContain('weights');
  });

  it('reads a path', () => {
    const path = join(folder, 'mine.json');
    writeFileSync(path, JSON.stringify(specOf({ step: 3 })));
    expect(loadGenomeSpec(path, 'any')).toEqual(specOf({ step: 3 }));
    process.chdir(folder);
    expect(loadGenomeSpec('mine.json', 'any')).toEqual(specOf({ step: 3 }));
    expect(loadGenomeSpec('./mine.json', 'any')).toEqual(specOf({ step: 3 }));
  });

  it('prefers a spec of that name in the own folder', () => {
    process.chdir(folder);
    mkdirSync('genomes/spec', { recursive: true });
    writeFileSync('genomes/spec/weights.json', JSON.stringify(specOf({ step: 9 })));
    expect(loadGenomeSpec('weights', 'any').genes[0]).toMatchObject({ step: 9 });
  });

  it('takes a spec given inline and fills in what is left out', () => {
    const spec = raw();
    for (const field of ['scale', 'step', 'start', 'signLock']) delete spec.genes[0]![field];
    expect(loadGenomeSpec(spec, 'any').genes[0]).toMatchObject({
      scale: 'linear',
      step: 1,
      start: 'connectome',
      signLock: false,
    });
  });

  it('names the nearest where a name is unknown', () => {
    expect(refusal('weigths')).toContain('Unknown genome spec "weigths". Did you mean "weights"?');
    expect(refusal('no/such.json')).toContain('no/such.json: there is no such genome spec file.');
  });

  it('says where in which file a fault is', () => {
    const path = join(folder, 'faulty.json');
    writeFileSync(path, JSON.stringify(raw()).replace('"signLock"', '"signLok"'));
    expect(refusal(path)).toBe(
      `${path}: not a valid genome spec.\n  genes[0].signLok: unknown field. Did you mean "signLock"?`,
    );
  });

  it.each([
    [{ range: [40, -40] }, 'genes[0].range: expected [low, high] with low below high'],
    [{ range: [1, 1] }, 'genes[0].range: expected [low, high] with low below high'],
    [{ prior: [3, 2] }, 'genes[0].prior: expected [low, high] with low below high'],
    [{ step: 0 }, 'genes[0].step: expected a number above 0, found 0'],
    [
      { scale: 'linea' },
      'genes[0].scale: expected one of "linear", "log", found "linea". Did you mean "linear"?',
    ],
    [
      { quantity: 'threshold' },
      'genes[0].quantity: expected one of "synapse-weight", "parameter", "kind-share", "synapse-parameter", "rule-form", found "threshold"',
    ],
    [{ start: 'conectome' }, 'genes[0].start'],
    [{ unit: '' }, 'genes[0].unit: expected at least 1 character(s), found ""'],
  ])('refuses %j', (change, expected) => {
    const spec = raw();
    Object.assign(spec.genes[0]!, change);
    const message = refusal(spec);
    expect(message).toContain('run.json: not a valid genome spec.');
    expect(message).toContain(expected);
  });

  it.each([[null], [7], [[]], [undefined]])('refuses %j', (value) => {
    expect(refusal(value)).toContain('run.json: not a valid genome spec.');
  });
});
