import { type Habitat, openHabitat } from '../evaluate/habitat.js';
import { LifetimeRunner } from '../evaluate/lifetime.js';
import { inProcessEvaluator } from '../evolve/evaluators/in-process.js';
import { remembering } from '../evolve/evaluators/remembering.js';
import { problemOf } from '../evolve/problem.js';
import { resolveRun } from '../evolve/resolve.js';
import { RandomStream } from '../math/random.js';
import { median } from '../math/statistics.js';
import { drawnGenome } from '../strategies/ga/first-generation.js';
import { startStrategy } from '../strategies/start.js';
import type { StrategyModule } from '../strategies/strategy.js';
import { strategies } from '../strategies/table.js';
import { machineName } from './machine.js';

export interface RulesBenchOptions {
  /** Pairs of lives, and rules that are brought in. */
  pairs: number;
  /** Candidates of the search. */
  candidates: number;
  onNotice?: (message: string) => void;
}

export interface RulesBench {
  machine: string;
  tasks: {
    task: string;
    /** Milliseconds of a life by the built-in rule, and by an evolved one that says the same: medians. */
    builtInMs: number;
    evolvedMs: number;
    /** Median over pairs of evolved over built-in. */
    ratio: number;
    /** Milliseconds to bring in a rule that nobody lived by: check, compile, make ready. */
    bringInMs: { median: number; worst: number };
    rules: number;
  }[];
  /** A search by cgp with its lives in this thread. */
  search: { task: string; candidates: number; lived: number; candidatesPerSecond: number };
}

/** Tasks whose built-in rule is one that the form can say. */
const cases = [
  { task: 'go-no-go', genome: 'go-no-go-form', start: 'c*m.DA' },
  { task: 'reward-driven', genome: 'reward-driven-form', start: 'E*(R - 1)' },
] as const;

async function habitatOf({
  task,
  genome,
  start,
}: (typeof cases)[number]): Promise<{ own: Habitat; form: Habitat }> {
  const { habitat: own } = await resolveRun({ task });
  const { habitat } = await resolveRun({ task, genome });
  const spec = structuredClone(habitat.setup.genome);
  for (const group of spec.genes) {
    if (group.quantity !== 'rule-form') continue;
    for (const hole of Object.values(group.holes)) if (hole.coding === 'graph') hole.start = start;
  }
  return { own, form: await openHabitat({ ...habitat.setup, genome: spec }) };
}

/** Milliseconds of a life. */
function timed(runner: LifetimeRunner, seed: string): number {
  const began = performance.now();
  runner.live(runner.habitat.space.start, seed, 1);
  return performance.now() - began;
}

function broughtIn({ space }: Habitat, runner: LifetimeRunner, rules: number): number[] {
  const stream = RandomStream.from('bench rules');
  const problem = { ...space, objectives: 1, constraints: 0, behaviours: [] };
  const seen = new Set<string>();
  const times: number[] = [];
  while (times.length < rules) {
    const genome = drawnGenome(problem, stream);
    const saying = space.sayingOf(genome);
    if (seen.has(saying)) continue;
    seen.add(saying);
    const began = performance.now();
    try {
      runner.embody(genome);
    } catch {
      // A formula that is refused is not lived.
      continue;
    }
    times.push(performance.now() - began);
  }
  return times;
}

async function search(candidates: number): Promise<RulesBench['search']> {
  const { spec, habitat } = await resolveRun({
    ...{ task: 'go-no-go', genome: 'go-no-go-form', strategy: 'cgp' },
    set: ['seeds=common'],
  });
  const { space } = habitat;
  const module = strategies.cgp as unknown as StrategyModule;
  const { name, ...options } = spec.strategy;
  const strategy = startStrategy(name, module, problemOf(spec, habitat), options, 'bench rules');
  const evaluator = remembering(inProcessEvaluator(habitat), space.sayingOf);
  let [asked, known] = [0, 0];
  const began = performance.now();
  while (asked < candidates) {
    const step = strategy.ask();
    const results = await evaluator.evaluate(
      step.map(({ genome }) => ({ genome, seed: 'bench rules', repeats: 1 })),
    );
    strategy.tell(
      results.map(({ status, score, measures }) => ({
        status,
        objectives: [score],
        constraints: [],
        measures,
      })),
    );
    asked += step.length;
    known += evaluator.reused;
  }
  const seconds = (performance.now() - began) / 1000;
  await evaluator.close();
  return { task: 'go-no-go', candidates: asked, lived: asked - known, candidatesPerSecond: asked / seconds };
}

/** What rules cost whose form evolved: beside built-in ones that say the same, and to bring in. */
export async function benchRules({ pairs, candidates, onNotice }: RulesBenchOptions): Promise<RulesBench> {
  const tasks: RulesBench['tasks'] = [];
  for (const one of cases) {
    onNotice?.(`${one.task}: ${pairs} pairs of lives.`);
    const { own, form } = await habitatOf(one);
    const [builtIn, evolved] = [new LifetimeRunner(own), new LifetimeRunner(form)];
    for (const runner of [builtIn, evolved]) timed(runner, 'warm');
    const times = Array.from({ length: pairs }, (_, pair) => {
      // In turn, so that neither always has the processor as the other left it.
      const [first, second] = pair % 2 === 0 ? [builtIn, evolved] : [evolved, builtIn];
      const [a, b] = [timed(first, `life ${pair}`), timed(second, `life ${pair}`)];
      return pair % 2 === 0 ? { own: a, form: b } : { own: b, form: a };
    });
    const ready = broughtIn(form, evolved, pairs);
    tasks.push({
      task: one.task,
      builtInMs: median(times.map((pair) => pair.own)),
      evolvedMs: median(times.map((pair) => pair.form)),
      ratio: median(times.map((pair) => pair.form / pair.own)),
      bringInMs: { median: median(ready), worst: Math.max(...ready) },
      rules: ready.length,
    });
  }
  onNotice?.(`cgp: ${candidates} candidates.`);
  return { machine: machineName(), tasks, search: await search(candidates) };
}
