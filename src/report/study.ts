import { count } from '../figure/theme.js';
import type { Interval } from '../math/shares.js';
import { asItIs } from '../study/arms.js';
import { type Claim, fewestForClaim, fewestForVerdict } from '../study/claims.js';
import type { StudyComparison } from '../study/compare.js';
import type { Effects, Interaction } from '../study/effects.js';
import type { StudyResults } from '../study/results-type.js';
import { type ArmSummary, fewestForInterval, type ScoreName, type Summary } from '../study/summaries.js';
import { wiringVerdicts } from '../study/wiring-verdict.js';
import { figuresThatCount } from './numbers.js';
import type { Report, ReportField, ReportPart, ReportSection } from './report.js';

const short = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '-' : figuresThatCount(value, 4);

/** Two figures, and whole numbers in full: for what is measured no more closely. */
function roughly(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '-';
  return Math.abs(value) >= 10 ? String(Math.round(value)) : figuresThatCount(value, 2);
}

/** Chance, where it is the same of every arm as far as it is printed. */
function chanceOfAll(arms: StudyComparison['arms']): string | undefined {
  const [first, ...others] = new Set(arms.map(({ chance }) => roughly(chance)));
  return others.length === 0 ? first : undefined;
}

const withinText = (evaluations: number | null) =>
  evaluations === null ? '' : ` within ${count(evaluations)} evaluations`;

const rangeText = ({ low, high }: Interval, print: (value: number) => string = short) =>
  `${print(low)} to ${print(high)}`;

/** With the number of runs that it is of, where that is not the arm's. */
function medianText(summary: Summary | null, { runs }: ArmSummary): string {
  if (summary === null) return '-';
  const { n, median, q25, q75 } = summary;
  return (
    short(median) +
    (n === 1 ? '' : ` (${short(q25)} to ${short(q75)})`) +
    (n === runs.planned ? '' : `, n ${n}`)
  );
}

const intervalText = (summary: Summary | null) => (summary?.interval ? rangeText(summary.interval) : '-');

/** How many of an arm's runs there is something of. */
function runsText({ runs: { planned, finished, failed, unfinished } }: ArmSummary): string {
  if (finished === planned) return String(planned);
  const parts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unfinished > 0 ? [`${unfinished} not finished`] : []),
  ];
  return `${finished} of ${planned} (${parts.join(', ')})`;
}

const seedsText = (seeds: readonly number[]): string => {
  const unbroken = seeds.every((seed, i) => i === 0 || seed === seeds[i - 1]! + 1);
  if (seeds.length < 3) return seeds.join(', ');
  return unbroken ? `${seeds[0]} to ${seeds.at(-1)}` : seeds.join(', ');
};

function headFields({ seeds }: StudyResults, comparison: StudyComparison): ReportField[] {
  const { evaluations, ceiling, margin, arms } = comparison;
  const chance = chanceOfAll(arms) ?? '-';
  return [
    ['seeds', `${seedsText(seeds)} (${seeds.length})`],
    [
      'compared at',
      evaluations === null ? 'nothing: no run has finished' : `${count(evaluations)} evaluations`,
    ],
    ...(chance === '-' ? [] : ([['chance', chance]] as const)),
    ...(ceiling === null ? [] : ([['ceiling', short(ceiling)]] as const)),
    ...(margin === null ? [] : ([['margin', short(margin)]] as const)),
  ];
}

/** A column of a table, and what stands in it. */
type Column<T> = readonly [string, (row: T) => string];

const tableOf = <T>(columns: readonly Column<T>[], rows: readonly T[]): ReportPart => ({
  part: 'table',
  columns: columns.map(([name]) => name),
  rows: rows.map((row) => columns.map(([, text]) => text(row))),
});

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}.]+/gu) ?? [];

/** Whether what an arm sets says more than its name. */
function saysMore({ arm, about }: ArmSummary): boolean {
  if (arm === 'base' && about === asItIs) return false;
  const said = new Set([...wordsOf(arm), 'null', 'model']);
  return wordsOf(about).some((word) => !said.has(word));
}

