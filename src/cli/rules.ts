import { Command } from '@commander-js/extra-typings';
import { windowLevels } from '../inspect/circumstances.js';
import { linesOf, quantitiesOf } from '../inspect/rule-card.js';
import { geometryOf } from '../inspect/rule-geometry.js';
import { windowAbout, windowOf } from '../inspect/rule-window.js';
import { formatModelFile, loadPlasticityRule, plasticityRuleNames } from '../network/files/model-file.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { ruleWindowFigure } from '../report/figures/rule-window.js';
import { geometryData, geometrySections } from '../report/geometry.js';
import { ruleFiles } from '../report/models/rule-files.js';
import type { Report } from '../report/report.js';
import { surfaceFigure } from '../report/rule-contents.js';
import { UsageError } from '../spec/errors.js';
import { drawInto } from './draw-into.js';
import { parameterTable, readable, unitOf, withoutInfinity } from './models.js';
import { jsonOption, pictureFile } from './options.js';
import { faint, heading, print, printJson, table } from './output.js';
import { forceOption, writeNew } from './output-file.js';
import { reportText } from './print-report.js';

/** Draws the window that a rule induces, and returns it in plain numbers. */
async function drawWindow(rule: PlasticityRule, file: string) {
  const window = windowOf(rule, windowLevels);
  if (!window)
    throw new UsageError(
      `The rule "${rule.name}" has no window: it reads states of cells, looks at regular times alone, or does not depend on the time between two spikes.`,
    );
  await drawInto(file, () => ruleWindowFigure(rule.name, windowAbout(window), window));
  return {
    lagMs: [...window.lagMs],
    curves: window.curves.map(({ name, change }) => ({ name, change: [...change] })),
  };
}

function list(json: true | undefined): void {
  const listed = readable(plasticityRuleNames(), loadPlasticityRule).map(({ name, model }) => ({
    name,
    summary: model.summary,
    source: model.source,
  }));
  if (json) {
    printJson({ rules: listed });
    return;
  }
  print(
    table(
      ['rule', 'about'],
      listed.map((row) => [row.name, row.summary]),
    ),
  );
}

function show(rule: PlasticityRule): void {
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
        quantities.map(({ name, unit, about }) => [name, unitOf(unit), about]),
      ),
    );
    print('');
  }
  print(parameterTable(rule.parameters));
}

/** Measures what rates make of weights, and draws it where it is asked for. */
async function measureRates(rule: PlasticityRule, file: string | undefined): Promise<Report> {
  const geometry = await geometryOf(rule);
  const figure = surfaceFigure({ rule, projections: [], means: [], geometry });
  if (file !== undefined && !figure)
    throw new UsageError(`The rule "${rule.name}" has no map over rates: it reads states of cells.`);
  await drawInto(file, () => figure!);
  return { data: geometryData(geometry), sections: geometrySections(geometry) };
}

/** The text of a file of a rule, by the ending of its name. */
const exportedAs = (path: string, rule: PlasticityRule): string =>
  ruleFiles(rule, `The plasticity rule ${rule.name}`).find(({ suffix }) => path.endsWith(suffix))?.text ??
  formatModelFile(rule, 'rule');

export const rules = new Command('rules')
  .summary('list the plasticity rules, or show what one does')
  .description(
    'Lists the plasticity rules that come with the program and those in ./rules, or explains one. Your own are JSON ' +
      'files, "format": "plasticity-rule/1"; docs/equations.md describes the language. Networks take them by ' +
      '--set network.plasticity.rule=FILE.',
  )
  .argument('[name]', 'a plasticity rule by name or by the path of a file')
  .option(
    '--plot <file>',
    'draw what the rule makes of a pair of spikes by their distance in time, as PNG or SVG by the ending',
    pictureFile,
  )
  .option(
    '--rates',
    'measure what rates of the two cells do to weights: thresholds, and fixed points of the weight; --plot then draws them',
  )
  .option(
    '--export <file>',
    'write the rule as a JSON file, to start your own from; as LaTeX or SymPy where the name ends in .tex or .py',
  )
  .option(...forceOption)
  .option(...jsonOption)
  .action(async (name, options) => {
    if (name === undefined) {
      const one = (['plot', 'rates', 'export'] as const).find((option) => options[option] !== undefined);
      if (one === 'plot') throw new UsageError('--plot draws one rule: name it.');
      if (one === 'rates') throw new UsageError('--rates measures one rule: name it.');
      if (one === 'export') throw new UsageError('--export writes one rule: name it.');
      list(options.json);
      return;
    }
    const rule = loadPlasticityRule(name);
    if (options.export !== undefined) {
      writeNew([{ path: options.export, text: exportedAs(options.export, rule) }], options.force);
    }
    const rates = options.rates ? await measureRates(rule, options.plot) : undefined;
    const window = options.plot === undefined || rates ? undefined : await drawWindow(rule, options.plot);
    const pictured = options.plot === undefined ? {} : { picture: options.plot };
    if (options.json) {
      printJson(
        withoutInfinity({
          ...rule,
          ...(window ? { window } : {}),
          ...(rates ? { rates: rates.data } : {}),
          ...pictured,
          ...(options.export === undefined ? {} : { exported: options.export }),
        }),
      );
      return;
    }
    if (options.export !== undefined && !window && !rates) {
      print(options.export);
      return;
    }
    show(rule);
    if (rates) print(`\n${reportText(rates)}`);
    if (options.plot !== undefined) print(`\npicture: ${options.plot}`);
  });
