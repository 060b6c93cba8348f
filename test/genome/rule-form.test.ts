import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/expression/evaluate.js';
import { fillHoles, holesIn } from '../../src/expression/holes.js';
import { parseExpression } from '../../src/expression/parse.js';
import { printExpression } from '../../src/expression/print.js';
import { graphCoding } from '../../src/genome/forms/graph.js';
import { graphSchema } from '../../src/genome/forms/graph-spec.js';
import { operatorNames } from '../../src/genome/forms/operators.js';
import { termsCoding, termsSchema } from '../../src/genome/forms/terms.js';
import type { Ground } from '../../src/genome/ground.js';
import { genomeSpace } from '../../src/genome/space.js';
import { genomeSpecSchema } from '../../src/genome/spec.js';
import { RandomStream } from '../../src/math/random.js';
import { pairStdp } from '../../src/network/plasticity/pair-stdp.js';
import { threeFactor } from '../../src/network/plasticity/three-factor.js';
import { drawnFromPrior, realProblem } from '../../src/strategies/problem.js';

const context = { hole: 'f', name: 'learn ?f', inputs: ['R', 'E'], field: 'genes[0].holes.f' };
const graph = (spec: object = {}) =>
  graphCoding(
    graphSchema.parse({ coding: 'graph', operators: [...operatorNames], constants: [1, 0.1, 10], ...spec }),
    context,
  );
const said = (coding: ReturnType<typeof graph>, genome: Readonly<Float64Array>, first = 0) =>
  printExpression(coding.formula(genome, first).value);

describe('holes of a text', () => {
  it('are found with what they are given, calls and parentheses included', () => {
    const [f, g] = holesIn('w += eta*?f(max(a, b), m.DA) + ?g((c + 1)*2)');
    expect([f!.name, f!.arguments.map(printExpression)]).toEqual(['f', ['max(a, b)', 'm.DA']]);
    expect([g!.name, g!.arguments.map(printExpression)]).toEqual(['g', ['(c + 1) * 2']]);
    expect(holesIn('w += eta*x')).toEqual([]);
  });

  it('are filled with formulas of their inputs, parenthesised where that is needed', () => {
    const formulaOf = (hole: { arguments: readonly ReturnType<typeof parseExpression>[] }) => ({
      inputs: ['a', 'b'],
      value: parseExpression('a - b'),
      arguments: hole.arguments,
    });
    expect(fillHoles('w += eta*?f(x + 1, m.DA)', 'statement', formulaOf)).toBe('w += eta * (x + 1 - m.DA)');
    expect(fillHoles('?f(x, y)/2', 'expression', formulaOf)).toBe('(x - y) / 2');
    expect(fillHoles('w += eta', 'statement', formulaOf)).toBe('w += eta');
  });

  it('are refused within each other, and where they are never closed', () => {
    expect(() => holesIn('w += ?f(?g(x))')).toThrow(/A hole within a hole/);
    expect(() => holesIn('w += ?f(x')).toThrow(/never closed/);
  });
});

describe('a formula as a graph', () => {
  const texts = [
    'E',
    'E * (R - 1)',
    'R + E',
    'quotient(E, R + 0.1)',
    'sqrt(abs(E)) - 10',
    'exp(min(R, 20)) * log(max(abs(E), 1e-9))',
    'pow(abs(R), E)',
    'tanh(E) * sigmoid(-R)',
    'min(E, max(R, sign(E)))',
  ];
  it.each(texts)('says %s at the start', (start) => {
    const coding = graph({ columns: 12, start });
    const text = said(coding, coding.part.start);
    for (const [R, E] of [[0.3, -2] as const, [-1, 0.7] as const, [0, 0] as const]) {
      const at = (expression: string) =>
        evaluate(
          parseExpression(expression),
          new Map([
            ['R', R],
            ['E', E],
          ]),
        );
      expect(at(text)).toBe(at(start));
    }
  });

  it.each([
    ['R*R', { columns: 1, operators: ['+'] }, /"\*" is none of its operators \(\+\)/],
    ['3', {}, /the number 3 is none of its constants \(1, 0\.1, 10\)/],
    ['Q', {}, /"Q" is no input of the hole/],
    ['R + E + 1', { columns: 2 }, /it needs more than the 2 nodes of "columns"/],
    ['(R + 1)*(E + 1)', { columns: 5, levelsBack: 1 }, /further before it than "levelsBack"/],
  ])('refuses %s where it cannot say it', (start, spec, message) => {
    expect(() => graph({ ...spec, start })).toThrow(message);
    expect(() => graph({ ...spec, start })).toThrow(/^genes\[0\]\.holes\.f\.start: the graph cannot say/);
  });

  it('reads and drifts: idle genes change nothing, active ones do, other places say the same', () => {
    const coding = graph({ columns: 8, constantGenes: { range: [-5, 5], step: 1, prior: [-1, 1] } });
    const { part } = coding;
    const genes = part.names.length;
    const problem = { ...realProblem({ genes, ...part }), levels: part.levels };
    const stream = RandomStream.from('graphs');
    let [idle, moved] = [0, 0];
    for (let trial = 0; trial < 60; trial++) {
      const genome = Float64Array.from(part.start, (_, gene) => drawnFromPrior(problem, gene, stream));
      const text = said(coding, genome);
      const constants = JSON.stringify(coding.formula(genome, 0).constants);
      const active = new Uint8Array(genes);
      coding.markActive(genome, 0, active);
      const gene = active.findIndex((counts, at) => counts === 0 && part.levels[at]! > 1);
      if (gene >= 0) {
        const other = Float64Array.from(genome);
        other[gene] = (other[gene]! + 1) % part.levels[gene]!;
        expect(said(coding, other)).toBe(text);
        idle++;
      }
      const elsewhere = Float64Array.from(genome);
      coding.reorder!(elsewhere, 0, stream);
      expect(said(coding, elsewhere)).toBe(text);
      expect(JSON.stringify(coding.formula(elsewhere, 0).constants)).toBe(constants);
      if (elsewhere.some((value, at) => value !== genome[at])) moved++;
    }
    expect(idle).toBeGreaterThan(50);
    expect(moved).toBeGreaterThan(20);
  });

  it('is alike whichever order the operands of + and x have', () => {
    const ab = graph({ columns: 2, start: 'R + E' });
    const ba = graph({ columns: 2, start: 'E + R' });
    expect([...ab.part.start]).not.toEqual([...ba.part.start]);
    expect(said(ab, ab.part.start)).toBe(said(ba, ba.part.start));
  });
});

