import { describe, expect, it } from 'vitest';
import { signedWeights } from '../../src/connectome/connectome.js';
import { connectomeFromTable } from '../../src/connectome/load.js';
import type { Ground } from '../../src/genome/ground.js';
import { quantityChecks } from '../../src/genome/quantities/conformance.js';
import type { Quantity } from '../../src/genome/quantities/quantity.js';
import { type Genes, quantities, quantityOf } from '../../src/genome/quantities/table.js';
import { type GenomeSpace, genomeSpace, spaceOf, startingAt } from '../../src/genome/space.js';
import { type GenomeSpec, genomeSpecSchema } from '../../src/genome/spec.js';
import { pairStdp } from '../../src/network/plasticity/pair-stdp.js';
import { UsageError } from '../../src/spec/errors.js';
import { smallTable } from '../connectome/small-table.js';
import { integerGenes } from './integer-genes.js';
import { described, named } from './named.js';

const connectome = connectomeFromTable(smallTable(), 'small');

const ground: Ground = {
  connectome,
  weights: signedWeights(connectome),
  parameters: new Map([
    ['cells.gain', named(10)],
    ['cells[A].tau', named(12)],
    ['learn.rate', named(0.5)],
  ]),
  projections: [{ name: 'learn', plasticity: { rule: pairStdp, parameters: { aPlus: 0.25 } } }],
  synapseParameters: new Map([['learn.eta', { values: Float64Array.of(1, 2, 3), ...described() }]]),
  populations: [
    {
      name: 'cells',
      count: 4,
      kinds: { parameters: { A: { tau: 12 }, B: { tau: 20 } }, of: Int32Array.of(0, 1, 0, 0) },
    },
  ],
};

const ranged = { unit: '1', range: [-50, 50], prior: [-5, 5] };

/** Genes of each quantity that fit the ground, those of the same that do not, and how many they are. */
const examples: Readonly<
  Record<keyof typeof quantities, { genes: object; lacking: object; count: number; groups: string[] }>
> = {
  'synapse-weight': {
    genes: { grouping: 'each', ...ranged },
    lacking: { grouping: 'each', ...ranged, range: [0, 1], prior: [0, 1] },
    count: 4,
    groups: ['AL', 'AR', 'B'],
  },
  parameter: {
    genes: { names: ['cells.gain', 'cells[A].tau', 'learn.rate'], ...ranged },
    lacking: { names: ['cells.gian'], ...ranged },
    count: 3,
    groups: ['cells', 'learn'],
  },
  'kind-share': {
    genes: { population: 'cells', kinds: ['B', 'A'], range: [0, 1], prior: [0, 1] },
    lacking: { population: 'cell', kinds: ['A', 'B'], range: [0, 1], prior: [0, 1] },
    count: 2,
    groups: ['cells'],
  },
  'synapse-parameter': {
    genes: { name: 'learn.eta', ...ranged },
    lacking: { name: 'learn.A', ...ranged },
    count: 3,
    groups: ['learn'],
  },
  'rule-form': {
    genes: {
      projections: ['learn'],
      changes: { onPost: ['w += aPlus*?f(x, w)'] },
      holes: {
        f: {
          coding: 'graph',
          columns: 3,
          constants: [2],
          constantGenes: { range: [-5, 5], step: 0.5, prior: [-1, 1] },
          start: 'x*(2 - w)',
          waiveUnits: 'the trace and the weight are plain numbers here',
        },
      },
    },
    lacking: { projections: ['lern'], holes: {} },
    // Three nodes of four genes (what it is, two that it reads, its constant), and the output.
    count: 13,
    groups: ['learn ?f'],
  },
};

const specOf = (genes: readonly object[]): GenomeSpec =>
  genomeSpecSchema.parse({ format: 'genome-spec/1', name: 'test', about: '', genes });

/** The ground's parameters by the names that phenotypes give them. */
const before = { 'cells.gain': 10, 'learn.rate': 0.5, 'learn.eta': Float64Array.of(1, 2, 3) };

