import type { OpenedRun } from '../evolve/opened-run.js';
import { connectomeName } from '../evolve/run-connectome.js';
import type { Figure } from '../figure/figure.js';
import { count } from '../figure/theme.js';
import type { Effect } from '../inspect/effect.js';
import type { Inspection } from '../inspect/inspection.js';
import type { MeasuredRule } from '../inspect/rule-geometry.js';
import { bringsNetwork, taskOf } from '../tasks/table.js';
import { inspectionFigure } from './figures/inspection.js';
import { freshVerdict } from './fresh.js';
import { inspectionSections } from './inspection.js';
import { figure, spreadText } from './numbers.js';
import type { Page, PageChapter, PageFigure } from './page.js';
import type { Report } from './report.js';
import { ruleContents } from './rule-contents.js';
import { settingsText } from './settings.js';

const howToRead =
  'Underlined names lead to their explanation at the end of the page. Tables and pictures that are wider than the screen move sideways.';

const whatBaldwinIs = 'Baldwin evolves networks of spiking neurons that learn within their lives.';

/** Which figures of a run go where; what a task draws of lives goes with how the network lives. */
const chapterOf = (figure: string): 'search' | 'genome' | 'life' =>
  figure === 'fitness' ? 'search' : figure === 'weights' || figure === 'cells' ? 'genome' : 'life';

const readings: Readonly<Record<string, string>> = {
  fitness:
    'Across: genomes scored so far. Up: the score of one genome. "best" is the best one so far; the median and the shaded quartiles are those of each step. ' +
    'Compare "best" with the untrained start and with chance. The best of many is lucky as well as good, so the score on fresh seeds is the one to quote.',
  weights:
    'Left: each dot is a weight, at the start across and in the champion up; those on the dashed diagonal did not change. Right: the sizes of the changes, the largest first.',
  cells:
    'Each bar is a cell: the sum of the sizes of all changes of weight at the synapses that it sends, and at those that it receives. A large sum does not say that the change matters to the score.',
};

const readingOfLives =
  'One life of the untrained start beside one life of the champion, in the same world. This life was the best of many, so it shows what the champion does, and not how well it does on the whole.';

/** The figures of a chapter that show something, each with what is seen in it. */
const readFigures = (
  figures: Readonly<Record<string, Figure>>,
  chapter: ReturnType<typeof chapterOf>,
): PageFigure[] =>
  Object.entries(figures)
    .filter(([name, { rows }]) => chapterOf(name) === chapter && rows.length > 0)
    .map(([name, figure]) => ({ figure, reading: readings[name] ?? readingOfLives }));

const readingOfInspection =
  'Top: mean scores, with whiskers of one SD over lives. Below, where there are parts to take out: each dot is how much the mean score falls without the part, and the whisker is its interval. ' +
  'Blue: the score falls clearly. Orange: it rises clearly. Grey: the change cannot be told from 0. ' +
  'At the end, where cells have receptors: how strongly each modulator acts. Colours are full at the largest gain of their own row.';

/** What a run is, in words. */
function leadOf({ spec, stored }: OpenedRun): string {
  const { evaluations } = stored.manifest.progress;
  const where = bringsNetwork(spec.task) ? '' : `, on the connectome ${connectomeName(spec.connectome)}`;
  return (
    `${whatBaldwinIs} This page shows what one search found: the strategy ${spec.strategy.name} scored ${count(evaluations)} genomes ` +
    `(genome spec ${spec.genome.name}, seed ${spec.seed}) on the task ${spec.task.name}${where}. The task: ${taskOf(spec.task).summary}.`
  );
}

/** Whether an interval leaves 0 out, in words. */
function learningText({ effect, low, high, n }: Effect): string {
  const interval = `(95 % ${figure(low)} to ${figure(high)}, by resampling the ${n} lives)`;
  if (low > 0) return `Learning within a life adds ${figure(effect)} to the score ${interval}.`;
  if (high < 0) return `Learning within a life takes ${figure(-effect)} from the score ${interval}.`;
  return `Whether learning within a life helps or harms cannot be told: it adds ${figure(effect)} to the score ${interval}.`;
}

