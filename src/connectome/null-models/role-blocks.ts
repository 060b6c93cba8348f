import type { Cells, Connectome } from '../connectome.js';
import { kindNames } from '../schema.js';
import { blockFacts, blockMisfit, drawWithinBlocks } from './blocks.js';
import type { NullModelEntry } from './model.js';

const letters = { s: 'sensory', i: 'inter', m: 'motor' } as const;

/** What a cell is, in words: a neuron's role or roles, otherwise its kind. */
export const roleNames = ({ kinds, roles }: Cells): string[] =>
  kinds.map((kind, cell) => {
    if (kind !== 'n') return kindNames[kind];
    const role = [...roles[cell]!].map((letter) => letters[letter as keyof typeof letters]).join('-');
    return role === '' ? 'role not known' : role;
  });

/** Neurons of which the table says no role; they are one block. */
const withoutRole = ({ cells }: Connectome) =>
  cells.roles.filter((role, cell) => role === '' && cells.kinds[cell] === 'n').length;

export const roleBlocks: NullModelEntry = {
  summary:
    'other targets among connections between cells of the same roles, gap junctions included: each cell keeps its numbers of connections, and each role (sensory, inter, motor and their combinations, muscle, other) its number of connections to each other role',
  keeps: 'each degree, and how many connections lead from each role of cell to each other',
  takes: 'which cell of a role is connected to which',
  gapJunctions: 'drawn',
  misfit: (connectome) =>
    connectome.cells.roles.every((role) => role === '')
      ? 'its table says of no cell whether it is sensory, inter or motor'
      : blockMisfit(connectome, roleNames(connectome.cells)),
  facts: (connectome) => [
    ...blockFacts(connectome, roleNames(connectome.cells)),
    {
      name: 'neuronsWithoutRole',
      about: 'neurons of which the table says no role; they are a block of their own',
      value: withoutRole(connectome),
    },
  ],
  draw: (draft, { cells }, stream) => drawWithinBlocks(draft, roleNames(cells), stream),
};
