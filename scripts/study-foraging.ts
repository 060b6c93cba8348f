/**
 * The foraging study: every strategy named below at equal evaluations, several seeds, on each pattern. Prints its table
 * as Markdown, and with --write puts it into bench/RESULTS.md. About a minute on two cores.
 *
 *   npm run study:foraging -- [--seeds 5] [--write]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { quantile } from '../src/evolve/history.js';
import { resolveRun } from '../src/evolve/resolve.js';
import { type RunResult, startRun } from '../src/evolve/run.js';
import { packageRoot } from '../src/spec/library.js';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '5' }, write: { type: 'boolean', default: false } },
});
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
const patterns = ['square', 'triangle', 'pentagon'];
const entries = [
  { strategy: 'ga', evaluations: 6400 },
  { strategy: 'random', evaluations: 6400 },
];

const folder = mkdtempSync(join(tmpdir(), 'baldwin-study-'));
const began = performance.now();

async function runOne(
  strategy: string,
  evaluations: number,
  pattern: string,
  seed: number,
): Promise<RunResult> {
  const heldOut = patterns.filter((other) => other !== pattern);
  const resolved = resolveRun({
    strategy,
    seed,
    budget: { evaluations },
    set: [`task.patterns=${pattern}`, `task.heldOut=${heldOut.join(',')}`],
  });
  return startRun(resolved, folder, 'run', { workers: availableParallelism() });
}

const numbers = (of: readonly number[]) => {
  const sorted = [...of].sort((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { mean, q25: quantile(sorted, 0.25), median: quantile(sorted, 0.5), q75: quantile(sorted, 0.75) };
};
const whole = (value: number) => value.toFixed(0);
const range = (of: readonly number[]) => `${whole(Math.min(...of))}-${whole(Math.max(...of))}`;

const rows: string[] = [];
try {
  for (const { strategy, evaluations } of entries) {
    for (const pattern of patterns) {
      const results: RunResult[] = [];
      for (const seed of seeds) results.push(await runOne(strategy, evaluations, pattern, seed));
      const champions = results.map(({ best }) => best!);
      const score = numbers(champions.map((best) => best.score));
      const fresh = numbers(champions.map((best) => best.fresh.mean));
      const transfer = numbers(champions.map((best) => best.heldOut!.score / 2));
      const evaluated = new Set(results.map((result) => result.evaluations));
      rows.push(
        `| ${strategy} | ${pattern} | ${[...evaluated].map((n) => n.toLocaleString('en-US')).join('/')} | ` +
          `${champions.map((best) => whole(best.score)).join(', ')} | ${whole(score.mean)} | ${whole(score.median)} ` +
          `(${whole(score.q25)}-${whole(score.q75)}) | ${range(champions.map((best) => best.measures.foodEaten!))} | ` +
          `${range(champions.map((best) => best.genesChanged))} | ${range(champions.map((best) => best.l2))} | ` +
          `${whole(fresh.mean)} | ${whole(transfer.mean)} |`,
      );
      console.error(rows.at(-1));
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const seconds = (performance.now() - began) / 1000;
const report = [
  `Machine: ${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.versions.node}; ` +
    `${whole(seconds)} s in all. Command: \`npm run study:foraging -- --write\`. Seeds ${seeds.join(', ')}.`,
  '',
  '| strategy | pattern | evaluations | raw scores by seed | mean | median (quartiles) | food eaten | weights changed | L2 | fresh mean | transfer mean |',
  '|---|---|---|---|---|---|---|---|---|---|---|',
  ...rows,
].join('\n');
console.log(report);

if (values.write) {
  const path = join(packageRoot, 'bench', 'RESULTS.md');
  const text = readFileSync(path, 'utf8');
  const between = /(<!-- study:foraging -->\n)[\s\S]*?(\n<!-- \/study:foraging -->)/;
  if (!between.test(text)) throw new Error(`${path} has no place for the study's table`);
  writeFileSync(
    path,
    text.replace(between, (_, before: string, after: string) => `${before}${report}${after}`),
  );
}
