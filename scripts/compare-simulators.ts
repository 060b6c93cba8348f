import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { replayCourse } from '../src/inspect/recorded-life.js';
import { drawsOf } from '../src/kernel/noise.js';
import { record } from '../src/kernel/record.js';
import { ReferenceSimulator } from '../src/kernel/reference.js';
import { deriveSeed } from '../src/math/seed.js';
import type { LifeCourse } from '../src/network/export/life.js';
import { rowsOf } from '../src/network/export/rows.js';
import { type SimulatorName, simulators } from '../src/network/export/simulators.js';
import { npzArrays } from '../src/report/tables/npz.js';
import type { ComparedNetwork } from './simulator-networks.js';

/** What the checks of exported scripts share: an interpreter, scripts, and what Baldwin makes of the same networks. */

const ownSeed = deriveSeed('1', 'compared with other simulators');

export const succeeds = (
  command: string,
  args: readonly string[],
  stdio: 'ignore' | 'inherit' = 'ignore',
): boolean => spawnSync(command, args, { stdio }).status === 0;

/** The interpreter of an environment that is made where there is none; undefined where that fails, as without a network. */
export function installed(folder: string, packages: readonly string[]): string | undefined {
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
export function prepared(
  simulator: SimulatorName,
  { name, about, network, ms, course, seed = ownSeed }: ComparedNetwork,
  folder: string,
) {
  const file = name.replaceAll(/[^\w-]+/g, '_');
  const { text, arrays, remarks } = simulators[simulator].script(network, {
    ...{ title: name, ms, arraysFile: `${file}.npz`, noise: drawsOf(seed) },
    ...(course ? { course } : {}),
  });
  writeFileSync(join(folder, `${file}.py`), text);
  if (arrays.length > 0) writeFileSync(join(folder, `${file}.npz`), npzArrays(arrays));
  const reference = new ReferenceSimulator(network);
  reference.load({ seed });
  const spikesMs: Record<string, readonly ArrayLike<number>[]> = course
    ? spikesOf(reference, course)
    : record(reference, { ms, everySteps: Math.round(ms / network.dtMs) }).spikesMs;
  const weights = reference.weights();
  return {
    ...{ name, about, file, dtMs: network.dtMs, remarks },
    spikesMs: Object.fromEntries(
      Object.entries(spikesMs).map(([population, cells]) => [
        population,
        cells.map((times) => Array.from(times)),
      ]),
    ),
    weights: Object.fromEntries(
      network.projections
        .filter(({ plasticity }) => plasticity)
        .map((projection) => [
          projection.name,
          {
            pre: Array.from(rowsOf(projection)),
            post: Array.from(projection.post),
            before: Array.from(projection.weight, (index) => network.weights[index]!),
            after: Array.from(
              projection.weight,
              (index) => (projection.plasticity!.sign ?? 1) * weights[index]!,
            ),
          },
        ]),
    ),
  };
}

/**
 * Lets a script of Python look at a folder that is filled for it; says so where there is no such Python, and sets the exit code
 * where it finds a fault.
 */
export async function checkedByPython(
  {
    module,
    packages,
    install,
    script,
  }: { module: string; packages: readonly string[]; install?: string | undefined; script: string },
  fill: (folder: string) => void | Promise<void>,
): Promise<void> {
  const python = install === undefined ? (process.env.PYTHON ?? 'python3') : installed(install, packages);
  if (python === undefined || !succeeds(python, ['-c', `import ${module}`])) {
    console.log(
      `${python ?? install} has no ${module}: nothing is compared. PYTHON names another interpreter, --install FOLDER makes one.`,
    );
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), `baldwin-${module}-`));
  try {
    await fill(folder);
    if (!succeeds(python, [resolve(script), folder], 'inherit')) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
