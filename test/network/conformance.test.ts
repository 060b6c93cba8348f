import { describe, expect, it } from 'vitest';
import { cellChecks } from '../../src/kernel/conformance/cell.js';
import { portChecks } from '../../src/kernel/conformance/port.js';
import { ruleChecks } from '../../src/kernel/conformance/rule.js';
import { cellModels } from '../../src/network/cells/table.js';
import { inputModels } from '../../src/network/inputs/table.js';
import type { PortModel } from '../../src/network/model/model.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { synapseModels } from '../../src/network/synapses/table.js';
import type { Check } from '../../src/spec/conformance.js';

describe.each(Object.entries(synapseModels) as [string, PortModel][])('the synapse %s', (_, model) => {
  for (const check of portChecks(model, { kind: 'synapse' })) it(check.name, check.run);
});

describe.each(Object.entries(inputModels) as [string, PortModel][])('the input %s', (_, model) => {
  for (const check of portChecks(model, { kind: 'input' })) it(check.name, check.run);
});

describe.each(Object.entries(plasticityRules) as [string, PlasticityRule][])('the rule %s', (_, rule) => {
  for (const check of ruleChecks(rule)) it(check.name, check.run);
});

describe('the suites', () => {
  const hebb: PlasticityRule = plasticityRules.hebb;
  const lif = cellModels['leaky-integrate-and-fire'];
  const faulty: [string, Check[], string][] = [
    ['has no fault, its units included', ruleChecks({ ...hebb, onPre: ['w += y'] }), 'onPre[0]'],
    [
      'changes something in a short life, and keeps the weight within its bounds',
      ruleChecks({ ...hebb, onPre: ['w += 0*eta*y'], onPost: [] }),
      'a weight or variable that changes',
    ],
    [
      'has no fault, its units included',
      portChecks({ ...synapseModels.exponential, current: 'g +' }, { kind: 'synapse' }),
      "path: 'current'",
    ],
    [
      'a short life at rest: as expected in float64, to the bit in both engines',
      cellChecks({ ...lif, update: ['v = -1 / (v - v)'], equations: [] }),
      'to stay finite',
    ],
    [
      'told: as expected in float64, to the bit in both engines',
      cellChecks({
        ...lif,
        protocols: {
          told: { about: '', current: '0', dtMs: 0.1, durationMs: 10, expect: { source: '', spikes: 3 } },
        },
      }),
      'expected 3 spikes',
    ],
  ];
  it.each(faulty)('find what fails: %s', async (name, checks, message) => {
    const check = checks.find((of) => of.name === name)!;
    await expect((async () => check.run())()).rejects.toThrow(message);
  });
});
