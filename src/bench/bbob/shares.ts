import { runtimeCurve, shareBy } from '../running-times.js';
import { groups } from './groups.js';
import type { BbobRun } from './runs.js';

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** Of one strategy's runs: shares of targets by evaluations a gene, in all and by group, and runs that reached the last. */
export interface Shares {
  strategy: string;
  /** null where it had fewer evaluations */
  by: { evaluationsPerGene: number; all: number | null; groups: Record<string, number | null> }[];
  /** Runs that reached the last target. */
  optima: number;
  runs: number;
}

/** A hundredth, a tenth and all of the evaluations a gene. */
const budgetsOf = (perGene: number) =>
  [0.01, 0.1, 1].map((part) => Math.round(part * perGene)).filter((each) => each >= 1);

export function sharesOf(
  runs: readonly BbobRun[],
  strategies: readonly string[],
  { genes, perGene }: { genes: number; perGene: number },
): Shares[] {
  const shown = groups.filter(({ from, to }) =>
    runs.some((run) => run.function >= from && run.function <= to),
  );
  return strategies.map((strategy) => {
    const own = runs.filter((run) => run.strategy === strategy);
    const most = Math.max(...own.map(({ maxEvaluations }) => maxEvaluations));
    const share = (of: readonly BbobRun[], each: number) =>
      Math.round(each * genes) > most ? null : shareBy(runtimeCurve(of), each * genes);
    return {
      strategy,
      by: budgetsOf(perGene).map((each) => ({
        evaluationsPerGene: each,
        all: share(own, each),
        groups: Object.fromEntries(
          shown.map(({ name, from, to }) => [
            name,
            share(
              own.filter((run) => run.function >= from && run.function <= to),
              each,
            ),
          ]),
        ),
      })),
      optima: own.filter(({ reached }) => reached.at(-1) !== null).length,
      runs: own.length,
    };
  });
}

const shown = (share: number | null) => (share === null ? '-' : percent(share));

/** Headings and rows; groups are after all evaluations. */
export function sharesTable(shares: readonly Shares[]): { headings: string[]; rows: string[][] } {
  const [first] = shares;
  const last = first?.by.at(-1);
  return {
    headings: [
      'strategy',
      ...(first?.by ?? []).map(
        ({ evaluationsPerGene }) => `all, by ${evaluationsPerGene.toLocaleString('en-US')} n`,
      ),
      ...Object.keys(last?.groups ?? {}),
      'optima',
    ],
    rows: shares.map(({ strategy, by, optima, runs }) => [
      strategy,
      ...by.map(({ all }) => shown(all)),
      ...Object.values(by.at(-1)?.groups ?? {}).map(shown),
      // Of fewer evaluations it would be beside others of more.
      by.at(-1)?.all === null ? '-' : `${optima} of ${runs}`,
    ]),
  };
}
