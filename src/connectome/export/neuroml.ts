import type { Connectome } from '../connectome.js';
import { kindNames } from '../schema.js';
import { escaped } from './xml.js';

/**
 * The placeholder synapses: one that reverses above the cells' threshold (-30 mV), one below their rest (-50 mV), and one
 * without conductance, which has no effect that could have a sign.
 */
const synapses = [
  ['excitatory', 'gbase="0.1nS" erev="0mV"'],
  ['inhibitory', 'gbase="0.1nS" erev="-70mV"'],
  ['sign_not_known', 'gbase="0nS" erev="0mV"'],
] as const;

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** NeuroML's ids are letters, digits and underscores: another name goes into a property, and a number stands for it. */
function populationIds(names: readonly string[]): string[] {
  const taken = new Set(names);
  return names.map((name, i) => {
    if (identifier.test(name)) return name;
    let id = `cell_${i}`;
    while (taken.has(id)) id += '_';
    return id;
  });
}

const networkId = (id: string) => {
  const plain = id.replace(/[^A-Za-z0-9_]/g, '_');
  return /^\d/.test(plain) ? `_${plain}` : plain;
};

/**
 * A NeuroML 2 network (Cannon et al. 2014, doi:10.3389/fninf.2014.00079): a population of one for each cell and a
 * projection for each connection. Cells and synapses are placeholders: the dynamics are not part of a connectome. Signs
 * stand in the reversal potentials, what is known of cells in properties, places (um) in instances.
 */
export function exportNeuroml(connectome: Connectome): { suffix: string; text: string }[] {
  const { cells, chemical, gap, id } = connectome;
  const ids = populationIds(cells.ids);
  const placed = (i: number) =>
    cells.positionsUm?.subarray(3 * i, 3 * i + 3).every((value) => Number.isFinite(value)) === true;
  const population = (name: string, i: number) => {
    const properties = [
      ['name', ids[i] === name ? '' : name],
      ['class', cells.classes[i]!],
      ['kind', kindNames[cells.kinds[i]!]],
      ['role', cells.roles[i]!],
      ['neurotransmitter', cells.transmitters[i]!.join('+')],
      ['ganglion', cells.ganglia?.[i] ?? ''],
      ['modalities', cells.modalities?.[i]?.join('+') ?? ''],
    ].filter(([, value]) => value !== '');
    const [x, y, z] = cells.positionsUm?.subarray(3 * i, 3 * i + 3) ?? [];
    return (
      `    <population id="${ids[i]}" component="cell"${placed(i) ? ' type="populationList"' : ''} size="1">` +
      properties.map(([tag, value]) => `<property tag="${tag}" value="${escaped(value!)}"/>`).join('') +
      (placed(i) ? `<instance id="0"><location x="${x}" y="${y}" z="${z}"/></instance>` : '') +
      '</population>'
    );
  };
  const ends = (from: number, to: number) =>
    `presynapticPopulation="${ids[from]}" postsynapticPopulation="${ids[to]}"`;
  const path = (i: number) => (placed(i) ? `../${ids[i]}/0/cell` : `../${ids[i]}[0]`);
  const synapseOf = (sign: number) => synapses[sign > 0 ? 0 : sign < 0 ? 1 : 2][0];
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="${networkId(id)}">`,
    '  <iafCell id="cell" leakReversal="-50mV" thresh="-30mV" reset="-50mV" C="3pF" leakConductance="0.1nS"/>',
    ...synapses.map(([name, attributes]) => `  <expOneSynapse id="${name}" ${attributes} tauDecay="5ms"/>`),
    '  <gapJunction id="junction" conductance="0.01nS"/>',
    `  <network id="${networkId(id)}_network">`,
    ...cells.ids.map(population),
    ...Array.from(chemical.pre, (pre, k) => {
      const post = chemical.post[k]!;
      return (
        `    <projection id="NC_${ids[pre]}_${ids[post]}" ${ends(pre, post)} synapse="${synapseOf(chemical.sign[k]!)}">` +
        `<connectionWD id="0" preCellId="${path(pre)}" postCellId="${path(post)}" weight="${chemical.weight[k]}" delay="0ms"/></projection>`
      );
    }),
    ...Array.from(gap.a, (a, k) => {
      const b = gap.b[k]!;
      return (
        `    <electricalProjection id="NC_${ids[a]}_${ids[b]}_GJ" ${ends(a, b)}>` +
        `<electricalConnectionInstanceW id="0" preCell="${path(a)}" postCell="${path(b)}" synapse="junction" weight="${gap.weight[k]}"/></electricalProjection>`
      );
    }),
    '  </network>',
    '</neuroml>',
    '',
  ].join('\n');
  return [{ suffix: '.net.nml', text }];
}
