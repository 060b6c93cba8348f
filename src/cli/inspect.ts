import { Command } from '@commander-js/extra-typings';
import { openRun } from '../evolve/opened-run.js';
import { formatGenomeFile } from '../genome/genome-file.js';
import type { Effect } from '../inspect/effect.js';
import { type Inspection, livesOf, inspect as look } from '../inspect/inspection.js';
import type { Values } from '../network/model/network.js';
import { inspectionFigure } from '../report/figures/inspection.js';
import { replaceFile } from '../store/files.js';
import { findRun } from '../store/run-store.js';
import { drawInto } from './draw-into.js';
import { jsonOption, pictureFile, runsOption, wholeNumber } from './options.js';
import {
  faint,
  fields,
  figure,
  figuresThatCount,
  heading,
  notice,
  print,
  printJson,
  table,
} from './output.js';
import { vitalsFields } from './vitals-fields.js';

/** Four figures, whatever the size: time constants stand beside learning rates. */
const figureOf = (value: number) => figuresThatCount(value, 4);

const valueText = (value: Values) =>
  typeof value === 'number'
    ? figureOf(value)
    : `${figureOf(Math.min(...value))} to ${figureOf(Math.max(...value))} by synapse`;

function printRules({ rules }: Inspection): void {
  for (const { name, source, projections, text, names } of rules) {
    print(`${heading(name)} on ${projections.join(', ')}\n${faint(`source: ${source}`)}\n`);
    for (const line of text) print(`  ${line}`);
    print('');
    print(
      table(
        ['name', 'unit', ...projections, '', 'about'],
        names.map(({ name: own, unit, about, values, evolved }) => [
          own,
          unit,
          ...projections.map((projection) => (values ? valueText(values[projection]!) : '')),
          evolved ? 'evolved' : '',
          about,
        ]),
      ),
    );
    print('');
  }
}

function printGains({ gains: { columns, rows } }: Inspection): void {
  if (rows.length === 0) return;
  print(heading('What modulators do to cells: gain (cells that have the receptor)'));
  print(
    table(
      ['receptor', 'level', 'on', ...columns],
      rows.map(({ receptor, level, target, acts, gains, cells }) => [
        receptor,
        level,
        `${target} (${acts})`,
        ...gains.map((gain, k) => (gain === null ? '-' : `${figureOf(gain)} (${cells[k]})`)),
      ]),
    ),
  );
  print('');
}

const effectText = ({ effect, low, high, size, failed }: Effect) => [
  figure(effect),
  `${figure(low)} to ${figure(high)}`,
  size === null ? '-' : figure(size),
  failed === 0 ? '' : `${failed} broke down`,
];

function printScores({ scores, vitals, ablations, parameters }: Inspection): void {
  const spread = (of: { mean: number; sd: number; n: number } | null) =>
    of ? `${figure(of.mean)} (sd ${figure(of.sd)}, n ${of.n})` : '-';
  print(heading('Scores') + faint(`  ${scores.about}`));
  print(
    fields([
      ['chance', figure(scores.chance)],
      ['untrained', spread(scores.untrained)],
      ['innate (plasticity off)', scores.innate ? spread(scores.innate) : 'nothing learns'],
      ['learned', spread(scores.learned)],
      ...(scores.gain
        ? [['what learning adds', effectText(scores.gain).slice(0, 2).join(', 95 % ')] as const]
        : []),
      ['held out', scores.heldOut ? spread(scores.heldOut) : 'no scenario is held out'],
      ['ceiling', figure(scores.ceiling)],
    ]),
  );
  print('');
  if (parameters.length > 0) {
    print(heading('What evolved'));
    print(
      table(
        ['gene', 'unit', 'start', 'now'],
        parameters.map(({ name, unit, start, value }) => [name, unit, figureOf(start), figureOf(value)]),
      ),
    );
    print('');
  }
  if (ablations.length > 0) {
    print(heading('What the score loses without it'));
    print(
      table(
        ['taken out', 'effect', '95 % interval', 'effect / sd', ''],
        ablations.map((effect) => [effect.what, ...effectText(effect)]),
      ),
    );
    print('');
  }
  print(heading('The life of the network') + faint('  means; ranges: plausibility filters of fSBI'));
  print(fields(vitalsFields(vitals)));
  print('');
  print(
    table(
      ['filter', 'value', 'plausible', ''],
      // What one life cannot tell is left out.
      vitals.filters
        .filter(({ value }) => Number.isFinite(value))
        .map(({ name, value, low, high, ok }) => [
          name,
          figureOf(value),
          `${low} to ${high}`,
          ok ? '' : 'OUTSIDE',
        ]),
    ),
  );
}

export const inspect = new Command('inspect')
  .summary("what a run's champion is, and what each part of it is good for")
  .description(
    "Shows the rules at work in a run's champion as formulas, what evolved, what modulators do to which cells, its " +
      'scores with plasticity on and off, and what the score loses without each modulator, statement, receptor and ' +
      'plasticity itself: all on lives that evolution never saw.',
  )
  .argument('<run>', 'name of the run, the start of it, "latest", or its folder')
  .option('--lives <n>', 'fresh lives for every condition', wholeNumber(2), 10)
  .option('--picture <file>', 'draw scores, effects and gains, as PNG or SVG by the ending', pictureFile)
  .option('--export <file>', 'write the champion as a genome file, such as genomes/evolved/NAME.json')
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (name, options) => {
    const opened = await openRun(findRun(options.runs, name));
    const total = livesOf(opened, options.lives);
    let lived = 0;
    const inspection = await look(opened, options.lives, (what) => {
      lived += 1;
      if (lived % options.lives === 0) notice(`${what} (${lived} of ${total} lives)`);
    });
    if (options.export !== undefined) {
      const { champion, habitat, spec } = opened;
      replaceFile(options.export, formatGenomeFile(champion, habitat.space, spec, habitat.setup.connectome));
    }
    const title = `${opened.stored.manifest.run}: ${opened.spec.strategy.name} on ${opened.spec.task.name}`;
    await drawInto(options.picture, () => inspectionFigure(title, inspection));
    if (options.json) {
      printJson({ run: opened.stored.manifest.run, ...inspection });
      return;
    }
    printRules(inspection);
    printGains(inspection);
    printScores(inspection);
    if (options.export !== undefined) print(`\nexported: ${options.export}`);
    if (options.picture !== undefined) print(`picture: ${options.picture}`);
  });
