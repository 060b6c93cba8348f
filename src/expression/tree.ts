import { childrenOf, drawKindOf, type Expression } from './ast.js';
import { rebuildPower } from './power.js';

export function namesIn(e: Expression): Set<string> {
  const names = new Set<string>();
  const visit = (node: Expression): void => {
    if (node.kind === 'name') names.add(node.name);
    childrenOf(node).forEach(visit);
  };
  visit(e);
  return names;
}

/** The expression with each of its operands or arguments changed. */
export function withChildren(e: Expression, change: (child: Expression) => Expression): Expression {
  switch (e.kind) {
    case 'unary':
      return { ...e, operand: change(e.operand) };
    case 'binary':
      return { ...e, left: change(e.left), right: change(e.right) };
    case 'call':
      return { ...e, arguments: e.arguments.map(change) };
    default:
      return e;
  }
}

/** The number of random draws in the text. */
export function drawsIn(e: Expression): number {
  const own = drawKindOf(e) ? 1 : 0;
  return childrenOf(e).reduce((sum, child) => sum + drawsIn(child), own);
}

/**
 * The expression with names replaced, all at once: names within a replacement stay. A replacement that draws random
 * numbers draws anew wherever its name stood. A power whose exponent becomes a literal integer stays `pow`, so that the
 * result has the bits that the names would give.
 */
export function substitute(e: Expression, replacements: ReadonlyMap<string, Expression>): Expression {
  const visit = (node: Expression): Expression => {
    switch (node.kind) {
      case 'number':
        return node;
      case 'name': {
        const replacement = replacements.get(node.name);
        if (!replacement) return node;
        // Who evaluates nodes met again only once must not take two draws for one.
        return drawsIn(replacement) > 0 ? structuredClone(replacement) : replacement;
      }
      case 'unary':
        return { ...node, operand: visit(node.operand) };
      case 'binary': {
        const left = visit(node.left);
        const right = visit(node.right);
        return node.operator === '^' ? rebuildPower(node, left, right) : { ...node, left, right };
      }
      case 'call':
        return { ...node, arguments: node.arguments.map(visit) };
    }
  };
  return visit(e);
}

/** How many names, numbers and operations an expression has. */
export const sizeOf = (e: Expression): number => childrenOf(e).reduce((sum, child) => sum + sizeOf(child), 1);
