import type { Constraint } from '../evolve/constraints.js';
import { historyOf } from '../evolve/history.js';
import { bestOf } from '../evolve/incumbent.js';
import { referenceOf, resultOf } from '../evolve/recorded.js';
import { connectomeName } from '../evolve/run-connectome.js';
import type { RunSpec } from '../evolve/run-spec.js';
import { recordedSpec } from '../evolve/stored-spec.js';
import { count } from '../figure/theme.js';
import { UserError } from '../spec/errors.js';
import type { Lineage } from '../store/manifest.js';
import type { StoredRun } from '../store/run-store.js';
import type { StepRecord } from '../store/steps.js';
import { tagsOf } from '../store/tags.js';
import { prepareTask } from '../tasks/table.js';
import { archiveFields } from './archive.js';
import { failureFields, hurdleFields, reusedFields } from './failures.js';
import { freshVerdict } from './fresh.js';
import { heldOutFields } from './held-out.js';
import { figure, spreadText } from './numbers.js';
import type { Report, ReportField, ReportSection } from './report.js';
import { partText, settingsText } from './settings.js';
import { validationFields } from './validation.js';

const objectiveText = ({ objective }: RunSpec) =>
  [objective]
    .flat()
    .map(({ name, ...options }) => partText({ name: name ?? 'score-sparse', ...options }))
    .join('; ');

type History = ReturnType<typeof historyOf>;

/** At most so many steps are listed. */
const mostSteps = 12;

function stepsSection(history: History): ReportSection {
  const every = Math.max(1, Math.ceil(history.length / mostSteps));
  const shown = history.filter((_, i) => i % every === 0 || i === history.length - 1);
  return {
    parts: [
      {
        part: 'table',
        columns: ['step', 'evaluations', 'best', 'q75', 'median', 'q25'],
        rows: shown.map(({ step, evaluations, best, q75, median, q25 }) => [
          step,
          count(evaluations),
          figure(best),
          figure(q75),
          figure(median),
          figure(q25),
        ]),
      },
    ],
  };
}

function lineageText({ run, step, evaluations, changed, anew }: Lineage): string {
  const settings = changed.map(
    ({ field, from, to }) => `${field} ${JSON.stringify(from)} to ${JSON.stringify(to)}`,
  );
  return (
    `from ${run} after ${count(step)} steps (${count(evaluations)} evaluations), ` +
    (settings.length > 0 ? `with ${settings.join(', ')}` : 'with nothing changed') +
    (anew ? '; scores from there on measure something else' : '')
  );
}

/** How far the best is beyond each limit that it does not keep to; empty where it keeps to all. */
export function limitsField(
  { constraints = [] }: StepRecord,
  index: number,
  limits: readonly Constraint[] = [],
): ReportField[] {
  const beyond = limits.flatMap(({ measure }, limit) => {
    const excess = constraints[limit]?.[index];
    if (excess === undefined || (excess !== null && excess <= 0)) return [];
    return [`${measure} by ${excess === null ? 'what cannot be told' : figure(excess)}`];
  });
  return beyond.length === 0
    ? []
    : [['beyond its limits', `${beyond.join(', ')}: no life stayed within all of them`]];
}

/** What the best has of each objective, where there are several. */
export const objectivesField = ({ objectives = [] }: StepRecord, index: number): ReportField[] =>
  objectives.length === 0
    ? []
    : [
        [
          'its objectives',
          objectives.map(({ name, values }) => `${name} ${figure(values[index])}`).join(', '),
        ],
      ];

