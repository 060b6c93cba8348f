import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import type { Embodied } from '../../network/model/body.js';
import { networkOf } from '../protocol/guard.js';
import { setLevel } from '../protocol/modulators.js';
import { couple } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller, LivingNetwork } from '../task.js';
import { targetWeight } from './circuit.js';
import { heldShare, slopeOf, standingOf } from './measures.js';
import type { Options, Size } from './options.js';
import type { DistalRewardTrace } from './trace.js';

/** The second cell of the pair counts where it fires within this time of the first. */
const pairMs = 20;
/** When the reward comes: the least delay, and how much is drawn on top. */
const rewardDelayMs = { paired: [1000, 2000], shuffled: [10_000, 50_000] } as const;
/** Share of the bound that counts as having reached it: weights in float32 do not come closer in one step. */
const reached = 0.999;

type Body = Readonly<Record<'daReward' | 'naSeeking' | 'achHolding', number>>;

/** What a life is to be. */
export interface LifePlan {
  settings: Options;
  size: Size;
  circuit: Embodied;
  /** Parameters of the body where a life has no others. */
  body: Body;
}

/** A life under way. */
interface Life {
  plan: LifePlan;
  network: LivingNetwork;
  body: Body;
  random: RandomStream;
  trace: DistalRewardTrace | undefined;
  durationMs: number;
  /** The pair: cells of the excitatory population, which is the first. */
  pair: { pre: number; post: number };
  /** How many of the first weights learn. */
  plastic: number;
  /** When the first cell of the pair last fired, ms. */
  lastPre: number;
  /** `[ms]` rewards that are due */
  due: Uint8Array;
  coincidences: number;
  given: number;
  spikes: number;
  /** `[seconds]` the rewarded weight, and the mean of all others */
  targets: Float64Array;
  others: Float64Array;
  /** When the rewarded weight first reached its bound. */
  reachedS: number;
  rank: number;
  /** Sum over seconds of how strong and how selective the rewarded weight is. */
  selective: number;
  /** Whether acetylcholine holds what was reached. */
  holding: boolean;
}

const plasticOf = ({ network }: Embodied) =>
  network.projections.reduce((sum, { plasticity, post }) => sum + (plasticity ? post.length : 0), 0);

function newLife(plan: LifePlan, seed: string, controller: Controller, trace?: DistalRewardTrace): Life {
  const { settings, circuit } = plan;
  const { durationS } = settings;
  return {
    plan,
    network: networkOf(controller, 'distal-reward'),
    body: { ...plan.body, ...controller.body },
    random: RandomStream.from(deriveSeed(seed, 'rewards')),
    trace,
    durationMs: durationS * 1000,
    pair: { pre: 0, post: circuit.network.projections[0]!.post[0]! },
    plastic: plasticOf(circuit),
    lastPre: Number.NEGATIVE_INFINITY,
    due: new Uint8Array(durationS * 1000 + 1),
    coincidences: 0,
    given: 0,
    spikes: 0,
    targets: new Float64Array(durationS),
    others: new Float64Array(durationS),
    reachedS: durationS,
    rank: 1,
    selective: 0,
    holding: false,
  };
}

/** Looks whether the pair fired one after the other, and if so, has a reward come later. */
function watchPair(life: Life, fired: Int32Array, t: number): void {
  const { pair, plan, random, durationMs } = life;
  const { rewards } = plan.settings;
  let [pre, post] = [false, false];
  for (const cell of fired) {
    if (cell === pair.pre) pre = true;
    if (cell === pair.post) post = true;
  }
  if (pre) life.lastPre = t;
  if (!(post && t > life.lastPre && t - life.lastPre < pairMs)) return;
  life.coincidences += 1;
  if (rewards === 'none') return;
  const [least, more] = rewardDelayMs[rewards];
  const at = t + least + Math.round(more * random.uniform());
  if (at <= durationMs) life.due[at]! += 1;
}

