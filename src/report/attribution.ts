import { count } from '../figure/theme.js';
import type { Silencing } from '../inspect/attribution/silencing.js';
import type {
  Attribution,
  ChangeEffect,
  KeptChanges,
  Losses,
  OrderFound,
} from '../inspect/attribution/types.js';
import type { UnitKind } from '../inspect/attribution/units.js';
import type { Effect } from '../inspect/effect.js';
import { figure, figuresThatCount, spreadText } from './numbers.js';
import type { Report, ReportField, ReportSection } from './report.js';

/** Rows of a table, the largest effects first. */
const mostRows = 20;

const percent = (share: number) => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '-');

/** What goes back as one. */
const unitWords: Record<UnitKind, { title: string; several: string }> = {
  gene: { title: 'gene by gene', several: 'genes' },
  group: { title: 'by groups of genes', several: 'groups' },
  class: { title: 'by cell class', several: 'cell classes' },
  'class-pair': { title: 'by pairs of cell classes', several: 'pairs of cell classes' },
};

/** Whether evolution made the score on fresh lives better, in words. */
export function gainVerdict({ effect, low, high, n }: Effect): string {
  const by = `${figure(Math.abs(effect))} on fresh lives (95 % ${figure(low)} to ${figure(high)}, n ${n})`;
  if (low > 0) return `the champion beats the untrained start by ${by}`;
  if (high < 0) return `the champion falls behind the untrained start by ${by}`;
  return `the champion does not clearly differ from the untrained start: ${effect < 0 ? 'below' : 'above'} it by ${by}`;
}

const changesText = (n: number, by: UnitKind, genes: number) =>
  `${count(n)} ${n === 1 ? 'change' : 'changes'}${by === 'gene' ? '' : ` (${count(genes)} ${genes === 1 ? 'gene' : 'genes'})`}`;

function keptText(kept: KeptChanges | null, { by, tried }: Attribution): string {
  if (!kept) return 'there is no gain to keep';
  const { changes, genes, trained, fresh, random } = kept;
  const isClear = Number.isFinite(fresh.share);
  const ofFresh = isClear
    ? `${percent(fresh.share)} of the gain (95 % ${percent(fresh.shareLow)} to ${percent(fresh.shareHigh)})`
    : 'where there is no clear gain';
  return (
    `${changesText(changes, by, genes)} of ${count(tried)}: on the trained life ${figure(trained.score)}, ` +
    `${percent(trained.share)} of the gain; on fresh lives ${spreadText(fresh)}, ${ofFresh}. As many drawn at random keep ` +
    `${percent(random.trainedShare)}${isClear ? ` and ${percent(random.freshShare)}` : ''} (means of ${random.sets} sets)`
  );
}

const lossesText = (losses: Losses, tried: number) =>
  `on the trained life ${losses.trainedLosing} of ${tried} lose something, median loss ${figure(losses.trainedMedian)}; ` +
  `on fresh lives ${losses.freshLosing} lose clearly, median loss ${figure(losses.freshMedian)}`;

function orderText({ oneByOne, leastShare }: OrderFound): string {
  if (oneByOne)
    return 'In each round the one change goes back without which the score is highest, beside those that went before.';
  const many =
    leastShare > 0
      ? ` At least ${percent(leastShare)} of those left go back in a round, as there are so many.`
      : '';
  return (
    'In each round those changes go back together that lose nothing; where together they do, the better half of them, and so on down to one.' +
    many
  );
}

/** Fewer pairs of lives than this leave percentile intervals clearly too narrow. */
const enoughLives = 20;

export const intervalLines = (lives: number, of: string): string[] => [
  `Intervals: percentile bootstrap over ${lives} pairs of lives of one seed; with 95 % those of all ${of} hold at once.`,
  ...(lives < enoughLives
    ? [`Of so few lives they are too narrow: take ${enoughLives} or more (--lives).`]
    : []),
];

/** How the figures of an attribution are to be read. */
function aboutLines({ tried, trained, fresh }: Attribution): string[] {
  return [
    "Scores are the task's, before any penalty. Loss: how much the score falls when the change alone goes back to the start of the search.",
    'Changes may depend on each other, so that shares need not add up to the gain.',
    ...intervalLines(fresh.gain.n, `${count(tried)} changes`),
    `Order on the trained life. ${orderText(trained.order)}`,
    `Order on fresh lives, found on ${fresh.choosing.orderLives} lives. ${orderText(fresh.order)} ` +
      `How many are kept is chosen on ${fresh.choosing.lives} lives. None of these measures what is kept.`,
  ];
}

function gainFields(found: Attribution): ReportField[] {
  const { trained, fresh, tried, control, alone } = found;
  return [
    [
      'gain on the trained life',
      `${figure(trained.gain)} (champion ${figure(trained.champion)}, untrained ${figure(trained.untrained)}, n 1)`,
    ],
    [
      'gain on fresh lives',
      `${figure(fresh.gain.effect)} (champion ${spreadText(fresh.champion)}, untrained ${spreadText(fresh.untrained)}); ${fresh.about}`,
    ],
    ['', gainVerdict(fresh.gain)],
    [
      'changes',
      `${count(tried)} ${unitWords[found.by].several}${found.by === 'gene' ? '' : ` with ${count(found.genes)} changed genes`}`,
    ],
    ['put back alone', lossesText(alone, tried)],
    ...(control ? ([['others moved instead', lossesText(control, tried)]] as const) : []),
    [
      'hitch-hikers',
      `${trained.hitchHikers} of ${tried} lose nothing on the trained life when they alone go back; ` +
        `${trained.freeTogether} go back together without losing anything`,
    ],
    [
      'on fresh lives',
      `${fresh.carriers} lose clearly, ${fresh.harmful} gain clearly, and ${fresh.undecided} cannot be told from 0 when they alone go back`,
    ],
    ['kept by trained life', keptText(trained.order.kept, found)],
    ['kept by fresh lives', keptText(fresh.order.kept, found)],
  ];
}

