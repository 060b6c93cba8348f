/**
 * Archives of several searches side by side: what every search finds is put into one kind of archive, also what `random` and `ga`
 * find. `npx tsx scripts/quality-diversity.ts TASK EVALUATIONS SEEDS MEASURES BINS [STRATEGIES]`, such as
 * `npx tsx scripts/quality-diversity.ts foraging 20000 1,2,3 endX,foodEaten 16,12`.
 */
import { archiveFigures, EliteArchive } from '../src/archives/elites.js';
import { Grid } from '../src/archives/grid.js';
import { seeds } from '../src/evaluate/seeds.js';
import { inProcessEvaluator } from '../src/evolve/evaluators/in-process.js';
import { judged, objectivesOf } from '../src/evolve/objectives.js';
import { problemOf } from '../src/evolve/problem.js';
import { resolveRun } from '../src/evolve/resolve.js';
import { partOf } from '../src/spec/parts/part.js';
import { strategyParts } from '../src/strategies/parts.js';
import { startStrategy } from '../src/strategies/start.js';

const [
  task = 'foraging',
  evaluations = '20000',
  seedList = '1',
  measures = 'endX,foodEaten',
  bins = '16,12',
  names,
] = process.argv.slice(2);
const strategies = names?.split(',') ?? ['random', 'ga', 'map-elites', 'cma-me', 'cma-mae'];

async function filled(strategy: string, seed: number) {
  const keepsArchive = partOf(strategyParts, { name: strategy }).takes.behaviour === true;
  const { spec, habitat } = await resolveRun({
    ...{ task, strategy, seed },
    set: keepsArchive ? [`strategy.measures=${measures}`, `strategy.bins=[${bins}]`] : [],
  });
  const problem = problemOf(spec, habitat);
  const { name, module: _, ...options } = spec.strategy;
  const search = startStrategy(
    name,
    partOf(strategyParts, spec.strategy),
    problem,
    options,
    seeds.strategy(seed),
  );
  const [objective] = objectivesOf(spec.objective);
  const wide = measures.split(',').map((measure, i) => {
    const { low, high } = problem.behaviours.find((one) => one.name === measure)!;
    return { name: measure, low, high, bins: Number(bins.split(',')[i]) };
  });
  const archive = new EliteArchive(new Grid(wide));
  const evaluator = inProcessEvaluator(habitat);
  let [step, spent, searching, living] = [0, 0, 0, 0];
  while (spent < Number(evaluations)) {
    const began = performance.now();
    const candidates = search.ask();
    const asked = performance.now();
    const lives = candidates.map(({ genome }, index) => ({
      genome,
      seed: seeds.lifetime(seed, step, index, spec.seeds),
      repeats: 1,
    }));
    const results = await evaluator.evaluate(lives);
    const outcomes = results.map((result, i) => ({
      status: result.status,
      objectives: [objective!.value(judged(result, candidates[i]!.genome, habitat.space))],
      constraints: [],
      measures: { ...result.behaviour, ...result.measures, energy: result.energy } as Record<string, number>,
    }));
    // A step may go beyond the budget: what is counted does not.
    const counted = outcomes.slice(0, Number(evaluations) - spent);
    archive.add(
      counted.flatMap(({ status, measures: told }, index) => {
        const place = wide.map(({ name: measure, low, high }) =>
          Math.min(high, Math.max(low, told[measure] ?? Number.NaN)),
        );
        const genome = new Float64Array(0);
        const isPlaced = status === 'ok' && !place.some(Number.isNaN);
        const objective = results[index]!.score;
        return isPlaced ? [{ objective, measures: place, genome, step, index }] : [];
      }),
    );
    const lived = performance.now();
    search.tell(outcomes);
    searching += asked - began + (performance.now() - lived);
    living += lived - asked;
    spent += candidates.length;
    step += 1;
  }
  const { coverage, qdScore, best } = archiveFigures(archive, 0);
  return {
    strategy,
    seed,
    evaluations,
    coverage,
    qdScore,
    best,
    searchShare: searching / (searching + living),
  };
}

for (const seed of seedList.split(',').map(Number))
  for (const strategy of strategies) console.log(JSON.stringify(await filled(strategy, seed)));
