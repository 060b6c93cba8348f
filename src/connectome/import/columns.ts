import { suggest } from '../../spec/errors.js';
import { ProblemList } from '../problems.js';
import type { DelimitedHeader } from './delimited.js';

/** Names that published edge lists and graphs use for each role, most specific first; see {@link plainHeader}. */
const columnNames = {
  pre: [
    'pre',
    'presynaptic',
    'pre name',
    'pre root id',
    'pre pt root id',
    'bodyid pre',
    'presynaptic neuron',
    'source',
    'source neuron',
    'origin',
    'from',
    'neuron 1',
    'neuron1',
    'neuron',
  ],
  post: [
    'post',
    'postsynaptic',
    'post name',
    'post root id',
    'post pt root id',
    'bodyid post',
    'postsynaptic neuron',
    'target',
    'target neuron',
    'destination',
    'to',
    'neuron 2',
    'neuron2',
    'muscle',
  ],
  weight: [
    'weight',
    'synapses',
    'syn count',
    'synapse count',
    'number of connections',
    'number of synapses',
    'connections',
    'sections',
    'count',
    'nbr',
    'n',
  ],
  type: ['type', 'typ', 'connection type', 'synapse type'],
  sign: ['sign', 'polarity'],
  transmitter: ['neurotransmitter', 'transmitter', 'nt', 'nt type'],
} as const satisfies Record<string, readonly string[]>;
export type ColumnRole = keyof typeof columnNames;
export const columnRoles = Object.keys(columnNames) as ColumnRole[];
/** The known names of a role, most specific first: headers of lists and attributes of graphs alike. */
export const roleNames = (role: ColumnRole): readonly string[] => columnNames[role];

const requiredRoles = new Set<ColumnRole>(['pre', 'post', 'weight']);

/** Lower case, with underscores and runs of spaces as one space. */
export function plainHeader(header: string): string {
  return header
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim();
}

/** A notice of the columns that a list has beyond those that are read. */
export function unreadColumns(source: string, headers: readonly string[]): string[] {
  if (headers.length === 0) return [];
  const shown = headers.slice(0, 10).map((header) => `"${header}"`);
  if (headers.length > shown.length) shown.push('…');
  return [`${source}: columns that were not read: ${headers.length} (${shown.join(', ')}).`];
}

const knownHeaders = new Set<string>(Object.values(columnNames).flat());

export function isKnownHeader(header: string): boolean {
  return knownHeaders.has(plainHeader(header));
}

/** The column of each role, or a usage error that lists the headers found. */
export function findColumns(
  source: string,
  { headers, delimiterName }: DelimitedHeader,
  given: Partial<Record<ColumnRole, string | undefined>>,
): Partial<Record<ColumnRole, number>> {
  const plain = headers.map(plainHeader);
  const columns: Partial<Record<ColumnRole, number>> = {};
  const problems = new ProblemList();
  for (const role of columnRoles) {
    const own = given[role];
    const names: readonly string[] = own === undefined ? columnNames[role] : [plainHeader(own)];
    const name = names.find((candidate) => plain.includes(candidate));
    if (name === undefined) {
      if (own !== undefined) problems.add(`${role}: there is no column "${own}". ${suggest(own, headers)}`);
      else if (requiredRoles.has(role)) {
        problems.add(`${role}: none of the columns is called ${names.map((n) => `"${n}"`).join(', ')}.`);
      }
      continue;
    }
    if (plain.indexOf(name) !== plain.lastIndexOf(name)) {
      problems.add(`${role}: two columns are called "${name}"; rename the one that should not be read.`);
    }
    columns[role] = plain.indexOf(name);
  }
  const shown = headers.slice(0, 20).map((header) => `"${header}"`);
  if (headers.length > shown.length) shown.push(`… (${headers.length} in all)`);
  problems.throwIfAny(
    `${source}: cannot tell the columns apart. Found, separated by ${delimiterName}: ${shown.join(', ')}.`,
    'The first line must name the columns. Rename them, or say with --columns role=header what they are; for a matrix ' +
      'give --format matrix.',
  );
  return columns;
}
