import type { Connectome } from '../connectome/connectome.js';
import { assembleTable } from '../connectome/import/assemble.js';
import { readCells } from '../connectome/import/cells.js';
import {
  type Converted,
  type ConverterName,
  converterOf,
  converters,
} from '../connectome/import/converters.js';
import type { ImportedGraph, SourceText } from '../connectome/import/graph.js';
import { type ImporterName, importers } from '../connectome/import/importers.js';
import { SourceFile } from '../connectome/import/source-file.js';
import type { Naming } from '../connectome/names.js';
import type { CellKind, ConnectomeTable, weightUnits } from '../connectome/schema.js';
import { UsageError } from '../spec/errors.js';
import { validate } from '../spec/validate.js';

export type Format = ImporterName | ConverterName;

export interface Made {
  table: ConnectomeTable;
  connectome: Connectome;
  notices: string[];
}

export interface ImportChoices {
  format?: Format | undefined;
  sections?: string | undefined;
  ignore?: string[] | undefined;
  cells?: string | undefined;
  encoding?: string | undefined;
  naming?: Naming | undefined;
  id?: string | undefined;
  species: string;
  sex: string;
  stage: string;
  unit: (typeof weightUnits)[number];
  licence: string;
  citation?: string[] | undefined;
  gap: 'separate' | 'directed';
  gapListing: 'mirrored' | 'once';
  sign: 'none' | 'gaba-negative';
  duplicates: 'sum' | 'error';
  weights: 'counts' | 'real';
  muscles?: string[] | undefined;
  others?: string[] | undefined;
  columns?: string[] | undefined;
  types?: string[] | undefined;
}

/** `a=b` for each, as an object. */
function pairs(option: string, given: readonly string[] | undefined): Record<string, string> | undefined {
  return (
    given &&
    Object.fromEntries(
      given.map((text) => {
        const equals = text.indexOf('=');
        if (equals < 1)
          throw new UsageError(`${option} ${text}: expected two names with an equals sign between them.`);
        return [text.slice(0, equals), text.slice(equals + 1)];
      }),
    )
  );
}

/** What a file is: a matrix has an empty corner, or is bare and comes beside labels. */
function formatOf({ beginning }: SourceFile, sections: string | undefined): Format {
  const converter = converterOf(beginning);
  if (converter) return converter;
  const corner = /^\ufeff?("")?[,;\t]/.test(beginning);
  return corner || sections !== undefined ? 'matrix' : 'edge-list';
}

/** The one format of all files. */
function commonFormat(files: readonly SourceFile[], sections: string | undefined): Format {
  const formats = files.map((file) => formatOf(file, sections));
  const other = formats.findIndex((format) => format !== formats[0]);
  if (other > 0) {
    throw new UsageError(
      `Files read together must be of one format: ${files[0]!.source} looks like ${formats[0]}, ` +
        `${files[other]!.source} like ${formats[other]}. Import them one by one, or say with --format what they are.`,
    );
  }
  return formats[0]!;
}

/** Reads files of one format as the command line says. */
export function fromFiles(files: readonly string[], choices: ImportChoices): Made {
  if (files.length === 0) throw new UsageError('Name at least one file, or give --recipe.');
  const { id, species, sex, stage, unit, licence, citation, ...reading } = choices;
  if (id === undefined) throw new UsageError('Give the connectome a name with --id.');
  if (!/^[A-Za-z0-9][\w.-]*$/.test(id)) {
    throw new UsageError(`--id: expected letters, digits, dots, dashes and underscores, found "${id}".`);
  }
  const twice = files.find((path, i) => files.indexOf(path) !== i);
  if (twice !== undefined) {
    throw new UsageError(`${twice}: the file is given twice, and would count twice. Name it once.`);
  }
  const given = files.map((path) => new SourceFile(path, 'list or matrix', reading.encoding));
  const { gap, gapListing, sign, duplicates, weights, muscles, others, columns, types, sections, ignore } =
    reading;
  const naming = reading.naming ?? (species === 'Caenorhabditis elegans' ? 'wormatlas' : 'as-given');
  const format = reading.format ?? commonFormat(given, sections);
  const forOthers =
    format === 'matrix'
      ? { '--columns': columns, '--types': types }
      : { '--sections': sections, '--ignore': ignore };
  for (const [option, value] of Object.entries(forOthers)) {
    if (value !== undefined)
      throw new UsageError(`${option} does not go with the format ${format}; leave it out.`);
  }
  const converter = format === 'matrix' || format === 'edge-list' ? undefined : converters[format];
  const parts: Converted[] = given.map((file) => converter?.convert(file) ?? { connections: file });
  const texts = parts.map(({ connections }) => connections);
  const importer = converter ? 'edge-list' : (format as ImporterName);
  const listed =
    reading.cells === undefined
      ? undefined
      : new SourceFile(reading.cells, 'list of cells', reading.encoding);
  const cellFiles = listed ? [listed] : parts.flatMap(({ cells }) => cells ?? []);
  const list = cellFiles.length > 0 ? readCells(cellFiles, naming) : undefined;
  const ofKind = (kind: CellKind) => list?.ids.filter((id) => list.kinds.get(id) === kind) ?? [];
  const common = {
    ...{ weights: converter ? 'real' : weights, naming },
    muscles: [...(muscles ?? []), ...ofKind('m')],
    others: [...(others ?? []), ...ofKind('o')],
    cells: list?.ids,
  };
  const settings =
    importer === 'matrix'
      ? { ...common, sections: sections?.split(',') ?? files.map(() => 'chemical'), ignore }
      : {
          ...{ ...common, gap, gapListing, sign, duplicates },
          columns: pairs('--columns', columns),
          types: pairs('--types', types),
        };
  const { options: schema, read } = importers[importer];
  const graph = (read as (texts: SourceText[], options: unknown) => ImportedGraph)(
    texts,
    validate(schema, settings, { source: 'command line' }, 'set of import options'),
  );
  if (list && list.classes.size > 0) graph.classes = graph.ids.map((id) => list.classes.get(id) ?? id);
  const made = assembleTable(
    graph,
    {
      id,
      species,
      sex,
      stage,
      weightUnit: unit,
      licence: { statement: licence },
      citation: citation ?? ['not stated'],
      sources: [...given, ...(listed ? [listed] : [])].map(({ source: path, sha256 }, i) => ({
        id: `file-${i + 1}`,
        citation: 'not stated',
        licence,
        ...{ path, sha256 },
        fields: i < files.length ? ['chemical', 'gap'] : ['cells'],
      })),
    },
    { source: files.join(', '), ...(list ? { annotations: list.annotations(graph.ids) } : {}) },
  );
  const told = [...given, ...(listed ? [listed] : [])].flatMap((file) => file.notices);
  return { ...made, notices: [...told, ...graph.notices] };
}
