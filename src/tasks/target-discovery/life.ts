import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { type Coupling, couple, type Ports, portsOf } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { surprises } from '../protocol/surprise.js';
import { teach } from '../protocol/teach.js';
import { trialLoop } from '../protocol/trial-loop.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller } from '../task.js';
import { intervalMs, type Options } from './options.js';
import { type DiscoveryTrace, emptyDiscoveryTrace } from './trace.js';
import { drawCues, drawPair, inputNames, outputs } from './world.js';

/** What a life has in store. */
export interface Hidden {
  /** `[cues]` bits of each */
  cues: number[][];
  target: number;
}

/** What a life of a seed has in store. */
export function hiddenIn({ cues, bits }: Options, random: RandomStream): Hidden {
  return { cues: drawCues(random, cues, bits), target: random.integer(cues) };
}

export const streamOf = (seed: string) => RandomStream.from(deriveSeed(seed, 'target-discovery'));

interface Life {
  settings: Options;
  hidden: Hidden;
  coupling: Coupling;
  inputs: Ports<string>;
  random: RandomStream;
  /** Draws answers where the pools are even. */
  tossing: RandomStream;
  /** How far a reward is from those before. */
  surpriseOf: (reward: number) => number;
  trace: DiscoveryTrace;
}

const pass = ({ coupling }: Life, ms: number, act?: () => void) =>
  worldLoop(coupling, act ? { act } : {}, ms / intervalMs);

function show(life: Life, values: readonly number[], ms: number, act?: () => void): void {
  const { observation } = life.coupling;
  observation.set(values);
  pass(life, ms, act);
  observation.fill(0);
  pass(life, life.settings.gapMs);
}

/** Asks for an answer; whether it is yes. */
function ask(life: Life): boolean {
  const { inputs, coupling, settings, tossing } = life;
  let [yes, no] = [0, 0];
  coupling.observation[inputs.answer!] = 1;
  pass(life, settings.answerMs, () => {
    yes += coupling.action[outputs.yes]!;
    no += coupling.action[outputs.no]!;
  });
  coupling.observation.fill(0);
  pass(life, settings.gapMs);
  return yes === no ? tossing.integer(2) === 1 : yes > no;
}

function trial(life: Life): void {
  const { settings, hidden, coupling, inputs, random } = life;
  const pair = drawPair(random, settings.cues);
  for (const cue of pair) show(life, hidden.cues[cue]!, settings.cueMs);
  const saidYes = ask(life);
  const isTarget = pair.includes(hidden.target);
  const reward = saidYes === isTarget ? 1 : 0;
  const { observation, controller } = coupling;
  observation[saidYes ? inputs.saidYes! : inputs.saidNo!] = 1;
  observation[inputs.reward!] = reward;
  pass(life, settings.rewardMs);
  observation.fill(0);
  const surprise = life.surpriseOf(reward);
  if (controller.network)
    teach(controller.network, { DA: settings.dopamine === 'signed' ? surprise : reward });
  note(life.trace, {
    first: pair[0],
    second: pair[1],
    isTarget: isTarget ? 1 : 0,
    saidYes: saidYes ? 1 : 0,
    right: reward,
  });
  pass(life, settings.gapMs);
}

/** Lives all trials of a life. */
export function liveTrials(settings: Options, seed: string, controller: Controller, trace?: DiscoveryTrace) {
  const random = streamOf(seed);
  const hidden = hiddenIn(settings, random);
  controller.reset(seed);
  const inputs = portsOf(...inputNames(settings.bits));
  const life: Life = {
    settings,
    hidden,
    inputs,
    coupling: couple(controller, inputs, outputs),
    random,
    tossing: RandomStream.from(deriveSeed(seed, 'target-discovery answers')),
    surpriseOf: surprises(),
    trace: trace ?? emptyDiscoveryTrace(),
  };
  trialLoop({ lengths: [settings.trials], live: () => trial(life) });
  return { trials: life.trace, spikes: controller.network?.spikeCount ?? 0 };
}
