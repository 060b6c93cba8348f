import { RandomStream } from '../../src/math/random.js';
import { spikeTrain } from '../../src/network/cells/spike-train.js';
import { cellModels } from '../../src/network/cells/table.js';
import { external } from '../../src/network/inputs/external.js';
import type { PortModel } from '../../src/network/model/model.js';
import type { Network, Population, Projection } from '../../src/network/model/network.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { pairStdpDopamine } from '../../src/network/plasticity/pair-stdp-dopamine.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { delta } from '../../src/network/synapses/delta.js';
import { exponential } from '../../src/network/synapses/exponential.js';
import { gapJunction } from '../../src/network/synapses/gap-junction.js';
import { busyRule } from './busy-rule.js';

const noise = (draw: string): PortModel => ({
  name: 'noise',
  summary: 'noise of a step',
  source: 'test',
  parameters: { sd: { unit: 'current', default: 1, low: 0, high: 100, about: 'standard deviation' } },
  state: {},
  current: `sd*${draw}()`,
});

/** A sine of t that modulators raise: what is computed once a step, and what mixes it with each cell's own. */
const rhythm: PortModel = {
  name: 'rhythm',
  summary: 'a sine with a phase of each cell',
  source: 'test',
  parameters: {
    size: { unit: 'current', default: 1, low: 0, high: 10, about: 'amplitude' },
    phase: { unit: '1', default: 0, low: 0, high: 7, about: 'phase' },
  },
  state: {},
  current: 'size*(1 + m.DA)*sin(t / 7[ms]) + if(t > 20[ms], size*sin(t / 5[ms] + phase), 0)',
};

/** A current against the cell that its spikes raise, more the more negative v is after them. */
const tired: PortModel = {
  name: 'tired',
  summary: 'sees the spikes of its cell',
  source: 'test',
  parameters: { tau: { unit: 'ms', default: 30, low: 1, high: 100, about: 'decay' } },
  state: { a: { unit: 'current', start: 0 } },
  equations: ['da/dt = -a / tau'],
  onFire: ['more = 0.2 - 0.001*v', 'a += more'],
  current: '-a',
};

