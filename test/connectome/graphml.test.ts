import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCells } from '../../src/connectome/import/cells.js';
import { roleNames } from '../../src/connectome/import/columns.js';
import type { ConvertOptions } from '../../src/connectome/import/converted.js';
import { converters } from '../../src/connectome/import/converters.js';
import { edgeListOptionsSchema, importEdgeList } from '../../src/connectome/import/edge-list.js';
import { UsageError } from '../../src/spec/errors.js';

function read(text: string, options: ConvertOptions = {}) {
  const made = converters.graphml.convert({ source: 'g.graphml', text }, options);
  const list = readCells([made.cells!], 'as-given');
  const settings = { weights: 'real' as const, cells: list.ids, gapListing: options.gapListing };
  const { ids, chemical, gap, notices } = importEdgeList(
    [made.connections],
    edgeListOptionsSchema.parse(settings),
  );
  return {
    cells: Object.fromEntries(list.kinds),
    list,
    chemical: Array.from(
      chemical.pre,
      (pre, k) =>
        `${ids[pre]}>${ids[chemical.post[k]!]} ${chemical.weight[k]}${'-0+'[chemical.sign[k]! + 1]}`,
    ),
    gap: Array.from(gap.a, (a, k) => `${ids[a]}-${ids[gap.b[k]!]} ${gap.weight[k]}`),
    notices: [...made.notices, ...notices],
  };
}

/** A file with two cells and what is given of keys and edges. */
const file = (keys: string, edges: string, graph = 'edgedefault="directed"') =>
  `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">${keys}<graph ${graph}><node id="A"/><node id="B"/><node id="C"/>${edges}</graph></graphml>`;
const weightKey = '<key id="w" for="edge" attr.name="weight" attr.type="double"/>';