describe.each(Object.entries(examples))('the quantity %s', (quantity, example) => {
  const name = quantity as keyof typeof quantities;
  const part = quantities[name] as unknown as Quantity;
  for (const check of quantityChecks(part, { name, ground, before, ...example })) it(check.name, check.run);

  const { genes, lacking } = example;
  const spec = specOf([{ quantity, ...genes }]);
  const group = spec.genes[0] as Genes;

  it('is found by its name', () => {
    expect(quantityOf(group)).toBe(part);
    expect(part.schema.shape.quantity).toMatchObject({ value: quantity });
  });

  it('has real genes, and whole ones where it says forms', () => {
    const { levels } = genomeSpace(spec, ground);
    expect(levels.length).toBe(example.count);
    expect(levels.some((count) => count > 0)).toBe(name === 'rule-form');
  });

  it('gives back cells of the kinds that they were', () => {
    const space = genomeSpace(spec, ground);
    const { parameters } = space.phenotype(space.start);
    for (const [named, value] of Object.entries(parameters)) {
      // Of kinds, cells are of one kind or the other as their shares say.
      if (value instanceof Float64Array && named === 'cells.tau') {
        expect([...value].toSorted()).toEqual([12, 12, 12, 20]);
      } else expect(before).toHaveProperty([named]);
    }
  });

  it('is refused as a whole spec too, with its name', () => {
    const refused = () => genomeSpace(specOf([{ quantity, ...lacking }]), ground);
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(/^genome spec "test": genes\[0\]\.\w+/);
  });

  it('may not be set by two groups', () => {
    expect(() => specOf([group, group])).toThrow(/expected each quantity in one group/);
  });
});

describe('groups of genes', () => {
  it('are joined across quantities by their names', () => {
    const { parameter, 'kind-share': share } = examples;
    const space = genomeSpace(
      specOf([
        { quantity: 'parameter', ...parameter.genes },
        { quantity: 'kind-share', ...share.genes },
      ]),
      ground,
    );
    expect(space.groups.map(({ name, genes }) => [name, [...genes]])).toEqual([
      ['cells', [0, 1, 3, 4]],
      ['learn', [2]],
    ]);
  });

  it('are by the class that sends where classes share genes, and by the cell in a network without a connectome', () => {
    const weights = (grouping: string) =>
      specOf([{ quantity: 'synapse-weight', ...ranged, grouping, range: [-50, 50] }]);
    expect(genomeSpace(weights('class-pair'), ground).groups.map(({ name }) => name)).toEqual(['A', 'B']);
    const circuit = {
      synapseNames: ['cue 0->go 1', 'cue 0->go 2', 'cue 1->go 1'],
      weights: new Float64Array(3),
    };
    expect(genomeSpace(weights('each'), circuit).groups.map(({ name, genes }) => [name, [...genes]])).toEqual(
      [
        ['cue 0', [0, 1]],
        ['cue 1', [2]],
      ],
    );
  });
});

describe('genes that are whole numbers', () => {
  const laidParameters = quantities.parameter.lay(
    specOf([{ quantity: 'parameter', ...examples.parameter.genes }]).genes[0] as never,
    ground,
    'test',
  );
  const rules = (genome: Readonly<Float64Array>, first: number) => ({
    learn: { ...pairStdp, name: `rule ${genome[first]} ${genome[first + 1]}` },
  });
  const space: GenomeSpace = spaceOf([laidParameters, integerGenes('form', [3, 5], rules)], ground);

  it('say so, and keep their place among the others', () => {
    expect([...space.levels]).toEqual([0, 0, 0, 3, 5]);
    expect([...space.low.subarray(3)]).toEqual([0, 0]);
    expect([...space.high.subarray(3)]).toEqual([2, 4]);
    expect(space.valueOf(4, 3)).toBe(3);
  });

  it('may be the form of rules, by projection', () => {
    const genome = Float64Array.from(space.start);
    genome.set([1, 4], 3);
    expect(space.phenotype(genome).rules).toEqual({ learn: { ...pairStdp, name: 'rule 1 4' } });
    expect('rules' in spaceOf([laidParameters], ground).phenotype(space.start)).toBe(false);
  });

  it('start at whole numbers within their levels', () => {
    expect([...startingAt(space, [['form 1', 4]]).start.subarray(3)]).toEqual([0, 4]);
    expect(() => startingAt(space, [['form 1', 2.5]])).toThrow(
      /"form 1": expected a whole number, found 2.5/,
    );
    expect(() => startingAt(space, [['form 1', 5]])).toThrow(/expected a value in \[0, 4\], found 5/);
  });
});
