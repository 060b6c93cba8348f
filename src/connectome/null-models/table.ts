import { classBlocks } from './class-blocks.js';
import { erdosRenyi } from './erdos-renyi.js';
import { mirror } from './mirror.js';
import { rewired } from './rewired.js';
import { roleBlocks } from './role-blocks.js';
import { signs } from './signs.js';
import { weights } from './weights.js';

/** Controls that keep some of an animal and lose the rest, in order of how much they keep. */
export const nullModels = {
  signs,
  weights,
  mirror,
  'class-blocks': classBlocks,
  'role-blocks': roleBlocks,
  rewired,
  'erdos-renyi': erdosRenyi,
} as const;

export type NullModel = keyof typeof nullModels;

export const nullModelNames = Object.keys(nullModels) as NullModel[];
