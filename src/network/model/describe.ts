import { latex, latexEquation } from '../../expression/latex.js';
import { latexName } from '../../expression/latex-name.js';
import { parseEquation, parseExpression, parseStatement } from '../../expression/parse.js';
import { printEquation, printExpression, printStatement } from '../../expression/print.js';
import { statementAssignment } from './dynamics.js';
import type { CellModel, PortModel } from './model.js';

/** One line of a model, as text of the language and as LaTeX mathematics. */
export interface Formula {
  text: string;
  latex: string;
}

/** What a model does, part by part: only those that it has. */
export interface Formulas {
  part:
    | 'start'
    | 'equations'
    | 'update'
    | 'threshold'
    | 'reset'
    | 'refractory'
    | 'onFire'
    | 'current'
    | 'sends';
  /** In words, for people. */
  about: string;
  formulas: Formula[];
}

const equation = (text: string): Formula => {
  const parsed = parseEquation(text);
  return { text: printEquation(parsed), latex: latexEquation(parsed) };
};

const statement = (text: string): Formula => {
  const { target, value } = statementAssignment(text);
  return {
    text: printStatement(parseStatement(text)),
    latex: `${latexName(target)} \\leftarrow ${latex(value)}`,
  };
};

const expression = (text: string, kind: 'number' | 'condition' = 'number'): Formula => {
  const parsed = parseExpression(text, kind);
  return { text: printExpression(parsed), latex: latex(parsed) };
};

/** The formulas of a model that has been checked. */
export function formulasOf(model: CellModel | PortModel): Formulas[] {
  const all: Formulas[] = [];
  const add = (part: Formulas['part'], about: string, formulas: Formula[]) => {
    if (formulas.length > 0) all.push({ part, about, formulas });
  };
  add('equations', 'equations', (model.equations ?? []).map(equation));
  add('update', 'each step', (model.update ?? []).map(statement));
  if ('threshold' in model && model.threshold !== undefined) {
    const when = model.firing === 'crossing' ? 'fires where this begins to hold' : 'fires where';
    add('threshold', when, [expression(model.threshold, 'condition')]);
  }
  if ('reset' in model) add('reset', 'a spike resets', (model.reset ?? []).map(statement));
  if ('refractory' in model && model.refractory) {
    const { ms, holds } = model.refractory;
    const held = holds.length > 0 ? `then holds ${holds.join(', ')}` : 'then cannot fire';
    add('refractory', `${held}, for (ms)`, [expression(ms)]);
  }
  if ('onFire' in model) add('onFire', 'when the cell fires', (model.onFire ?? []).map(statement));
  if ('current' in model && model.current !== undefined) {
    add('current', 'current into the cell', [expression(model.current)]);
  }
  if ('sends' in model && model.sends !== undefined) {
    add('sends', 'sent by the presynaptic cell at every step', [expression(model.sends)]);
  }
  const starts = Object.entries(model.state).map(([name, { start }]): Formula => {
    const { text, latex: formula } = expression(String(start));
    return { text: `${name} = ${text}`, latex: `${latexName(name)} = ${formula}` };
  });
  add('start', 'at the start', starts);
  return all;
}
