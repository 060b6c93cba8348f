import { describe, expect, it } from 'vitest';
import { CompiledSimulator } from '../../src/kernel/compiled.js';
import type { Precision } from '../../src/kernel/layout.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import type { Simulator } from '../../src/kernel/simulator.js';
import { deriveSeed } from '../../src/math/seed.js';
import { mean, populationSd } from '../../src/math/statistics.js';
import { benchmarkNetworks } from '../../src/network/build/benchmarks.js';
import { intervals } from './numerics.js';

type Name = keyof typeof benchmarkNetworks;

/** Rates (Hz) of all cells and of each population after `fromMs`, and the mean coefficient of variation of intervals. */
function activity(name: Name, seed: string, durationMs: number, precision: Precision, fromMs = 0) {
  const network = benchmarkNetworks[name](seed);
  const simulator = new CompiledSimulator(network, { precision });
  simulator.load({ seed: deriveSeed(seed, 'noise') });
  const trains: number[][] = Array.from(simulator.spikeCounts(), () => []);
  for (let step = 0; step * network.dtMs < durationMs; step++) {
    simulator.run(1, [], new Float64Array(0));
    if (step * network.dtMs < fromMs) continue;
    for (const cell of simulator.fired()) trains[cell]!.push(step);
  }
  const rate = (of: number[][]) => mean(of.map(({ length }) => (1000 * length) / (durationMs - fromMs)));
  const excitatory = network.populations[0]!.count;
  return {
    rate: rate(trains),
    excitatory: rate(trains.slice(0, excitatory)),
    inhibitory: rate(trains.slice(excitatory)),
    variation: mean(
      trains
        .filter(({ length }) => length > 3)
        .map((train) => {
          const own = intervals(train);
          return populationSd(own) / mean(own);
        }),
    ),
  };
}

type Activity = ReturnType<typeof activity>;

/** The mean over seeds. */
function averaged(runs: readonly Activity[]): Activity {
  const of = (name: keyof Activity) => mean(runs.map((run) => run[name]));
  return {
    rate: of('rate'),
    excitatory: of('excitatory'),
    inhibitory: of('inhibitory'),
    variation: of('variation'),
  };
}

const between = (value: number, low: number, high: number) => {
  expect(value).toBeGreaterThan(low);
  expect(value).toBeLessThan(high);
};

const precisions: Precision[] = ['f32', 'f64'];

describe('networks with known activity', () => {
  it.each(precisions)('izhikevich-1000: 7.7 Hz over the first second, 7.1 Hz over ten (%s)', (precision) => {
    const first = averaged(
      ['a', 'b', 'c', 'd', 'e'].map((seed) => activity('izhikevich-1000', seed, 1000, precision)),
    );
    between(first.rate, 7.2, 8);
    between(first.excitatory, 7.3, 8.1);
    between(first.inhibitory, 6.7, 7.8);
    between(activity('izhikevich-1000', 'a', 10_000, precision).rate, 6.9, 7.3);
  });

  it.each(precisions)('cuba-4000: 5.5 to 5.8 Hz, coefficient of variation 0.52 (%s)', (precision) => {
    const { rate, variation } = averaged(
      ['a', 'b', 'c', 'd', 'e'].map((seed) => activity('cuba-4000', seed, 1000, precision)),
    );
    between(rate, 5.3, 6);
    between(variation, 0.49, 0.58);
  });

  it.each(
    precisions,
  )('coba-4000: 17.8 to 20.3 Hz after 200 ms, coefficient of variation 1.6 (%s)', (precision) => {
    const { rate, variation } = averaged(
      ['a', 'b', 'c'].map((seed) => activity('coba-4000', seed, 1000, precision, 200)),
    );
    between(rate, 17.8, 20.3);
    between(variation, 1.45, 1.75);
  });

  it('coba-hh-4000: 38 Hz, coefficient of variation 1.9 (f32)', () => {
    const { rate, variation } = activity('coba-hh-4000', 'a', 1000, 'f32');
    between(rate, 35, 41);
    between(variation, 1.7, 2.1);
  });
});

describe('the same networks in both engines', () => {
  const cells = (simulator: Simulator, steps: number) => {
    simulator.load({ seed: deriveSeed('both') });
    simulator.run(steps, [], new Float64Array(0));
    const state = simulator.network.populations.map(({ name }) => simulator.state(name, 'v'));
    return { spikes: simulator.spikeCount, counts: simulator.spikeCounts(), state };
  };

  it.each([
    ['izhikevich-1000', 100],
    ['cuba-4000', 150],
    ['coba-4000', 100],
    ['coba-hh-4000', 40],
  ] as const)('%s to the bit', (name, steps) => {
    const network = benchmarkNetworks[name]('one');
    const expected = cells(new ReferenceSimulator(network), steps);
    expect(cells(new CompiledSimulator(network, { precision: 'f64' }), steps)).toEqual(expected);
    expect(expected.spikes).toBeGreaterThan(50);
  });
});
