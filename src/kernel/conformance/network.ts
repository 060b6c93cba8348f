import { deriveSeed } from '../../math/seed.js';
import { stateNames } from '../../network/check/parts.js';
import type { Network } from '../../network/model/network.js';
import { type Check, expectSame, expectThat } from '../../spec/conformance.js';
import type { Simulator } from '../simulator.js';
import { simulatorOf } from './both-engines.js';

/** Enough for most delays to pass; the reference takes its time over large networks. */
const steps = 50;

const seed = deriveSeed('conformance', 'network');

/** The cells that fire, step by step. */
function spikesOf(simulator: Simulator): number[][] {
  const { inputs, outputs } = simulator.network;
  const [drive, results] = [new Float64Array(inputs.length), new Float64Array(outputs.length)];
  simulator.load({ seed });
  return Array.from({ length: steps }, () => {
    simulator.run(1, drive, results);
    return Array.from(simulator.fired());
  });
}

function statesOf(simulator: Simulator): [string, Float64Array][] {
  return simulator.network.populations.flatMap((population) =>
    stateNames(population).map((state): [string, Float64Array] => [
      `${population.name}.${state}`,
      simulator.state(population.name, state),
    ]),
  );
}

/** What is asked of a network that is sound in itself: that it lives, for a few steps with nothing that drives it. */
export const networkChecks = (network: Network): Check[] => [
  {
    name: `stays finite for ${steps} steps`,
    async run() {
      const simulator = await simulatorOf(network, 'reference');
      spikesOf(simulator);
      for (const [name, values] of statesOf(simulator)) {
        const cell = values.findIndex((value) => !Number.isFinite(value));
        expectThat(
          cell < 0,
          `${name} of cell ${cell} to stay finite (a smaller dtMs, or another integrator)`,
          values[cell],
        );
      }
    },
  },
  {
    name: 'fires the same cells in both engines',
    async run() {
      const reference = spikesOf(await simulatorOf(network, 'reference'));
      expectSame(spikesOf(await simulatorOf(network, 'f64')), reference, 'the spikes of the compiled engine');
    },
  },
  {
    name: 'lives the same life again',
    async run() {
      const simulator = await simulatorOf(network, 'f64');
      const first = [spikesOf(simulator), statesOf(simulator), simulator.weights()];
      const second = [spikesOf(simulator), statesOf(simulator), simulator.weights()];
      expectSame(second, first, 'a second life of the same seed');
    },
  },
];
