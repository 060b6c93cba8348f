import { describe, expect, it } from 'vitest';
import { ruleProblems } from '../../src/network/check/rule.js';
import {
  formatModelFile,
  loadPlasticityRule,
  plasticityRuleNames,
  readPlasticityRule,
} from '../../src/network/files/model-file.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';

const rules: [string, PlasticityRule][] = Object.entries(plasticityRules);

describe('rule files', () => {
  it.each(rules)('give %s back as it was', (_, rule) => {
    const text = formatModelFile(rule, 'rule');
    const back = readPlasticityRule(JSON.parse(text), 'x.json');
    expect(back).toEqual(rule);
    expect(readPlasticityRule(JSON.parse(formatModelFile(back, 'rule')), 'x.json')).toEqual(rule);
  });

  it('are found by the names of the program', () => {
    expect(loadPlasticityRule('hebb')).toBe(plasticityRules.hebb);
    expect(plasticityRuleNames()).toEqual(expect.arrayContaining(Object.keys(plasticityRules)));
    expect(() => loadPlasticityRule('hebbb')).toThrow(
      /Unknown plasticity rule "hebbb"\. Did you mean "hebb"/,
    );
    expect(() => loadPlasticityRule('none.json')).toThrow(/none\.json: there is no such plasticity rule/);
  });

  it('refuse fields that there are none of, with the nearest', () => {
    const file = JSON.parse(formatModelFile(plasticityRules.hebb, 'rule'));
    expect(() => readPlasticityRule({ ...file, onpost: [] }, 'x.json')).toThrow(
      /onpost: unknown field\. Did you mean "onPost"/,
    );
    expect(() => readPlasticityRule({ ...file, traces: { x: { of: 'per' } } }, 'x.json')).toThrow(
      /traces\.x\.of: expected one of "pre", "post", found "per"/,
    );
  });
});

/** A rule without fault, to take one away from. */
const sound: PlasticityRule = {
  name: 'sound',
  summary: 's',
  source: 's',
  parameters: {
    eta: { unit: 'weight', default: 0.01, low: 0, high: 1, about: '' },
    rate: { unit: 'weight/ms', default: 0.01, low: 0, high: 1, about: '' },
    half: { unit: '1', default: 0.5, low: 0, high: 1, about: '' },
    tau: { unit: 'ms', default: 20, low: 1, high: 100, about: '' },
    tauS: { unit: 's', default: 1, low: 0, high: 100, about: '' },
    nothing: { unit: 'ms', default: 0, low: 0, high: 100, about: '' },
    every: { unit: 'ms', default: 10, low: 1, high: 100, about: '' },
    wMin: { unit: 'weight', default: 0, low: -10, high: 10, about: '' },
    wMax: { unit: 'weight', default: 1, low: -10, high: 10, about: '' },
  },
  traces: {
    x: { of: 'pre', tau: 'tau', each: 'add' },
    y: { of: 'post', tau: 'tau', each: 'add', start: 'half' },
    depth: { of: 'post', unit: 'mV', tau: 'tau', follows: 'cell.v + y*1[mV]' },
  },
  synapse: {
    c: { about: 'eligibility', unit: '1', tau: 'tau', drive: 'rate*(m.DA - half)' },
    before: { about: 'weight before', unit: 'weight', start: 'w' },
  },
  onPre: ['w -= eta*y', 'c -= half*y*m.5HT'],
  onPost: ['c += x'],
  onUpdate: { every: 'every', statements: ['w *= 1 - half*(incoming.w - before) / wMax'] },
  onEvent: { reward: ['before = w', 'w += eta*if(post.v > depth, 1, 0)'] },
  bounds: { low: 'wMin', high: 'wMax' },
};

const changed = (change: Partial<PlasticityRule>): PlasticityRule => ({ ...sound, ...change });
const trace = (name: string, more: object) =>
  changed({ traces: { ...sound.traces, [name]: { ...sound.traces[name], ...more } as never } });