/** Gives the rewards that are due: acetylcholine keeps their dopamine back. */
function reward({ network, body, trace, due }: Life, t: number): number {
  const rewards = due[t]!;
  for (let k = rewards; k > 0; k--) {
    network.release('DA', body.daReward * Math.max(0, 1 - network.concentration('ACh')));
    note(trace, { rewardS: t / 1000 });
  }
  return rewards;
}

/** Keeps the spikes of the first and of the last second. */
function noteRaster({ trace, durationMs }: Life, fired: Int32Array, t: number): void {
  if (!trace || (t >= 1000 && t < durationMs - 1000)) return;
  const raster = trace.raster[t < 1000 ? 0 : 1]!;
  for (const cell of fired) note(raster, { ms: t % 1000, cell });
}

function millisecond(life: Life, t: number): void {
  const fired = life.network.fired();
  life.spikes += fired.length;
  watchPair(life, fired, t);
  life.given += reward(life, t);
  noteRaster(life, fired, t);
}

/** What the body releases once it has seen how strong the rewarded weight is. */
function holdModulators(life: Life, full: boolean): void {
  const { network, body } = life;
  if (full && body.achHolding > 0) life.holding = true;
  if (!life.holding) {
    setLevel(network, 'NA', full ? 0 : body.naSeeking);
    return;
  }
  setLevel(network, 'ACh', body.achHolding);
  setLevel(network, 'NA', 0);
  setLevel(network, 'DA', network.concentration('DA') * Math.max(0, 1 - body.achHolding));
}

function noteSecond(
  { trace, network, plan, plastic }: Life,
  target: number,
  others: number,
  s: number,
  weights: Float64Array,
) {
  if (!trace) return;
  const { durationS } = plan.settings;
  note(trace, {
    target,
    others,
    dopamine: network.concentration('DA'),
    noradrenaline: network.concentration('NA'),
    acetylcholine: network.concentration('ACh'),
  });
  if (s === 0 || (s + 1) % Math.max(1, Math.floor(durationS / 4)) === 0) {
    trace.weights.push({ atS: s + 1, values: weights.slice(0, plastic) });
  }
}

/** Looks at the weights at the end of a second, which are counted from 0. */
function endSecond(life: Life, second: number): void {
  const { network, plan, plastic, targets, others } = life;
  const { bound } = plan.size;
  const weights = network.weights();
  const target = weights[targetWeight]!;
  const { rank, weaker, sum } = standingOf(target, weights, plastic);
  life.rank = rank;
  life.selective += (target / bound) * Math.max(0, (2 * weaker) / (plastic - 1) - 1);
  targets[second] = target;
  others[second] = (sum - target) / (plastic - 1);
  const full = target >= reached * bound;
  if (full && life.reachedS === plan.settings.durationS) life.reachedS = second + 1;
  holdModulators(life, full);
  noteSecond(life, target, others[second]!, second, weights);
}

function resultOf({ plan, targets, others, reachedS, rank, given, coincidences, spikes, selective }: Life) {
  const { settings, size } = plan;
  const { durationS } = settings;
  return {
    score: selective / durationS,
    measures: {
      target: targets.at(-1)!,
      others: others.at(-1)!,
      reachedS,
      slope: slopeOf(targets.subarray(0, Math.max(2, reachedS))),
      rank,
      held: heldShare(targets.subarray(reachedS), size.bound),
      rewards: given,
      coincidencesPerMin: (coincidences * 60) / durationS,
      rateHz: spikes / (durationS * size.cells),
    },
  };
}

/** Lives a whole life, millisecond by millisecond. */
export function liveThrough(plan: LifePlan, seed: string, controller: Controller, trace?: DistalRewardTrace) {
  const life = newLife(plan, seed, controller, trace);
  if (trace) trace.bound = plan.size.bound;
  controller.reset(seed);
  setLevel(life.network, 'NA', life.body.naSeeking);
  const act = (t: number) => {
    millisecond(life, t);
    if ((t + 1) % 1000 === 0) endSecond(life, (t + 1) / 1000 - 1);
  };
  worldLoop(couple(controller, {}, {}), { act }, life.durationMs);
  return resultOf(life);
}
