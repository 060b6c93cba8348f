import { describe, expect, it } from 'vitest';
import { attribute, readXml, type XmlElement } from '../../src/connectome/import/xml.js';
import { rowOf } from '../../src/figure/figure.js';
import { renderPage } from '../../src/picture/page/page.js';
import { entriesFor, glossaryOf, readGlossary } from '../../src/report/glossary.js';
import type { Page } from '../../src/report/page.js';

const bars = (title: string) => ({
  title,
  width: 400,
  rows: [
    rowOf({
      block: 'bars' as const,
      title: 'Score',
      nameWidth: 100,
      dots: false,
      bars: [{ name: 'a < b', value: 1, colour: '#000000' }],
    }),
  ],
});

const page: Page = {
  title: 'A <script>alert(1)</script> & "run"',
  lead: ['What the champion does.'],
  notices: ['n < 2\u0000'],
  command: 'inspect',
  chapters: [
    {
      title: 'Scores',
      contents: [
        {
          title: 'Scores',
          aside: 'ranges of fSBI',
          parts: [
            {
              part: 'fields',
              fields: [
                ['chance', 0.1],
                ['', 'it is < 1'],
              ],
            },
            {
              part: 'table',
              columns: ['taken out', 'effect', ''],
              rows: [['w += "<img src=x>"', '0.100', '']],
            },
            { part: 'lines', lines: ['  w += x < y', '  z = 1'] },
          ],
        },
        { figure: bars('first'), reading: 'Look at <a>.' },
        { figure: bars('second'), reading: 'And here.' },
      ],
      commands: ["baldwin evolve 'a & b'"],
      folded: { summary: 'settings', text: '{"a": "</pre>"}' },
    },
  ],
};

const all = (element: XmlElement): XmlElement[] => [element, ...element.children.flatMap(all)];
const named = (elements: readonly XmlElement[], name: string) =>
  elements.filter((element) => element.name === name);

const html = await renderPage(page, readGlossary());
const elements = all(readXml({ source: 'page', text: html.replace('<!DOCTYPE html>', '') }, 'html'));

