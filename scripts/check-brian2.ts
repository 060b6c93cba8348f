/**
 * Runs networks in Brian 2 and compares spikes and weights with Baldwin's reference engine: npx tsx scripts/check-brian2.ts.
 *
 *     --install FOLDER   makes a virtual environment with Brian 2 there first, or takes the one that is there
 *     --parts            runs a small network of every cell, synapse, input and rule too (minutes)
 *     NAME ...           of these networks alone
 *
 * PYTHON names the interpreter (python3 where it does not). Without Brian 2 it says so and checks nothing. It fails where a
 * cell fires otherwise, or a weight is not the same to a billionth of the largest.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { namesIn } from '../src/expression/analysis.js';
import { evaluate } from '../src/expression/evaluate.js';
import { replayCourse } from '../src/inspect/recorded-life.js';
import { drawsOf } from '../src/kernel/noise.js';
import { record } from '../src/kernel/record.js';
import { ReferenceSimulator } from '../src/kernel/reference.js';
import { RandomStream } from '../src/math/random.js';
import { deriveSeed } from '../src/math/seed.js';
import { brian2Script } from '../src/network/export/brian2/script.js';
import type { LifeCourse } from '../src/network/export/life.js';
import { statementAssignment } from '../src/network/model/dynamics.js';
import { plasticityRules } from '../src/network/plasticity/table.js';
import { ruleFiles } from '../src/report/models/rule-files.js';
import { npzArrays } from '../src/report/tables/npz.js';
import { ms, partNetworks } from '../test/network/part-networks.js';
import { type ComparedNetwork, comparedNetworks } from './simulator-networks.js';

const { values: options, positionals } = parseArgs({
  options: { install: { type: 'string' }, parts: { type: 'boolean' } },
  allowPositionals: true,
});
const packages = ['brian2==2.9.*', 'numpy<2.4', 'setuptools'];
const ownSeed = deriveSeed('1', 'compared with other simulators');

const succeeds = (command: string, args: readonly string[], stdio: 'ignore' | 'inherit' = 'ignore') =>
  spawnSync(command, args, { stdio }).status === 0;

/** The interpreter of an environment that is made where there is none; undefined where that fails, as without a network. */
function installed(folder: string): string | undefined {
  const own = resolve(folder, 'bin', 'python');
  if (existsSync(own)) return own;
  const made =
    succeeds(process.env.PYTHON ?? 'python3', ['-m', 'venv', folder]) &&
    succeeds(own, ['-m', 'pip', 'install', '--quiet', ...packages], 'inherit');
  return made ? own : undefined;
}

/** Spike times of a life in a task, by population and cell. */
function spikesOf(simulator: ReferenceSimulator, course: LifeCourse): Record<string, number[][]> {
  const { populations, dtMs } = simulator.network;
  const times: number[][] = populations.flatMap(({ count }) => Array.from({ length: count }, () => []));
  replayCourse(simulator, course, () => {
    for (const cell of simulator.fired()) times[cell]!.push(simulator.step * dtMs);
  });
  let first = 0;
  return Object.fromEntries(
    populations.map(({ name, count }) => {
      first += count;
      return [name, times.slice(first - count, first)];
    }),
  );
}

/** Writes a network as a script, and returns what Baldwin makes of it. */
function prepared(
  { name, about, network, ms: duration, course, seed = ownSeed }: ComparedNetwork,
  folder: string,
) {
  const file = name.replaceAll(/[^\w-]+/g, '_');
  const noise = drawsOf(seed);
  const { text, arrays, remarks } = brian2Script(network, {
    ...{ title: name, ms: duration, arraysFile: `${file}.npz`, noise },
    ...(course ? { course } : {}),
  });
  writeFileSync(join(folder, `${file}.py`), text);
  if (arrays.length > 0) writeFileSync(join(folder, `${file}.npz`), npzArrays(arrays));
  const simulator = new ReferenceSimulator(network);
  simulator.load({ seed });
  const spikesMs = course
    ? spikesOf(simulator, course)
    : record(simulator, { ms: duration, everySteps: Math.round(duration / network.dtMs) }).spikesMs;
  const weights = simulator.weights();
  return {
    ...{ name, about, file, dtMs: network.dtMs, remarks },
    spikesMs: Object.fromEntries(
      Object.entries(spikesMs).map(([population, cells]) => [
        population,
        (cells as readonly ArrayLike<number>[]).map((times) => Array.from(times)),
      ]),
    ),
    weights: Object.fromEntries(
      network.projections
        .filter(({ plasticity }) => plasticity)
        .map(({ name: own, weight, plasticity }) => [
          own,
          {
            before: Array.from(weight, (index) => network.weights[index]!),
            after: Array.from(weight, (index) => (plasticity!.sign ?? 1) * weights[index]!),
          },
        ]),
    ),
  };
}

/** Rules in SymPy, with values for their names and what Baldwin makes of them. */
function preparedRules(folder: string) {
  return Object.entries(plasticityRules).map(([name, rule]) => {
    const file = `rule-${name}`;
    const { text } = ruleFiles(rule, name).find(({ suffix }) => suffix === '.py')!;
    writeFileSync(join(folder, `${file}.py`), text);
    const random = RandomStream.from(deriveSeed('rules in SymPy', name));
    const values = new Map<string, number>(
      Object.entries(rule.parameters).map(([of, { default: value }]) => [of, value]),
    );
    const lists: Record<string, readonly string[]> = {
      'presynaptic spike': rule.onPre,
      'postsynaptic spike': rule.onPost,
      ...(rule.onUpdate ? { [`every ${rule.onUpdate.every}`]: rule.onUpdate.statements } : {}),
      ...rule.onEvent,
    };
    const results = Object.fromEntries(
      Object.entries(lists)
        .filter(([, texts]) => texts.length > 0)
        .map(([event, texts]) => [
          event,
          texts.map((line) => {
            const { value } = statementAssignment(line);
            for (const of of namesIn(value)) if (!values.has(of)) values.set(of, random.uniform());
            return evaluate(value, values);
          }),
        ]),
    );
    return { name, file, values: Object.fromEntries(values), results };
  });
}

async function check(python: string, folder: string): Promise<boolean> {
  const parts = options.parts
    ? partNetworks(true).map(({ part, network }) => ({ name: part, about: '', network, ms }))
    : [];
  const all: ComparedNetwork[] = [...(await comparedNetworks()), ...parts];
  const wanted = all.filter(
    ({ name }) => positionals.length === 0 || positionals.some((of) => name.includes(of)),
  );
  const documents = wanted.map((network) => prepared(network, folder));
  writeFileSync(join(folder, 'networks.json'), JSON.stringify(documents));
  writeFileSync(join(folder, 'rules.json'), JSON.stringify(options.parts ? preparedRules(folder) : []));
  return succeeds(python, [resolve('scripts/check-brian2.py'), folder], 'inherit');
}

const python = options.install === undefined ? (process.env.PYTHON ?? 'python3') : installed(options.install);
if (python === undefined || !succeeds(python, ['-c', 'import brian2'])) {
  console.log(
    `${python ?? options.install} has no Brian 2: nothing is compared. PYTHON names another interpreter, --install FOLDER makes one.`,
  );
} else {
  const folder = mkdtempSync(join(tmpdir(), 'baldwin-brian2-'));
  try {
    if (!(await check(python, folder))) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