it('a pool of terms leaves out those of negligible coefficients', () => {
  const spec = { terms: ['E', 'R*E', '1'], range: [-5, 5], prior: [-1, 1], negligible: 0.1 };
  const coding = termsCoding(
    termsSchema.parse({ coding: 'terms', ...spec, start: [0.5, 0.05, -2] }),
    context,
  );
  const { value, constants } = coding.formula(coding.part.start, 0);
  expect(printExpression(value)).toBe('f_k1 * E + f_k3 * 1');
  expect(constants).toEqual({ f_k1: 0.5, f_k3: -2 });
  expect(printExpression(coding.formula(new Float64Array(3), 0).value)).toBe('0');
});

describe('the form of a rule in a network', () => {
  const ground: Ground = {
    synapseNames: [],
    weights: new Float64Array(0),
    projections: [
      { name: 'a', plasticity: { rule: threeFactor, parameters: { eta: 0.25 } } },
      { name: 'b', plasticity: { rule: threeFactor, parameters: { eta: 0.5 } } },
      { name: 'still' },
      { name: 'each', plasticity: { rule: pairStdp, parameters: { aPlus: Float64Array.of(1) } } },
    ],
  };
  const outcome = ['w += eta*?f(c, m.DA)'];
  const group = (changed: object = {}) => ({
    quantity: 'rule-form',
    projections: ['a', 'b'],
    changes: { onEvent: { outcome } },
    holes: { f: { coding: 'graph', columns: 4, start: 'c*m.DA' } },
    ...changed,
  });
  const spaceOf = (changed: object = {}) =>
    genomeSpace(
      genomeSpecSchema.parse({ format: 'genome-spec/1', name: 'mine', about: '', genes: [group(changed)] }),
      ground,
    );

  it('is one rule for several projections, each with the values that the network gives its parameters', () => {
    const space = spaceOf();
    const { rules } = space.phenotype(space.start);
    expect(Object.keys(rules!)).toEqual(['a', 'b']);
    expect(rules!.a!.onEvent).toMatchObject({
      outcome: ['w += eta * (c * m.DA)'],
      settle: threeFactor.onEvent!.settle,
    });
    expect([rules!.a!.parameters.eta!.default, rules!.b!.parameters.eta!.default]).toEqual([0.25, 0.5]);
  });

  it.each([
    [{ projections: ['c'] }, /genes\[0\]\.projections\[0\]: the network has no projection "c"/],
    [{ projections: ['each'] }, /"each" has a value of aPlus for each synapse/],
    [{ projections: ['still'] }, /genes\[0\]\.rule: the network has no rule there/],
    [{ rule: 'tree-factor' }, /genes\[0\]\.rule: unknown rule "tree-factor"\. Did you mean "three-factor"\?/],
    [{ holes: {} }, /genes\[0\]\.holes\.f: missing: nothing fills the hole \?f in onEvent\.outcome\[0\]/],
    [{ changes: {} }, /genes\[0\]\.holes\.f: the rule "three-factor" has no hole \?f/],
    [
      { changes: { onEvent: { outcome: ['w += ?f(c + 1, w)'] } } },
      /holes\.f\.inputs: missing: \?f in onEvent\.outcome\[0\] is given "c \+ 1"/,
    ],
    [
      { changes: { onEvent: { outcome: ['w += ?f(c, w)', 'c = ?f(c)'] } } },
      /\?f has 2 inputs in onEvent\.outcome\[0\] and 1 in onEvent\.outcome\[1\]/,
    ],
    [
      { holes: { f: { coding: 'expression', expression: 'c*m.DA' } } },
      /genes\[0\]\.holes: no hole has a gene/,
    ],
    [
      { changes: { onEvent: { outcome: ['w += eta*?f(c, m.DA) +'] } } },
      /genes\[0\]\.rule: onEvent\.outcome\[0\]: A value is missing/,
    ],
  ])('is refused with its field: %j', (changed, message) => {
    expect(() => spaceOf(changed)).toThrow(message);
  });

  it('checks units, unless they are waived', () => {
    const own = {
      projections: ['each2'],
      rule: 'pair-stdp',
      changes: { onPost: ['w += aPlus*?f(x, w)'] },
      holes: { f: { coding: 'graph', columns: 3, start: 'x + w' } },
    };
    const with2 = { ...ground, projections: [...ground.projections!, { name: 'each2' }] } as Ground;
    const open = (holes: object) =>
      genomeSpace(
        genomeSpecSchema.parse({
          format: 'genome-spec/1',
          name: 'mine',
          about: '',
          genes: [group({ ...own, holes })],
        }),
        with2,
      );
    expect(() => open(own.holes)).toThrow(/the rule at the start: not a valid plasticity rule/);
    const waived = open({ f: { ...own.holes.f, waiveUnits: 'both are plain numbers here' } });
    const { rules } = waived.phenotype(waived.start);
    expect(rules!.each2!.onPost).toEqual(['w += aPlus * (w / 1[weight] + x)']);
  });
});
