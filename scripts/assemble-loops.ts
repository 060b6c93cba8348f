/** Writes `src/math/loops/bytes.ts` from `loops.wat`: `npx tsx scripts/assemble-loops.ts`. A test compares the two. */
import { readFileSync, writeFileSync } from 'node:fs';
import { assembledLoops } from '../test/math/assembled-loops.js';

const target = new URL('../src/math/loops/bytes.ts', import.meta.url);
const text = `/** \`loops.wat\` in base64, written by \`scripts/assemble-loops.ts\`. */
export const loopBytes =
  '${await assembledLoops()}';
`;
if (readFileSync(target, { encoding: 'utf8', flag: 'a+' }) !== text) writeFileSync(target, text);
