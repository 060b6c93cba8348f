/**
 * Rebuilds every table under connectomes/ from its recipe and the raw published files, which are not part of the
 * repository, and compares it with the committed file byte for byte. Also checks connectomes/schema.json.
 *
 *   npx tsx scripts/build-connectomes.ts [--write] [RAW_FOLDER]
 *
 * Without RAW_FOLDER the files are looked for in ../shared/data/connectomes beside the repository; where that is
 * absent, tables are left unchecked with a notice. Exit code 1 on a difference; --write rewrites instead.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildFromRecipe, parseRecipe } from '../src/connectome/import/recipe.js';
import { formatTable, formatTableSchema } from '../src/connectome/write.js';
import { UserError } from '../src/spec/errors.js';
import { readJsonFile } from '../src/spec/json-file.js';
import { packageRoot } from '../src/spec/library.js';

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const rawFolder = resolve(positionals[0] ?? join(packageRoot, '../shared/data/connectomes'));
const shelf = join(packageRoot, 'connectomes');

/** Compares a built file with the committed one, or rewrites it. Returns whether they agree. */
function settle(file: string, text: string): boolean {
  const path = join(shelf, file);
  const committed = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (committed === text) {
    console.log(`${file}: as built`);
    return true;
  }
  if (values.write) {
    writeFileSync(path, text);
    console.log(`${file}: written`);
    return true;
  }
  console.error(
    `${file}: ${committed === undefined ? 'missing' : 'differs from what is built'}; --write rewrites it`,
  );
  return false;
}

function buildAll(): boolean {
  let agree = settle('schema.json', formatTableSchema());
  if (!existsSync(rawFolder)) {
    console.log(`No raw data at ${rawFolder}: tables were not rebuilt.`);
    return agree;
  }
  for (const file of readdirSync(join(shelf, 'recipes')).sort()) {
    const path = join(shelf, 'recipes', file);
    const recipe = parseRecipe(readJsonFile(path, 'connectome recipe'), path);
    const text = formatTable(buildFromRecipe(recipe, rawFolder, path));
    agree = settle(`${recipe.table.id}.json`, text) && agree;
  }
  return agree;
}

try {
  process.exitCode = buildAll() ? 0 : 1;
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
