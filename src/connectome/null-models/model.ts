import type { RandomStream } from '../../math/random.js';
import type { Connectome } from '../connectome.js';
import type { Draft } from './draft.js';

/** A number that a null model says of an animal before anything is drawn. */
export interface NullFact {
  /** Its name in JSON. */
  name: string;
  about: string;
  value: number;
}

/** A control: it draws part of a connectome anew and keeps the rest. */
export interface NullModelEntry {
  /** What is drawn anew and how. It stands in the help, and in the notes of every table made, so that it enters their hash. */
  summary: string;
  /** What of the animal it keeps, as the end of "it keeps …". */
  keeps: string;
  /** What of the animal it takes away, as the end of "it takes away …". */
  takes: string;
  gapJunctions: 'stay' | 'drawn';
  /** Why nothing could be drawn anew in this connectome; nothing where it can. */
  misfit: (connectome: Connectome) => string | undefined;
  /** How much of this connectome it could change. */
  facts?: (connectome: Connectome) => NullFact[];
  /** Draws a draft anew, in place. The draft begins as the animal. */
  draw: (draft: Draft, connectome: Connectome, stream: RandomStream) => void;
}
