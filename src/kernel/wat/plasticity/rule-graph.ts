import { namesIn } from '../../../expression/analysis.js';
import type { Expression } from '../../../expression/ast.js';
import { Graph } from '../../graph.js';
import type { Learning } from '../../learning.js';

/** A rule's names: `cell.NAME` as well, which traces that follow a cell's state use. */
export function ruleGraph({ plan, projection }: Learning): Graph {
  const given = projection.plasticity!.parameters;
  const parameters = Object.keys(plan.rule.parameters).map(
    (name) => [name, { perCell: typeof given[name] === 'object', driven: false }] as const,
  );
  const texts: readonly Expression[] = [
    ...[plan.onPre, plan.onPost, plan.onUpdate, ...Object.values(plan.onEvent)]
      .flat()
      .map(({ value }) => value),
    ...plan.traces.flatMap(({ each, follows }) => [
      ...(typeof each === 'object' ? [each] : []),
      ...(follows ? [follows] : []),
    ]),
  ];
  const ofCells = texts.flatMap((text) =>
    [...namesIn(text)].filter((name) => /^(pre|post|cell)\./.test(name)),
  );
  return new Graph({
    parameters: new Map(parameters),
    states: new Set([
      'w',
      'incoming.w',
      ...plan.variables.map(({ name }) => name),
      ...plan.traces.map(({ name }) => name),
      ...ofCells,
    ]),
  });
}
