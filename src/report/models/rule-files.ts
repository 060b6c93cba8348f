import { namesIn } from '../../expression/analysis.js';
import type { Expression } from '../../expression/ast.js';
import { latexName } from '../../expression/latex-name.js';
import { parseExpression, parseStatement } from '../../expression/parse.js';
import { printPython, pythonNumber } from '../../expression/python.js';
import { linesOf, quantitiesOf } from '../../inspect/rule-card.js';
import { Names } from '../../network/export/names.js';
import { formatModelFile } from '../../network/files/model-file.js';
import { statementAssignment } from '../../network/model/dynamics.js';
import { type Plasticity, ruleParameter } from '../../network/model/network.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';

/** A rule as it is at work: its constants are the rule's defaults. */
export interface RuleAtWork {
  rule: PlasticityRule;
  /** Parameters that have a value for each synapse, which a rule cannot hold, and how many. */
  perSynapse: { name: string; values: number }[];
}

/** The rule of a projection with its constants in the place of defaults; ranges are widened to hold them. */
export function ruleAtWork(plasticity: Plasticity): RuleAtWork {
  const { rule } = plasticity;
  const perSynapse: RuleAtWork['perSynapse'] = [];
  const parameters = Object.fromEntries(
    Object.entries(rule.parameters).map(([name, parameter]) => {
      const value = ruleParameter(plasticity, name);
      if (typeof value !== 'number') {
        perSynapse.push({ name, values: value.length });
        return [name, parameter];
      }
      const { low, high } = parameter;
      return [name, { ...parameter, default: value, low: Math.min(low, value), high: Math.max(high, value) }];
    }),
  );
  return { rule: { ...rule, parameters }, perSynapse };
}

