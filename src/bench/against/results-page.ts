import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../spec/errors.js';
import { packageRoot } from '../../spec/library.js';
import { replaceFile } from '../../store/files.js';

const head = `# Benchmarks

The sections of this page are written by the command that each of them names. Machines differ and are shared: read ratios
within one section, not absolute times.
`;

/**
 * A page with a section in its place, between the comments `<!-- name -->` and `<!-- /name -->`; at the end where it has
 * no place yet.
 * @throws UserError where one of the two comments is missing
 */
export function withSection(page: string, name: string, section: string): string {
  const [before, after] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const from = page.indexOf(before);
  const to = page.indexOf(after);
  if (from === -1 && to === -1) return `${page.trimEnd()}\n\n${before}${section}${after}\n`;
  if (from === -1 || to < from) {
    throw new UserError(
      `The page of results has one of the comments "<!-- ${name} -->" and "<!-- /${name} -->" only, or has them in the ` +
        'wrong order. Mend it, or remove both.',
    );
  }
  return page.slice(0, from + before.length) + section + page.slice(to);
}

/** Records a section in the page of benchmark results. Returns the page's path. */
export function recordSection(
  name: string,
  section: string,
  path = join(packageRoot, 'bench', 'RESULTS.md'),
): string {
  const page = existsSync(path) ? readFileSync(path, 'utf8') : head;
  replaceFile(path, withSection(page, name, section));
  return path;
}
