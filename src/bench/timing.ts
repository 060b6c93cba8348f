import { inProcessEvaluator } from '../evolve/evaluators/in-process.js';
import { judged, objectivesOf } from '../evolve/objectives.js';
import { problemOf as problemOfRun } from '../evolve/problem.js';
import { resolveRun } from '../evolve/resolve.js';
import { deriveSeed } from '../math/seed.js';
import { partOf } from '../spec/parts/part.js';
import { strategyParts } from '../strategies/parts.js';
import { startStrategy } from '../strategies/start.js';
import type { Outcome, Problem } from '../strategies/strategy.js';
import { functions } from './functions.js';
import { linearProjection } from './projection.js';
import { outcome, type Search, type Searcher } from './search.js';
import { problemOf } from './strategies.js';
import type { Point } from './vectors.js';

export interface Timing {
  strategy: string;
  genes: number;
  /** Mean candidates of a step. */
  population: number;
  steps: number;
  evaluations: number;
  /** Mean milliseconds of ask and tell, a step and an evaluation. */
  askTellMsPerStep: number;
  askTellMs: number;
}

export interface ForagingTiming extends Timing {
  /** Mean milliseconds of one rollout of the strategy's candidates, on one core. */
  rolloutMs: number;
  /** Of ask, tell and rollouts together, what ask and tell take. */
  share: number;
}

/** A measurement ends with the step in which either is reached. */
export interface TimingLimits {
  evaluations: number;
  /** Evaluation included. */
  seconds: number;
}

/** Milliseconds of the processor, so that what else a machine does counts less than by the clock. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const warmSteps = 3;
const warmMs = 500;

/** Milliseconds of the processor of ask and tell, and of evaluation between them, over many steps. A search that stops begins anew. */
async function timeSteps(
  begin: () => Search,
  evaluate: (candidates: readonly { genome: Point }[]) => Promise<Outcome[]> | Outcome[],
  limits: TimingLimits,
) {
  let search = begin();
  let total = { steps: 0, evaluations: 0, askTell: 0, evaluating: 0 };
  const step = async () => {
    if (search.stopped !== undefined) search = begin();
    const before = search.milliseconds ?? 0;
    const asked = processorMs();
    const candidates = search.ask();
    const evaluated = processorMs();
    const outcomes = await evaluate(candidates);
    const telling = processorMs();
    search.tell(outcomes);
    const told = processorMs();
    total.steps += 1;
    total.evaluations += candidates.length;
    total.askTell +=
      search.milliseconds === undefined ? evaluated - asked + (told - telling) : search.milliseconds - before;
    total.evaluating += telling - evaluated;
  };
  const spent = () => total.askTell + total.evaluating;
  do await step();
  while (total.steps < warmSteps && spent() < warmMs);
  // One step may be all that there is time for: then it counts, cold as it is.
  if (spent() < 1000 * limits.seconds) total = { steps: 0, evaluations: 0, askTell: 0, evaluating: 0 };
  while (total.evaluations < limits.evaluations && spent() < 1000 * limits.seconds) await step();
  return total;
}

function timingOf(
  strategy: string,
  genes: number,
  { steps, evaluations, askTell }: Awaited<ReturnType<typeof timeSteps>>,
): Timing {
  return {
    strategy,
    genes,
    population: evaluations / steps,
    steps,
    evaluations,
    askTellMsPerStep: askTell / steps,
    askTellMs: askTell / evaluations,
  };
}

/** Ask and tell on the sphere. */
export async function timeStrategy(strategy: Searcher, genes: number, limits: TimingLimits): Promise<Timing> {
  const test = functions.sphere;
  const f = test.of(genes);
  const { measuresOf } = linearProjection(genes, test.prior);
  const total = await timeSteps(
    () => strategy.create(problemOf(test, genes), deriveSeed('bench timing', genes)),
    (candidates) => candidates.map(({ genome }) => outcome(f(genome), measuresOf(genome))),
    limits,
  );
  return timingOf(strategy.name, genes, total);
}

/**
 * Ask and tell beside the rollouts of a foraging run with the preset's own objective, on one core: what a strategy does
 * depends on what it is told.
 */
export async function timeForaging(
  name: string,
  settings: readonly string[],
  limits: TimingLimits,
): Promise<ForagingTiming> {
  const { spec, habitat } = await resolveRun({ strategy: name, set: settings });
  const { space } = habitat;
  const evaluator = inProcessEvaluator(habitat);
  const { name: strategyName, module: _, ...options } = spec.strategy;
  const module = partOf(strategyParts, spec.strategy);
  const [objective] = objectivesOf(spec.objective);
  const problem: Problem = { ...problemOfRun(spec, habitat), objectives: 1, constraints: 0 };
  const total = await timeSteps(
    () => startStrategy(strategyName, module, problem, options, deriveSeed('bench timing', 'foraging')),
    async (candidates) => {
      const lives = candidates.map(({ genome }) => ({ genome, seed: 'bench', repeats: 1 }));
      const results = await evaluator.evaluate(lives);
      return results.map((result, i) => ({
        status: result.status,
        objectives: [objective!.value(judged(result, candidates[i]!.genome, space))],
        constraints: [],
        measures: { ...result.behaviour, ...result.measures, energy: result.energy },
      }));
    },
    limits,
  );
  return {
    ...timingOf(name, space.genes, total),
    rolloutMs: total.evaluating / total.evaluations,
    share: total.askTell / (total.askTell + total.evaluating),
  };
}