/** The largest first, whichever way they go. */
export const largestFirst = <Of>(all: readonly Of[], size: (of: Of) => number): Of[] => {
  const sizeOf = (of: Of) => (Number.isFinite(size(of)) ? Math.abs(size(of)) : Number.POSITIVE_INFINITY);
  return all.toSorted((a, b) => sizeOf(b) - sizeOf(a));
};

const keptWord = ({ trained, fresh }: ChangeEffect) =>
  trained.kept && fresh.kept ? 'both' : trained.kept ? 'trained' : fresh.kept ? 'fresh' : '';

const valueText = (value: number | undefined) => (value === undefined ? '' : figuresThatCount(value, 4));

function changeTable(found: Attribution): ReportSection['parts'] {
  const ofGenes = found.by === 'gene';
  const shown = largestFirst(found.changes, ({ fresh }) => fresh.effect).slice(0, mostRows);
  const omitted = found.changes.length - shown.length;
  const head = ofGenes ? ['start', 'now'] : ['genes'];
  return [
    {
      part: 'table',
      columns: [
        'change',
        ...head,
        'loss, trained',
        'share',
        'loss, fresh',
        'interval',
        'back',
        'kept by',
        '',
      ],
      rows: shown.map((change) => [
        change.name,
        ...(ofGenes ? [valueText(change.start), valueText(change.value)] : [change.genes]),
        figure(change.trained.effect),
        percent(change.trained.share),
        figure(change.fresh.effect),
        `${figure(change.fresh.low)} to ${figure(change.fresh.high)}`,
        `${change.trained.place}, ${change.fresh.place}`,
        keptWord(change),
        change.fresh.failed > 0 ? `${change.fresh.failed} broke down` : '',
      ]),
    },
    ...(omitted > 0
      ? ([{ part: 'small', lines: [`${count(omitted)} smaller ones left out; --json has all.`] }] as const)
      : []),
  ];
}

const attributionSection = (found: Attribution): ReportSection => ({
  title: `What evolution changed, put back ${unitWords[found.by].title}`,
  parts: [
    { part: 'fields', fields: gainFields(found) },
    ...changeTable(found),
    { part: 'lines', lines: aboutLines(found) },
  ],
});

function silencingSection(found: Silencing): ReportSection {
  const shown = largestFirst(found.silenced, ({ fresh }) => fresh.effect).slice(0, mostRows);
  const omitted = found.silenced.length - shown.length;
  return {
    title: 'Each cell silenced alone',
    aside: `${count(found.silenced.length)} of ${count(found.cells)} cells; the others neither changed, nor fire, nor meet the body`,
    parts: [
      {
        part: 'fields',
        fields: [
          [
            'champion',
            `trained life ${figure(found.trained)}; fresh lives ${spreadText(found.fresh)}; ${found.fresh.about}`,
          ],
          [
            'on fresh lives',
            `${found.carriers} cells lose clearly, ${found.harmful} gain clearly, and ${found.undecided} cannot be told from 0`,
          ],
        ],
      },
      {
        part: 'table',
        columns: [
          'cell',
          'class',
          'spikes',
          'changed out',
          'changed in',
          'loss, trained',
          'loss, fresh',
          'interval',
          '',
        ],
        rows: shown.map(({ name, cellClass, spikes, changedOut, changedIn, trained, fresh }) => [
          name,
          cellClass,
          spikes,
          changedOut,
          changedIn,
          figure(trained),
          figure(fresh.effect),
          `${figure(fresh.low)} to ${figure(fresh.high)}`,
          fresh.failed > 0 ? `${fresh.failed} broke down` : '',
        ]),
      },
      ...(omitted > 0
        ? ([{ part: 'small', lines: [`${count(omitted)} smaller ones left out; --json has all.`] }] as const)
        : []),
      {
        part: 'lines',
        lines: [
          'A silent cell: no synapse or gap junction to it or from it passes anything on, its spikes release nothing, and no body reads it.',
          ...intervalLines(found.fresh.n, `${count(found.silenced.length)} cells`),
        ],
      },
    ],
  };
}

/** What was found of a champion's changes and cells. */
export interface ChangeFindings {
  attributions: readonly Attribution[];
  silencing?: Silencing | undefined;
  /** The genome file that was written, and how many genes in it differ from the start of the search. */
  pruned?:
    | { file: string; by: UnitKind; lives: 'trained' | 'fresh'; genes: number; hash: string }
    | undefined;
}

/** What of the gain each change carries, and what each cell is good for. */
export function attributionReport(run: string, { attributions, silencing, pruned }: ChangeFindings): Report {
  return {
    data: {
      run,
      ...(attributions.length > 0 ? { attributions } : {}),
      ...(silencing ? { silencing } : {}),
      ...(pruned ? { pruned } : {}),
    },
    sections: [...attributions.map(attributionSection), ...(silencing ? [silencingSection(silencing)] : [])],
  };
}
