import { describe, expect, it } from 'vitest';
import { roleNames } from '../../src/connectome/import/columns.js';
import { edgeListOptionsSchema, importEdgeList } from '../../src/connectome/import/edge-list.js';
import type { ImportedGraph } from '../../src/connectome/import/graph.js';
import { UsageError } from '../../src/spec/errors.js';

type Options = Parameters<typeof edgeListOptionsSchema.parse>[0];

function read(text: string | string[], options: Options = {}): ImportedGraph {
  const texts = typeof text === 'string' ? [text] : text;
  const files = texts.map((content, i) => ({
    source: i === 0 ? 'list.csv' : `list-${i + 1}.csv`,
    text: content,
  }));
  return importEdgeList(files, edgeListOptionsSchema.parse(options));
}

/** `pre>post weight`, signed, one a connection. */
function edges({ ids, chemical }: ImportedGraph): string[] {
  return Array.from(
    chemical.pre,
    (pre, k) => `${ids[pre]}>${ids[chemical.post[k]!]} ${chemical.weight[k]! * chemical.sign[k]! + 0}`,
  );
}

function junctions({ ids, gap }: ImportedGraph): string[] {
  return Array.from(gap.a, (a, k) => `${ids[a]}-${ids[gap.b[k]!]} ${gap.weight[k]}`);
}