function armsTable({ arms, evaluations }: StudyComparison): ReportPart[] {
  const few = arms.some(({ trained, fresh }) =>
    [trained, fresh].some((summary) => summary && summary.n < fewestForInterval),
  );
  const ofAll = (name: ScoreName) => (arm: ArmSummary) => medianText(arm[name], arm);
  const apart = arms.some((arm) => ofAll('champion')(arm) !== ofAll('trained')(arm));
  const columns: Column<ArmSummary>[] = [
    ['arm', ({ arm }) => arm],
    ['runs', runsText],
    ...(chanceOfAll(arms) === undefined
      ? [['chance', ({ chance }) => roughly(chance)] satisfies Column<ArmSummary>]
      : []),
    ['untrained', ({ untrained }) => short(untrained)],
    ['trained', ofAll('trained')],
    ['95 %', ({ trained }) => intervalText(trained)],
    ['fresh', ofAll('fresh')],
    ['95 %', ({ fresh }) => intervalText(fresh)],
    ...(apart ? [['champion', ofAll('champion')] satisfies Column<ArmSummary>] : []),
  ];
  return [
    tableOf(columns, arms),
    {
      part: 'small',
      lines: [
        ...arms.filter(saysMore).map(({ arm, about }) => `${arm}: ${about}`),
        `Trained: best scores${withinText(evaluations)}. Fresh: mean scores of the champions on fresh seeds.` +
          (apart ? ' Champion: their scores after all evaluations.' : ''),
        'Medians of the runs and their quartiles; 95 %: interval of the median, by the percentile bootstrap over runs.' +
          (few ? ` Of fewer than ${fewestForInterval} runs there is none.` : ''),
      ],
    },
  ];
}

/** What the named levels of factors set. */
const levelsTable = ({ levels = [] }: StudyResults): ReportPart[] =>
  levels.length === 0
    ? []
    : [
        {
          part: 'table',
          columns: ['factor', 'level', 'sets'],
          rows: levels.map(({ factor, level, sets }, i) => [
            factor === levels[i - 1]?.factor ? '' : factor,
            level,
            sets,
          ]),
        },
      ];

function targetsSection({ arms, evaluations }: StudyComparison): ReportSection[] {
  if (arms.every(({ targets }) => targets.length === 0)) return [];
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return [
    {
      title: 'Targets',
      aside: `runs that reached a score${withinText(evaluations)}, and the evaluations that it costs`,
      parts: [
        {
          part: 'table',
          columns: ['arm', 'target', 'reached', 'share (95 %)', 'expected evaluations (95 %)'],
          rows: arms.flatMap(({ arm, targets }) =>
            targets.map(({ target, reached, of, share, runningTime }) => [
              arm,
              short(target),
              `${reached} of ${of}`,
              share === null ? '-' : `${percent(share.share)} (${rangeText(share, percent)})`,
              runningTime === null
                ? '-'
                : `${whole(runningTime.expected)} (${whole(runningTime.low)} to ` +
                  `${runningTime.high === null ? 'any number' : whole(runningTime.high)})`,
            ]),
          ),
        },
        {
          part: 'small',
          lines: [
            'Reached: within the evaluations at which arms are compared.',
            'Expected evaluations use all that the runs made: those until they reached the target or ended, over the runs that reached it.',
            'Intervals are Wilson’s of shares, and of evaluations those of the percentile bootstrap over runs.',
          ],
        },
      ],
    },
  ];
}

const whole = (value: number) => count(Math.round(value));

const pText = (p: number | null): string =>
  p === null ? '-' : p < 0.0001 ? '< 0.0001' : figuresThatCount(p, 2);

const verdictWords = { better: 'is better than', worse: 'is worse than', equivalent: 'is equivalent to' };

/** A verdict in words. */
function claimText({ arm, with: other, verdict }: Claim): string {
  if (verdict === null) return `${arm} beside ${other}: no verdict`;
  return verdict === 'undecided'
    ? `${arm} beside ${other}: undecided`
    : `${arm} ${verdictWords[verdict]} ${other}`;
}

function nText({ test, n, lacking }: Pick<Claim, 'test' | 'n' | 'lacking'>): string {
  const what = test === 'signed-rank' ? `${n.arm} pairs` : `${n.arm} and ${n.with}`;
  const parts = [
    ...(lacking.failed > 0 ? [`${lacking.failed} failed`] : []),
    ...(lacking.unfinished > 0 ? [`${lacking.unfinished} not finished`] : []),
  ];
  return parts.length > 0 ? `${what} (${parts.join(', ')})` : what;
}

