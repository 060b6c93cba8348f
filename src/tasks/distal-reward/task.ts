import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import type { PreparedTask, Scenario, Task } from '../task.js';
import { distalRewardNetwork, targetWeight } from './circuit.js';
import { type Options, options, sizes, versions } from './options.js';

/** A life second by second, for drawing. */
export interface DistalRewardTrace {
  bound: number;
  /** `[seconds]` at the end of each second */
  target: number[];
  others: number[];
  dopamine: number[];
  noradrenaline: number[];
  acetylcholine: number[];
  /** Rewards, s. */
  rewardS: number[];
  /** All excitatory weights at some moments. */
  weights: { atS: number; values: Float64Array }[];
  /** Spikes of the first and of the last second: ms since its start, and cell. */
  raster: { from: 'first' | 'last'; ms: number[]; cell: number[] }[];
}

const pairMs = 20;
const rewardDelayMs = { paired: [1000, 2000], shuffled: [10_000, 50_000] } as const;
/** Share of the bound that counts as having reached it: weights in float32 do not come closer in one step. */
const reached = 0.999;

function prepare(settings: Options): PreparedTask<DistalRewardTrace> {
  const size = sizes[settings.size];
  const { rewards, durationS, structure } = settings;
  const circuit = distalRewardNetwork({
    ...size,
    ...versions[settings.version],
    excitatory: settings.excitatory,
    inhibitory: settings.inhibitory,
    structure,
  });
  const body = {
    daReward: 0.5,
    naSeeking: settings.noradrenaline ? 1 : 0,
    achHolding: settings.acetylcholine ? 1 : 0,
  };
  const { network } = circuit;
  const plastic = network.projections.reduce(
    (sum, { plasticity, post }) => sum + (plasticity ? post.length : 0),
    0,
  );
  /** The pair: cells of the excitatory population, which is the first. */
  const pair = { pre: 0, post: network.projections[0]!.post[0]! };
  const scenario: Scenario = {
    name: rewards,
    random: true,
    ceiling: { score: 1, about: 'the rewarded weight at its bound all the time, and every other weaker' },
  };

  const live: PreparedTask<DistalRewardTrace>['live'] = (_scenario, seed, controller, trace) => {
    const living = controller.network;
    if (!living) throw new Error('distal-reward needs a network: nothing acts in it');
    const { daReward, naSeeking, achHolding } = { ...body, ...controller.body } as typeof body;
    controller.reset(seed);
    const random = RandomStream.from(deriveSeed(seed, 'rewards'));
    const durationMs = durationS * 1000;
    const due = new Uint8Array(durationMs + 1);
    const none = new Float64Array(0);
    let lastPre = Number.NEGATIVE_INFINITY;
    let [coincidences, given, holding] = [0, 0, false];
    let spikes = 0;
    const hold = (modulator: string, level: number) =>
      living.release(modulator, level - living.concentration(modulator));
    hold('NA', naSeeking);
    const targets = new Float64Array(durationS);
    const others = new Float64Array(durationS);
    let reachedS = durationS;
    let rank = 1;
    let selective = 0;
    if (trace) trace.bound = size.bound;
    for (let t = 0; t < durationMs; t++) {
      living.run(1, none, none);
      const fired = living.fired();
      spikes += fired.length;
      let [pre, post] = [false, false];
      for (const cell of fired) {
        if (cell === pair.pre) pre = true;
        if (cell === pair.post) post = true;
      }
      if (pre) lastPre = t;
      if (post && t > lastPre && t - lastPre < pairMs) {
        coincidences += 1;
        if (rewards !== 'none') {
          const [least, more] = rewardDelayMs[rewards];
          const at = t + least + Math.round(more * random.uniform());
          if (at <= durationMs) due[at]! += 1;
        }
      }
      for (let k = due[t]!; k > 0; k--) {
        given += 1;
        living.release('DA', daReward * Math.max(0, 1 - living.concentration('ACh')));
        trace?.rewardS.push(t / 1000);
      }
      if (trace && (t < 1000 || t >= durationMs - 1000)) {
        const raster = trace.raster[t < 1000 ? 0 : 1]!;
        for (const cell of fired) {
          raster.ms.push(t % 1000);
          raster.cell.push(cell);
        }
      }
      if ((t + 1) % 1000 !== 0) continue;
      const second = (t + 1) / 1000 - 1;
      const weights = living.weights();
      const target = weights[targetWeight]!;
      targets[second] = target;
      let sum = 0;
      let weaker = 0;
      rank = 1;
      for (let s = 0; s < plastic; s++) {
        sum += weights[s]!;
        if (weights[s]! > target) rank += 1;
        else if (weights[s]! < target) weaker += 1;
      }
      selective += (target / size.bound) * Math.max(0, (2 * weaker) / (plastic - 1) - 1);
      others[second] = (sum - target) / (plastic - 1);
      const full = target >= reached * size.bound;
      if (full && reachedS === durationS) reachedS = second + 1;
      if (full && achHolding > 0) holding = true;
      if (holding) {
        hold('ACh', achHolding);
        hold('NA', 0);
        hold('DA', living.concentration('DA') * Math.max(0, 1 - achHolding));
      } else hold('NA', full ? 0 : naSeeking);
      if (!trace) continue;
      trace.target.push(target);
      trace.others.push(others[second]!);
      for (const [name, list] of [
        ['DA', trace.dopamine],
        ['NA', trace.noradrenaline],
        ['ACh', trace.acetylcholine],
      ] as const) {
        list.push(living.concentration(name));
      }
      if (second === 0 || (second + 1) % Math.max(1, Math.floor(durationS / 4)) === 0) {
        trace.weights.push({ atS: second + 1, values: weights.slice(0, plastic) });
      }
    }
    const until = targets.subarray(0, Math.max(2, reachedS));
    const after = targets.subarray(reachedS);
    return {
      score: selective / durationS,
      measures: {
        target: targets.at(-1)!,
        others: others.at(-1)!,
        reachedS,
        slope: slopeOf(until),
        rank,
        held:
          after.length === 0 ? 0 : after.filter((value) => value >= 0.9 * size.bound).length / after.length,
        rewards: given,
        coincidencesPerMin: (coincidences * 60) / durationS,
        rateHz: spikes / (durationS * size.cells),
      },
    };
  };
  return { circuit: { ...circuit, body }, scenarios: [scenario], heldOut: [], live };
}

