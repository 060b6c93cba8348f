import type { Cells } from '../connectome.js';
import { blockFacts, blockMisfit, drawWithinBlocks } from './blocks.js';
import type { NullModelEntry } from './model.js';

/** A class holds cells of one kind, even where a table names a muscle and a neuron alike. */
export const classNames = ({ classes, kinds }: Cells): string[] =>
  classes.map((name, cell) => `${kinds[cell]} ${name}`);

export const classBlocks: NullModelEntry = {
  summary:
    'other targets among connections between the same classes of cells, gap junctions included: each cell keeps its numbers of connections, and each class its number of connections to each other class',
  keeps: 'each degree, and how many connections lead from each class of cell to each other',
  takes: 'which cell of a class is connected to which',
  gapJunctions: 'drawn',
  misfit: ({ cells, ...rest }) =>
    new Set(classNames(cells)).size === cells.count
      ? 'each of its cells is a class of its own'
      : blockMisfit({ cells, ...rest }, classNames(cells)),
  facts: (connectome) => blockFacts(connectome, classNames(connectome.cells)),
  draw: (draft, { cells }, stream) => drawWithinBlocks(draft, classNames(cells), stream),
};
