import { ReferenceSimulator } from '../kernel/reference.js';
import type { Network } from '../network/network.js';
import type { Controller } from '../tasks/task.js';

/** A network that lives one simulation step in each control interval of its task: the ENOMAD form. */
export class NetworkController implements Controller {
  readonly simulator: ReferenceSimulator;
  private readonly active: number[] = [];

  constructor(network: Network) {
    this.simulator = new ReferenceSimulator(network);
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
