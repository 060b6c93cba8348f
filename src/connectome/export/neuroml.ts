import type { Connectome } from '../connectome.js';
import { escaped } from './graphml.js';

/**
 * A NeuroML 2 network (Cannon et al. 2014, doi:10.3389/fninf.2014.00079): a population of one for each cell and a
 * projection for each connection. Cells and synapses are placeholders: the dynamics are not part of a connectome.
 */
export function exportNeuroml(connectome: Connectome): { suffix: string; text: string }[] {
  const { cells, chemical, gap } = connectome;
  const name = (i: number) => escaped(cells.ids[i]!);
  const ends = (from: number, to: number) =>
    `presynapticPopulation="${name(from)}" postsynapticPopulation="${name(to)}"`;
  const path = (i: number) => `../${name(i)}/0/cell`;
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="${escaped(connectome.id)}">`,
    '  <iafCell id="cell" leakReversal="-50mV" thresh="-30mV" reset="-50mV" C="3pF" leakConductance="0.1nS"/>',
    '  <expOneSynapse id="excitatory" gbase="0.1nS" erev="0mV" tauDecay="5ms"/>',
    '  <expOneSynapse id="inhibitory" gbase="0.1nS" erev="-70mV" tauDecay="5ms"/>',
    '  <gapJunction id="junction" conductance="0.01nS"/>',
    `  <network id="${escaped(connectome.id)}_network">`,
    ...cells.ids.map(
      (_, i) => `    <population id="${name(i)}" component="cell" type="populationList" size="1"/>`,
    ),
    ...Array.from(chemical.pre, (pre, k) => {
      const post = chemical.post[k]!;
      const synapse = chemical.sign[k]! < 0 ? 'inhibitory' : 'excitatory';
      return (
        `    <projection id="NC_${name(pre)}_${name(post)}" ${ends(pre, post)} synapse="${synapse}">` +
        `<connectionWD id="0" preCellId="${path(pre)}" postCellId="${path(post)}" weight="${chemical.weight[k]}" delay="0ms"/></projection>`
      );
    }),
    ...Array.from(gap.a, (a, k) => {
      const b = gap.b[k]!;
      return (
        `    <electricalProjection id="NC_${name(a)}_${name(b)}_GJ" ${ends(a, b)}>` +
        `<electricalConnectionInstanceW id="0" preCell="${path(a)}" postCell="${path(b)}" synapse="junction" weight="${gap.weight[k]}"/></electricalProjection>`
      );
    }),
    '  </network>',
    '</neuroml>',
    '',
  ].join('\n');
  return [{ suffix: '.net.nml', text }];
}
