import { CompiledSimulator } from '../kernel/compiled.js';
import { ReferenceSimulator } from '../kernel/reference.js';
import type { Simulator } from '../kernel/simulator.js';
import type { Network } from '../network/network.js';
import type { Controller } from '../tasks/task.js';

/** Every engine gives the same results; the reference is the plain one that defines them. */
export const engines = { compiled: CompiledSimulator, reference: ReferenceSimulator } as const;
export type Engine = keyof typeof engines;

/** A network that lives one simulation step in each control interval of its task: the ENOMAD form. */
export class NetworkController implements Controller {
  readonly simulator: Simulator;
  private readonly active: number[] = [];

  constructor(network: Network, engine: Engine) {
    this.simulator = new engines[engine](network);
  }

  reset(): void {
    this.simulator.reset();
  }

  respond(observation: Readonly<Float64Array>, action: Float64Array): void {
    this.active.length = 0;
    for (let input = 0; input < observation.length; input++) {
      if (observation[input]! > 0) this.active.push(input);
    }
    this.simulator.step(this.active, action);
  }
}
