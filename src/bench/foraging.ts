import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Habitat, type LifetimeSetup, openHabitat } from '../evaluate/habitat.js';
import { LifetimeRunner } from '../evaluate/lifetime.js';
import type { Life } from '../evolve/evaluators/evaluator.js';
import { inProcessEvaluator } from '../evolve/evaluators/in-process.js';
import { poolHost } from '../evolve/evaluators/pool.js';
import { genomeOf, readGenomeFile } from '../genome/genome-file.js';
import { RandomStream } from '../math/random.js';
import { median } from '../math/statistics.js';
import { isAccumulating } from '../network/files/network-spec.js';
import { UsageError } from '../spec/errors.js';
import { packageRoot } from '../spec/library.js';
import { emptyWormTrace } from '../tasks/worm/trace.js';
import { compileC } from './compile-c.js';
import { machineName } from './machine.js';
import { rate } from './rate.js';

export interface ForagingBenchOptions {
  /** For each measurement. */
  seconds: number;
  /** Rounds in which everything is measured in turn; medians are reported. */
  rounds: number;
  /** Threads of the measurement on all cores. */
  workers: number;
  /** Told of each step. */
  onNotice?: (message: string) => void;
}

export interface ForagingBench {
  machine: string;
  genomes: string;
  rolloutsPerSecond: { one: number; all: number; workers: number; reference: number; c: number | null };
  /** Medians of the ratios within each round. */
  ratios: { oneToC: number | null; allToOne: number; oneToReference: number };
  /** Other genomes, on one core: how fast a life is depends on how much the network fires. */
  others: { genomes: string; one: number; c: number | null; oneToC: number | null }[];
  /** Whether C gave the same scores, to 1e-6. */
  cAgrees: boolean | null;
  rounds: { one: number; all: number; reference: number; c: number | null }[];
}

const genomeCount = 64;
const changes = 30;

/** The untrained worm and 63 neighbours with 30 weights drawn anew: what a population is like. */
function neighbours({ space }: Habitat): Float64Array[] {
  const { start, priorLow, priorHigh, genes } = space;
  const random = RandomStream.from('bench foraging');
  return Array.from({ length: genomeCount }, (_, i) => {
    const genome = Float64Array.from(start);
    if (i > 0) {
      for (const gene of random.sample(genes, changes)) {
        genome[gene] = random.uniformIn(priorLow[gene]!, priorHigh[gene]!);
      }
    }
    return genome;
  });
}

/** Genomes like those late in a run, and like the first ones of a run that starts anywhere. */
function otherGenomes({ space, setup }: Habitat): Record<string, Float64Array[]> {
  const { priorLow, priorHigh, genes } = space;
  const random = RandomStream.from('bench foraging, others');
  const drawn = (gene: number) => random.uniformIn(priorLow[gene]!, priorHigh[gene]!);
  const file = join(packageRoot, 'genomes', 'evolved', 'foraging-square-ga.json');
  const champion = genomeOf(readGenomeFile(file), space, setup.connectome, file);
  return {
    'evolved: a champion of 20,000 evaluations with 5 weights drawn anew': Array.from(
      { length: genomeCount },
      () => {
        const genome = Float64Array.from(champion);
        for (const gene of random.sample(genes, 5)) genome[gene] = drawn(gene);
        return genome;
      },
    ),
    'random: every weight drawn anew': Array.from({ length: genomeCount }, () =>
      Float64Array.from({ length: genes }, (_, gene) => drawn(gene)),
    ),
  };
}

function thresholdOf({ network }: LifetimeSetup): number {
  if (network === null || !isAccumulating(network))
    throw new UsageError('bench foraging measures the accumulate-and-fire network.');
  return network.threshold;
}

/** The table that the C program reads. */
function tableFor(habitat: Habitat, genomes: readonly Float64Array[]): string {
  const { setup, task, embodied, space } = habitat;
  const { connectome } = setup;
  const { cells, chemical } = connectome;
  const { network } = embodied;
  const row = new Int32Array(cells.count + 1);
  for (const pre of chemical.pre) row[pre + 1]! += 1;
  for (let i = 0; i < cells.count; i++) row[i + 1]! += row[i]!;
  const trace = emptyWormTrace();
  task.live(task.scenarios[0]!, 'bench', new LifetimeRunner(habitat).embody(genomes[0]!), trace);
  const steps = trace.x.length - 1;
  const ports = [...network.inputs, ...network.outputs].map(({ cells: of }) => [of.length, ...of].join(' '));
  return [
    [
      cells.count,
      chemical.count,
      network.inputs.length,
      network.outputs.length,
      trace.food.x.length,
      steps,
    ].join(' '),
    `${thresholdOf(setup)} ${genomes.length}`,
    cells.kinds.map((kind) => (kind === 'n' ? 1 : 0)).join(' '),
    row.join(' '),
    chemical.post.join(' '),
    ...ports,
    trace.food.x.join(' '),
    trace.food.y.join(' '),
    ...genomes.map((genome) => space.decode(genome).join(' ')),
    '',
  ].join('\n');
}

