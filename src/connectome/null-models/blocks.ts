import type { RandomStream } from '../../math/random.js';
import type { Connectome } from '../connectome.js';
import type { Draft } from './draft.js';
import {
  blocksOf,
  couldMove,
  exchangeJunctionsWithinBlocks,
  exchangeWithinBlocks,
  junctionsThatCouldMove,
} from './exchange.js';
import type { NullFact } from './model.js';

/** Draws targets anew within blocks of cells, chemical connections first and gap junctions after them. */
export function drawWithinBlocks(draft: Draft, names: readonly string[], stream: RandomStream): void {
  const block = blocksOf(names);
  exchangeWithinBlocks(draft.chemical, block, stream);
  exchangeJunctionsWithinBlocks(draft.gap, block, stream);
}

/** How much of an animal may move within blocks. */
export function blockFacts({ chemical, gap }: Connectome, names: readonly string[]): NullFact[] {
  const block = blocksOf(names);
  return [
    {
      name: 'connectionsThatCouldMove',
      about: 'chemical connections that could exchange their target with another of the same blocks',
      value: couldMove(chemical, block),
    },
    ...(gap.count === 0
      ? []
      : [
          {
            name: 'junctionsThatCouldMove',
            about: 'gap junctions that could exchange an end with another of the same blocks',
            value: junctionsThatCouldMove(gap, block),
          },
        ]),
  ];
}

/** Why nothing can move within blocks. */
export function blockMisfit(connectome: Connectome, names: readonly string[]): string | undefined {
  const movable = blockFacts(connectome, names).reduce((total, { value }) => total + value, 0);
  return movable === 0 ? 'no two connections could exchange their targets' : undefined;
}
