import type { Parameter, Parameters } from './model.js';
import type { Network, Population, Projection, Receptor, Values } from './network.js';

/** What is known of a quantity that genomes and lives may set by name. */
export interface Described {
  /** As its model or rule writes it, `1` for plain numbers; `weight` in it stands for the unit of the weights. */
  unit: string;
  /** Unit of the current of its cells, for which `current` stands in its unit. */
  currentUnit?: string;
  low: number;
  high: number;
  about: string;
}

/** One that has one value, for all cells or synapses that it is of. */
export interface NamedParameter extends Described {
  /** As the network has it. */
  value: number;
}

/** One of a plasticity rule that has a value for each synapse. */
export interface NamedSynapseParameter extends Described {
  /** `[synapses of the projection]` */
  values: Float64Array;
}

type Found = readonly [name: string, values: Values, described: Described];

const anyNumber = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
const positive = { low: 0, high: Number.POSITIVE_INFINITY };

const currentOf = ({ model: { currentUnit } }: Population) =>
  currentUnit === undefined ? {} : { currentUnit };

function ofModel(
  prefix: string,
  known: Parameters,
  given: Readonly<Record<string, Values>>,
  current: Pick<Described, 'currentUnit'> = {},
): Found[] {
  return Object.entries(known).map(([name, { default: value, unit, low, high, about }]) => [
    `${prefix}.${name}`,
    given[name] ?? value,
    { unit, ...current, low, high, about },
  ]);
}

/** What a receptor acts on, where that is a parameter of the cells or of a port of theirs. */
export function targetOf({ target }: Receptor, { model, ports }: Population): Parameter | undefined {
  const [port, name] = target.split('.') as [string, string?];
  return name === undefined ? model.parameters[target] : ports[port]?.model.parameters[name];
}

/** Levels of modulators are plain numbers, so a gain has the unit of what it shifts, and none where it scales. */
function gainOf(receptor: Receptor, population: Population): Described {
  const { target, acts, level } = receptor;
  const shifted = target === 'I' ? population.model.currentUnit : targetOf(receptor, population)?.unit;
  return {
    unit: acts === 'scales' ? '1' : (shifted ?? '1'),
    ...currentOf(population),
    ...anyNumber,
    about: `how far a level of 1 of ${level} ${acts} ${target}`,
  };
}

function ofKinds(population: Population): Found[] {
  const { name, model, receptors = {}, kinds } = population;
  return Object.entries(kinds?.parameters ?? {}).flatMap(([kind, values]) =>
    Object.entries(values).map(([parameter, value]): Found => {
      const receptor = parameter.startsWith('receptor.') ? receptors[parameter.slice(9)] : undefined;
      const { unit, low, high, about } = receptor
        ? gainOf(receptor, population)
        : model.parameters[parameter]!;
      const described = { unit, ...currentOf(population), low, high, about: `${about}, of the kind ${kind}` };
      return [`${name}[${kind}].${parameter}`, value, described];
    }),
  );
}

function ofCells(population: Population): Found[] {
  const { name, model, parameters, ports, receptors = {} } = population;
  const current = currentOf(population);
  return [
    ...ofKinds(population),
    ...ofModel(name, model.parameters, parameters, current),
    ...Object.entries(ports).flatMap(([port, of]) =>
      ofModel(`${name}.${port}`, of.model.parameters, of.parameters, current),
    ),
    ...Object.entries(receptors).map(
      ([receptor, of]): Found => [`${name}.receptor.${receptor}`, of.gain, gainOf(of, population)],
    ),
  ];
}

function ofDelay({ name, delayMs, longestDelayMs: high }: Projection): Found[] {
  if (high === undefined) return [];
  return [[`${name}.delayMs`, delayMs, { unit: 'ms', low: 0, high, about: 'from a spike to its arrival' }]];
}

const ofRule = ({ name, plasticity }: Projection): Found[] =>
  plasticity ? ofModel(name, plasticity.rule.parameters, plasticity.parameters) : [];

/**
 * Every parameter of a network and its body that has one value, by the name that genomes and lives give it: of cells as
 * `POPULATION.NAME`, `POPULATION.PORT.NAME` or `POPULATION.receptor.NAME`, of one kind of a population's cells as
 * `POPULATION[KIND].NAME`, of plasticity rules as `PROJECTION.NAME`, delays that may vary as `PROJECTION.delayMs`, of
 * modulators as `modulators.NAME.tauMs` or `.baseline`, and of the body as `body.NAME`. Those that differ between the
 * cells or synapses that they belong to are not here.
 */
export function sharedParameters({
  network,
  body,
  bodyAbout = {},
}: {
  network: Network;
  body: Readonly<Record<string, number>>;
  bodyAbout?: Readonly<Record<string, string>>;
}): Map<string, NamedParameter> {
  const found: Found[] = [
    ...network.populations.flatMap(ofCells),
    ...network.projections.flatMap((projection) => [...ofDelay(projection), ...ofRule(projection)]),
    ...Object.entries(network.modulators).flatMap(([name, { tauMs, baseline }]): Found[] => [
      [`modulators.${name}.tauMs`, tauMs, { unit: 'ms', ...positive, about: `decay of ${name}` }],
      [
        `modulators.${name}.baseline`,
        baseline,
        { unit: '1', ...anyNumber, about: `level of ${name} where none is released` },
      ],
    ]),
    ...Object.entries(body).map(
      ([name, value]): Found => [
        `body.${name}`,
        value,
        { unit: '1', ...anyNumber, about: bodyAbout[name] ?? 'of the body in the task' },
      ],
    ),
  ];
  return new Map(
    found.flatMap(([name, value, described]) =>
      typeof value === 'number' ? [[name, { value, ...described }] as const] : [],
    ),
  );
}

/** Parameters of plasticity rules that have a value for each synapse, by `PROJECTION.NAME`. */
export function synapseParameters({ network }: { network: Network }): Map<string, NamedSynapseParameter> {
  return new Map(
    network.projections
      .flatMap(ofRule)
      .flatMap(([name, values, described]) =>
        typeof values === 'number' ? [] : [[name, { values, ...described }] as const],
      ),
  );
}
