import { suggest, UsageError } from '../../spec/errors.js';
import type { Network, Population, Port, Projection, Values } from '../model/network.js';

/** A value in the place of another: for all where that was one for all, and for each of so many where it was not. */
const inPlace = (own: Values, given: Values): Values =>
  typeof own === 'number' || typeof given !== 'number' ? given : new Float64Array(own.length).fill(given);

function populationWith(population: Population, name: string, value: Values): Population | undefined {
  const { model, parameters, ports, receptors = {} } = population;
  if (Object.hasOwn(model.parameters, name)) {
    const own = parameters[name] ?? model.parameters[name]!.default;
    return { ...population, parameters: { ...parameters, [name]: inPlace(own, value) } };
  }
  const [port, parameter] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)];
  const receptor = port === 'receptor' ? receptors[parameter] : undefined;
  if (receptor) {
    const changed = { ...receptor, gain: inPlace(receptor.gain, value) };
    return { ...population, receptors: { ...receptors, [parameter]: changed } };
  }
  const of: Port | undefined = ports[port];
  const known = of?.model.parameters[parameter];
  if (!of || !known) return undefined;
  const own = of.parameters[parameter] ?? known.default;
  const changed = { ...of, parameters: { ...of.parameters, [parameter]: inPlace(own, value) } };
  return { ...population, ports: { ...ports, [port]: changed } };
}

function projectionWith(projection: Projection, name: string, value: Values): Projection | undefined {
  if (name === 'delayMs' && projection.longestDelayMs !== undefined) return { ...projection, delayMs: value };
  const { plasticity } = projection;
  if (!plasticity || !Object.hasOwn(plasticity.rule.parameters, name)) return undefined;
  return {
    ...projection,
    plasticity: { ...plasticity, parameters: { ...plasticity.parameters, [name]: value } },
  };
}

/** The network with one of its quantities changed; undefined where it has none of the name. */
function withOne(network: Network, path: string, value: Values): Network | undefined {
  const [, modulator, of] = /^modulators\.(.+)\.(tauMs|baseline)$/.exec(path) ?? [];
  if (modulator !== undefined && network.modulators[modulator]) {
    const changed = { ...network.modulators[modulator], [of!]: value as number };
    return { ...network, modulators: { ...network.modulators, [modulator]: changed } };
  }
  let found = false;
  const within = <T extends { name: string }>(
    all: readonly T[],
    change: (of: T, name: string) => T | undefined,
  ) =>
    all.map((of) => {
      if (found || !path.startsWith(`${of.name}.`)) return of;
      const changed = change(of, path.slice(of.name.length + 1));
      if (changed) found = true;
      return changed ?? of;
    });
  const populations = within(network.populations, (of, name) => populationWith(of, name, value));
  const projections = within(network.projections, (of, name) => projectionWith(of, name, value));
  return found ? { ...network, populations, projections } : undefined;
}

/**
 * The network that a life is of: what the life sets by name, and its weights, in the place of the network's own.
 * @throws UsageError for a name that the network lacks
 */
export function livedNetwork(
  network: Network,
  life: {
    weights?: Readonly<Float64Array> | undefined;
    parameters?: Readonly<Record<string, Values>> | undefined;
  },
): Network {
  let lived: Network = life.weights ? { ...network, weights: Float64Array.from(life.weights) } : network;
  for (const [path, value] of Object.entries(life.parameters ?? {})) {
    const changed = withOne(lived, path, value);
    if (!changed) {
      const names = [...network.populations, ...network.projections].map(({ name }) => `${name}.`);
      throw new UsageError(`Unknown parameter "${path}" of the network. ${suggest(path, names)}`);
    }
    lived = changed;
  }
  return lived;
}
