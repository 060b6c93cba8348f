/**
 * Writes docs/cells.md, docs/rules.md and docs/tasks.md, with the pictures in docs/pictures/cells and rules, from the tables
 * of cell models, plasticity rules and tasks: run it after one was added or changed. `npm run gallery tasks` writes those alone.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compareWithExpected,
  currentFrequency,
  expectationText,
  inputUnit,
  runExperiment,
  settleExperiment,
} from '../src/inspect/cell-experiment.js';
import { type ResponseData, responseOf, type Trace } from '../src/inspect/response.js';
import { loadAssembler } from '../src/kernel/assemble.js';
import { cellModels } from '../src/network/cells/table.js';
import { type Formulas, formulasOf } from '../src/network/model/describe.js';
import { type CellModel, defaultsOf } from '../src/network/model/model.js';
import { renderFigure } from '../src/picture/draw-figure.js';
import { responseFigure, responseGallery } from '../src/report/figures/response.js';
import { packageRoot } from '../src/spec/library.js';
import { aligned, escaped, folded, parameterTable, sentence, shown, table, unitOf } from './gallery-text.js';
import { indexedPng } from './indexed-png.js';
import { writeRules } from './rule-gallery.js';
import { writeTasks } from './task-gallery.js';

await loadAssembler();

const pictures = join(packageRoot, 'docs/pictures/cells');
/** Wide enough to be read, small enough for a page of many. */
const ratio = 1.5;

const formulaText = ({ about, formulas }: Formulas) =>
  `${about}:\n${formulas.map(({ text }) => `  ${text}`).join('\n')}`;

/** Equations above each other, aligned where they are equal. */
function mathematics(parts: readonly Formulas[]): string {
  const lines = parts.flatMap(({ part, formulas }) =>
    formulas.map(({ latex }) => {
      if (part === 'threshold') return `\\text{spike where}\\quad & ${latex}`;
      if (part === 'refractory') return `\\text{refractory, ms}\\quad & ${latex}`;
      return latex.replace(/ (=|\\leftarrow) /, ' &$1 ');
    }),
  );
  return aligned(lines);
}

function typeTable({ types = {}, parameters }: CellModel): string[] {
  const defaults = defaultsOf(parameters);
  const rows = Object.entries(types).map(([name, type]) => [
    name,
    Object.entries(type.parameters)
      .filter(([parameter, value]) => defaults[parameter] !== value)
      .map(([parameter, value]) => `${parameter} = ${shown(value)}`)
      .join(', '),
    type.about,
  ]);
  if (rows.length === 0) return [];
  return [folded(`${rows.length} types`, table(['type', 'parameters', 'meaning'], rows))];
}

/** The first spikes of many, which a small picture would smear. */
function beginning(data: ResponseData): ResponseData {
  const most = 24;
  const { spikesMs, timesMs, states, input } = data;
  if (spikesMs.length <= 2 * most) return data;
  const steps = Array.from(timesMs).findIndex((time) => time > spikesMs[most]!);
  const cut = <T extends Trace>(trace: T): T => ({
    ...trace,
    values: Array.from(trace.values).slice(0, steps),
  });
  return {
    ...data,
    timesMs: Array.from(timesMs).slice(0, steps),
    states: states.map(cut),
    ...(input ? { input: cut(input) } : {}),
    spikesMs: spikesMs.slice(0, most),
  };
}

/** Shorter ones are arithmetic, not pictures. */
const fewestSteps = 10;

