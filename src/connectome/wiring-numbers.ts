import { spectralRadius } from '../math/spectral-radius.js';
import { type Connectome, signedWeights } from './connectome.js';
import { sidesOf } from './sides.js';

/** What a wiring comes to, in numbers. */
export interface WiringNumbers {
  chemicalConnections: number;
  gapJunctions: number;
  selfConnections: number;
  /** Share of chemical connections between two cells whose reverse is there too; null without any. */
  reciprocity: number | null;
  /** Share of chemical connections that lead from a sensory cell to a motor neuron or muscle; null where no role is known. */
  sensorToMotor: number | null;
  /** Share that cross, of chemical connections between cells of pairs; null where there are none. */
  crossing: number | null;
  /** Largest modulus of the eigenvalues of the signed chemical weights, in their unit; a sign that is not known counts 0. */
  spectralRadius: number;
  /** Parts that no connection or junction joins, in either direction: weakly connected components. */
  components: number;
}

const share = (part: number, all: number): number | null => (all === 0 ? null : part / all);

function reciprocityOf({ chemical, cells }: Connectome): number | null {
  const present = new Set(Array.from(chemical.pre, (pre, k) => pre * cells.count + chemical.post[k]!));
  let [both, all] = [0, 0];
  for (let k = 0; k < chemical.count; k++) {
    const [pre, post] = [chemical.pre[k]!, chemical.post[k]!];
    if (pre === post) continue;
    all++;
    if (present.has(post * cells.count + pre)) both++;
  }
  return share(both, all);
}

function sensorToMotorOf({ chemical, cells }: Connectome): number | null {
  if (cells.roles.every((role) => role === '')) return null;
  const isMotor = (cell: number) => cells.kinds[cell] === 'm' || cells.roles[cell]!.includes('m');
  let direct = 0;
  for (let k = 0; k < chemical.count; k++) {
    if (cells.roles[chemical.pre[k]!]!.includes('s') && isMotor(chemical.post[k]!)) direct++;
  }
  return share(direct, chemical.count);
}

function crossingOf({ chemical, cells }: Connectome): number | null {
  const side = sidesOf(cells);
  let [across, all] = [0, 0];
  for (let k = 0; k < chemical.count; k++) {
    const [pre, post] = [chemical.pre[k]!, chemical.post[k]!];
    if (pre === post || side[pre] === 0 || side[post] === 0) continue;
    all++;
    if (side[pre] !== side[post]) across++;
  }
  return share(across, all);
}

function componentsOf({ chemical, gap, cells }: Connectome): number {
  const parent = Int32Array.from(cells.ids, (_, cell) => cell);
  const root = (cell: number): number => {
    let at = cell;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  let parts = cells.count;
  const join = (a: number, b: number) => {
    const [one, other] = [root(a), root(b)];
    if (one === other) return;
    parent[one] = other;
    parts--;
  };
  for (let k = 0; k < chemical.count; k++) join(chemical.pre[k]!, chemical.post[k]!);
  for (let k = 0; k < gap.count; k++) join(gap.a[k]!, gap.b[k]!);
  return parts;
}

export function wiringNumbers(connectome: Connectome): WiringNumbers {
  const { chemical, gap, cells } = connectome;
  return {
    chemicalConnections: chemical.count,
    gapJunctions: gap.count,
    selfConnections: Array.from(chemical.pre).filter((pre, k) => pre === chemical.post[k]).length,
    reciprocity: reciprocityOf(connectome),
    sensorToMotor: sensorToMotorOf(connectome),
    crossing: crossingOf(connectome),
    spectralRadius: spectralRadius({
      n: cells.count,
      from: chemical.pre,
      to: chemical.post,
      value: signedWeights(connectome),
    }),
    components: componentsOf(connectome),
  };
}
