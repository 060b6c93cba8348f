import { compileToFunction } from '../expression/evaluate.js';
import { parseExpression } from '../expression/parse.js';
import { stateNames } from '../network/check/parts.js';
import type { StateVariable } from '../network/model/model.js';
import type { Network, Population, Projection } from '../network/model/network.js';
import { suggest, UsageError } from '../spec/errors.js';
import type { Simulator } from './simulator.js';

/**
 * Something of a network that can be read at any time of a life, by one name wherever it is asked for: states as
 * `POPULATION.STATE` or `POPULATION.PORT.STATE`, levels of receptors as `POPULATION.receptor.NAME`, weights as
 * `PROJECTION.w`, variables and traces of a plasticity rule as `PROJECTION.NAME`, concentrations as `m.MODULATOR`.
 */
export interface Quantity {
  name: string;
  /** `1` for plain numbers. */
  unit: string;
  about: string;
  /** What there is one value for each of. */
  each: 'cell' | 'synapse' | 'network';
  /** Name of the population or projection; of the modulator, where there is one value for the network. */
  of: string;
  /** Values at a time. */
  count: number;
  /** `[count]` as they are now; a copy. */
  read(simulator: Simulator): Float64Array;
}

/** The unit that words such as `current/mV` stand for. */
function spelled(unit: string, words: Readonly<Record<'current' | 'weight', string | undefined>>): string {
  let text = unit;
  for (const [word, stands] of Object.entries(words)) {
    if (stands === undefined) continue;
    if (text === word) text = stands;
    const simple = /^[\w%]+$/.test(stands) ? stands : `(${stands})`;
    text = text.replace(new RegExp(`\\b${word}\\b`, 'g'), simple);
  }
  return text;
}

function stateOf({ model, ports }: Population, state: string): StateVariable {
  const own = model.state[state];
  if (own) return own;
  const dot = state.indexOf('.');
  return ports[state.slice(0, dot)]!.model.state[state.slice(dot + 1)]!;
}

function ofCells(population: Population, weightUnit: string | undefined): Quantity[] {
  const { name, count, model, receptors = {} } = population;
  const words = { current: model.currentUnit, weight: weightUnit };
  const states = stateNames(population).map((state): Quantity => {
    const { unit, about } = stateOf(population, state);
    return {
      name: `${name}.${state}`,
      unit: spelled(unit, words),
      about: about ?? `state ${state} of each cell`,
      ...{ each: 'cell', of: name, count },
      read: (simulator) => simulator.state(name, state),
    };
  });
  const levels = Object.entries(receptors).map(([receptor, { level, target, acts }]): Quantity => {
    const modulators: string[] = [];
    const act = compileToFunction(parseExpression(level), (used) => {
      if (!modulators.includes(used)) modulators.push(used);
      return modulators.indexOf(used);
    });
    return {
      name: `${name}.receptor.${receptor}`,
      unit: '1',
      about: `level ${level} of the receptor that ${acts} ${target}`,
      ...{ each: 'network', of: name, count: 1 },
      read: (simulator) => {
        const values = modulators.map((used) => simulator.concentration(used.slice('m.'.length)));
        return Float64Array.of(act(Float64Array.from(values)));
      },
    };
  });
  return [...states, ...levels];
}

function ofSynapses(
  { name, to, port, post, weight, plasticity }: Projection,
  populations: readonly Population[],
  weightUnit: string | undefined,
): Quantity[] {
  const { model, ports } = populations.find((population) => population.name === to)!;
  const known = { weight: weightUnit, current: model.currentUnit };
  const words = { ...known, weight: spelled(ports[port]!.model.weightUnit ?? 'weight', known) };
  const synapses = { each: 'synapse', of: name, count: post.length } as const;
  const { synapse = {}, traces = {} } = plasticity?.rule ?? {};
  const learned = (of: string, unit: string, about: string): Quantity => ({
    ...{ name: `${name}.${of}`, unit: spelled(unit, words), about, ...synapses },
    read: (simulator) => simulator.synapses(name, of),
  });
  return [
    {
      ...{ name: `${name}.w`, unit: spelled('weight', words), about: 'weight of each synapse', ...synapses },
      read: (simulator) => {
        const weights = simulator.weights();
        return Float64Array.from(weight, (at) => weights[at]!);
      },
    },
    ...Object.entries(synapse).map(([of, { unit, about }]) => learned(of, unit, about)),
    ...Object.entries(traces).map(([of, { unit = '1', of: side }]) =>
      learned(of, unit, `trace of the ${side}synaptic cell, as each synapse sees it`),
    ),
  ];
}

/**
 * Everything of a network that can be recorded.
 * @param weightUnit what its weights are in, where its synapses do not say
 */
export const quantitiesOf = (
  { populations, projections, modulators }: Network,
  weightUnit?: string,
): Quantity[] => [
  ...populations.flatMap((population) => ofCells(population, weightUnit)),
  ...projections.flatMap((projection) => ofSynapses(projection, populations, weightUnit)),
  ...Object.keys(modulators).map(
    (of): Quantity => ({
      ...{ name: `m.${of}`, unit: '1', about: `concentration of ${of}`, each: 'network', of, count: 1 },
      read: (simulator) => Float64Array.of(simulator.concentration(of)),
    }),
  ),
];

/**
 * One of them by its name.
 * @param where what asks for it, for the message
 * @throws UsageError for a name that there is not, with the nearest that there are
 */
export function quantityNamed(quantities: readonly Quantity[], name: string, where: string): Quantity {
  const [found, second] = quantities.filter((quantity) => quantity.name === name);
  if (second) throw new UsageError(`${where}: "${name}" is the name of two things in this network.`);
  if (found) return found;
  const names = quantities.map((quantity) => quantity.name);
  throw new UsageError(`${where}: this network has no "${name}". ${suggest(name, names)}`);
}
