import type { WasmModule } from '../kernel/assemble.js';
import { CompiledSimulator } from '../kernel/compiled.js';
import { ReferenceSimulator } from '../kernel/reference.js';
import type { Simulator } from '../kernel/simulator.js';
import type { Varies } from '../kernel/wat/module.js';
import type { Embodied } from '../network/body.js';
import type { Network } from '../network/network.js';
import type { Controller } from '../tasks/task.js';

/**
 * What runs a network. The reference defines what happens; the compiled engine in float64 agrees with it to the bit
 * where nothing is rescaled, and in float32, which is faster, within rounding.
 */
const engines = {
  f64: (network: Network, varies: Varies): Simulator =>
    new CompiledSimulator(network, { precision: 'f64', varies }),
  f32: (network: Network, varies: Varies): Simulator =>
    new CompiledSimulator(network, { precision: 'f32', varies }),
  reference: (network: Network): Simulator => new ReferenceSimulator(network),
} as const;
export type Engine = keyof typeof engines;

/** A network that lives some steps of its own in each control interval of its task. */
export class NetworkController implements Controller {
  private readonly simulator: Simulator;
  private weights: Readonly<Float64Array> = new Float64Array(0);
  private parameters: Readonly<Record<string, number>> = {};
  private turnGain = 1;
  private speedGain = 1;

  constructor(
    private readonly embodied: Embodied,
    engine: Engine,
    /** Parameters of the network that genomes set. */
    varies: Varies,
  ) {
    this.simulator = engines[engine](embodied.network, varies);
  }

  /** What lives from the next reset on. Parameters of the body are the controller's, the others the network's. */
  embody(weights: Readonly<Float64Array>, parameters: Readonly<Record<string, number>>): void {
    const { body } = this.embodied;
    const own = { ...body, ...parameters };
    this.turnGain = own['body.turnGain'] ?? 1;
    this.speedGain = own['body.speedGain'] ?? 1;
    this.parameters = Object.fromEntries(
      Object.entries(parameters).filter(([name]) => !Object.hasOwn(body, name)),
    );
    this.weights = weights;
  }

  /** The modules that it is made of, by the hash of their text. */
  modules(): Map<string, WasmModule> {
    return new Map(this.simulator instanceof CompiledSimulator ? [this.simulator.module] : []);
  }

  reset(seed: string): void {
    this.simulator.load({ weights: this.weights, parameters: this.parameters, seed });
  }

  /** Whether every state of every cell is a finite number: a network that broke down is not to be scored. */
  get isSound(): boolean {
    return this.embodied.network.populations.every(({ name, model }) =>
      Object.keys(model.state).every((state) => this.simulator.state(name, state).every(Number.isFinite)),
    );
  }

  respond(observation: Readonly<Float64Array>, action: Float64Array): void {
    this.simulator.run(this.embodied.stepsAnInterval, observation, action);
    if (this.turnGain === 1 && this.speedGain === 1) return;
    // A body turns by right - left and goes by |left| + |right|: gains act on each apart.
    const turn = this.turnGain * (action[1]! - action[0]!);
    const speed = this.speedGain * (action[0]! + action[1]!);
    action[0] = (speed - turn) / 2;
    action[1] = (speed + turn) / 2;
  }
}
