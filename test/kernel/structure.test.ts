import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Precision } from '../../src/kernel/layout.js';
import { programOf } from '../../src/kernel/program.js';
import type { Varies } from '../../src/kernel/wat/constancy.js';
import { moduleText } from '../../src/kernel/wat/module.js';
import { RandomStream } from '../../src/math/random.js';
import { cellModels } from '../../src/network/cells/table.js';
import type { Network, Population, Projection, Values } from '../../src/network/model/network.js';
import { ruleParameter } from '../../src/network/model/network.js';
import { randomNetwork } from './random-network.js';

const precisions: readonly Precision[] = ['f32', 'f64'];
const textsOf = (network: Network, varies?: Varies) =>
  precisions.map((precision) => moduleText(programOf(network), precision, varies).wat);

type Change = (value: number) => number;

const changedValues = (values: Values, change: Change): Values =>
  typeof values === 'number' ? change(values) : values.map(change);

const changedRecord = (of: Readonly<Record<string, Values>>, change: Change) =>
  Object.fromEntries(Object.entries(of).map(([name, values]) => [name, changedValues(values, change)]));

const changedPopulation = (of: Population, change: Change): Population => ({
  ...of,
  parameters: changedRecord(of.parameters, change),
  ...(of.start ? { start: changedRecord(of.start, change) } : {}),
  ports: Object.fromEntries(
    Object.entries(of.ports).map(([name, port]) => [
      name,
      { ...port, parameters: changedRecord(port.parameters, change) },
    ]),
  ),
});

/** Parameters of rules change by `changeRule`, and are all given, whatever the rule says by default. */
function changedProjection(of: Projection, change: Change, changeRule: Change): Projection {
  const { plasticity, shortTerm } = of;
  return {
    ...of,
    ...(plasticity
      ? {
          plasticity: {
            ...plasticity,
            parameters: Object.fromEntries(
              Object.keys(plasticity.rule.parameters).map((name) => [
                name,
                // Intervals are whole numbers of steps, here of 1 ms.
                name === plasticity.rule.onUpdate?.every
                  ? Math.ceil(changeRule(ruleParameter(plasticity, name) as number))
                  : changedValues(ruleParameter(plasticity, name), changeRule),
              ]),
            ),
          },
        }
      : {}),
    ...(shortTerm
      ? {
          shortTerm: {
            use: change(shortTerm.use),
            tauRecoveryMs: change(shortTerm.tauRecoveryMs),
            tauFacilitationMs: change(shortTerm.tauFacilitationMs),
          },
        }
      : {}),
  };
}

/** A network that differs from another in its values alone. */
const changed = (network: Network, change: Change, changeRule = change): Network => ({
  ...network,
  populations: network.populations.map((of) => changedPopulation(of, change)),
  projections: network.projections.map((of) => changedProjection(of, change, changeRule)),
  modulators: Object.fromEntries(
    Object.entries(network.modulators).map(([name, of]) => [
      name,
      {
        ...of,
        tauMs: change(of.tauMs),
        baseline: change(of.baseline),
        ...(of.releasedBy
          ? { releasedBy: of.releasedBy.map((release) => ({ ...release, amount: change(release.amount) })) }
          : {}),
      },
    ]),
  ),
  inputs: network.inputs.map((input) =>
    input.kind === 'current' ? { ...input, amplitude: change(input.amplitude) } : input,
  ),
  weights: network.weights.map(change),
});

const seeds = fc.integer({ min: 0, max: 1e9 }).map(String);

/** Cells without synapses, of which one parameter is to be given. */
const cellsWith = (tau: number): Network => ({
  dtMs: 0.5,
  populations: [
    {
      name: 'cells',
      count: 5,
      model: cellModels['leaky-integrate-and-fire'],
      parameters: { tau },
      ports: {},
    },
  ],
  projections: [],
  modulators: {},
  inputs: [],
  outputs: [],
  weights: new Float64Array(0),
});

describe('the text of a module', () => {
  it('holds no value that lives may change, whatever it is', () => {
    let values = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const network = randomNetwork(seed);
        const random = RandomStream.from(seed);
        const change = (value: number) => {
          values += 1;
          return value * random.uniformIn(0.8, 1) + (value === 0 ? 0.1 : 0);
        };
        expect(textsOf(changed(network, change))).toEqual(textsOf(network));
      }),
      { seed: 1, numRuns: 12 },
    );
    expect(values).toBeGreaterThan(5_000);
  });

  it('holds no value of a rule even where nothing varies, 0 and 1 included', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const network = randomNetwork(seed);
        const random = RandomStream.from(seed);
        // Cells' parameters that are 0 or 1 stay so, and no other becomes one.
        const change = (value: number) =>
          value === 0 || value === 1 ? value : value * random.uniformIn(0.8, 0.99);
        const [texts, ...others] = [network, changed(network, change, (value) => value * 0.9 + 0.01)].map(
          (of) => textsOf(of, []),
        );
        for (const other of others) expect(other).toEqual(texts);
        const ones = changed(network, change, () => 1);
        expect(textsOf(ones, [])).toEqual(texts);
      }),
      { seed: 2, numRuns: 12 },
    );
  });

  it('holds a parameter of cells that is 0 or 1 where lives are not said to change it, and no other number', () => {
    expect(textsOf(cellsWith(7), [])).toEqual(textsOf(cellsWith(8), []));
    expect(textsOf(cellsWith(1), [])).not.toEqual(textsOf(cellsWith(8), []));
    expect(textsOf(cellsWith(1), ['cells.tau'])).toEqual(textsOf(cellsWith(8), ['cells.tau']));
    expect(textsOf(cellsWith(1))).toEqual(textsOf(cellsWith(8)));
  });

  it('holds a delay, or the longest that lives may give it', () => {
    const withDelay = (delayMs: number, longestDelayMs?: number): Network => {
      const network = cellsWith(10);
      const [cells] = network.populations;
      const ports = { fast: randomNetwork('0').populations[0]!.ports.fast! };
      return {
        ...network,
        populations: [{ ...cells!, ports }],
        projections: [
          {
            name: 'around',
            from: 'cells',
            to: 'cells',
            port: 'fast',
            acts: 'beforeReset',
            rowStart: Int32Array.of(0, 1, 2, 3, 4, 5),
            post: Int32Array.of(1, 2, 3, 4, 0),
            weight: Int32Array.of(0, 1, 2, 3, 4),
            delayMs,
            ...(longestDelayMs === undefined ? {} : { longestDelayMs }),
          },
        ],
        weights: new Float64Array(5).fill(1),
      };
    };
    expect(textsOf(withDelay(1))).not.toEqual(textsOf(withDelay(2)));
    expect(textsOf(withDelay(0, 6))).toEqual(textsOf(withDelay(6, 6)));
    expect(textsOf(withDelay(1, 6))).not.toEqual(textsOf(withDelay(1, 7)));
  });

  it('holds the step, the number of cells, and whether cells have a value each', () => {
    const network = cellsWith(10);
    const [cells] = network.populations;
    const others: Network[] = [
      { ...network, dtMs: 0.25 },
      { ...network, populations: [{ ...cells!, count: 40 }] },
      { ...network, populations: [{ ...cells!, parameters: { tau: new Float64Array(5).fill(10) } }] },
    ];
    for (const other of others) expect(textsOf(other)).not.toEqual(textsOf(network));
  });
});
