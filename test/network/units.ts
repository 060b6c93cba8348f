import type { Expression } from '../../src/expression/ast.js';
import { parseEquation, parseExpression, parseStatement } from '../../src/expression/parse.js';
import { checkAssignmentUnits, checkUnits, parseUnit, type Unit } from '../../src/expression/units.js';
import type { CellModel, PortModel } from '../../src/network/model/model.js';

/** Words that are no units of their own, and what they are for a cell whose current is in nA. */
const placeholders: readonly [string, string][] = [
  ['current', 'nA'],
  ['weight', 'nA'],
];

const unit = (text: string): Unit | undefined => {
  if (text === 'connections') return undefined;
  return parseUnit(placeholders.reduce((known, [word, is]) => known.replace(word, is), text));
};

const perMs = (text: string) => unit(`(${text})/ms`);

/** Checks that every equation and statement of a model is consistent in its units. @throws ExpressionError */
export function checkModelUnits(
  model: Partial<CellModel> & Partial<PortModel>,
  more: Readonly<Record<string, string>> = {},
): void {
  const declared = new Map<string, Unit | undefined>([
    ['t', parseUnit('ms')],
    ['dt', parseUnit('ms')],
  ]);
  for (const [name, text] of Object.entries(more)) declared.set(name, unit(text));
  for (const [name, { unit: text }] of Object.entries(model.parameters ?? {})) declared.set(name, unit(text));
  for (const [name, { unit: text }] of Object.entries(model.state ?? {})) declared.set(name, unit(text));
  if (model.currentUnit !== undefined) declared.set('I', unit(model.currentUnit));
  const unitOf = (name: string) => declared.get(name);
  const assign = (text: string, name: string, value: Expression) => {
    if (declared.has(name)) checkAssignmentUnits(text, value, declared.get(name), unitOf);
    else declared.set(name, checkUnits(value, text, unitOf));
  };

  for (const { start } of Object.values(model.state ?? {})) {
    if (typeof start === 'string') checkUnits(parseExpression(start), start, unitOf);
  }
  for (const text of model.equations ?? []) {
    const { name, derivative, value } = parseEquation(text);
    if (derivative) checkAssignmentUnits(text, value, perMs(model.state![name]!.unit), unitOf);
    else assign(text, name, value);
  }
  for (const text of [...(model.update ?? []), ...(model.reset ?? []), ...(model.onFire ?? [])]) {
    const { target, value } = parseStatement(text);
    assign(text, target, value);
  }
  if (model.threshold) checkUnits(parseExpression(model.threshold, 'condition'), model.threshold, unitOf);
  if (model.refractory) {
    checkAssignmentUnits(model.refractory.ms, parseExpression(model.refractory.ms), parseUnit('ms'), unitOf);
  }
  if (model.current)
    checkAssignmentUnits(model.current, parseExpression(model.current), unit('current'), unitOf);
  if (model.sends) checkUnits(parseExpression(model.sends), model.sends, unitOf);
}
