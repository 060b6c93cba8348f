import { loadAssembler } from '../kernel/assemble.js';
import { CompiledSimulator } from '../kernel/compiled.js';
import { median } from '../math/statistics.js';
import type { Modulator, Network, Receptor } from '../network/model/network.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { combine } from '../network/plasticity/combine.js';
import { plasticityRules } from '../network/plasticity/table.js';
import { simulate } from './kernel.js';
import { rstdp302 } from './kernel-networks.js';
import { machineName } from './machine.js';

export interface LearningPart {
  name: string;
  rateHz: number;
  simulatedSecondsPerSecond: number;
  /** Time of a step beside that of the same network with nothing that learns. */
  relativeCost: number;
}

const names = ['DA', 'ACh', '5HT', 'NA'] as const;

/** The network with another rule, or none, on its plastic projection; changes are too small to alter a spike. */
function learning(network: Network, rule: PlasticityRule | undefined): Network {
  const quiet = (of: PlasticityRule) =>
    Object.fromEntries(
      ['aPlus', 'aMinus', 'a2Plus', 'a3Plus', 'a2Minus', 'a3Minus', 'eta', 'beta']
        .filter((name) => Object.hasOwn(of.parameters, name))
        .map((name) => [name, 1e-9]),
    );
  return {
    ...network,
    projections: network.projections.map((projection) => {
      const { plasticity: _before, ...rest } = projection;
      if (projection.name !== 'plastic' || !rule) return rest;
      return { ...rest, plasticity: { rule, parameters: { ...quiet(rule), wMax: 4 } } };
    }),
  };
}

/** Four modulators, each released by the spikes of eight cells, so little that nothing comes of it. */
const modulators = (released: boolean): Record<string, Modulator> =>
  Object.fromEntries(
    names.map((name, i) => [
      name,
      {
        tauMs: 200,
        baseline: 0,
        ...(released
          ? {
              releasedBy: [
                {
                  population: 'cells',
                  cells: Int32Array.from({ length: 8 }, (_, k) => 8 * i + k),
                  amount: 1e-9,
                },
              ],
            }
          : {}),
      },
    ]),
  );

/** Receptors with a gain of each cell, one of each modulator, on the targets in turn. */
function receptors(cells: number, targets: readonly string[]): Record<string, Receptor> {
  const gain = Float64Array.from({ length: cells }, (_, cell) => (cell % 3 === 0 ? 0 : 1e-9));
  return Object.fromEntries(
    names
      .slice(0, targets.length)
      .map((name, i) => [
        name,
        { target: targets[i]!, acts: i === 0 ? 'shifts' : 'scales', level: `m.${name}`, gain },
      ]),
  );
}

/** What is added to rstdp-302 from line to line, or stands in the place of what was there. */
export function learningParts(noise: number): { name: string; network: Network }[] {
  const bare = rstdp302('bench', noise);
  const rules = plasticityRules;
  const standard = learning(bare, rules['pair-stdp-dopamine']);
  const released = { ...standard, modulators: modulators(true) };
  const received = (...targets: string[]): Network => ({
    ...released,
    populations: released.populations.map((population) => ({
      ...population,
      receptors: receptors(population.count, targets),
    })),
  });
  const three = received('I', 'd', 'noise.sd');
  const whole = received('I', 'd', 'noise.sd', 'synapses.tau');
  return [
    { name: 'nothing learns', network: learning(bare, undefined) },
    { name: 'pair STDP', network: learning(bare, rules['pair-stdp']) },
    { name: 'triplet STDP', network: learning(bare, rules['triplet-stdp']) },
    { name: 'pair STDP, eligibility, dopamine', network: standard },
    { name: '  + three modulators more', network: { ...standard, modulators: modulators(false) } },
    { name: '  + released by spikes of 32 cells', network: released },
    { name: '  + receptors on current, reset and noise of every cell', network: three },
    { name: '  + a receptor on the time constant of synapses', network: whole },
    {
      name: '  + two eligibilities driven at once: bounds at every step',
      network: { ...learning(whole, rules['two-trace-conversion']), modulators: whole.modulators },
    },
    {
      name: '  + synaptic scaling every 100 ms',
      network: learning(whole, combine(rules['pair-stdp-dopamine'], rules['synaptic-scaling'])),
    },
    { name: '  + a sweep every 10 ms (ABCD) instead', network: learning(whole, rules.abcd) },
  ];
}

/** What each part of learning and modulation costs, one core, float32; measured in turn, medians. */
export async function benchLearning(
  seconds: number,
  rounds: number,
  onNotice?: (message: string) => void,
): Promise<{ machine: string; parts: LearningPart[] }> {
  await loadAssembler();
  const parts = learningParts(5.3).map(({ name, network }) => {
    const simulator = new CompiledSimulator(network, { varies: [] });
    return { name, simulator, degrees: new Int32Array(network.populations[0]!.count) };
  });
  const results = parts.map(() => [] as { rateHz: number; simulatedSecondsPerSecond: number }[]);
  for (let round = -1; round < rounds; round++) {
    onNotice?.(round < 0 ? 'warming up …' : `round ${round + 1} of ${rounds} …`);
    parts.forEach(({ simulator, degrees }, i) => {
      const result = simulate(simulator, round < 0 ? seconds / 2 : seconds, degrees);
      if (round >= 0) results[i]!.push(result);
    });
  }
  const speeds = results.map((of) =>
    median(of.map(({ simulatedSecondsPerSecond }) => simulatedSecondsPerSecond)),
  );
  return {
    machine: machineName(),
    parts: parts.map(({ name }, i) => ({
      name,
      rateHz: median(results[i]!.map(({ rateHz }) => rateHz)),
      simulatedSecondsPerSecond: speeds[i]!,
      relativeCost: speeds[0]! / speeds[i]!,
    })),
  };
}
