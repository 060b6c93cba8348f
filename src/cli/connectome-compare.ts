import { Command } from '@commander-js/extra-typings';
import { compareConnectomes, type Overlap } from '../connectome/comparison.js';
import { loadConnectome } from '../connectome/load.js';
import { comparisonFigure } from '../report/figures/connectome-comparison.js';
import { drawInto } from './draw-into.js';
import { jsonOption, pictureFile } from './options.js';
import { count, fields, heading, print, printJson, table } from './output.js';

export const connectomeCompare = new Command('compare')
  .summary('what two connectomes share, by the names of their cells')
  .argument('<first>', 'a connectome by name or path')
  .argument('<second>', 'another')
  .option(
    '-p, --picture <file>',
    'draw overlaps, shared weights, degrees and weights of both into this file, as PNG or SVG by its ending',
    pictureFile,
  )
  .option(...jsonOption)
  .addHelpText(
    'after',
    `
Example: how alike are the brains of two adults?
  baldwin connectome compare c-elegans-witvliet-2021-7 c-elegans-witvliet-2021-8 --picture adults.png`,
  )
  .action(async (one, other, options) => {
    const [first, second] = [loadConnectome(one), loadConnectome(other)];
    const comparison = compareConnectomes(first, second);
    const { picture } = options;
    await drawInto(picture, () => comparisonFigure(first, second));
    if (options.json) {
      printJson({ first: first.id, second: second.id, ...comparison, ...(picture ? { picture } : {}) });
      return;
    }
    const row = (what: string, { both, first: a, second: b, jaccard }: Overlap) => [
      what,
      count(both),
      count(a),
      count(b),
      jaccard.toFixed(3),
    ];
    const { signs, weightCorrelation } = comparison.chemical;
    const names = (list: readonly string[]) =>
      list.length === 0
        ? 'none'
        : list.slice(0, 12).join(', ') + (list.length > 12 ? `, … (${list.length})` : '');
    print(heading(`${first.id} and ${second.id}`));
    print(
      table(
        ['what', 'in both', 'first alone', 'second alone', 'Jaccard'],
        [
          row('cells', comparison.cells),
          row('classes', comparison.classes),
          row('chemical', comparison.chemical),
          row('gap junctions', comparison.gap),
        ],
      ),
    );
    print('');
    print(
      fields([
        ['connections', 'counted among the cells that both have, by presence'],
        ['signs', `${count(signs.equal)} of ${count(signs.compared)} alike, where both have one`],
        [
          'weights',
          weightCorrelation === null
            ? 'too few shared connections'
            : `correlation ${weightCorrelation.toFixed(3)} of log(1 + weight)`,
        ],
        ['first alone', names(comparison.only.first)],
        ['second alone', names(comparison.only.second)],
      ]),
    );
    if (picture !== undefined) print(`picture: ${picture}`);
  });
