import { log } from '../../math/logarithm.js';
import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { connect, type Edges, fixedOutDegree } from '../../network/build/random-graph.js';
import { izhikevichOfTheScript } from '../../network/cells/izhikevich.js';
import { noiseUniform } from '../../network/inputs/noise-uniform.js';
import type { Embodied } from '../../network/model/body.js';
import { kindValues, spreadKinds } from '../../network/model/kinds.js';
import type {
  Kinds,
  Network,
  Plasticity,
  Population,
  Receptor,
  Values,
} from '../../network/model/network.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';
import { pairStdpDopamine } from '../../network/plasticity/pair-stdp-dopamine.js';
import { pulse } from '../../network/synapses/pulse.js';

/** A kind of cell of this network: its parameters, and the b by which its recovery starts. */
interface Kind {
  a: number;
  b: number;
  c: number;
  d: number;
}

/** The kinds of Rodriguez-Garcia's mixes, with Izhikevich's (2003) parameters. */
export const kinds = {
  RS: { a: 0.02, b: 0.2, c: -65, d: 8 },
  IB: { a: 0.02, b: 0.2, c: -55, d: 4 },
  CH: { a: 0.02, b: 0.2, c: -50, d: 2 },
  FS: { a: 0.1, b: 0.2, c: -65, d: 2 },
  LTS: { a: 0.02, b: 0.25, c: -65, d: 2 },
  AC: { a: 0.02, b: 1, c: -55, d: 4 },
} as const satisfies Record<string, Kind>;
export type KindName = keyof typeof kinds;

/** Shares of the kinds in a population; they sum to 1. */
export type Mix = Readonly<Partial<Record<KindName, number>>>;

export interface DistalRewardSettings {
  /** Cells in all, four fifths of them excitatory, and targets of each. */
  cells: number;
  targets: number;
  /** Excitatory weights: where they start, and how far they go; what an inhibitory one takes off. */
  weight: number;
  bound: number;
  inhibition: number;
  /** Longest delay of excitatory synapses, ms; delays are 1 ms where it is 1, or else drawn from 1 to this. */
  longestDelayMs: number;
  tauDopamineMs: number;
  excitatory: Mix;
  inhibitory: Mix;
  /** d of RS cells, which published tables give as 8 and as 2. */
  regularD: number;
  /** Fixes who is joined to whom. */
  structure: number;
  /** How the synapses of excitatory cells learn; the script's way where absent. */
  rule?: PlasticityRule | undefined;
}

/** The weight that is rewarded, in the order of the network: of the first excitatory cell's first synapse. */
export const targetWeight = 0;

/** The synapses of some edges onto the cells from one to before another, which are then counted from 0. */
function onto({ rowStart, post }: Edges, from: number, to: number): Edges {
  const rows = new Int32Array(rowStart.length);
  const targets: number[] = [];
  for (let pre = 0; pre + 1 < rowStart.length; pre++) {
    for (let s = rowStart[pre]!; s < rowStart[pre + 1]!; s++) {
      if (post[s]! >= from && post[s]! < to) targets.push(post[s]! - from);
    }
    rows[pre + 1] = targets.length;
  }
  return { rowStart: rows, post: Int32Array.from(targets) };
}

/** Cells of several kinds; noradrenaline turns any kind of excitatory cell into a bursting one, as far as it is present. */
function population(name: string, count: number, mix: Mix, regularD: number, bursts: boolean): Population {
  const names = Object.keys(mix) as KindName[];
  const share = bursts ? 1 : 0;
  const parametersOf = (kind: KindName) => {
    const { a, c, d } = { ...kinds[kind], ...(kind === 'RS' ? { d: regularD } : {}) };
    return {
      a,
      c,
      d,
      'receptor.NAc': share * (kinds.CH.c - c),
      'receptor.NAd': share * (kinds.CH.d - d),
    };
  };
  const own: Kinds = {
    parameters: Object.fromEntries(names.map((kind) => [kind, parametersOf(kind)])),
    of: spreadKinds(
      names.map((kind) => mix[kind]!),
      count,
    ),
  };
  const {
    a,
    c,
    d,
    'receptor.NAc': gainC,
    'receptor.NAd': gainD,
  } = kindValues(own) as Record<string, Float64Array>;
  const bursting = (target: string, gain: Float64Array): Receptor => ({
    target,
    acts: 'shifts',
    level: 'm.NA',
    gain,
  });
  return {
    name,
    count,
    model: izhikevichOfTheScript,
    // The script's recovery runs by b = 0.2 for every kind; b itself sets where it starts.
    parameters: { a: a!, b: 0.2, c: c!, d: d! },
    start: { v: -65, u: Float64Array.from(own.of, (kind) => kinds[names[kind]!].b * -65) },
    kinds: own,
    receptors: { NAc: bursting('c', gainC!), NAd: bursting('d', gainD!) },
    ports: {
      synapses: { model: pulse, parameters: {} },
      noise: { model: noiseUniform, parameters: { sd: 13 / Math.sqrt(12) } },
    },
  };
}

