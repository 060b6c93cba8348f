import type { Chance, ceilingOf, FreshScore, scoreGenome } from '../evolve/reference-scores.js';
import { count } from '../figure/theme.js';
import { type Learning, meanVitals, operationsForAPoint, vitalsIn } from '../inspect/learning.js';
import type { Spread } from '../math/statistics.js';
import { measuresTable } from './measures.js';
import { figure, meanAndSd, spreadText } from './numbers.js';
import type { Report, ReportField, ReportPart } from './report.js';
import { aboutFilters, vitalsFields } from './vitals.js';

type Lifetime = ReturnType<typeof scoreGenome>;

/** What was found of one genome, and what its score is measured against. */
export interface ScoreFindings {
  what: string;
  result: Lifetime;
  /** The scenarios that are held out, where there are any. */
  transfer?: Lifetime | undefined;
  /** Of a network that learns. */
  learning?: Learning | undefined;
  fresh?: FreshScore | undefined;
  chance: Chance;
  ceiling: ReturnType<typeof ceilingOf>;
  /** Of the scenarios that are held out. */
  heldOutCeiling?: ReturnType<typeof ceilingOf> | undefined;
  /** Of a task that has one. */
  oracle?: Spread | undefined;
  seed: number;
  genomeHash: string;
}

/** The task's measures with plasticity on and off, and of chance: means (SD) over lives. */
function measuresBeside(
  { measures: { learned, innate } }: Learning,
  { measures: chance = {} }: Chance,
): ReportPart {
  const several = Object.values(learned).some(({ n }) => n > 1);
  return {
    part: 'table',
    columns: [
      several ? 'mean (SD)' : 'one life; chance: mean (SD)',
      'plasticity on',
      'plasticity off',
      'chance',
    ],
    rows: Object.keys(learned).map((name) => [
      name,
      meanAndSd(learned[name]),
      meanAndSd(innate[name]),
      meanAndSd(chance[name]),
    ]),
  };
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
    ...aboutFilters(vitals.filters).map((line): ReportField => ['', line]),
  ];
}

/** What a point costs, where there are points. */
const costFields = (operations: number): ReportField[] =>
  Number.isFinite(operations) ? [['operations for a point', figure(operations)]] : [];

function dataOf(findings: ScoreFindings): Report['data'] {
  const { what, result, transfer, learning, fresh, seed, genomeHash } = findings;
  const { chance, ceiling, heldOutCeiling, oracle } = findings;
  return {
    what,
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
            ceiling: heldOutCeiling,
            episodes: transfer.episodes.map(({ measures, ...episode }) => ({ ...episode, ...measures })),
          },
        }
      : {}),
    ...(learning ?? { vitals: meanVitals(vitalsIn(result.episodes)) }),
    operationsForAPoint: operationsForAPoint(result.episodes),
    ...(fresh ? { fresh } : {}),
    seed,
    chance,
    ceiling,
    ...(oracle ? { oracle } : {}),
    genomeHash,
  };
}

/** Says once what lives did where their integrator does not reach. */
function reachNotices({ episodes }: Lifetime): string[] {
  const steps = episodes.reduce((sum, { vitals }) => sum + (vitals?.beyondReach ?? 0), 0);
  if (steps === 0) return [];
  return [
    `${count(steps)} steps of cells led where their integrator overshoots further with every step, so what the network did may be wrong. ` +
      'Try network.integrator=exponential-euler, or a smaller step (network.dtMs).',
  ];
}

/** The score of one genome beside chance and ceiling, and what of it was learned. */
export function scoreReport(findings: ScoreFindings): Report {
  const { what, result, transfer, learning, fresh, chance, ceiling, heldOutCeiling, oracle } = findings;
  const episodes = [
    ...result.episodes.map((episode) => ({ ...episode, heads: [episode.scenario] })),
    ...(transfer?.episodes ?? []).map((episode) => ({
      ...episode,
      heads: [`${episode.scenario} (held out)`],
    })),
  ];
  const fields: ReportField[] = [
    ...(learning ? learningFields(learning) : vitalsFields(meanVitals(vitalsIn(result.episodes)))),
    ...costFields(operationsForAPoint(result.episodes)),
    ...(fresh ? [['fresh', `${spreadText(fresh)}; ${fresh.about}`] as const] : []),
    ['chance', spreadText(chance, chance.about)],
    ['ceiling', `${figure(ceiling.score)} (${ceiling.about})`],
    ...(heldOutCeiling
      ? [['ceiling, held out', `${figure(heldOutCeiling.score)} (${heldOutCeiling.about})`] as const]
      : []),
    ...(oracle
      ? [['oracle', spreadText(oracle, 'a policy that is told what the world hides')] as const]
      : []),
  ];
  return {
    data: dataOf(findings),
    notices: reachNotices(result),
    sections: [
      {
        title: `Score of the ${what}: ${figure(result.score)}`,
        ...(result.status === 'failed' ? { aside: `failed: ${result.reason}` } : {}),
        parts: [
          measuresTable(episodes, ['scenario']),
          ...(learning ? [measuresBeside(learning, chance)] : []),
          { part: 'fields', fields },
        ],
      },
    ],
  };
}
