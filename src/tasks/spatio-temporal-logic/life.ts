import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import type { SpikeTrain } from '../../network/model/network.js';
import { couple, portsOf } from '../protocol/ports.js';
import { bringToRest, type RestingCircuit } from '../protocol/rest.js';
import type { Controller } from '../task.js';
import { gates, type Options, trialSteps, wordSteps } from './options.js';
import { emptyTrace, type GateTrace } from './trace.js';

const outputs = portsOf('spikes');
const pairs = [0, 1, 2, 3];

/** What disturbs a life; nothing where all are 0. */
export interface Disturbance {
  jitter: number;
  deletion: number;
  weightNoise: number;
}

export interface LifePlan {
  settings: Options;
  circuit: RestingCircuit;
}

/** The spikes of both channels for a pair of symbols, some of them lost or shifted. */
function trainOf(
  { inputWords }: Options,
  pair: number,
  { jitter, deletion }: Disturbance,
  random: RandomStream,
): Pick<SpikeTrain, 'steps' | 'cells'> {
  const spikes = [pair >> 1, pair & 1].flatMap((symbol, cell) => {
    const steps = new Set<number>();
    for (let bit = 0; bit < wordSteps; bit++) {
      if (((inputWords[symbol]! >> (wordSteps - 1 - bit)) & 1) === 0) continue;
      if (deletion > 0 && random.uniform() < deletion) continue;
      const shift = jitter > 0 && random.uniform() < jitter ? 2 * random.integer(2) - 1 : 0;
      // Two spikes of a cell in one step are one.
      steps.add(Math.max(0, bit + shift));
    }
    return [...steps].map((step) => ({ step, cell }));
  });
  spikes.sort((a, b) => a.step - b.step || a.cell - b.cell);
  return {
    steps: Int32Array.from(spikes, ({ step }) => step),
    cells: Int32Array.from(spikes, ({ cell }) => cell),
  };
}

/** Lives every pair of symbols so many times. */
export function liveTrials(
  { settings, circuit }: LifePlan,
  { disturbance, rounds }: { disturbance: Disturbance; rounds: number },
  seed: string,
  controller: Controller,
  trace: GateTrace = emptyTrace(),
): GateTrace {
  const random = RandomStream.from(deriveSeed(seed, 'spatio-temporal-logic'));
  const { observation, action } = couple(controller, {}, outputs);
  const steps = trialSteps(settings);
  controller.reset(seed);
  const { network } = controller;
  const weights = network?.weights();
  /** Other weights in each round, where they are noisy. */
  const disturb = () => {
    if (!weights || disturbance.weightNoise === 0) return;
    controller.reset(
      seed,
      weights.map((weight) => weight + disturbance.weightNoise * random.normal()),
    );
  };
  const trial = (pair: number) => {
    const train = trainOf(settings, pair, disturbance, random);
    if (network) {
      bringToRest(network, circuit);
      network.play('inputs', train);
    }
    trace.pair.push(pair);
    trace.wanted.push(gates[settings.gate][pair]!);
    trace.spikes.push(
      Array.from({ length: steps }, () => {
        controller.respond(observation, action);
        return action[outputs.spikes]!;
      }),
    );
  };
  for (let round = 0; round < rounds; round++) {
    disturb();
    pairs.forEach(trial);
  }
  return trace;
}