/** Any network: populations of several models and sizes, every kind of synapse, port, delay and learning. */
export function randomNetwork(seed: string, options: { plastic: boolean } = { plastic: true }): Network {
  const random = RandomStream.from(seed);
  const some = <T>(of: readonly T[]): T => of[random.integer(of.length)]!;
  const populations: Population[] = [];
  const projections: Projection[] = [];
  const weights: number[] = [];
  const names = ['a', 'b', 'c'].slice(0, 1 + random.integer(3));
  for (const name of names) {
    const count = 1 + random.integer(23);
    const each = (low: number, high: number) =>
      random.uniform() < 0.5
        ? random.uniformIn(low, high)
        : Float64Array.from({ length: count }, () => random.uniformIn(low, high));
    const spiking = random.uniform() < 0.6;
    const strong = spiking ? 8 : 0.3;
    populations.push({
      name,
      count,
      ...(spiking
        ? { model: cellModels.izhikevich, parameters: { a: each(0.02, 0.1), d: each(2, 8) } }
        : {
            model: cellModels['leaky-integrate-and-fire'],
            parameters: { tau: each(5, 20), tRefractory: some([0, 2, 3.4]) },
          }),
      start: { v: each(-70, -60) },
      ports: {
        fast: { model: exponential, parameters: { tau: each(2, 8) } },
        jump: { model: delta('v', 'mV'), parameters: {} },
        gaps: { model: gapJunction, parameters: {} },
        noise: {
          model: noise(some(['uniform', 'triangular', 'gaussian'])),
          parameters: { sd: each(0, strong) },
        },
        tired: { model: tired, parameters: {} },
        rhythm: { model: rhythm, parameters: { size: each(0, strong), phase: each(0, 6) } },
        external: {
          model: external,
          parameters: { I: Float64Array.from({ length: count }, () => random.uniform()) },
        },
      },
    });
  }
  // One population that others do not reach fires by a list, several cells in some steps.
  const steps = Int32Array.from({ length: 60 }, () => random.integer(80)).sort();
  populations.push({
    name: 'train',
    count: 5,
    model: spikeTrain,
    parameters: {},
    ports: {},
    train: { steps, cells: Int32Array.from(steps, (_, i) => i % 5) },
  });
  const targets = populations.slice(0, -1);
  for (let i = 0; i < 8; i++) {
    const from = i === 7 ? populations.at(-1)! : some(targets);
    const to = some(targets);
    const port = i === 0 ? 'gaps' : i === 7 ? 'fast' : some(['fast', 'fast', 'jump', 'gaps']);
    const rowStart = new Int32Array(from.count + 1);
    const post: number[] = [];
    // Rows whose targets stand side by side are delivered in whole vectors.
    const dense = to.count >= 16 && random.uniform() < 0.4;
    for (let pre = 0; pre < from.count; pre++) {
      const synapses = dense ? to.count - random.integer(3) : random.integer(5);
      for (let s = 0; s < synapses; s++) post.push(dense ? s : random.integer(to.count));
      rowStart[pre + 1] = post.length;
    }
    const scale = port === 'gaps' ? 0.02 : to.model.name === 'izhikevich' ? 5 : 0.4;
    const first = weights.length;
    const learns = options.plastic && port === 'fast' && random.uniform() < 0.6;
    // No cell here has thresholds that adapt, which one rule reads.
    const any = (Object.values(plasticityRules) as PlasticityRule[]).filter(
      (rule) => !JSON.stringify(rule.onUpdate ?? '').includes('post.b'),
    );
    const rule = some([pairStdpDopamine, some(any), from.train ? pairStdpDopamine : busyRule]);
    const every = rule.onUpdate?.every;
    const sign = learns && random.uniform() < 0.3 ? -1 : 1;
    for (const _ of post) {
      weights.push(
        port === 'gaps' || learns ? sign * random.uniformIn(0, scale) : random.uniformIn(-scale, scale),
      );
    }
    const delayMs =
      random.uniform() < 0.5 ? some([0, 1, 3]) : Float64Array.from(post, () => random.integer(5));
    projections.push({
      name: `p${i}`,
      from: from.name,
      to: to.name,
      port,
      acts: some(['beforeReset', 'afterReset'] as const),
      rowStart,
      post: Int32Array.from(post),
      weight: Int32Array.from(post, (_, s) => first + s),
      delayMs: port === 'gaps' ? 0 : delayMs,
      ...(port !== 'gaps' && typeof delayMs === 'number' && random.uniform() < 0.4
        ? { longestDelayMs: 6 }
        : {}),
      ...(learns
        ? {
            plasticity: {
              rule,
              sign,
              parameters: {
                wMax: scale,
                // Whole steps of any network here.
                ...(every !== undefined && rule.parameters[every]!.default < 1 ? { [every]: 1 } : {}),
                // No interval of whole steps: at equality rounding would decide what belongs to a burst.
                ...(Object.hasOwn(rule.parameters, 'burstMs') ? { burstMs: 16.3 } : {}),
                ...(Object.hasOwn(rule.parameters, 'aPlus')
                  ? {
                      aPlus:
                        random.uniform() < 0.5
                          ? 0.05 * scale
                          : Float64Array.from(post, () => random.uniformIn(0, 0.1 * scale)),
                    }
                  : {}),
              },
            },
          }
        : {}),
      ...(port === 'fast' && random.uniform() < 0.5
        ? { shortTerm: { use: 0.4, tauRecoveryMs: 100, tauFacilitationMs: some([0, 50]) } }
        : {}),
    });
  }
  const cells = targets.reduce((sum, { count }) => sum + count, 0);
  const few = () => Int32Array.from({ length: random.integer(5) }, () => random.integer(cells));
  return {
    dtMs: some([1, 0.5]),
    populations,
    projections,
    modulators: {
      ...Object.fromEntries(
        ['5HT', 'ACh', 'Ca', 'R', 'target'].map((name) => [name, { tauMs: 30, baseline: 0.2 }]),
      ),
      DA: { tauMs: 40, baseline: some([0, 0.1]) },
      NA: {
        tauMs: 10,
        baseline: 0,
        ...(random.uniform() < 0.5
          ? {
              releasedBy: [
                { population: 'a', amount: 0.3 },
                { population: 'train', cells: Int32Array.of(1, 3), amount: 0.1 },
              ],
            }
          : {}),
      },
    },
    inputs: [
      { name: 'on', kind: 'current', cells: few(), amplitude: 5 },
      { name: 'off', kind: 'current', cells: few(), amplitude: -2 },
    ],
    outputs: [
      { name: 'sum', cells: few(), state: 'v', empties: false },
      { name: 'taken', cells: few(), state: 'fast.g', empties: true },
    ],
    weights: Float64Array.from(weights),
  };
}
