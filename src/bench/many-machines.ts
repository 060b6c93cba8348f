/** A run over a queue as a sequence of events: no clock, no chance, the same table each time. */
import { BatchSizes } from '../evolve/evaluators/batch-sizes.js';
import { jobLimits } from '../evolve/evaluators/queue/queue.js';

interface Cost {
  value: number;
  unit: string;
  about: string;
}

/** Measured on AMD EPYC, 2 cores, Node 20.20.2, Redis 7.0.15, over loopback, with genomes of 3,682 genes. */
const costs = {
  coordinatorJob: { value: 0.55, unit: 'ms', about: 'of the coordinator for a job' },
  coordinatorLife: { value: 0.05, unit: 'ms', about: 'for a life in it' },
  redisJob: { value: 0.35, unit: 'ms', about: 'of Redis for a job' },
  redisLife: { value: 0.035, unit: 'ms', about: 'for a life whose genome crosses whole' },
  redisThinLife: { value: 0.004, unit: 'ms', about: 'for one that crosses as differences' },
  workerJob: { value: 1, unit: 'ms', about: 'of a worker between two jobs' },
  step: { value: 1.5, unit: 'ms', about: 'for the record of a step' },
  network: { value: 125_000, unit: 'bytes a ms', about: 'on the network (1 Gb/s)' },
  life: { value: 29_500, unit: 'bytes', about: 'of a whole life' },
  thinLife: { value: 2_400, unit: 'bytes', about: 'of one as differences from a neighbour in 200 genes' },
} satisfies Record<string, Cost>;

interface Search {
  name: string;
  /** Lives of a step of its preset. */
  population: number;
  /** Whether its population may be raised to fill more workers. */
  grows: boolean;
  /** Ask and tell, milliseconds a life. */
  askTellMs: number;
  /** Whether its genomes share most of their genes, so that differences cross. */
  thin: boolean;
}

const searches: readonly Search[] = [
  { name: 'ga', population: 64, grows: true, askTellMs: 0.024, thin: true },
  { name: 'enomad-ea', population: 210, grows: true, askTellMs: 0.018, thin: true },
  { name: 'enomad-rea', population: 64, grows: true, askTellMs: 0.13, thin: true },
  { name: 'cma-es', population: 28, grows: true, askTellMs: 0.11, thin: false },
  { name: 'openai-es', population: 64, grows: true, askTellMs: 0.053, thin: false },
  { name: 'mads', population: 4, grows: false, askTellMs: 0.28, thin: true },
  { name: 'random', population: 64, grows: true, askTellMs: 0.13, thin: false },
];

/** Bytes and milliseconds of Redis for one life of a job with so many. */
function crossing({ thin }: Search, lives: number) {
  // The first life of a job crosses whole, and the others as differences from it.
  const whole = thin ? 1 : lives;
  return {
    redisMs:
      costs.redisJob.value + whole * costs.redisLife.value + (lives - whole) * costs.redisThinLife.value,
    // In and out of the machine that Redis is on, which go at once.
    networkMs: (whole * costs.life.value + (lives - whole) * costs.thinLife.value) / costs.network.value,
  };
}

/** Lives of a job where there is enough to do. */
const fullJob = 25;

/** What bounds the lives that are asked for and told in a second, however many workers there are. */
function limitOf(search: Search): { livesPerSecond: number; what: string } {
  const { redisMs, networkMs } = crossing(search, fullJob);
  const own = costs.coordinatorLife.value + costs.coordinatorJob.value / fullJob;
  const asks = search.askTellMs > own ? 'the strategy, in the coordinator' : 'messages, in the coordinator';
  const [[what, ms]] = [
    [asks, own + search.askTellMs],
    ['Redis', redisMs / fullJob],
    ['the network', networkMs / fullJob],
  ].sort(([, a], [, b]) => Number(b) - Number(a)) as [[string, number]];
  return { livesPerSecond: 1000 / ms, what };
}

interface Setting {
  lifeMs: number;
  workers: number;
  population: number;
}

/** A worker that is free takes the job that came first. */
function takeEarliest(free: Float64Array): number {
  let earliest = 0;
  for (let worker = 1; worker < free.length; worker++) if (free[worker]! < free[earliest]!) earliest = worker;
  return earliest;
}

/** One step, when costs of lives are known. */
function simulate(
  search: Search,
  { lifeMs, workers, population }: Setting,
): { stepMs: number; busy: number } {
  const sizes = new BatchSizes(jobLimits, () => workers);
  sizes.learn(1, lifeMs);
  const free = new Float64Array(workers);
  let coordinator = population * search.askTellMs + costs.step.value;
  let redis = 0;
  let end = 0;
  for (let left = population; left > 0; ) {
    const lives = Math.min(left, sizes.next(left));
    left -= lives;
    coordinator += costs.coordinatorJob.value + lives * costs.coordinatorLife.value;
    const { redisMs, networkMs } = crossing(search, lives);
    redis = Math.max(redis, coordinator) + Math.max(redisMs, networkMs);
    const worker = takeEarliest(free);
    free[worker] = Math.max(free[worker]!, redis) + costs.workerJob.value + lives * lifeMs;
    end = Math.max(end, free[worker]!);
  }
  const stepMs = Math.max(end, coordinator);
  return { stepMs, busy: (population * lifeMs) / (workers * stepMs) };
}

const workerCounts = [10, 100, 1000];
const lifeTimes = [10, 100, 1000];

const count = (value: number) => Math.round(value).toLocaleString('en');
const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

function limitsTable(): string {
  return [
    row([
      'strategy',
      'lives a second at most',
      'what limits it',
      ...lifeTimes.map((ms) => `workers kept busy by lives of ${ms} ms`),
    ]),
    row(Array(3 + lifeTimes.length).fill('---')),
    ...searches.map((search) => {
      const { livesPerSecond, what } = limitOf(search);
      return row([
        `\`${search.name}\``,
        count(livesPerSecond),
        what,
        ...lifeTimes.map((ms) => count((livesPerSecond * ms) / 1000)),
      ]);
    }),
  ].join('\n');
}

/** Shares of the workers' time in which they live, in percent. */
function sharesTable(population: (search: Search, workers: number) => number): string {
  const cases = lifeTimes.flatMap((lifeMs) => workerCounts.map((workers) => ({ lifeMs, workers })));
  return [
    row(['strategy', ...cases.map(({ lifeMs, workers }) => `${lifeMs} ms, ${count(workers)}`)]),
    row(Array(1 + cases.length).fill('---')),
    ...searches.map((search) =>
      row([
        `\`${search.name}\``,
        ...cases.map(({ lifeMs, workers }) => {
          const { busy } = simulate(search, { lifeMs, workers, population: population(search, workers) });
          return (100 * busy).toFixed(busy < 0.1 ? 1 : 0);
        }),
      ]),
    ),
  ].join('\n');
}

/** How many workers a run can keep busy, by strategy and by how long a life lasts, as Markdown. */
export const machinesReport = (): string =>
  [
    `Costs: ${Object.values(costs)
      .map(({ value, unit, about }) => `${value} ${unit} ${about}`)
      .join('; ')}. Ask and tell as in [performance](results/performance.md), at 3,682 genes.`,
    'Lives a second that one coordinator and one Redis can bear, in jobs of 25 lives:',
    limitsTable(),
    'Share of the time in which workers live, in percent, with the population of each preset (columns: life, workers):',
    sharesTable(({ population }) => population),
    'The same with eight lives a step for each worker, where the strategy has a population that can be raised:',
    sharesTable(({ population, grows }, workers) => (grows ? Math.max(population, 8 * workers) : population)),
  ].join('\n\n');
