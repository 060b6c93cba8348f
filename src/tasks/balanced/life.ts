import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { mean } from '../../math/statistics.js';
import { networkOf } from '../protocol/guard.js';
import { type Coupling, couple } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller, LivingNetwork } from '../task.js';
import { Activity } from './activity.js';
import { type BalancedCircuit, drawnWeights } from './circuit.js';
import { type InputRates, inputTrain } from './input.js';
import type { NetworkOptions } from './options.js';
import { isLost, RunningRate } from './rate.js';
import type { BalancedTrace } from './trace.js';

/** Between two values of a trace. */
const traceMs = { rates: 20, weights: 100 } as const;

/** What lives of one network have in common. */
export interface LifePlan<Options extends NetworkOptions = NetworkOptions> {
  settings: Options;
  circuit: BalancedCircuit;
  /** The rate from which running rates start, Hz. */
  startHz: number;
  durationMs: number;
}

/** A time in which the inputs keep their rates. */
export interface Stretch {
  durationMs: number;
  inputs: InputRates;
  /** Told the running rate of the excitatory cells after each step; where it is given, activity is measured. */
  score?: ((rateHz: number) => void) | undefined;
}

/** One life. */
export interface BalancedLife {
  plan: LifePlan;
  coupling: Coupling;
  network: LivingNetwork;
  /** Everything random of the world. */
  random: RandomStream;
  rateE: RunningRate;
  rateI: RunningRate;
  activity: Activity;
  step: number;
  /** When the excitatory cells fell silent or exploded, ms. */
  lostMs?: number;
  trace?: BalancedTrace | undefined;
}

/** Starts a life: first weights are drawn, and potentials between reset and threshold. */
export function startLife(
  plan: LifePlan,
  seed: string,
  controller: Controller,
  task: string,
  trace?: BalancedTrace,
): BalancedLife {
  const { settings, circuit, startHz } = plan;
  const { excitatory, inhibitory, dtMs, rateTauMs: tauMs } = settings;
  const random = RandomStream.from(deriveSeed(seed, task));
  const network = networkOf(controller, task);
  controller.reset(seed, drawnWeights(circuit, random));
  for (const [name, count] of [
    ['excitatory', excitatory],
    ['inhibitory', inhibitory],
  ] as const) {
    network.setState(
      name,
      'v',
      Float64Array.from({ length: count }, () => random.uniformIn(-60, -50)),
    );
  }
  return {
    plan,
    coupling: couple(controller, {}, {}),
    network,
    random,
    rateE: new RunningRate(startHz, { tauMs, dtMs, cells: excitatory }),
    rateI: new RunningRate(startHz, { tauMs, dtMs, cells: inhibitory }),
    activity: new Activity(excitatory, excitatory + inhibitory, dtMs),
    step: 0,
    trace,
  };
}

/** Mean weights of the types that learn, as shares of their bounds. */
function noteWeights({ trace, network, plan: { circuit, settings } }: BalancedLife): void {
  const weights = network.weights();
  for (const type of settings.plastic) {
    trace!.weights[type] ??= [];
    trace!.weights[type].push(mean(weights.subarray(...circuit.placesOf[type])) / circuit.bounds[type]);
  }
}

function noteStep(life: BalancedLife, fired: Int32Array): void {
  const { trace, step, plan, rateE, rateI } = life;
  if (!trace) return;
  const { dtMs, excitatory, inhibitory } = plan.settings;
  const every = (ms: number) => step % Math.round(ms / dtMs) === 0;
  if (every(traceMs.rates)) note(trace, { rateE: rateE.hz, rateI: rateI.hz });
  if (every(traceMs.weights)) noteWeights(life);
  if (step * dtMs < plan.durationMs - 1000) return;
  for (const cell of fired) {
    if (cell < excitatory + inhibitory) note(trace, { spikeS: (step * dtMs) / 1000, cell });
  }
}

/** Counts the spikes of a step. @returns whether the excitatory cells are lost */
function endStep(life: BalancedLife, { score }: Stretch): boolean {
  const { excitatory, inhibitory, dtMs } = life.plan.settings;
  const fired = life.network.fired();
  let [e, i] = [0, 0];
  for (const cell of fired) {
    if (cell < excitatory) e += 1;
    else if (cell < excitatory + inhibitory) i += 1;
    else break;
  }
  life.step += 1;
  const rateHz = life.rateE.step(e);
  life.rateI.step(i);
  noteStep(life, fired);
  if (isLost(rateHz)) {
    life.lostMs = life.step * dtMs;
    return true;
  }
  if (score) {
    life.activity.step(fired);
    score(rateHz);
  }
  return false;
}

/** Lives one stretch, or what is left of it when the excitatory cells are lost. @returns whether life goes on */
export function liveStretch(life: BalancedLife, stretch: Stretch): boolean {
  if (life.lostMs !== undefined) return false;
  const { settings, circuit } = life.plan;
  const { dtMs, inputs } = settings;
  const steps = Math.round(stretch.durationMs / dtMs);
  if (life.step > 0 && life.trace) life.trace.marksS.push((life.step * dtMs) / 1000);
  worldLoop(
    life.coupling,
    {
      sense: (step) => {
        if (step % circuit.stretchSteps !== 0) return;
        const of = { inputs, steps: Math.min(circuit.stretchSteps, steps - step), dtMs };
        life.network.play('inputs', inputTrain(life.random, stretch.inputs, of));
      },
      isOver: () => endStep(life, stretch),
    },
    steps,
  );
  return life.lostMs === undefined;
}

/** Share of the weights that learn that are at a bound: within a hundredth of its range. */
export function shareAtBound({ network, plan: { settings, circuit } }: BalancedLife): number {
  const weights = network.weights();
  let [all, atBound] = [0, 0];
  for (const type of settings.plastic) {
    const bound = circuit.bounds[type];
    for (const weight of weights.subarray(...circuit.placesOf[type])) {
      all += 1;
      if (Math.min(weight, bound - weight) < 0.01 * bound) atBound += 1;
    }
  }
  return all === 0 ? 0 : atBound / all;
}
