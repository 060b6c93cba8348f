import { describe, expect, it } from 'vitest';
import { exporters } from '../../src/connectome/export/exporters.js';
import { readCells } from '../../src/connectome/import/cells.js';
import type { Converted } from '../../src/connectome/import/converted.js';
import { converterOf, converters } from '../../src/connectome/import/converters.js';
import { edgeListOptionsSchema, importEdgeList } from '../../src/connectome/import/edge-list.js';
import { loadConnectome } from '../../src/connectome/load.js';
import { UsageError } from '../../src/spec/errors.js';

const worm = loadConnectome('c-elegans-cook-2019');

function graphOf({ connections, cells }: Converted) {
  const list = cells && readCells([cells], 'wormatlas');
  const of = (kind: string) => list?.ids.filter((id) => list.kinds.get(id) === kind) ?? [];
  const options = {
    naming: 'wormatlas',
    weights: 'real',
    cells: list?.ids,
    muscles: of('m'),
    others: of('o'),
  };
  return importEdgeList([connections], edgeListOptionsSchema.parse(options));
}

describe.each([
  ['graphml', exporters.graphml],
  ['neuroml', exporters.neuroml],
] as const)('an export to %s', (name, { write }) => {
  it('comes back with every cell, connection and weight', () => {
    const { text } = write(worm)[0]!;
    expect(converterOf(text)).toBe(name);
    const graph = graphOf(converters[name].convert({ source: 'back', text }));
    const { cells, chemical, gap } = worm;
    expect(graph.ids).toEqual(cells.ids);
    const { pre, post, weight } = graph.chemical;
    expect([pre, post, weight]).toEqual([chemical.pre, chemical.post, chemical.weight]);
    expect([graph.gap.a, graph.gap.b, graph.gap.weight]).toEqual([gap.a, gap.b, gap.weight]);
    if (name === 'graphml') {
      expect(graph.chemical.sign).toEqual(chemical.sign);
      expect(graph.kinds).toEqual(cells.kinds);
    }
  });
});

describe('the ConnectomeToolbox cache', () => {
  const text = JSON.stringify({
    nodes: ['AVAL', 'DA01', 'MDL01'],
    connections: {
      Generic_GJ: [
        [0, 2, 0],
        [2, 0, 0],
        [0, 0, 0],
      ],
      Acetylcholine: [
        [0, 3, 0],
        [0, 0, 1.5],
        [0, 0, 0],
      ],
    },
  });
  it('is read with its classes of synapses', () => {
    expect(converterOf(text)).toBe('toolbox');
    const graph = graphOf(converters.toolbox.convert({ source: 'cache.json', text }));
    expect(graph.ids).toEqual(['AVAL', 'DA1', 'MDL01']);
    expect(graph.kinds).toEqual(['n', 'n', 'm']);
    expect(graph.transmitters).toEqual([['ACh'], ['ACh'], []]);
    expect([...graph.chemical.weight]).toEqual([3, 1.5]);
    expect([...graph.gap.weight]).toEqual([2]);
  });
});

describe('what cannot be read', () => {
  it.each<[keyof typeof converters, string, string]>([
    ['graphml', '<graphml><graph>', 'not well-formed XML'],
    ['graphml', '<gexf/>', 'expected an element <graphml> at the root'],
    ['graphml', '<graphml><graph><node id="a"/></graph></graphml>', 'there is no connection in it'],
    [
      'graphml',
      '<graphml><graph><node id="a"/><edge source="a" target="b"/></graph></graphml>',
      'edge 1 joins "a" and "b", for which there is no node',
    ],
    ['neuroml', '<neuroml id="x"/>', 'expected one <network>'],
    [
      'toolbox',
      '{"nodes":["A"],"connections":{"GABA":[[1,2]]}}',
      'connections.GABA: expected 1 rows of 1 weights',
    ],
    ['toolbox', '{"nodes":[]}', 'nodes'],
    ['toolbox', '{', 'not valid JSON'],
  ])('%s: %s', (name, text, message) => {
    const convert = () => converters[name].convert({ source: 'file', text });
    expect(convert).toThrow(UsageError);
    expect(convert).toThrow(message);
  });
});
