import { readFileSync } from 'node:fs';

interface Assembler {
  parseWat(
    name: string,
    wat: string,
    features: object,
  ): { toBinary(options: object): { buffer: Uint8Array } };
}

/** `loops.wat` as a module, in base64. */
export async function assembledLoops(): Promise<string> {
  const { default: initialise } = (await import('wabt')) as unknown as { default: () => Promise<Assembler> };
  const wat = readFileSync(new URL('../../src/math/loops/loops.wat', import.meta.url), 'utf8');
  const module = (await initialise()).parseWat('loops.wat', wat, { simd: true, bulk_memory: true });
  return Buffer.from(module.toBinary({}).buffer).toString('base64');
}
