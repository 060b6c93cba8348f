import { describe, expect, it } from 'vitest';
import { adopt, assemble, mostModules, textHash } from '../../src/kernel/assemble.js';

const textOf = (name: string, k: number) => `(module (global (export "${name}${k}") i32 (i32.const ${k})))`;

describe('modules', () => {
  it('are compiled once while they are in use, and forgotten when others have been used since', () => {
    const [first, second] = [0, 1].map((k) => assemble(textOf('kept', k)));
    for (let k = 2; k < mostModules; k++) assemble(textOf('kept', k));
    expect(assemble(textOf('kept', 0))).toBe(first);
    // The one more that is too many takes the place of the second: the first was used after it.
    assemble(textOf('kept', mostModules));
    expect(assemble(textOf('kept', 0))).toBe(first);
    expect(assemble(textOf('kept', 1))).not.toBe(second);
  });

  it('of another thread are used as they are, all that come at once', () => {
    const texts = Array.from({ length: mostModules + 20 }, (_, k) => textOf('adopted', k));
    const given = new Map(texts.map((text) => [textHash(text), {}]));
    adopt(given);
    for (const text of texts) expect(assemble(text)).toBe(given.get(textHash(text)));
    // Those beyond what is kept go when something new comes: the first ones, which were used longest ago.
    assemble(textOf('new', 0));
    expect(assemble(texts.at(-1)!)).toBe(given.get(textHash(texts.at(-1)!)));
    expect(assemble(texts[0]!)).not.toBe(given.get(textHash(texts[0]!)));
  });
});
