import { cellModels } from '../../src/network/cells/table.js';
import { checkNetwork } from '../../src/network/check/network.js';
import { inputModels } from '../../src/network/inputs/table.js';
import type { CellModel, PortModel } from '../../src/network/model/model.js';
import type { Network, Population, Projection } from '../../src/network/model/network.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { type Trial, trialOf } from '../../src/network/model/protocol.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { synapseModels } from '../../src/network/synapses/table.js';

/** A small network for every part of the program, whose spikes and weights do not depend on chance unless the part does. */

export const dtMs = 0.1;
export const ms = 300;

export const empty = {
  projections: [],
  modulators: {},
  inputs: [],
  outputs: [],
  weights: new Float64Array(0),
} satisfies Partial<Network>;

const cells: Readonly<Record<string, CellModel>> = cellModels;

/** A current that lets a cell fire, by its unit. */
const drives: Readonly<Record<string, number>> = {
  nA: 0.25,
  pA: 300,
  'mV/ms': 10,
  'uA/cm2': 10,
  '1': 0.6,
  Hz: 20,
  mV: 1,
  '1/ms': 1,
};

export function driven(
  name: string,
  model: CellModel,
  count: number,
  ports: Population['ports'] = {},
): Population {
  const amplitude = Float64Array.from(
    { length: count },
    (_, i) => (drives[model.currentUnit ?? ''] ?? 0) * (1 + 0.1 * i),
  );
  const drive =
    model.currentUnit === undefined
      ? {}
      : { drive: { model: inputModels.constant, parameters: { amplitude } } };
  return { name, count, model, parameters: {}, ports: { ...drive, ...ports } };
}

/** Cells that fire at times of their own, each at another rate. */
export function listed(name: string, count: number, gapMs: number, forMs = ms): Population {
  const steps: number[] = [];
  const of: number[] = [];
  for (let step = 0; step < forMs / dtMs; step++) {
    for (let cell = 0; cell < count; cell++) {
      const gap = Math.round((gapMs + 3 * cell) / dtMs);
      if ((step * 7919 + cell * 104729) % gap !== 3) continue;
      steps.push(step);
      of.push(cell);
    }
  }
  return {
    ...{ name, count, model: spikeTrainCell, parameters: {}, ports: {} },
    train: { steps: Int32Array.from(steps), cells: Int32Array.from(of) },
  };
}

const spikeTrainCell: CellModel = {
  name: 'spike-train',
  summary: 'fires at the times that the network lists for it',
  source: 'definition',
  parameters: {},
  state: {},
};

export function joined(
  from: number,
  to: number,
  keep: (pre: number, post: number) => boolean,
): Pick<Projection, 'rowStart' | 'post' | 'weight'> {
  const rowStart = new Int32Array(from + 1);
  const post: number[] = [];
  for (let i = 0; i < from; i++) {
    for (let j = 0; j < to; j++) if (keep(i, j)) post.push(j);
    rowStart[i + 1] = post.length;
  }
  return { rowStart, post: Int32Array.from(post), weight: Int32Array.from(post, (_, s) => s) };
}

