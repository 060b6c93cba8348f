import type { Embodied } from '../../network/model/body.js';
import type { Plasticity } from '../../network/model/network.js';
import { actorCriticCircuit, criticOutput } from '../actor-critic/circuit.js';
import { criticBody, criticBodyAbout } from '../actor-critic/critic.js';
import { circuitFrom } from '../circuit/circuit.js';
import type { CircuitPorts } from '../circuit/ports.js';
import { inputNames } from './code.js';
import type { Options } from './options.js';

/** Pools of actors, by the torque that they stand for. */
export const pools = ['back', 'none', 'forth'] as const;
const cellsAPool = 8;
export const outputNames: readonly string[] = [...pools, criticOutput];

/** Inputs that are active at a time: two of each variable. */
const activeChannels = 8;

/** Within a pool cells excite, and between pools they inhibit. */
const lateral = (from: number, to: number) =>
  Math.floor(from / cellsAPool) === Math.floor(to / cellsAPool) ? 1 : -2;

/** How the learned weights begin and learn. */
const own = {
  actors: { weight: 2, area: 8, wMin: 0, wMax: 6, rate: 1e-5 },
  critic: { weight: 2, area: 6, wMin: 0, wMax: 6, rate: 5e-5 },
} as const;

const actorCells = Object.fromEntries(pools.map((name) => [name, cellsAPool]));

/** What a circuit that is not made for the task drives and is read by. */
export const portsOfCircuit = ({ critics, peakHz, stepMs }: Options): CircuitPorts => ({
  inputs: Object.fromEntries(inputNames.map((name) => [name, { channels: 1, activeHz: peakHz, restHz: 0 }])),
  outputs: Object.fromEntries(
    Object.entries({ ...actorCells, [criticOutput]: critics }).map(([name, cells]) => [name, { cells }]),
  ),
  intervalMs: stepMs,
  releases: { DA: { tauMs: Number.POSITIVE_INFINITY } },
  activeChannels,
});

/** Three pools of actors, one of which moves the joint, and a critic. */
export function acrobotCircuit(
  options: Options,
  plasticityOf: ((own: Readonly<Record<string, number>>) => Plasticity) | undefined,
): Embodied {
  const { circuit, critics, peakHz, networkSeed, stepMs } = options;
  const embodied = circuit
    ? circuitFrom(circuit, networkSeed, portsOfCircuit(options))
    : actorCriticCircuit({
        places: inputNames,
        peakHz,
        actors: actorCells,
        lateral,
        reaches: () => Array.from({ length: pools.length * cellsAPool }, (_, actor) => actor),
        critics,
        actor: own.actors,
        critic: own.critic,
        stepsAnInterval: stepMs,
        seed: networkSeed,
        plasticity: plasticityOf && {
          toActors: plasticityOf(learning(own.actors)),
          toCritic: plasticityOf(learning(own.critic)),
        },
      });
  return { ...embodied, body: criticBody, bodyAbout: criticBodyAbout };
}

const learning = ({ wMin, wMax, rate }: (typeof own)[keyof typeof own]) => ({ wMin, wMax, rate, tauC: 800 });