async function fieldsOf(
  stored: StoredRun,
  history: History,
  result: ReturnType<typeof resultOf>,
): Promise<ReportField[]> {
  const { manifest } = stored;
  const tags = tagsOf(stored.folder);
  const spec = await recordedSpec(manifest, stored.folder);
  const last = history.at(-1);
  const best = bestOf(stored.records, manifest.lineage);
  // Scenarios follow from the task's code, which a user may have changed since.
  const scenarios = spec.task.module ? undefined : prepareTask(spec.task).scenarios.map(({ name }) => name);
  return [
    ['started', manifest.started],
    ...(tags.length > 0 ? ([['tags', tags.join(', ')]] as const) : []),
    ...(manifest.lineage ? ([['branched', lineageText(manifest.lineage)]] as const) : []),
    ['strategy', partText(spec.strategy)],
    ['task', partText(spec.task)],
    ...(scenarios ? ([['scenarios', scenarios.join(', ')]] as const) : []),
    [
      'connectome',
      spec.network === null
        ? 'none: the task brings its network'
        : `${connectomeName(spec.connectome)} ${spec.connectome.hash.slice(0, 12)}`,
    ],
    ...(spec.network === null ? [] : ([['network', settingsText(spec.network)]] as const)),
    ['genome', spec.genome.name],
    ...(spec.warmStart
      ? ([
          [
            'warm start',
            `${count(spec.warmStart.solutions.length)} genomes of ${spec.warmStart.from.join(', ')}`,
          ],
        ] as const)
      : []),
    ['objective', objectiveText(spec)],
    ...(spec.constraints ? ([['limits', spec.constraints.map(settingsText).join('; ')]] as const) : []),
    ...(spec.seeds ? ([['seeds', spec.seeds]] as const) : []),
    ['budget', settingsText(spec.budget) || 'none'],
    ['seed', spec.seed],
    ['evaluations', `${count(last?.evaluations ?? 0)} in ${count(history.length)} steps`],
    ['best', figure(best?.score)],
    ...(best
      ? [
          ...objectivesField(stored.records[best.step]!, best.index),
          ...limitsField(stored.records[best.step]!, best.index, spec.constraints),
        ]
      : []),
    ...(result?.best && result.validation
      ? ([['champion', `${figure(result.best.score)} in the search, in step ${result.best.step}`]] as const)
      : []),
    ...validationFields(result, spec),
    ...(result?.best
      ? ([
          ['on fresh seeds', spreadText(result.best.fresh)],
          ['', freshVerdict(result.best.fresh, referenceOf(manifest).untrained.fresh)],
          ...heldOutFields(result.best, referenceOf(manifest)),
          ['genes changed', `${count(result.best.genesChanged)}, L2 ${result.best.l2.toFixed(2)}`],
        ] as const)
      : []),
    ...(result ? ([['stopped by', result.stopReason]] as const) : []),
    ...failureFields(result?.failures, last?.evaluations ?? 0),
    ...reusedFields(result?.reused, last?.evaluations ?? 0, spec.reuse),
    ...hurdleFields(result?.fell, last?.evaluations ?? 0, spec),
    ...archiveFields(result?.archive),
  ];
}

/** What a run's folder holds, as `--json` writes it. */
export function runData(stored: StoredRun) {
  const { manifest } = stored;
  return {
    run: manifest.run,
    path: stored.folder,
    status: stored.status,
    tags: tagsOf(stored.folder),
    started: manifest.started,
    updated: manifest.updated,
    program: manifest.program,
    spec: manifest.spec,
    ...(manifest.lineage ? { lineage: manifest.lineage } : {}),
    hashes: manifest.hashes,
    reference: manifest.reference,
    result: manifest.result,
    history: historyOf(stored.records),
    notices: stored.notices,
  };
}

/** How a run ended; where that part of its record is damaged, the rest is shown all the same. */
function readableResult({ manifest }: StoredRun) {
  try {
    return { result: resultOf(manifest), faults: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { result: null, faults: [`How the run ended cannot be read: ${error.message}`] };
  }
}

/** What a run is and how it went. */
export async function runReport(stored: StoredRun): Promise<Report> {
  const data = runData(stored);
  const { run, status, history, notices } = data;
  const { result, faults } = readableResult(stored);
  return {
    data,
    notices: [...notices, ...faults],
    sections: [
      {
        title: `Run ${run}: ${status}`,
        parts: [{ part: 'fields', fields: await fieldsOf(stored, history, result) }],
      },
      ...(history.length > 0 ? [stepsSection(history)] : []),
    ],
  };
}
