import { childrenOf, constant, constantOf, type Expression } from '../../expression/ast.js';
import { canonical } from '../../expression/canonical.js';
import { parseExpression, parseStatement } from '../../expression/parse.js';
import { substitute } from '../../expression/tree.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';
import { type Tree, treeEditDistance, treeSize } from './tree-edit.js';

const numberNode = (value: number): Tree => ({ label: 'number', value, children: [] });

/** The factors of a product, with all of its numbers as one, which comes first. */
function factorsOf(e: Expression): { coefficient: number; factors: Tree[] } {
  const value = constantOf(e);
  if (value !== undefined) return { coefficient: value, factors: [] };
  if (e.kind === 'unary' && e.operator === '-') {
    const { coefficient, factors } = factorsOf(e.operand);
    return { coefficient: -coefficient, factors };
  }
  if (e.kind !== 'binary' || e.operator !== '*') return { coefficient: 1, factors: [opened(e)] };
  const [left, right] = [factorsOf(e.left), factorsOf(e.right)];
  return {
    coefficient: left.coefficient * right.coefficient,
    factors: [...left.factors, ...right.factors],
  };
}

function productNode(e: Expression, sign: number): Tree {
  const { coefficient, factors } = factorsOf(e);
  const all = [...(coefficient * sign === 1 ? [] : [numberNode(coefficient * sign)]), ...factors];
  if (all.length === 0) return numberNode(1);
  return all.length === 1 ? all[0]! : { label: '*', children: all };
}

function termsOf(e: Expression, sign: number): Tree[] {
  if (e.kind !== 'binary' || (e.operator !== '+' && e.operator !== '-')) return [productNode(e, sign)];
  return [...termsOf(e.left, sign), ...termsOf(e.right, e.operator === '-' ? -sign : sign)];
}

/** What is neither a sum, a product nor a number. */
const opened = (e: Expression): Tree => {
  if (e.kind === 'name') return { label: e.name, children: [] };
  if (e.kind === 'binary' && (e.operator === '+' || e.operator === '-')) return treeOf(e);
  const label = e.kind === 'call' ? e.function : e.kind === 'number' ? 'number' : e.operator;
  return { label, children: childrenOf(e).map(treeOf) };
};

/** A formula as a tree: sums and products have all of their terms as children, and a minus is a factor of -1. */
function treeOf(e: Expression): Tree {
  const [first, ...others] = termsOf(e, 1);
  return others.length === 0 ? first! : { label: '+', children: [first!, ...others] };
}

/** The canonical form of a formula as a tree. */
export const formulaTree = (text: string): Tree => treeOf(canonical(parseExpression(text)));

/** A rule as a tree, with its own parameters as numbers: its traces and variables, and its statements by occasion. */
export function ruleTree({
  parameters,
  traces,
  synapse,
  onPre,
  onPost,
  onUpdate,
  onEvent,
}: PlasticityRule): Tree {
  const values = new Map(
    Object.entries(parameters).map(([name, { default: value }]) => [name, constant(value, -1)]),
  );
  const withValues = (e: Expression) => treeOf(canonical(substitute(e, values)));
  const expression = (text: string) => withValues(parseExpression(text));
  const timeConstant = (tau: string | undefined): Tree[] =>
    tau === undefined ? [] : [numberNode(parameters[tau]!.default)];
  const statements = (label: string, texts: readonly string[]): Tree[] => {
    const children = texts.map(parseStatement).map(({ target, operator, value }): Tree => {
      const added: Expression =
        operator === '-=' ? { kind: 'unary', operator: '-', operand: value, at: -1 } : value;
      return { label: `${target} ${operator === '-=' ? '+=' : operator}`, children: [withValues(added)] };
    });
    return children.length > 0 ? [{ label, children }] : [];
  };
  const spike = (name: string, each: string) =>
    expression(each === 'add' ? `${name} + 1` : each === 'set' ? '1' : each);
  return {
    label: 'rule',
    children: [
      ...Object.entries(traces).map(([name, { of, tau, each, follows }]) => ({
        label: `trace ${name} of ${of}`,
        children: [
          ...timeConstant(tau),
          ...(each === undefined ? [] : [spike(name, each)]),
          ...(follows === undefined ? [] : [expression(follows)]),
        ],
      })),
      ...Object.entries(synapse ?? {}).map(([name, { tau, drive }]) => ({
        label: `variable ${name}`,
        children: [...timeConstant(tau), ...(drive === undefined ? [] : [expression(drive)])],
      })),
      ...statements('presynaptic spikes', onPre),
      ...statements('postsynaptic spikes', onPost),
      ...statements(`every ${onUpdate?.every}`, onUpdate?.statements ?? []),
      ...Object.entries(onEvent ?? {}).flatMap(([event, texts]) => statements(`event ${event}`, texts)),
    ],
  };
}

/** The edit distance of two trees over their nodes: 0 for one tree, 1 where they share nothing. */
export const symbolicDistance = (a: Tree, b: Tree): number =>
  treeEditDistance(a, b) / (treeSize(a) + treeSize(b));
