import { beforeAll, describe, expect, it } from 'vitest';
import { scoreDistance } from '../../src/inspect/distances/behavioural.js';
import { averageLinkage, clustersAt } from '../../src/inspect/distances/clustering.js';
import { distancesOf } from '../../src/inspect/distances/distances.js';
import {
  formulaDistance,
  ruleDistance,
  ruleProbes,
  valueDistance,
} from '../../src/inspect/distances/functional.js';
import { formulaTree, ruleTree, symbolicDistance } from '../../src/inspect/distances/symbolic.js';
import { type Tree, treeEditDistance } from '../../src/inspect/distances/tree-edit.js';
import { familiesOf } from '../../src/inspect/families.js';
import { numbersOf, type RunRules, withRulesThatDiffer } from '../../src/inspect/run-rules.js';
import { loadAssembler } from '../../src/kernel/assemble.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { bcm } from '../../src/network/plasticity/bcm.js';
import { sixNumberPair } from '../../src/network/plasticity/six-number-pair.js';
import { familiesFigure } from '../../src/report/figures/families.js';
import { familiesReport } from '../../src/report/formulas.js';

const node = (label: string, ...children: Tree[]): Tree => ({ label, children });
const withNumbers = (numbers: Record<string, number>): PlasticityRule => ({
  ...sixNumberPair,
  parameters: Object.fromEntries(
    Object.entries(sixNumberPair.parameters).map(([name, parameter]) => [
      name,
      { ...parameter, default: numbers[name] ?? parameter.default },
    ]),
  ),
});
const runOf = (run: string, rules: Record<string, PlasticityRule>, score = 0): RunRules => ({
  ...{ run, seed: 1, score, fresh: null, formulas: [], visited: [] },
  rules: new Map(Object.entries(rules)),
});

describe('the edit distance of trees', () => {
  it('is the example of Zhang and Shasha: d(c) moves, at the cost of one node out and one in', () => {
    const first = node('f', node('d', node('a'), node('c', node('b'))), node('e'));
    const second = node('f', node('c', node('d', node('a'), node('b'))), node('e'));
    expect(treeEditDistance(first, second)).toBe(2);
    expect(treeEditDistance(second, first)).toBe(2);
  });

  it('is 0 for one tree, and all nodes of both where they share nothing', () => {
    const tree = node('a', node('b'), node('c'));
    expect(treeEditDistance(tree, tree)).toBe(0);
    expect(treeEditDistance(tree, node('x', node('y')))).toBe(5);
  });
});

describe('the symbolic distance', () => {
  const between = (a: string, b: string) => symbolicDistance(formulaTree(a), formulaTree(b));

  it('is 0 for what algebra makes equal, and 1 for what shares nothing', () => {
    expect(between('E*R - E', '(R - 1)*E')).toBe(0);
    expect(between('E', 'R')).toBe(1);
  });

  it('counts what is taken out and put in, over the nodes of both', () => {
    // *(E, R) and *(E, +(R, -1)): a sum and its -1 come in.
    expect(between('E*R', 'E*(R - 1)')).toBeCloseTo(2 / 8);
    // A sum has all of its terms as children, wherever one is missing.
    expect(between('a + b + c', 'b + c')).toBeCloseTo(1 / 7);
    expect(between('2*a', '3*a')).toBeCloseTo(0.4 / 6);
  });

  it('compares rules by their numbers, time constants among them', () => {
    const [plain, slower] = [ruleTree(sixNumberPair), ruleTree(withNumbers({ tauPlus: 40 }))];
    expect(symbolicDistance(plain, plain)).toBe(0);
    expect(symbolicDistance(plain, slower)).toBeGreaterThan(0);
    expect(symbolicDistance(plain, ruleTree(bcm))).toBeGreaterThan(5 * symbolicDistance(plain, slower));
  });
});

describe('the functional distance', () => {
  it('is 0 for equal values, 1 for opposite ones, and heeds size', () => {
    expect(valueDistance([1, 2], [1, 2 + 1e-9])).toBe(0);
    expect(valueDistance([1, 2], [-1, -2])).toBe(1);
    expect(valueDistance([1, 0], [0, 1])).toBeCloseTo(Math.SQRT1_2);
    expect(valueDistance([3, 3], [1, 1])).toBeCloseTo(0.5);
    expect(valueDistance([0, 0], [5, 0])).toBe(1);
    expect(valueDistance([1e300, 0], [0, 1e300])).toBeCloseTo(Math.SQRT1_2);
    expect(valueDistance([1, Number.NaN], [1, 4])).toBe(0);
    expect(valueDistance([Number.NaN], [1])).toBeUndefined();
  });

  it('looks at what either formula was given, and draws where nothing was recorded', () => {
    const card = (said: string) => ({ name: 'f', said, canonical: said, size: 1 });
    const visited = (...samples: number[][]) => ({ name: 'f', inputs: ['R'], samples });
    const [square, one] = [card('R * R'), card('1')];
    const same = formulaDistance(
      { card: square, visited: visited([1], [-1]) },
      { card: one, visited: visited([1]) },
    );
    expect(same).toEqual({ distance: 0, inputs: 3, drawn: false });
    const elsewhere = formulaDistance(
      { card: square, visited: visited([1], [-1]) },
      { card: one, visited: visited([2]) },
    );
    expect(elsewhere.distance).toBeCloseTo(3 / (Math.sqrt(18) + Math.sqrt(3)));
    const blind = formulaDistance({ card: square, visited: undefined }, { card: one, visited: undefined });
    expect(blind).toMatchObject({ inputs: 1000, drawn: true });
    expect(blind.distance).toBeGreaterThan(0.2);
  });

  describe('of rules with numbers', () => {
    beforeAll(() => loadAssembler());

    it('is of what they make of pairs of spikes and of rates', () => {
      const plain = ruleProbes(sixNumberPair);
      expect([...plain.keys()]).toEqual(['pairs of spikes ', 'rates ']);
      const opposite = ruleProbes(withNumbers({ eta: -0.01 }));
      expect(ruleDistance(plain, opposite)).toBeCloseTo(1, 6);
      // Another product of trace and time constant, so that rates alone hardly tell them apart.
      const swapped = ruleProbes(withNumbers({ kappa: 0.5, tauMinus: 40 }));
      expect(ruleDistance(plain, swapped)).toBeGreaterThan(0.05);
      expect(ruleDistance(plain, new Map())).toBeUndefined();
    });
  });
});