/**
 * Rollouts of 250 world steps a second: on one core, on all, and by a plain C program of the same sweep, in turn within
 * each round so that ratios hold on a machine whose speed drifts.
 */
export async function benchForaging(habitat: Habitat, options: ForagingBenchOptions): Promise<ForagingBench> {
  const genomes = neighbours(habitat);
  const lives: Life[] = genomes.map((genome) => ({ genome, seed: 'bench', repeats: 1 }));
  const one = inProcessEvaluator(habitat);
  const reference = inProcessEvaluator(await openHabitat({ ...habitat.setup, engine: 'reference' }));
  const host = poolHost({ workers: options.workers });
  const all = host.evaluatorOf(habitat);
  const folder = mkdtempSync(join(tmpdir(), 'baldwin-bench-'));
  try {
    const program = compileC('foraging', folder);
    const path = join(folder, 'table.txt');
    if (program) writeFileSync(path, tableFor(habitat, genomes));
    const c = program && ((seconds: number) => program(path, seconds));
    if (!c) options.onNotice?.('No C compiler was found: there is no comparison with C.');
    options.onNotice?.('Warming up.');
    await rate(one, lives, 1);
    await rate(all, lives, 1);
    await rate(reference, lives, 1);
    const rounds: ForagingBench['rounds'] = [];
    for (let round = 0; round < options.rounds; round++) {
      const result = {
        one: await rate(one, lives, options.seconds),
        all: await rate(all, lives, options.seconds),
        reference: await rate(reference, lives, options.seconds),
        c: c ? c(options.seconds)[0]! : null,
      };
      rounds.push(result);
      options.onNotice?.(
        `Round ${round + 1} of ${options.rounds}: one core ${result.one.toFixed(0)}, ` +
          `${options.workers} workers ${result.all.toFixed(0)}, reference ${result.reference.toFixed(0)}, C ${result.c?.toFixed(0) ?? '-'} rollouts a second.`,
      );
    }
    const others: ForagingBench['others'] = [];
    for (const [name, of] of Object.entries(otherGenomes(habitat))) {
      options.onNotice?.(`${name} …`);
      if (program) writeFileSync(path, tableFor(habitat, of));
      const theirLives = of.map((genome): Life => ({ genome, seed: 'bench', repeats: 1 }));
      const pairs: { one: number; c: number | null }[] = [];
      for (let round = 0; round < options.rounds; round++) {
        pairs.push({
          one: await rate(one, theirLives, options.seconds),
          c: c ? c(options.seconds)[0]! : null,
        });
      }
      others.push({
        genomes: name,
        one: median(pairs.map((pair) => pair.one)),
        c: c ? median(pairs.map((pair) => pair.c!)) : null,
        oneToC: c ? median(pairs.map((pair) => pair.one / pair.c!)) : null,
      });
    }
    if (program) writeFileSync(path, tableFor(habitat, genomes));
    const ours = (await one.evaluate(lives)).map(({ score }) => score);
    const theirs = c?.(0.01).slice(1);
    return {
      machine: machineName(),
      genomes: `${genomeCount}: the untrained worm and neighbours with ${changes} weights drawn anew`,
      rolloutsPerSecond: {
        one: median(rounds.map((round) => round.one)),
        all: median(rounds.map((round) => round.all)),
        workers: options.workers,
        reference: median(rounds.map((round) => round.reference)),
        c: c ? median(rounds.map((round) => round.c!)) : null,
      },
      ratios: {
        oneToC: c ? median(rounds.map((round) => round.one / round.c!)) : null,
        allToOne: median(rounds.map((round) => round.all / round.one)),
        oneToReference: median(rounds.map((round) => round.one / round.reference)),
      },
      others,
      cAgrees: theirs ? theirs.every((score, i) => Math.abs(score - ours[i]!) < 1e-6) : null,
      rounds,
    };
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
