import { describe, expect, it } from 'vitest';
import { readCells } from '../../src/connectome/import/cells.js';
import type { ConvertOptions } from '../../src/connectome/import/converted.js';
import { converters } from '../../src/connectome/import/converters.js';
import { edgeListOptionsSchema, importEdgeList } from '../../src/connectome/import/edge-list.js';
import { UsageError } from '../../src/spec/errors.js';

function read(text: string, options: ConvertOptions = {}) {
  const made = converters.neuroml.convert({ source: 'n.nml', text }, options);
  const list = readCells([made.cells!], 'as-given');
  const settings = { weights: 'real' as const, cells: list.ids, gapListing: options.gapListing };
  const { ids, chemical, gap, notices, signBasis } = importEdgeList(
    [made.connections],
    edgeListOptionsSchema.parse(settings),
  );
  return {
    list,
    kinds: Object.fromEntries(list.kinds),
    chemical: Array.from(
      chemical.pre,
      (pre, k) =>
        `${ids[pre]}>${ids[chemical.post[k]!]} ${chemical.weight[k]} ${'-0+'[chemical.sign[k]! + 1]}`,
    ),
    signBasis,
    gap: Array.from(gap.a, (a, k) => `${ids[a]}-${ids[gap.b[k]!]} ${gap.weight[k]}`),
    notices: [...made.notices, ...notices],
  };
}

