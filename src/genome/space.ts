import type { Connectome } from '../connectome/connectome.js';
import type { Population, Values } from '../network/model/network.js';
import { suggest, UsageError } from '../spec/errors.js';
import { classPairs } from './class-pairs.js';
import { KindGenes } from './kind-genes.js';
import { type Part, partOf } from './part.js';
import type {
  GenomeSpec,
  KindShareGenes,
  ParameterGenes,
  SynapseParameterGenes,
  WeightGenes,
} from './spec.js';

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
  /** The gene's name, such as `AVAL->DA1`, `AVA->DA` where classes share one, or `neurons.tau`. */
  nameOf(gene: number): string;
  /** The value, in its own unit, of a gene's coordinate. */
  valueOf(gene: number, coordinate: number): number;
  /** The gene that a synapse's weight comes from; undefined where weights do not evolve. */
  geneOf(synapse: number): number | undefined;
  /**
   * The weights of a genome's network, the first ones of `weights` where that is given and longer: as they were made
   * from, where weights do not evolve.
   */
  decode(genome: Readonly<Float64Array>, weights?: Float64Array): Float64Array;
  /** Which cell is of which kind in a genome's network, by population, where there are kinds. */
  kindsOf(genome: Readonly<Float64Array>): Record<string, Int32Array>;
  /** The network's parameters that a genome sets, by name. */
  parametersOf(genome: Readonly<Float64Array>): Record<string, Values>;
}

/** What a genome is laid over. */
export type Ground = {
  /** `[synapses]` the network's weights that may evolve, as they are before evolution */
  weights: Float64Array;
  /** The network's parameters that have one value, by name; none where absent. */
  parameters?: ReadonlyMap<string, number>;
  /** Parameters of plasticity rules that have a value for each synapse, by name; none where absent. */
  synapseParameters?: ReadonlyMap<string, Float64Array>;
  /** The network's populations, some of which have cells of several kinds. */
  populations?: readonly Pick<Population, 'name' | 'count' | 'kinds'>[];
} & (
  | {
      /** Whose chemical connections the weights are, in their order. */
      connectome: Connectome;
      synapseNames?: undefined;
    }
  | {
      /** `[synapses]` names of the weights, of a network that comes from no connectome */
      synapseNames: readonly string[];
      connectome?: undefined;
    }
);

/**
 * The same space, from another start.
 * @throws UsageError for a gene that there is not, or a coordinate out of its range
 */
export function startingAt(
  space: GenomeSpace,
  genes: readonly (readonly [gene: string, coordinate: number])[],
): GenomeSpace {
  const named = new Map(Array.from(space.start, (_, gene) => [space.nameOf(gene), gene]));
  const start = Float64Array.from(space.start);
  genes.forEach(([name, coordinate], i) => {
    const gene = named.get(name);
    if (gene === undefined) {
      throw new UsageError(`start[${i}]: unknown gene "${name}". ${suggest(name, [...named.keys()])}`);
    }
    const [low, high] = [space.low[gene]!, space.high[gene]!];
    if (!(coordinate >= low && coordinate <= high)) {
      throw new UsageError(
        `start[${i}]: "${name}": expected a value in [${low}, ${high}], found ${coordinate}.`,
      );
    }
    start[gene] = coordinate;
  });
  return { ...space, start };
}

/**
 * Lays a genome spec over a connectome and its network.
 * @throws UsageError when a start lies outside its range, or a parameter is not known
 */
