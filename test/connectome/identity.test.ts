import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fromFiles, type ImportChoices } from '../../src/cli/connectome-import-files.js';
import { checkConnectome } from '../../src/connectome/check.js';
import { identityNotices, refuseUnclearNames } from '../../src/connectome/identity.js';
import { knownCells, nearestCells } from '../../src/connectome/known-cells.js';
import { connectomeNames, loadConnectome } from '../../src/connectome/load.js';
import { otherNames } from '../../src/connectome/names.js';

const worm = 'Caenorhabditis elegans';
const known = knownCells(worm)!;
const neurons = (ids: string[]) => ids.map(() => 'n' as const);

const folder = mkdtempSync(join(tmpdir(), 'identity-'));
afterAll(() => rmSync(folder, { recursive: true }));
function imported(text: string | Buffer, choices: Partial<ImportChoices> = {}) {
  const path = join(folder, 'list.csv');
  writeFileSync(path, text);
  const whose = { id: 'x', species: 'unknown', sex: 'unknown', stage: 'unknown' };
  return fromFiles([path], { ...whose, unit: 'synapses', licence: 'none', ...choices });
}

describe('the cells of the worm', () => {
  it('are those of the tables that come with the program, of both sexes', () => {
    const of = (kind: 'n' | 'm' | 'o') => [...known.kinds].filter(([, kinds]) => kinds.has(kind)).length;
    expect([of('n'), of('m'), of('o')]).toEqual([392, 96, 136]);
    for (const cell of [
      'AVAL',
      'CANR',
      'VC6',
      'CEMDL',
      'R9BR',
      'MDL01',
      'MVR24',
      'MVULVA',
      'pm3D',
      'hyp',
      'MANAL',
    ]) {
      expect(known.kinds.has(cell)).toBe(true);
    }
  });

  it('are known to no other species', () => {
    expect(knownCells('Ciona intestinalis')).toBeUndefined();
    expect(identityNotices('Ciona intestinalis', ['da01'], ['n'])).toEqual([]);
  });

  it('are known by other ways of writing the species', () => {
    for (const species of ['C. elegans', 'c elegans', 'caenorhabditis_elegans']) {
      expect(identityNotices(species, ['da01'], ['n'])).toHaveLength(1);
      const { connectome } = imported('pre,post,n\nDA01,AVAL,1\n', { species });
      expect([connectome.species, connectome.cells.ids]).toEqual([worm, ['AVAL', 'DA1']]);
    }
  });

  it.each([
    ['da01', ['DA1']],
    ['DA001', ['DA1']],
    ['Da1', ['DA1']],
    ['da-1', ['DA1']],
    ['AVFL/R', ['AVFL', 'AVFR']],
    ['RIML/RIMR', ['RIML', 'RIMR']],
    ['DB1/3', ['DB1', 'DB3']],
    ['DB3/1', ['DB3', 'DB1']],
    ['VD10/11', ['VD10', 'VD11']],
    ['MDL001', ['MDL01']],
    ['dbwml1', ['MDL01']],
    ['bwm-dl01', ['MDL01']],
    ['aval', ['AVAL']],
  ])('%s is near %j', (name, near) => {
    expect(nearestCells(name, known)).toEqual(near);
  });

  it('are found from every name of theirs in lower case, padded or unpadded', () => {
    for (const id of known.kinds.keys()) {
      expect(nearestCells(id.toLowerCase(), known)).toContain(id);
      const padded = id.replace(/\d+$/, (digits) => `00${digits}`);
      expect(nearestCells(padded, known)).toContain(id);
    }
    for (const [alias, id] of Object.entries(otherNames([...known.kinds.keys()], 'wormatlas'))) {
      expect(nearestCells(alias.toUpperCase(), known)).toContain(id);
    }
  });

  it.each(connectomeNames())('have their names in %s', (name) => {
    const { notices } = checkConnectome(loadConnectome(name));
    expect(notices.filter((text) => /[Nn]ames|another kind/.test(text))).toEqual([]);
  });

  it('have a notice where an imported name is none of theirs', () => {
    const text = 'pre,post,n\nAVFL/R,AVAL,1\nDB1/3,DB3/1,2\nDB01,AVAL,2\nda01,DA001,1\nDA01,dBWML1,1\n';
    const { notices, connectome } = imported(text, { species: worm, sign: 'none', muscles: ['M*'] });
    expect(notices).toEqual([
      'Names that are not among the known cells of Caenorhabditis elegans: "AVFL/R" (near AVFL, AVFR), "DA001" (near DA1), "DB1/3" (near DB1, DB3), ' +
        '"DB3/1" (near DB3, DB1), "da01" (near DA1). Each counts as a cell of its own; correct it in the file if it stands for another.',
    ]);
    expect(checkConnectome(connectome).notices).toContain(notices[0]);
  });

  it('have a notice where one has two names, or another kind', () => {
    expect(identityNotices(worm, ['DA01', 'DA1', 'MDL01', 'hyp'], neurons(['', '', '', '']))).toEqual([
      'Several names for one cell of Caenorhabditis elegans: DA01 and DA1.',
      expect.stringContaining(
        'Cells of another kind than they are in Caenorhabditis elegans: MDL01 (muscle), hyp (other)',
      ),
    ]);
  });

  it('past ten names, the rest are counted', () => {
    const ids = Array.from({ length: 14 }, (_, i) => `zz${i}`);
    expect(identityNotices(worm, ids, neurons(ids))[0]).toContain(', … (14 in all)');
  });
});

