import type { RandomStream } from '../math/random.js';
import type { Values } from '../network/model/network.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { suggest, UsageError } from '../spec/errors.js';
import { sha256 } from '../spec/sha256.js';
import { specsThatFit } from './fitting.js';
import type { Ground } from './ground.js';
import { KindGenes } from './kind-genes.js';
import { lackingIn, layGenes } from './lay.js';
import { type Likeness, likenessOf } from './likeness.js';
import type { Part } from './part.js';
import type { Phenotype } from './phenotype.js';
import type { Formula, LaidGenes, Settings } from './quantities/quantity.js';
import type { GenomeSpec } from './spec.js';

/** Genes that belong together. */
export interface GeneGroup {
  name: string;
  /** Their numbers, ascending. */
  genes: Int32Array;
}

/** How genomes say what they say, where some genes do not count in some genomes. */
export interface Coding {
  /** `[genes]` 1 for those that what the genome says depends on. */
  activeIn(genome: Readonly<Float64Array>): Uint8Array;
  /** A genome that says the same with its genes in other places, as far as there is one. */
  reordered(genome: Readonly<Float64Array>, stream: RandomStream): Float64Array;
}

/**
 * The space that a strategy searches: one coordinate a gene. All arrays are `[genes]`, in the coordinates of the
 * search (the logarithm of the value where the spec's scale is `log`).
 */
export interface GenomeSpace {
  genes: number;
  /** Units of the coordinates; for a logarithmic scale, `ln` before that of the value. */
  unit: string;
  low: Float64Array;
  high: Float64Array;
  /** What the genome spec starts from: genome files tell what differs from it. */
  origin: Float64Array;
  /** Where evolution starts: the origin, or a genome that seeds the run. */
  start: Float64Array;
  /** A change that matters, for first steps. */
  step: Float64Array;
  /** Resetting mutations draw uniformly from `[priorLow, priorHigh]`, which lies within the bounds. */
  priorLow: Float64Array;
  priorHigh: Float64Array;
  /** 0 for a real gene; k for one that is a whole number of 0 to k - 1. */
  levels: Int32Array;
  /** Genes that belong together, such as the weights of what one cell sends: every gene is in one group. */
  groups: readonly GeneGroup[];
  /** Where several genomes say the same of a network; absent where every gene always counts. */
  coding?: Coding;
  /** The formulas that a genome says; none where rules do not evolve. */
  formulasOf(genome: Readonly<Float64Array>): Formula[];
  /** What `phenotype` gives as rules, with variables beside them that keep what their holes were given. */
  seeingRules(genome: Readonly<Float64Array>): Record<string, PlasticityRule>;
  /** A text that two genomes share only where they say the same of a network: a hash of it. */
  sayingOf(genome: Readonly<Float64Array>): string;
  /** A text that two genomes share only where their formulas are alike, and their other genes the same. */
  likenessOf(genome: Readonly<Float64Array>, by: Likeness): string;
  /** The gene's name, such as `AVAL->DA1`, `AVA->DA` where classes share one, or `neurons.tau`. */
  nameOf(gene: number): string;
  /** The value, in its own unit, of a gene's coordinate. */
  valueOf(gene: number, coordinate: number): number;
  /** The coordinate of a gene's value. */
  coordinateOf(gene: number, value: number): number;
  /** The gene that a synapse's weight comes from; undefined where weights do not evolve. */
  geneOf(synapse: number): number | undefined;
  /**
   * What a genome says of its network. Its weights are written into the first ones of `weights`, where that is given and
   * longer; where weights do not evolve, they are as they were before evolution.
   */
  phenotype(genome: Readonly<Float64Array>, weights?: Float64Array): Phenotype;
  /** The weights of the phenotype alone. */
  decode(genome: Readonly<Float64Array>, weights?: Float64Array): Float64Array;
  /** Which cell is of which kind in a genome's network, by population, where there are kinds. */
  kindsOf(genome: Readonly<Float64Array>): Record<string, Int32Array>;
  /** The parameters of the phenotype alone. */
  parametersOf(genome: Readonly<Float64Array>): Record<string, Values>;
}

