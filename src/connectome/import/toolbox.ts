import { z } from 'zod';
import { UsageError } from '../../spec/errors.js';
import { parseJson } from '../../spec/json-file.js';
import { validate } from '../../spec/validate.js';
import { kindByName } from '../names.js';
import { tableFormat } from '../schema.js';
import { type Converted, converted, type Row } from './converted.js';
import type { SourceText } from './graph.js';
import { LeftOut } from './left-out.js';

const toolboxSchema = z.object({
  nodes: z.array(z.string().min(1)).min(1),
  connections: z.record(z.string(), z.array(z.array(z.number().min(0)))),
});

/** ConnectomeToolbox's cache: a dense matrix for each class of synapses; classes ending in GJ are gap junctions. */
export function fromToolbox({ source, text }: SourceText): Converted {
  const what = 'ConnectomeToolbox cache';
  const parsed = parseJson(text, source, what);
  if ((parsed as { format?: unknown } | null)?.format === tableFormat) {
    throw new UsageError(
      `${source}: this is a connectome table already. Use it by its path, or put it into connectomes/.`,
    );
  }
  const cache = validate(toolboxSchema, parsed, { source }, what);
  const { nodes } = cache;
  const leftOut = new LeftOut(source);
  for (const field of Object.keys(parsed as object)) {
    if (!Object.hasOwn(cache, field)) leftOut.add(`the field "${field}"`);
  }
  const rows = Object.entries(cache.connections).flatMap(([name, matrix]) => {
    if (matrix.length !== nodes.length || matrix.some((row) => row.length !== nodes.length)) {
      throw new UsageError(
        `${source}: connections.${name}: expected ${nodes.length} rows of ${nodes.length} weights, as many as nodes.`,
      );
    }
    const electrical = /(^|_)GJ$/.test(name);
    const transmitter = electrical || name.startsWith('Generic') ? '' : name;
    return matrix.flatMap((row, pre) =>
      row.flatMap((weight, post): Row[] =>
        weight > 0
          ? [[nodes[pre]!, nodes[post]!, electrical ? 'electrical' : 'chemical', weight, transmitter]]
          : [],
      ),
    );
  });
  return converted(
    source,
    [['pre', 'post', 'type', 'weight', 'transmitter'], ...rows],
    [['id', 'kind'], ...nodes.map((name): Row => [name, kindByName(name)])],
    ['connection', 'node'],
    leftOut.notices(),
  );
}
