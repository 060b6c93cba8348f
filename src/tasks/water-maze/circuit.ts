import type { Embodied } from '../../network/model/body.js';
import type { Plasticity } from '../../network/model/network.js';
import { actorCriticCircuit, criticOutput } from '../actor-critic/circuit.js';
import { criticBody, criticBodyAbout } from '../actor-critic/critic.js';
import { ringWeights } from '../actor-critic/ring.js';
import { circuitFrom } from '../circuit/circuit.js';
import type { CircuitPorts } from '../circuit/ports.js';
import { centres, inwards } from './maze.js';
import type { Options } from './options.js';

/** ms between two moves, and two errors. */
export const intervalMs = 20;

export const placeNames: readonly string[] = centres.map((_, place) => `place${place + 1}`);

const actorNames = (actors: number) => Array.from({ length: actors }, (_, k) => `actor${k + 1}`);
export const outputNames = (actors: number): string[] => [...actorNames(actors), criticOutput];

/** What the learned weights are at first, and how they learn. */
const own = {
  actors: { weight: 2, area: 20, wMin: 1, wMax: 3, rate: 3e-6 },
  critic: { weight: 2, area: 6, wMin: 0, wMax: 6, rate: 5e-5 },
} as const;

const body = { ...criticBody, stride: 0.08 };
const bodyAbout = {
  ...criticBodyAbout,
  stride: 'length that a spike of all actors would move the animal',
};

/** Place fields that overlap where the animal is. */
const activeChannels = 4;

/** What a circuit that is not made for the task drives and is read by. */
export const portsOfCircuit = ({ actors, critics, peakHz }: Options): CircuitPorts => ({
  inputs: Object.fromEntries(placeNames.map((name) => [name, { channels: 1, activeHz: peakHz, restHz: 0 }])),
  outputs: {
    ...Object.fromEntries(actorNames(actors).map((name) => [name, { cells: 1 }])),
    [criticOutput]: { cells: critics },
  },
  intervalMs,
  releases: { DA: { tauMs: Number.POSITIVE_INFINITY } },
  activeChannels,
});

/** A ring of actors, each of which draws the animal its way, and a critic. */
export function waterMazeCircuit(
  options: Options,
  plasticityOf: (own: Readonly<Record<string, number>>) => Plasticity,
): Embodied {
  if (options.circuit)
    return { ...circuitFrom(options.circuit, options.networkSeed, portsOfCircuit(options)), body, bodyAbout };
  const { actors, critics, peakHz, networkSeed } = options;
  const ring = ringWeights(actors);
  const learning = ({ wMin, wMax, rate }: (typeof own)[keyof typeof own]) =>
    plasticityOf({ wMin, wMax, rate, tauC: 800 });
  const network = actorCriticCircuit({
    places: placeNames,
    peakHz,
    actors: Object.fromEntries(actorNames(actors).map((name) => [name, 1])),
    lateral: (from, to) => ring[(from - to + actors) % actors]!,
    reaches: (place) => inwards(place, actors),
    critics,
    actor: own.actors,
    critic: own.critic,
    stepsAnInterval: intervalMs,
    seed: networkSeed,
    plasticity: { toActors: learning(own.actors), toCritic: learning(own.critic) },
  });
  return { ...network, body, bodyAbout };
}
