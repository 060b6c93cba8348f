import { parseExpression, parseStatement } from '../expression/parse.js';
import { namesIn } from '../expression/tree.js';
import { CompiledSimulator } from '../kernel/compiled.js';
import { log } from '../math/logarithm.js';
import { RandomStream } from '../math/random.js';
import { deriveSeed } from '../math/seed.js';
import { poissonTrain } from '../network/build/spike-train.js';
import type { Network, SpikeTrain } from '../network/model/network.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { type Circumstance, firingBy, heldModulators, outcomes } from './circumstances.js';

/** A synapse whose cells fire at random at these rates, held at a weight. */
export interface HeldSynapse {
  preHz: number;
  postHz: number;
  weight: number;
}

/** How a rule would change each synapse, per second. */
export interface MeanChange {
  /** `[synapses]` */
  change: Float64Array;
  /** `[synapses]` standard error of that mean, over repeats with spikes of their own. */
  error: Float64Array;
}

/** How long a rule is looked at, and how often. */
export interface HeldTimes {
  /** Before anything is measured, s: traces come to rest. */
  settleS: number;
  measuredS: number;
  repeats: number;
}

const dtMs = 0.5;
/** Weights go back to where they are held so often. */
const holdEveryMs = 100;
const segments = 1000 / holdEveryMs;
/** What a rule gets beside its own; no rule has such names. */
const [held, holds, low, high] = ['held_weight_', 'held_again_', 'held_low_', 'held_high_'];

/** Traces and eligibilities are at rest after so many of their time constants. */
const restsAfter = 5;
const longestSettleS = 20;

/** Quantities of a rule with their time constants, s. */
const slowness = ({ traces, synapse = {}, parameters }: PlasticityRule) =>
  [...Object.entries(traces), ...Object.entries(synapse)].flatMap(([name, { tau }]) =>
    tau === undefined ? [] : [{ name, tauS: parameters[tau]!.default / 1000 }],
  );

/** How long a rule takes to come to rest, within bounds, and what has not come to rest by then. */
export function settling(rule: PlasticityRule): { settleS: number; unsettled: string[] } {
  const of = slowness(rule);
  const wanted = Math.max(1, ...of.map(({ tauS }) => restsAfter * tauS));
  const settleS = Math.ceil(Math.min(longestSettleS, wanted));
  return {
    settleS,
    unsettled: of.filter(({ tauS }) => restsAfter * tauS > settleS).map(({ name }) => name),
  };
}

/** Whether the change that a rule makes of a weight may depend on the weight. */
export function readsWeight({
  onPre,
  onPost,
  onUpdate,
  onEvent = {},
  synapse = {},
}: PlasticityRule): boolean {
  const statements = [
    ...onPre,
    ...onPost,
    ...(onUpdate?.statements ?? []),
    ...outcomes.flatMap((event) => onEvent[event] ?? []),
  ].map(parseStatement);
  const isWeight = (names: ReadonlySet<string>) => names.has('w') || names.has('incoming.w');
  return (
    statements.some(
      ({ target, operator, value }) =>
        isWeight(namesIn(value)) || (target === 'w' && (operator === '*=' || operator === '=')),
    ) ||
    Object.values(synapse).some(
      ({ start, drive }) =>
        start === 'w' || (drive !== undefined && isWeight(namesIn(parseExpression(drive)))),
    )
  );
}

/** A rule whose weights can go back to where they began, with no bounds in their way. */
const holding = (rule: PlasticityRule): PlasticityRule => ({
  ...rule,
  parameters: {
    ...rule.parameters,
    [low]: { unit: '1', default: -1e9, low: -1e9, high: 1e9, about: 'no bound' },
    [high]: { unit: '1', default: 1e9, low: -1e9, high: 1e9, about: 'no bound' },
  },
  synapse: { ...rule.synapse, [held]: { about: 'weight at which it is held', unit: '1', start: 'w' } },
  onEvent: { ...rule.onEvent, [holds]: [`w = ${held}`] },
  bounds: { low, high },
});

/**
 * Poisson spikes of cells by groups that differ in their rates. The cell of a group with a lower rate has some of the spikes
 * that the same cell of another group has, so that groups differ by their rates alone.
 * @returns cell `repeat * groups + group`
 */
