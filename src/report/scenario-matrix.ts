import type { MatrixCell, ScenarioMatrix } from '../inspect/scenario-matrix.js';
import { fewestForInterval } from '../study/summaries.js';
import { figuresThatCount } from './numbers.js';
import type { Report } from './report.js';

const figure = (value: number) => figuresThatCount(value, 3);

function middleText(middle: MatrixCell['gain']): string {
  if (middle === null) return 'no life ended';
  const { median, interval } = middle;
  return figure(median) + (interval ? ` (${figure(interval.low)} to ${figure(interval.high)})` : '');
}

/** Arms by scenarios: medians over runs, of the champions and of what they gained. */
export function scenarioMatrixReport(study: string, found: ScenarioMatrix): Report {
  const { lives, failed, scenarios, arms } = found;
  const cellOf = (cells: readonly MatrixCell[], scenario: string) =>
    cells.find((cell) => cell.scenario === scenario);
  const few = arms.some(({ cells }) => cells.some(({ gain }) => gain !== null && gain.interval === null));
  return {
    data: { study, ...found },
    ...(failed > 0 ? { notices: [`${failed} lives failed and are left out of the means.`] } : {}),
    sections: [
      {
        title: 'Scores by scenario',
        aside: `medians of the champions of each arm, ${lives} fresh lives each; * evolution lived it`,
        parts: [
          {
            part: 'table',
            columns: ['arm', 'runs', ...scenarios],
            rows: arms.map(({ arm, runs, cells }) => [
              arm,
              String(runs),
              ...scenarios.map((scenario) => {
                const cell = cellOf(cells, scenario);
                if (!cell?.champion) return '-';
                return `${figure(cell.champion.median)}${cell.heldOut ? '' : ' *'}`;
              }),
            ]),
          },
        ],
      },
      {
        title: 'What evolution gained there',
        aside: 'the champion’s score less that of its untrained start on the same lives, medians over runs',
        parts: [
          {
            part: 'table',
            columns: [
              'arm',
              'scenario',
              'evolution lived it',
              'chance',
              'ceiling',
              'untrained',
              'champion (95 %)',
              'gain (95 %)',
            ],
            rows: arms.flatMap(({ arm, cells }) =>
              cells.map(({ scenario, heldOut, chance, ceiling, untrained, champion, gain }) => [
                arm,
                scenario,
                heldOut ? 'no' : 'yes',
                chance === null ? '-' : figure(chance),
                figure(ceiling),
                untrained === null ? '-' : figure(untrained.median),
                middleText(champion),
                middleText(gain),
              ]),
            ),
          },
          {
            part: 'small',
            lines: [
              '95 %: interval of the median, by the percentile bootstrap over runs.' +
                (few ? ` Of fewer than ${fewestForInterval} runs there is none.` : ''),
            ],
          },
        ],
      },
    ],
  };
}
