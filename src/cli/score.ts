import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import type { Habitat } from '../evaluate/habitat.js';
import { seeds } from '../evaluate/seeds.js';
import { lifetimeSeedOf } from '../evolve/champion.js';
import { genomeFromFile, type OpenedRun, openRun } from '../evolve/opened-run.js';
import { type Chance, ceilingOf, chanceOf, freshScore, scoreGenome } from '../evolve/reference-scores.js';
import { type RunRequest, resolveRun } from '../evolve/resolve.js';
import type { RunSpec } from '../evolve/run-spec.js';
import { genomeHash, readGenomeFile } from '../genome/genome-file.js';
import { type Learning, learningOf, learns } from '../inspect/learning.js';
import type { Spread } from '../math/statistics.js';
import type { ReportField } from '../report/report.js';
import { vitalsFields } from '../report/vitals.js';
import { UsageError } from '../spec/errors.js';
import { findRun, runFiles } from '../store/run-store.js';
import { bringsNetwork } from '../tasks/table.js';
import { measuresTable } from './measures-table.js';
import { jsonOption, requestFrom, runsOption, wholeNumber, withRunOptions } from './options.js';
import { fields, figure, heading, print, printJson, table } from './output.js';

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

const isGenomeFile = (target: string) => existsSync(target) && statSync(target).isFile();

async function fromRequest(what: string, request: RunRequest, file?: string): Promise<Scored> {
  const { spec, habitat } = await resolveRun(request);
  const genome = file ? genomeFromFile(file, habitat) : habitat.space.start;
  return { what, spec, habitat, genome, seed: seeds.score(spec.seed) };
}

/** The task's measures with plasticity on and off, and of chance: means (SD) over episodes. */
function measuresBeside(
  { measures: { learned, innate } }: Learning,
  { measures: chance = {} }: Chance,
): string {
  const text = (of: Spread | undefined) => (of ? `${figure(of.mean)} (${figure(of.sd)})` : '-');
  return table(
    ['mean (SD)', 'plasticity on', 'plasticity off', 'chance'],
    Object.keys(learned).map((name) => [name, text(learned[name]), text(innate[name]), text(chance[name])]),
  );
}

/** What was innate, what learning added, and what the life of the network was like. */
function learningFields({ innate, gain, vitals }: Learning): ReportField[] {
  const interval = gain.n > 1 ? `, 95 % ${figure(gain.low)} to ${figure(gain.high)}` : '';
  const failing = vitals.filters.filter(({ value, ok }) => !ok && Number.isFinite(value));
  return [
    ['innate (plasticity off)', figure(innate.mean)],
    ['what learning adds', figure(gain.effect) + interval],
    ...vitalsFields(vitals),
    [
      'implausible (filters of fSBI)',
      failing
        .map(({ name, value, low, high }) => `${name}: ${figure(value)}, not ${low} to ${high}`)
        .join('; ') || 'nothing',
    ],
  ];
}

export const score = withRunOptions(
  new Command('score')
    .summary("score a genome file, a run's champion, or the untrained start")
    .description(
      'Scores without evolving: the untrained start when nothing is named, the champion of a run, or a genome file. Of a ' +
        'network that learns it also shows what was innate, what learning added, and what its life was like.',
    )
    .argument('[target]', 'a run, or a genome file such as champion.json; the untrained start when left out'),
)
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
  baldwin score latest --set task.patterns=hexagon   a champion on a pattern it never saw`,
  )
  .action(async (target, options) => {
    let scored: Scored;
    if (target === undefined) {
      scored = await fromRequest('untrained start', requestFrom(undefined, options));
    } else if (isGenomeFile(target)) {
      const file = readGenomeFile(target);
      scored = await fromRequest(
        target,
        {
          file: {
            path: target,
            value: {
              genome: file.genomeSpec,
              connectome: file.connectome.id,
              network: file.network,
              task: file.task,
            },
          },
          ...requestFrom(undefined, options),
        },
        target,
      );
    } else {
      const opened = await openRun(findRun(options.runs, target));
      if (options.genome !== undefined || options.connectome !== undefined) {
        throw new UsageError(
          "A run's champion keeps its own genome spec and connectome: leave these options out.",
        );
      }
      const { spec, habitat } = await resolveRun({
        ...requestFrom(undefined, options),
        file: {
          path: opened.stored.folder,
          value: { ...opened.spec, ...storedConnectome(opened) },
        },
      });
      scored = {
        what: `champion of ${opened.stored.manifest.run}`,
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
    const result = scoreGenome(habitat, genome, scored.seed, { repeats, watches: hasLearned });
    const learning = hasLearned
      ? await learningOf(habitat, genome, scored.seed, repeats, result.episodes)
      : undefined;
    const heldOut = habitat.task.heldOut.length > 0;
    const transfer = heldOut
      ? scoreGenome(habitat, genome, scored.seed, { repeats, set: 'heldOut' })
      : undefined;
    const fresh = options.fresh ? await freshScore(spec, habitat, genome) : undefined;
    const chance = await chanceOf(habitat, spec.seed);
    const ceiling = ceilingOf(habitat);
    if (options.json) {
      printJson({
        what: scored.what,
        score: result.score,
        ...result.measures,
        episodes: result.episodes.map(({ measures, vitals: _vitals, ...episode }) => ({
          ...episode,
          ...measures,
        })),
        ...(transfer
          ? {
              heldOut: {
                score: transfer.score,
                episodes: transfer.episodes.map(({ measures, ...episode }) => ({ ...episode, ...measures })),
              },
            }
          : {}),
        ...(learning ?? {}),
        ...(fresh ? { fresh } : {}),
        seed: spec.seed,
        chance,
        ceiling,
        genomeHash: genomeHash(genome),
      });
      return;
    }
    const shown = [
      ...result.episodes,
      ...(transfer?.episodes.map((e) => ({ ...e, scenario: `${e.scenario} (held out)` })) ?? []),
    ];
    if (result.status === 'failed') print(`failed: ${result.reason}`);
    print(heading(`Score of the ${scored.what}: ${figure(result.score)}`));
    print(
      measuresTable(
        shown.map((episode) => ({ ...episode, heads: [episode.scenario] })),
        ['scenario'],
      ),
    );
    print('');
    if (learning) {
      print(measuresBeside(learning, chance));
      print('');
    }
    print(
      fields([
        ...(learning ? learningFields(learning) : []),
        ...(fresh
          ? [
              [
                'fresh',
                `${figure(fresh.mean)} (sd ${figure(fresh.sd)}, n ${fresh.n}); ${fresh.about}`,
              ] as const,
            ]
          : []),
        ['chance', `${figure(chance.mean)} (sd ${figure(chance.sd)}, n ${chance.n}, ${chance.about})`],
        ['ceiling', `${figure(ceiling.score)} (${ceiling.about})`],
      ]),
    );
  });