function differenceText({ difference }: Pick<Claim, 'difference'>): string {
  if (difference === null) return '-';
  const interval = difference.interval ? ` (${rangeText(difference.interval)})` : '';
  return short(difference.median) + interval;
}

const testWords = {
  'signed-rank':
    'Wilcoxon’s signed-rank test of pairs of runs with one seed; the difference is the median of those of the pairs.',
  'rank-sum':
    'Mann and Whitney’s test, as the arms do not have the same seeds; the difference is that of the medians.',
} as const;

/** How the claims of a study were tested. */
function testNotes({ claims, effects, margin }: StudyComparison): string[] {
  const factors = [...(effects?.fresh.main ?? []), ...(effects?.trained.main ?? [])];
  const all = [...factors, ...claims.fresh, ...claims.trained].filter((claim) => !isSmall(claim));
  const tests = (Object.keys(testWords) as Claim['test'][]).filter((name) =>
    all.some(({ test }) => test === name),
  );
  if (all.length === 0) return [];
  const tested = all.some(({ p }) => p !== null);
  return [
    ...tests.map((name) => testWords[name]),
    ...(tested
      ? [
          'p is two-sided; p Holm is corrected over the claims of a table that have a verdict, and 0.05 decides.',
        ]
      : []),
    ...(tested && margin !== null
      ? [
          `Equivalent: two one-sided tests, corrected likewise, show that the difference is below ${short(margin)} either way,`,
          'and its 95 % interval lies within the margin too.',
        ]
      : []),
    ...(margin === null ? ['No margin is stated, so equivalence is not tested.'] : []),
    'A is the chance that a run of the first arm beats one of the second, whatever their seeds (Vargha and Delaney).',
  ];
}

const isSmall = ({ n }: Claim) => Math.min(n.arm, n.with) < fewestForClaim;

function claimColumns(margin: number | null): Column<Claim>[] {
  return [
    ['claim', claimText],
    ['n', nText],
    ['difference (95 %)', differenceText],
    ['A', ({ a }) => (a === null ? '-' : a.toFixed(2))],
    ['p', ({ p }) => pText(p)],
    ['p Holm', ({ pHolm }) => pText(pHolm)],
    ...(margin === null
      ? []
      : [['p equivalence', ({ pEquivalenceHolm }) => pText(pEquivalenceHolm)] satisfies Column<Claim>]),
  ];
}

interface Telling {
  margin: number | null;
  /** Whether there are no verdicts for want of seeds, which is said of the study. */
  fewSeeds: boolean;
}

/** What is to be said of claims; what holds for several is said once. */
function notesOf(claims: readonly Claim[], { fewSeeds }: Telling): string[] {
  const pairs = new Map<string, string[]>();
  for (const { arm, with: other, notes, verdict, unequal } of claims)
    for (const note of fewSeeds && verdict === null && !unequal ? [] : notes)
      pairs.set(note, [...(pairs.get(note) ?? []), `${arm} and ${other}`]);
  return Array.from(pairs, ([note, of]) =>
    of.length > 1 && of.length === claims.length ? `All of them: ${note}.` : `${of.join('; ')}: ${note}.`,
  );
}

/** One table of claims; of those of which nothing can be said yet, a line. */
function claimsSection(
  head: { title: string; aside: string },
  claims: readonly Claim[],
  telling: Telling,
): ReportSection[] {
  if (claims.length === 0) return [];
  const shown = claims.filter((claim) => !isSmall(claim));
  const small = claims.filter(isSmall).map(({ arm, with: other }) => `${arm} beside ${other}`);
  const notes = [
    ...notesOf(shown, telling),
    ...(small.length > 0
      ? [`Fewer than ${fewestForClaim} pairs or runs with scores, so nothing is said of ${small.join(', ')}.`]
      : []),
  ];
  return [
    {
      ...head,
      parts: [
        ...(shown.length > 0 ? [tableOf(claimColumns(telling.margin), shown)] : []),
        ...(notes.length > 0 ? [{ part: 'small' as const, lines: notes }] : []),
      ],
    },
  ];
}

/** What two factors do together. */
function interactionText({ of, verdict }: Interaction): string {
  const pair = of.map(({ factor, level }) => `${factor}: ${level}`).join(' with ');
  if (verdict === null) return `${pair}: no verdict`;
  if (verdict === 'undecided') return `${pair}: undecided`;
  if (verdict === 'equivalent') return `${pair}: no more and no less than apart`;
  return `${pair}: ${verdict === 'better' ? 'more' : 'less'} than apart`;
}

