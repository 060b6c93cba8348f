import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import type { Habitat } from '../evaluate/habitat.js';
import { seeds } from '../evaluate/seeds.js';
import { lifetimeSeedOf } from '../evolve/champion.js';
import { genomeFromFile, type OpenedRun } from '../evolve/opened-run.js';
import {
  ceilingOf,
  chanceOf,
  freshScore,
  heldOutCeilingOf,
  oracleOf,
  scoreGenome,
} from '../evolve/reference-scores.js';
import { connectomeIn, type RunRequest, resolveRun } from '../evolve/resolve.js';
import type { RunSpec } from '../evolve/run-spec.js';
import { genomeHash, readGenomeFile } from '../genome/genome-file.js';
import { learningOf, learns } from '../inspect/learning.js';
import { scoreReport } from '../report/score.js';
import { UsageError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { isModulePath } from '../spec/parts/module-files.js';
import { findRun, runFiles } from '../store/run-store.js';
import { bringsNetwork } from '../tasks/table.js';
import { eliteOption, openNamed } from './elite.js';
import { jsonOption, requestFrom, runsOption, wholeNumber, withRunOptions } from './options.js';
import { notice } from './output.js';
import { printReport } from './print-report.js';

interface Scored {
  what: string;
  spec: RunSpec;
  habitat: Habitat;
  genome: Float64Array;
  /** The seed of the lifetime that made it champion, where there is one. */
  seed: string;
}

/** A run holds its own copy of its connectome, which may have changed since. */
const storedConnectome = ({ spec, stored }: OpenedRun) =>
  bringsNetwork(spec.task) ? {} : { connectome: join(stored.folder, runFiles.connectome) };

const isFile = (target: string) => existsSync(target) && statSync(target).isFile();

const isRuleFile = (path: string) =>
  (readJsonFile(path, 'genome or rule file') as { format?: unknown } | null)?.format === 'plasticity-rule/1';

/** Where a run says which rule its weights learn by. */
function ruleFieldOf(task: string | undefined): string {
  // Where no task is named, the default lives on the connectome.
  const brings = task !== undefined && !isModulePath(task) && bringsNetwork({ name: task });
  return brings ? 'task.rule' : 'network.plasticity.rule';
}

/** A path or a name with an ending is meant as a file, unless there is a run of that name. */
function refuseMissingFile(runs: string, target: string): void {
  const isFile = /\.json$|[/\\]/.test(target);
  // A run of a study is named after it.
  const study = target.split('/')[0]!;
  if (isFile && !existsSync(target) && !existsSync(join(runs, study))) {
    throw new UsageError(
      `${target}: there is no such file. Name a genome file such as champion.json in a run's folder, a rule file, or a run ("baldwin runs").`,
    );
  }
}

async function fromRequest(what: string, request: RunRequest, file?: string): Promise<Scored> {
  const { spec, habitat, notices } = await resolveRun(request);
  for (const text of notices) notice(text);
  const genome = file ? genomeFromFile(file, habitat) : habitat.space.start;
  return { what, spec, habitat, genome, seed: seeds.score(spec.seed) };
}

export const score = withRunOptions(
  new Command('score')
    .summary("score a genome file, a rule file, a run's champion, or the untrained start")
    .description(
      'Scores without evolving: the untrained start when nothing is named, the champion of a run, a genome file, or a plasticity ' +
        'rule by which the weights of the task learn. Of a ' +
        'network that learns it also shows what was innate, what learning added, and what its life was like.',
    )
    .argument(
      '[target]',
      'a run, a genome file such as champion.json, or a rule file; the untrained start when left out',
    ),
)
  .option(...eliteOption)
  .option('-n, --episodes <n>', 'how often each scenario is lived', wholeNumber(1))
  .option('--fresh', 'also score on fresh seeds')
  .option(...runsOption)
  .option(...jsonOption)
  .addHelpText(
    'after',
    `
Examples:
  baldwin score                                      the animal's own weights, on the square
  baldwin score --set task.patterns=triangle,circle
  baldwin score latest --set task.patterns=hexagon   a champion on a pattern it never saw
  baldwin score my-rule.json --task reward-driven --fresh   a rule that you wrote`,
  )
  .action(async (target, options) => {
    let scored: Scored;
    if (options.elite !== undefined && (target === undefined || isFile(target))) {
      throw new UsageError(`--elite ${options.elite}: expected a run, in whose archive it is. Name the run.`);
    }
    if (target === undefined) {
      scored = await fromRequest('untrained start', requestFrom(undefined, options));
    } else if (isFile(target) && isRuleFile(target)) {
      const request = requestFrom(undefined, options);
      const set = [...(request.set ?? []), `${ruleFieldOf(request.task)}=${target}`];
      scored = await fromRequest(`rule of ${target}`, { ...request, set });
    } else if (isFile(target)) {
      const file = readGenomeFile(target);
      scored = await fromRequest(
        target,
        {
          file: {
            path: target,
            value: {
              genome: file.genomeSpec,
              connectome: connectomeIn(file),
              network: file.network,
              task: file.task,
            },
          },
          ...requestFrom(undefined, options),
          recorded: true,
        },
        target,
      );
    } else {
      refuseMissingFile(options.runs, target);
      const opened = await openNamed(findRun(options.runs, target), options.elite);
      if ([options.genome, options.connectome, options.null].some((given) => given !== undefined)) {
        throw new UsageError(
          "A run's champion keeps its own genome spec and connectome: leave these options out.",
        );
      }
      const { spec, habitat } = await resolveRun({
        ...requestFrom(undefined, options),
        recorded: true,
        file: {
          path: opened.stored.folder,
          value: { ...opened.spec, ...storedConnectome(opened) },
        },
      });
      scored = {
        what: `${opened.elite ? `elite of cell ${opened.elite.cell}` : 'champion'} of ${opened.stored.manifest.run}`,
        spec,
        habitat,
        genome: opened.champion,
        // The lifetime that made it champion, unless another is asked for.
        seed:
          options.seed === undefined ? lifetimeSeedOf(opened.spec, opened.best) : seeds.score(options.seed),
      };
    }
    const { spec, habitat, genome } = scored;
    const repeats = options.episodes ?? spec.episodes;
    const hasLearned = learns(habitat);
    const result = scoreGenome(habitat, genome, scored.seed, { repeats, watches: true });
    const learning = hasLearned
      ? await learningOf(habitat, genome, scored.seed, repeats, result.episodes)
      : undefined;
    const heldOut = habitat.task.heldOut.length > 0;
    const transfer = heldOut
      ? scoreGenome(habitat, genome, scored.seed, { repeats, set: 'heldOut' })
      : undefined;
    const fresh = options.fresh ? await freshScore(spec, habitat, genome) : undefined;
    const findings = {
      ...{ what: scored.what, result, transfer, learning, fresh },
      chance: await chanceOf(habitat, spec.seed),
      ceiling: ceilingOf(habitat),
      heldOutCeiling: heldOutCeilingOf(habitat),
      oracle: oracleOf(habitat, spec.seed),
      seed: spec.seed,
      genomeHash: genomeHash(genome),
    };
    printReport(scoreReport(findings), options.json);
  });
