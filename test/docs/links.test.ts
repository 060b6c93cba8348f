import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/spec/library.js';

const folders = ['docs', 'connectomes', 'genomes', 'strategies', 'examples'];
const pages = [
  ...readdirSync(packageRoot),
  'runs/README.md',
  ...folders.flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  ),
].filter((file) => file.endsWith('.md'));

const isAbsolute = (target: string) => /^[a-z]+:/.test(target);

/** What stands in code is no link. */
const proseOf = (text: string) => text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, 'code');

/** The names by which a page's headings are linked. */
function anchorsOf(text: string): string[] {
  const headings = text.replace(/^```.*?^```/gms, '').matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Each link of a page that leads nowhere, and why. */
function brokenLinks(page: string, text: string): string[] {
  return [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => {
    if (isAbsolute(target!)) return [];
    const [file, anchor] = target!.split('#') as [string, string | undefined];
    const path = file === '' ? page : relative(packageRoot, resolve(packageRoot, dirname(page), file));
    if (path.startsWith('..') || !existsSync(join(packageRoot, path))) return [`${target}: is not there`];
    if (anchor === undefined) return [];
    const headings = anchorsOf(path === page ? text : readFileSync(join(packageRoot, path), 'utf8'));
    return headings.includes(anchor) ? [] : [`${target}: no such heading`];
  });
}

describe('links', () => {
  it.each(pages)('of %s lead to files of the repository', (page) => {
    expect(brokenLinks(page, readFileSync(join(packageRoot, page), 'utf8'))).toEqual([]);
  });

  it('that lead nowhere are found', () => {
    const text =
      '# A heading, twice\n[a](nowhere.md) ![b](../../outside.png) [c](#a-heading) [d](#a-heading-twice) [e](https://example.org) `[f](x)`';
    expect(brokenLinks('docs/guide.md', text)).toEqual([
      'nowhere.md: is not there',
      '../../outside.png: is not there',
      '#a-heading: no such heading',
    ]);
  });
});
