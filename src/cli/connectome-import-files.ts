import type { Connectome } from '../connectome/connectome.js';
import { identityNotices, refuseUnclearNames } from '../connectome/identity.js';
import { assembleTable } from '../connectome/import/assemble.js';
import { readCells } from '../connectome/import/cells.js';
import type { Converted } from '../connectome/import/converted.js';
import { type ConverterName, converterOf, converters } from '../connectome/import/converters.js';
import type { ImportedGraph, SourceText } from '../connectome/import/graph.js';
import { type ImporterName, importers } from '../connectome/import/importers.js';
import { SourceFile } from '../connectome/import/source-file.js';
import { fullSpeciesName, type Naming } from '../connectome/names.js';
import type { ConnectomeTable, weightUnits } from '../connectome/schema.js';
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
  gap?: 'separate' | 'directed' | undefined;
  gapListing?: 'mirrored' | 'once' | undefined;
  sign?: 'none' | 'gaba-negative' | 'weight' | undefined;
  duplicates?: 'sum' | 'error' | undefined;
  weights?: 'counts' | 'real' | undefined;
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

/** Options that do not go with a format, and those that were given of them. */
function refuseOptions(format: Format, choices: ImportChoices): void {
  const { columns, types, gap, sign, duplicates, sections, ignore } = choices;
  const refused =
    format === 'matrix'
      ? { '--columns': columns, '--types': types, '--gap': gap, '--sign': sign, '--duplicates': duplicates }
      : { '--sections': sections, '--ignore': ignore };
  for (const [option, value] of Object.entries(refused)) {
    if (value !== undefined)
      throw new UsageError(`${option} does not go with the format ${format}; leave it out.`);
  }
}

/** Turns the signs of what GABA cells send, where rows name no transmitter and a list of cells does. */
function applyGabaRule(
  { ids, chemical, transmitters }: ImportedGraph,
  listed: readonly string[][] = [],
): void {
  const isGaba = (names: readonly string[] | undefined) => names?.length === 1 && names[0] === 'GABA';
  const gaba = ids.map((_, i) => isGaba(transmitters[i]!.length > 0 ? transmitters[i] : listed[i]));
  for (const [k, pre] of chemical.pre.entries())
    if (gaba[pre] && chemical.weight[k]! > 0) chemical.sign[k] = -1;
}

/** What is said of signs where no column or attribute gives them. */
function signNotices({ chemical }: ImportedGraph, format: Format, sign: ImportChoices['sign']): string[] {
  const connections = chemical.pre.length;
  if (connections === 0 || sign === 'none' || chemical.sign.includes(-1)) return [];
  if (sign === 'gaba-negative') {
    return [
      '--sign gaba-negative: no cell that sends has GABA alone as its transmitter, so all connections count as positive.',
    ];
  }
  if (sign === 'weight')
    return ['--sign weight: no weight is negative, so all connections count as positive.'];
  const how = format === 'matrix' ? 'an edge list' : 'a column or attribute "sign", or --sign gaba-negative,';
  return [
    `No signs are given, so all ${connections} chemical connections count as positive; ${how} can give them.`,
  ];
}

