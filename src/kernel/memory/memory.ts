import { lanes, type Precision } from '../layout.js';
import type { Program } from '../program.js';
import type { ModulePlaces, ModuleText } from '../wat/module.js';

/** The memory of a compiled network: what stands where, and all of its bytes, read in three ways. */
export interface Memory {
  program: Program;
  places: ModulePlaces;
  precision: Precision;
  /** Bytes of a number in the module's precision. */
  size: number;
  /** In the module's precision. */
  numbers: Float32Array | Float64Array;
  words: Int32Array;
  doubles: Float64Array;
}

export const memoryOf = (
  program: Program,
  { places, precision }: ModuleText,
  buffer: ArrayBuffer,
): Memory => ({
  program,
  places,
  precision,
  size: lanes[precision].bytes,
  numbers: precision === 'f32' ? new Float32Array(buffer) : new Float64Array(buffer),
  words: new Int32Array(buffer),
  doubles: new Float64Array(buffer),
});
