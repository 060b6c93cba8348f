import { basename } from 'node:path';
import { type OpenedRun, openRun } from '../evolve/opened-run.js';
import { type DistanceKind, distancesOf } from '../inspect/distances/distances.js';
import { familiesOf } from '../inspect/families.js';
import { type RunRules, rulesOfRun, withRulesThatDiffer } from '../inspect/run-rules.js';
import { type ScenarioScore, scenarioMatrix, scenarioScores } from '../inspect/scenario-matrix.js';
import { familiesFigure } from '../report/figures/families.js';
import { scenarioMatrixFigure } from '../report/figures/scenario-matrix.js';
import { studyFigure } from '../report/figures/study.js';
import { familiesReport } from '../report/formulas.js';
import { familiesPage } from '../report/pages.js';
import type { Report } from '../report/report.js';
import { scenarioMatrixReport } from '../report/scenario-matrix.js';
import { studyReport } from '../report/study.js';
import { UsageError } from '../spec/errors.js';
import { StoredRun } from '../store/run-store.js';
import { readStudyRecord } from '../store/study-store.js';
import { plannedRuns } from '../study/carry-out.js';
import { compareStudy } from '../study/compare.js';
import { studyResults } from '../study/results.js';
import { drawInto } from './draw-into.js';
import { notice } from './output.js';
import { commandGiven, writePage } from './page-file.js';
import { untilStopped } from './stopping.js';

interface Options {
  /** A formula to look for. */
  like?: string | undefined;
  /** In what rules are near to each other; functional where absent. */
  distance?: DistanceKind | undefined;
  /** Members of a family are at most so far apart on average. */
  cut?: number | undefined;
  /** Fresh lives of each champion, where their scores are compared. */
  lives?: number | undefined;
  picture?: string | undefined;
  /** Where a page of what was found goes. */
  html?: string | undefined;
}

/** Where what is compared differs in its last digits at least. */
const cutOfNumbers = 0.1;

/** Runs of a study that have a champion, opened, with the names under which they are shown. */
async function championsOf(folder: string): Promise<{ run: string; arm: string; opened: OpenedRun }[]> {
  const { arms, seeds, study } = readStudyRecord(folder);
  const planned = plannedRuns(folder, arms, seeds);
  const found = planned.filter(
    ({ folder: of }) => StoredRun.exists(of) && new StoredRun(of).records.length > 0,
  );
  const missing = planned.length - found.length;
  if (missing > 0) notice(`${missing} runs of ${study} have no champion yet and are left out.`);
  if (found.length === 0) throw new UsageError(`"${study}" has no run with a champion yet. Resume it first.`);
  const champions: { run: string; arm: string; opened: OpenedRun }[] = [];
  for (const { name, arm, folder: of } of found)
    champions.push({ run: `${basename(folder)}/${name}`, arm: arm.name, opened: await openRun(of) });
  return champions;
}

/** Those whose rules can be compared: by formulas where any says formulas. */
function comparable(study: string, runs: readonly RunRules[], kind: DistanceKind): RunRules[] {
  const saying = runs.filter(({ formulas }) => formulas.length > 0);
  if (kind === 'behavioural' || saying.length === 0) return withRulesThatDiffer(runs);
  if (saying.length < runs.length)
    notice(`${runs.length - saying.length} runs of ${study} whose genomes say no formulas are left out.`);
  return saying;
}

/** What the champions of each arm score in every scenario, those that evolution never lived too. */
export async function inspectScenarios(folder: string, { lives = 20, picture }: Options): Promise<Report> {
  const { study, arms } = readStudyRecord(folder);
  const champions = await championsOf(folder);
  const total = 2 * lives * champions.length;
  let lived = 0;
  const found = await untilStopped(async (goOn) => {
    const byArm = arms.map(({ name, about }) => ({ arm: name, about, runs: [] as ScenarioScore[][] }));
    for (const { run, arm, opened } of champions) {
      const scores = await scenarioScores(opened, lives, () => {
        goOn();
        lived += 1;
      });
      byArm.find((one) => one.arm === arm)!.runs.push(scores);
      notice(`${run} (${lived} of ${total} lives)`);
    }
    return scenarioMatrix(
      byArm.filter(({ runs }) => runs.length > 0),
      lives,
    );
  });
  await drawInto(picture, () => scenarioMatrixFigure(study, found));
  return scenarioMatrixReport(study, found);
}

/** The rules that the runs of a study found, and how far they are apart. */
export async function inspectStudy(folder: string, options: Options): Promise<Report> {
  const { like, distance: kind = 'functional', lives = 20, picture, html } = options;
  const { study, spec } = readStudyRecord(folder);
  const champions = await championsOf(folder);
  const runs = comparable(
    study,
    champions.map(({ run, opened }) => rulesOfRun(opened, run)),
    kind,
  );
  const sayFormulas = runs.some(({ formulas }) => formulas.length > 0);
  if (like !== undefined && !sayFormulas)
    throw new UsageError(`--like: the genomes of ${study} say no formulas. Leave it out.`);
  const chosen = champions.filter(({ run }) => runs.some((of) => of.run === run));
  const opened = chosen.map((of) => of.opened);
  let lived = 0;
  const distances = await untilStopped((goOn) =>
    distancesOf(runs, opened, {
      ...{ kind, lives },
      onLife: () => {
        goOn();
        lived += 1;
        if (lived % lives === 0)
          notice(`${chosen[lived / lives - 1]!.run} (${lived} of ${lives * runs.length} lives)`);
      },
    }),
  );
  const cut = options.cut ?? (kind === 'behavioural' || !sayFormulas ? cutOfNumbers : 0);
  const found = familiesOf(runs, distances, cut, like);
  const report = familiesReport(study, found);
  await drawInto(picture, () => familiesFigure(study, found));
  if (html !== undefined) {
    const results = await studyResults(folder);
    const comparison = compareStudy(results);
    const material = {
      ...{ study, spec, command: commandGiven() },
      about: studyReport(results, comparison, []),
      figure: studyFigure(results, comparison),
    };
    await writePage(html, familiesPage(material, report, familiesFigure(study, found)));
  }
  return report;
}