const refusal = (text: string, options?: ConvertOptions): string => {
  try {
    read(text, options);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('the file was accepted');
};

const parts =
  '<expOneSynapse id="exc" erev="0 mV"/><expOneSynapse id="inh" erev="-0.08V"/><gapJunction id="gj" conductance="1nS"/>' +
  '<iafCell id="c" leakReversal="-60mV" thresh="-45mV"/>';
const network = (inside: string, outside = parts) =>
  `<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="x">${outside}<network id="net">${inside}</network></neuroml>`;

const populations =
  '<population id="p" component="c" size="3"/>' +
  '<population id="q" component="c" type="populationList"><instance id="1"><location x="1" y="2" z="3"/></instance><instance id="4"><location x="5" y="6" z="7"/></instance></population>' +
  '<population id="one" component="c" size="1"/>';
const projection = (inside: string, [pre, post] = ['p', 'q'], synapse = 'exc') =>
  `<projection id="P" presynapticPopulation="${pre}" postsynapticPopulation="${post}" synapse="${synapse}">${inside}</projection>`;

describe('populations', () => {
  it('hold a cell for each instance, named by its number where there are several', () => {
    const { list, notices } = read(
      network(populations + projection('<connection id="0" preCellId="../p[0]" postCellId="../q/1/c"/>')),
    );
    expect(list.ids).toEqual(['p[0]', 'p[1]', 'p[2]', 'q[1]', 'q[4]', 'one']);
    expect(list.annotations(list.ids).positionsUm).toEqual([
      undefined,
      undefined,
      undefined,
      [1, 2, 3],
      [5, 6, 7],
      undefined,
    ]);
    expect(notices).toEqual([]);
  });

  it.each([
    '../q/4/c',
    '../q[4]',
    'q[4]',
    'q/4/c',
    '4',
    '../q/4',
    '../net/q/4/c',
    'net/q[4]',
    './q/4/c',
    '../q/04/c',
  ])('have cells that connections name by the path "%s"', (path) => {
    const { chemical } = read(
      network(populations + projection(`<connection id="0" preCellId="../p[2]" postCellId="${path}"/>`)),
    );
    expect(chemical).toEqual(['p[2]>q[4] 1 +']);
  });

  it('of one cell may be named alone', () => {
    const { chemical } = read(
      network(
        populations + projection('<connection id="0" preCellId="2" postCellId="../one"/>', ['p', 'one']),
      ),
    );
    expect(chemical).toEqual(['p[2]>one 1 +']);
  });

  it.each([
    ['../q[0]', '"../q[0]" names no cell. The population "q" has 2, numbered 1, 4'],
    ['../q', '"../q" names no cell'],
    ['../r/0/c', '"../r/0/c" names no population'],
    ['../p[0]', '"../p[0]" is in the population "p", and the projection names "q"'],
    ['', '"" names no population'],
  ])('and the path "%s" is refused', (path, message) => {
    const text = network(
      populations + projection(`<connection id="0" preCellId="../p[2]" postCellId="${path}"/>`),
    );
    expect(refusal(text)).toContain(`n.nml: connection 1 of the projection "P": ${message}`);
  });

  it.each([
    [
      '<population id="p" component="c" size="many"/>',
      'population "p": expected size as a whole number, found "many"',
    ],
    [
      '<population id="p" component="c"/><population id="p" component="c"/>',
      'two populations have the id "p"',
    ],
    ['<population component="c"/>', 'population 1 has no id'],
    [
      '<population id="p"><instance id="0"/><instance id="0"/></population>',
      'expected instances with ids of their own',
    ],
    [
      '<population id="p"><layout><random number="3"/></layout></population>',
      'its layout does not list its cells',
    ],
    [
      '<population id="p"><property tag="name" value="X"/></population><population id="X"/>',
      'two cells are called "X"',
    ],
  ])('%s is refused', (text, message) => {
    expect(refusal(network(`${text}<population id="z"/>`))).toContain(message);
  });

  it('whose size is not that of their list, or not given, are told', () => {
    const odd =
      '<population id="a" size="3"><instance id="0"/><instance id="1"/></population><population id="b"/>' +
      '<synapticConnection from="a[1]" to="b[0]" synapse="exc"/>';
    const { list, notices } = read(network(odd));
    expect(list.ids).toEqual(['a[0]', 'a[1]', 'b']);
    expect(notices[0]).toContain('population "a" says size 3 and lists 2 instances; the instances count');
    expect(notices[1]).toContain('populations without a size or instances, taken as one cell each: 1 (b)');
  });

  it('say what their cells are', () => {
    const told = (inside: string, component = 'c') =>
      `<population id="M" component="${component}" size="1">${inside}</population><population id="MDL07" component="c" size="1"/>` +
      '<synapticConnection from="M" to="MDL07" synapse="exc"/>';
    const properties =
      '<property tag="name" value="M 1"/><property tag="kind" value="other"/><property tag="type" value="sensory; motor neuron"/>' +
      '<property tag="neurotransmitter" value="Serotonin; Acetylcholine"/><property tag="color" value="0 1 0"/>';
    const { list, kinds, notices } = read(network(told(properties)));
    expect(kinds).toEqual({ 'M 1': 'o', MDL07: 'm' });
    expect(list.annotations(list.ids)).toMatchObject({
      roles: ['sm', ''],
      transmitters: [['5HT', 'ACh'], []],
    });
    expect(notices).toEqual(['n.nml: left out, with their number: the property "color" (1).']);
    expect(read(network(told('', 'GenericMuscleCell'))).kinds.M).toBe('m');
    expect(read(network(told('<property tag="type" value="muscle"/>'))).kinds.M).toBe('m');
  });
});

describe('connections', () => {
  it('of every kind are read, with their weights', () => {
    const { chemical, gap } = read(
      network(
        populations +
          projection(
            '<connection id="0" preCellId="../p[0]" postCellId="../q/1/c"/><connectionWD id="1" preCellId="../p[0]" postCellId="../q/1/c" weight="2.5" delay="0ms"/>',
          ) +
          '<electricalProjection id="E" presynapticPopulation="p" postsynapticPopulation="p"><electricalConnection id="0" preCell="0" postCell="1" synapse="gj"/>' +
          '<electricalConnectionInstance id="1" preCell="../p[1]" postCell="../p[2]" synapse="gj"/><electricalConnectionInstanceW id="2" preCell="../p[1]" postCell="../p[2]" synapse="gj" weight="3"/></electricalProjection>' +
          '<continuousProjection id="C" presynapticPopulation="q" postsynapticPopulation="p"><continuousConnection id="0" preCell="1" postCell="0" preComponent="silent" postComponent="inh"/>' +
          '<continuousConnectionInstance id="1" preCell="../q/4/c" postCell="../p[0]" preComponent="silent" postComponent="exc"/><continuousConnectionInstanceW id="2" preCell="../q/4/c" postCell="../p[1]" preComponent="silent" postComponent="inh" weight="4"/></continuousProjection>' +
          '<synapticConnection from="p[1]" to="one[0]" synapse="inh"/><synapticConnectionW from="../p[2]" to="one/0/c" synapse="exc" weight="6"/><synapticConnection from="one" to="q[4]" synapse="gj"/>',
      ),
    );
    expect(chemical).toEqual([
      'p[0]>q[1] 3.5 +',
      'p[1]>one 1 -',
      'p[2]>one 6 +',
      'q[1]>p[0] 1 -',
      'q[4]>p[0] 1 +',
      'q[4]>p[1] 4 -',
    ]);
    expect(gap).toEqual(['one-q[4] 1', 'p[0]-p[1] 1', 'p[1]-p[2] 4']);
  });

  it('that are electrical and given both ways round add, which is said, or are one where that is asked for', () => {
    const both =
      '<electricalProjection id="E" presynapticPopulation="p" postsynapticPopulation="p"><electricalConnectionInstance id="0" preCell="../p[0]" postCell="../p[1]"/>' +
      '<electricalConnectionInstance id="1" preCell="../p[1]" postCell="../p[0]"/></electricalProjection>';
    const plain = read(network(populations + both));
    expect(plain.gap).toEqual(['p[0]-p[1] 2']);
    expect(plain.notices).toEqual([
      expect.stringContaining('given both ways round (A-B and B-A), by pairs of cells: 1'),
    ]);
    expect(read(network(populations + both), { gapListing: 'mirrored' }).gap).toEqual(['p[0]-p[1] 1']);
  });

  it('have what is not read told, with its number', () => {
    const { notices } = read(
      network(
        populations +
          projection(
            '<connectionWD id="0" preCellId="../p[0]" postCellId="../q/1/c" weight="1" delay="2ms" preSegmentId="3"/><other/>',
          ) +
          projection('', ['q', 'p']).replace('"P"', '"empty"') +
          '<continuousProjection id="C" presynapticPopulation="q" postsynapticPopulation="p"><continuousConnection id="0" preCell="1" postCell="0" preComponent="exc" postComponent="inh"/></continuousProjection>' +
          '<inputList id="i" population="p"/><notes>words</notes>',
        `<include href="cells.nml"/><include href="synapses.nml"/>${parts}`,
      ),
    );
    expect(notices).toEqual([
      'n.nml: included files that were not read: 2 ("cells.nml", "synapses.nml").',
      'n.nml: projections that hold no connection: 1 (empty).',
      'n.nml: left out, with their number: delays of connections (1), places of connections on their cells (1), <other> of projections (1), ' +
        'the effect of "exc" on presynaptic cells (1), <inputList> of the network (1).',
    ]);
  });

  it.each([
    [network(populations), 'there is no connection in it'],
    [
      network(populations + projection('<connectionWD id="0" preCellId="0" postCellId="1" weight="x"/>')),
      'expected the weight as a number, found "x"',
    ],
    ['<neuroml><network id="a"/><network id="b"/></neuroml>', 'expected one <network>, found 2'],
  ])('%j is refused', (text, message) => {
    expect(refusal(text)).toContain(message);
  });
  it('have no columns to name', () => {
    expect(refusal(network(populations), { columns: { weight: 'w' } })).toContain(
      'NeuroML names its own attributes',
    );
  });
});

describe('signs', () => {
  const one = (synapse: string, cell = '', transmitter = '', weight = '1') => {
    const property = transmitter && `<property tag="neurotransmitter" value="${transmitter}"/>`;
    const { chemical, notices, signBasis } = read(
      network(
        `<population id="A" component="k" size="1">${property}</population><population id="B" component="k" size="1"/>` +
          projection(
            `<connectionWD id="0" preCellId="../A[0]" postCellId="../B[0]" weight="${weight}" delay="0ms"/>`,
            ['A', 'B'],
            's',
          ),
        synapse + cell,
      ),
    );
    const sign = chemical[0]!.slice(-1);
    expect(notices.some((text) => text.includes('connections whose sign is not known: 1'))).toBe(
      sign === '0',
    );
    expect(signBasis).toBe(sign === '0' ? 'u' : 's');
    return sign;
  };
  const synapse = (erev: string, element = 'expTwoSynapse') => `<${element} id="s" erev="${erev}"/>`;

  it.each([
    // Without a cell: -55 mV and -40 mV.
    ['0mV', '', '+'],
    ['-40 mV', '', '+'],
    ['-41 mV', '', '0'],
    ['-55mV', '', '-'],
    ['-0.07 V', '', '-'],
    ['-80', '', '-'],
    // With rest and threshold.
    ['-50mV', '<iafCell id="k" leakReversal="-70mV" thresh="-50mV"/>', '+'],
    ['-60mV', '<iafCell id="k" leakReversal="-70mV" thresh="-50mV"/>', '0'],
    ['-70mV', '<iafTauCell id="k" leakReversal="-70mV" thresh="-50mV"/>', '-'],
    ['-50mV', '<adExIaFCell id="k" EL="-70mV" VT="-50mV" thresh="20mV"/>', '+'],
    ['-55mV', '<izhikevich2007Cell id="k" vr="-60mV" vt="-55mV" vpeak="35mV"/>', '+'],
    // With rest alone: threshold 15 mV above; an Izhikevich cell's thresh is a peak.
    ['-50mV', '<izhikevichCell id="k" v0="-65mV" thresh="30mV"/>', '+'],
    ['-51mV', '<izhikevichCell id="k" v0="-65mV" thresh="30mV"/>', '0'],
    [
      '-65mV',
      '<cell id="k"><biophysicalProperties><membraneProperties><initMembPotential value="-65 mV"/></membraneProperties></biophysicalProperties></cell>',
      '-',
    ],
    ['-70', '<IF_cond_exp id="k" v_rest="-65" v_thresh="-50"/>', '-'],
  ])('of a synapse that reverses at %s onto %j', (erev, cell, sign) => {
    expect(one(synapse(erev), cell)).toBe(sign);
    expect(one(synapse(erev, 'gradedSynapse'), cell)).toBe(sign);
    expect(one(`<expCondSynapse id="s" e_rev="${erev}"/>`, cell)).toBe(sign);
  });

  it.each([
    ['GABA', '-'],
    ['Acetylcholine', '+'],
    ['glycine', '-'],
    ['Glutamate', '0'],
    ['GABA; Acetylcholine', '0'],
    ['', '0'],
  ])('of a cell with %j, where the synapse does not tell', (transmitter, sign) => {
    expect(one('', '', transmitter)).toBe(sign);
    expect(one(synapse('-50mV'), '', transmitter)).toBe(sign);
    expect(one(synapse('0mV'), '', transmitter)).toBe('+');
  });

  it('of a synapse without conductance is not known', () => {
    expect(one('<expOneSynapse id="s" gbase="0nS" erev="0mV"/>')).toBe('0');
    expect(one('<expOneSynapse id="s" gbase="0 nS" erev="-80mV"/>', '', 'GABA')).toBe('0');
  });

  it('of currents, pairs of synapses and negative weights', () => {
    expect(one('<alphaCurrentSynapse id="s" ibase="1nA"/>')).toBe('+');
    expect(one('<alphaCurrentSynapse id="s" ibase="-1nA"/>')).toBe('-');
    expect(one('<expCurrSynapse id="s"/>', '', '', '-2')).toBe('-');
    expect(one(synapse('-80mV'), '', '', '-2')).toBe('+');
    const double = (other: string) =>
      `<doubleSynapse id="s" synapse1="a" synapse2="b"/><expOneSynapse id="a" erev="0mV"/><expOneSynapse id="b" erev="${other}"/>`;
    expect([one(double('0mV')), one(double('-90mV'))]).toEqual(['+', '0']);
  });

  it('that are not known name the synapse', () => {
    const text = network(
      '<population id="A" size="1"/><synapticConnection from="A" to="A" synapse="ampa"/>',
      '',
    );
    expect(read(text).notices[0]).toContain('(synapses: "ampa", which the file does not define)');
  });
});
