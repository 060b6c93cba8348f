import { exp } from '../../math/exponential.js';
import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { setLevel } from '../protocol/modulators.js';
import { type Coupling, couple } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { bringToRest, type RestingCircuit } from '../protocol/rest.js';
import { surprises } from '../protocol/surprise.js';
import { teach } from '../protocol/teach.js';
import { trialLoop } from '../protocol/trial-loop.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller, LivingNetwork } from '../task.js';
import { inputs, outputs } from './circuit.js';
import { intervalMs, type Options, trialsOf } from './options.js';
import { type AccumulationTrace, emptyAccumulationTrace } from './trace.js';

/** What a life is to be. */
export interface LifePlan {
  settings: Options;
  /** The task's own network, which knows its rest; absent where another lives. */
  own: RestingCircuit | undefined;
}

interface Life {
  plan: LifePlan;
  coupling: Coupling;
  network: LivingNetwork | undefined;
  /** Draws the cues. */
  random: RandomStream;
  /** Draws answers where the outputs are even. */
  tossing: RandomStream;
  /** Whether the answer is the side with fewer cues. */
  isFlipped: boolean;
  /** How far a reward is from those before. */
  surpriseOf: (reward: number) => number;
  trace: AccumulationTrace;
}

const pass = ({ coupling }: Life, ms: number, act?: () => void) =>
  worldLoop(coupling, act ? { act } : {}, ms / intervalMs);

/** How sure two outputs are of the left: the softmax of both. */
const certaintyOf = (left: number, right: number) =>
  1 / (1 + exp(Math.max(-500, Math.min(500, right - left))));

/** Shows the cues; how many were on the left. */
function showCues(life: Life): number {
  const { settings } = life.plan;
  const { observation } = life.coupling;
  const favoursLeft = life.random.integer(2) === 0;
  let leftCues = 0;
  for (let cue = 0; cue < settings.cues; cue++) {
    const isLeft = life.random.uniform() < settings.favoured === favoursLeft;
    if (isLeft) leftCues += 1;
    observation[isLeft ? inputs.left : inputs.right] = 1;
    pass(life, settings.cueMs);
    observation[inputs.left] = 0;
    observation[inputs.right] = 0;
    pass(life, settings.cueGapMs);
  }
  return leftCues;
}

/** Whether the task tells its own network the error while it answers. */
const isTaught = ({ plan: { own, settings } }: Life) => own !== undefined && settings.mapping === 'fixed';

/** Asks for the answer. What the outputs came to, and, where the network is taught, its error at every interval. */
function recall(life: Life, wantsLeft: boolean): { left: number; right: number } {
  const { coupling, network, plan } = life;
  let [left, right] = [0, 0];
  coupling.observation[inputs.recall] = 1;
  pass(life, plan.settings.recallMs, () => {
    const [toLeft, toRight] = [coupling.action[outputs.left]!, coupling.action[outputs.right]!];
    left += toLeft;
    right += toRight;
    if (network && isTaught(life))
      setLevel(network, 'DA', (wantsLeft ? 1 : 0) - certaintyOf(toLeft, toRight));
  });
  coupling.observation[inputs.recall] = 0;
  const intervals = plan.settings.recallMs / intervalMs;
  return { left: left / intervals, right: right / intervals };
}

/** Lets a reward teach: by surprise, and in the task's own network for what made the answer more likely. */
function reward(
  life: Life,
  { isRight, answersLeft, certainty }: { isRight: boolean; answersLeft: boolean; certainty: number },
) {
  const { network, plan } = life;
  const surprise = life.surpriseOf(isRight ? 1 : 0);
  if (!network || isTaught(life)) return;
  if (!plan.own) {
    teach(network, { DA: surprise });
    return;
  }
  setLevel(network, 'DA', surprise * ((answersLeft ? 1 : 0) - certainty));
  pass(life, intervalMs);
}

function trial(life: Life): void {
  const { network, plan, coupling, trace, tossing } = life;
  if (network && plan.own) {
    bringToRest(network, plan.own);
    network.signal('trialStart');
  }
  coupling.observation[inputs.background] = 1;
  const leftCues = showCues(life);
  pass(life, plan.settings.delayMs);
  const wantsLeft = leftCues > plan.settings.cues / 2 !== life.isFlipped;
  const { left, right } = recall(life, wantsLeft);
  const answersLeft = left === right ? tossing.integer(2) === 1 : left > right;
  const isRight = answersLeft === wantsLeft;
  const certainty = certaintyOf(left, right);
  reward(life, { isRight, answersLeft, certainty });
  if (network && plan.own) setLevel(network, 'DA', 0);
  coupling.observation.fill(0);
  note(trace, { leftCues, answeredLeft: answersLeft ? 1 : 0, right: isRight ? 1 : 0, certainty });
  pass(life, plan.settings.gapMs);
}

/** Lives all trials of a life. */
export function liveTrials(plan: LifePlan, seed: string, controller: Controller, trace?: AccumulationTrace) {
  const random = RandomStream.from(deriveSeed(seed, 'evidence-accumulation'));
  const isFlipped = plan.settings.mapping === 'flipped' && random.integer(2) === 1;
  controller.reset(seed);
  const life: Life = {
    plan,
    coupling: couple(controller, inputs, outputs),
    network: controller.network,
    random,
    tossing: RandomStream.from(deriveSeed(seed, 'evidence-accumulation answers')),
    isFlipped,
    surpriseOf: surprises(),
    trace: trace ?? emptyAccumulationTrace(),
  };
  trialLoop({ lengths: [trialsOf(plan.settings)], live: () => trial(life) });
  return { trials: life.trace, isFlipped, spikes: controller.network?.spikeCount ?? 0 };
}

/** Whether a life of a seed is flipped: the first that it draws. */
export const isFlippedIn = ({ settings }: LifePlan, seed: string) =>
  settings.mapping === 'flipped' &&
  RandomStream.from(deriveSeed(seed, 'evidence-accumulation')).integer(2) === 1;