/** Draws a model's protocols, or one step where it has none. Returns what came of each. */
async function experiments(name: string, model: CellModel): Promise<string[][]> {
  const protocols = Object.keys(model.protocols ?? {});
  const trials = (protocols.length > 0 ? protocols : [undefined]).map((protocol) => {
    const experiment = settleExperiment(model, { protocol }, name);
    return { protocol, experiment, trial: runExperiment(experiment) };
  });
  const drawn = trials.filter(({ trial }) => trial.timesMs.length >= fewestSteps);
  const { experiment, trial } = (drawn[0] ?? trials[0])!;
  const frequencies = drawn.length > 1 ? undefined : currentFrequency(experiment);
  const drawing =
    drawn.length > 1
      ? responseGallery({
          title: name,
          panels: drawn.map((each) => beginning(responseOf(each.experiment, each.trial, each.protocol))),
          columns: drawn.length === 2 || drawn.length === 4 ? 2 : drawn.length < 8 ? 3 : 4,
        })
      : responseFigure({
          ...responseOf(experiment, trial),
          ...(frequencies ? { frequencies: { unit: inputUnit(experiment), ...frequencies } } : {}),
        });
  const file = join(pictures, `${name}.png`);
  const small = await indexedPng(await renderFigure(drawing, 'png', ratio));
  writeFileSync(file, small);
  console.log(`${name}: ${drawn.length} responses, ${Math.round(small.length / 1024)} KB`);
  if (small.length > 100 * 1024) console.warn(`${file} is above 100 KB.`);
  return trials.map(({ protocol, experiment: of, trial: outcome }) => {
    const compared = compareWithExpected(of, outcome);
    for (const { met, text } of compared)
      if (!met) console.warn(`${name}, ${protocol}: not as expected: ${text}`);
    return [
      protocol ?? 'a step',
      of.about,
      of.type ?? '',
      of.current === undefined ? '' : `\`${of.current}\` ${unitOf(inputUnit(of))}`,
      `${shown(of.durationMs)}, ${shown(of.dtMs)}`,
      expectationText(of.expect),
      `${outcome.spikesMs.length}`,
    ];
  });
}

async function section(name: string, model: CellModel): Promise<string> {
  const parts = formulasOf(model);
  const acts = parts.filter(({ part }) => part !== 'start');
  const parameters = Object.keys(model.parameters).length;
  const headings = ['experiment', 'what', 'type', 'input', 'ms, step', 'expected', 'spikes'];
  const rows = await experiments(name, model);
  // Columns that nothing stands in say nothing.
  const kept = headings.map((_, i) => rows.some((cells) => cells[i] !== ''));
  const keep = (cells: readonly string[]) => cells.filter((_, i) => kept[i]);
  const steps = model.equations === undefined ? [] : [`Integrator: \`${model.integrator ?? 'euler'}\`.`];
  const current = model.currentUnit === undefined ? [] : [`Current in ${model.currentUnit}.`];
  return [
    `## ${name}`,
    `${sentence(model.summary)} Source: ${escaped(model.source)}. ${[...steps, ...current].join(' ')}`.trim(),
    `\`\`\`\n${parts.map(formulaText).join('\n')}\n\`\`\``,
    ...(acts.length > 0 ? [mathematics(acts)] : []),
    ...(parameters > 0 ? [folded(`${parameters} parameters`, parameterTable(model.parameters))] : []),
    ...typeTable(model),
    folded(`${rows.length} experiments`, table(keep(headings), rows.map(keep))),
    `![responses of ${name}](pictures/cells/${name}.png)`,
  ].join('\n\n');
}

async function writeCells(): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const models = Object.entries(cellModels) as [string, CellModel][];
  for (const file of readdirSync(pictures)) {
    if (!models.some(([name]) => file === `${name}.png`)) rmSync(join(pictures, file));
  }
  const overview = table(
    ['model', 'states', 'what it is'],
    models.map(([name, { state, summary }]) => [
      `[${name}](#${name})`,
      Object.keys(state).join(', '),
      summary,
    ]),
  );
  const sections: string[] = [];
  for (const [name, model] of models) sections.push(await section(name, model));
  const page = [
    '# Cell models',
    'Written by `npm run gallery` from the models themselves. `baldwin cells NAME` prints the same, `baldwin cells NAME ' +
      '--plot FILE.png` draws it under any input; [equations.md](equations.md) describes the language and how to write ' +
      'your own. In the pictures red strokes mark spikes, and the input stands below the states. Long experiments show only their beginning.',
    overview,
    ...sections,
  ].join('\n\n');
  writeFileSync(join(packageRoot, 'docs/cells.md'), `${page}\n`);
}

const asked = process.argv.slice(2);
const writes = (page: string) => asked.length === 0 || asked.includes(page);
if (writes('cells')) await writeCells();
if (writes('rules')) await writeRules();
if (writes('tasks')) writeTasks();
