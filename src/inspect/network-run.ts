import { CompiledSimulator } from '../kernel/compiled.js';
import { type Firing, firing } from '../kernel/firing.js';
import type { Precision } from '../kernel/layout.js';
import { record } from '../kernel/record.js';
import { ReferenceSimulator } from '../kernel/reference.js';
import { deriveSeed } from '../math/seed.js';
import { stateNames } from '../network/check/parts.js';
import type { Network } from '../network/model/network.js';

export interface NetworkRunRequest {
  ms: number;
  engine: 'reference' | Precision;
  /** The noise derives from it. */
  seed: number;
}

/** How a population fired, and when each cell did. */
export interface PopulationRun extends Firing {
  name: string;
  model: string;
  /** `[cells][spikes]` ms */
  spikesMs: readonly Float64Array[];
}

export interface NetworkRun {
  populations: readonly PopulationRun[];
  /** States that did not stay finite, as `POPULATION.STATE`. */
  notFinite: readonly string[];
}

/** What the noise of such a life derives from. */
export const noiseSeedOf = (seed: number) => deriveSeed(`${seed}`, 'noise');

/** Lets a network live for a while, undriven. Other engines than the reference need `loadAssembler` before. */
export function runNetwork(network: Network, { ms, engine, seed }: NetworkRunRequest): NetworkRun {
  const simulator =
    engine === 'reference'
      ? new ReferenceSimulator(network)
      : new CompiledSimulator(network, { precision: engine });
  simulator.load({ seed: noiseSeedOf(seed) });
  // Spikes alone are recorded: one sample, at the end, is the least that can be taken of the rest.
  const { spikesMs } = record(simulator, { ms, everySteps: Math.max(1, Math.round(ms / network.dtMs)) });
  const finite = (population: string, state: string) =>
    simulator.state(population, state).every(Number.isFinite);
  return {
    populations: network.populations.map(({ name, model }) => ({
      name,
      model: model.name,
      ...firing(spikesMs[name]!, ms),
      spikesMs: spikesMs[name]!,
    })),
    notFinite: network.populations.flatMap((population) =>
      stateNames(population)
        .filter((state) => !finite(population.name, state))
        .map((state) => `${population.name}.${state}`),
    ),
  };
}
