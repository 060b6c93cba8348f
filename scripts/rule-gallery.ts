import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf, quantitiesOf } from '../src/inspect/rule-card.js';
import { type RuleWindow, windowAbout, windowOf } from '../src/inspect/rule-window.js';
import type { PlasticityRule } from '../src/network/model/plasticity-rule.js';
import { plasticityRules } from '../src/network/plasticity/table.js';
import { renderFigure } from '../src/picture/draw-figure.js';
import { ruleWindowFigure } from '../src/report/figures/rule-window.js';
import { packageRoot } from '../src/spec/library.js';
import { aligned, escaped, folded, parameterTable, sentence, shown, table, unitOf } from './gallery-text.js';
import { indexedPng } from './indexed-png.js';

const pictures = join(packageRoot, 'docs/pictures/rules');
/** Wide enough to be read, small enough for a page of many. */
const ratio = 1.5;

interface Entry {
  rule: PlasticityRule;
  window: RuleWindow | undefined;
}

const entries = (): Entry[] =>
  Object.values<PlasticityRule>(plasticityRules).map((rule) => ({ rule, window: windowOf(rule, [1]) }));

function quantities(rule: PlasticityRule): string[] {
  const rows = quantitiesOf(rule).map(({ name, unit, about }) => [name, unitOf(unit), about]);
  return rows.length > 0 ? [table(['beside the weight', 'unit', 'what it is'], rows)] : [];
}

function types({ types: all = {} }: PlasticityRule): string[] {
  const rows = Object.entries(all).map(([name, { about, parameters }]) => [
    name,
    about,
    Object.entries(parameters)
      .map(([parameter, value]) => `${parameter} = ${shown(value)}`)
      .join(', '),
  ]);
  return rows.length > 0
    ? [folded(`${rows.length} types`, table(['type', 'meaning', 'parameters'], rows))]
    : [];
}

function section({ rule, window }: Entry): string {
  const lines = linesOf(rule);
  return [
    `## ${rule.name}`,
    `${sentence(rule.summary)} Source: ${escaped(rule.source)}.`,
    `\`\`\`\n${lines.map(({ when, text }) => `${text}  (${when})`).join('\n')}\n\`\`\``,
    aligned(
      lines.map(({ when, latex }) => `${latex.replace(/ (=|\\leftarrow) /, ' &$1 ')} && \\text{${when}}`),
    ),
    ...quantities(rule),
    folded(`${Object.keys(rule.parameters).length} parameters`, parameterTable(rule.parameters)),
    ...types(rule),
    ...(window
      ? [`![window of ${rule.name}](pictures/rules/${rule.name}.png)`, `*${windowAbout(window)}*`]
      : []),
  ].join('\n\n');
}

const pageOf = (all: readonly Entry[]): string =>
  `${[
    '# Plasticity rules',
    'Written by `npm run gallery` from the rules themselves. `baldwin rules NAME` prints the same, `baldwin rules NAME --plot ' +
      'FILE.png` draws its window with modulators at 0, 0.5 and 1, `--rates --plot FILE.png` the mean change over presynaptic and ' +
      'postsynaptic rates with its thresholds and fixed points, `--export FILE.json` writes it as a file to start your own ' +
      'from; [equations.md](equations.md) describes the language. ' +
      'A network may use any of them, several on the same weights, and genomes may set their parameters.',
    'In the formulas `w` is the weight, `m.NAME` the concentration of a modulator, `pre.NAME` and `post.NAME` states of the two ' +
      'cells, `incoming.w` the mean weight onto a cell. Weights stay within `wMin` and `wMax`. Pictures show how a rule changes the weight after one pair of spikes, in the reference simulator, with the parameters of the table, without bounds, and with every modulator that the rule reads at 1. A rule has no picture if it reads states of cells, acts only at regular times, or does not depend on pairs of spikes.',
    table(
      ['rule', 'what it does'],
      all.map(({ rule: { name, summary } }) => [`[${name}](#${name})`, summary]),
    ),
    ...all.map(section),
  ].join('\n\n')}\n`;

/** docs/rules.md as it is to be. */
export const rulesPage = (): string => pageOf(entries());

/** Writes docs/rules.md and its pictures. */
export async function writeRules(): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const all = entries();
  for (const file of readdirSync(pictures)) {
    if (!all.some(({ rule, window }) => window && file === `${rule.name}.png`)) rmSync(join(pictures, file));
  }
  for (const { rule, window } of all) {
    if (!window) continue;
    const png = await indexedPng(await renderFigure(ruleWindowFigure(rule.name, '', window), 'png', ratio));
    writeFileSync(join(pictures, `${rule.name}.png`), png);
    console.log(`${rule.name}: ${Math.round(png.length / 1024)} KB`);
  }
  writeFileSync(join(packageRoot, 'docs/rules.md'), pageOf(all));
}
