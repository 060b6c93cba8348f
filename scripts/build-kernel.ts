/**
 * Assembles src/kernel/*.wat and writes each module, as base64, beside it. With --check it only says whether what is
 * there is up to date.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import initialise from 'wabt';
import { packageRoot } from '../src/spec/library.js';

const folder = join(packageRoot, 'src', 'kernel');
const wabt = await initialise();
let stale = false;
for (const name of readdirSync(folder).filter((file) => file.endsWith('.wat'))) {
  const module = wabt.parseWat(name, readFileSync(join(folder, name), 'utf8'));
  module.validate();
  const binary = Buffer.from(module.toBinary({}).buffer).toString('base64');
  const lines = binary.match(/.{1,100}/g)!.map((line) => `  '${line}'`);
  const text =
    `// Made from ${name} by "npm run kernel": do not edit.\n` +
    `export const wasmBase64 =\n${lines.join(' +\n')};\n`;
  const path = join(folder, `${name}.ts`);
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
    continue;
  }
  let found = '';
  try {
    found = readFileSync(path, 'utf8');
  } catch {
    // Absent is as stale as it gets.
  }
  if (found !== text) {
    stale = true;
    console.error(`src/kernel/${name}.ts is not up to date: run "npm run kernel".`);
  }
}
if (stale) process.exit(1);
