import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { poissonTrain } from '../../network/build/spike-train.js';
import type { SpikeTrain } from '../../network/model/network.js';
import { setLevel } from '../protocol/modulators.js';
import { type Coupling, couple, portsOf } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { bringToRest, type RestingCircuit } from '../protocol/rest.js';
import { trialLoop } from '../protocol/trial-loop.js';
import type { Controller } from '../task.js';
import type { Options } from './options.js';
import { emptyTrace, type RewardDrivenTrace } from './trace.js';

const outputs = portsOf('spikes');

/** What a life is to be. */
export interface LifePlan {
  settings: Options;
  circuit: RestingCircuit;
  /** Inputs that reach the neuron. */
  inputs: number;
}

/** A pattern of spikes, and whether the neuron should fire when it comes (1) or not (-1). */
interface Labelled {
  train: SpikeTrain;
  label: 1 | -1;
}

function patternsOf({ settings, circuit, inputs }: LifePlan, random: RandomStream): Labelled[] {
  const { patterns, rateHz, dtMs } = settings;
  const cells = { cells: inputs, rateHz, steps: circuit.stepsAnInterval, dtMs };
  return Array.from({ length: patterns }, () => ({
    train: poissonTrain(random, cells),
    label: random.integer(2) === 0 ? -1 : 1,
  }));
}

/** One trial: a pattern comes, the neuron fires or not, and the reward teaches. */
function trial(
  { controller, observation, action }: Coupling,
  { circuit }: LifePlan,
  { train, label }: Labelled,
  trials: RewardDrivenTrace,
): void {
  const { network } = controller;
  if (network) {
    bringToRest(network, circuit);
    network.signal('trialStart');
    network.play('inputs', train);
  }
  controller.respond(observation, action);
  const spikes = action[outputs.spikes]!;
  const reward = spikes > 0 === label > 0 ? 1 : -1;
  if (network) {
    setLevel(network, 'R', reward);
    network.signal('outcome');
  }
  note(trials, { label, spikes, reward });
}

/** Lives all trials of a life. */
export function liveTrials(
  plan: LifePlan,
  seed: string,
  controller: Controller,
  trace?: RewardDrivenTrace,
): RewardDrivenTrace {
  const { trials: length, weightSd } = plan.settings;
  const random = RandomStream.from(deriveSeed(seed, 'reward-driven'));
  const patterns = patternsOf(plan, random);
  const weights = Float64Array.from({ length: plan.inputs }, () => weightSd * random.normal());
  const trials = trace ?? emptyTrace();
  const coupling = couple(controller, {}, outputs);
  controller.reset(seed, weights);
  trialLoop({
    lengths: [length],
    live: () => trial(coupling, plan, patterns[random.integer(patterns.length)]!, trials),
  });
  return trials;
}
