import { Command } from '@commander-js/extra-typings';
import { type RunRequest, resolveRun } from '../evolve/resolve.js';
import { fittingSpecs } from '../genome/fitting.js';
import type { Ground } from '../genome/ground.js';
import { unitText } from '../genome/units.js';
import { kindShares } from '../network/model/kinds.js';
import type { Described } from '../network/model/named-parameters.js';
import { UsageError } from '../spec/errors.js';
import { unitOf, withoutInfinity } from './models.js';
import { jsonOption, requestFrom, withRunOptions } from './options.js';
import { count, faint, figuresThatCount, heading, print, printJson, table } from './output.js';

/** Something that may evolve, as genome specs name it. */
interface Evolvable extends Described {
  name: string;
  /** The quantity of a genome spec that it goes under. */
  quantity: string;
  /** As the network has it; of several the lowest and the highest. */
  value: number | readonly [lowest: number, highest: number];
  /** How many values there are, where there is not one. */
  count?: number;
}

const groundFor = async (request: RunRequest): Promise<Ground> => (await resolveRun(request)).habitat.ground;

/** What would evolve does not matter here: where nobody chose it and the usual spec does not fit, one that does will do. */
async function groundOfAny(request: RunRequest): Promise<Ground> {
  try {
    return await groundFor(request);
  } catch (error) {
    if (!(error instanceof UsageError) || request.genome !== undefined) throw error;
    try {
      return await groundFor({ ...request, genome: 'weights-by-class' });
    } catch {
      throw error;
    }
  }
}

function ends(values: Readonly<Float64Array>): readonly [lowest: number, highest: number] {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return [lowest, highest];
}

const anyNumber = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

function evolvable({
  weights,
  weightUnit = '1',
  parameters = new Map(),
  synapseParameters = new Map(),
  populations = [],
}: Ground): Evolvable[] {
  const weight: Evolvable = {
    name: 'weights',
    quantity: 'synapse-weight',
    unit: weightUnit,
    ...anyNumber,
    value: ends(weights),
    count: weights.length,
    about: 'where the weights of synapses start, one gene each or one for a pair of classes',
  };
  return [
    ...(weights.length > 0 ? [weight] : []),
    ...Array.from(parameters, ([name, of]) => ({ name, quantity: 'parameter', ...of })),
    ...Array.from(synapseParameters, ([name, { values, ...of }]) => ({
      name,
      quantity: 'synapse-parameter',
      ...of,
      value: ends(values),
      count: values.length,
    })),
    ...populations.flatMap(({ name, kinds }) =>
      Object.entries(kinds ? kindShares(kinds) : {}).map(([kind, value]) => ({
        name: `${name}[${kind}] share`,
        quantity: 'kind-share',
        unit: '1',
        low: 0,
        high: Number.POSITIVE_INFINITY,
        value,
        about: `how many of the cells of ${name} are ${kind}, relative to its other kinds`,
      })),
    ),
  ];
}

const number = (value: number) =>
  Number.isFinite(value) ? figuresThatCount(value, 6) : value > 0 ? 'inf' : '-inf';

const interval = (low: number, high: number) =>
  low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY
    ? 'any'
    : `${number(low)} to ${number(high)}`;

function valueText({ value }: Evolvable): string {
  if (typeof value === 'number') return number(value);
  const [lowest, highest] = value;
  return lowest === highest ? number(lowest) : interval(lowest, highest);
}

function rowOf(of: Evolvable): string[] {
  const name = of.count === undefined ? of.name : `${of.name} (${count(of.count)})`;
  return [name, unitOf(unitText(of)), interval(of.low, of.high), valueText(of), of.about];
}

export const parameters = withRunOptions(
  new Command('parameters')
    .summary('list everything that may evolve in a network')
    .description(
      'Lists what genomes may set in the network of a task, a connectome and settings: weights, parameters of cells, ' +
        'synapses, receptors, rules, modulators and the body, shares of kinds. Names are those of genome specs.',
    )
    .argument('[filter]', 'only names with this text in them'),
)
  .option(...jsonOption)
  .addHelpText(
    'after',
    `
Examples:
  baldwin parameters --task go-no-go
  baldwin parameters receptor --connectome c-elegans-cook-2019 --set network.cell=izhikevich --set network.modulation={}`,
  )
  .action(async (filter = '', options) => {
    const ground = await groundOfAny(requestFrom(undefined, options));
    const wanted = filter.toLowerCase();
    const listed = evolvable(ground).filter(({ name }) => name.toLowerCase().includes(wanted));
    const genomeSpecs = fittingSpecs(ground);
    if (options.json) {
      printJson({ parameters: withoutInfinity(listed), genomeSpecs });
      return;
    }
    if (listed.length > 0) {
      print(table(['name', 'unit', 'range', 'value', 'meaning'], listed.map(rowOf)));
    } else
      print(
        filter === '' ? 'Nothing may evolve here.' : `Nothing that may evolve here is named "${filter}".`,
      );
    print(`\n${heading('genome specs that fit')}: ${genomeSpecs.join(', ') || faint('none in the library')}`);
  });