export function genomeSpace(spec: GenomeSpec, ground: Ground): GenomeSpace {
  const fieldOf = (index: number) => `genome spec "${spec.name}": genes[${index}]`;
  const animal = Float64Array.from(ground.weights);
  let coding: Coding | undefined;
  let weightsAt = 0;
  let next = 0;
  const parts = spec.genes.map((genes, index): Part => {
    let part: Part;
    if (genes.quantity === 'synapse-weight') {
      coding = codingOf(genes, ground, fieldOf(index));
      weightsAt = next;
      part = weightPart(genes, coding, animal, fieldOf(index));
    } else if (genes.quantity === 'synapse-parameter') {
      part = synapseParameterPart(genes, ground, fieldOf(index));
    } else if (genes.quantity === 'kind-share') {
      part = sharePart(genes, ground, fieldOf(index));
    } else {
      part = parameterPart(genes, ground, fieldOf(index));
    }
    next += part.names.length;
    return part;
  });
  const names = parts.flatMap((part) => [...part.names]);
  const joined = (pick: (part: Part) => Float64Array) => {
    const all = new Float64Array(names.length);
    let at = 0;
    for (const part of parts) {
      all.set(pick(part), at);
      at += part.names.length;
    }
    return all;
  };
  const weightPartIndex = spec.genes.findIndex(({ quantity }) => quantity === 'synapse-weight');
  const toWeight = parts[weightPartIndex]?.toValue;
  const scale = spec.genes[weightPartIndex]?.scale;
  const valuesOf = (genome: Readonly<Float64Array>) => {
    const values: Record<string, Values> = {};
    const kinds = new KindGenes(ground.populations ?? []);
    let at = 0;
    spec.genes.forEach((genes, i) => {
      const { names: own, toValue } = parts[i]!;
      const valueAt = (gene: number) => toValue(genome[at + gene]!);
      if (genes.quantity === 'kind-share') {
        kinds.share(genes.population, new Map(genes.kinds.map((kind, gene) => [kind, valueAt(gene)])));
      } else if (genes.quantity === 'synapse-parameter') {
        values[genes.name] = Float64Array.from(own, (_, gene) => valueAt(gene));
      } else if (genes.quantity === 'parameter') {
        genes.names.forEach((tied, gene) => {
          for (const name of [tied].flat()) {
            if (!kinds.set(name, valueAt(gene))) values[name] = valueAt(gene);
          }
        });
      }
      at += own.length;
    });
    return { values, kinds };
  };
  return {
    genes: names.length,
    unit: [...new Set(parts.map(({ unit }) => unit))].join(', '),
    low: joined((part) => part.low),
    high: joined((part) => part.high),
    origin: joined((part) => part.start),
    start: joined((part) => part.start),
    step: joined((part) => part.step),
    priorLow: joined((part) => part.priorLow),
    priorHigh: joined((part) => part.priorHigh),
    nameOf: (gene) => names[gene]!,
    valueOf: (gene, coordinate) => {
      let first = 0;
      const part = parts.find((of) => {
        first += of.names.length;
        return gene < first;
      });
      return part!.toValue(coordinate);
    },
    geneOf: (synapse) => (coding ? weightsAt + coding.geneOf[synapse]! : undefined),
    decode: (genome, into = new Float64Array(animal.length)) => {
      if (!coding || !toWeight) {
        into.set(animal);
        return into;
      }
      const { geneOf, factors } = coding;
      const linear = scale === 'linear';
      if (linear && !factors) {
        into.set(genome.subarray(weightsAt, weightsAt + animal.length));
        return into;
      }
      for (let synapse = 0; synapse < animal.length; synapse++) {
        const coordinate = genome[weightsAt + geneOf[synapse]!]!;
        const value = linear ? coordinate : toWeight(coordinate);
        into[synapse] = factors ? value * animal[synapse]! : value;
      }
      return into;
    },
    kindsOf: (genome) => valuesOf(genome).kinds.kinds(),
    parametersOf: (genome) => {
      const { values, kinds } = valuesOf(genome);
      return { ...values, ...kinds.values() };
    },
  };
}

interface Coding {
  /** `[synapses]` */
  geneOf: Int32Array;
  /** `[genes]` */
  names: string[];
  /** Whether a gene multiplies the animal's weights or is the weight. */
  factors: boolean;
}

/**
 * One gene a synapse; or strengths of connections between classes, over the counts that the animal has (as Lappalainen
 * et al. 2024 tie them, doi:10.1038/s41586-024-07939-3).
 */
