import type { Expression } from '../../expression/ast.js';
import type { RandomStream } from '../../math/random.js';
import type { Part } from '../part.js';

/** The formula of a hole, as genes say it. */
export interface SaidFormula {
  value: Expression;
  /** Constants that are genes of their own, by the names that the formula has for them. */
  constants: Readonly<Record<string, number>>;
}

/** Throws a message that says why something is not possible. @param reason the end of a sentence */
export type Refuse = (reason: string) => never;

/** A reason as the end of a sentence. */
export const sentence = (reason: string) => `${reason}${/[.?]$/.test(reason) ? '' : '.'}`;

/** How genes say the formula of one hole. `first` is the number of the hole's first gene in the genome. */
export interface FormCoding {
  /** The genes; none where the formula is given. */
  part: Part;
  formula(genome: Readonly<Float64Array>, first: number): SaidFormula;
  /** Sets to 1 what `active` holds of the genes that the formula depends on. */
  markActive(genome: Readonly<Float64Array>, first: number, active: Uint8Array): void;
  /**
   * Writes genes that say a formula over the inputs of the hole, whose constants are numbers.
   * @param genes `[genes of the hole]`
   * @param refuse told why the genes cannot say it
   */
  write(value: Expression, genes: Float64Array, refuse: Refuse): void;
  /** Writes genes that say the same formula by other nodes; absent where there is one way to say it. */
  reorder?(genome: Float64Array, first: number, stream: RandomStream): void;
}

/** What a coding is told of its hole. */
export interface HoleContext {
  hole: string;
  /** How genes are named, and their group. */
  name: string;
  /** Names of the hole's inputs. */
  inputs: readonly string[];
  /** Where the hole stands in its genome spec, for messages. */
  field: string;
}
