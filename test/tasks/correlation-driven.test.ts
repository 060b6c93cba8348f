import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { RandomStream } from '../../src/math/random.js';
import { deriveSeed } from '../../src/math/seed.js';
import { formatModelFile } from '../../src/network/files/model-file.js';
import { homeostaticStdp } from '../../src/network/plasticity/homeostatic-stdp.js';
import { detect } from '../../src/tasks/correlation-driven/detection.js';
import { options } from '../../src/tasks/correlation-driven/options.js';

const file = join(mkdtempSync(join(tmpdir(), 'baldwin-correlation-')), 'mine.json');

async function life(...set: string[]) {
  const { habitat } = await resolveRun({ task: 'correlation-driven', set: ['task.trials=3', ...set] });
  const { score, measures } = new LifetimeRunner(habitat).live(habitat.space.start, deriveSeed('one'), 1);
  return { score, ...(measures as { meanSignalToNoise: number; rateFirstHz: number; rateEndHz: number }) };
}

/** The rule with other changes at the spikes before and behind. */
async function withChanges(depression: string, facilitation: string) {
  const own = (text: string) => text.replace(/\bw\b/g, '(w/wMax)');
  const rule = {
    ...homeostaticStdp,
    name: 'mine',
    onPre: [`w -= alpha*lambda*(${own(depression)})`],
    onPost: [`w += lambda*(${own(facilitation)})`],
  };
  writeFileSync(file, formatModelFile(rule, 'rule'));
  return life(`task.rule=${file}`);
}

describe('correlation-driven learning', () => {
  it('ranks three pairs of changes as published, all above none', async () => {
    const usual = await life();
    const square = await withChanges('0.1 - w', 'x^2 - w');
    const plain = await withChanges('w*y - w - y', 'x - w');
    const none = await withChanges('0*w', '0*w');
    expect(usual.meanSignalToNoise).toBeGreaterThan(square.meanSignalToNoise);
    expect(square.meanSignalToNoise).toBeGreaterThan(plain.meanSignalToNoise);
    expect(plain.meanSignalToNoise).toBeGreaterThan(3 * none.meanSignalToNoise);
    // The neuron begins at about 20 Hz, and one that learns ends with about one spike for each presentation.
    expect(Math.abs(none.rateFirstHz - 20)).toBeLessThan(2);
    expect(Math.abs(usual.rateEndHz - 2)).toBeLessThan(0.5);
    expect(usual.score).toBeLessThan(usual.meanSignalToNoise);
  });

  it('finds nothing where the pattern never comes', async () => {
    const control = await life('task.pattern=false');
    expect(control.meanSignalToNoise).toBeLessThan((await life()).meanSignalToNoise / 2);
  });

  it('measures a pattern by hand: one input that fires alone in an otherwise silent one', () => {
    const settings = options.parse({ inputs: 10, rateHz: 1e-9, testS: 3, dtMs: 1 });
    const pattern = { steps: Int32Array.of(50), cells: Int32Array.of(3) };
    const weights = Float64Array.from({ length: 10 }, (_, input) => input);
    const seen = detect(settings, RandomStream.from('none'), pattern, weights);
    expect(seen.peak).toBeCloseTo(3, 3);
    // What is left of 3 mV at 50 ms, from 100 ms on.
    const left = Array.from({ length: 400 }, (_, i) => 3 * Math.exp(-(50 + i) / 18));
    const mean = left.reduce((a, b) => a + b) / 400;
    expect(seen.mean).toBeCloseTo(mean, 6);
    const sd = Math.sqrt(left.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 400);
    expect(seen.signalToNoise).toBeCloseTo((seen.peak - mean) / sd, 6);
    // The 90 ms after the pattern hold nearly all of it.
    expect(seen.signalToQuiet).toBeGreaterThan(50 * seen.signalToNoise);
    expect(seen.last.length).toBe(500);
  });
});
