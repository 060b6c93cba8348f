import { describe, expect, it } from 'vitest';
import { readPlasticityRule } from '../../src/network/files/model-file.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { ruleAtWork, ruleFiles } from '../../src/report/models/rule-files.js';

const rules = Object.entries(plasticityRules);
const filesOf = (rule: (typeof plasticityRules)[keyof typeof plasticityRules]) =>
  Object.fromEntries(ruleFiles(rule, 'A rule').map(({ suffix, text }) => [suffix, text]));

describe('files of a rule', () => {
  it.each(rules)('%s as JSON, LaTeX and SymPy', (_, rule) => {
    const files = filesOf(rule);
    expect(readPlasticityRule(JSON.parse(files['.json']!), 'written')).toMatchObject({
      name: rule.name,
      onPre: rule.onPre,
      parameters: rule.parameters,
    });
    const tex = files['.tex']!;
    expect(tex.split('{').length).toBe(tex.split('}').length);
    const parameters = Object.keys(rule.parameters).length;
    expect(tex.match(/&.*&.*&.*\\\\$/gm)!.length).toBeGreaterThanOrEqual(parameters);
    const python = files['.py']!;
    expect(python).not.toMatch(/(?<![\w.])(if|min|max|abs|exp|sigmoid|exprel)\(/);
    // Every name that is used is a symbol.
    const symbols = new Set([...python.matchAll(/^(\w+) = sp\.Symbol/gm)].map(([, name]) => name));
    const body = python
      .slice(python.indexOf('events = {'))
      .replaceAll(/#.*|'[^']*'/g, '')
      .replaceAll(/\bsp\.\w+/g, '');
    const used = [...body.matchAll(/(?<![\w.])[A-Za-z_]\w*/g)].map(([name]) => name);
    const own = ['events', 'flows', 'bounds', 'constants', 'True'];
    expect(used.filter((name) => !symbols.has(name) && !own.includes(name))).toEqual([]);
  });

  it('hold the constants at work in the place of defaults, and say which no rule can hold', () => {
    const rule = plasticityRules['pair-stdp'];
    const { rule: own, perSynapse } = ruleAtWork({
      rule,
      parameters: { aPlus: 7, tauPlus: Float64Array.of(1, 2, 3) },
    });
    expect(own.parameters.aPlus).toMatchObject({ default: 7, low: 0, high: 7 });
    expect(perSynapse).toEqual([{ name: 'tauPlus', values: 3 }]);
    expect(own.parameters.tauPlus).toEqual(rule.parameters.tauPlus);
    const [, , python] = ruleFiles(own, 'Evolved');
    expect(python!.text).toContain('aPlus: 7,  # weight, change of a pair');
    expect(python!.text).toContain('(w, w + aPlus*x)');
    const [, tex] = ruleFiles(own, 'Evolved');
    expect(tex!.text).toContain('w \\leftarrow w + \\left(a_{\\mathrm{plus}}');
  });

  it('write a quotient that evolved so that it has a value where its divisor is 0', () => {
    const rule = { ...plasticityRules['pair-stdp'], onPre: ['w -= quotient(aMinus, y)'] };
    const files = filesOf(rule);
    expect(files['.py']).toContain('w - sp.Piecewise((1, sp.Eq(y, 0)), ((aMinus)/(y), True))');
    expect(files['.tex']).toContain('is 1 where its denominator is 0');
    expect(filesOf(plasticityRules['pair-stdp'])['.tex']).not.toContain('denominator');
  });
});