function refusal(text: string | string[], options: Options = {}): string {
  try {
    read(text, options);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('the list was accepted');
}

describe('the two OpenWorm sheets', () => {
  const neurons = [
    'Origin,Target,Type,Number of Connections,Neurotransmitter',
    'ADAL,ADAR,GapJunction,1,Generic_GJ',
    'ADAR,ADAL,GapJunction,1,Generic_GJ',
    'DD1,ADAL,Send,3,GABA',
    'DD1,ADAR,GapJunction,3,Generic_GJ',
    'DD1,ADAR,Send,3,GABA',
    'VC1,ADAL,Send,2,Serotonin_Acetylcholine',
    '',
  ].join('\r\n');
  const muscles = [
    'Neuron,Muscle,Number of Connections,Neurotransmitter',
    'DD1,MDL01,4,GABA',
    'VC1,MVULVA,5,"Serotonin, Acetylcholine"',
    'VC1,MVULVA,1,',
    'DVB,MANAL,5,GABA',
  ].join('\r\n');
  const exclude = [{ pre: 'DVB', post: 'MANAL', reason: 'for a test' }];
  const graph = read([neurons, muscles], { gap: 'directed', sign: 'gaba-negative', exclude });

  it('give one directed graph, GABA negative, opposite rows cancelling', () => {
    expect(edges(graph)).toEqual([
      'ADAL>ADAR 1',
      'ADAR>ADAL 1',
      'DD1>ADAL -3',
      'DD1>ADAR 0',
      'DD1>MDL01 -4',
      'VC1>ADAL 2',
      'VC1>MVULVA 6',
    ]);
    expect([...graph.chemical.sign]).toEqual([1, 1, -1, 0, -1, 1, 1]);
    expect(junctions(graph)).toEqual([]);
  });

  it('tell kinds by the muscle column and transmitters by agreeing rows', () => {
    expect(graph.ids).toEqual(['ADAL', 'ADAR', 'DD1', 'MDL01', 'MVULVA', 'VC1']);
    expect(graph.kinds).toEqual(['n', 'n', 'n', 'm', 'm', 'n']);
    expect(graph.transmitters).toEqual([[], [], ['GABA'], [], [], ['5HT', 'ACh']]);
    expect(graph.excluded).toEqual(exclude);
    expect(graph.notices).toEqual([
      'Pairs of cells with rows of both signs, which were added with their signs: 1.',
    ]);
  });

  it('keep gap junctions apart by default', () => {
    const apart = read([neurons, muscles], { sign: 'gaba-negative' });
    expect(junctions(apart)).toEqual(['ADAL-ADAR 1', 'ADAR-DD1 3']);
    expect(edges(apart)).toContain('DD1>ADAR -3');
    expect(edges(apart)).toContain('DVB>MANAL -5');
  });
});

describe('formats', () => {
  const plain = read('pre,post,type,synapses\nB,A,chemical,2\nA,B,electrical,1\nA,B,chemical,1\n');

  it('reads pre, post, type, synapses', () => {
    expect(edges(plain)).toEqual(['A>B 1', 'B>A 2']);
    expect(junctions(plain)).toEqual(['A-B 1']);
  });

  it.each([
    ['tabs', 'pre\tpost\ttype\tsynapses\nB\tA\tchemical\t2\nA\tB\telectrical\t1\nA\tB\tchemical\t1'],
    ['semicolons', 'pre;post;type;synapses\nB;A;chemical;2\nA;B;electrical;1\nA;B;chemical;1\n'],
    [
      'a header with spaces over rows with tabs',
      'pre post type synapses\nB\tA\tchemical\t2\nA\tB\telectrical\t1\nA\tB\tchemical\t1\n',
    ],
    ['a byte-order mark', '\ufeffpre,post,type,synapses\nB,A,chemical,2\nA,B,electrical,1\nA,B,chemical,1\n'],
    [
      'carriage returns',
      'pre,post,type,synapses\r\nB,A,chemical,2\r\nA,B,electrical,1\r\nA,B,chemical,1\r\n',
    ],
    ['old line ends', 'pre,post,type,synapses\rB,A,chemical,2\rA,B,electrical,1\rA,B,chemical,1'],
    ['mixed line ends', 'pre,post,type,synapses\r\nB,A,chemical,2\nA,B,electrical,1\rA,B,chemical,1\n'],
    [
      'quotes',
      '"pre","post","type","synapses"\n"B","A","chemical","2"\nA,B,electrical,1\nA, "B" ,chemical,1\n',
    ],
    ['padding', ' Pre , POST ,Type,Synapses\nB  ,A,chemical, 2\n A,B ,electrical,1\nA,B,chemical,1\n'],
    [
      'empty lines',
      '\n\npre,post,type,synapses\n\nB,A,chemical,2\n,,,\nA,B,electrical,1\n   \nA,B,chemical,1\n\n',
    ],
    [
      'other columns',
      'id,pre,side,post,type,synapses\n1,B,l,A,chemical,2\n2,A,r,B,electrical,1\n3,A,,B,chemical,1\n',
    ],
    [
      'headers of Emmons',
      'Source,Target,Weight,Type\nB ,A   ,2,chemical\nA,B,1,electrical\nA,B,1,chemical\n',
    ],
    [
      'headers of Varshney',
      'Neuron 1,Neuron 2,Type,Nbr\nB,A,S,2\nA,B,R,2\nA,B,EJ,1\nB,A,EJ,1\nA,B,Sp,1\nB,A,Rp,1\n',
    ],
    [
      'headers with underscores',
      'pre_root_id,post_root_id,type,syn_count\nB,A,chemical,2\nA,B,gap,1\nA,B,chemical,1\n',
    ],
  ])('reads the same from %s', (_, text) => {
    const graph = read(text);
    expect(edges(graph)).toEqual(edges(plain));
    expect(junctions(graph)).toEqual(junctions(plain));
    expect(graph.ids).toEqual(plain.ids);
  });

  it.each(roleNames('weight'))('knows the weight under the name "%s"', (name) => {
    expect(edges(read(`pre,post,${name.toUpperCase().replaceAll(' ', '_')}\nA,B,3\n`))).toEqual(['A>B 3']);
  });

  it('keeps a delimiter inside quotes', () => {
    expect(read('pre,post,n\n"A, left",B,1\n').ids).toEqual(['A, left', 'B']);
  });

  it('keeps names that JavaScript objects know', () => {
    expect(edges(read('pre,post,n\n__proto__,constructor,1\nconstructor,toString,2\n'))).toEqual([
      '__proto__>constructor 1',
      'constructor>toString 2',
    ]);
  });

  it('sorts by code unit', () => {
    expect(read('pre,post,n\nAS2,AS10,1\nAS10,AS1,1\na,AS2,1\n').ids).toEqual(['AS1', 'AS10', 'AS2', 'a']);
  });
});

describe('options', () => {
  it('name columns and type codes', () => {
    const graph = read('pre,A cell,B cell,n,kind\nx,P,Q,1,zap\nx,Q,P,2,ZIP\nx,Q,R,2,zop\n', {
      columns: { pre: 'A cell', post: 'b CELL', type: 'kind' },
      types: { zap: 'chemical', zip: 'gap', zop: 'skip' },
    });
    expect(edges(graph)).toEqual(['P>Q 1']);
    expect(junctions(graph)).toEqual(['P-Q 2']);
    expect(graph.notices).toEqual([
      'list.csv: columns that were not read: 1 ("pre").',
      '1 rows were skipped for their type: other rows give the same connections.',
    ]);
  });

  it('tell muscles and others by pattern', () => {
    const { ids, kinds } = read('pre,post,n\nA,dBWML1,1\nA,vBWMR12,1\nA,BWM,1\nA,hyp,1\nA,gut-1-x,1\n', {
      muscles: ['*BWM*1*', 'none'],
      others: ['hyp', 'gut-*-x'],
    });
    expect(ids.map((id, i) => `${id}:${kinds[i]}`)).toEqual([
      'A:n',
      'BWM:n',
      'dBWML1:m',
      'gut-1-x:o',
      'hyp:o',
      'vBWMR12:m',
    ]);
  });

  it('take gap junctions given both ways as one contact, or as two', () => {
    const text = 'pre,post,type,n\nB,A,gap,2\nA,B,gap,3\nA,A,gap,4\nC,A,gap,5\nC,A,gap,1\n';
    const mirrored = read(text);
    expect(junctions(mirrored)).toEqual(['A-A 4', 'A-B 3', 'A-C 6']);
    expect(mirrored.notices).toEqual([
      expect.stringMatching(
        /^Gap junctions given in both directions: 1 of 3\. Each counts once .*; for the 1 with another weight/,
      ),
    ]);
    const once = read(text, { gapListing: 'once' });
    expect(junctions(once)).toEqual(['A-A 4', 'A-B 5', 'A-C 6']);
    expect(once.notices).toEqual([]);
    const even = read('pre,post,type,n\nB,A,gap,2\nA,B,gap,2\n');
    expect(junctions(even)).toEqual(['A-B 2']);
    expect(even.notices).toEqual([
      expect.stringContaining('given in both directions: 1 of 1. Each counts once'),
    ]);
  });

  it('tell columns that are not read, a second weight among them', () => {
    const { chemical, notices } = read('pre,post,weight,count,note\nA,B,2,3,x\n');
    expect([...chemical.weight]).toEqual([2]);
    expect(notices).toEqual(['list.csv: columns that were not read: 2 ("count", "note").']);
  });

  it('add rows of unknown sign by their magnitude', () => {
    const graph = read('pre,post,n,sign\nA,B,3,-\nA,B,2,0\nA,C,1,+\nA,C,4,-\n');
    expect([...graph.chemical.weight]).toEqual([5, 3]);
    expect([...graph.chemical.sign]).toEqual([0, -1]);
    expect(graph.signBasis).toBe('us');
    expect(graph.notices).toEqual([
      'Pairs of cells with rows of both signs, which were added with their signs: 1.',
    ]);
  });

  it('accept fractions as real weights only', () => {
    expect(edges(read('pre,post,weight\nA,B,0.5\nA,B,.25\nB,A,1e-3\n', { weights: 'real' }))).toEqual([
      'A>B 0.75',
      'B>A 0.001',
    ]);
    expect(edges(read('pre,post,weight\nA,B,2.0\nB,A,1e2\n'))).toEqual(['A>B 2', 'B>A 100']);
  });

  it('drop transmitters on which rows differ, with a notice', () => {
    const graph = read('pre,post,n,nt\nA,B,1,GABA\nA,C,1,Glutamate\nB,C,1,ach\n');
    expect(graph.transmitters).toEqual([[], ['ACh'], []]);
    expect(graph.notices).toEqual([
      '1 cells keep no transmitter, because their rows name different ones: A (GABA; Glu).',
    ]);
  });

  it('offer signed weights as a rule of signs, and read them so', () => {
    const list = 'pre,post,weight,type\nA,B,3,chemical\nB,C,-2,chemical\nB,C,1,chemical\nA,C,-1,gap';
    expect(refusal(list)).toContain(
      'found -2; weights are magnitudes, signs a column of an edge list, which --sign weight reads',
    );
    const chemical = list.slice(0, list.lastIndexOf('\n'));
    expect(edges(read(chemical, { sign: 'weight' }))).toEqual(['A>B 3', 'B>C -1']);
    // A junction has no sign, and where a column gives signs, weights are magnitudes.
    expect(refusal(list, { sign: 'weight' })).toMatch(/^ {2}list\.csv, line 5: .*found -1/m);
    expect(refusal('pre,post,weight,sign\nA,B,-3,+', { sign: 'weight' })).toContain('found -3');
  });

  it('take GABA as negative only when it stands alone', () => {
    const text = 'pre,post,n,nt\nA,B,1,GABA\nA,C,2,GABA_Glutamate\nA,D,3,gaba\n';
    expect(edges(read(text, { sign: 'gaba-negative' }))).toEqual(['A>B -1', 'A>C 2', 'A>D 3']);
    expect(edges(read(text))).toEqual(['A>B 1', 'A>C 2', 'A>D 3']);
    const stated = 'pre,post,n,nt,sign\nA,B,1,GABA,-\nA,C,2,GABA,+\n';
    expect(edges(read(stated, { sign: 'gaba-negative' }))).toEqual(['A>B -1', 'A>C 2']);
  });
});

describe('a list is refused, with file and line, for', () => {
  const header = 'pre,post,type,synapses\n';
  it.each<[what: string, text: string, expected: string, options?: Options]>([
    ['an empty file', '', 'list.csv: the file is empty'],
    ['no rows', header, 'list.csv: no row follows the header line'],
    [
      'a single column',
      'pre|post|n\nA|B|1\n',
      'list.csv: the header line has a single column, "pre|post|n". Separate the columns with commas, tabs or semicolons.',
    ],
    [
      'a missing column',
      'pre,target cell,synapses\nA,B,1\n',
      'post: none of the columns is called "post", "postsynaptic"',
    ],
    ['missing columns, listing what is there', 'a,b,c\nA,B,1\n', 'Found, separated by comma: "a", "b", "c".'],
    ['two columns of one name', 'pre,post,n,N\nA,B,1,1\n', 'weight: two columns are called "n"'],
    [
      'a named column that is not there',
      'pre,post,n\nA,B,1\n',
      'post: there is no column "posts". Did you mean "post"',
      { columns: { post: 'posts' } },
    ],
    [
      'a weight in words',
      `${header}A,B,chemical,two\n`,
      'list.csv, line 2: expected the weight as a number, found "two"',
    ],
    [
      'a decimal comma',
      'pre;post;weight\nA;B;0,5\n',
      'line 2: expected the weight as a number, with a point and no thousands mark, found "0,5"',
    ],
    [
      'an infinite weight',
      `${header}A,B,chemical,Infinity\n`,
      'line 2: expected the weight as a number, found "Infinity"',
    ],
    ['NaN', `${header}A,B,chemical,NaN\n`, 'line 2: expected the weight as a number, found "NaN"'],
    ['an overflowing weight', `${header}A,B,chemical,1e999\n`, 'line 2: expected a weight of at most 1e15'],
    ['a hexadecimal weight', `${header}A,B,chemical,0x10\n`, 'line 2: expected the weight as a number'],
    [
      'a negative weight',
      `${header}\nA,B,chemical,1\nA,C,chemical,-2\n`,
      'list.csv, line 4: expected a weight of at least 0, found -2',
    ],
    [
      'a fractional count',
      `${header}A,B,chemical,1.5\n`,
      'line 2: expected a whole number of contacts, found 1.5',
    ],
    ['an empty weight', `${header}A,B,chemical,\n`, 'line 2: the weight is empty'],
    [
      'an empty source',
      `${header}A,B,chemical,1\n ,B,chemical,1\n`,
      'line 3: the name of the source cell is empty',
    ],
    ['an empty target', `${header}A,"",chemical,1\n`, 'line 2: the name of the target cell is empty'],
    [
      'a field too few',
      `${header}A,B,chemical,1\nA,B,chemical\n`,
      'list.csv, line 3: expected 4 columns as in the header, found 3',
    ],
    [
      'a field too many',
      `${header}A,B,chemical,1,9\n`,
      'line 2: expected 4 columns as in the header, found 5; quote cells that hold a comma',
    ],
    [
      'an unknown type',
      `${header}A,B,chemikal,1\n`,
      'line 2: unknown type "chemikal", near "chem", "chemical"',
    ],
    ['an empty type', `${header}A,B,,1\n`, 'line 2: unknown type ""'],
    ['an open quotation', `${header}A,B,"chemical,1\n`, 'list.csv: Quote Not Closed'],
    ['a quotation inside a cell', `${header}A,B"C,chemical,1\n`, 'list.csv: Invalid Opening Quote'],
    [
      'a pair twice, when asked',
      `${header}A,B,chemical,1\nB,A,chemical,1\nA,B,chemical,1\n`,
      'list.csv, line 4: A -> B was already given at list.csv, line 2',
      { duplicates: 'error' },
    ],
    [
      'an exclusion that excludes nothing',
      `${header}A,B,chemical,1\n`,
      'exclude: no row connects A -> C',
      { exclude: [{ pre: 'A', post: 'C', reason: 'x' }] },
    ],
    ['nothing but skipped rows', `${header}A,B,R,1\n`, 'list.csv: every row was skipped or left out'],
  ])('%s', (_, text, expected, options) => {
    expect(refusal(text, options)).toContain(expected);
  });

  it('lines after a quoted line break, by their number in the file', () => {
    expect(refusal('pre,post,note,n\nA,B,"two\nlines",1\nA,C,,x\n')).toContain(
      'list.csv, line 4: expected the weight',
    );
  });

  it('several faults at once, the first ten in full, in every file', () => {
    const bad = `${header}${'A,B,chemical,x\n'.repeat(8)}`;
    const message = refusal([bad, bad]);
    expect(message).toContain('list.csv, line 9:');
    expect(message).toContain('list-2.csv, line 3:');
    expect(message).not.toContain('list-2.csv, line 4:');
    expect(message).toContain('… and 6 more');
  });

  it('unknown options', () => {
    expect(() => edgeListOptionsSchema.parse({ sing: 'none' })).toThrow();
  });
});
