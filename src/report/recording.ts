import { extent } from '../figure/range.js';
import { count } from '../figure/theme.js';
import type { LifeRecording } from '../inspect/recording.js';
import { recordedHead } from '../inspect/tables/recording.js';
import type { Quantity } from '../kernel/quantities.js';
import { figuresThatCount } from './numbers.js';
import type { Report } from './report.js';

const counted = (n: number, what: string) => `${count(n)} ${what}${n === 1 ? '' : 's'}`;

const digits = (value: number | null) => (value === null ? '-' : figuresThatCount(value, 4));

/** What a recording holds, quantity by quantity. */
export function recordingReport(
  { run, life, file }: { run: string; life: string; file: string },
  recording: LifeRecording,
): Report {
  const { scenario, heldOut, score, durationMs, resolutionMs, timesMs, quantities } = recording;
  const found = quantities.map(({ name, unit, each, labels, values }) => {
    const range = extent([values]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      ...{ name, unit, each, columns: labels },
      lowest: range?.low ?? null,
      mean: Number.isFinite(mean) ? mean : null,
      highest: range?.high ?? null,
    };
  });
  const [fromMs, toMs] = [timesMs[0]!, timesMs.at(-1)!];
  return {
    data: {
      ...{ run, life, scenario, heldOut, score, durationMs, resolutionMs },
      ...{ samples: timesMs.length, fromMs, toMs, quantities: found, file },
    },
    sections: [
      {
        title: `${run}: ${life}, ${scenario}${heldOut ? ' (held out)' : ''}, score ${figuresThatCount(score, 4)}`,
        parts: [
          {
            part: 'table',
            columns: ['recorded', 'of', 'lowest', 'mean', 'highest'],
            rows: found.map((of) => [
              recordedHead(of),
              of.each === 'network' ? 'the network' : counted(of.columns.length, of.each),
              digits(of.lowest),
              digits(of.mean),
              digits(of.highest),
            ]),
          },
          {
            part: 'lines',
            lines: [
              `${timesMs.length} samples from ${fromMs} to ${toMs} ms, of an episode of ${durationMs} ms`,
            ],
          },
        ],
      },
    ],
  };
}

/** Everything that can be recorded of a network. */
export const recordableReport = (run: string, quantities: readonly Quantity[]): Report => ({
  data: {
    run,
    quantities: quantities.map(({ read: _, ...told }) => told),
  },
  sections: [
    {
      parts: [
        {
          part: 'table',
          columns: ['name', 'unit', 'values', 'what'],
          rows: quantities.map(({ name, unit, each, count: values, about }) => [
            name,
            unit === '1' ? '-' : unit,
            each === 'network' ? '1' : counted(values, each),
            about,
          ]),
        },
      ],
    },
  ],
});
