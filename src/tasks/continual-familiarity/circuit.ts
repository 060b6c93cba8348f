import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { allToAll, type Connection, connect, fixedProbability } from '../../network/build/random-graph.js';
import { escapeRate } from '../../network/cells/escape-rate.js';
import { poisson } from '../../network/cells/poisson.js';
import { external } from '../../network/inputs/external.js';
import type { Embodied } from '../../network/model/body.js';
import { quantity } from '../../network/model/model.js';
import type { Population } from '../../network/model/network.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';
import type { CircuitPorts } from '../circuit/ports.js';
import { activeHz, psp, restHz, tauDopamineMs, tauPspMs } from '../classification/cells.js';
import { numbered } from '../classification/ports.js';
import { intervalMs } from '../classification/presentation.js';

export const answers = ['seen', 'novel'] as const;
/** Probability that an input reaches a cell: each cell is driven by inputs of its own. */
const density = 0.3;
/** Weight between the cells of the two pools, over all of a pool. */
const rivalry = -6;

/**
 * Hebb's rule, or the reverse of it, with weights that go back to where they began: A <- lambda A + eta h x^T (Tyulmankov et
 * al. 2022) in spikes.
 */
const forgetfulHebb: PlasticityRule = {
  name: 'forgetful-hebb',
  summary: 'pairs of spikes change weights, in either direction, and weights go back to where they began',
  source: 'Tyulmankov, Yang and Abbott 2022, doi:10.1016/j.neuron.2021.11.009, as recalled',
  parameters: {
    eta: quantity('weight', 0, -10, 10, 'change by a pair at the same moment; below 0 it is anti-Hebbian'),
    tauPlus: quantity('ms', 20, 1, 500, 'decay of the presynaptic trace'),
    tauForget: quantity('ms', 2000, 100, 1e6, 'time constant of the way back'),
    every: quantity('ms', 20, 1, 1000, 'between steps of the way back'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 10, -1000, 1000, 'highest weight'),
  },
  traces: { x: { of: 'pre', tau: 'tauPlus', each: 'add' } },
  synapse: { began: { about: 'the weight at the start of life', unit: 'weight', start: 'w' } },
  onPre: [],
  onPost: ['w += eta*x'],
  onUpdate: { every: 'every', statements: ['w += (began - w)*min(every / tauForget, 1)'] },
  bounds: { low: 'wMin', high: 'wMax' },
};

/** What a circuit that is not the task's own drives and is read by. */
export const portsOf = (bits: number, cells: number): CircuitPorts => ({
  inputs: Object.fromEntries(numbered('bit', bits).map((name) => [name, { channels: 1, activeHz, restHz }])),
  outputs: Object.fromEntries(answers.map((name) => [name, { cells }])),
  intervalMs,
  releases: { DA: { tauMs: tauDopamineMs } },
  activeChannels: Math.max(1, Math.round(bits / 2)),
});

/** Poisson inputs drive two pools through weights that remember what has been; the pools inhibit each other. */
export function recognitionCircuit({
  bits,
  cells,
  networkSeed,
}: {
  bits: number;
  cells: number;
  networkSeed: number;
}): Embodied {
  const random = RandomStream.from(deriveSeed('continual-familiarity circuit', networkSeed));
  const theta = escapeRate.parameters.theta!.default;
  // At this weight a pattern brings a cell to its threshold, on average.
  const weight = (2000 * theta) / (density * bits * activeHz * tauPspMs);
  const toPool = (to: string): Connection => ({
    from: 'inputs',
    to,
    port: 'inputs',
    acts: 'afterReset',
    delayMs: 0,
    edges: fixedProbability(random, { from: bits, to: cells }, density),
    weight: () => weight * random.uniformIn(0.5, 1.5),
    plasticity: { rule: forgetfulHebb, parameters: { wMax: 10 * weight } },
  });
  const against = (from: string, to: string): Connection => ({
    from,
    to,
    port: 'rivals',
    acts: 'afterReset',
    delayMs: 0,
    edges: allToAll({ from: cells, to: cells }),
    weight: rivalry / cells,
  });
  const learned = { toSeen: toPool('seen'), toNovel: toPool('novel') };
  const { projections, weights } = connect({
    ...learned,
    seenAgainst: against('seen', 'novel'),
    novelAgainst: against('novel', 'seen'),
  });
  const pool = (name: string): Population => ({
    name,
    count: cells,
    model: escapeRate,
    parameters: {},
    ports: { inputs: psp, rivals: psp },
  });
  const cellsFrom = (first: number, count: number) => Int32Array.from({ length: count }, (_, i) => first + i);
  return {
    network: {
      dtMs: 1,
      populations: [
        {
          name: 'inputs',
          count: bits,
          model: poisson,
          parameters: { rate: restHz },
          ports: { external: { model: external, parameters: { I: new Float64Array(bits) } } },
        },
        pool('seen'),
        pool('novel'),
      ],
      projections,
      modulators: { DA: { tauMs: tauDopamineMs, baseline: 0 } },
      inputs: numbered('bit', bits).map((name, bit) => ({
        name,
        kind: 'current',
        cells: Int32Array.of(bit),
        amplitude: activeHz - restHz,
      })),
      outputs: answers.map((name, answer) => ({
        name,
        cells: cellsFrom(bits + answer * cells, cells),
        state: 'spikes',
        empties: true,
      })),
      weights,
    },
    stepsAnInterval: intervalMs,
    precision: 'f64',
    start: weights.slice(
      0,
      Object.values(learned).reduce((sum, { edges }) => sum + edges.post.length, 0),
    ),
    weightUnit: '1',
    body: {},
  };
}

export const recognitionBody = {
  body: { daRight: 1, daWrong: 0 },
  bodyAbout: {
    daRight: 'dopamine released by a right answer, for rules that learn by it',
    daWrong: 'the same by a wrong answer',
  },
};
