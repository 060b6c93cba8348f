import type { Connectome } from './connectome.js';

export interface ConnectomeCounts {
  neurons: number;
  muscles: number;
  others: number;
  /** Distinct classes among the neurons. */
  classes: number;
  chemicalPairs: number;
  /** Sum of magnitudes. */
  chemicalWeight: number;
  negative: number;
  /** Chemical connections of weight zero. */
  zero: number;
  /** Chemical connections with a weight whose sign is not known. */
  unknownSign: number;
  gapPairs: number;
  gapWeight: number;
  /** With capped placeholders at their published weight. */
  gapWeightPublished: number;
  /** Cells with at least one outgoing chemical connection. */
  withOutputs: number;
  neuronToNeuron: number;
  neuronToNeuronWeight: number;
  neuronToMuscle: number;
  neuronToMuscleWeight: number;
}

/** Sums of decimal fractions differ in their last bits with the order of adding; six places are plenty here. */
const rounded = (total: number): number => Math.round(total * 1e6) / 1e6;

function sum(values: Float64Array): number {
  return rounded(values.reduce((total, value) => total + value, 0));
}

function publishedBeyond({ weight, capped }: Connectome['gap']): number {
  return (capped?.index ?? []).reduce((total, k, i) => total + capped!.published[i]! - weight[k]!, 0);
}

export function countConnectome(connectome: Connectome): ConnectomeCounts {
  const { cells, chemical, gap } = connectome;
  const neuronClasses = new Set(cells.classes.filter((_, i) => cells.kinds[i] === 'n'));
  const sends = new Uint8Array(cells.count);
  const counts: ConnectomeCounts = {
    neurons: cells.kinds.filter((kind) => kind === 'n').length,
    muscles: cells.kinds.filter((kind) => kind === 'm').length,
    others: cells.kinds.filter((kind) => kind === 'o').length,
    classes: neuronClasses.size,
    chemicalPairs: chemical.count,
    chemicalWeight: sum(chemical.weight),
    negative: 0,
    zero: 0,
    unknownSign: 0,
    gapPairs: gap.count,
    gapWeight: sum(gap.weight),
    gapWeightPublished: sum(gap.weight) + publishedBeyond(gap),
    withOutputs: 0,
    neuronToNeuron: 0,
    neuronToNeuronWeight: 0,
    neuronToMuscle: 0,
    neuronToMuscleWeight: 0,
  };
  for (let k = 0; k < chemical.count; k++) {
    sends[chemical.pre[k]!] = 1;
    if (chemical.sign[k]! < 0) counts.negative++;
    if (chemical.weight[k] === 0) counts.zero++;
    else if (chemical.sign[k] === 0) counts.unknownSign++;
    if (cells.kinds[chemical.pre[k]!] !== 'n') continue;
    const target = cells.kinds[chemical.post[k]!];
    if (target === 'n') {
      counts.neuronToNeuron++;
      counts.neuronToNeuronWeight += chemical.weight[k]!;
    } else if (target === 'm') {
      counts.neuronToMuscle++;
      counts.neuronToMuscleWeight += chemical.weight[k]!;
    }
  }
  counts.withOutputs = sends.filter((does) => does === 1).length;
  counts.neuronToNeuronWeight = rounded(counts.neuronToNeuronWeight);
  counts.neuronToMuscleWeight = rounded(counts.neuronToMuscleWeight);
  return counts;
}