/** What each factor does, and what two do together; of too few seeds there is nothing to say. */
function effectsSection({ main, interactions }: Effects, aside: string, telling: Telling) {
  const columns: Column<Interaction>[] = [
    ['interaction', interactionText],
    ['n', nText],
    ['difference of differences (95 %)', differenceText],
    ['p', ({ p }) => pText(p)],
    ['p Holm', ({ pHolm }) => pText(pHolm)],
  ];
  const shown = interactions.filter((one) => one.difference !== null);
  return [
    ...(main.every(isSmall) && telling.fewSeeds
      ? []
      : claimsSection({ title: 'Factors', aside }, main, telling)),
    ...(shown.length > 0 ? [{ parts: [tableOf(columns, shown)] }] : []),
  ];
}

function effectsSections({ effects, evaluations }: StudyComparison, telling: Telling): ReportSection[] {
  if (!effects) return [];
  const fresh = effectsSection(effects.fresh, 'mean scores of the champions on fresh seeds', telling);
  const trained = effectsSection(effects.trained, `best scores${withinText(evaluations)}`, telling);
  if (fresh.length + trained.length === 0) return [];
  return [
    ...fresh,
    ...trained,
    {
      parts: [
        {
          part: 'small',
          lines: [
            'A factor’s level stands beside its first, in means over all combinations of the other factors. Runs are paired by seed.',
            'Difference of differences: what the one does with the other, less what it does without it.',
            'p Holm is corrected over the factors of a table, and over the interactions apart.',
          ],
        },
      ],
    },
  ];
}

function claimsSections(comparison: StudyComparison, seeds: number): ReportSection[] {
  const { claims, evaluations, margin } = comparison;
  const telling = { margin, fewSeeds: seeds < fewestForVerdict };
  const notes = testNotes(comparison);
  return [
    ...effectsSections(comparison, telling),
    ...claimsSection(
      { title: 'Claims on fresh seeds', aside: 'mean scores of the champions: the claims to quote' },
      claims.fresh,
      telling,
    ),
    ...claimsSection(
      { title: 'Claims as trained', aside: `best scores${withinText(evaluations)}` },
      claims.trained,
      telling,
    ),
    ...(notes.length > 0 ? [{ parts: [{ part: 'small' as const, lines: notes }] }] : []),
  ];
}

type Wiring = ReturnType<typeof wiringVerdicts>;

/** What the null models say of each animal's wiring: by the score to quote first, then by the other. */
function wiringSection(fresh: Wiring, trained: Wiring): ReportSection[] {
  if (fresh.length === 0) return [];
  const linesOf = (wiring: Wiring, by: string) =>
    wiring.map(({ animal, text }) => `${by}${wiring.length === 1 ? '' : `, ${animal}`}: ${text}`);
  const lines = [...linesOf(fresh, 'On fresh seeds'), ...linesOf(trained, 'As trained')];
  return [{ title: 'Wiring', parts: [{ part: 'lines', lines }] }];
}

/**
 * What a study shows. Its data hold the comparison and every run; curves stand in a table of their own (`curvesCsv`).
 * @param pictures files drawn of it
 */
export function studyReport(
  results: StudyResults,
  comparison: StudyComparison,
  pictures: readonly string[],
): Report {
  const arms = results.arms.length;
  const wiring = wiringVerdicts(comparison);
  const wiringTrained = wiringVerdicts(comparison, 'trained');
  return {
    data: {
      ...comparison,
      seeds: results.seeds,
      targets: results.targets,
      runs: results.arms.flatMap(({ name, runs }) =>
        runs.map(({ curve: _, ...run }) => ({ arm: name, ...run })),
      ),
      wiring,
      wiringTrained,
      pictures,
    },
    notices: comparison.notices,
    sections: [
      {
        title: `Study ${results.study}`,
        aside: `${arms} ${arms === 1 ? 'arm' : 'arms'}`,
        parts: [
          { part: 'fields', fields: headFields(results, comparison) },
          ...armsTable(comparison),
          ...levelsTable(results),
        ],
      },
      ...targetsSection(comparison),
      ...claimsSections(comparison, results.seeds.length),
      ...wiringSection(wiring, wiringTrained),
    ],
  };
}