const texEscaped = (text: string) =>
  text.replaceAll(/[\\&%$#_{}~^]/g, (character) =>
    character === '\\'
      ? '\\textbackslash{}'
      : character === '~' || character === '^'
        ? `\\${character}{}`
        : `\\${character}`,
  );

/** The rule typeset: its lines, and a table of its constants. For a document with `amsmath`. */
export function ruleLatex(rule: PlasticityRule, about: string): string {
  const lines = linesOf(rule).map(({ when, latex }) => `  ${latex} && \\text{${texEscaped(when)}}`);
  const rows = Object.entries(rule.parameters).map(
    ([name, { unit, default: value, about: meaning }]) =>
      `  $${latexName(name)}$ & ${pythonNumber(value)} & ${texEscaped(unit === '1' ? '' : unit)} & ${texEscaped(meaning)} \\\\`,
  );
  const kept = quantitiesOf(rule).map(
    ({ name, unit, about: meaning }) =>
      `  $${latexName(name)}$ & & ${texEscaped(unit === '1' ? '' : unit)} & ${texEscaped(meaning)} \\\\`,
  );
  return [
    `% ${about}`,
    `% ${rule.name}: ${rule.summary}`,
    `% after ${rule.source}`,
    '\\begin{align*}',
    lines.join(' \\\\\n'),
    '\\end{align*}',
    `% w stays within ${rule.bounds.low} and ${rule.bounds.high}`,
    '\\begin{tabular}{llll}',
    ...rows,
    ...kept,
    '\\end{tabular}',
    '',
  ].join('\n');
}

/** How functions of the language are written for SymPy. */
const sympyCalls: Readonly<Record<string, (...parts: string[]) => string>> = {
  if: (condition, a, b) => `sp.Piecewise((${a}, ${condition}), (${b}, True))`,
  min: (a, b) => `sp.Min(${a}, ${b})`,
  max: (a, b) => `sp.Max(${a}, ${b})`,
  abs: (x) => `sp.Abs(${x})`,
  sigmoid: (x) => `(1/(1 + sp.exp(-(${x}))))`,
  exprel: (x) => `sp.Piecewise((1, sp.Eq(${x}, 0)), ((sp.exp(${x}) - 1)/(${x}), True))`,
};

const sympyLogic: Readonly<Record<string, (left: string, right: string) => string>> = {
  and: (left, right) => `sp.And(${left}, ${right})`,
  or: (left, right) => `sp.Or(${left}, ${right})`,
  '==': (left, right) => `sp.Eq(${left}, ${right})`,
  '!=': (left, right) => `sp.Ne(${left}, ${right})`,
  not: (operand) => `sp.Not(${operand})`,
};

/** The rule as SymPy: symbols, what events make of each quantity, how it moves between them, and its constants. */
export function ruleSympy(rule: PlasticityRule, about: string): string {
  const names = new Names(['sp', 'constants', 'events', 'flows', 'bounds', 'units']);
  const used = new Set<string>();
  const text = (e: Expression): string => {
    for (const name of namesIn(e)) used.add(name);
    return printPython(e, {
      name: (name) => names.of(name),
      number: pythonNumber,
      call: (name, parts) => sympyCalls[name]?.(...parts) ?? `sp.${name}(${parts.join(', ')})`,
      logic: sympyLogic,
    });
  };
  const own = (name: string) => {
    used.add(name);
    return names.of(name);
  };
  for (const name of ['w', ...quantitiesOf(rule).map((of) => of.name), ...Object.keys(rule.parameters)])
    own(name);
  const statements = (texts: readonly string[]) =>
    texts.map((line) => {
      const { target, value } = statementAssignment(line);
      parseStatement(line);
      return `(${own(target)}, ${text(value)})`;
    });
  const rises = (side: 'pre' | 'post') =>
    Object.entries(rule.traces).flatMap(([name, { of, each }]) => {
      if (of !== side || each === undefined) return [];
      const value =
        each === 'add' ? `${own(name)} + 1` : each === 'set' ? 'sp.Integer(1)' : text(parseExpression(each));
      return [`(${own(name)}, ${value})`];
    });
  const events: [string, string[]][] = [
    ['presynaptic spike', statements(rule.onPre)],
    ['postsynaptic spike', statements(rule.onPost)],
    ['presynaptic spike, traces', rises('pre')],
    ['postsynaptic spike, traces', rises('post')],
    ...(rule.onUpdate
      ? [[`every ${rule.onUpdate.every}`, statements(rule.onUpdate.statements)] as [string, string[]]]
      : []),
    ...Object.entries(rule.onEvent ?? {}).map(([event, texts]): [string, string[]] => [
      event,
      statements(texts),
    ]),
  ];
  const relaxing = [
    ...Object.entries(rule.traces).flatMap(([name, { tau, follows }]) =>
      tau === undefined
        ? []
        : [
            `    ${own(name)}: ${follows === undefined ? `-${own(name)}` : `(${text(parseExpression(follows))} - ${own(name)})`}/${own(tau)},`,
          ],
    ),
    ...Object.entries(rule.synapse ?? {}).flatMap(([name, { tau }]) =>
      tau === undefined ? [] : [`    ${own(name)}: -${own(name)}/${own(tau)},`],
    ),
  ];
  const drives = Object.entries(rule.synapse ?? {}).flatMap(([name, { drive }]) =>
    drive === undefined ? [] : [`${own(name)}*(${text(parseExpression(drive))})`],
  );
  const body = [
    '# What each event makes of the quantities, one after the other',
    'events = {',
    ...events
      .filter(([, list]) => list.length > 0)
      .flatMap(([name, list]) => [`    '${name}': [`, ...list.map((line) => `        ${line},`), '    ],']),
    '}',
    '',
    '# Derivatives by time, per ms, between events',
    'flows = {',
    ...relaxing,
    ...(drives.length > 0 ? [`    ${own('w')}: ${drives.join(' + ')},`] : []),
    '}',
    '',
    `# The weight stays within these`,
    `bounds = (${own(rule.bounds.low)}, ${own(rule.bounds.high)})`,
    '',
    '# The values at work, in the units of the comments',
    'constants = {',
    ...Object.entries(rule.parameters).map(
      ([name, { default: value, unit, about: meaning }]) =>
        `    ${own(name)}: ${pythonSympy(value)},  # ${unit === '1' ? '' : `${unit}, `}${meaning}`,
    ),
    '}',
    '',
  ];
  const symbols = [...used].map((name) => `${names.of(name)} = sp.Symbol('${name}', real=True)`);
  return [
    `"""${about}`,
    '',
    `${rule.name}: ${rule.summary}`,
    `After ${rule.source}.`,
    '',
    'For SymPy: expression.subs(constants) puts the values in.',
    '"""',
    '',
    'import sympy as sp',
    '',
    ...symbols,
    '',
    ...body,
  ].join('\n');
}

const pythonSympy = (value: number) =>
  Number.isFinite(value) ? pythonNumber(value) : value > 0 ? 'sp.oo' : '-sp.oo';

/** The files of a rule, by what their names end in. */
export const ruleFiles = (rule: PlasticityRule, about: string): { suffix: string; text: string }[] => [
  { suffix: '.json', text: formatModelFile(rule, 'rule') },
  { suffix: '.tex', text: ruleLatex(rule, about) },
  { suffix: '.py', text: ruleSympy(rule, about) },
];
