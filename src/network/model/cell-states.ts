import { namesIn } from '../../expression/analysis.js';
import { parseEquation, parseExpression, parseStatement } from '../../expression/parse.js';
import type { PortModel } from './model.js';

/** States of the cell that a synapse or an input uses. */
export function cellStatesUsedBy(port: PortModel): string[] {
  const { parameters, state, equations = [], update = [], onFire = [], current, receives } = port;
  const statements = [...update, ...onFire].map(parseStatement);
  const own = new Set([
    ...[...Object.keys(parameters), ...Object.keys(state), ...statements.map(({ target }) => target)],
    ...['t', 'dt', 'weightSum'],
  ]);
  const used = [
    ...equations.map((text) => parseEquation(text).value),
    ...statements.map(({ value }) => value),
    ...(current === undefined ? [] : [parseExpression(current)]),
  ].flatMap((e) => [...namesIn(e)]);
  return [...new Set([...used, ...(receives === undefined ? [] : [receives])])].filter(
    (name) => !own.has(name),
  );
}

/** States of the sending cell that a synapse without spikes reads. */
export function senderStatesUsedBy({ sends, parameters }: PortModel): string[] {
  const names = sends === undefined ? [] : [...namesIn(parseExpression(sends))];
  return names.filter((name) => !Object.hasOwn(parameters, name) && name !== 't' && name !== 'dt');
}