const verdictOf = ({ scores: { learned, untrained, gain, about } }: Inspection): string =>
  `The best of them is the champion. On ${learned.n} lives that evolution never saw (${about}) it scores ${spreadText(learned)}, ` +
  `and the untrained start ${spreadText(untrained)}. In words: ${freshVerdict(learned, untrained)}. ` +
  (gain ? learningText(gain) : 'Nothing in it learns.');

/** How a run went, and how to repeat it. */
function runChapters(
  { stored }: OpenedRun,
  about: Report,
  figures: Readonly<Record<string, Figure>>,
  command: string,
): PageChapter[] {
  const { hashes, spec, program, run } = stored.manifest;
  const { outcome, ...parts } = hashes;
  return [
    {
      title: 'How the search went',
      contents: [...readFigures(figures, 'search'), ...about.sections],
    },
    {
      title: 'How to repeat it',
      contents: [
        {
          parts: [
            {
              part: 'lines',
              lines: [
                'The same settings and seed give the same result to the byte, on any machine. Save the settings below as settings.json.',
                'Parts that are not shipped with the program, such as a connectome of your own, must be there under the same names.',
              ],
            },
            {
              part: 'fields',
              fields: [
                ['run', run],
                ['program', `baldwin ${program}`],
                ['outcome hash', outcome!],
                ['hashes', settingsText(parts)],
              ],
            },
          ],
        },
      ],
      commands: [
        '# the search again',
        'baldwin evolve settings.json',
        '',
        '# this page again, from the run that is on disk',
        command,
      ],
      folded: {
        summary: 'The settings of the run in full (settings.json)',
        text: JSON.stringify(spec, null, 2),
      },
    },
  ];
}

export interface RunMaterial {
  opened: OpenedRun;
  /** What `show` says of the run. */
  about: Report;
  /** The run's figures by name. */
  figures: Readonly<Record<string, Figure>>;
  /** What made the page. */
  command: string;
}

/** What a run's champion is and what each part of it is good for, as a page. */
export function inspectionPage(
  material: RunMaterial,
  inspection: Inspection,
  measured: readonly MeasuredRule[],
): Page {
  const { opened, about, figures, command } = material;
  const { run } = opened.stored.manifest;
  const { rules, gains, scores, evolved, losses, life } = inspectionSections(inspection);
  const parts = inspectionFigure(`${run}: scores and parts`, inspection);
  const chapters: PageChapter[] = [
    {
      title: 'How good it is, and what each part is good for',
      contents: [...scores, { figure: parts, reading: readingOfInspection }, ...losses, ...gains],
    },
    { title: 'How its synapses learn', contents: [...rules, ...measured.flatMap(ruleContents)] },
    {
      title: 'What evolved',
      contents: [...evolved, ...readFigures(figures, 'genome')],
    },
    {
      title: 'How it lives',
      contents: [...readFigures(figures, 'life'), ...life],
    },
  ];
  return {
    title: `${run}: what evolved, and what each part of it is good for`,
    lead: [leadOf(opened), verdictOf(inspection), howToRead],
    notices: about.notices ?? [],
    command: 'inspect',
    chapters: [
      ...chapters.filter(({ contents }) => contents.length > 0),
      ...runChapters(opened, about, figures, command),
    ],
  };
}

const readingOfChanges =
  'Share of the gain that is left as changes go back to the untrained start, and what the score loses without each change alone. ' +
  'Whiskers are intervals over fresh lives. Where a dot stands at 0, the change alone carries nothing.';

/** What a page of measurements on a champion says of them. */
interface MeasuredWords {
  title: string;
  lead: string;
  command: string;
  chapter: string;
  reading: string;
}

/** Measurements on a champion as a page: their figure and tables, and how the run went. */
function measuredPage(material: RunMaterial, report: Report, drawn: Figure, words: MeasuredWords): Page {
  const { opened, about, figures, command } = material;
  return {
    title: `${opened.stored.manifest.run}: ${words.title}`,
    lead: [leadOf(opened), words.lead, howToRead],
    notices: [...(about.notices ?? []), ...(report.notices ?? [])],
    command: words.command,
    chapters: [
      {
        title: words.chapter,
        contents: [{ figure: drawn, reading: words.reading }, ...report.sections],
      },
      ...runChapters(opened, about, figures, command),
    ],
  };
}