/** Slope of the line through values a second apart, by least squares. */
function slopeOf(values: Float64Array): number {
  const n = values.length;
  const centre = (n - 1) / 2;
  let [product, square] = [0, 0];
  for (let i = 0; i < n; i++) {
    product += (i - centre) * values[i]!;
    square += (i - centre) * (i - centre);
  }
  return product / square;
}

/**
 * The score: the rewarded weight, as a share of its bound, times how selective it is, over time: the share of the others
 * that are weaker less the share that are not, or 0. Weights that all run to their bound are worth nothing.
 */
export const distalReward = {
  summary: 'reinforce one synapse of many by dopamine that comes seconds after its cells fired together',
  source: 'Izhikevich 2007, doi:10.1093/cercor/bhl152; mixes of kinds after Rodriguez-Garcia 2024',
  options,
  genome: 'distal-reward',
  measures: {
    target: { unit: 'mV/ms', about: 'the rewarded weight at the end' },
    others: { unit: 'mV/ms', about: 'mean of all other excitatory weights at the end' },
    reachedS: {
      unit: 's',
      about: 'when the rewarded weight reached its bound; the whole life where it did not',
    },
    slope: { unit: 'mV/ms/s', about: 'slope of the rewarded weight until it reached its bound' },
    rank: { unit: '1', about: 'rank of the rewarded weight among all at the end' },
    held: { unit: '1', about: 'share of the time since then with the weight above nine tenths of its bound' },
    rewards: { unit: '1', about: 'rewards given' },
    coincidencesPerMin: { unit: '1/min', about: 'the second cell within 20 ms of the first' },
    rateHz: { unit: 'Hz', about: 'mean rate of all cells' },
  },
  prepare,
  emptyTrace: (): DistalRewardTrace => ({
    bound: 0,
    target: [],
    others: [],
    dopamine: [],
    noradrenaline: [],
    acetylcholine: [],
    rewardS: [],
    weights: [],
    raster: [
      { from: 'first', ms: [], cell: [] },
      { from: 'last', ms: [], cell: [] },
    ],
  }),
  fresh: (settings: Options) => ({
    options: { ...settings, structure: settings.structure + 1_000_003 },
    about: 'another random network of the same kind',
  }),
  control: (settings: Options) => ({
    options: { ...settings, rewards: 'shuffled' as const },
    about: 'as many rewards, but 10 to 60 s late, when nothing is left of the eligibility',
  }),
} satisfies Task<typeof options, DistalRewardTrace>;