describe('names that look the same', () => {
  it.each([
    ['Zo\u00eb', 'Zoe\u0308', '"Zoe\u0308" (U+0308) and "Zo\u00eb" (U+00EB)'],
    ['AVAL', 'AVAL\u200b', '"AVAL" and "AVAL\u200b" (U+200B)'],
    ['AVAL', 'AV\u00adAL', '(U+00AD)'],
    ['a b', 'a\u00a0b', '(U+00A0)'],
    ['AVAL', '\u202aAVAL', '(U+202A)'],
    ['\u212b', '\u00c5', '(U+212B)'],
  ])('%j and %j are refused', (one, other, message) => {
    const refusing = () => imported(`pre,post,n\n${one},X,1\nX,${other},1\n`);
    expect(refusing).toThrow('list.csv: names that look the same and differ in their characters');
    expect(refusing).toThrow(message);
    expect(identityNotices('any', [one, other], ['n', 'n'])[0]).toContain('Names that look the same');
  });

  it('are told from names that differ', () => {
    expect(() =>
      refuseUnclearNames('f', ['a', 'A', 'a1', 'a01', 'KC\u03b1', 'KC\u03b2', 'a b', 'ab']),
    ).not.toThrow();
  });

  it('and characters that nobody sees have a notice', () => {
    expect(imported('pre,post,n\nA\u200bB,X,1\n', { sign: 'none' }).notices).toEqual([
      'Names with characters that cannot be seen: "A\u200bB" (U+200B).',
    ]);
  });
});

describe('bytes that a file holds', () => {
  const latin = Buffer.from('pre,post,n,sign\nZo\u00e9,Zo\u00eb,1,+\n', 'latin1');
  it('are never made one name of two', () => {
    expect(() => imported(latin)).toThrow(
      'list.csv: this is not UTF-8 text: byte offset 18 (line 2), found 0xE9',
    );
    expect(imported(latin, { encoding: 'latin1' }).connectome.cells.ids).toEqual(['Zo\u00e9', 'Zo\u00eb']);
  });
  it('may say that they are UTF-16, and are then said to be', () => {
    const { connectome, notices } = imported(Buffer.from(`\ufeff${latin.toString('latin1')}`, 'utf16le'));
    expect(connectome.cells.ids).toEqual(['Zo\u00e9', 'Zo\u00eb']);
    expect(notices).toEqual([expect.stringContaining('was read as utf-16le')]);
  });
  it('are refused where characters were lost before', () => {
    expect(() => imported('pre,post,n\nZo\ufffd,X,1\n')).toThrow(
      'names with characters that were lost before (U+FFFD): "Zo\ufffd"',
    );
    expect(identityNotices('any', ['Zo\ufffd'], ['n'])[0]).toContain('lost (U+FFFD)');
  });
});

describe('signs that a file does not give', () => {
  it('are told, unless it was said what they are', () => {
    const text = 'pre,post,n\nA,B,1\n';
    expect(imported(text).notices).toEqual([
      expect.stringContaining('No signs are given, so all 1 chemical connections count as positive'),
    ]);
    expect(imported(text, { sign: 'none' }).notices).toEqual([]);
    expect(imported(',A,B\nA,,1\n').notices).toEqual([expect.stringContaining('an edge list can give them')]);
    expect(imported('pre,post,n,sign\nA,B,1,-\n').notices).toEqual([]);
  });
  it('come from transmitters by the rule that was asked for, also where the list of cells names them', () => {
    const graph = (transmitters: string) =>
      `<graphml><key id="t" for="node" attr.name="transmitters"/><graph edgedefault="directed"><node id="A"><data key="t">${transmitters}</data></node>` +
      '<node id="B"><data key="t">ACh</data></node><edge source="A" target="B"><data key="weight">2</data></edge><edge source="B" target="A"><data key="weight">3</data></edge></graph></graphml>';
    const choices = { sign: 'gaba-negative' } as const;
    const gaba = imported(graph('gaba'), choices);
    expect([...gaba.connectome.chemical.sign]).toEqual([-1, 1]);
    expect(gaba.notices.join()).not.toContain('--sign');
    const both = imported(graph('GABA+ACh'), choices);
    expect([...both.connectome.chemical.sign]).toEqual([1, 1]);
    expect(both.notices.at(-1)).toContain('--sign gaba-negative: no cell that sends has GABA alone');
    expect([...imported('pre,post,n,nt\nA,B,1,GABA\n', choices).connectome.chemical.sign]).toEqual([-1]);
  });
});

it('options that a matrix has no use for are refused', () => {
  for (const choices of [{ gap: 'directed' }, { sign: 'none' }, { duplicates: 'sum' }] as const) {
    expect(() => imported(',A,B\nA,,1\n', choices)).toThrow('does not go with the format matrix');
  }
});
