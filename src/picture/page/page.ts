import type { GlossaryEntry } from '../../report/glossary.js';
import { glossaryFor, isFigure, type Page, type PageChapter, type PageFigure } from '../../report/page.js';
import { renderFigure } from '../draw-figure.js';
import { box, escaped, inlineSvg, withCode } from './markup.js';
import { type Places, placesOf, sectionHtml } from './report-parts.js';
import { pageStyle } from './style.js';

async function figureHtml({ figure, reading }: PageFigure, name: string): Promise<string> {
  const svg = (await renderFigure(figure, 'svg')).toString('utf8');
  const label = [figure.title ?? '', figure.subtitle ?? ''].filter((text) => text !== '').join('. ');
  return (
    `<figure id="${name}">${box(figure.title ?? 'Picture', inlineSvg(svg, name, label), ' card')}` +
    `<figcaption>${escaped(reading)}</figcaption></figure>`
  );
}

const foldedHtml = ({ summary, text }: NonNullable<PageChapter['folded']>) =>
  `<details><summary>${escaped(summary)}</summary>${box(summary, `<pre>${escaped(text)}</pre>`)}</details>`;

async function chapterHtml(chapter: PageChapter, place: string, places: Places): Promise<string> {
  const { title, contents, commands, folded } = chapter;
  const written: string[] = [];
  for (const [i, content] of contents.entries()) {
    written.push(
      isFigure(content)
        ? await figureHtml(content, `${place}-figure-${i + 1}`)
        : sectionHtml(content, title, places),
    );
  }
  return [
    `<section aria-labelledby="${place}"><h2 id="${place}">${escaped(title)}</h2>`,
    ...written,
    ...(commands ? [box('Commands', `<pre>${escaped(commands.join('\n'))}</pre>`)] : []),
    ...(folded ? [foldedHtml(folded)] : []),
    '</section>',
  ].join('\n');
}

const glossaryHtml = (entries: readonly GlossaryEntry[]): string =>
  [
    '<section aria-labelledby="words"><h2 id="words">Words on this page</h2>',
    '<dl class="words">',
    ...entries.map(
      ({ terms, meaning }, i) =>
        `<dt id="word-${i + 1}">${terms.map(escaped).join('; ')}</dt><dd>${withCode(meaning)}</dd>`,
    ),
    '</dl></section>',
  ].join('\n');

/** Nothing is fetched, whatever a page may say. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * A page as one file of HTML: pictures within it, no script, and nothing that is fetched. It is well-formed XML after its
 * first line.
 * @param glossary what there is to explain; the page takes the words that it uses
 */
export async function renderPage(page: Page, glossary: readonly GlossaryEntry[]): Promise<string> {
  const { title, lead, notices, chapters } = page;
  const entries = glossaryFor(page, glossary);
  const places = placesOf(entries);
  const placed = chapters.map((chapter, i) => ({ chapter, place: `chapter-${i + 1}` }));
  const body: string[] = [];
  for (const { chapter, place } of placed) body.push(await chapterHtml(chapter, place, places));
  const contents = [
    ...placed.map(({ chapter, place }) => `<li><a href="#${place}">${escaped(chapter.title)}</a></li>`),
    '<li><a href="#words">Words on this page</a></li>',
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}" />
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>${escaped(title)}</h1>
${lead.map((text) => `<p>${escaped(text)}</p>`).join('\n')}
${notices.map((text) => `<p class="notice" role="note">${escaped(text)}</p>`).join('\n')}
</header>
<nav aria-label="Contents"><ol>
${contents.join('\n')}
</ol></nav>
<main id="content" tabindex="-1">
${body.join('\n')}
${glossaryHtml(entries)}
</main>
</body>
</html>
`;
}
