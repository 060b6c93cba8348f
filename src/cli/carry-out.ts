import { relative } from 'node:path';
import type { Connectome } from '../connectome/connectome.js';
import type { EvaluatorHost } from '../evolve/evaluators/evaluator.js';
import { freshSeeds } from '../evolve/reference-scores.js';
import type { Execution } from '../evolve/run.js';
import { connectomeName } from '../evolve/run-connectome.js';
import type { RunResult } from '../evolve/run-result.js';
import type { RunSpec } from '../evolve/run-spec.js';
import { archiveFields } from '../report/archive.js';
import { failureFields, hurdleFields, reusedFields } from '../report/failures.js';
import { freshVerdict } from '../report/fresh.js';
import { heldOutFields } from '../report/held-out.js';
import { spreadText } from '../report/numbers.js';
import { limitsField, objectivesField } from '../report/run.js';
import { validationFields } from '../report/validation.js';
import { StoredRun } from '../store/run-store.js';
import { wiringStudy } from '../study/controls.js';
import { type HostOptions, hostFrom } from './host.js';
import { count, faint, fields, figure, heading, notice, print, printJson } from './output.js';
import { drawPictures } from './pictures.js';
import { ProgressReporter } from './progress.js';
import { hearingStops } from './stopping.js';

export interface Manner extends HostOptions {
  json: boolean;
  pictures: boolean;
  /** Folder of the runs. */
  runs: string;
}

/** Says that what is under way is finished first; there is no waiting for it where nobody is there to live it. */
export function finishing(
  host: EvaluatorHost,
  what: 'step' | 'steps',
  say: (text: string) => void,
): 'end' | undefined {
  if (host.workers === 0) {
    say(
      `No worker is there to finish the ${what} under way: the program ends at once. What was recorded is kept.`,
    );
    return 'end';
  }
  say(`Finishing the ${what} under way, then saving. Once more stops at once; nothing is lost either way.`);
  return undefined;
}

/**
 * Runs with progress on stderr. The first Ctrl-C (or SIGTERM) ends the run after the step under way, the second ends the
 * program at once. Either way the run can be resumed.
 * @param name of the run, for people who look at a queue
 */
export async function carryOut(
  manner: Manner,
  name: string,
  work: (execution: Execution) => Promise<RunResult>,
): Promise<void> {
  const progress = new ProgressReporter();
  let run = '';
  let connectome: Connectome | undefined;
  let spec: RunSpec | undefined;
  const say = (text: string) => {
    progress.stop();
    notice(text);
  };
  const host = await hostFrom(manner, name, say);
  const onFirst = () => finishing(host, 'step', say);
  // Every step so far is on disk; the lock of a process that is gone binds nobody.
  const onSecond = () => {
    progress.stop();
    return host.abandon?.();
  };
  try {
    await hearingStops(onFirst, onSecond, async (asked) => {
      const result = await work({
        workers: host.workers,
        host,
        interrupted: () => asked() !== undefined,
        onNotice: say,
        onProgress: (update) => progress.update(update),
        onLives: (lives) => progress.within(lives),
        onStart: ({ run: id, spec: started, habitat, reference }) => {
          run = id;
          spec = started;
          connectome = habitat.setup.connectome;
          notice(
            `${heading(`Run ${id}`)}: ${started.strategy.name} on ${started.task.name}${started.network === null ? '' : ` with ${connectomeName(started.connectome)}`}, ` +
              `seed ${started.seed}, ${host.workers} worker${host.workers === 1 ? '' : 's'}`,
          );
          notice(
            faint(
              `untrained ${figure(reference.untrained.score)}, chance ${figure(reference.chance.mean)} ` +
                `(sd ${figure(reference.chance.sd)}), ceiling ${figure(reference.ceiling.score)}`,
            ),
          );
        },
      });
      progress.stop();
      const files = manner.pictures && result.best ? await drawn(result.path, say) : [];
      const study = connectome && wiringStudy(connectome, here(result.path));
      const wiring = study === undefined ? null : { tested: false, study };
      if (manner.json) printJson({ ...result, wiring, pictures: files });
      else report(result, spec!, study, files);
      if (result.best === null && result.stopReason !== 'interrupted') process.exitCode = 1;
      if (result.stopReason === 'interrupted') {
        const where = manner.runs === 'runs' ? '' : ` --runs ${manner.runs}`;
        notice(`To go on: baldwin resume ${run}${where}`);
      }
    });
  } finally {
    progress.stop();
    await host.close();
  }
}

/** Pictures are worth having but not worth failing for: the run is already safe. */
async function drawn(folder: string, say: (text: string) => void): Promise<string[]> {
  try {
    return await drawPictures(folder, undefined, 'png', say);
  } catch (error) {
    say(`The pictures could not be drawn: ${(error as Error).message}`);
    return [];
  }
}

const here = (path: string) => relative('', path) || '.';

function report(
  result: RunResult,
  spec: RunSpec,
  study: string | undefined,
  pictures: readonly string[],
): void {
  const { best, reference } = result;
  const judged = best && (Array.isArray(spec.objective) || spec.constraints);
  const record = judged ? new StoredRun(result.path).records[best.step] : undefined;
  const isApart = spec.seeds !== 'common' && best?.fresh.about === freshSeeds;
  const measures = (of: Readonly<Record<string, number>>) => {
    const texts = Object.entries(of).map(
      ([name, value]) => `${name} ${Number.isInteger(value) ? value : value.toFixed(2)}`,
    );
    return texts.length > 0 ? ` (${texts.join(', ')})` : '';
  };
  print('');
  print(heading(`Run ${result.run} ended: ${result.stopReason}`));
  print(
    fields([
      [
        'evaluations',
        `${count(result.evaluations)} in ${count(result.generations)} steps, ${result.seconds.toFixed(1)} s`,
      ],
      ['untrained', figure(reference.untrained.score) + measures(reference.untrained.measures)],
      ...(isApart
        ? [['', faint('in another life than the best: only fresh seeds compare them')] as const]
        : []),
      ...(best
        ? ([
            [result.validation ? 'champion' : 'best', figure(best.score) + measures(best.measures)],
            ['objective', figure(best.objective)],
            ...(record
              ? [...objectivesField(record, best.index), ...limitsField(record, best.index, spec.constraints)]
              : []),
            ...validationFields(result, spec),
            [
              'on fresh seeds',
              `${spreadText(best.fresh)}; untrained ${spreadText(reference.untrained.fresh)}`,
            ],
            ['', faint(best.fresh.about)],
            ['', freshVerdict(best.fresh, reference.untrained.fresh)],
            ...heldOutFields(best, reference),
            ['genes changed', `${count(best.genesChanged)}, L2 ${best.l2.toFixed(2)}`],
          ] as const)
        : ([['best', `none: all ${count(result.evaluations)} candidates failed`]] as const)),
      ...failureFields(result.failures, result.evaluations),
      ...reusedFields(result.reused, result.evaluations, spec.reuse),
      ...hurdleFields(result.fell, result.evaluations, spec),
      ...archiveFields(result.archive),
      ['chance', spreadText(reference.chance, reference.chance.about)],
      ['ceiling', `${figure(reference.ceiling.score)} (${reference.ceiling.about})`],
      ...(study === undefined
        ? []
        : [['wiring', `not tested: "${study}" runs it beside null models`] as const]),
      ['run', here(result.path)],
      ...pictures.map((file) => ['picture', here(file)] as const),
    ]),
  );
}
