import { describe, expect, it } from 'vitest';
import { checkConnectome } from '../../src/connectome/check.js';
import { type Connectome, cellIndex } from '../../src/connectome/connectome.js';
import type { ConnectomeCounts } from '../../src/connectome/counts.js';
import { loadConnectome } from '../../src/connectome/load.js';

const witvliet = [
  [161, 775, 1296, 675, 83, 104],
  [162, 986, 1895, undefined, 124, undefined],
  [162, 1012, 2128, undefined, 94, undefined],
  [168, 1136, 2777, undefined, 209, undefined],
  [174, 1515, 4116, undefined, 292, undefined],
  [175, 1525, 4456, undefined, 214, undefined],
  [181, 2202, 7467, undefined, 291, undefined],
  [180, 2186, 7970, 1933, 310, 430],
] as const;

/** Counted from the raw files, and where a publication states them, the same there. */
const expected: Record<string, Partial<ConnectomeCounts>> = {
  'c-elegans-cook-2019': {
    neurons: 302,
    muscles: 95,
    others: 76,
    classes: 118,
    chemicalPairs: 4879,
    chemicalWeight: 28113,
    neuronToNeuron: 3709,
    neuronToNeuronWeight: 20965,
    neuronToMuscle: 956,
    neuronToMuscleWeight: 5515,
    negative: 688,
    unknownSign: 625,
    gapPairs: 1450,
    gapWeightPublished: 11680,
    withOutputs: 300,
  },
  'c-elegans-cook-2019-male': {
    neurons: 384,
    muscles: 95,
    chemicalPairs: 5306,
    chemicalWeight: 45959,
    neuronToMuscle: 913,
    neuronToMuscleWeight: 5780,
    gapPairs: 1758,
    gapWeightPublished: 15910,
  },
  'c-elegans-varshney-2011': {
    neurons: 279,
    chemicalPairs: 2194,
    chemicalWeight: 6394,
    gapPairs: 517,
    gapWeight: 890,
  },
  'ciona-larva-2016': {
    withOutputs: 205,
    muscles: 4,
    chemicalPairs: 3105,
    chemicalWeight: 1925.442,
    neuronToNeuron: 3010,
    neuronToMuscle: 13,
    neuronToMuscleWeight: 442.384,
  },
  'drosophila-mushroom-body-2017-left': {
    neurons: 209,
    classes: 4,
    chemicalPairs: 7425,
    chemicalWeight: 25322,
  },
  'drosophila-mushroom-body-2017-right': {
    neurons: 213,
    classes: 4,
    chemicalPairs: 7536,
    chemicalWeight: 26371,
  },
  ...Object.fromEntries(
    witvliet.map(([neurons, chemicalPairs, chemicalWeight, neuronToNeuron, gapPairs, gapWeight], i) => [
      `c-elegans-witvliet-2021-${i + 1}`,
      {
        ...{ neurons, chemicalPairs, chemicalWeight, gapPairs },
        ...(neuronToNeuron === undefined ? {} : { neuronToNeuron }),
        ...(gapWeight === undefined ? {} : { gapWeight }),
      },
    ]),
  ),
};

it.each(Object.entries(expected))('%s holds what was counted in its sources', (name, counts) => {
  expect(checkConnectome(loadConnectome(name))).toMatchObject({ ok: true, problems: [], counts });
});

const tally = (values: readonly string[]) => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

/** Sections from each class of neurons onto each quadrant of muscles. */
function ontoQuadrants({ cells, chemical }: Connectome, neuronClass: string): Record<string, number> {
  const weight: Record<string, number> = {};
  for (let k = 0; k < chemical.count; k++) {
    const [pre, post] = [chemical.pre[k]!, chemical.post[k]!];
    if (cells.classes[pre] !== neuronClass || cells.kinds[post] !== 'm') continue;
    const side = cells.ids[post]!.slice(0, 2);
    weight[side] = (weight[side] ?? 0) + chemical.weight[k]!;
  }
  return weight;
}

/** Synapses from any of the given cells to each cell. */
function hops({ cells, chemical }: Connectome, from: readonly number[]): number[] {
  const distance = cells.ids.map(() => Number.POSITIVE_INFINITY);
  for (const cell of from) distance[cell] = 0;
  for (let step = 0; step < 10; step++) {
    for (let k = 0; k < chemical.count; k++) {
      if (distance[chemical.pre[k]!] === step) {
        distance[chemical.post[k]!] = Math.min(distance[chemical.post[k]!]!, step + 1);
      }
    }
  }
  return distance;
}

