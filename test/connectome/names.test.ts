import { describe, expect, it } from 'vitest';
import { loadConnectome } from '../../src/connectome/load.js';
import { cellClasses, mirrorName } from '../../src/connectome/names.js';
import { transmitterNames } from '../../src/connectome/transmitters.js';

const worm = 'Caenorhabditis elegans';

describe('classes of C. elegans', () => {
  const { ids, kinds, classes } = loadConnectome('c-elegans-openworm').cells;
  const neurons = ids.filter((_, i) => kinds[i] === 'n');
  const all = [...neurons, 'CANL', 'CANR'];
  const found = cellClasses(
    worm,
    all,
    all.map(() => 'n'),
  );
  const members = (name: string) => all.filter((_, i) => found[i] === name);

  it('are 118 for the 302 neurons', () => {
    expect(all).toHaveLength(302);
    expect(new Set(found).size).toBe(118);
  });

  it.each([
    ['VD', 13],
    ['VA', 12],
    ['VB', 11],
    ['AS', 11],
    ['DA', 9],
    ['DB', 7],
    ['IL1', 6],
    ['IL2', 6],
    ['RMD', 6],
    ['DD', 6],
    ['VC', 6],
    ['CEP', 4],
    ['OLQ', 4],
    ['RME', 4],
    ['SMD', 4],
    ['URY', 4],
    ['SAB', 3],
    ['AVA', 2],
    ['RIV', 2],
    ['I1', 2],
    ['AVD', 2],
    ['AVL', 1],
    ['RID', 1],
    ['RIR', 1],
    ['PVR', 1],
    ['AVM', 1],
    ['DVA', 1],
  ])('%s has %i members', (name, count) => {
    expect(members(name)).toHaveLength(count);
  });

  it('go by quadrant for body-wall muscles', () => {
    const of = (id: string) => classes[ids.indexOf(id)];
    expect([of('MDL01'), of('MDR24'), of('MVL23'), of('MVR07'), of('MVULVA')]).toEqual([
      'MDL',
      'MDR',
      'MVL',
      'MVR',
      'MVULVA',
    ]);
    expect(new Set(classes).size).toBe(117 + 5);
  });

  it('keep a lone left cell and a short stem', () => {
    expect(cellClasses(worm, ['AVL', 'XYD', 'XYV', 'MDL01'], ['n', 'n', 'n', 'n'])).toEqual([
      'AVL',
      'XYD',
      'XYV',
      'MDL01',
    ]);
  });

  it('are the cells themselves in another species', () => {
    expect(cellClasses('Ciona intestinalis', ['VA1', 'BL', 'BR'], ['n', 'n', 'n'])).toEqual([
      'VA1',
      'BL',
      'BR',
    ]);
  });
});

describe('mirrorName', () => {
  it('swaps the final side', () => {
    expect(['ASHL', 'ASHR', 'DVA'].map(mirrorName)).toEqual(['ASHR', 'ASHL', undefined]);
  });
});

describe('transmitterNames', () => {
  it.each([
    ['Acetylcholine', ['ACh']],
    ['Serotonin_Acetylcholine', ['5HT', 'ACh']],
    ['Acetylcholine, Tyramine', ['ACh', 'TA']],
    ['FRMFemide', ['FMRFamide']],
    ['Octapamine', ['OA']],
    ['GABA', ['GABA']],
    ['glu/ACH', ['ACh', 'Glu']],
    ['flp-1', ['flp-1']],
    ['constructor', ['constructor']],
    ['n/a', []],
    ['', []],
  ])('%s', (entry, expected) => {
    expect(transmitterNames(entry)).toEqual(expected);
  });
});