/** The first network of those that candidates make which fits together. */
function fitting(candidates: readonly string[], make: (model: CellModel) => Network): Network {
  let last: unknown;
  for (const name of candidates) {
    const network = make(cells[name]!);
    try {
      checkNetwork(network);
      return network;
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

const anyCell = [
  'leaky-integrate-and-fire',
  'izhikevich',
  'summed-response',
  'adaptive-leaky-integrate-and-fire',
];

/** A cell of each model under its first protocol, or under each of them. */
export function cellNetworks(model: CellModel, all = false): [string, Network][] {
  const protocols = Object.entries(model.protocols ?? {});
  return (all ? protocols : protocols.slice(0, 1)).map(([name, protocol]) => {
    const { model: of, parameters, start, ports, dtMs: step }: Trial = trialOf(model, protocol);
    return [
      name,
      {
        ...empty,
        dtMs: step,
        populations: [{ name: 'cells', count: 1, model: of, parameters, start, ports }],
      },
    ];
  });
}

/** Cells that reach others by a synapse, and these each other, with delays and without. */
export function synapseNetwork(synapse: PortModel): Network {
  const weight = synapse.weightUnit === 'mV' ? 3 : /mV$/.test(synapse.weightUnit ?? '') ? 0.002 : 0.05;
  const sends = synapse.sends !== undefined;
  const candidates =
    synapse.sends?.includes('s') && synapse.sends !== 'v' ? ['graded', 'rate-unit', ...anyCell] : anyCell;
  return fitting(candidates, (model) => {
    const edges = joined(3, 4, (i, j) => (i + j) % 2 === 0);
    return {
      ...empty,
      dtMs,
      populations: [
        driven('from', model, 3),
        driven('to', model, 4, { syn: { model: synapse, parameters: {} } }),
      ],
      projections: [
        {
          ...{ name: 'a', from: 'from', to: 'to', port: 'syn', acts: 'afterReset', ...edges },
          delayMs: sends ? 0 : Float64Array.from(edges.post, (_, s) => s * 0.3),
        },
        {
          ...{ name: 'b', from: 'to', to: 'to', port: 'syn', acts: 'beforeReset', delayMs: 0 },
          ...joined(4, 4, (i, j) => i !== j),
        },
      ],
      weights: Float64Array.from({ length: 12 }, (_, i) => weight * (1 + i / 20) * (sends ? 0.1 : 1)),
    };
  });
}

export const inputNetwork = (input: PortModel): Network =>
  fitting(anyCell, (model) => ({
    ...empty,
    dtMs,
    populations: [
      driven('cells', model, 3, {
        [input.name === 'external' ? 'external' : 'input']: { model: input, parameters: {} },
      }),
    ],
  }));

/** A weight between the bounds of a rule. */
function middle({ parameters, bounds }: PlasticityRule): number {
  const [low, high] = [parameters[bounds.low]!.default, parameters[bounds.high]!.default];
  return Number.isFinite(low) && Number.isFinite(high) ? (low + high) / 2 : 0.5;
}

/** Cells whose synapses learn by a rule, with a modulator for each that it reads, which spikes release. */
export function ruleNetwork(rule: PlasticityRule): Network {
  const text = JSON.stringify(rule);
  const readsPre =
    /\bpre\./.test(text) || Object.values(rule.traces).some(({ of, follows }) => of === 'pre' && follows);
  const names = new Set(['DA', ...[...text.matchAll(/\bm\.(\w+)/g)].map(([, name]) => name!)]);
  const every = rule.onUpdate?.every;
  return fitting(anyCell, (model) => {
    const edges = joined(5, 4, (i, j) => (i + j) % 3 !== 0);
    return {
      ...empty,
      dtMs,
      populations: [
        readsPre ? driven('from', model, 5) : listed('from', 5, 17),
        driven('to', model, 4, { syn: { model: synapseModels.exponential, parameters: {} } }),
      ],
      projections: [
        {
          ...{ name: 'a', from: 'from', to: 'to', port: 'syn', acts: 'afterReset', ...edges },
          delayMs: Float64Array.from(edges.post, (_, s) => (s % 4) * 0.5),
          plasticity: {
            rule,
            parameters: every === undefined ? {} : { [every]: Math.min(50, rule.parameters[every]!.default) },
          },
        },
      ],
      modulators: Object.fromEntries(
        [...names].map((name) => [
          name,
          { tauMs: 150, baseline: 0.1, releasedBy: [{ population: 'to', amount: 0.05 }] },
        ]),
      ),
      weights: Float64Array.from(edges.post, (_, s) => middle(rule) * (0.8 + (0.4 * s) / edges.post.length)),
    };
  });
}

/** All parts of the program, each in a network. */
export function partNetworks(allProtocols = false): { part: string; network: Network }[] {
  const named = (kind: string, name: string, network: Network) => ({ part: `${kind} ${name}`, network });
  return [
    ...Object.entries(cells).flatMap(([name, model]) =>
      cellNetworks(model, allProtocols).map(([protocol, network]) =>
        named('cell', `${name}, ${protocol}`, network),
      ),
    ),
    ...Object.entries(synapseModels).map(([name, model]) => named('synapse', name, synapseNetwork(model))),
    ...Object.entries(inputModels).map(([name, model]) => named('input', name, inputNetwork(model))),
    ...Object.entries(plasticityRules).map(([name, rule]) => named('rule', name, ruleNetwork(rule))),
  ];
}
