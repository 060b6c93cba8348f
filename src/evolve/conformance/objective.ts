import type { JudgedLife, KnownQuantities } from '../../objectives/objective.js';
import { objectiveParts } from '../../objectives/table.js';
import { type Check, expectSame, expectThat } from '../../spec/conformance.js';

export interface ObjectiveContext {
  options?: Readonly<Record<string, unknown>>;
  /** Measures of the lives that it judges. */
  measures?: readonly string[];
}

const livesWith = (measures: readonly string[]): JudgedLife[] =>
  [
    { score: 0, energy: 0, genesChanged: 0, formulaSize: 0 },
    { score: 12.5, energy: 3.25, genesChanged: 4, formulaSize: 5 },
    { score: -7, energy: 0.5, genesChanged: 3682, formulaSize: 1 },
  ].map((life, i) => ({ ...life, measures: Object.fromEntries(measures.map((name) => [name, i + 1])) }));

/**
 * What is asked of every objective: a number for every life that was lived, the same again, and no life changed.
 * @param part what a table holds, or a module exports by default
 * @throws UsageError where it is no objective
 */
export function objectiveChecks(
  part: unknown,
  { options = {}, measures = ['eaten'] }: ObjectiveContext = {},
): Check[] {
  const { summary, options: schema, value, fault } = objectiveParts.adopt(part, 'objective');
  const settled = () => schema.parse(options);
  return [
    {
      name: 'says what it is',
      run: () => expectThat(/\w/.test(summary), 'a summary in words', summary),
    },
    {
      name: 'gives a finite number for lives that were lived',
      run() {
        for (const life of livesWith(measures)) {
          const judged = value(life, settled());
          expectThat(typeof judged === 'number' && Number.isFinite(judged), 'a finite number', judged);
        }
      },
    },
    {
      name: 'judges the same life the same, and does not change it',
      run() {
        for (const [i, life] of livesWith(measures).entries()) {
          const first = value(life, settled());
          expectSame(value(life, settled()), first, 'a life judged again');
          expectSame(life, livesWith(measures)[i], 'a life that was judged');
        }
      },
    },
    {
      name: 'answers for a life that failed, with NaN where it likes',
      run() {
        const [life] = livesWith(measures);
        const failed = { ...life!, score: Number.NaN, energy: Number.NaN };
        expectThat(typeof value(failed, settled()) === 'number', 'a number, or NaN');
      },
    },
    {
      name: 'says in words what is wrong with its options, or nothing',
      run() {
        const known: KnownQuantities = { measures };
        expectSame(fault?.(settled(), known), undefined, 'the fault of sound options');
        const missing = fault?.(settled(), { measures: [] });
        expectThat(missing === undefined || /\w/.test(missing), 'words, or nothing', missing);
      },
    },
  ];
}
