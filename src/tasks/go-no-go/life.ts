import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { setLevel } from '../protocol/modulators.js';
import { type Coupling, couple, portsOf } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { teach } from '../protocol/teach.js';
import { trialLoop } from '../protocol/trial-loop.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller, LivingNetwork } from '../task.js';
import { activeHz, restHz } from './circuit.js';
import { actionEntropy, type Trials } from './measures.js';
import type { Options } from './options.js';
import { emptyTrials, type GoNoGoTrace } from './trace.js';

const inputs = portsOf('A', 'B');
const outputs = portsOf('go', 'noGo');
const cues = [inputs.A, inputs.B] as const;

/** What a life is to be. */
export interface LifePlan {
  settings: Options;
  /** Parameters of the body where a life has no others. */
  body: Readonly<Record<string, number>>;
  intervalMs: number;
  /** Whether a rule has something to do when it is told to consolidate. */
  consolidates: boolean;
  /** Trials between shifts, up to `spread` more or fewer. */
  trials: number;
  spread: number;
  /** Stretches of trials between shifts. */
  blocks: number;
}

/** A trial that is remembered. */
interface Memory {
  cue: number;
  went: boolean;
  reward: number;
}

/** A life under way. */
interface Life {
  plan: LifePlan;
  coupling: Coupling;
  /** Absent where a policy lives without one. */
  network: LivingNetwork | undefined;
  body: Readonly<Record<string, number>>;
  /** Draws the cues, and tosses where the pools are even. */
  random: RandomStream;
  /** Draws what is remembered. It has a stream of its own, so that it does not choose the cues to come. */
  remembering: RandomStream;
  trials: Trials;
  trace: GoNoGoTrace | undefined;
  /** Running mean of rewards; begins where knowing nothing would leave it. */
  meanReward: number;
  memory: Memory[];
  /** Spikes of what counts in no measure. */
  unmeasured: number;
}

const trialMs = ({ cueMs, delayMs, decisionMs, gapMs }: Options) => cueMs + delayMs + decisionMs + gapMs;
/** The projection whose pool acted, which alone is taught; all that learn, in a circuit that is not the task's own. */
const taughtBy = ({ circuit }: Options, went: boolean) => {
  if (circuit) return undefined;
  return went ? 'toGo' : 'toNoGo';
};

/** Lets some time pass; the spikes of both pools meanwhile. */
function pass({ coupling, plan }: Life, ms: number): readonly [go: number, noGo: number] {
  const { action } = coupling;
  let [go, noGo] = [0, 0];
  const act = () => {
    go += action[outputs.go]!;
    noGo += action[outputs.noGo]!;
  };
  worldLoop(coupling, { act }, ms / plan.intervalMs);
  return [go, noGo];
}

/** Shows a cue; the spikes by which the pools answer. */
function show(life: Life, cue: number): readonly [go: number, noGo: number] {
  const { cueMs, delayMs, decisionMs } = life.plan.settings;
  const { observation } = life.coupling;
  observation[cues[cue]!] = 1;
  const spikes = pass(life, cueMs);
  observation.fill(0);
  pass(life, delayMs);
  return decisionMs > 0 ? pass(life, decisionMs) : spikes;
}

function dopamineFor({ plan, body, meanReward }: Life, reward: number): number {
  return body.daReward! * (reward - (plan.settings.dopamine === 'signed' ? meanReward : 0));
}

/** Releases noradrenaline where rewards have become rare; whether it did. */
function burstWhereRare({ plan, body, meanReward }: Life, network: LivingNetwork): boolean {
  const bursts =
    plan.settings.noradrenaline &&
    meanReward < body.naThreshold! &&
    network.concentration('NA') < body.naRest!;
  if (bursts) setLevel(network, 'NA', body.naAmount!);
  return bursts;
}

