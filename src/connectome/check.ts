import { ascending, mean, nearestRank } from '../math/statistics.js';
import type { Connectome } from './connectome.js';
import { signedWeights } from './connectome.js';
import { type ConnectomeCounts, countConnectome } from './counts.js';
import { identityNotices } from './identity.js';
import { integrityProblems } from './integrity.js';

export interface ConnectomeCheck {
  ok: boolean;
  counts: ConnectomeCounts;
  /** What makes the connectome unusable or contradicts its format, each with the path of its field. */
  problems: string[];
  /** What is allowed and worth knowing. */
  notices: string[];
}

/** `12 cells have none: A, B, C, …` */
function naming(names: readonly string[], singular: string, plural: string): string {
  const shown = names.slice(0, 8).join(', ');
  return `${names.length} ${names.length === 1 ? singular : plural}: ${shown}${names.length > 8 ? ', …' : ''}.`;
}

/** Cells that can be reached from the given ones over chemical connections of any weight, themselves included. */
function reachable({ cells, chemical }: Connectome, from: readonly number[]): Uint8Array {
  const targets: number[][] = Array.from({ length: cells.count }, () => []);
  for (let k = 0; k < chemical.count; k++) {
    if (chemical.weight[k]! > 0) targets[chemical.pre[k]!]!.push(chemical.post[k]!);
  }
  const reached = new Uint8Array(cells.count);
  const queue = [...from];
  for (const cell of queue) reached[cell] = 1;
  // The queue grows while it is walked: a breadth-first search.
  for (const cell of queue) {
    for (const target of targets[cell]!) {
      if (reached[target] === 0) {
        reached[target] = 1;
        queue.push(target);
      }
    }
  }
  return reached;
}

function noticesOf(connectome: Connectome, counts: ConnectomeCounts): string[] {
  const { cells, chemical, gap } = connectome;
  const notices: string[] = [];
  const signs = Array.from({ length: cells.count }, () => ({ out: 0, positive: 0, negative: 0, touched: 0 }));
  let loops = 0;
  for (let k = 0; k < chemical.count; k++) {
    const [pre, post] = [signs[chemical.pre[k]!]!, signs[chemical.post[k]!]!];
    pre.out++;
    pre.touched++;
    post.touched++;
    if (chemical.sign[k]! > 0) pre.positive++;
    if (chemical.sign[k]! < 0) pre.negative++;
    if (chemical.pre[k] === chemical.post[k]) loops++;
  }
  for (let k = 0; k < gap.count; k++) {
    signs[gap.a[k]!]!.touched++;
    signs[gap.b[k]!]!.touched++;
  }
  const where = (test: (i: number) => boolean) => cells.ids.filter((_, i) => test(i));
  const tell = (names: string[], singular: string, plural: string) => {
    if (names.length > 0) notices.push(naming(names, singular, plural));
  };
  tell(
    where((i) => signs[i]!.touched === 0),
    'cell has no connection',
    'cells have no connection',
  );
  tell(
    where((i) => cells.kinds[i] === 'n' && signs[i]!.out === 0 && signs[i]!.touched > 0),
    'neuron has no outgoing chemical connection',
    'neurons have no outgoing chemical connection',
  );
  tell(
    where((i) => cells.kinds[i] !== 'n' && signs[i]!.out > 0),
    'cell that is not a neuron has outgoing chemical connections',
    'cells that are not neurons have outgoing chemical connections',
  );
  tell(
    where((i) => signs[i]!.positive > 0 && signs[i]!.negative > 0),
    'cell has outgoing connections of both signs',
    'cells have outgoing connections of both signs',
  );
  const sensory = [...cells.roles.keys()].filter((i) => cells.roles[i]!.includes('s'));
  if (sensory.length > 0) {
    const reached = reachable(connectome, sensory);
    tell(
      where((i) => cells.kinds[i] === 'm' && reached[i] === 0),
      'muscle cannot be reached from any sensory neuron',
      'muscles cannot be reached from any sensory neuron',
    );
  }
  if (loops > 0)
    notices.push(
      `${loops} chemical ${loops === 1 ? 'connection leads' : 'connections lead'} back to their own cell.`,
    );
  if (counts.unknownSign > 0) {
    notices.push(
      `${counts.unknownSign} chemical ${counts.unknownSign === 1 ? 'connection has' : 'connections have'} no known sign.`,
    );
  }
  notices.push(...identityNotices(connectome.species, cells.ids, cells.kinds));
  return notices;
}

/** Checks a connectome, however it came about, against its format's rules, and counts what it holds. */
export function checkConnectome(connectome: Connectome): ConnectomeCheck {
  const counts = countConnectome(connectome);
  const problems = integrityProblems(connectome).toArray();
  // Indices out of range would make nonsense of the walk over connections.
  const notices = problems.length === 0 ? noticesOf(connectome, counts) : [];
  return { ok: problems.length === 0, counts, problems, notices };
}

export interface Spread {
  min: number;
  median: number;
  max: number;
}

