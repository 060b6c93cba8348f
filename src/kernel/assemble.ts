import { sha256 } from '../spec/sha256.js';

/** The part of the WebAssembly interface used here; Node's types leave it out. */
export const wasm = (
  globalThis as unknown as {
    WebAssembly: {
      Module: new (bytes: Uint8Array) => WasmModule;
      Instance: new (module: WasmModule, imports: object) => { exports: unknown };
    };
  }
).WebAssembly;

/** A compiled module. */
export type WasmModule = object & { readonly __brand?: 'WebAssembly.Module' };

interface Assembler {
  parseWat(
    name: string,
    wat: string,
    features: object,
  ): { toBinary(options: object): { buffer: Uint8Array }; destroy(): void };
}

let assembler: Assembler | undefined;

/**
 * Loads the assembler, which takes a tenth of a second and so is left to whoever will compile networks. Calling it again
 * costs nothing.
 */
export async function loadAssembler(): Promise<void> {
  if (assembler) return;
  const { default: initialise } = (await import('wabt')) as unknown as { default: () => Promise<Assembler> };
  assembler = await initialise();
}

/** A module with what another thread or machine needs in order to have it too. */
export interface Assembled {
  /** SHA-256 of its text. */
  hash: string;
  bytes: Uint8Array;
  module: WasmModule;
}

/** Modules by the hash of their text, the one that was used longest ago first; compiled when somebody uses them. */
const modules = new Map<string, { bytes: Uint8Array; module?: WasmModule }>();
/** How many modules are kept; beyond that, the one that was used longest ago is forgotten. */
export const mostModules = 256;

/** Notes that a module was used last of all. */
function noteUse(hash: string, known: { bytes: Uint8Array; module?: WasmModule }): void {
  modules.delete(hash);
  modules.set(hash, known);
}

function forgetBeyond(most: number): void {
  while (modules.size > most) modules.delete(modules.keys().next().value!);
}

/** SHA-256 of a module's text: what it is known by. */
export const textHash = (wat: string) => sha256(wat);

function bytesOf(wat: string): Uint8Array {
  if (!assembler) throw new Error('networks are compiled after "await loadAssembler()"');
  const parsed = assembler.parseWat('network.wat', wat, { simd: true, bulk_memory: true });
  try {
    // A copy: the assembler's memory is its own.
    return Uint8Array.from(parsed.toBinary({}).buffer);
  } finally {
    parsed.destroy();
  }
}

/**
 * The module of a text, compiled once as long as it is kept: the last `mostModules` that were used are, so that networks
 * whose structure differs by genome do not fill the memory.
 * @throws Error where the module is not known and the assembler was not loaded
 */
export function assemble(wat: string): Assembled {
  const hash = textHash(wat);
  const kept = modules.get(hash);
  const known = kept ?? { bytes: bytesOf(wat) };
  known.module ??= new wasm.Module(known.bytes);
  noteUse(hash, known);
  if (!kept) forgetBeyond(mostModules);
  return { hash, bytes: known.bytes, module: known.module };
}

/**
 * Makes modules known that were assembled elsewhere: their bytes, by the hash of their text. All that are given at once
 * are kept, even where they are more than `mostModules`, until others are assembled.
 */
export function adopt(assembled: ReadonlyMap<string, Uint8Array>): void {
  for (const [hash, bytes] of assembled) noteUse(hash, { bytes });
  forgetBeyond(Math.max(mostModules, assembled.size));
}