const variable = (name: string, more: object) =>
  changed({ synapse: { ...sound.synapse, [name]: { ...sound.synapse![name], ...more } as never } });

describe('the check of rules', () => {
  it.each(rules)('finds nothing wrong with %s', (_, rule) => {
    expect(ruleProblems(rule)).toEqual([]);
  });

  it('finds nothing wrong with a rule that uses all there is', () => {
    expect(ruleProblems(sound)).toEqual([]);
  });

  it.each<[string, PlasticityRule, string, RegExp]>([
    ['unknown name', changed({ onPre: ['w -= eta*z'] }), 'onPre[0]', /there is no "z" here.*\(column 10\)/],
    [
      'misspelled name',
      changed({ onPost: ['c += x', 'w += ate*x'] }),
      'onPost[1]',
      /Did you mean "rate".*\(column 6\)/,
    ],
    ['syntax', changed({ onPost: ['c += x', 'w += eta*'] }), 'onPost[1]', /\(column 10\)/],
    [
      'units of a change',
      changed({ onPre: ['w -= half*y', 'c -= y'] }),
      'onPre[0]',
      /what is assigned to is in weight, the value a plain number.*\(column 10\)/,
    ],
    [
      'units of a factor',
      changed({ onUpdate: { every: 'every', statements: ['w *= eta*half'] } }),
      'onUpdate.statements[0]',
      /a plain number, the value in weight/,
    ],
    [
      'prefix of a unit',
      changed({ onPost: ['c += x*tau / (1[s] + tau)'] }),
      'onPost[0]',
      /s and ms differ by a factor of 1000.*\(column 20\)/,
    ],
    [
      'parameter as target',
      changed({ onPost: ['c += x', 'eta = 2*eta'] }),
      'onPost[1]',
      /"eta" is a parameter.*\(column 1\)/,
    ],
    [
      'trace as target',
      changed({ onPost: ['c += x', 'x = 0'] }),
      'onPost[1]',
      /"x" is a trace.*traces\.x\.each/,
    ],
    [
      'unknown target',
      changed({ onPost: ['c += x', 'd = 0'] }),
      'onPost[1]',
      /"d" is neither w nor a variable/,
    ],
    [
      'mean at a spike',
      changed({ onPost: ['c += x', 'w = incoming.w'] }),
      'onPost[1]',
      /"onUpdate" and "onEvent" alone.*\(column 5\)/,
    ],
    ['random draws', changed({ onPost: ['c += x*uniform()'] }), 'onPost[0]', /draw no random numbers/],
    ['the time', changed({ onPost: ['c += x*t / tau'] }), 'onPost[0]', /do not know the time.*\(column 8\)/],
    [
      'side of a state',
      changed({ onPost: ['c += x*sign(cell.v)'] }),
      'onPost[0]',
      /write pre\.… or post\.….*\(column 13\)/,
    ],
    [
      'division by nothing',
      changed({ onPost: ['c += x / nothing*tau'] }),
      'onPost[0]',
      /with the defaults.*\(column 8\)/,
    ],
    [
      'a trace of the other side',
      trace('x', { each: 'x + y' }),
      'traces.x.each',
      /"y" is a trace of the postsynaptic cell.*\(column 5\)/,
    ],
    ['a weight in a trace', trace('x', { each: 'x + w' }), 'traces.x.each', /"w" belongs to a synapse/],
    [
      'a state where a spike counts',
      trace('x', { each: 'x + cell.v' }),
      'traces.x.each',
      /there is no "cell\.v" here/,
    ],
    [
      'unit of a trace',
      trace('depth', { follows: 'y' }),
      'traces.depth.follows',
      /in mV, the value a plain number/,
    ],
    ['unit of a time constant', trace('x', { tau: 'tauS' }), 'traces.x.tau', /its unit is ms, not "s"/],
    ['a time constant of 0', trace('x', { tau: 'nothing' }), 'traces.x.tau', /a default above 0, found 0/],
    [
      'unknown time constant',
      trace('x', { tau: 'tua' }),
      'traces.x.tau',
      /no parameter "tua" to hold a time constant\. Did you mean .*"tau"/,
    ],
    ['no time constant', trace('depth', { tau: undefined }), 'traces.depth.tau', /missing/],
    ['a trace without spikes', trace('x', { each: undefined }), 'traces.x', /nothing changes "x"/],
    ['start of a trace', trace('y', { start: 'eta' }), 'traces.y.start', /its unit is "1", not "weight"/],
    ['coincidence', trace('y', { coincident: true }), 'traces.y.coincident', /presynaptic traces/],
    [
      'unit of a drive',
      variable('c', { drive: 'half*m.DA' }),
      'synapse.c.drive',
      /s\^-1 weight, the value a plain number.*\(column 5\)/,
    ],
    [
      'what drives',
      variable('c', { drive: 'rate*x' }),
      'synapse.c.drive',
      /parameters and modulators alone.*\(column 6\)/,
    ],
    [
      'a variable in another unit',
      variable('before', { unit: 'mV' }),
      'synapse.before.start',
      /in mV, the value in weight/,
    ],
    ['unit that is none', variable('c', { unit: 'mw' }), 'synapse.c.unit', /mw/],
    [
      'a variable that stays',
      changed({ onPre: ['w -= eta*y'], onPost: [] }),
      'synapse.c',
      /nothing changes "c"/,
    ],
    [
      'interval',
      changed({ onUpdate: { every: 'eta', statements: [] } }),
      'onUpdate.every',
      /its unit is ms, not "weight"/,
    ],
    [
      'bounds',
      changed({ bounds: { low: 'wMin', high: 'half' } }),
      'bounds.high',
      /the unit of the weight, not "1"/,
    ],
    [
      'bounds that cross',
      changed({ bounds: { low: 'wMax', high: 'wMin' } }),
      'bounds',
      /"wMax" \(1\) is above "wMin" \(0\)/,
    ],
    [
      'taken name',
      changed({ traces: { ...sound.traces, w: { of: 'pre', each: 'set' } } }),
      'traces.w',
      /it is the weight/,
    ],
    [
      'a name twice',
      changed({ traces: { ...sound.traces, tau: { of: 'pre', each: 'set' } } }),
      'traces.tau',
      /is a parameter too/,
    ],
    ['event', changed({ onEvent: { 'at end': ['before = w'] } }), 'onEvent.at end', /is no name/],
    [
      'type',
      changed({ types: { a: { about: '', parameters: { half: 2 } } } }),
      'types.a.parameters.half',
      /\[0, 1\], found 2/,
    ],
    [
      'nothing learnt',
      changed({ onPre: [], onPost: [], synapse: {}, onUpdate: undefined, onEvent: {} }),
      'onPost',
      /nothing changes "w"/,
    ],
  ])('finds a fault: %s', (_, rule, path, message) => {
    const problems = ruleProblems(rule);
    expect(problems.map((problem) => problem.path)).toContain(path);
    expect(problems.find((problem) => problem.path === path)!.message).toMatch(message);
  });

  it('lists all faults of a file at once', () => {
    const file = JSON.parse(
      formatModelFile(
        changed({ onPre: ['w -= eta*z'], onPost: ['c += x*eta'], bounds: { low: 'wMin', high: 'wMox' } }),
        'rule',
      ),
    );
    expect(() => readPlasticityRule(file, 'mine.json')).toThrow(
      /^mine\.json: not a valid plasticity rule\.\n {2}onPre\[0\]: .*\n[\s\S]*\n {2}onPost\[0\]: [\s\S]*\n {2}bounds\.high: .*Did you mean "wMax"/,
    );
  });
});
