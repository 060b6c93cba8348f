import { count } from '../figure/theme.js';
import type { Interval } from '../math/shares.js';
import type { Claim } from '../study/claims.js';
import type { StudyComparison } from '../study/compare.js';
import type { StudyResults } from '../study/results-type.js';
import { type ArmSummary, fewestForInterval, type Summary } from '../study/summaries.js';
import { wiringVerdicts } from '../study/wiring-verdict.js';
import { figuresThatCount } from './numbers.js';
import type { Report, ReportField, ReportPart, ReportSection } from './report.js';

const short = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '-' : figuresThatCount(value, 4);

const rangeText = ({ low, high }: Interval, print: (value: number) => string = short) =>
  `${print(low)} to ${print(high)}`;

const medianText = (summary: Summary | null) =>
  summary === null
    ? '-'
    : summary.n === 1
      ? short(summary.median)
      : `${short(summary.median)} (${short(summary.q25)} to ${short(summary.q75)})`;

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
  const { evaluations, ceiling, margin, marginAbout } = comparison;
  return [
    ['seeds', `${seedsText(seeds)} (${seeds.length})`],
    [
      'compared at',
      evaluations === null ? 'nothing: no run has finished' : `${count(evaluations)} evaluations`,
    ],
    ...(ceiling === null ? [] : ([['ceiling', short(ceiling)]] as const)),
    ['margin', margin === null ? marginAbout : `${short(margin)}: ${marginAbout}`],
  ];
}

function armsTable({ arms }: StudyComparison): ReportPart[] {
  const few = arms.some(({ trained, fresh }) =>
    [trained, fresh].some((summary) => summary && summary.n < fewestForInterval),
  );
  return [
    {
      part: 'table',
      columns: [
        'arm',
        'runs',
        'chance',
        'untrained',
        'trained: median (quartiles)',
        '95 % interval',
        'fresh: median (quartiles)',
        '95 % interval',
        'champion: median (quartiles)',
      ],
      rows: arms.map((arm) => [
        arm.arm,
        runsText(arm),
        short(arm.chance),
        short(arm.untrained),
        medianText(arm.trained),
        intervalText(arm.trained),
        medianText(arm.fresh),
        intervalText(arm.fresh),
        medianText(arm.champion),
      ]),
    },
    {
      part: 'small',
      lines: [
        ...arms.filter(({ about, arm }) => about !== arm).map(({ arm, about }) => `${arm}: ${about}`),
        'Intervals are of the median, by the percentile bootstrap over runs.' +
          (few ? ` Of fewer than ${fewestForInterval} runs there is none.` : ''),
      ],
    },
  ];
}

function targetsSection({ arms }: StudyComparison): ReportSection[] {
  if (arms.every(({ targets }) => targets.length === 0)) return [];
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return [
    {
      title: 'Targets',
      aside: 'runs that reached a score, and the evaluations that it costs',
      parts: [
        {
          part: 'table',
          columns: [
            'arm',
            'target',
            'reached',
            'share (95 % interval)',
            'expected evaluations (95 % interval)',
          ],
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
            'Expected evaluations are all that the runs of an arm made until they reached the target or ended, over those that reached it.',
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

function nText({ test, n, lacking }: Claim): string {
  const what = test === 'signed-rank' ? `${n.arm} pairs` : `${n.arm} and ${n.with}`;
  const parts = [
    ...(lacking.failed > 0 ? [`${lacking.failed} failed`] : []),
    ...(lacking.unfinished > 0 ? [`${lacking.unfinished} not finished`] : []),
  ];
  return parts.length > 0 ? `${what} (${parts.join(', ')})` : what;
}

function differenceText({ difference }: Claim): string {
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
function testNotes({ claims, margin }: StudyComparison): string[] {
  const all = [...claims.fresh, ...claims.trained];
  const tests = (Object.keys(testWords) as Claim['test'][]).filter((name) =>
    all.some(({ test }) => test === name),
  );
  if (all.length === 0) return [];
  const tested = all.some(({ p }) => p !== null);
  return [
    ...tests.map((name) => testWords[name]),
    ...(tested
      ? [
          'p is two-sided; Holm’s correction is over the claims of a table that have a verdict, and 0.05 decides.',
        ]
      : []),
    ...(tested && margin !== null
      ? [
          `Equivalent: two one-sided tests show that the difference is below ${short(margin)} either way, corrected likewise.`,
        ]
      : []),
    'A is the chance that a run of the first arm beats one of the second, whatever their seeds (Vargha and Delaney).',
  ];
}

/** One table of claims. */
function claimsSection(title: string, aside: string, claims: readonly Claim[]): ReportSection[] {
  if (claims.length === 0) return [];
  const notes = claims.flatMap(({ arm, with: other, notes }) =>
    notes.map((note) => `${arm} and ${other}: ${note}.`),
  );
  return [
    {
      title,
      aside,
      parts: [
        {
          part: 'table',
          columns: [
            'claim',
            'pairs or runs',
            'difference (95 % interval)',
            'A',
            'p',
            'p after Holm',
            'p of equivalence after Holm',
          ],
          rows: claims.map((claim) => [
            claimText(claim),
            nText(claim),
            differenceText(claim),
            claim.a === null ? '-' : claim.a.toFixed(2),
            pText(claim.p),
            pText(claim.pHolm),
            pText(claim.pEquivalenceHolm),
          ]),
        },
        ...(notes.length > 0 ? [{ part: 'small' as const, lines: notes }] : []),
      ],
    },
  ];
}

function claimsSections(comparison: StudyComparison): ReportSection[] {
  const { claims, evaluations } = comparison;
  const notes = testNotes(comparison);
  return [
    ...claimsSection(
      'Claims on fresh seeds',
      'mean scores of the champions: the claims to quote',
      claims.fresh,
    ),
    ...claimsSection(
      'Claims as trained',
      `best scores within ${count(evaluations ?? 0)} evaluations`,
      claims.trained,
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
        parts: [{ part: 'fields', fields: headFields(results, comparison) }, ...armsTable(comparison)],
      },
      ...targetsSection(comparison),
      ...claimsSections(comparison),
      ...wiringSection(wiring, wiringTrained),
    ],
  };
}