describe('a page', () => {
  it('is well-formed, and says what it was given as text alone', () => {
    expect(named(elements, 'h1')[0]!.text).toBe('A <script>alert(1)</script> & "run"');
    expect(named(elements, 'script')).toEqual([]);
    expect(named(elements, 'img')).toEqual([]);
    const code = named(elements, 'pre').map(({ text }) => text);
    expect(code).toEqual(['w += x < y\nz = 1', "baldwin evolve 'a & b'", '{"a": "</pre>"}']);
    expect(elements.some(({ text }) => text === 'n < 2\ufffd')).toBe(true);
  });

  it('fetches nothing: every reference stays on the page and is there', () => {
    const ids = elements.map((element) => attribute(element, 'id')).filter((id) => id !== '');
    expect(new Set(ids).size).toBe(ids.length);
    const links = elements.map((element) => attribute(element, 'href')).filter((link) => link !== '');
    expect(links.length).toBeGreaterThan(4);
    expect(links.filter((link) => !link.startsWith('#') || !ids.includes(link.slice(1)))).toEqual([]);
    const inner = [...html.matchAll(/url\(([^)]*)\)/g)].map(([, link]) => link!);
    expect(inner.filter((link) => !ids.includes(link.slice(1)))).toEqual([]);
    expect(html).not.toMatch(/https?:|@import|<(link|iframe|script)\b|<[^>]* src=/);
  });

  it('has its pictures within it, each with a name and a sentence of reading', () => {
    const pictures = named(elements, 'svg');
    expect(pictures.map((picture) => attribute(picture, 'aria-label'))).toEqual(['first', 'second']);
    expect(named(elements, 'figcaption').map(({ text }) => text)).toEqual(['Look at <a>.', 'And here.']);
  });

  it('can be read by keys: what may move sideways takes the focus and has a name', () => {
    const boxes = elements.filter((element) => attribute(element, 'class').startsWith('box'));
    expect(boxes).toHaveLength(6);
    expect(boxes.every((box) => attribute(box, 'tabindex') === '0' && attribute(box, 'aria-label'))).toBe(
      true,
    );
    expect(attribute(named(elements, 'a')[0]!, 'href')).toBe('#content');
  });

  it('drops columns without a name that say nothing', () => {
    expect(named(elements, 'th').map(({ children, text }) => children[0]?.text ?? text)).toEqual([
      'taken out',
      'effect',
    ]);
    expect(named(elements, 'td').map(({ text }) => text)).toEqual(['w += "<img src=x>"', '0.100']);
  });

  it('explains the words that it uses, and no others', () => {
    const words = named(elements, 'dt').map(({ text }) => text);
    expect(words).toEqual(
      expect.arrayContaining(['plausibility filters; fSBI', 'chance', 'effect', 'taken out', 'score']),
    );
    expect(words.filter((word) => /canonical|Jaccard|rollout/.test(word))).toEqual([]);
    expect(html).not.toMatch(/\*\*|`/);
  });
});

describe('formulas on a page', () => {
  it('are typeset beside their text', async () => {
    const parts = [
      { part: 'formulas', formulas: [{ text: 'w = x < 1', latex: 'w \\leftarrow x < 1' }] },
      {
        part: 'table',
        columns: ['run', 'canonical'],
        rows: [
          ['first', 'exp(x) / 2'],
          ['second', '-'],
        ],
        typeset: ['canonical'],
      },
    ] as const;
    const chapters = [{ title: 'Rules', contents: [{ parts }] }];
    const typeset = await renderPage({ ...page, chapters }, readGlossary());
    const found = all(readXml({ source: 'page', text: typeset.replace('<!DOCTYPE html>', '') }, 'html'));
    expect(named(found, 'math')).toHaveLength(2);
    expect(named(found, 'mfrac')).toHaveLength(1);
    expect(named(found, 'code').map(({ text }) => text)).toEqual(
      expect.arrayContaining(['w = x < 1', 'exp(x) / 2', '-']),
    );
  });
});

describe('the glossary of a page', () => {
  const concepts = [
    '# Concepts',
    '## Rule',
    'A rule keeps an **eligibility** and a\n**gain**. More in [rules](rules.md).',
    '![picture](x.png)',
    '# Glossary\n\n## A\n\nPrinted by `inspect`.\n\n| word | meaning |\n|---|---|\n| n; gain | of `inspect`, a [link](x.md) |',
    'Printed by `inspect --revert` and `--silence`.\n\n| word | meaning |\n|---|---|\n| n | of revert |',
    '## B\n\n| word | meaning |\n|---|---|\n| n | of any |\n',
  ].join('\n\n');

  it('is read from the page of concepts', () => {
    expect(glossaryOf(concepts)).toEqual([
      {
        terms: ['rule', 'eligibility'],
        meaning: 'A rule keeps an eligibility and a gain.',
        printedBy: [],
        idea: true,
      },
      { terms: ['n', 'gain'], meaning: 'of `inspect`, a link', printedBy: ['inspect'], idea: false },
      {
        terms: ['n'],
        meaning: 'of revert',
        printedBy: ['inspect --revert', 'inspect --silence'],
        idea: false,
      },
      { terms: ['n'], meaning: 'of any', printedBy: [], idea: false },
    ]);
  });

  it.each([
    ['inspect', 'of `inspect`, a link'],
    ['inspect --revert', 'of revert'],
    ['study', 'of any'],
  ])('gives a word of several meanings that of %s', (command, meaning) => {
    const entries = entriesFor(glossaryOf(concepts), command, ['n'], '');
    expect(entries.map((entry) => entry.meaning)).toEqual([meaning]);
  });

  it('finds whole words in sentences, and ideas in their plural', () => {
    const found = (text: string) =>
      entriesFor(glossaryOf(concepts), 'inspect', [], text).map(({ terms }) => terms[0]);
    expect(found('Two rules')).toEqual(['rule']);
    expect(found('its gain, n')).toEqual(['n']);
    expect(found('ruler and regain')).toEqual([]);
  });
});