/** Which changes made a champion better, as a page. */
export const changesPage = (material: RunMaterial, report: Report, drawn: Figure): Page =>
  measuredPage(material, report, drawn, {
    title: 'which changes of evolution made it better',
    lead: 'The best of them is the champion. What evolution changed goes back to the untrained start here, or its cells fall silent, and the champion lives without it.',
    command: 'inspect --revert',
    chapter: 'What carries the gain',
    reading: readingOfChanges,
  });

const readingOfPerturbations =
  'Each dot is a mean over fresh lives, and its whisker is an interval. Losses: blue where the score falls clearly, orange where it rises clearly. ' +
  'Gains, and what learning adds: green where it is clearly above 0, orange where it is clearly below. Grey: it cannot be told from 0. ' +
  'Curves: the score by dose, where dose 1 is the champion as it is; the band is the interval of the difference from the champion.';

/** What follows where a champion is perturbed, as a page. */
export const perturbationPage = (material: RunMaterial, report: Report, drawn: Figure): Page =>
  measuredPage(material, report, drawn, {
    title: 'what it bears, and what it needs',
    lead: 'The best of them is the champion. Something of it, or of what teaches it, is changed here, and it lives again on the same fresh lives.',
    command: 'inspect --dose',
    chapter: 'The champion, perturbed',
    reading: readingOfPerturbations,
  });

const readingOfInnate =
  'Each dot is the best genome of a step, in the same fresh lives as all others; the first is the untrained start. Where the two lines come together while both rise, what was learned is being ' +
  'taken over by what is inborn. Where they part, what evolves is the ability to learn. Below: their difference, life by life.';

/** What was inborn and what was learned over a search, as a page. */
export const innatePage = (material: RunMaterial, report: Report, drawn: Figure): Page =>
  measuredPage(material, report, drawn, {
    title: 'what was inborn and what was learned, by step',
    lead: 'The best genomes of its steps live here once more, with plasticity and without it.',
    command: 'inspect --innate',
    chapter: 'Innate and learned',
    reading: readingOfInnate,
  });

const readingOfStudy =
  'Curves: the best score so far, as a median over the runs of an arm, by genomes scored. Each dot is the champion of one run. ' +
  'Read the claims of "baldwin study show" before you call one arm better than another.';

export interface StudyMaterial {
  study: string;
  /** The study as it was given. */
  spec: Readonly<Record<string, unknown>>;
  /** What `study show` says of the study. */
  about: Report;
  figure: Figure;
  /** What made the page. */
  command: string;
}

const readingOfDistances =
  'Each row and each column is a champion; the darker a square, the nearer the two. To the right is the tree of clusters: they come together at the mean distance of their members. ' +
  'Frames are families: champions that come together left of the vertical line.';

/** The rules that the runs of a study found, as a page. */
export function familiesPage(material: StudyMaterial, report: Report, matrix: Figure): Page {
  const { study, spec, about, figure: drawn, command } = material;
  return {
    title: `${study}: the rules that its runs found`,
    lead: [
      `${whatBaldwinIs} This page shows the plasticity rules that the runs of one study found, and how far they are apart. Runs stand together whose champions are near to each other.`,
      howToRead,
    ],
    notices: [...(about.notices ?? []), ...(report.notices ?? [])],
    command: 'inspect',
    chapters: [
      {
        title: 'What the runs found',
        contents: [...report.sections, { figure: matrix, reading: readingOfDistances }],
      },
      {
        title: 'How the runs went',
        contents: [{ figure: drawn, reading: readingOfStudy }, ...about.sections],
      },
      {
        title: 'How to repeat it',
        contents: [],
        commands: [
          '# the study again, from the settings below saved as study.json',
          'baldwin study study.json',
          '',
          '# this page again, from the study that is on disk',
          command,
        ],
        folded: { summary: 'The study in full (study.json)', text: JSON.stringify(spec, null, 2) },
      },
    ],
  };
}
