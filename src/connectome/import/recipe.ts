import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { suggest, UsageError } from '../../spec/errors.js';
import { sha256 } from '../../spec/sha256.js';
import { utf8Text } from '../../spec/text.js';
import { validate } from '../../spec/validate.js';
import { cellClasses } from '../names.js';
import { type ConnectomeTable, countsSchema, sourceShape, tableSchema } from '../schema.js';
import { annotate, annotationSchema } from './annotations.js';
import { assembleTable } from './assemble.js';
import { readDelimited } from './delimited.js';
import type { ImportedGraph, SourceText } from './graph.js';
import { type ImporterName, importers } from './importers.js';

const text = z.string().min(1);

/** How a table is built from published files: what to read, how, and what must come out. */
const recipeSchema = z.strictObject({
  format: z.literal('connectome-recipe/1'),
  /** The table's own fields, copied as they are. */
  table: tableSchema.pick({
    $schema: true,
    id: true,
    species: true,
    sex: true,
    stage: true,
    weightUnit: true,
    licence: true,
    citation: true,
    notes: true,
    aliases: true,
  }),
  /** As in the table, with the path of each file under the folder of raw data. */
  sources: z
    .array(z.strictObject({ ...sourceShape, sha256: sourceShape.sha256.unwrap(), file: text }))
    .min(1),
  import: z.strictObject({
    importer: z.enum(Object.keys(importers) as [ImporterName]),
    /** Ids of the sources to read, as one graph. */
    sources: z.array(text).min(1),
    /** The importer's own options. */
    options: z.record(z.string(), z.unknown()).default({}),
  }),
  /** A column of a source that names the sensory neurons. */
  sensory: z.strictObject({ source: text, column: text }).optional(),
  /** What is taken from further sources, step by step. */
  annotate: annotationSchema,
  /** Totals that the table must have. */
  counts: countsSchema.default({}),
});
export type Recipe = z.output<typeof recipeSchema>;

/** Reads every raw file and checks that it is the one the recipe was written for. */
function readSources(recipe: Recipe, folder: string): Map<string, { path: string; bytes: Buffer }> {
  const files = new Map<string, { path: string; bytes: Buffer }>();
  for (const { id, file, sha256: expected } of recipe.sources) {
    const path = join(folder, file);
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      throw new UsageError(
        `${path}: cannot read the raw file of source "${id}": ${(error as Error).message}.`,
        {
          cause: error,
        },
      );
    }
    const found = sha256(bytes);
    if (found !== expected) {
      throw new UsageError(
        `${path}: not the file that the recipe "${recipe.table.id}" was written for: expected SHA-256 ${expected}, ` +
          `found ${found}. Get the stated version, or check the new one and correct the recipe.`,
      );
    }
    files.set(id, { path, bytes });
  }
  return files;
}

function readColumn(file: SourceText, column: string): Set<string> {
  const names = new Set<string>();
  readDelimited(
    file,
    (header) => header === column,
    ({ headers }) => {
      const at = headers.indexOf(column);
      if (at < 0)
        throw new UsageError(`${file.source}: there is no column "${column}". ${suggest(column, headers)}`);
      return (cells) => {
        if (cells[at]) names.add(cells[at]);
      };
    },
  );
  return names;
}

/** Reads a recipe file. */
export function parseRecipe(value: unknown, source: string): Recipe {
  return validate(recipeSchema, value, { source }, 'connectome recipe');
}

/**
 * Builds a table from the raw files under `folder`. `source` names the recipe in messages. Throws a
 * {@link UsageError} when a raw file is absent or another version, when a row cannot be read, or when the totals are
 * not those the recipe states.
 */
export function buildFromRecipe(recipe: Recipe, folder: string, source: string): ConnectomeTable {
  const files = readSources(recipe, folder);
  const textOf = (id: string) => {
    const file = files.get(id);
    if (file === undefined) {
      throw new UsageError(`${source}: unknown source "${id}". ${suggest(id, [...files.keys()])}`);
    }
    return { source: file.path, text: utf8Text(file.bytes, file.path) };
  };
  const { options: optionsSchema, read } = importers[recipe.import.importer];
  const options = validate(optionsSchema, recipe.import.options, { source }, `set of import.options`);
  // The options are those of this very importer: its own schema has just read them.
  const graph = (read as (files: SourceText[], options: unknown) => ImportedGraph)(
    recipe.import.sources.map(textOf),
    options,
  );
  graph.classes ??= cellClasses(recipe.table.species, graph.ids, graph.kinds);
  let sensory: Set<string> | undefined;
  if (recipe.sensory !== undefined) {
    sensory = readColumn(textOf(recipe.sensory.source), recipe.sensory.column);
  }
  const head = {
    ...recipe.table,
    sources: recipe.sources.map(({ file: _file, ...provenance }) => provenance),
  };
  return assembleTable(graph, head, {
    source,
    expected: recipe.counts,
    annotations: annotate(graph, recipe.annotate, textOf),
    ...(sensory === undefined ? {} : { sensory }),
  }).table;
}
