import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { deriveSeed } from '../../src/math/seed.js';
import { mean } from '../../src/math/statistics.js';
import { formatModelFile } from '../../src/network/files/model-file.js';
import { potentialError } from '../../src/network/plasticity/potential-error.js';

const file = join(mkdtempSync(join(tmpdir(), 'baldwin-error-')), 'mine.json');

/** Means over five short lives. */
async function lives(...set: string[]) {
  const { habitat } = await resolveRun({
    task: 'error-driven',
    set: ['task.durationS=3', 'task.dtMs=0.2', 'task.parameters.every=0.2', ...set],
  });
  const runner = new LifetimeRunner(habitat);
  const lived = Array.from({ length: 5 }, (_, i) =>
    runner.live(habitat.space.start, deriveSeed('short', i), 1),
  );
  return {
    score: mean(lived.map(({ score }) => score)),
    measures: Object.fromEntries(
      Object.keys(lived[0]!.measures).map((name) => [
        name,
        mean(lived.map(({ measures }) => measures[name]!)),
      ]),
    ),
  };
}

/** The rule with another function of the two potentials and the presynaptic one. */
async function withTerm(term: string) {
  const statements = [`c += every/tauC*psp*(fall - rise)*${term}`];
  const rule = { ...potentialError, name: 'mine', onUpdate: { every: 'every', statements } };
  writeFileSync(file, formatModelFile(rule, 'rule'));
  return lives(`task.rule=${file}`);
}

describe('error-driven learning', () => {
  it('ranks rules as published: the difference of the potentials above a quarter of it, both above nothing', async () => {
    const usual = await lives();
    const nothing = await withTerm('0');
    const quarter = await withTerm('0.25*(m.target - post.v)');
    expect(nothing.measures.errorFirst).toBeGreaterThan(0.5);
    expect(usual.score).toBeGreaterThan(nothing.score / 4);
    expect(quarter.score).toBeLessThan(usual.score);
    expect(quarter.score).toBeGreaterThan(nothing.score);
    expect(usual.measures.errorEnd).toBeLessThan(usual.measures.errorFirst! / 3);
    expect(usual.measures.weightError).toBeLessThan(nothing.measures.weightError!);
    // The same as a single term, and against it.
    expect((await withTerm('(m.target - post.v)')).score).toBeCloseTo(usual.score, 6);
    expect((await withTerm('(post.v - m.target)')).score).toBeLessThan(nothing.score);
  });

  it('learns nothing of a teacher from the potential of another', async () => {
    const told = await lives();
    const { score } = await lives('task.teacher=another');
    expect(score).toBeLessThan(3 * told.score);
  });
});
