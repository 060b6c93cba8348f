/**
 * MAP-Elites, CMA-ME and CMA-MAE beside pyribs, on the linear projection of the 20-dimensional sphere with the same settings:
 * `PYTHON=… npx tsx scripts/check-pyribs.ts [EVALUATIONS] [SEEDS]`, where that Python has pyribs. Without PYTHON, ours alone.
 */
import { spawnSync } from 'node:child_process';
import { archiveFigures } from '../src/archives/elites.js';
import { linearProjection } from '../src/bench/projection.js';
import { median } from '../src/math/statistics.js';
import { realProblem } from '../src/strategies/problem.js';
import { startStrategy } from '../src/strategies/start.js';
import type { StrategyModule } from '../src/strategies/strategy.js';
import { strategies } from '../src/strategies/table.js';

const evaluations = Number(process.argv[2] ?? 54_000);
const seeds = Number(process.argv[3] ?? 5);
const [genes, bins, bound] = [20, 100, 5.12];
const minimum = 0.4 * bound;

interface Found {
  strategy: string;
  coverage: number;
  qdScore: number;
  best: number;
  seconds: number;
}

const emitters = { emitters: 15, population: 36, sigma0: 0.5 };
const settings = {
  'map-elites': { batch: 540, operator: { kind: 'iso-line', iso: 0.01, line: 0.2 } },
  'cma-me': emitters,
  'cma-mae': { ...emitters, minThreshold: 0 },
} as const;

function ours(name: keyof typeof settings, seed: number): Found {
  const all = (value: number) => new Float64Array(genes).fill(value);
  const { behaviours, measuresOf } = linearProjection(genes, bound);
  const problem = realProblem({
    ...{ genes, low: all(-Infinity), high: all(Infinity), start: all(0), step: all(1) },
    ...{ priorLow: all(-bound), priorHigh: all(bound), behaviours },
  });
  const worst = genes * (bound + minimum) * (bound + minimum);
  const module = strategies[name] as unknown as StrategyModule;
  const options = module.options.parse({ ...settings[name], bins: [bins, bins] });
  const began = performance.now();
  const search = startStrategy(name, module, problem, options, `seed ${seed}`);
  for (let spent = 0; spent < evaluations; ) {
    const candidates = search.ask();
    spent += candidates.length;
    search.tell(
      candidates.map(({ genome }) => {
        const square = genome.reduce((sum, x) => sum + (x - minimum) * (x - minimum), 0);
        const objectives = [100 * (1 - square / worst)];
        return { status: 'ok', objectives, constraints: [], measures: measuresOf(genome) };
      }),
    );
  }
  const { coverage, qdScore, best } = archiveFigures(search.archive!.elites, 0);
  return { strategy: name, coverage, qdScore, best: best!, seconds: (performance.now() - began) / 1000 };
}

const program = `
import json, time
import numpy as np, ribs
from ribs.archives import GridArchive
from ribs.emitters import EvolutionStrategyEmitter, IsoLineEmitter
from ribs.schedulers import Scheduler
n, bound, minimum, bins = ${genes}, ${bound}, ${minimum}, ${bins}
worst = n * (bound + minimum) ** 2
reach = n / 2 * bound
for name in ["map-elites", "cma-me", "cma-mae"]:
    for seed in range(1, ${seeds} + 1):
        began = time.time()
        given = dict(solution_dim=n, dims=(bins, bins), ranges=[(-reach, reach)] * 2, seed=seed)
        result = GridArchive(**given)
        archive = GridArchive(learning_rate=0.01, threshold_min=0.0, **given) if name == "cma-mae" else result
        rules = dict(ranker="imp", selection_rule="mu", restart_rule="basic") if name == "cma-mae" else dict(ranker="2imp")
        if name == "map-elites":
            emitters = [IsoLineEmitter(archive, x0=np.zeros(n), iso_sigma=0.01 * 2 * bound, line_sigma=0.2, batch_size=540, seed=seed)]
        else:
            emitters = [EvolutionStrategyEmitter(archive, x0=np.zeros(n), sigma0=0.5, batch_size=36, seed=100 * seed + i, **rules) for i in range(15)]
        scheduler = Scheduler(archive, emitters, result_archive=result) if archive is not result else Scheduler(archive, emitters)
        spent = 0
        while spent < ${evaluations}:
            x = scheduler.ask()
            spent += len(x)
            folded = np.where(np.abs(x) <= bound, x, bound / np.where(x == 0, 1, x))
            measures = np.stack([folded[:, : n // 2].sum(axis=1), folded[:, n // 2 :].sum(axis=1)], axis=1)
            scheduler.tell(100 * (1 - ((x - minimum) ** 2).sum(axis=1) / worst), measures)
        stats = result.stats
        print(json.dumps(dict(strategy="pyribs " + ribs.__version__ + " " + name, coverage=float(stats.coverage),
            qdScore=float(stats.norm_qd_score), best=float(stats.obj_max), seconds=time.time() - began)))
`;

function theirs(python: string): Found[] {
  const { status, stdout, stderr } = spawnSync(python, ['-c', program], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${python}: pyribs did not run: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Found);
}

const names = Object.keys(settings) as (keyof typeof settings)[];
const found = [
  ...names.flatMap((name) => Array.from({ length: seeds }, (_, i) => ours(name, i + 1))),
  ...(process.env.PYTHON ? theirs(process.env.PYTHON) : []),
];
for (const strategy of new Set(found.map((one) => one.strategy))) {
  const runs = found.filter((one) => one.strategy === strategy);
  const told = (field: Exclude<keyof Found, 'strategy'>, scale = 1) => {
    const values = runs.map((run) => scale * run[field]).sort((a, b) => a - b);
    return `${median(values).toFixed(1)} (${values[0]!.toFixed(1)}-${values.at(-1)!.toFixed(1)})`;
  };
  console.log(
    `${strategy.padEnd(26)} coverage ${told('coverage', 100)} %  QD score ${told('qdScore')}  best ${told('best')}  ${told('seconds')} s, n ${runs.length}`,
  );
}
