import { describe, expect, it } from 'vitest';
import { cellModels } from '../../src/network/cells/table.js';
import { external } from '../../src/network/inputs/external.js';
import { type Embodied, synapseNames } from '../../src/network/model/body.js';
import { sharedParameters } from '../../src/network/model/named-parameters.js';
import type { Population, Projection } from '../../src/network/model/network.js';
import { pairStdp } from '../../src/network/plasticity/pair-stdp.js';
import { exponential } from '../../src/network/synapses/exponential.js';

const cells = (name: string, count: number, change: Partial<Population> = {}): Population => ({
  name,
  count,
  model: cellModels['leaky-integrate-and-fire'],
  parameters: {},
  ports: { synapses: { model: exponential, parameters: { tau: 7 } } },
  ...change,
});

const projection = (
  name: string,
  rows: readonly number[],
  post: readonly number[],
  weight: readonly number[],
  change: Partial<Projection> = {},
): Projection => ({
  name,
  from: 'a',
  to: 'b',
  port: 'synapses',
  acts: 'afterReset',
  rowStart: Int32Array.from(rows),
  post: Int32Array.from(post),
  weight: Int32Array.from(weight),
  delayMs: 0,
  ...change,
});

const embodied = (projections: readonly Projection[], startWeights: number): Embodied => ({
  network: {
    dtMs: 1,
    populations: [
      cells('a', 2, {
        ports: { external: { model: external, parameters: { I: new Float64Array(2) } } },
      }),
      cells('b', 2, {
        parameters: { tau: Float64Array.of(5, 6) },
        receptors: {
          D1: { target: 'I', acts: 'shifts', level: 'm.DA', gain: 0.5 },
          D2: { target: 'tau', acts: 'scales', level: 'm.DA', gain: Float64Array.of(0, 1) },
        },
      }),
    ],
    projections,
    modulators: { DA: { tauMs: 200, baseline: 0.1 } },
    inputs: [],
    outputs: [],
    weights: new Float64Array(9),
  },
  stepsAnInterval: 1,
  precision: 'f64',
  start: new Float64Array(startWeights),
  weightUnit: 'nA',
  body: { threshold: 3 },
});

describe('parameters of a network in a body', () => {
  const known = sharedParameters(
    embodied(
      [
        projection('learns', [0, 1, 1], [0], [0], {
          plasticity: { rule: pairStdp, parameters: { aPlus: 9 } },
        }),
      ],
      1,
    ),
  );

  it('have the value that the network gives them, or their default', () => {
    expect(known.get('b.synapses.tau')?.value).toBe(7);
    expect(known.get('a.tau')?.value).toBe(cellModels['leaky-integrate-and-fire'].parameters.tau!.default);
    expect(known.get('learns.aPlus')?.value).toBe(9);
    expect(known.get('learns.aMinus')?.value).toBe(pairStdp.parameters.aMinus!.default);
    expect(known.get('b.receptor.D1')?.value).toBe(0.5);
    expect(known.get('modulators.DA.tauMs')?.value).toBe(200);
    expect(known.get('modulators.DA.baseline')?.value).toBe(0.1);
    expect(known.get('body.threshold')?.value).toBe(3);
  });

  it('are left out where cells differ', () => {
    for (const name of ['b.tau', 'b.receptor.D2', 'a.external.I']) expect(known.has(name)).toBe(false);
  });
});

describe('names of synapses', () => {
  it('are those of the cells that the weight joins', () => {
    const rows = [0, 2, 3];
    expect(synapseNames(embodied([projection('p', rows, [0, 1, 0], [2, 0, 1])], 3))).toEqual([
      'a 0->b 1',
      'a 1->b 0',
      'a 0->b 0',
    ]);
  });

  it('name a weight that several synapses share once, and those beyond the start not at all', () => {
    expect(synapseNames(embodied([projection('p', [0, 2, 3], [0, 1, 0], [0, 5, 0])], 1))).toEqual([
      'a 0->b 0',
    ]);
  });

  it('tell apart projections that join the same cells, and synapses of one that do', () => {
    const both = [projection('p', [0, 2, 2], [1, 1], [0, 1]), projection('q', [0, 0, 1], [0], [2])];
    const names = synapseNames(embodied(both, 4));
    expect(names).toEqual(['a 0->b 1 by p', 'a 0->b 1 by p (2)', 'a 1->b 0 by q', 'weight 3']);
  });
});
