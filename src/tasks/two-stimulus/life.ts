import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { couple } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { surprises } from '../protocol/surprise.js';
import { teach } from '../protocol/teach.js';
import { trialLoop } from '../protocol/trial-loop.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller } from '../task.js';
import { type Options, steps } from './options.js';
import { emptyTwoStimulusTrace, type TwoStimulusTrace } from './trace.js';
import { inputs, outputs, rules, trained } from './world.js';

/** The rule of a life: that of its scenario, or one of those that evolution lives. */
export function ruleOf(scenario: string, seed: string): string {
  if (Object.hasOwn(rules, scenario)) return scenario;
  return trained[RandomStream.from(deriveSeed(seed, 'two-stimulus rule')).integer(trained.length)]!;
}

const isIn = (step: number, [from, to]: readonly [number, number]) => step >= from && step < to;

/** Lives all trials of a life by one rule, which nothing names. */
export function liveTrials(
  { trials, dopamine }: Options,
  rule: string,
  seed: string,
  controller: Controller,
  trace: TwoStimulusTrace = emptyTwoStimulusTrace(),
) {
  const random = RandomStream.from(deriveSeed(seed, 'two-stimulus'));
  const tossing = RandomStream.from(deriveSeed(seed, 'two-stimulus answers'));
  controller.reset(seed);
  const coupling = couple(controller, inputs, outputs);
  const { observation, action } = coupling;
  const surpriseOf = surprises();
  const live = () => {
    const [first, second] = [random.integer(2), random.integer(2)];
    const isRight = rules[rule]!(first, second);
    let [yes, no] = [0, 0];
    let [saidYes, reward] = [false, 0];
    const sense = (step: number) => {
      observation.fill(0);
      if (isIn(step, steps.first)) observation[first === 1 ? inputs.high : inputs.low] = 1;
      if (isIn(step, steps.second)) observation[second === 1 ? inputs.high : inputs.low] = 1;
      if (isIn(step, steps.answer)) observation[inputs.answer] = 1;
      if (!isIn(step, steps.told)) return;
      observation[saidYes ? inputs.saidYes : inputs.saidNo] = 1;
      observation[inputs.reward] = reward;
    };
    const act = (step: number) => {
      if (isIn(step, steps.answer)) {
        yes += action[outputs.yes]!;
        no += action[outputs.no]!;
      }
      if (step === steps.answer[1] - 1) {
        saidYes = yes === no ? tossing.integer(2) === 1 : yes > no;
        reward = saidYes === isRight ? 1 : 0;
        const surprise = surpriseOf(reward);
        if (controller.network) teach(controller.network, { DA: dopamine === 'signed' ? surprise : reward });
      }
    };
    worldLoop(coupling, { sense, act }, steps.trial[1]);
    note(trace, { first, second, saidYes: saidYes ? 1 : 0, right: reward });
  };
  trialLoop({ lengths: [trials], live });
  return { trials: trace, spikes: controller.network?.spikeCount ?? 0 };
}

/** A policy that knows the rule: it sees the stimuli, and answers by them. */
export function knowing(rule: string): Controller {
  const seen: number[] = [];
  let wasOn = false;
  return {
    body: {},
    reset: () => {
      seen.length = 0;
      wasOn = false;
    },
    respond: (observation, action) => {
      const isOn = observation[inputs.low]! + observation[inputs.high]! > 0;
      if (isOn && !wasOn) seen.push(observation[inputs.high]!);
      wasOn = isOn;
      const [first, second] = seen.slice(-2) as [number, number];
      const yes = seen.length >= 2 && rules[rule]!(first, second);
      action[outputs.yes] = yes ? 1 : 0;
      action[outputs.no] = yes ? 0 : 1;
    },
  };
}