/** The graph that files of one format hold, with what their list of cells says. */
function readGraph(given: readonly SourceFile[], listed: SourceFile | undefined, choices: ImportChoices) {
  const { gap, gapListing, sign, duplicates, weights, sections, ignore, species } = choices;
  const format = choices.format ?? commonFormat(given, sections);
  refuseOptions(format, choices);
  const naming = choices.naming ?? (species === 'Caenorhabditis elegans' ? 'wormatlas' : 'as-given');
  const columns = pairs('--columns', choices.columns);
  const types = pairs('--types', choices.types);
  const converter = format === 'matrix' || format === 'edge-list' ? undefined : converters[format];
  const parts: Converted[] = given.map(
    (file) => converter?.convert(file, { columns, types, gapListing }) ?? { connections: file, notices: [] },
  );
  const told = parts.flatMap(({ cells }) => cells ?? []);
  const cellFiles = listed ? [listed] : told;
  const list = cellFiles.length > 0 ? readCells(cellFiles, naming) : undefined;
  const common = {
    ...{ weights: weights ?? (converter ? 'real' : undefined), naming, gapListing },
    ...{ muscles: choices.muscles, others: choices.others, cells: list?.ids },
  };
  const [importer, settings] = ((): [ImporterName, object] => {
    if (format === 'matrix') {
      return ['matrix', { ...common, sections: sections?.split(',') ?? given.map(() => 'chemical'), ignore }];
    }
    // A converter has read its attributes by the names that were given for them.
    return [
      'edge-list',
      { ...common, gap, sign, duplicates, types, columns: converter ? undefined : columns },
    ];
  })();
  const { options: schema, read } = importers[importer];
  const graph = (read as (texts: SourceText[], options: unknown) => ImportedGraph)(
    parts.map(({ connections }) => connections),
    validate(schema, settings, { source: 'command line' }, 'set of import options'),
  );
  if (list) {
    graph.kinds = graph.ids.map((id, i) => {
      const kind = list.kinds.get(id);
      return kind === undefined || kind === 'n' ? graph.kinds[i]! : kind;
    });
    if (list.classes.size > 0) graph.classes = graph.ids.map((id) => list.classes.get(id) ?? id);
  }
  const notices = [...parts.flatMap((part) => part.notices), ...(list?.notices ?? []), ...graph.notices];
  if (listed && told.length > 0) {
    const files = told.map(({ source }) => source).join(', ');
    notices.push(`What ${files} says of its cells was not read, since ${listed.source} lists them.`);
  }
  const annotations = list?.annotations(graph.ids);
  if (graph.signBasis === undefined) {
    if (sign === 'gaba-negative') applyGabaRule(graph, annotations?.transmitters);
    notices.push(...signNotices(graph, format, sign));
  }
  return { graph, notices, ...(annotations ? { annotations } : {}) };
}

/** Reads files of one format as the command line says. */
export function fromFiles(files: readonly string[], given: ImportChoices): Made {
  const choices = { ...given, species: fullSpeciesName(given.species) };
  if (files.length === 0) throw new UsageError('Name at least one file, or give --recipe.');
  const { id, species, sex, stage, unit, licence, citation, cells, encoding } = choices;
  if (id === undefined) throw new UsageError('Give the connectome a name with --id.');
  if (!/^[A-Za-z0-9][\w.-]*$/.test(id)) {
    throw new UsageError(`--id: expected letters, digits, dots, dashes and underscores, found "${id}".`);
  }
  const twice = files.find((path, i) => files.indexOf(path) !== i);
  if (twice !== undefined) {
    throw new UsageError(`${twice}: the file is given twice, and would count twice. Name it once.`);
  }
  const sources = files.map((path) => new SourceFile(path, 'list or matrix', encoding));
  const listed = cells === undefined ? undefined : new SourceFile(cells, 'list of cells', encoding);
  const { graph, notices, ...rest } = readGraph(sources, listed, choices);
  const source = files.join(', ');
  refuseUnclearNames(source, graph.ids);
  const all = [...sources, ...(listed ? [listed] : [])];
  const made = assembleTable(
    graph,
    {
      ...{ id, species, sex, stage, weightUnit: unit, licence: { statement: licence } },
      citation: citation ?? ['not stated'],
      sources: all.map(({ source: path, sha256 }, i) => ({
        id: `file-${i + 1}`,
        citation: 'not stated',
        licence,
        ...{ path, sha256 },
        fields: i < files.length ? ['chemical', 'gap'] : ['cells'],
      })),
    },
    { source, ...rest },
  );
  return {
    ...made,
    notices: [
      ...all.flatMap((file) => file.notices),
      ...notices,
      ...identityNotices(species, graph.ids, graph.kinds),
    ],
  };
}