describe('the behavioural distance', () => {
  it('is of scores life by life, on the way from chance to the ceiling', () => {
    expect(scoreDistance([1, 3], [1, 3], 2)).toBe(0);
    expect(scoreDistance([1, 3], [3, 1], 4)).toBe(0.5);
    expect(scoreDistance([0], [9], 4)).toBe(1);
    expect(scoreDistance([Number.NaN, 1], [1, 1], 4)).toBeCloseTo(Math.SQRT1_2);
    expect(scoreDistance([Number.NaN], [Number.NaN], 4)).toBe(0);
  });
});

describe('clusters by average linkage', () => {
  const matrix = [
    [0, 0.8, 0.1, 0.9],
    [0.8, 0, 0.6, 0.2],
    [0.1, 0.6, 0, 0.5],
    [0.9, 0.2, 0.5, 0],
  ];

  it('come together at the mean distance of their members', () => {
    const tree = averageLinkage(matrix);
    expect(tree.merges.map(({ first, second }) => [first, second])).toEqual([
      [0, 2],
      [1, 3],
      [4, 5],
    ]);
    expect(tree.merges.map(({ height }) => height)).toEqual([0.1, 0.2, expect.closeTo(0.7)]);
    expect(tree.order).toEqual([0, 2, 1, 3]);
  });

  it('are cut at a distance, ends included', () => {
    const tree = averageLinkage(matrix);
    expect(clustersAt(tree, 0.05)).toEqual([[0], [1], [2], [3]]);
    expect(clustersAt(tree, 0.1)).toEqual([[0, 2], [1], [3]]);
    expect(clustersAt(tree, 0.2)).toEqual([
      [0, 2],
      [1, 3],
    ]);
    expect(clustersAt(tree, 1)).toEqual([[0, 1, 2, 3]]);
    expect(clustersAt(averageLinkage([[0]]), 0)).toEqual([[0]]);
  });
});

describe('families of rules with numbers', () => {
  const runs = withRulesThatDiffer([
    runOf('s/a', { IE: withNumbers({ kappa: 1 }), EE: bcm }, 1),
    runOf('s/b', { IE: withNumbers({ kappa: 1.01 }), EE: bcm }, 2),
    runOf('s/c', { IE: withNumbers({ kappa: -2 }), EE: bcm }, 3),
  ]);

  it('leave out what all runs have alike', () => {
    expect(runs.map(({ rules }) => [...rules.keys()])).toEqual([['IE'], ['IE'], ['IE']]);
    expect(numbersOf(runs)).toEqual([{ IE: { kappa: 1 } }, { IE: { kappa: 1.01 } }, { IE: { kappa: -2 } }]);
  });

  it('are near where their numbers are, and say the numbers of the best', async () => {
    const distances = await distancesOf(runs, [], { kind: 'symbolic', lives: 0 });
    const found = familiesOf(runs, distances, 0.01);
    expect(found.families.map(({ formulas, runs: members }) => [formulas, members])).toEqual([
      [['kappa -2'], ['s/c']],
      [['kappa 1.01'], ['s/a', 's/b']],
    ]);
    const [block] = familiesFigure('s', found).rows[1]!.blocks;
    const frames =
      block!.block === 'map' ? block!.shapes.filter((s) => s.shape === 'rectangle' && !s.fill) : [];
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({ width: 2, height: 2 });
    expect(JSON.stringify(familiesReport('s', found).sections)).toContain('kappa 1.01');
    const merges = found.distances.merges.map((merge) => ({ ...merge, height: 0 }));
    const alike = { ...found.distances, cut: 0, merges };
    expect(JSON.stringify(familiesFigure('s', { ...found, distances: alike }))).toContain('"text":"1"');
  });

  it('refuse what cannot be compared, and say what can', async () => {
    const alike = withRulesThatDiffer([runOf('s/a', { EE: bcm }), runOf('s/b', { EE: bcm })]);
    await expect(distancesOf(alike, [], { kind: 'functional', lives: 0 })).rejects.toThrow(
      /the rules of all runs are the same.*--distance behavioural/,
    );
    const reads = { ...sixNumberPair, onPost: ['w += eta*post.v'] };
    const others = [runOf('s/a', { EE: reads }), runOf('s/b', { EE: sixNumberPair })];
    await expect(distancesOf(others, [], { kind: 'functional', lives: 0 })).rejects.toThrow(
      /rules of EE in s\/a and s\/b cannot be probed alike/,
    );
  });
});
