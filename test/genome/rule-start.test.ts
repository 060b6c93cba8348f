import { describe, expect, it } from 'vitest';
import { unfillHoles } from '../../src/expression/holes.js';
import { printExpression } from '../../src/expression/print.js';
import type { Ground } from '../../src/genome/ground.js';
import { startOfRule } from '../../src/genome/rule-start.js';
import { genomeSpace, startingAt } from '../../src/genome/space.js';
import { genomeSpecSchema } from '../../src/genome/spec.js';
import { RandomStream } from '../../src/math/random.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { pairStdp } from '../../src/network/plasticity/pair-stdp.js';
import { threeFactor } from '../../src/network/plasticity/three-factor.js';
import { drawnGenome } from '../../src/strategies/ga/first-generation.js';
import { realProblem } from '../../src/strategies/problem.js';

describe('what stands in the place of holes', () => {
  it.each([
    ['w += eta*?f(c, w)', 'w += eta * (c - w)', ['c - w']],
    ['w += eta*?f(c, w)', 'w += c*(m.R - 1)*eta', ['c * (m.R - 1)']],
    ['w += eta*?f(c, w)', 'w += eta', ['1']],
    ['w = if(u > 0.5, w0, w) + eta*?f(c)', 'w = if(u > 0.5, w0, w) + eta * c', ['c']],
    ['w += ?f(c) - ?g(w)', 'w += c^2 - max(w, 1)', ['c^2', 'max(w, 1)']],
  ])('%s of %s', (template, text, expected) => {
    const found = unfillHoles(template, 'statement', text);
    expect(found!.map(({ value }) => printExpression(value))).toEqual(expected);
  });

  it.each([
    ['w += eta*?f(c)', 'w += c'],
    ['w += eta*?f(c)', 'w -= eta*c'],
    ['w += eta*?f(c)', 'c += eta*w'],
    ['w += max(?f(c), 1)', 'w += max(c, 2)'],
  ])('is nothing where the rest differs: %s, %s', (template, text) => {
    expect(unfillHoles(template, 'statement', text)).toBeUndefined();
  });
});

