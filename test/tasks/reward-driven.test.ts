import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { RandomStream } from '../../src/math/random.js';
import { deriveSeed } from '../../src/math/seed.js';
import { mean } from '../../src/math/statistics.js';
import { poissonRoom, poissonTrain } from '../../src/network/build/spike-train.js';
import { formatModelFile } from '../../src/network/files/model-file.js';
import { escapeRateEligibility } from '../../src/network/plasticity/escape-rate-eligibility.js';
import { threeFactor } from '../../src/network/plasticity/three-factor.js';

const folder = mkdtempSync(join(tmpdir(), 'baldwin-rule-'));

/** The file of a rule that ends in a statement of its own at an outcome. */
function ruleFile(change: string): string {
  const path = join(folder, 'mine.json');
  const rule = {
    ...escapeRateEligibility,
    name: 'mine',
    onEvent: { outcome: [`w += eta*${change}`], trialStart: ['E = 0'] },
  };
  writeFileSync(path, formatModelFile(rule, 'rule'));
  return path;
}

/** Mean score of ten short lives. */
async function scoreOf(...set: string[]): Promise<number> {
  const short = ['task.trials=150', 'task.patterns=8', 'task.trialMs=250'];
  const { habitat } = await resolveRun({ task: 'reward-driven', set: [...short, ...set] });
  const runner = new LifetimeRunner(habitat);
  const lives = Array.from({ length: 10 }, (_, i) =>
    runner.live(habitat.space.start, deriveSeed('short', i), 1),
  );
  return mean(lives.map(({ score }) => score));
}

describe('reward-driven learning', () => {
  it('ranks rules as published: what errors alone teach above reward times eligibility, above nothing', async () => {
    const nothing = await scoreOf(`task.rule=${ruleFile('0')}`);
    const reward = await scoreOf(`task.rule=${ruleFile('m.R*E')}`, 'task.parameters.eta=0.1');
    const errors = await scoreOf();
    expect(await scoreOf(`task.rule=${ruleFile('(m.R - 1)*E')}`)).toBe(errors);
    expect(reward).toBeGreaterThan(nothing + 10);
    expect(errors).toBeGreaterThan(reward + 10);
  });

  it('keeps the rule of a file in the spec, and says what is wrong with one', async () => {
    const run = (rule: string) => resolveRun({ task: 'reward-driven', set: [`task.rule=${rule}`] });
    const { spec } = await run(ruleFile('(m.R - 1)*E'));
    expect(spec.task.rule).toMatchObject({ format: 'plasticity-rule/1', name: 'mine' });
    await expect(run('escape-rate')).rejects.toThrow(
      /task\.rule: Unknown plasticity rule "escape-rate"\. Did you mean "escape-rate-eligibility"/,
    );
    await expect(run(ruleFile('(m.R - q)*E'))).rejects.toThrow(
      /task\.rule: .*mine\.json(.|\n)*there is no "q"/,
    );
    await expect(resolveRun({ task: 'reward-driven', set: ['task.parameters.etta=1'] })).rejects.toThrow(
      /task\.parameters: "escape-rate-eligibility" has no parameter "etta"/,
    );
  });
});

describe('other tasks that bring a circuit', () => {
  it('take a rule in the place of theirs', async () => {
    const path = join(folder, 'other.json');
    writeFileSync(path, formatModelFile({ ...threeFactor, name: 'other' }, 'rule'));
    const genome = join(folder, 'genome.json');
    const gene = {
      quantity: 'parameter',
      names: ['modulators.DA.baseline'],
      unit: '1',
      range: [0, 1],
      prior: [0, 1],
      step: 0.1,
    };
    writeFileSync(
      genome,
      JSON.stringify({ format: 'genome-spec/1', name: 'baseline', about: 'a level', genes: [gene] }),
    );
    for (const task of ['go-no-go', 'distal-reward']) {
      const { habitat } = await resolveRun({ task, genome, set: [`task.rule=${path}`] });
      const [first] = habitat.embodied.network.projections;
      expect(first!.plasticity!.rule.name).toBe('other');
      expect(first!.plasticity!.parameters.wMax).toBe(task === 'distal-reward' ? 20 : undefined);
    }
  });
});

describe('Poisson trains', () => {
  it('have the rate that was asked for, in order, and fit into the room that is made for them', () => {
    const cells = { cells: 50, rateHz: 20, steps: 4000, dtMs: 0.5 };
    const { steps, cells: who } = poissonTrain(RandomStream.from('trains'), cells);
    // 2000 spikes on average, with a standard deviation of 45.
    expect(Math.abs(steps.length - 2000)).toBeLessThan(135);
    expect(steps.length).toBeLessThan(poissonRoom(cells));
    const places = Array.from(steps, (step, i) => step * 50 + who[i]!);
    expect(
      places.every((place, i) => place >= 0 && place < 200_000 && (i === 0 || place > places[i - 1]!)),
    ).toBe(true);
    expect(new Set(who).size).toBe(50);
    expect(poissonTrain(RandomStream.from('trains'), { ...cells, rateHz: 0 }).steps.length).toBe(0);
  });
});