function trainsAt(
  ratesHz: readonly number[],
  repeats: number,
  steps: number,
  random: RandomStream,
): SpikeTrain {
  const most = Math.max(...ratesHz, 1);
  // As many spikes a step as the rate asks for, and not as many as fall into a step at that rate.
  const rateHz = -log(1 - (most * dtMs) / 1000) / (dtMs / 1000);
  const all = poissonTrain(random, { cells: repeats, rateHz, steps, dtMs });
  const found: { steps: number[]; cells: number[] } = { steps: [], cells: [] };
  all.steps.forEach((step, spike) => {
    const mark = most * random.uniform();
    ratesHz.forEach((rate, group) => {
      if (mark >= rate) return;
      found.steps.push(step);
      found.cells.push(all.cells[spike]! * ratesHz.length + group);
    });
  });
  return { steps: Int32Array.from(found.steps), cells: Int32Array.from(found.cells) };
}

/** Each synapse has a postsynaptic cell of its own; presynaptic cells are shared by those of one rate. */
function heldNetwork(
  rule: PlasticityRule,
  { levels }: Circumstance,
  synapses: readonly HeldSynapse[],
  repeats: number,
  steps: number,
): { network: Network /** `[synapses of the network]` */; of: Int32Array } {
  const preHz = [...new Set(synapses.map((synapse) => synapse.preHz))];
  const trains = (side: string, rates: readonly number[]) =>
    trainsAt(rates, repeats, steps, RandomStream.from(deriveSeed('weights held', side)));
  const rows = preHz.map((rate) => synapses.flatMap((synapse, i) => (synapse.preHz === rate ? [i] : [])));
  const rowStart = [0];
  const [of, post]: [number[], number[]] = [[], []];
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const row of rows) {
      of.push(...row);
      post.push(...row.map((synapse) => repeat * synapses.length + synapse));
      rowStart.push(of.length);
    }
  }
  return {
    of: Int32Array.from(of),
    network: {
      dtMs,
      populations: [
        firingBy('pre', preHz.length * repeats, trains('pre', preHz)),
        firingBy(
          'post',
          synapses.length * repeats,
          trains(
            'post',
            synapses.map(({ postHz }) => postHz),
          ),
        ),
      ],
      projections: [
        {
          name: 'held',
          from: 'pre',
          to: 'post',
          port: 'synapse',
          acts: 'afterReset',
          rowStart: Int32Array.from(rowStart),
          post: Int32Array.from(post),
          weight: Int32Array.from(of, (_, i) => i),
          delayMs: 0,
          plasticity: { rule: holding(rule), parameters: {} },
        },
      ],
      modulators: heldModulators(levels),
      inputs: [],
      outputs: [],
      weights: Float64Array.from(of, (synapse) => synapses[synapse]!.weight),
    },
  };
}

/**
 * The mean change that a rule makes of weights while their cells fire as independent Poisson trains, by the compiled engine.
 * Every tenth of a second a weight goes back to where it is held, so that what it becomes does not count; an event that
 * turns eligibility into weight comes once a second. Synapses of equal rates have equal spikes. `loadAssembler` comes before.
 */
export function heldChanges(
  rule: PlasticityRule,
  circumstance: Circumstance,
  synapses: readonly HeldSynapse[],
  { settleS, measuredS, repeats }: HeldTimes,
): MeanChange {
  const seconds = settleS + measuredS;
  const { network, of } = heldNetwork(
    rule,
    circumstance,
    synapses,
    repeats,
    Math.round((seconds * 1000) / dtMs),
  );
  const simulator = new CompiledSimulator(network, { precision: 'f64' });
  simulator.load({ seed: deriveSeed('weights held', 'noise') });
  const sums = new Float64Array(of.length);
  for (let segment = 1; segment <= seconds * segments; segment++) {
    simulator.run(holdEveryMs / dtMs, [], new Float64Array(0));
    if (circumstance.event !== undefined && segment % segments === 0) simulator.signal(circumstance.event);
    if (segment > settleS * segments) {
      const weights = simulator.weights();
      for (let i = 0; i < of.length; i++) sums[i]! += weights[i]! - network.weights[i]!;
    }
    simulator.signal(holds);
  }
  const [change, squares] = [new Float64Array(synapses.length), new Float64Array(synapses.length)];
  of.forEach((synapse, i) => {
    change[synapse]! += sums[i]! / measuredS / repeats;
  });
  of.forEach((synapse, i) => {
    const off = sums[i]! / measuredS - change[synapse]!;
    squares[synapse]! += off * off;
  });
  return { change, error: squares.map((sum) => Math.sqrt(sum / (repeats - 1) / repeats)) };
}

/** Standard errors from 0 at which a mean change is told from it. */
const toldAt = 3;

/** Whether a mean change is told from 0. */
export const isTold = (change: number, error: number): boolean => Math.abs(change) > toldAt * error;
