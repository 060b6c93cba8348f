import { CompiledSimulator } from '../kernel/compiled.js';
import { ReferenceSimulator } from '../kernel/reference.js';
import type { Life, Simulator } from '../kernel/simulator.js';
import type { Network } from '../network/network.js';
import type { Controller } from '../tasks/task.js';

/**
 * What runs a network. The reference defines what happens; the compiled engine in float64 agrees with it to the bit
 * where nothing is rescaled, and in float32, which is faster, within rounding.
 */
export const engines = {
  compiled: (network: Network): Simulator => new CompiledSimulator(network, { precision: 'f64' }),
  'compiled-f32': (network: Network): Simulator => new CompiledSimulator(network, { precision: 'f32' }),
  reference: (network: Network): Simulator => new ReferenceSimulator(network),
} as const;
export type Engine = keyof typeof engines;

/** A network that lives some simulation steps in each control interval of its task. */
export class NetworkController implements Controller {
  private readonly simulator: Simulator;
  private life: Life = {};

  constructor(
    network: Network,
    engine: Engine,
    private readonly stepsAnInterval = 1,
  ) {
    this.simulator = engines[engine](network);
  }

  /** What lives from now on. */
  embody(life: Life): void {
    this.life = life;
  }

  reset(seed: string): void {
    this.simulator.load({ ...this.life, seed });
  }

  respond(observation: Readonly<Float64Array>, action: Float64Array): void {
    this.simulator.run(this.stepsAnInterval, observation, action);
  }
}
