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

const modules = new Map<string, WasmModule>();
const most = 256;

/** SHA-256 of a module's text: what it is known by. */
export const textHash = (wat: string) => createHash('sha256').update(wat).digest('hex');

/** The module of a text, compiled once for each. */
export function assemble(wat: string): WasmModule {
  const hash = textHash(wat);
  const known = modules.get(hash);
  if (known) return known;
  if (!assembler) throw new Error('networks are compiled after "await loadAssembler()"');
  const parsed = assembler.parseWat('network.wat', wat, { simd: true, bulk_memory: true });
  try {
    const module = new wasm.Module(parsed.toBinary({}).buffer);
    if (modules.size >= most) modules.delete(modules.keys().next().value!);
    modules.set(hash, module);
    return module;
  } finally {
    parsed.destroy();
  }
}

/** Makes modules known that another thread compiled, by the hash of their text. */
export function adopt(compiled: ReadonlyMap<string, WasmModule>): void {
  for (const [hash, module] of compiled) modules.set(hash, module);
}
