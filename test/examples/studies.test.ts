import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nullModelNames } from '../../src/connectome/null-models/table.js';
import { readJsonFile } from '../../src/spec/json-file.js';
import { packageRoot } from '../../src/spec/library.js';
import { claimsOf, planStudy } from '../../src/study/plan.js';
import { parseStudySpec } from '../../src/study/study-spec.js';

const folder = join(packageRoot, 'examples/studies');

const planned = async (file: string) => {
  const path = join(folder, file);
  const spec = parseStudySpec(readJsonFile(path, 'study'), path);
  const base = { path, value: spec.base as Record<string, unknown>, recorded: false };
  return { spec, plan: await planStudy(spec, base, path) };
};

describe('the studies that come with the program', () => {
  it.each(readdirSync(folder))('%s plans runs that differ, without a notice', async (file) => {
    const { spec, plan } = await planned(file);
    expect(file).toBe(`${spec.name}.json`);
    expect(plan.notices).toEqual([]);
    expect(new Set(plan.arms.map(({ hash }) => hash)).size).toBe(plan.arms.length);
  });

  it.each([
    'square',
    'triangle',
    'pentagon',
  ])('compare every strategy that takes thousands of genes with niches, with food in a %s', async (pattern) => {
    const { spec, plan } = await planned(`foraging-${pattern}.json`);
    expect([plan.arms.length, plan.seeds.length]).toEqual([16, 10]);
    const claims = claimsOf(spec, plan.arms);
    expect(claims).toHaveLength(15);
    expect(new Set(claims.map(({ arm }) => arm))).toEqual(new Set(['niches']));
  });

  it('plan every search for its own budget, and compare with the genetic algorithm', async () => {
    for (const [file, arms, claims] of [
      ['foraging-niches.json', 26, 10],
      ['foraging-starts.json', 6, 3],
    ] as const) {
      const { spec, plan } = await planned(file);
      expect([plan.arms.length, plan.seeds.length, plan.notices]).toEqual([arms, 10, []]);
      expect(claimsOf(spec, plan.arms)).toHaveLength(claims);
    }
  });

  it.each([
    'controls-openworm.json',
    'controls-cook.json',
  ])('%s puts every null model beside the animal', async (file) => {
    const { spec, plan } = await planned(file);
    expect(plan.arms.map(({ control }) => control)).toEqual([null, ...nullModelNames]);
    expect(claimsOf(spec, plan.arms).every(({ arm }) => arm === 'base')).toBe(true);
  });

  it('let the form of rules evolve, where lives depend on the genome alone', async () => {
    for (const [file, arms, seeds] of [
      ['reward-driven.json', ['base'], 8],
      ['error-driven.json', ['base'], 8],
      ['correlation-driven.json', ['base'], 3],
      ['go-no-go-form.json', ['form', 'form-active', 'numbers'], 5],
      ['navigation-form.json', ['form', 'numbers'], 5],
    ] as const) {
      const { spec, plan } = await planned(file);
      expect([plan.arms.map(({ name }) => name), plan.seeds.length]).toEqual([arms, seeds]);
      expect(spec.base).toMatchObject({ seeds: 'common' });
    }
  });

  it('let rules of connection types evolve alone and together, and put tossed labels beside true ones', async () => {
    for (const [file, arms] of [
      ['stability.json', ['inhibitory', 'all']],
      ['familiarity.json', ['true', 'shuffled']],
    ] as const) {
      const { spec, plan } = await planned(file);
      expect([plan.arms.map(({ name }) => name), plan.seeds.length]).toEqual([arms, 5]);
      expect(new Set(plan.arms.map(({ hash }) => hash)).size).toBe(2);
      expect(claimsOf(spec, plan.arms)).toHaveLength(1);
    }
  });

  it('spend as many lives on few candidates as on many', async () => {
    const { plan } = await planned('patch-foraging.json');
    const lives = plan.arms.map(
      ({ set, budget }) => Number(set.episodes ?? 1) * Number(budget?.evaluations ?? 6400),
    );
    expect(lives).toEqual(Array.from({ length: 10 }, () => 6400));
    expect(new Set(plan.arms.map(({ hash }) => hash)).size).toBe(10);
  });

  it('put mazes with learning beside those without, and modulatory cells beside their absence', async () => {
    for (const [file, arms, seeds] of [
      ['t-maze.json', ['learning', 'learning-8', 'without-noradrenaline', 'frozen'], 5],
      ['double-t-maze.json', ['modulatory', 'without'], 10],
    ] as const) {
      const { plan } = await planned(file);
      expect([plan.arms.map(({ name }) => name), plan.seeds.length]).toEqual([arms, seeds]);
    }
  });

  it('put three kinds of cells on one connectome', async () => {
    const { plan } = await planned('spiking.json');
    expect(plan.arms.map(({ name }) => name)).toEqual(['leaky', 'izhikevich', 'graded']);
    expect(new Set(plan.arms.map(({ hash }) => hash)).size).toBe(3);
  });
});
