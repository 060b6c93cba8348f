import type { ArchiveSummary } from '../evolve/kept-archive.js';
import { count, figures } from '../figure/theme.js';
import type { ReportField } from './report.js';

/** How full an archive is, and how good. */
export const archiveText = ({ elites, cells, coverage, qdScore, offset }: ArchiveSummary): string =>
  `${count(elites)} of ${count(cells)} cells (coverage ${(100 * coverage).toFixed(1)} %), QD score ${figures(qdScore)} a cell ` +
  `(offset ${figures(offset)})`;

/** The archive of a run, where its strategy keeps one. */
export function archiveFields(archive: ArchiveSummary | undefined): ReportField[] {
  if (archive === undefined) return [];
  const { measures, belowOffset, unplaced } = archive;
  return [
    ['archive', archiveText(archive)],
    ['measures', measures.map(({ name, low, high }) => `${name} in [${low}, ${high}]`).join(', ')],
    ...(belowOffset > 0
      ? ([
          [
            'below the offset',
            `${count(belowOffset)} elites, each of which lowers the QD score: "--set strategy.offset=…" gives a lower one`,
          ],
        ] as const)
      : []),
    ...measures
      .filter(({ clipped }) => clipped > 0)
      .map(
        ({ name, clipped }) =>
          ['out of range', `${name} of ${count(clipped)} candidates, taken as at the border`] as const,
      ),
    ...(unplaced > 0
      ? ([['without a cell', `${count(unplaced)} candidates with a measure that is no number`]] as const)
      : []),
  ];
}
