import { Command } from '@commander-js/extra-typings';
import { parseExpression, parseStatement } from '../expression/parse.js';
import { printExpression, printStatement } from '../expression/print.js';
import { windowAbout, windowOf } from '../inspect/rule-window.js';
import { ruleWindowChart } from '../inspect/rule-window-chart.js';
import type { PlasticityRule, Trace } from '../network/plasticity/rule.js';
import { plasticityRules } from '../network/plasticity/table.js';
import { entryOf, UsageError } from '../spec/errors.js';
import { drawInto } from './draw-into.js';
import { parameterTable } from './models.js';
import { jsonOption } from './options.js';
import { faint, fields, heading, print, printJson, table } from './output.js';

function traceLine({ of, tau, each, follows, coincident }: Trace): string {
  const raised =
    each === undefined
      ? undefined
      : each === 'add'
        ? 'each adds 1'
        : each === 'set'
          ? 'each sets it to 1'
          : `each makes it ${printExpression(parseExpression(each))}`;
  const parts = [
    raised === undefined ? `of the ${of}synaptic cell` : `of ${of}synaptic spikes: ${raised}`,
    follows !== undefined
      ? `relaxes to ${printExpression(parseExpression(follows))} with ${tau}`
      : tau === undefined
        ? 'stays'
        : `decays with ${tau}`,
    ...(coincident ? ['counts a spike of the same step'] : []),
  ];
  return parts.join(', ');
}

/** What a rule does, line by line. */
function linesOf({
  traces,
  synapse,
  onPre,
  onPost,
  onUpdate,
  onEvent,
  bounds,
}: PlasticityRule): [string, string][] {
  const statements = (texts: readonly string[]) =>
    texts.map((text) => printStatement(parseStatement(text))).join('; ');
  const variables = Object.entries(synapse ?? {});
  const drives = variables.filter(([, { drive }]) => drive !== undefined);
  return [
    ...Object.entries(traces).map(([name, trace]): [string, string] => [`trace ${name}`, traceLine(trace)]),
    ...variables.map(([name, { about, tau, start }]): [string, string] => [
      `synapse ${name}`,
      `${about}: ${tau === undefined ? 'stays' : `d${name}/dt = -${name} / ${tau}`}${start === 'w' ? ', starts as w' : ''}`,
    ]),
    ['on a presynaptic spike', statements(onPre) || 'nothing'],
    ['on a postsynaptic spike', statements(onPost) || 'nothing'],
    ...(drives.length > 0
      ? [
          [
            'between spikes',
            `dw/dt = ${drives.map(([name, { drive }]) => `${name} * (${printExpression(parseExpression(drive!))})`).join(' + ')}`,
          ] as [string, string],
        ]
      : []),
    ...(onUpdate ? [[`every ${onUpdate.every}`, statements(onUpdate.statements)] as [string, string]] : []),
    ...Object.entries(onEvent ?? {}).map(([event, texts]): [string, string] => [
      `on the event "${event}"`,
      statements(texts),
    ]),
    ['bounds', `${bounds.low} to ${bounds.high}`],
  ];
}

/** Draws the window that a rule induces, and returns it in plain numbers. */
async function drawWindow(rule: PlasticityRule, file: string) {
  const window = windowOf(rule, [0, 0.5, 1]);
  if (!window)
    throw new UsageError(
      `The rule "${rule.name}" has no window: it reads states of cells, looks at regular times alone, or does not mind how far apart two spikes are.`,
    );
  await drawInto(file, () => ruleWindowChart(rule.name, windowAbout(window), window));
  return {
    lagMs: [...window.lagMs],
    curves: window.curves.map(({ name, change }) => ({ name, change: [...change] })),
  };
}

export const rules = new Command('rules')
  .summary('list the plasticity rules, or show what one does')
  .argument('[name]', 'a plasticity rule')
  .option('--plot <file>', 'draw what the rule makes of a pair of spikes by their distance in time, as PNG')
  .option(...jsonOption)
  .action(async (name, options) => {
    if (name === undefined) {
      if (options.plot !== undefined) throw new UsageError('--plot draws one rule: name it.');
      const listed = Object.values(plasticityRules).map(({ name: rule, summary, source }) => ({
        name: rule,
        summary,
        source,
      }));
      if (options.json) printJson({ rules: listed });
      else
        print(
          table(
            ['rule', 'about'],
            listed.map((row) => [row.name, row.summary]),
          ),
        );
      return;
    }
    const rule: PlasticityRule = entryOf(plasticityRules, name, 'plasticity rule');
    const window = options.plot === undefined ? undefined : await drawWindow(rule, options.plot);
    if (options.json) {
      printJson(window ? { ...rule, window, picture: options.plot } : rule);
      return;
    }
    print(`${heading(rule.name)}: ${rule.summary}\n${faint(`source: ${rule.source}`)}\n`);
    print(fields(linesOf(rule)));
    print('');
    print(parameterTable(rule.parameters));
    if (window) print(`\npicture: ${options.plot}`);
  });