const bytesOf = (
  { buffer, byteOffset, BYTES_PER_ELEMENT: bytes }: Float64Array,
  first: number,
  count: number,
) => new Uint8Array(buffer, byteOffset + bytes * first, bytes * count);

/**
 * The same space, from another start.
 * @throws UsageError for a gene that there is not, or a coordinate out of its range
 */
export function startingAt(
  space: GenomeSpace,
  genes: readonly (readonly [gene: string, coordinate: number])[],
): GenomeSpace {
  return { ...space, start: genomesBeside(space, [{ at: 'start', changes: genes }])[0]! };
}

/**
 * Genomes, each told by the genes in which it differs from the start.
 * @param told each with the path that messages name it by
 * @throws UsageError for a gene that there is not, or a coordinate out of its range
 */
export function genomesBeside(
  space: Pick<GenomeSpace, 'start' | 'low' | 'high' | 'levels' | 'nameOf'>,
  told: readonly { at: string; changes: readonly (readonly [gene: string, coordinate: number])[] }[],
): Float64Array[] {
  const named = new Map(Array.from(space.start, (_, gene) => [space.nameOf(gene), gene]));
  return told.map(({ at, changes }) => {
    const genome = Float64Array.from(space.start);
    changes.forEach(([name, coordinate], i) => {
      const gene = named.get(name);
      if (gene === undefined) {
        throw new UsageError(`${at}[${i}]: unknown gene "${name}". ${suggest(name, [...named.keys()])}`);
      }
      const [low, high] = [space.low[gene]!, space.high[gene]!];
      if (!(coordinate >= low && coordinate <= high)) {
        throw new UsageError(
          `${at}[${i}]: "${name}": expected a value in [${low}, ${high}], found ${coordinate}.`,
        );
      }
      if (space.levels[gene]! > 0 && !Number.isInteger(coordinate)) {
        throw new UsageError(`${at}[${i}]: "${name}": expected a whole number, found ${coordinate}.`);
      }
      genome[gene] = coordinate;
    });
    return genome;
  });
}

/** What `genomesBeside` reads: the genes in which a genome differs from the start. */
export const changesFrom = (
  { start, nameOf }: Pick<GenomeSpace, 'start' | 'nameOf'>,
  genome: Readonly<Float64Array>,
): [gene: string, coordinate: number][] =>
  [...genome.keys()]
    .filter((gene) => genome[gene] !== start[gene])
    .map((gene) => [nameOf(gene), genome[gene]!]);

/**
 * Lays a genome spec over a connectome and its network.
 * @throws UsageError where the network lacks what genes set, naming the specs that fit, or a start lies outside its range
 */
export function genomeSpace(spec: GenomeSpec, ground: Ground): GenomeSpace {
  const lacking = lackingIn(spec, ground);
  if (lacking.length > 0) throw new UsageError(`${lacking.join('\n')} ${specsThatFit(ground)}`);
  return spaceOf(layGenes(spec, ground), ground);
}

function groupsOf(names: readonly string[]): GeneGroup[] {
  const members = new Map<string, number[]>();
  names.forEach((name, gene) => {
    const group = members.get(name);
    if (group) group.push(gene);
    else members.set(name, [gene]);
  });
  return Array.from(members, ([name, genes]) => ({ name, genes: Int32Array.from(genes) }));
}

function codingOf(
  laid: readonly LaidGenes[],
  firsts: readonly number[],
  parts: readonly Part[],
): Coding | undefined {
  if (laid.every(({ markActive }) => markActive === undefined)) return undefined;
  return {
    activeIn: (genome) => {
      const active = new Uint8Array(genome.length);
      laid.forEach(({ markActive }, i) => {
        const first = firsts[i]!;
        if (markActive) markActive(genome, first, active);
        else active.fill(1, first, first + parts[i]!.names.length);
      });
      return active;
    },
    reordered: (genome, stream) => {
      const copy = Float64Array.from(genome);
      laid.forEach(({ reorder }, i) => {
        reorder?.(copy, firsts[i]!, stream);
      });
      return copy;
    },
  };
}

