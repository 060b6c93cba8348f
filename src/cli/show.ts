import { Command } from '@commander-js/extra-typings';
import { historyOf } from '../evolve/history.js';
import { resultOf } from '../evolve/recorded.js';
import { storedSpec } from '../evolve/stored-spec.js';
import { findRun, StoredRun } from '../store/run-store.js';
import { prepareTask } from '../tasks/table.js';
import { jsonOption, runsOption } from './options.js';
import { count, faint, fields, figure, heading, notice, print, printJson, table } from './output.js';

export const show = new Command('show')
  .summary('what a run is and how it went')
  .argument('<run>', 'name of the run, the start of it, "latest", or its folder')
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (run, options) => {
    const stored = new StoredRun(findRun(options.runs, run));
    const { manifest } = stored;
    const history = historyOf(stored.records);
    if (options.json) {
      printJson({
        run: manifest.run,
        path: stored.folder,
        status: stored.status,
        started: manifest.started,
        updated: manifest.updated,
        program: manifest.program,
        spec: manifest.spec,
        hashes: manifest.hashes,
        reference: manifest.reference,
        result: manifest.result,
        history,
        notices: stored.notices,
      });
      return;
    }
    for (const text of stored.notices) notice(text);
    const { spec } = await storedSpec(manifest, stored.folder);
    const result = resultOf(manifest);
    const last = history.at(-1);
    print(heading(`Run ${manifest.run}: ${stored.status}`));
    print(
      fields([
        ['started', manifest.started],
        ['strategy', JSON.stringify(spec.strategy)],
        ['task', spec.task.name],
        [
          'scenarios',
          prepareTask(spec.task)
            .scenarios.map(({ name }) => name)
            .join(', '),
        ],
        [
          'connectome',
          spec.network === null
            ? 'none: the task brings its network'
            : `${spec.connectome.id} ${faint(spec.connectome.hash.slice(0, 12))}`,
        ],
        ['genome', spec.genome.name],
        ['objective', JSON.stringify(spec.objective)],
        ['budget', JSON.stringify(spec.budget)],
        ['seed', spec.seed],
        ['evaluations', `${count(last?.evaluations ?? 0)} in ${count(history.length)} steps`],
        ['best', figure(last?.best)],
        ...(result?.best
          ? ([
              [
                'on fresh seeds',
                `${figure(result.best.fresh.mean)} (sd ${figure(result.best.fresh.sd)}, n ${result.best.fresh.n})`,
              ],
              ['genes changed', `${count(result.best.genesChanged)}, L2 ${result.best.l2.toFixed(2)}`],
              ['stopped by', result.stopReason],
            ] as const)
          : []),
      ]),
    );
    if (history.length === 0) return;
    print('');
    const every = Math.max(1, Math.ceil(history.length / 12));
    const shown = history.filter((_, i) => i % every === 0 || i === history.length - 1);
    print(
      table(
        ['step', 'evaluations', 'best', 'q75', 'median', 'q25'],
        shown.map(({ step, evaluations, best, q75, median, q25 }) => [
          step,
          count(evaluations),
          figure(best),
          figure(q75),
          figure(median),
          figure(q25),
        ]),
      ),
    );
  });
