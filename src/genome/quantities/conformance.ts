import { type Check, expectOther, expectSame, expectThat } from '../../spec/conformance.js';
import { UsageError } from '../../spec/errors.js';
import type { Ground } from '../ground.js';
import { spaceOf } from '../space.js';
import type { Quantity } from './quantity.js';

export interface QuantityContext {
  /** Its name in genome specs. */
  name: string;
  /** What the genes are laid over. */
  ground: Ground;
  /** A group of genes that fits the ground, without its field `quantity`. */
  genes: object;
  /** One that does not fit it. */
  lacking: object;
  /** How many genes the first is, and in which groups they are. */
  count: number;
  groups: readonly string[];
  /** Parameters of the ground by name, as a phenotype gives them back; what is not named here is not asked. */
  before: Readonly<Record<string, unknown>>;
}

const field = 'genes[0]';

type Laying = ReturnType<typeof laying>;

function laying(quantity: Quantity, { name, ground, genes, lacking }: QuantityContext) {
  const parsed = (group: object) => quantity.schema.parse({ quantity: name, ...group });
  return {
    parsed: () => parsed(genes),
    /** Why the genes that do not fit are refused: the network lacks something, or they start outside their range. */
    refusal(): string {
      const [missing] = quantity.lacking(parsed(lacking), ground, field);
      if (missing !== undefined) return missing;
      try {
        quantity.lay(parsed(lacking), ground, field);
      } catch (error) {
        expectThat(error instanceof UsageError, 'a UsageError', error);
        return error.message;
      }
      return 'nothing';
    },
    space: () => spaceOf([quantity.lay(parsed(genes), ground, field)], ground),
  };
}

const described = (
  quantity: Quantity,
  { name, ground }: QuantityContext,
  { parsed, refusal }: Laying,
): Check[] => [
  {
    name: 'is parsed by the schema of its name, which says what it is',
    run() {
      expectSame((parsed() as { quantity?: unknown }).quantity, name, 'the quantity of the genes');
      const described = quantity.schema.shape.quantity?.description;
      expectThat(described !== undefined && /\w+/.test(described), 'words for what it is', described);
    },
  },
  {
    name: 'says what it sets, once',
    run() {
      const claims = quantity.claims(parsed());
      expectThat(claims.length > 0 && new Set(claims).size === claims.length, 'claims, each once', claims);
    },
  },
  {
    name: 'is refused, with its field, where the network has no such',
    run() {
      expectSame(quantity.lacking(parsed(), ground, field), [], 'what the network lacks for sound genes');
      const message = refusal();
      expectThat(message.startsWith(`${field}.`), `a message that begins with ${field}.`, message);
    },
  },
];

const laidOut = ({ count, groups }: QuantityContext, { space: laid }: Laying): Check[] => [
  {
    name: 'lays genes with names of their own, within bounds, each in one group',
    run() {
      const space = laid();
      expectSame(space.genes, count, 'the number of genes');
      const names = Array.from(space.start, (_, gene) => space.nameOf(gene));
      expectThat(new Set(names).size === count, 'a name of its own for each gene', names);
      names.forEach((name, gene) => {
        const [low, prior, start, priorHigh, high] = (
          ['low', 'priorLow', 'start', 'priorHigh', 'high'] as const
        ).map((bound) => space[bound][gene]!);
        expectThat(low! <= start! && start! <= high!, `${name}: a start in [${low}, ${high}]`, start);
        expectThat(
          low! <= prior! && prior! < priorHigh! && priorHigh! <= high!,
          `${name}: a prior within [${low}, ${high}]`,
          [prior, priorHigh],
        );
        expectThat(space.step[gene]! > 0, `${name}: a step above 0`, space.step[gene]);
      });
      expectSame(
        space.groups.map(({ name }) => name),
        [...groups],
        'the groups',
      );
      const grouped = space.groups.flatMap((group) => [...group.genes]).sort((a, b) => a - b);
      expectSame(grouped, [...Array(count).keys()], 'genes in groups');
    },
  },
];

const spoken = ({ ground, before, count }: QuantityContext, { space: laid }: Laying): Check[] => [
  {
    name: 'gives back, at its start, the network that it was laid over',
    run() {
      const space = laid();
      const { weights, parameters } = space.phenotype(space.start);
      expectSame([...weights], [...ground.weights], 'the weights');
      for (const [name, value] of Object.entries(parameters)) {
        if (Object.hasOwn(before, name)) expectSame(value, before[name], name);
      }
    },
  },
  {
    name: 'says something else of a network with every gene that counts, and leaves the genome alone',
    run() {
      const space = laid();
      const said = (genome: Float64Array) => JSON.stringify(space.phenotype(genome));
      const active = space.coding?.activeIn(space.start);
      expectThat(active?.some(Boolean) ?? true, 'a gene that counts at the start', active);
      for (let gene = 0; gene < count; gene++) {
        const [low, start, high] = [space.low[gene]!, space.start[gene]!, space.high[gene]!];
        const genome = Float64Array.from(space.start);
        genome[gene] = start - low > high - start ? low : high;
        const copy = Float64Array.from(genome);
        const counts = active === undefined || active[gene] === 1;
        const compare = counts ? expectOther : expectSame;
        compare(said(genome), said(space.start), `the phenotype of another ${space.nameOf(gene)}`);
        expectSame(
          space.sayingOf(genome) === space.sayingOf(space.start),
          !counts,
          `whether another ${space.nameOf(gene)} says the same`,
        );
        expectSame(genome, copy, 'the genome');
      }
    },
  },
  {
    name: 'has the same phenotype whole and in parts, in the weights that are given',
    run() {
      const space = laid();
      const size = ground.weights.length;
      const into = new Float64Array(size + 2).fill(9);
      const { weights, parameters } = space.phenotype(space.start, into);
      expectThat(weights === into, 'the weights that were given');
      expectSame([...into.subarray(size)], [9, 9], 'what lies behind the weights');
      expectSame([...space.decode(space.start)], [...into.subarray(0, size)], 'the weights alone');
      expectSame(space.parametersOf(space.start), parameters, 'the parameters alone');
    },
  },
];

/**
 * What is asked of every genome quantity: genes within bounds that have names and groups, a start that is the network
 * itself, every gene of effect, and what the network lacks told by field.
 */
export function quantityChecks(quantity: Quantity, context: QuantityContext): Check[] {
  const laid = laying(quantity, context);
  return [...described(quantity, context, laid), ...laidOut(context, laid), ...spoken(context, laid)];
}
