import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functions } from '../../src/expression/functions.js';
import { respond } from '../../src/kernel/response.js';
import { portModelProblems } from '../../src/network/check/port-model.js';
import { readCellModel, readPlasticityRule, readPortModel } from '../../src/network/files/model-file.js';
import { integratorNames } from '../../src/network/model/integrators.js';
import { packageRoot } from '../../src/spec/library.js';

const page = readFileSync(join(packageRoot, 'docs/equations.md'), 'utf8');
const [cell, synapse, rule] = [...page.matchAll(/```json\n(.*?)```/gs)].map(
  ([, text]) => JSON.parse(text!) as object,
);

describe('docs/equations.md', () => {
  it('shows a cell model that runs as it says', () => {
    const model = readCellModel(cell, 'docs/equations.md');
    const { current, dtMs, durationMs } = model.protocols!.step!;
    const stimulus = {
      model: { name: 's', summary: '', source: '', parameters: {}, state: {}, current },
      parameters: {},
    };
    const { spikeSteps } = respond(model, { dtMs, durationMs, ports: { stimulus } });
    const intervals = spikeSteps[0]!.slice(1).map((step, i) => step - spikeSteps[0]![i]!);
    expect(intervals.length).toBeGreaterThan(10);
    // It tires: intervals grow to the last few, which are alike.
    expect(intervals.at(-1)! / intervals[0]!).toBeGreaterThan(1.5);
    expect(spikeSteps[0]![0]! * dtMs).toBeGreaterThan(50);
  });

  it('shows a synapse that goes with the cell model', () => {
    const shunting = readPortModel('synapse', synapse, 'docs/equations.md');
    expect(portModelProblems(shunting, readCellModel(cell, 'docs/equations.md'))).toEqual([]);
  });

  it('shows a rule that is one', () => {
    const { name, onPre, traces } = readPlasticityRule(rule, 'docs/equations.md');
    expect({ name, onPre, traces: Object.keys(traces) }).toEqual({
      name: 'rewarded-pairs',
      onPre: [],
      traces: ['x'],
    });
  });

  it('names every function and every integrator', () => {
    for (const name of Object.keys(functions)) expect(page).toContain(`\`${name}(`);
    for (const name of integratorNames) expect(page).toContain(`| \`${name}\` |`);
  });
});
