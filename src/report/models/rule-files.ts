import type { Expression } from '../../expression/ast.js';
import { latexName } from '../../expression/latex-name.js';
import { parseExpression } from '../../expression/parse.js';
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
  const lines = linesOf(rule);
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
    `% source: ${rule.source}`,
    '\\begin{align*}',
    lines.map(({ when, latex }) => `  ${latex} && \\text{${texEscaped(when)}}`).join(' \\\\\n'),
    '\\end{align*}',
    ...(lines.some(({ text }) => text.includes('quotient('))
      ? ['% a fraction that evolved (quotient) is 1 where its denominator is 0']
      : []),
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
  quotient: (x, y) => `sp.Piecewise((1, sp.Eq(${y}, 0)), ((${x})/(${y}), True))`,
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

/** Writes a rule's expressions for SymPy, and gathers the names that they use. */
class SympyWriter {
  private readonly names = new Names(['sp', 'constants', 'events', 'flows', 'bounds']);
  private readonly used = new Set<string>();

  constructor(private readonly rule: PlasticityRule) {
    for (const { name } of [{ name: 'w' }, ...quantitiesOf(rule)]) this.own(name);
    for (const name of Object.keys(rule.parameters)) this.own(name);
  }

  /** The symbol of a name. */
  own(name: string): string {
    this.used.add(name);
    return this.names.of(name);
  }

  private text(e: Expression): string {
    return printPython(e, {
      name: (name) => this.own(name),
      number: pythonNumber,
      call: (name, parts) => sympyCalls[name]?.(...parts) ?? `sp.${name}(${parts.join(', ')})`,
      logic: sympyLogic,
    });
  }

  private statements = (texts: readonly string[]): string[] =>
    texts.map((line) => {
      const { target, value } = statementAssignment(line);
      return `(${this.own(target)}, ${this.text(value)})`;
    });

  /** What the traces of a side become with a spike. */
  private rises(side: 'pre' | 'post'): string[] {
    return Object.entries(this.rule.traces).flatMap(([name, { of, each }]) => {
      if (of !== side || each === undefined) return [];
      if (each === 'add') return [`(${this.own(name)}, ${this.own(name)} + 1)`];
      const value = each === 'set' ? 'sp.Integer(1)' : this.text(parseExpression(each));
      return [`(${this.own(name)}, ${value})`];
    });
  }

  /** The statements of each event, in their order. */
  events(): string[] {
    const { onPre, onPost, onUpdate, onEvent = {} } = this.rule;
    const events: [string, string[]][] = [
      ['presynaptic spike', this.statements(onPre)],
      ['postsynaptic spike', this.statements(onPost)],
      ['presynaptic spike, traces', this.rises('pre')],
      ['postsynaptic spike, traces', this.rises('post')],
      [`every ${onUpdate?.every}`, this.statements(onUpdate?.statements ?? [])],
      ...Object.entries(onEvent).map(([event, texts]): [string, string[]] => [event, this.statements(texts)]),
    ];
    return events
      .filter(([, list]) => list.length > 0)
      .flatMap(([name, list]) => [`    '${name}': [`, ...list.map((line) => `        ${line},`), '    ],']);
  }

  /** Derivatives by time between events. */
  flows(): string[] {
    const { traces, synapse = {} } = this.rule;
    const variables = Object.entries(synapse);
    const drives = variables.flatMap(([name, { drive }]) =>
      drive === undefined ? [] : [`${this.own(name)}*(${this.text(parseExpression(drive))})`],
    );
    return [
      ...Object.entries(traces).flatMap(([name, { tau, follows }]) => {
        if (tau === undefined) return [];
        const own = this.own(name);
        const to = follows === undefined ? `-${own}` : `(${this.text(parseExpression(follows))} - ${own})`;
        return [`    ${own}: ${to}/${this.own(tau)},`];
      }),
      ...variables.flatMap(([name, { tau }]) =>
        tau === undefined ? [] : [`    ${this.own(name)}: -${this.own(name)}/${this.own(tau)},`],
      ),
      ...(drives.length > 0 ? [`    ${this.own('w')}: ${drives.join(' + ')},`] : []),
    ];
  }

  /** The parameters with their values. */
  constants(): string[] {
    return Object.entries(this.rule.parameters).map(
      ([name, { default: value, unit, about }]) =>
        `    ${this.own(name)}: ${pythonSympy(value)},  # ${unit === '1' ? '' : `${unit}, `}${about}`,
    );
  }

  /** Every name that was used until now. */
  symbols(): string[] {
    return [...this.used].map((name) => `${this.names.of(name)} = sp.Symbol('${name}', real=True)`);
  }
}

/** The rule as SymPy: symbols, what events make of each quantity, how it moves between them, and its constants. */
export function ruleSympy(rule: PlasticityRule, about: string): string {
  const writer = new SympyWriter(rule);
  const [events, flows, constants] = [writer.events(), writer.flows(), writer.constants()];
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
    ...writer.symbols(),
    '',
    '# What each event makes of the quantities, one after the other',
    ...['events = {', ...events, '}'],
    '',
    '# Derivatives by time, per ms, between events',
    ...['flows = {', ...flows, '}'],
    '',
    '# The weight stays within these',
    `bounds = (${writer.own(rule.bounds.low)}, ${writer.own(rule.bounds.high)})`,
    '',
    '# The values at work, in the units of the comments',
    ...['constants = {', ...constants, '}'],
    '',
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
