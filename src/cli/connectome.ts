import { Command } from '@commander-js/extra-typings';
import { checkConnectome, summarizeConnectome } from '../connectome/check.js';
import type { Connectome } from '../connectome/connectome.js';
import { connectomeNames, loadConnectome } from '../connectome/load.js';
import { connectomeFigure } from '../report/figures/connectome.js';
import { UserError } from '../spec/errors.js';
import { libraryFile } from '../spec/library.js';
import { connectomeCompare } from './connectome-compare.js';
import { connectomeNull, connectomeSub } from './connectome-derive.js';
import { connectomeExport } from './connectome-export.js';
import { connectomeImport } from './connectome-import.js';
import { drawInto } from './draw-into.js';
import { jsonOption, pictureFile } from './options.js';
import { count, faint, fields, heading, notice, print, printJson, table } from './output.js';

/** A connectome, or a notice of why it cannot be used: one bad table is not to hide the others. */
function readable(name: string): Connectome | undefined {
  try {
    return loadConnectome(name);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    notice(error.message);
    return undefined;
  }
}

const nameArgument = ['<name>', 'a connectome by name or path'] as const;

const list = new Command('list')
  .summary('list the connectomes')
  .option(...jsonOption)
  .action((options) => {
    const listed = connectomeNames().flatMap((name) => {
      const connectome = readable(name);
      if (!connectome) return [];
      const { neurons, muscles, others, chemicalPairs, gapPairs } = checkConnectome(connectome).counts;
      const { species, sex, stage, hash } = connectome;
      return [{ name, species, sex, stage, neurons, muscles, others, chemicalPairs, gapPairs, hash }];
    });
    if (options.json) {
      printJson({ connectomes: listed });
      return;
    }
    print(
      table(
        ['name', 'animal', 'neurons', 'muscles', 'others', 'chemical', 'gap'],
        listed.map((row) => [
          row.name,
          [row.species, row.stage, row.sex].join(', '),
          row.neurons,
          row.muscles,
          row.others,
          count(row.chemicalPairs),
          count(row.gapPairs),
        ]),
      ),
    );
  });

function showText(connectome: Connectome): string {
  const summary = summarizeConnectome(connectome);
  const { counts, weights, inDegree, outDegree, signs } = summary;
  return [
    heading(`${summary.id}: ${summary.species}, ${summary.stage}, ${summary.sex}`),
    fields([
      [
        'cells',
        `${counts.neurons} neurons in ${counts.classes} classes, ${counts.muscles} muscles, ${counts.others} others`,
      ],
      [
        'roles',
        summary.roles.map(({ role, cells }) => `${role || 'none'} ${cells}`).join(', ') || 'not known',
      ],
      [
        'transmitters',
        summary.transmitters.map((t) => `${t.transmitter} ${t.cells}`).join(', ') || 'not known',
      ],
      [
        'chemical',
        `${count(counts.chemicalPairs)} pairs, weight ${count(counts.chemicalWeight)} ${summary.weightUnit}`,
      ],
      ['', `${count(counts.neuronToNeuron)} onto neurons, ${count(counts.neuronToMuscle)} onto muscles`],
      [
        'signs',
        `${count(signs.positive)} positive, ${count(signs.negative)} negative, ${count(signs.zero)} zero, ${count(signs.unknown)} not known`,
      ],
      [
        'weights',
        `${weights.min} to ${weights.max}, mean ${weights.mean.toFixed(2)}, median magnitude ${weights.medianMagnitude}, 95 % ${weights.p95Magnitude}`,
      ],
      ['in-degree', `${inDegree.min} to ${inDegree.max}, median ${inDegree.median}`],
      ['out-degree', `${outDegree.min} to ${outDegree.max}, median ${outDegree.median}`],
      ['gap junctions', `${count(counts.gapPairs)} pairs, weight ${count(counts.gapWeight)}`],
      ['licence', connectome.licence.statement],
      ['hash', summary.hash],
    ]),
    '',
    table(
      ['class', 'cells', 'outgoing weight', 'incoming weight'],
      summary.topClasses.map((row) => [row.class, row.cells, count(row.outWeight), count(row.inWeight)]),
    ),
    '',
    table(
      ['strongest', '', 'weight'],
      summary.strongest.map(({ pre, post, weight }) => [pre, `-> ${post}`, weight]),
    ),
    '',
    ...connectome.notes,
    faint(`Cite: ${connectome.citation.join('; ')}`),
  ].join('\n');
}

const show = new Command('show')
  .summary('what a connectome holds')
  .argument(...nameArgument)
  .option(
    '-p, --picture <file>',
    'draw cells, degrees, weights, signs, the adjacency and the body into this file, as PNG or SVG by its ending',
    pictureFile,
  )
  .option(...jsonOption)
  .action(async (name, options) => {
    const connectome = loadConnectome(name);
    const { picture } = options;
    await drawInto(picture, () => connectomeFigure(connectome));
    if (options.json) {
      const { licence, citation, notes, sources, excluded } = connectome;
      const about = { licence, citation, notes, sources, excluded };
      printJson({ ...summarizeConnectome(connectome), ...about, ...(picture ? { picture } : {}) });
    } else {
      print(showText(connectome));
      if (picture !== undefined) print(`picture: ${picture}`);
    }
  });

const check = new Command('check')
  .summary("check a connectome against its format's rules, and count what it holds")
  .description('Exit code 1 when something is wrong.')
  .argument('[name]', 'a connectome by name or path (default: every one)')
  .option(...jsonOption)
  .action((name, options) => {
    const names = name === undefined ? connectomeNames() : [name];
    if (name !== undefined) libraryFile({ folder: 'connectomes', item: 'connectome' }, name);
    const results = names.map((each) => {
      try {
        const connectome = loadConnectome(each);
        return { name: each, hash: connectome.hash, ...checkConnectome(connectome) };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return {
          name: each,
          hash: null,
          ok: false,
          counts: {},
          problems: error.message.split('\n'),
          notices: [],
        };
      }
    });
    if (options.json)
      printJson(
        name === undefined ? { ok: results.every(({ ok }) => ok), connectomes: results } : results[0],
      );
    else {
      for (const result of results) {
        print(heading(`${result.name}: ${result.ok ? 'ok' : 'not ok'}`));
        print(fields(Object.entries(result.counts).map(([field, value]) => [field, count(value)])));
        for (const problem of result.problems) print(`problem: ${problem}`);
        for (const text of result.notices) print(faint(`note: ${text}`));
      }
    }
    if (results.some(({ ok }) => !ok)) process.exitCode = 1;
  });

export const connectome = new Command('connectome')
  .summary('list, show, compare, check, import, export and cut connectomes')
  .addCommand(list)
  .addCommand(show)
  .addCommand(check)
  .addCommand(connectomeCompare)
  .addCommand(connectomeImport)
  .addCommand(connectomeExport)
  .addCommand(connectomeSub)
  .addCommand(connectomeNull);