export interface ConnectomeSummary {
  id: string;
  species: string;
  sex: string;
  stage: string;
  weightUnit: string;
  hash: string;
  counts: ConnectomeCounts;
  /** Cells by role letters, the commonest first; neurons only. */
  roles: { role: string; cells: number }[];
  /** Cells by transmitter, the commonest first. A cell with two counts in both. */
  transmitters: { transmitter: string; cells: number }[];
  /** The ten classes with the most outgoing weight. */
  topClasses: { class: string; cells: number; outWeight: number; inWeight: number }[];
  /** Chemical connections a cell, over all cells. */
  inDegree: Spread;
  outDegree: Spread;
  weights: {
    /** Over signed weights. */
    min: number;
    max: number;
    mean: number;
    /** Over magnitudes. */
    meanMagnitude: number;
    medianMagnitude: number;
    p95Magnitude: number;
    /** Share of connections with a signed weight of exactly 1. */
    shareOne: number;
    /** Magnitudes in bins that double: above the bound before, up to and including `upTo`. */
    histogram: { upTo: number; count: number }[];
  };
  signs: { positive: number; negative: number; zero: number; unknown: number };
  /** The ten heaviest chemical connections. */
  strongest: { pre: string; post: string; weight: number }[];
}

/** Without connections, the figures of their weights and numbers are 0. */
const orZero = (figure: number): number => (Number.isNaN(figure) ? 0 : figure);

function spread(values: ArrayLike<number>): Spread {
  const sorted = ascending(values);
  return { min: sorted[0] ?? 0, median: orZero(nearestRank(sorted, 0.5)), max: sorted.at(-1) ?? 0 };
}

function histogram(sorted: Float64Array): { upTo: number; count: number }[] {
  const bins: { upTo: number; count: number }[] = [{ upTo: 0, count: 0 }];
  for (const value of sorted) {
    let bin = bins.at(-1)!;
    while (value > bin.upTo) {
      bin = { upTo: Math.max(1, 2 * bin.upTo), count: 0 };
      bins.push(bin);
    }
    bin.count++;
  }
  return bins;
}

function tally(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

/** Figures that describe a connectome, as plain data. */
export function summarizeConnectome(connectome: Connectome): ConnectomeSummary {
  const { cells, chemical } = connectome;
  const counts = countConnectome(connectome);
  const signed = signedWeights(connectome);
  const inDegree = new Int32Array(cells.count);
  const outDegree = new Int32Array(cells.count);
  const classes = new Map(
    tally(cells.classes).map(([name, count]) => [
      name,
      { class: name, cells: count, outWeight: 0, inWeight: 0 },
    ]),
  );
  for (let k = 0; k < chemical.count; k++) {
    const [pre, post] = [chemical.pre[k]!, chemical.post[k]!];
    outDegree[pre]!++;
    inDegree[post]!++;
    classes.get(cells.classes[pre]!)!.outWeight += chemical.weight[k]!;
    classes.get(cells.classes[post]!)!.inWeight += chemical.weight[k]!;
  }
  const magnitudes = ascending(chemical.weight);
  const byWeight = [...chemical.weight.keys()].sort(
    (i, j) => chemical.weight[j]! - chemical.weight[i]! || i - j,
  );
  return {
    id: connectome.id,
    species: connectome.species,
    sex: connectome.sex,
    stage: connectome.stage,
    weightUnit: connectome.weightUnit,
    hash: connectome.hash,
    counts,
    roles: tally(cells.roles.filter((_, i) => cells.kinds[i] === 'n')).map(([role, n]) => ({
      role,
      cells: n,
    })),
    transmitters: tally(cells.transmitters.flat()).map(([transmitter, n]) => ({ transmitter, cells: n })),
    topClasses: [...classes.values()]
      .sort((a, b) => b.outWeight - a.outWeight || (a.class < b.class ? -1 : 1))
      .slice(0, 10),
    inDegree: spread(inDegree),
    outDegree: spread(outDegree),
    weights: {
      min: signed.reduce((least, value) => Math.min(least, value), signed[0] ?? 0),
      max: signed.reduce((most, value) => Math.max(most, value), signed[0] ?? 0),
      mean: orZero(mean(signed)),
      meanMagnitude: orZero(mean(chemical.weight)),
      medianMagnitude: orZero(nearestRank(magnitudes, 0.5)),
      p95Magnitude: orZero(nearestRank(magnitudes, 0.95)),
      shareOne: chemical.count === 0 ? 0 : signed.filter((value) => value === 1).length / chemical.count,
      histogram: histogram(magnitudes),
    },
    signs: {
      positive: counts.chemicalPairs - counts.negative - counts.zero - counts.unknownSign,
      negative: counts.negative,
      zero: counts.zero,
      unknown: counts.unknownSign,
    },
    strongest: byWeight.slice(0, 10).map((k) => ({
      pre: cells.ids[chemical.pre[k]!]!,
      post: cells.ids[chemical.post[k]!]!,
      weight: signed[k]!,
    })),
  };
}