/** A rule that keeps weights from 0 to the bound. */
const withinBound = (rule: PlasticityRule, bound: number): Plasticity => ({
  rule,
  parameters: { [rule.bounds.low]: 0, [rule.bounds.high]: bound },
});

/** How the synapses of excitatory cells learn in the script: STDP with dopamine, up to the bound. */
function plasticityOfScript(bound: number): Plasticity {
  // Traces are set at each spike and lose a twentieth in a ms. Where the script pairs with the trace of the last ms,
  // ours has decayed by one more step: aPlus makes up for it.
  const tauTrace = -1 / log(0.95);
  return {
    rule: {
      ...pairStdpDopamine,
      traces: {
        x: { ...pairStdpDopamine.traces.x!, each: 'set' as const },
        y: { ...pairStdpDopamine.traces.y!, each: 'set' as const },
      },
    },
    parameters: {
      aPlus: 0.1 / 0.95,
      aMinus: 0.15,
      tauPlus: tauTrace,
      tauMinus: tauTrace,
      tauC: -10 / log(0.99),
      rate: (0.1 * bound) / 4,
      tonic: 0.002,
      wMin: 0,
      wMax: bound,
    },
  };
}

/**
 * The network of the distal reward problem (Izhikevich 2007, doi:10.1093/cercor/bhl152): excitatory and inhibitory
 * Izhikevich cells under noise, each joined to random targets, in steps of 1 ms. All synapses of excitatory cells learn by
 * STDP with dopamine. Noradrenaline can turn the excitatory cells from regular spiking to bursting.
 *
 * A spike that reaches its target after the script's shortest delay of 1 ms acts on the next update, which is delay 0 here.
 */
export function distalRewardNetwork(settings: DistalRewardSettings): Embodied {
  const { cells, targets, weight, bound, inhibition, longestDelayMs, regularD, structure, rule } = settings;
  const random = RandomStream.from(deriveSeed('distal reward', structure));
  const excitatory = Math.round(0.8 * cells);
  const inhibitory = cells - excitatory;
  const all = fixedOutDegree(random, { from: excitatory, to: cells, self: false }, targets);
  const ofInhibitory = fixedOutDegree(random, { from: inhibitory, to: excitatory }, targets);
  const plasticity = rule ? withinBound(rule, bound) : plasticityOfScript(bound);
  const delays = (synapses: number): Values =>
    longestDelayMs === 1 ? 0 : Float64Array.from({ length: synapses }, () => random.integer(longestDelayMs));
  const join = (to: string, edges: Edges) => ({
    from: 'excitatory',
    to,
    port: 'synapses',
    acts: 'afterReset' as const,
    delayMs: delays(edges.post.length),
    edges,
    weight,
    plasticity,
  });
  const network: Network = {
    dtMs: 1,
    populations: [
      population('excitatory', excitatory, settings.excitatory, regularD, true),
      population('inhibitory', inhibitory, settings.inhibitory, regularD, false),
    ],
    ...connect({
      'E->E': join('excitatory', onto(all, 0, excitatory)),
      'E->I': join('inhibitory', onto(all, excitatory, cells)),
      'I->E': {
        from: 'inhibitory',
        to: 'excitatory',
        port: 'synapses',
        acts: 'afterReset',
        delayMs: 0,
        edges: ofInhibitory,
        weight: -inhibition,
      },
    }),
    // Noradrenaline and acetylcholine are held by whoever releases them, rather than decaying within a life.
    modulators: {
      DA: { tauMs: settings.tauDopamineMs, baseline: 0 },
      NA: { tauMs: 1e12, baseline: 0 },
      ACh: { tauMs: 1e12, baseline: 0 },
    },
    inputs: [],
    outputs: [],
  };
  network.weights[targetWeight] = 0;
  return {
    network,
    stepsAnInterval: 1,
    precision: 'f32',
    start: network.weights,
    weightUnit: 'mV/ms',
    body: {},
  };
}
