import { Command } from '@commander-js/extra-typings';
import { linesOf, quantitiesOf } from '../inspect/rule-card.js';
import { windowAbout, windowOf } from '../inspect/rule-window.js';
import { ruleWindowChart } from '../inspect/rule-window-chart.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { plasticityRules } from '../network/plasticity/table.js';
import { entryOf, UsageError } from '../spec/errors.js';
import { drawInto } from './draw-into.js';
import { parameterTable, unitOf } from './models.js';
import { jsonOption } from './options.js';
import { faint, heading, print, printJson, table } from './output.js';

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
    print(
      table(
        ['rule', 'when'],
        linesOf(rule).map(({ text, when }) => [text, when]),
      ),
    );
    print(`\nw stays within ${rule.bounds.low} and ${rule.bounds.high}\n`);
    const quantities = quantitiesOf(rule);
    if (quantities.length > 0) {
      print(
        table(
          ['beside the weight', 'unit', 'about'],
          quantities.map(({ name: own, unit, about }) => [own, unitOf(unit), about]),
        ),
      );
      print('');
    }
    print(parameterTable(rule.parameters));
    if (window) print(`\npicture: ${options.plot}`);
  });
