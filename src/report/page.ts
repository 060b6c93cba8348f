import type { Block, Figure } from '../figure/figure.js';
import { entriesFor, type GlossaryEntry } from './glossary.js';
import type { ReportPart, ReportSection } from './report.js';

/** A document with its pictures, for readers who were not there: each picture says how it is read. */
export interface Page {
  title: string;
  /** What the page is about, a paragraph each. */
  lead: readonly string[];
  chapters: readonly PageChapter[];
  /** What the reader must know before believing the numbers. */
  notices: readonly string[];
  /** The command that found what the page shows, such as `inspect`. */
  command: string;
}

export interface PageChapter {
  title: string;
  /** In the order in which they are read. */
  contents: readonly (ReportSection | PageFigure)[];
  /** What is to be typed, line by line. */
  commands?: readonly string[] | undefined;
  /** Text that is shown when it is asked for, such as a file. */
  folded?: { summary: string; text: string } | undefined;
}

export interface PageFigure {
  figure: Figure;
  /** What is seen in it, in words. */
  reading: string;
}

export const isFigure = (content: ReportSection | PageFigure): content is PageFigure => 'figure' in content;

const labelsOf = (part: ReportPart): readonly string[] =>
  part.part === 'table'
    ? part.columns
    : part.part === 'fields'
      ? part.fields.flatMap(([name]) => name.split('; '))
      : [];

const wordsOf = (part: ReportPart): readonly (string | number)[] => {
  switch (part.part) {
    case 'table':
      return part.rows.flat();
    case 'fields':
      return part.fields.map(([, value]) => value);
    case 'formulas':
      return part.formulas.map(({ text }) => text);
    default:
      return part.lines;
  }
};

/** Every word of a block's data, whatever names it stands under. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return [];
  return Object.values(value).flatMap(textsIn);
}

const figureWords = ({ figure, reading }: PageFigure) => [
  figure.title ?? '',
  figure.subtitle ?? '',
  reading,
  ...figure.rows.flatMap(({ blocks }) => blocks.flatMap((block: Block) => textsIn(block))),
];

/** The words of a page that a glossary explains. */
export function glossaryFor(
  { title, lead, chapters, notices, command }: Page,
  glossary: readonly GlossaryEntry[],
): GlossaryEntry[] {
  const contents = chapters.flatMap((chapter) => chapter.contents);
  const sections = contents.filter((content): content is ReportSection => !isFigure(content));
  const parts = sections.flatMap((section) => section.parts);
  const text = [
    ...[title, ...lead, ...notices],
    ...chapters.map((chapter) => chapter.title),
    ...sections.flatMap((section) => [section.title ?? '', section.aside ?? '']),
    ...parts.flatMap((part) => [...labelsOf(part), ...wordsOf(part)]),
    ...contents.filter(isFigure).flatMap(figureWords),
  ].join('\n');
  return entriesFor(glossary, command, parts.flatMap(labelsOf), text);
}
