// Makes `npm start` and `npm test` one command each on a fresh machine: installs the locked dependencies when they are
// missing or older than the lockfile, and builds when a source is newer than what was built.
import { execSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Baldwin needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const age = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : age(path));
  }
  return latest;
}

const run = (command) => execSync(command, { stdio: ['ignore', 2, 2] });

if (age('node_modules/.package-lock.json') < age('package-lock.json')) {
  console.error('Installing the locked dependencies (npm ci) …');
  run('npm ci --no-audit --no-fund');
}
const sources = Math.max(newest('src'), ...['tsup.config.ts', 'package.json', 'tsconfig.json'].map(age));
if (age('dist/cli.js') < sources) {
  console.error('Building (npm run build) …');
  run('npm run --silent build');
}
