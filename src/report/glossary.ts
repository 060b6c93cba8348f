import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../spec/library.js';

/** Words that mean one thing, and what they mean. */
export interface GlossaryEntry {
  terms: readonly string[];
  /** With names of code between backticks. */
  meaning: string;
  /** Commands that print the words, such as `inspect --revert`; none where any may. */
  printedBy: readonly string[];
  /** Whether it is one of the ideas of the program, which stand before its words. */
  idea: boolean;
}

/** Links by their words, and no signs of weight. */
const plain = (markdown: string) =>
  markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\*\*?/g, '')
    .replaceAll('\\|', '|')
    .trim();

/** `inspect --revert` and `--silence`: a flag alone goes with the command before it. */
function commandsIn(line: string): string[] {
  const found = [...line.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
  const command = found[0]?.split(' ')[0] ?? '';
  return found.map((name) => (name.startsWith('--') ? `${command} ${name}` : name));
}

/** The ideas: a heading, and its first paragraph, which may explain more words in bold. */
const ideasOf = (text: string): GlossaryEntry[] =>
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading, paragraph = ''] = section.split('\n\n');
      const bold = [...paragraph.matchAll(/\*\*([^*]+)\*\*/g)].map(([, word]) => word!);
      const meaning = plain(paragraph.replaceAll('\n', ' ').replace(/ More in .*$/, ''));
      return {
        terms: [...new Set([heading!.toLowerCase(), ...bold])],
        meaning,
        printedBy: [],
        idea: true,
      };
    });

/** The words: tables, under the commands that print them. */
function wordsOf(text: string): GlossaryEntry[] {
  let printedBy: string[] = [];
  return text.split('\n').flatMap((line): GlossaryEntry[] => {
    if (line.startsWith('## ')) printedBy = [];
    if (line.startsWith('Printed by ')) printedBy = commandsIn(line);
    const [, terms, meaning] = /^\| (.+?) \| (.+) \|$/.exec(line) ?? [];
    if (terms === undefined || meaning === undefined || terms === 'word') return [];
    return [{ terms: terms.split('; '), meaning: plain(meaning), printedBy, idea: false }];
  });
}

/** What the page of concepts explains: the one place where words are explained. */
export function glossaryOf(concepts: string): GlossaryEntry[] {
  const [ideas, tables = ''] = concepts.split('# Glossary\n');
  const words = wordsOf(tables);
  const known = new Set(words.flatMap(({ terms }) => terms));
  // A word that has an entry of its own needs no place beside an idea.
  const apart = ideasOf(ideas!).map((entry) => ({
    ...entry,
    terms: entry.terms.filter((term, i) => i === 0 || !known.has(term)),
  }));
  return [...apart, ...words];
}

export const readGlossary = (): GlossaryEntry[] =>
  glossaryOf(readFileSync(join(packageRoot, 'docs', 'concepts.md'), 'utf8'));

/** Whether a text has the word, whole; an idea may also stand there as several. */
function says(text: string, { idea }: GlossaryEntry, term: string): boolean {
  const literal = (idea ? term.replace(/s$/, '') : term).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}${idea ? 's?' : ''}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}

/** Shorter words stand in any text. */
const leastLetters = 4;

/**
 * The entries of a glossary that a document needs, in its order.
 * @param command what printed it: where a word has several meanings, this command's comes first
 * @param labels names of fields and columns: each is looked up as it stands
 * @param text all else that the document says, in which words of this command and ideas are looked for
 */
export function entriesFor(
  glossary: readonly GlossaryEntry[],
  command: string,
  labels: readonly string[],
  text: string,
): GlossaryEntry[] {
  const rank = ({ printedBy }: GlossaryEntry) =>
    printedBy.includes(command) ? 0 : printedBy.length === 0 ? 1 : 2;
  const ranked = glossary.toSorted((a, b) => rank(a) - rank(b));
  const known = new Map<string, GlossaryEntry>();
  for (const entry of ranked) for (const term of entry.terms) if (!known.has(term)) known.set(term, entry);
  const wanted = new Set(labels.flatMap((label) => known.get(label) ?? []));
  for (const entry of glossary) {
    if (!entry.idea && rank(entry) > 0) continue;
    const words = entry.terms.filter((term) => term.length >= leastLetters && known.get(term) === entry);
    if (words.some((term) => says(text, entry, term))) wanted.add(entry);
  }
  return glossary.filter((entry) => wanted.has(entry));
}