/** Lives what counts in no measure. */
function aside(life: Life, network: LivingNetwork, unmeasured: () => void): void {
  const before = network.spikeCount;
  unmeasured();
  life.unmeasured += network.spikeCount - before;
}

function replay(life: Life, network: LivingNetwork): void {
  const { cue, went, reward } = life.memory[life.remembering.integer(life.memory.length)]!;
  show(life, cue);
  teach(network, { DA: dopamineFor(life, reward) }, taughtBy(life.plan.settings, went));
  pass(life, life.plan.settings.gapMs);
}

function sleep(life: Life, network: LivingNetwork): void {
  const { settings, consolidates } = life.plan;
  const { observation } = life.coupling;
  const stretchMs = trialMs(settings);
  observation.fill((settings.sleepHz - restHz) / (activeHz - restHz));
  for (let left = settings.sleepMs; left > 0; left -= stretchMs) {
    pass(life, Math.min(stretchMs, left));
    teach(network, { DA: settings.sleepDopamine - network.concentration('DA') });
  }
  observation.fill(0);
  if (consolidates) network.signal('consolidate');
}

/** What follows a trial: it is remembered, trials are lived again, and now and then there is sleep. */
function afterTrial(life: Life, network: LivingNetwork, lived: Memory): void {
  const { replayFrom, replay: times, sleepMs, sleepEvery } = life.plan.settings;
  life.memory.push(lived);
  if (life.memory.length > replayFrom) life.memory.shift();
  for (let again = 0; again < times; again++) aside(life, network, () => replay(life, network));
  if (sleepMs > 0 && life.trials.cue.length % sleepEvery === 0)
    aside(life, network, () => sleep(life, network));
}

/** One trial; in every other block the meanings of the cues are exchanged. */
function trial(life: Life, block: number): void {
  const { network, random, trials, trace, body, plan } = life;
  const cue = random.integer(2);
  const [go, noGo] = show(life, cue);
  const went = go === noGo ? random.integer(2) === 1 : go > noGo;
  const right = went === ((cue === 0) === (block % 2 === 0));
  const reward = right ? 1 : 0;
  const released = dopamineFor(life, reward);
  life.meanReward += body.rewardRate! * (reward - life.meanReward);
  const burst = network !== undefined && burstWhereRare(life, network);
  if (network) teach(network, { DA: released }, taughtBy(plan.settings, went));
  note(trials, { cue, went: went ? 1 : 0, right: reward, burst: burst ? 1 : 0 });
  if (trace) {
    const noradrenaline = network?.concentration('NA') ?? 0;
    note(trace, { dopamine: released, noradrenaline, entropy: actionEntropy(trials, trials.cue.length) });
  }
  pass(life, plan.settings.gapMs);
  if (network) afterTrial(life, network, { cue, went, reward });
}

/** Lives all trials of a life. */
export function liveTrials(plan: LifePlan, seed: string, controller: Controller, trace?: GoNoGoTrace) {
  const random = RandomStream.from(deriveSeed(seed, 'go-no-go'));
  const lengths = Array.from(
    { length: plan.blocks },
    () => plan.trials - plan.spread + random.integer(2 * plan.spread + 1),
  );
  controller.reset(seed);
  const { network } = controller;
  const life: Life = {
    plan,
    coupling: couple(controller, inputs, outputs),
    network,
    body: { ...plan.body, ...controller.body },
    random,
    remembering: RandomStream.from(deriveSeed(seed, 'go-no-go replay')),
    trials: trace ?? emptyTrials(),
    trace,
    meanReward: 0.5,
    memory: [],
    unmeasured: 0,
  };
  const change = () => {
    life.trials.shifts.push(life.trials.cue.length);
    if (plan.consolidates) network?.signal('consolidate');
  };
  trialLoop({ lengths, change, live: (block) => trial(life, block) });
  const { trials } = life;
  return { trials, spikesATrial: ((network?.spikeCount ?? 0) - life.unmeasured) / trials.cue.length };
}
