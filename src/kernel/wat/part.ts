import type { Layout, Precision } from '../layout.js';
import type { Program } from '../program.js';

/** The phases of a step, in their order. The reference simulator says what happens in each. */
export const phases = [
  'drift',
  'rebase',
  'values',
  'send',
  'receive',
  'fire',
  'list',
  'force',
  'beforeReset',
  'reset',
  'afterReset',
  'settle',
  'learn',
  'update',
  'decay',
  'release',
  'advance',
] as const;
export type Phase = (typeof phases)[number];

/** Code that calls a part's functions, or does without any, by when: in a phase of a step, or as a life begins. */
export type Calls = Readonly<Partial<Record<Phase | 'begin', readonly string[]>>>;

/** What one part of a module adds to its text. Where its arrays stand in memory, a part returns beside this. */
export interface Part {
  functions: readonly string[];
  calls: Calls;
}

/** What all parts are made from. Places are given out in the order in which parts are made. */
export interface Emission {
  program: Program;
  precision: Precision;
  layout: Layout;
  /** Address of each modulator's concentration, by `m.NAME`; its baseline and its decay follow. */
  modulatorAt: ReadonlyMap<string, number>;
}
