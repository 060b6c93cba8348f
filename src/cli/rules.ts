import { Command } from '@commander-js/extra-typings';
import { parseExpression, parseStatement } from '../expression/parse.js';
import { printExpression, printStatement } from '../expression/print.js';
import type { PlasticityRule } from '../network/plasticity/rule.js';
import { plasticityRules } from '../network/plasticity/table.js';
import { entryOf } from '../spec/errors.js';
import { parameterTable } from './models.js';
import { jsonOption } from './options.js';
import { faint, fields, heading, print, printJson, table } from './output.js';

/** What a rule does, line by line. */
function linesOf({ traces, onPre, onPost, eligibility, bounds }: PlasticityRule): [string, string][] {
  const statements = (texts: readonly string[]) =>
    texts.map((text) => printStatement(parseStatement(text))).join('; ');
  return [
    ...Object.entries(traces).map(([name, { of, tau, each }]): [string, string] => [
      `trace ${name}`,
      `of ${of}synaptic spikes: each ${each === 'add' ? 'adds 1' : 'sets it to 1'}, decays with ${tau}`,
    ]),
    ['on a presynaptic spike', statements(onPre) || 'nothing'],
    ['on a postsynaptic spike', statements(onPost) || 'nothing'],
    ...(eligibility
      ? ([
          ['between spikes', `dw/dt = c * (${printExpression(parseExpression(eligibility.drive))})`],
          ['', `dc/dt = -c / ${eligibility.tau}`],
        ] as [string, string][])
      : []),
    ['bounds', `${bounds.low} to ${bounds.high}`],
  ];
}

export const rules = new Command('rules')
  .summary('list the plasticity rules, or show what one does')
  .argument('[name]', 'a plasticity rule')
  .option(...jsonOption)
  .action((name, options) => {
    if (name === undefined) {
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
    if (options.json) {
      printJson(rule);
      return;
    }
    print(`${heading(rule.name)}: ${rule.summary}\n${faint(`source: ${rule.source}`)}\n`);
    print(fields(linesOf(rule)));
    print('');
    print(parameterTable(rule.parameters));
  });
