import { CompiledSimulator } from '../kernel/compiled.js';
import { ReferenceSimulator } from '../kernel/reference.js';
import type { Simulator } from '../kernel/simulator.js';
import type { Varies } from '../kernel/wat/constancy.js';
import type { Perturbation } from '../network/build/perturb.js';
import type { Embodied } from '../network/model/body.js';
import { countingReach, type Network, type Values } from '../network/model/network.js';
import { outDegrees } from '../network/model/out-degrees.js';
import type { Controller, LivingNetwork, Teaching } from '../tasks/task.js';
import { dosed, Tutor } from './tutor.js';
import { ownSpikes, type Vitals, vitalsOf } from './vitals.js';

/**
 * What runs a network. The reference defines what happens; the compiled engine in float64 agrees with it to the bit
 * where nothing is rescaled, and in float32, which is faster, within rounding.
 */
const engines = {
  f64: (network: Network, varies: Varies, watches: boolean): Simulator =>
    new CompiledSimulator(network, { precision: 'f64', varies, watches }),
  f32: (network: Network, varies: Varies, watches: boolean): Simulator =>
    new CompiledSimulator(network, { precision: 'f32', varies, watches }),
  reference: (network: Network): Simulator => new ReferenceSimulator(network),
} as const;
export type Engine = keyof typeof engines;

/** Whether a parameter is the body's: a population may have the name "body" too. */
const isOfBody = ({ body }: Embodied, name: string) =>
  name.startsWith('body.') && Object.hasOwn(body, name.slice('body.'.length));

/** A network that lives some steps of its own in each control interval of its task. */
export class NetworkController implements Controller {
  private readonly simulator: Simulator;
  private weights: Readonly<Float64Array> = new Float64Array(0);
  private parameters: Readonly<Record<string, Values>> = {};
  private own: Readonly<Record<string, number>>;
  /** The network as the task meets it. */
  private readonly met: LivingNetwork;
  /** Where another teaching may take the place of the task's. */
  readonly tutor: Tutor | undefined;

  constructor(
    private readonly embodied: Embodied,
    engine: Engine,
    /** Parameters of the network that genomes set. */
    varies: Varies,
    /** Whether what the network does is watched, for `vitals`. */
    private readonly watches = false,
    /** What is changed about how the network learns, and what of a task teaches it. */
    { perturbation, teaching }: { perturbation?: Perturbation; teaching?: Teaching } = {},
  ) {
    this.simulator = engines[engine](
      watches ? countingReach(embodied.network) : embodied.network,
      varies.filter((name) => !isOfBody(embodied, name)),
      watches,
    );
    if (watches) this.watch();
    this.own = embodied.body;
    const { simulator } = this;
    const isTaught = perturbation?.what === 'teaching' && teaching !== undefined;
    this.tutor = isTaught ? new Tutor(simulator, teaching) : undefined;
    this.met =
      perturbation?.what === 'release'
        ? dosed(simulator, perturbation.modulator, perturbation.factor, () =>
            this.baselineOf(perturbation.modulator),
          )
        : (this.tutor?.network ?? simulator);
  }

  private baselineOf(modulator: string): number {
    const set = this.parameters[`modulators.${modulator}.baseline`] as number | undefined;
    return set ?? this.embodied.network.modulators[modulator]!.baseline;
  }

  /** The first weights of the life, and its spikes in stretches of a second or, where intervals are longer, of these. */
  private watched: { start: Float64Array; spikes: number[]; step: number; count: number } = {
    start: new Float64Array(0),
    spikes: [],
    step: 0,
    count: 0,
  };

  /** Counts spikes stretch by stretch, whoever runs the network: nothing that it does is changed by that. */
  private watch(): void {
    const { simulator } = this;
    const run = simulator.run.bind(simulator);
    const stepsASecond = Math.round(1000 / this.embodied.network.dtMs);
    simulator.run = (steps, drive, outputs) => {
      run(steps, drive, outputs);
      const { watched } = this;
      if (simulator.step - watched.step < stepsASecond) return;
      const count = ownSpikes(simulator);
      watched.spikes.push(count - watched.count);
      watched.step = simulator.step;
      watched.count = count;
    };
  }

  /** What the life until now was like, for a controller that watches. */
  vitals(): Vitals {
    return vitalsOf(this.simulator, this.watched.start, this.watched.spikes, this.parameters);
  }

  private degrees: Float64Array | undefined;

  /** Spikes and synaptic events of the life until now, a second and cell. */
  energy(): number {
    const { simulator } = this;
    const counts = simulator.spikeCounts();
    this.degrees ??= Float64Array.from(outDegrees(simulator.network));
    let events = 0;
    for (let cell = 0; cell < counts.length; cell++) events += counts[cell]! * this.degrees[cell]!;
    const seconds = (simulator.step * simulator.network.dtMs) / 1000;
    return (simulator.spikeCount + events) / (seconds * counts.length);
  }

  get network(): LivingNetwork {
    return this.met;
  }

  get body(): Readonly<Record<string, number>> {
    return this.own;
  }

  /** What lives from the next reset on. Parameters of the body are the controller's, the others the network's. */
  embody(weights: Readonly<Float64Array>, parameters: Readonly<Record<string, Values>>): void {
    const own: Record<string, number> = { ...this.embodied.body };
    const others: Record<string, Values> = {};
    for (const [name, value] of Object.entries(parameters)) {
      if (isOfBody(this.embodied, name)) own[name.slice('body.'.length)] = value as number;
      else others[name] = value;
    }
    this.own = own;
    this.parameters = others;
    this.weights = weights;
  }

  /** Bytes of the modules that it is made of, by the hash of their text. */
  modules(): Map<string, Uint8Array> {
    if (!(this.simulator instanceof CompiledSimulator)) return new Map();
    const { hash, bytes } = this.simulator.assembled;
    return new Map([[hash, bytes]]);
  }

  reset(seed: string, weights = this.weights): void {
    this.simulator.load({ weights, parameters: this.parameters, seed });
    if (this.watches) {
      this.watched = { start: this.simulator.weights(), spikes: [], step: 0, count: 0 };
    }
  }

  /** What is no longer a finite number, if anything: a network that broke down is not to be scored. */
  get broken(): string | undefined {
    for (const { name, model } of this.embodied.network.populations) {
      for (const state of Object.keys(model.state)) {
        const values = this.simulator.state(name, state);
        const cell = values.findIndex((value) => !Number.isFinite(value));
        if (cell < 0) continue;
        const { dtMs } = this.embodied.network;
        const by = model.equations ? ` by ${model.integrator ?? 'euler'}` : '';
        return (
          `the network broke down (${state} of cell ${cell} of "${name}" is ${values[cell]}, in steps of ${dtMs} ms${by}` +
          ', which may be too long)'
        );
      }
    }
    return undefined;
  }

  respond(observation: Readonly<Float64Array>, action: Float64Array): void {
    this.tutor?.catchUp();
    this.simulator.run(this.embodied.stepsAnInterval, observation, action);
  }
}
