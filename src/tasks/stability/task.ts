import { activityMeasures } from '../balanced/activity.js';
import { balancedCircuit } from '../balanced/circuit.js';
import { balancedFigure } from '../balanced/figure.js';
import { type BalancedLife, type LifePlan, liveStretch, shareAtBound, startLife } from '../balanced/life.js';
import { livingHz } from '../balanced/rate.js';
import { type BalancedTrace, emptyBalancedTrace } from '../balanced/trace.js';
import type { BehaviourMeasure, PreparedTask, Scenario, Task } from '../task.js';
import { distanceOf, lossOfLost } from './loss.js';
import { type Options, options } from './options.js';

const behaviour = {
  rateE: { unit: 'Hz', about: 'rate of the excitatory cells', low: 0, high: 200, bins: 20 },
  rateI: { unit: 'Hz', about: 'rate of the inhibitory cells', low: 0, high: 200, bins: 20 },
  atBound: { unit: '1', about: 'share of weights that end at a bound', low: 0, high: 1, bins: 10 },
} as const satisfies Record<string, BehaviourMeasure>;

function lossOf(life: BalancedLife, sum: number, steps: number): number {
  const { lostMs, plan } = life;
  if (lostMs !== undefined) return lossOfLost(lostMs, plan.durationMs);
  return sum / steps;
}

/** Lives one life: the network is left to itself, and is scored in the end. */
function liveLeftAlone(
  plan: LifePlan<Options>,
  seed: string,
  controller: Parameters<typeof startLife>[2],
  trace?: BalancedTrace,
) {
  const { targetHz, scoredS, inputLowHz, inputHighHz, boundPenalty } = plan.settings;
  const life = startLife(plan, seed, controller, 'stability', trace);
  const inputs = { rateHz: life.random.uniformIn(inputLowHz, inputHighHz) };
  let [sum, steps] = [0, 0];
  liveStretch(life, { durationMs: plan.durationMs - 1000 * scoredS, inputs });
  liveStretch(life, {
    durationMs: 1000 * scoredS,
    inputs,
    score: (rateHz) => {
      sum += distanceOf(rateHz, targetHz);
      steps += 1;
    },
  });
  const atBound = shareAtBound(life);
  const loss = lossOf(life, sum, steps) + boundPenalty * atBound;
  return { loss, ...life.activity.measures(), atBound, lost: life.lostMs === undefined ? 0 : 1 };
}

function prepare(settings: Options) {
  const circuit = balancedCircuit(settings, false);
  const usual = 'left alone';
  const longer = 'left alone for longer';
  const scenario = (name: string): Scenario => ({
    name,
    random: true,
    ceiling: {
      score: 0,
      about: 'the target rate at every moment; the noise of finitely many cells keeps below it',
    },
  });
  const planOf = (durationS: number): LifePlan<Options> => ({
    settings,
    circuit,
    startHz: settings.targetHz,
    durationMs: 1000 * durationS,
  });
  const plans: Readonly<Record<string, LifePlan<Options>>> = {
    [usual]: planOf(settings.durationS),
    [longer]: planOf(settings.heldOutS),
  };
  const live: PreparedTask<BalancedTrace>['live'] = ({ name }, seed, controller, trace) => {
    const measures = liveLeftAlone(plans[name]!, seed, controller, trace);
    const { rateE, rateI, atBound } = measures;
    return { score: -measures.loss, measures, behaviour: { rateE, rateI, atBound } };
  };
  return {
    circuit,
    scenarios: [scenario(usual)],
    heldOut: settings.heldOutS > 0 ? [scenario(longer)] : [],
    behaviour,
    live,
  };
}

/**
 * The score: minus the loss, which is the mean over the end of life of (r - target)^2 / (r + 2 Hz), with r the running rate
 * of the excitatory cells. A network that falls silent or explodes ends its life and loses 160 (e^(-t/T) + 1).
 */
export const stability = {
  summary: 'plasticity rules that act together hold a recurrent network at a target rate',
  source: 'Confavreux, Agnes, Zenke, Sprekeler and Vogels 2025, doi:10.1371/journal.pcbi.1012910',
  options,
  ofNetwork: ['parameters', 'plastic', 'eta', 'networkSeed'],
  lives: 'in-circuit',
  genome: 'stability',
  measures: {
    loss: {
      unit: 'Hz',
      about: 'what the score is minus of: distance of the excitatory rate from its target',
    },
    ...activityMeasures,
    atBound: { unit: '1', about: 'share of the weights that learn that end at a bound' },
    lost: {
      unit: '1',
      about: `whether the excitatory cells left ${livingHz.low} to ${livingHz.high} Hz, which ends the life`,
    },
  },
  prepare,
  emptyTrace: emptyBalancedTrace,
  figure: balancedFigure('A recurrent network held at a rate by plasticity'),
  fresh: (settings: Options) => ({
    options: { ...settings, networkSeed: settings.networkSeed + 1_000_003 },
    about: 'another random network of the same kind',
  }),
  control: (settings: Options) => ({
    options: { ...settings, eta: 0 },
    about: 'nothing learns: the learning rate is 0',
  }),
} satisfies Task<typeof options, BalancedTrace>;
