import { existsSync } from 'node:fs';
import type { EvaluatorHost } from '../evolve/evaluators/evaluator.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import { resultOf } from '../evolve/recorded.js';
import { type Fields, isFields, jsonOrText, merge, pathAndText } from '../evolve/settings.js';
import { livesWithin } from '../inspect/attribution/affordable.js';
import { ScoreMeter } from '../inspect/attribution/meter.js';
import type { UnitKind } from '../inspect/attribution/units.js';
import { controlsOf, groundConditions, groundsOf, type Planned } from '../inspect/perturbation/conditions.js';
import { planDose } from '../inspect/perturbation/dose.js';
import { planSensitivity } from '../inspect/perturbation/sensitivity.js';
import { planShuffledReward } from '../inspect/perturbation/shuffled-reward.js';
import { planTextbook } from '../inspect/perturbation/textbook.js';
import { planTransfer, type Variant } from '../inspect/perturbation/transfer.js';
import type { PerturbationFindings, PerturbationMeasurements } from '../report/perturbation.js';
import { UsageError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { loadPart } from '../spec/parts/part.js';
import { type TaskSpec, taskParts } from '../tasks/table.js';
import { hostFrom } from './host.js';
import { count, notice } from './output.js';
import { ProgressLine } from './progress-line.js';
import { untilStopped } from './stopping.js';
import { splitList } from './study-options.js';

export interface PerturbationOptions {
  sensitivity?: true | undefined;
  dose?: true | undefined;
  shuffledReward?: true | undefined;
  textbook?: true | undefined;
  transfer?: readonly string[] | undefined;
  by?: readonly UnitKind[] | undefined;
  keep: number;
  lives?: number | undefined;
  workers?: number | undefined;
  redis?: string | true | undefined;
}

const isNamed = (value: unknown): value is TaskSpec => isFields(value) && typeof value.name === 'string';

/** The task of a file: a task by itself, or that of a run file. */
function taskInFile(path: string): TaskSpec {
  const value = readJsonFile(path, 'task file');
  const task = isFields(value) && value.task !== undefined ? value.task : value;
  if (typeof task === 'string') return { name: task };
  if (isNamed(task)) return task;
  throw new UsageError(
    `--transfer ${path}: expected a task, which is an object with its "name" and its options, or a run file with one.`,
  );
}

/** The run's task with one of its options set to each of some values. */
function setVariants(text: string, task: TaskSpec): Variant[] {
  const [path, values] = pathAndText('--transfer', text);
  const [first, ...keys] = path.split('.');
  if (first !== 'task' || keys.length === 0 || keys.some((key) => key === '' || key === '__proto__')) {
    throw new UsageError(
      `--transfer ${text}: expected an option of the task, such as task.trials=100,400, the name of a task, or a file with one.`,
    );
  }
  return splitList(values).map((value) => {
    const change = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), jsonOrText(value));
    return { name: `${path}=${value}`, task: merge(task, change as Fields) as TaskSpec };
  });
}

/** The worlds that are named: options of the run's task, files, or tasks by name or module. */
async function variantsOf(texts: readonly string[], { spec }: OpenedRun): Promise<Variant[]> {
  const variants: Variant[] = [];
  for (const text of texts) {
    if (text.includes('=')) variants.push(...setVariants(text, spec.task));
    else {
      const isFile = text.endsWith('.json');
      if (isFile && !existsSync(text)) throw new UsageError(`--transfer ${text}: there is no such file.`);
      const given = isFile ? taskInFile(text) : { name: text };
      variants.push({ name: text, task: await loadPart(taskParts, given, `--transfer ${text}`) });
    }
  }
  return variants;
}

/** What is asked for, planned, by the field of its findings. */
async function plansOf(
  opened: OpenedRun,
  options: PerturbationOptions,
): Promise<{
  [Name in keyof PerturbationMeasurements]: Planned<NonNullable<PerturbationMeasurements[Name]>>;
}> {
  const { by, keep, transfer } = options;
  if (options.sensitivity && by && by.length > 1)
    throw new UsageError('--by: with --sensitivity, numbers are moved by one unit. Give one.');
  return {
    ...(options.sensitivity ? { sensitivity: planSensitivity(opened, by?.[0], keep) } : {}),
    ...(options.dose ? { dose: planDose(opened) } : {}),
    ...(options.shuffledReward ? { shuffledReward: await planShuffledReward(opened) } : {}),
    ...(options.textbook ? { textbook: await planTextbook(opened) } : {}),
    ...(transfer ? { transfer: await planTransfer(opened, await variantsOf(transfer, opened)) } : {}),
  };
}

/** Says what everything takes before it begins. */
function announce(opened: OpenedRun, plans: readonly Planned<unknown>[], seeds: number): number {
  const grounds = groundConditions(opened) * seeds;
  const total = plans.reduce((sum, plan) => sum + plan.livesOn(seeds), grounds);
  const parts = plans.map((plan) => `${plan.option} ${count(plan.livesOn(seeds))}`);
  const { evaluations = 0, seconds = 0 } = resultOf(opened.stored.manifest) ?? {};
  const lived = evaluations * opened.spec.episodes;
  const time =
    seconds > 0 && lived > 0
      ? `; about ${count(Math.ceil((total * seconds) / lived))} s at the speed that the run had`
      : '';
  notice(
    `${count(total)} lives on ${count(seeds)} fresh seeds: champion and controls ${count(grounds)}, ${parts.join(', ')}${time}.`,
  );
  return total;
}

async function find(
  opened: OpenedRun,
  options: PerturbationOptions,
  host: EvaluatorHost,
  goOn: () => void,
): Promise<PerturbationFindings> {
  const plans = await plansOf(opened, options);
  const all = Object.values(plans);
  const livesASeed = all.reduce((sum, plan) => sum + plan.livesOn(1), groundConditions(opened));
  const lives = options.lives ?? livesWithin(opened, livesASeed);
  announce(opened, all, lives);
  const line = new ProgressLine();
  const meter = new ScoreMeter(host, (what, lived, of) => {
    goOn();
    line.say(`${what}: ${count(lived)} of ${count(of)} lives`, lived / of);
  });
  try {
    const grounds = await groundsOf(opened, lives, meter);
    const found: Record<string, unknown> = {};
    for (const [name, plan] of Object.entries(plans)) found[name] = await plan.measure(grounds, meter);
    return { controls: controlsOf(grounds), ...found };
  } finally {
    line.stop();
    await meter.close();
  }
}

/** Perturbs a champion, and sees what follows, on threads or at a Redis. */
export async function inspectPerturbations(
  opened: OpenedRun,
  options: PerturbationOptions,
): Promise<PerturbationFindings> {
  const host = await hostFrom(options, `inspect ${opened.stored.manifest.run}`, notice);
  try {
    return await untilStopped((goOn) => find(opened, options, host, goOn));
  } finally {
    await host.close();
  }
}
