import { loopBytes } from './bytes.js';

/** The part of the WebAssembly interface used here; Node's types leave it out. */
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface Loops {
  memory: Memory;
  tridiagonalise(
    a: number,
    n: number,
    q: number,
    p: number,
    diagonal: number,
    beside: number,
    halfSquares: number,
  ): void;
  reflect(
    a: number,
    halfSquares: number,
    rows: number,
    stride: number,
    fours: number,
    first: number,
    after: number,
    step: 1 | -1,
  ): void;
  addOuter(a: number, n: number, rows: number, stride: number, factors: number, fours: number): void;
  normals(state: number, layers: number, into: number, count: number, open: number): number;
}

const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object, imports: object) => { exports: unknown };
  };
};

let loaded: Loops | undefined;

/** Compiled when first used: a millisecond. */
export function loops(): Loops {
  loaded ??= new wasm.Instance(new wasm.Module(Buffer.from(loopBytes, 'base64')), {}).exports as Loops;
  return loaded;
}

const PAGE = 65_536;
export const BYTES = 8;

/** Arrays of these lengths one after the other in the loops' memory, which holds nothing from one call to the next. */
export function arrays(memory: Memory, lengths: readonly number[]): Float64Array[] {
  const needed = lengths.reduce((sum, length) => sum + length, 0) * BYTES;
  const pages = Math.ceil(needed / PAGE) - memory.buffer.byteLength / PAGE;
  if (pages > 0) memory.grow(pages);
  let from = 0;
  return lengths.map((length) => {
    const array = new Float64Array(memory.buffer, from, length);
    from += length * BYTES;
    return array;
  });
}