const refusal = (text: string, options?: ConvertOptions): string => {
  try {
    read(text, options);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('the file was accepted');
};

describe('defaults of keys', () => {
  const keys =
    '<key id="w" for="edge" attr.name="weight" attr.type="int"><default>7</default></key>' +
    '<key id="k" for="node" attr.name="kind" attr.type="string"><default>muscle</default></key>';
  it('stand for edges and nodes without a value, as an own value does not', () => {
    const graph = read(
      `<graphml>${keys}<graph edgedefault="directed"><node id="A"><data key="k">neuron</data></node><node id="B"/>` +
        '<edge source="A" target="B"/><edge source="B" target="A"><data key="w">2</data></edge></graph></graphml>',
    );
    expect(graph.chemical).toEqual(['A>B 7+', 'B>A 2+']);
    expect(graph.cells).toEqual({ A: 'n', B: 'm' });
    expect(graph.notices).toEqual([]);
  });
  it('count for both where a key is for all', () => {
    const all = '<key id="x" for="all" attr.name="weight" attr.type="int"><default>3</default></key>';
    expect(read(file(all, '<edge source="A" target="B"/>')).chemical).toEqual(['A>B 3+']);
    const other = all.replace('for="all"', 'for="node"');
    expect(read(file(other, '<edge source="A" target="B"/>')).chemical).toEqual(['A>B 1+']);
  });
});

describe('the direction of an edge', () => {
  const edge = (directed: string) =>
    `<edge source="B" target="A" directed="${directed}"><data key="w">4</data></edge>`;
  it.each(['0', 'false', ' 0 ', '\n\tfalse'])('directed="%s" makes a gap junction', (value) => {
    const graph = read(file(weightKey, edge(value)));
    expect([graph.gap, graph.chemical]).toEqual([['A-B 4'], []]);
  });
  it.each(['1', 'true', ' true '])('directed="%s" makes a chemical connection', (value) => {
    const graph = read(file(weightKey, edge(value), 'edgedefault="undirected"'));
    expect([graph.gap, graph.chemical]).toEqual([[], ['B>A 4+']]);
  });
  it.each(['no', 'False', '2', '', 'constructor'])('directed="%s" is refused', (value) => {
    expect(refusal(file(weightKey, edge(value)))).toContain(
      `g.graphml: edge 1, directed: expected true, false, 1 or 0, found "${value}"`,
    );
  });
  it('is that of the graph where the edge does not say', () => {
    const plain = '<edge source="A" target="B"/>';
    expect(read(file('', plain, 'edgedefault="undirected"')).gap).toEqual(['A-B 1']);
    expect(refusal(file('', plain, 'edgedefault="both"'))).toContain(
      'edgedefault: expected directed or undirected, found "both"',
    );
    expect(read(file('', plain, '')).notices[0]).toContain('no edgedefault');
  });
  it('of a type other than electrical is told where the edge has none', () => {
    const keys = `${weightKey}<key id="t" for="edge" attr.name="type" attr.type="string"/>`;
    const graph = read(
      file(
        keys,
        '<edge source="B" target="A" directed="0"><data key="t">chemical</data><data key="w">1</data></edge>',
      ),
    );
    expect(graph.chemical).toEqual(['B>A 1+']);
    expect(graph.notices[0]).toContain('undirected edges of a type other than electrical');
  });
});

describe('junctions given both ways round', () => {
  const undirected = file(
    weightKey,
    '<edge source="A" target="B"><data key="w">4</data></edge><edge source="B" target="A"><data key="w">3</data></edge>' +
      '<edge source="C" target="C"><data key="w">2</data></edge>',
    'edgedefault="undirected"',
  );
  it('add where edges have no direction, which is said', () => {
    const graph = read(undirected);
    expect(graph.gap).toEqual(['A-B 7', 'C-C 2']);
    expect(graph.notices).toEqual([
      expect.stringMatching(/given both ways round .* by pairs of cells: 1\..*--gap-listing mirrored/),
    ]);
  });
  it('are one where that is asked for', () => {
    expect(read(undirected, { gapListing: 'mirrored' }).gap).toEqual(['A-B 4', 'C-C 2']);
    const once = read(undirected, { gapListing: 'once' });
    expect([once.gap, once.notices]).toEqual([['A-B 7', 'C-C 2'], []]);
  });
  it('are one where edges have a direction, which is said too', () => {
    const keys = `${weightKey}<key id="t" for="edge" attr.name="type"><default>electrical</default></key>`;
    const graph = read(undirected.replace(weightKey, keys).replace('undirected', 'directed'));
    expect(graph.gap).toEqual(['A-B 4', 'C-C 2']);
    expect(graph.notices).toEqual([
      expect.stringContaining('Gap junctions given in both directions: 1 of 2'),
    ]);
  });
  it('and parallel edges of one direction add', () => {
    const twice = '<edge source="A" target="B"><data key="w">4</data></edge>'.repeat(2);
    expect(read(file(weightKey, twice)).chemical).toEqual(['A>B 8+']);
    expect(read(file(weightKey, twice, 'edgedefault="undirected"')).gap).toEqual(['A-B 8']);
  });
});

describe('weights', () => {
  const edges = '<edge source="A" target="B"><data key="w">4</data></edge>';
  it.each(roleNames('weight'))('are read under the name "%s" of an edge list', (name) => {
    for (const spelling of [name, name.toUpperCase(), name.replaceAll(' ', '_')]) {
      const graph = read(file(`<key id="w" for="edge" attr.name="${spelling}" attr.type="double"/>`, edges));
      expect([graph.chemical, graph.notices]).toEqual([['A>B 4+'], []]);
    }
  });
  it('under an unknown name are told with the attributes that there are, and read when named', () => {
    const text = file('<key id="w" for="edge" attr.name="strength" attr.type="double"/>', edges);
    const graph = read(text);
    expect(graph.chemical).toEqual(['A>B 1+']);
    expect(graph.notices[0]).toMatch(
      /no attribute of the edges is a weight, so each edge counts 1\. There are: "strength"/,
    );
    expect(graph.notices[1]).toContain('left out, with their number: the attribute "strength" of edges (1)');
    expect(read(text, { columns: { weight: 'Strength' } }).chemical).toEqual(['A>B 4+']);
    expect(refusal(text, { columns: { weight: 'strenth' } })).toContain('Did you mean "strength"');
    expect(refusal(text, { columns: { pre: 'x' } })).toContain('edges of GraphML name their ends');
  });
  it('of some edges alone are told', () => {
    const graph = read(file(weightKey, `${edges}<edge source="B" target="A"/>`));
    expect(graph.chemical).toEqual(['A>B 4+', 'B>A 1+']);
    expect(graph.notices).toEqual(['g.graphml: edges without a weight, each counted as 1: 1 of 2.']);
  });
  it.each([
    ['int', '4', 4],
    ['long', ' 4 ', 4],
    ['int', '4.0', 4],
    ['float', '4e0', 4],
    ['double', '0.5', 0.5],
    ['string', '4', 4],
    ['boolean', 'true', 1],
    ['boolean', '0', 0],
  ])('of type %s: %j', (type, value, weight) => {
    const key = `<key id="w" for="edge" attr.name="weight" attr.type="${type}"/>`;
    const sign = weight === 0 ? '0' : '+';
    expect(read(file(key, edges.replace('4', value))).chemical).toEqual([`A>B ${weight}${sign}`]);
  });
  it.each([
    ['int', '4.5', 'attribute "weight" of type int: expected a whole number, found "4.5"'],
    ['double', 'many', 'expected a number, found "many"'],
    ['boolean', 'maybe', 'expected true, false, 1 or 0, found "maybe"'],
    ['string', 'many', 'edge 1: expected the weight as a number'],
    ['double', '-3', 'expected a weight of at least 0, found -3'],
  ])('of type %s: %j is refused', (type, value, message) => {
    const key = `<key id="w" for="edge" attr.name="weight" attr.type="${type}"/>`;
    expect(refusal(file(key, edges.replace('4', value)))).toContain(message);
  });
  it('are not those of nodes', () => {
    const keys = '<key id="n" for="node" attr.name="weight" attr.type="int"><default>9</default></key>';
    const graph = read(file(`${keys}<key id="w" for="edge" attr.name="count"/>`, edges));
    expect(graph.chemical).toEqual(['A>B 4+']);
    expect(graph.notices).toEqual([
      'g.graphml: left out, with their number: the attribute "weight" of nodes (3).',
    ]);
  });
  it('of two attributes of one name are refused', () => {
    const keys =
      '<key id="w" for="edge" attr.name="weight"/><key id="v" for="edge" attr.name="Weight"><default>1</default></key>';
    expect(refusal(file(keys, edges))).toContain('two attributes of edges are called "weight"');
  });
  it('and signs and transmitters have the names of edge lists too', () => {
    const keys = `${weightKey}<key id="s" for="edge" attr.name="Polarity" attr.type="double"/>`;
    const signed = edges.replace('</edge>', '<data key="s">-1.0</data></edge>');
    expect(read(file(keys, signed + edges.replace('"B"', '"C"'))).chemical).toEqual(['A>B 4-', 'A>C 40']);
  });
});

describe('what a graph may hold besides', () => {
  const text =
    '<graphml><graph edgedefault="directed"><node id="A"><port name="p"/></node><node id="B"><graph id="B:" edgedefault="undirected">' +
    '<node id="C"/><node id="D"/><edge source="C" target="D"/></graph></node><edge source="A" target="B" sourceport="p"/>' +
    '<edge source="A" target="D"/><hyperedge><endpoint node="A"/><endpoint node="B"/></hyperedge></graph></graphml>';
  const graph = read(text);
  it('nested graphs are taken in', () => {
    expect(Object.keys(graph.cells)).toEqual(['A', 'B', 'C', 'D']);
    expect(graph.chemical).toEqual(['A>B 1+', 'A>D 1+']);
    expect(graph.gap).toEqual(['C-D 1']);
    expect(graph.notices[0]).toContain('nested graphs: 1.');
  });
  it('hyperedges and ports are told by their number', () => {
    expect(graph.notices.at(-1)).toBe(
      'g.graphml: left out, with their number: <port> of nodes (1), sourceport of edges (1), <hyperedge> of the graph (1).',
    );
  });
  it('drawings of nodes are told', () => {
    const drawn = file(
      '<key id="d" for="node" yfiles.type="nodegraphics"/>',
      '<edge source="A" target="B"/>',
    ).replace(
      '<node id="A"/>',
      '<node id="A"><data key="d"><y:ShapeNode xmlns:y="u"><y:NodeLabel>AVAL</y:NodeLabel></y:ShapeNode></data></node>',
    );
    expect(read(drawn).notices.at(-1)).toContain('the data "nodegraphics" of nodes, which are not text (1)');
  });
  it('names that are not unique are told', () => {
    const named = file(
      '<key id="n" for="node" attr.name="label"><default>x</default></key>',
      '<edge source="A" target="B"/>',
    );
    expect(read(named).notices[0]).toContain(
      'several nodes have the same "label", so cells are called by their nodes\' ids',
    );
  });
  it.each([
    [text.replace('id="D"', 'id="A"'), 'two nodes have the id "A"'],
    [text.replace('<node id="D"/>', '<node/>'), 'has no id'],
    [
      '<graphml><graph edgedefault="directed"/><graph edgedefault="directed"/></graphml>',
      'expected one <graph>, found 2',
    ],
    [file('<key id="a"/><key id="a"/>', ''), 'two keys have the id "a"'],
  ])('%j is refused', (bad, message) => {
    expect(refusal(bad)).toContain(message);
  });
});

describe('the XML of a file', () => {
  const joined = (one: string, other: string, head = '') =>
    `${head}<graphml><graph edgedefault="directed"><node id="${one}"/><node id="${other}"/><edge source="${one}" target="${other}"/></graph></graphml>`;
  it('may write characters as decimal, hexadecimal and named references', () => {
    const graph = read(joined('KC&#945;', 'A&amp;B&lt;&gt;&quot;&apos;&#x3B2;&#x1F9E0;'));
    expect(Object.keys(graph.cells)).toEqual(['KC\u03b1', 'A&B<>"\'\u03b2\u{1F9E0}']);
  });
  it('resolves references once, and none in CDATA', () => {
    expect(Object.keys(read(joined('&amp;lt;', '&#38;amp;')).cells)).toEqual(['&lt;', '&amp;']);
    const key = '<key id="n" for="node" attr.name="name"/>';
    const text = file(key, '<edge source="A" target="B"/>').replace(
      '<node id="A"/>',
      '<node id="A"><data key="n"> x&amp;<![CDATA[&amp;<y>]]>&#122; </data></node>',
    );
    expect(Object.keys(read(text).cells)[0]).toBe('x&&amp;<y>z');
  });
  it.each([
    [
      joined('&alpha;', 'B', '<!DOCTYPE graphml [<!ENTITY alpha "A">]>'),
      'the entity "&alpha;" is declared in the document type',
    ],
    [joined('&alpha;', 'B'), 'unknown reference "&alpha;"'],
    [joined('A&B', 'C'), 'unknown reference "&B"'],
    [joined('&#0;', 'C'), '"&#0;" stands for no character that XML allows'],
    [joined('&#xD800;', 'C'), '"&#xD800;" stands for no character'],
    [`${joined('A', 'B')}<graphml/>`, 'there is a second root element, <graphml>'],
  ])('%j is refused', (text, message) => {
    expect(refusal(text)).toContain('g.graphml');
    expect(refusal(text)).toContain(message);
  });
  it('may have a prefix for its namespace, comments, and attributes of other namespaces', () => {
    const text =
      '<?xml version="1.0"?><!-- <g> --><g:graphml xmlns:g="http://graphml.graphdrawing.org/xmlns" xmlns:v="u"><g:graph edgedefault="directed">' +
      '<g:node id="A" v:id="Z"/><g:node id="B"/><!-- x --><g:edge source="A" target="B" v:directed="0"/><v:edge source="B" target="A"/></g:graph></g:graphml>';
    const graph = read(text);
    expect(graph.chemical).toEqual(['A>B 1+']);
    expect(graph.notices.at(-1)).toContain('<v:edge> of the graph (1)');
  });
  it('gives any text back that was written into it', () => {
    const reference = (character: string) => {
      const code = character.codePointAt(0)!;
      return [`&#${code};`, `&#x${code.toString(16)};`, /[&<"]/.test(character) ? `&#0${code};` : character];
    };
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
      .filter((name) => name.trim() === name && name !== '');
    fc.assert(
      fc.property(text, fc.array(fc.nat(2), { minLength: 30, maxLength: 30 }), (name, ways) => {
        const written = Array.from(name, (character, i) => reference(character)[ways[i % 30]!]).join('');
        expect(Object.keys(read(joined(written, 'other name')).cells)[0]).toBe(name);
      }),
    );
  });
});