function codingOf({ grouping }: WeightGenes, { connectome, synapseNames }: Ground, field: string): Coding {
  if (grouping === 'class-pair') {
    if (connectome) return { ...classPairs(connectome), factors: true };
    throw new UsageError(
      `${field}.grouping: class-pair ties the synapses of a connectome's cell classes, and the task brings a network ` +
        'without classes. Use each.',
    );
  }
  const names = connectome ? connectionNames(connectome) : [...synapseNames];
  if (names.length === 0) {
    throw new UsageError(`${field}: the network has no weights that may evolve. Leave these genes out.`);
  }
  return { geneOf: Int32Array.from(names, (_, synapse) => synapse), names, factors: false };
}

const connectionNames = ({ cells: { ids }, chemical: { pre, post } }: Connectome) =>
  Array.from(pre, (from, synapse) => `${ids[from]}->${ids[post[synapse]!]}`);

function weightPart(of: WeightGenes, { names, factors }: Coding, animal: Float64Array, field: string): Part {
  const natural = factors ? new Float64Array(names.length).fill(1) : animal;
  const values = of.start === 'connectome' ? natural : new Float64Array(names.length).fill(of.start);
  return partOf(of, names, values, field, of.signLock);
}

/** The value of a named parameter. @throws UsageError where the network has no such, or not one */
function parameterNamed(name: string, { parameters }: Ground, field: string): number {
  const value = parameters?.get(name);
  if (value !== undefined) return value;
  throw new UsageError(
    `${field}: "${name}" is not a parameter of the network that has one value. ` +
      suggest(name, [...(parameters?.keys() ?? [])]),
  );
}

function parameterPart(of: ParameterGenes, ground: Ground, field: string): Part {
  const values = of.names.map((names, i) => {
    const all = [names].flat().map((name) => parameterNamed(name, ground, `${field}.names[${i}]`));
    if (of.start !== 'network') return of.start;
    if (all.every((value) => value === all[0])) return all[0]!;
    throw new UsageError(
      `${field}.names[${i}]: one gene for ${[names].flat().join(', ')}, which start at ${all.join(', ')}. ` +
        'Give the group a number to start at, or a gene each.',
    );
  });
  const names = of.names.map((name) => [name].flat().join(' & '));
  return partOf(of, names, Float64Array.from(values), field);
}

function synapseParameterPart(of: SynapseParameterGenes, ground: Ground, field: string): Part {
  const { synapseParameters: known = new Map<string, Float64Array>() } = ground;
  const values = known.get(of.name);
  if (!values) {
    throw new UsageError(
      `${field}.name: "${of.name}" is not a rule's parameter with a value for each synapse. ` +
        (known.size > 0
          ? suggest(of.name, [...known.keys()])
          : 'The network has none: see network.plasticity.perSynapse.'),
    );
  }
  const names = Array.from(values, (_, synapse) => `${of.name} of synapse ${synapse}`);
  const { start } = of;
  return partOf(of, names, start === 'network' ? values : values.map(() => start), field);
}

function sharePart(of: KindShareGenes, { populations = [] }: Ground, field: string): Part {
  const known = populations.filter(({ kinds }) => kinds);
  const population = known.find(({ name }) => name === of.population);
  if (!population?.kinds) {
    throw new UsageError(
      `${field}.population: "${of.population}" has no kinds of cells. ` +
        suggest(
          of.population,
          known.map(({ name }) => name),
        ),
    );
  }
  const names = Object.keys(population.kinds.parameters);
  of.kinds.forEach((kind, i) => {
    if (names.includes(kind)) return;
    throw new UsageError(
      `${field}.kinds[${i}]: no kind "${kind}" in "${of.population}". ${suggest(kind, names)}`,
    );
  });
  const missing = names.filter((kind) => !of.kinds.includes(kind));
  if (missing.length > 0) {
    throw new UsageError(
      `${field}.kinds: shares are of all kinds of "${of.population}", and ${missing.join(', ')} is missing. List every one.`,
    );
  }
  const cells = population.kinds.of;
  const values = of.kinds.map((kind) =>
    of.start === 'network'
      ? cells.filter((own) => own === names.indexOf(kind)).length / cells.length
      : of.start,
  );
  return partOf(
    of,
    of.kinds.map((kind) => `${of.population}[${kind}] share`),
    Float64Array.from(values),
    field,
  );
}
