import { createHash } from 'node:crypto';
/** The part of the WebAssembly interface used here; Node's types leave it out. */
export const wasm = (
  globalThis as unknown as {
    WebAssembly: {
      Module: new (bytes: Uint8Array) => WasmModule;
      Instance: new (module: WasmModule, imports: object) => { exports: unknown };
    };
  }
).WebAssembly;

/** A compiled module; it can be sent to another thread as it is. */
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

/** Modules by the hash of their text, the one that was used longest ago first. */
const modules = new Map<string, WasmModule>();
/** How many modules are kept; beyond that, the one that was used longest ago is forgotten. */
export const mostModules = 256;

/** Notes that a module was used last of all. */
function noteUse(hash: string, module: WasmModule): void {
  modules.delete(hash);
  modules.set(hash, module);
}

function forgetBeyond(most: number): void {
  while (modules.size > most) modules.delete(modules.keys().next().value!);
}

/** SHA-256 of a module's text: what it is known by. */
export const textHash = (wat: string) => createHash('sha256').update(wat).digest('hex');

/**
 * The module of a text, compiled once as long as it is kept: the last `mostModules` that were used are, so that networks
 * whose structure differs by genome do not fill the memory.
 * @throws Error where the module is not known and the assembler was not loaded
 */
export function assemble(wat: string): WasmModule {
  const hash = textHash(wat);
  const known = modules.get(hash);
  if (known) {
    noteUse(hash, known);
    return known;
  }
  if (!assembler) throw new Error('networks are compiled after "await loadAssembler()"');
  const parsed = assembler.parseWat('network.wat', wat, { simd: true, bulk_memory: true });
  try {
    const module = new wasm.Module(parsed.toBinary({}).buffer);
    noteUse(hash, module);
    forgetBeyond(mostModules);
    return module;
  } finally {
    parsed.destroy();
  }
}

/**
 * Makes modules known that another thread compiled, by the hash of their text. All that are given at once are kept, even
 * where they are more than `mostModules`, until others are compiled.
 */
export function adopt(compiled: ReadonlyMap<string, WasmModule>): void {
  for (const [hash, module] of compiled) noteUse(hash, module);
  forgetBeyond(Math.max(mostModules, compiled.size));
}
