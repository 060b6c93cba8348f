import { describe, expect, it } from 'vitest';
import { adopt, assemble, mostModules, textHash } from '../../src/kernel/assemble.js';

const textOf = (name: string, k: number) => `(module (global (export "${name}${k}") i32 (i32.const ${k})))`;
const moduleOf = (text: string) => assemble(text).module;

describe('modules', () => {
  it('are compiled once while they are in use, and forgotten when others have been used since', () => {
    const [first, second] = [0, 1].map((k) => moduleOf(textOf('kept', k)));
    for (let k = 2; k < mostModules; k++) assemble(textOf('kept', k));
    expect(moduleOf(textOf('kept', 0))).toBe(first);
    // The one more that is too many takes the place of the second: the first was used after it.
    assemble(textOf('kept', mostModules));
    expect(moduleOf(textOf('kept', 0))).toBe(first);
    expect(moduleOf(textOf('kept', 1))).not.toBe(second);
  });

  it('that were assembled elsewhere are known by the hash of their text, all that come at once', () => {
    // Bytes of another text show that nothing is assembled anew.
    const { bytes } = assemble(textOf('stand-in', 0));
    const texts = Array.from({ length: mostModules + 20 }, (_, k) => textOf('adopted', k));
    adopt(new Map(texts.map((text) => [textHash(text), bytes])));
    const compiled = texts.map((text) => assemble(text));
    for (const [k, { hash, ...known }] of compiled.entries()) {
      expect(hash).toBe(textHash(texts[k]!));
      expect(known.bytes).toBe(bytes);
      expect(moduleOf(texts[k]!)).toBe(known.module);
    }
    // Those beyond what is kept go when something new comes: the first ones, which were used longest ago.
    assemble(textOf('new', 0));
    expect(moduleOf(texts.at(-1)!)).toBe(compiled.at(-1)!.module);
    expect(assemble(texts[0]!).bytes).not.toBe(bytes);
  });

  it('are the same bytes whoever assembles them', () => {
    const { bytes } = assemble(textOf('again', 1));
    const copy = bytes.slice();
    for (let k = 0; k <= mostModules; k++) assemble(textOf('others', k));
    expect(assemble(textOf('again', 1)).bytes).not.toBe(bytes);
    expect(assemble(textOf('again', 1)).bytes).toEqual(copy);
  });
});