describe('a start from a rule', () => {
  const parameters = new Map(
    ['a', 'b'].flatMap((projection) =>
      Object.entries(threeFactor.parameters).map(([name, { default: value, ...described }]) => [
        `${projection}.${name}`,
        { ...described, value },
      ]),
    ),
  );
  parameters.set('cells.tau', { ...threeFactor.parameters.tauPlus!, value: 20 });
  const ground: Ground = {
    synapseNames: [],
    weights: new Float64Array(0),
    parameters,
    projections: ['a', 'b'].map((name) => ({ name, plasticity: { rule: threeFactor, parameters: {} } })),
  };
  const form = (hole: object) => ({
    quantity: 'rule-form',
    projections: ['a', 'b'],
    changes: { onEvent: { outcome: ['w += eta*?f(c, w, m.DA)'] } },
    holes: { f: hole },
  });
  const graph = { coding: 'graph', columns: 8, constants: [1], start: 'c', inputs: ['c', 'w', 'DA'] };
  const numbers = {
    ...{ quantity: 'parameter', names: [['a.eta', 'b.eta'], 'a.relax'], unit: '1', range: [1e-5, 1] },
    ...{ scale: 'log', prior: [1e-4, 0.5], start: 0.01 },
  };
  const opened = (...genes: object[]) => {
    const genome = genomeSpecSchema.parse({ format: 'genome-spec/1', name: 'mine', about: '', genes });
    return { genome, ground, space: genomeSpace(genome, ground) };
  };
  const learning = (outcome: string, changed: Record<string, number> = {}): PlasticityRule => ({
    ...threeFactor,
    name: 'mine',
    onEvent: { ...threeFactor.onEvent, outcome: [outcome] },
    parameters: Object.fromEntries(
      Object.entries({ ...threeFactor.parameters, k: threeFactor.parameters.gate! }).map(([name, of]) => [
        name,
        { ...of, default: changed[name] ?? of.default },
      ]),
    ),
  });
  const said = (rule: PlasticityRule, ...genes: object[]) => {
    const on = opened(...genes);
    const { start, notices } = startOfRule(rule, 'mine.json', on);
    const { rules } = on.space.phenotype(startingAt(on.space, start).start);
    return { outcome: rules?.a?.onEvent?.outcome?.[0], notices, start };
  };

  it('has its formula, whose parameters become numbers', () => {
    expect(said(learning('w += eta*c*(m.DA - k)', { k: 1 }), form(graph)).outcome).toBe(
      'w += eta * ((m.DA - 1) * c)',
    );
    const constantGenes = { range: [-5, 5], step: 1, prior: [-1, 1] };
    expect(
      said(learning('w += eta*c*k', { k: 0.3 }), form({ ...graph, constantGenes })).start,
    ).toContainEqual(['a & b ?f node 1 constant', 0.3]);
    const terms = {
      coding: 'terms',
      terms: ['c', 'c*w'],
      range: [-5, 5],
      prior: [-1, 1],
      inputs: graph.inputs,
    };
    const { start } = said(learning('w += eta*(k*c - 2*w*c)', { k: 0.3 }), form(terms));
    expect(start.map(([, coefficient]) => coefficient)).toEqual([0.3, -2]);
  });

  it('finds an input that is a product among the other factors', () => {
    const own = form({ ...graph, inputs: ['pair', 'w', 'DA'] });
    const genes = { ...own, changes: { onEvent: { outcome: ['w += eta*?f(aPlus*c, w, m.DA)'] } } };
    expect(
      said(learning('w += eta*m.DA*aPlus*c'), { ...genes, holes: { f: { ...own.holes.f, start: 'pair' } } })
        .outcome,
    ).toBe('w += eta * (m.DA * (aPlus * c))');
  });

  it('says again, to the letter, what any genome says', () => {
    const on = opened(form(graph));
    const stream = RandomStream.from('any');
    const problem = { ...realProblem(on.space), ...on.space, objectives: 1, constraints: 0 };
    for (let trial = 0; trial < 20; trial++) {
      const genome = drawnGenome(problem, stream);
      const { start } = startOfRule(on.space.phenotype(genome).rules!.a!, 'evolved', on);
      expect(on.space.sayingOf(startingAt(on.space, start).start)).toBe(on.space.sayingOf(genome));
    }
  });

  it('has its numbers where these are genes, and says which are none', () => {
    const rule = learning('w += eta*(1 + gate*m.NA)*m.DA*c', { eta: 0.2, relax: 0.5, gate: 2 });
    const { parameters: all, ...rest } = rule;
    const { k: _, ...own } = all;
    const { start, notices } = said({ ...rest, parameters: own }, numbers);
    expect(start.map(([gene, value]) => [gene, Math.exp(value).toFixed(6)])).toEqual([
      ['a.eta & b.eta', '0.200000'],
      ['a.relax', '0.500000'],
    ]);
    expect(notices).toEqual([
      'mine.json: 3 numbers of the rule are no gene, and stay as the network has them: a.gate (2 in the file, 0 in the network), ' +
        'b.gate (2 in the file, 0 in the network), b.relax (0.5 in the file, 0.3 in the network).',
    ]);
  });

  it.each([
    [pairStdp, [form(graph)], /a, b: parameters: expected eta, aPlus.*, found aPlus, /],
    [learning('c += eta*w'), [form(graph)], /a, b: onEvent\.outcome\[0\]: expected "w \+= eta\*\?f/],
    [
      learning('w += eta*c*7'),
      [form(graph)],
      /\?f cannot say "c \* 7": the number 7 is none of its constants/,
    ],
    [learning('w += eta*c*y'), [form(graph)], /\?f cannot say "c \* y": "y" is no input of the hole/],
    [
      threeFactor,
      [{ ...numbers, names: ['a.goal'], prior: [0.1, 1], range: [0.1, 0.4], start: 0.2 }],
      /goal\.default: expected 1 in \[0\.1.*found 0\.5/,
    ],
    [
      threeFactor,
      [{ ...numbers, names: ['cells.tau'], unit: 'ms', range: [1, 100], prior: [1, 50], start: 20 }],
      /no gene of the genome spec "mine" is of the rule of a, b.*--genome/,
    ],
    [pairStdp, [numbers], /a: parameters: expected eta.*\nb: parameters: expected.*\n.*--task/],
  ] as const)('is refused with what was expected and found', (rule, genes, message) => {
    expect(() => startOfRule(rule, 'mine.json', opened(...genes))).toThrow(message);
    expect(() => startOfRule(rule, 'mine.json', opened(...genes))).toThrow(/^mine\.json: /);
  });
});