describe('c-elegans-cook-2019', () => {
  const animal = loadConnectome('c-elegans-cook-2019');
  const { cells, chemical, gap, modulators } = animal;
  const neurons = [...cells.ids.keys()].filter((i) => cells.kinds[i] === 'n');

  it('has the transmitters of Wang et al. 2024', () => {
    expect(tally(cells.transmitters.flat())).toEqual({
      ACh: 162,
      Glu: 81,
      GABA: 28,
      DA: 8,
      '5HT': 7,
      TA: 2,
      OA: 2,
    });
    expect(neurons.filter((i) => cells.transmitters[i]!.length === 0)).toHaveLength(29);
  });

  it('says what each sign rests on', () => {
    expect(tally([...chemical.signBasis!])).toEqual({ f: 1705, t: 2009, g: 540, u: 625 });
    const signs = (kind: string) =>
      tally(Array.from(chemical.sign, String).filter((_, k) => cells.kinds[chemical.post[k]!] === kind));
    expect(signs('n')).toEqual({ '1': 2707, '-1': 519, '0': 483 });
    expect(signs('m')).toEqual({ '1': 735, '-1': 145, '0': 76 });
  });

  it('has roles, positions, ganglia and modalities for its neurons', () => {
    const roles = tally(neurons.map((i) => cells.roles[i]!));
    expect(roles).toEqual({ m: 94, i: 69, s: 66, im: 26, sm: 21, si: 18, sim: 6, '': 2 });
    expect(neurons.every((i) => Number.isFinite(cells.positionsUm![3 * i]!))).toBe(true);
    const ganglia = tally(neurons.map((i) => cells.ganglia![i]!));
    expect(ganglia).toMatchObject({ 'lateral ganglion': 73, 'anterior ganglion': 38, 'lumbar ganglion': 24 });
    expect(ganglia['']).toBeUndefined();
    expect(cells.modalities![cellIndex(animal, 'AFDL')]).toContain('thermal');
    expect(neurons.filter((i) => cells.modalities![i]!.includes('mechanical'))).toHaveLength(48);
  });

  it('caps placeholder gap junctions and keeps what was published', () => {
    expect(gap.capped!.published).toHaveLength(12);
    expect(gap.capped!.index.every((k) => gap.weight[k] === 35 && gap.flag[k] === 'c')).toBe(true);
    expect(tally([...gap.flag])).toEqual({ c: 12, '.': 1438 });
  });

  it('has the monoamines', () => {
    const released = modulators.map(({ ligand, release }) => [ligand, release.map((i) => cells.ids[i])]);
    expect(Object.fromEntries(released)).toEqual({
      dopamine: ['ADEL', 'ADER', 'CEPDL', 'CEPDR', 'CEPVL', 'CEPVR', 'PDEL', 'PDER'],
      octopamine: ['RICL', 'RICR'],
      serotonin: ['ADFL', 'ADFR', 'HSNL', 'HSNR', 'NSML', 'NSMR'],
      tyramine: ['RIML', 'RIMR'],
    });
    const dopamine = modulators.find(({ ligand }) => ligand === 'dopamine')!;
    expect(dopamine.receptors.map(({ name, sign }) => [name, sign])).toEqual([
      ['dop-1', 1],
      ['dop-2', -1],
      ['dop-3', -1],
      ['dop-4', 1],
      ['lgc-53', -1],
    ]);
    const carrying = new Set(modulators.flatMap(({ receptors }) => receptors.flatMap((r) => r.cells)));
    expect(carrying.size).toBe(235);
  });

  it('is known by the names of other tables', () => {
    for (const name of ['dBWML1', 'BWM-DL01'])
      expect(cellIndex(animal, name)).toBe(cellIndex(animal, 'MDL01'));
    expect(cellIndex(animal, 'DA01')).toBe(cellIndex(animal, 'DA1'));
  });

  it.each(['DA', 'DB', 'DD', 'AS'])('%s innervates dorsal muscle', (name) => {
    const { MD = 0, MV = 0 } = ontoQuadrants(animal, name);
    expect(MD).toBeGreaterThan(100);
    expect(MV).toBeLessThanOrEqual(4);
  });

  it.each(['VA', 'VB', 'VD'])('%s innervates ventral muscle', (name) => {
    const { MD = 0, MV = 0 } = ontoQuadrants(animal, name);
    expect(MV).toBeGreaterThan(100);
    expect(MD).toBeLessThanOrEqual(4);
  });

  it.each([
    'AWA',
    'AWC',
    'ASE',
    'ASK',
    'ASI',
    'ASH',
    'BAG',
    'URX',
    'CEP',
    'AFD',
  ])('every body-wall muscle is reached from %s in about three synapses', (sense) => {
    const from = neurons.filter((i) => cells.classes[i] === sense);
    const distance = hops(animal, from).filter((_, i) => cells.kinds[i] === 'm');
    expect(distance).toHaveLength(95);
    expect(Math.max(...distance)).toBeLessThanOrEqual(6);
    const mean = distance.reduce((total, steps) => total + steps, 0) / 95;
    expect(mean).toBeGreaterThan(1);
    expect(mean).toBeLessThan(4);
  });
});

it('the mushroom body numbers its cells within their class', () => {
  const { cells } = loadConnectome('drosophila-mushroom-body-2017-left');
  expect(tally(cells.classes)).toEqual({ K: 101, P: 58, O: 29, I: 21 });
  expect(cells.ids).toContain('K101');
});
