import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { validate } from '../spec/validate.js';
import { replaceFile } from './files.js';

/** Beside the manifest: what a run is called changes nothing of what it is. */
export const tagsFile = 'tags.json';

const schema = z.strictObject({
  format: z.literal('baldwin-tags/1'),
  tags: z.array(z.string()),
});

/** The tags of a run, in alphabetical order; none where it was never tagged. */
export function tagsOf(folder: string): readonly string[] {
  const path = join(folder, tagsFile);
  if (!existsSync(path)) return [];
  try {
    return validate(schema, readJsonFile(path, 'tags'), { source: path }, 'list of tags').tags;
  } catch (error) {
    throw new UserError((error as Error).message, { cause: error });
  }
}

/** Adds tags to a run, or takes them away. @returns those that it has now */
export function changeTags(
  folder: string,
  tags: readonly string[],
  change: 'add' | 'remove',
): readonly string[] {
  const before = tagsOf(folder);
  const after = change === 'add' ? [...before, ...tags] : before.filter((tag) => !tags.includes(tag));
  const sorted = [...new Set(after)].sort();
  const file = { format: 'baldwin-tags/1', tags: sorted } satisfies z.output<typeof schema>;
  replaceFile(join(folder, tagsFile), `${JSON.stringify(file, null, 2)}\n`, 'expect');
  return sorted;
}
