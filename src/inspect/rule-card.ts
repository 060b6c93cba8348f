import { latex } from '../expression/latex.js';
import { parseExpression, parseStatement } from '../expression/parse.js';
import { printExpression, printStatement } from '../expression/print.js';
import { type Network, type Plasticity, ruleParameter, type Values } from '../network/model/network.js';
import type { PlasticityRule, Trace } from '../network/model/plasticity-rule.js';

/** A rule as it is at work in a network: what it says, and what its names stand for. */
export interface RuleCard {
  name: string;
  source: string;
  projections: string[];
  /** Line by line, in the equation language. */
  text: string[];
  /** The same lines typeset. */
  latex: string[];
  /** Every name of the lines, with its unit; parameters with their values by projection. */
  names: { name: string; unit: string; about: string; values?: Record<string, Values>; evolved: boolean }[];
}

/** One line of a rule. */
export interface RuleLine {
  /** When it holds. */
  when: string;
  /** What it says, in the equation language. */
  text: string;
  /** The same typeset. */
  latex: string;
}

const statement = (when: string, text: string): RuleLine => {
  const parsed = parseStatement(text);
  const { target, operator, value } = parsed;
  const right = latex(value);
  const [left, change] = [latex(parseExpression(target)), operator === '=' ? '' : `${operator[0]} `];
  return {
    when,
    text: printStatement(parsed),
    latex: `${left} \\leftarrow ${change === '' ? right : `${left} ${change === '* ' ? '\\cdot ' : change}\\left(${right}\\right)`}`,
  };
};

function traceLine(name: string, { of, tau, each, follows }: Trace): RuleLine[] {
  const left = latex(parseExpression(name));
  const lines: RuleLine[] = [];
  if (each !== undefined) {
    const value =
      each === 'add' ? `${name} + 1` : each === 'set' ? '1' : printExpression(parseExpression(each));
    lines.push({
      when: `${of}synaptic spikes`,
      text: `${name} = ${value}`,
      latex: `${left} \\leftarrow ${latex(parseExpression(value))}`,
    });
  }
  if (tau !== undefined) {
    const to = follows === undefined ? `-${name}` : `${printExpression(parseExpression(follows))} - ${name}`;
    lines.push({
      when: 'always',
      text: `${tau} d${name}/dt = ${to}`,
      latex: `${latex(parseExpression(tau))} \\dot{${left}} = ${latex(parseExpression(to))}`,
    });
  }
  return lines;
}

/** What a rule says, line by line. */
export function linesOf({ traces, synapse, onPre, onPost, onUpdate, onEvent }: PlasticityRule): RuleLine[] {
  const variables = Object.entries(synapse ?? {});
  const drives = variables.flatMap(([name, { drive }]) => (drive === undefined ? [] : [{ name, drive }]));
  return [
    ...Object.entries(traces).flatMap(([name, trace]) => traceLine(name, trace)),
    ...onPre.map((text) => statement('presynaptic spikes', text)),
    ...onPost.map((text) => statement('postsynaptic spikes', text)),
    ...(onUpdate?.statements ?? []).map((text) => statement(`at intervals of "${onUpdate!.every}"`, text)),
    ...Object.entries(onEvent ?? {}).flatMap(([event, texts]) =>
      texts.map((text) => statement(`event ${event}`, text)),
    ),
    ...variables.flatMap(([name, { tau }]): RuleLine[] =>
      tau === undefined
        ? []
        : [
            {
              when: 'always',
              text: `${tau} d${name}/dt = -${name}`,
              latex: `${latex(parseExpression(tau))} \\dot{${latex(parseExpression(name))}} = -${latex(parseExpression(name))}`,
            },
          ],
    ),
    ...(drives.length === 0
      ? []
      : [
          {
            when: 'always',
            text: `dw/dt = ${drives.map(({ name, drive }) => `${name}*(${printExpression(parseExpression(drive))})`).join(' + ')}`,
            latex: `\\dot{w} = ${drives
              .map(
                ({ name, drive }) =>
                  `${latex(parseExpression(name))} \\left(${latex(parseExpression(drive))}\\right)`,
              )
              .join(' + ')}`,
          },
        ]),
  ];
}

/** What a rule keeps beside the weight: of each cell, and of each synapse. */
export const quantitiesOf = ({ traces, synapse = {} }: PlasticityRule) => [
  ...Object.entries(traces).map(([name, { of, unit = '1', coincident }]) => ({
    name,
    unit,
    about: `trace of the ${of}synaptic cell${coincident ? ', which counts a spike of the same step' : ''}`,
  })),
  ...Object.entries(synapse).map(([name, { unit, about, start }]) => ({
    name,
    unit,
    about: `${about}${start === 'w' ? '; starts as the weight' : ''}`,
  })),
];

/**
 * The rules at work in a network, one card each.
 * @param values what a genome sets, by the names that lives know
 */
export function ruleCards(
  { projections, modulators }: Network,
  values: Readonly<Record<string, Values>>,
): RuleCard[] {
  const byRule = new Map<string, { plasticity: Plasticity; projection: string }[]>();
  for (const { name, plasticity } of projections) {
    if (!plasticity) continue;
    byRule.set(plasticity.rule.name, [
      ...(byRule.get(plasticity.rule.name) ?? []),
      { plasticity, projection: name },
    ]);
  }
  return [...byRule.values()].map((members) => {
    const { rule } = members[0]!.plasticity;
    const lines = linesOf(rule);
    const used = Object.keys(modulators).filter((name) =>
      lines.some(({ text }) => new RegExp(`\\bm\\.${name}\\b`).test(text)),
    );
    return {
      name: rule.name,
      source: rule.source,
      projections: members.map(({ projection }) => projection),
      text: lines.map(({ when, text }) => `${text}  (${when})`),
      latex: lines.map(({ latex: typeset }) => typeset),
      names: [
        { name: 'w', unit: 'weight', about: 'weight of the synapse, as a magnitude', evolved: false },
        ...quantitiesOf(rule).map((quantity) => ({ ...quantity, evolved: false })),
        ...used.map((name) => ({
          name: `m.${name}`,
          unit: '1',
          about: `concentration of ${name}`,
          evolved: false,
        })),
        ...Object.entries(rule.parameters).map(([name, { unit, about }]) => ({
          name,
          unit,
          about,
          values: Object.fromEntries(
            members.map(({ plasticity, projection }) => [
              projection,
              values[`${projection}.${name}`] ?? ruleParameter(plasticity, name),
            ]),
          ),
          evolved: members.some(({ projection }) => Object.hasOwn(values, `${projection}.${name}`)),
        })),
      ],
    };
  });
}