/** The space of genes that are laid over a network, group after group. */
export function spaceOf(laid: readonly LaidGenes[], ground: Ground): GenomeSpace {
  const animal = Float64Array.from(ground.weights);
  const populations = ground.populations ?? [];
  const parts = laid.map(({ part }) => part);
  const names = parts.flatMap((part) => [...part.names]);
  const firsts: number[] = [];
  for (let i = 0, first = 0; i < parts.length; first += parts[i++]!.names.length) firsts.push(first);
  const joined = (pick: (part: Part) => Float64Array) => {
    const all = new Float64Array(names.length);
    parts.forEach((part, i) => {
      all.set(pick(part), firsts[i]!);
    });
    return all;
  };
  const weightsAt = laid.findIndex(({ weights }) => weights !== undefined);
  const firstWeight = firsts[weightsAt] ?? 0;
  const evolving = laid[weightsAt]?.weights;
  const decode = (genome: Readonly<Float64Array>, into: Float64Array = new Float64Array(animal.length)) => {
    if (evolving) evolving.write(genome, firstWeight, into);
    else into.set(animal);
    return into;
  };
  const settingsOf = (genome: Readonly<Float64Array>) => {
    const settings: Settings = { parameters: {}, kinds: new KindGenes(populations) };
    laid.forEach((genes, i) => {
      genes.set?.(genome, firsts[i]!, settings);
    });
    return settings;
  };
  const parametersOf = (genome: Readonly<Float64Array>) => {
    const { parameters, kinds } = settingsOf(genome);
    return { ...parameters, ...kinds.values() };
  };
  const withRules = laid.some(({ rules }) => rules !== undefined);
  const rulesOf = (genome: Readonly<Float64Array>) =>
    Object.assign({}, ...laid.map(({ rules }, i) => rules?.(genome, firsts[i]!)));
  const coding = codingOf(laid, firsts, parts);
  /** A genome's genes, of which -0 counts as 0. */
  const saying = new Float64Array(names.length);
  const partOf = (gene: number) => parts[firsts.findLastIndex((first) => first <= gene)]!;
  return {
    ...(coding ? { coding } : {}),
    seeingRules: (genome) =>
      Object.assign({}, ...laid.map(({ seeingRules }, i) => seeingRules?.(genome, firsts[i]!))),
    formulasOf: (genome) => laid.flatMap(({ formulas }, i) => formulas?.(genome, firsts[i]!) ?? []),
    sayingOf: (genome) => {
      for (let gene = 0; gene < genome.length; gene++) saying[gene] = genome[gene]! + 0;
      return sha256(
        ...laid.map(({ rules }, i) =>
          rules
            ? JSON.stringify(rules(genome, firsts[i]!))
            : bytesOf(saying, firsts[i]!, parts[i]!.names.length),
        ),
      );
    },
    likenessOf: (genome, by) => likenessOf(laid, firsts, genome, by),
    genes: names.length,
    unit: [...new Set(parts.map(({ unit }) => unit))].join(', '),
    low: joined((part) => part.low),
    high: joined((part) => part.high),
    origin: joined((part) => part.start),
    start: joined((part) => part.start),
    step: joined((part) => part.step),
    priorLow: joined((part) => part.priorLow),
    priorHigh: joined((part) => part.priorHigh),
    levels: Int32Array.from(parts.flatMap(({ levels }) => [...levels])),
    groups: groupsOf(parts.flatMap(({ groups }) => [...groups])),
    nameOf: (gene) => names[gene]!,
    valueOf: (gene, coordinate) => partOf(gene).toValue(coordinate),
    coordinateOf: (gene, value) => partOf(gene).toCoordinate(value),
    geneOf: (synapse) => evolving && firstWeight + evolving.geneOf[synapse]!,
    phenotype: (genome, into) => ({
      weights: decode(genome, into),
      parameters: parametersOf(genome),
      ...(withRules ? { rules: rulesOf(genome) } : {}),
    }),
    decode,
    kindsOf: (genome) => settingsOf(genome).kinds.kinds(),
    parametersOf,
  };
}
