import { ruleProblems } from '../../network/check/rule.js';
import { formatModelFile, readPlasticityRule } from '../../network/files/model-file.js';
import type { Network, Population } from '../../network/model/network.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';
import { combine } from '../../network/plasticity/combine.js';
import { hebb } from '../../network/plasticity/hebb.js';
import { exponential } from '../../network/synapses/exponential.js';
import { type Check, expectSame, expectThat } from '../../spec/conformance.js';
import { alone, nothing, scripted, simulatorOf } from './both-engines.js';

const dtMs = 0.1;
const stretchMs = 100;
const stretches = 6;

/** Times of spikes in one stretch, in all of them. */
const again = (timesMs: readonly number[]) =>
  Array.from({ length: stretches }, (_, stretch) => timesMs.map((time) => time + stretch * stretchMs)).flat();

/** Everything of a rule that names what is not its own. */
const textsOf = ({
  traces,
  synapse = {},
  onPre,
  onPost,
  onUpdate,
  onEvent = {},
}: PlasticityRule): string[] => [
  ...Object.values(traces).flatMap(({ each = '', follows = '' }) => [each, follows]),
  ...Object.values(synapse).map(({ drive = '' }) => drive),
  ...[...onPre, ...onPost, ...(onUpdate?.statements ?? []), ...Object.values(onEvent).flat()],
];

/** Names of modulators, or of states of cells, that a rule reads. */
const namesAfter = (rule: PlasticityRule, prefix: 'm' | 'cell' | 'pre' | 'post'): string[] => [
  ...new Set(
    textsOf(rule).flatMap((text) =>
      [...text.matchAll(new RegExp(`(?<![\\w.])${prefix}\\.(\\w+)`, 'g'))].map(([, name]) => name!),
    ),
  ),
];

/** The weight in the middle of its bounds, or near the one that it has. */
function startingWeight({ parameters, bounds }: PlasticityRule): number {
  const [low, high] = [parameters[bounds.low]!.default, parameters[bounds.high]!.default];
  if (Number.isFinite(low) && Number.isFinite(high)) return (low + high) / 2;
  return Number.isFinite(low) ? low + 1 : Number.isFinite(high) ? high - 1 : 0.5;
}

/** One synapse between two cells that fire when told to, with the states that the rule reads. */
function pairUnder(rule: PlasticityRule): Network {
  const cell = (name: 'pre' | 'post', spikesMs: readonly number[]): Population => {
    const states = [...new Set([...namesAfter(rule, 'cell'), ...namesAfter(rule, name)])];
    const course = (state: string) => (/^v/i.test(state) ? '-60 + 8*sin(t / 7)' : '0.3 + 0.2*sin(t / 5)');
    return {
      name,
      count: 1,
      model: scripted(name, Object.fromEntries(states.map((state) => [state, course(state)])), spikesMs),
      parameters: {},
      ports: { synapse: { model: exponential, parameters: {} } },
    };
  };
  return {
    ...alone,
    dtMs,
    populations: [cell('pre', again([20, 60, 61, 80])), cell('post', again([30, 55, 57, 90]))],
    projections: [
      {
        ...{ name: 'synapse', from: 'pre', to: 'post', port: 'synapse', acts: 'afterReset', delayMs: 0 },
        ...{ rowStart: Int32Array.of(0, 1), post: Int32Array.of(0), weight: Int32Array.of(0) },
        plasticity: { rule, parameters: {} },
      },
    ],
    modulators: Object.fromEntries(
      [...new Set(['DA', ...namesAfter(rule, 'm')])].map((name) => [name, { tauMs: 200, baseline: 0 }]),
    ),
    weights: Float64Array.of(startingWeight(rule)),
  };
}

/** What a synapse is after each stretch of a life with spikes, modulators and events: its weight, its variables, its traces. */
async function livesOf(rule: PlasticityRule, engine: 'reference' | 'f64' | 'f32', lives = 1) {
  const network = pairUnder(rule);
  const simulator = await simulatorOf(network, engine);
  const state = () => [
    simulator.weights()[0]!,
    ...[...Object.keys(rule.synapse ?? {}), ...Object.keys(rule.traces)].map(
      (name) => simulator.synapses('synapse', name)[0]!,
    ),
  ];
  return Array.from({ length: lives }, () => {
    simulator.load();
    const found = [state()];
    for (let stretch = 0; stretch < stretches; stretch++) {
      simulator.run(stretchMs / dtMs, [], nothing);
      for (const name of simulator.modulators) simulator.release(name, stretch === 3 ? -0.01 : 0.02);
      if (stretch % 2 === 1) for (const event of Object.keys(rule.onEvent ?? {})) simulator.signal(event);
      found.push(state());
    }
    return found;
  });
}

/** Whether a rule does something by itself, or, where it only holds what others learn, beside one that learns. */
async function changesSomething(rule: PlasticityRule): Promise<boolean> {
  // Traces move with every spike, whatever the rule does.
  const learned = 1 + Object.keys(rule.synapse ?? {}).length;
  const moves = (life: number[][]) =>
    life.some((values) => values.slice(0, learned).some((value, i) => value !== life[0]![i]));
  if (moves((await livesOf(rule, 'reference'))[0]!)) return true;
  const [together] = await livesOf(combine(hebb, rule), 'reference');
  const [without] = await livesOf(hebb, 'reference');
  return together!.some(([weight], stretch) => weight !== without![stretch]![0]);
}

/** Refuses a life that is not within a relative tolerance of another. */
function expectNear(found: number[][], expected: number[][], relative: number, what: string): void {
  expected.forEach((values, stretch) => {
    values.forEach((value, i) => {
      const near = Math.abs(found[stretch]![i]! - value) <= relative * (1 + Math.abs(value));
      expectThat(near, `${what}: after stretch ${stretch} about ${value}`, found[stretch]![i]);
    });
  });
}

/**
 * What is asked of every rule: a description without fault, and a short life of one synapse that learns something, stays
 * within its bounds, is alike in every engine, and the same whatever was lived before.
 */
export const ruleChecks = (rule: PlasticityRule): Check[] => [
  {
    name: 'has no fault, its units included',
    run: () => expectSame(ruleProblems(rule), [], 'the faults of the rule'),
  },
  {
    name: 'is the same when it is written to a file and read again',
    run() {
      const text = formatModelFile(rule, 'rule');
      const again = readPlasticityRule(JSON.parse(text), 'written');
      expectSame(JSON.parse(formatModelFile(again, 'rule')), JSON.parse(text), 'the file written again');
    },
  },
  {
    name: 'changes something in a short life, and keeps the weight within its bounds',
    async run() {
      const [life] = await livesOf(rule, 'reference');
      const [low, high] = [rule.bounds.low, rule.bounds.high].map((name) => rule.parameters[name]!.default);
      expectThat(life!.flat().every(Number.isFinite), 'finite weights and variables', life);
      expectThat(await changesSomething(rule), 'a weight or variable that changes', life![0]);
      for (const [weight] of life!) {
        expectThat(weight! >= low! && weight! <= high!, `a weight in [${low}, ${high}]`, weight);
      }
    },
  },
  {
    name: 'lives alike in every engine',
    async run() {
      const [reference] = await livesOf(rule, 'reference');
      // The compiled engine keeps what decays rescaled, so that it agrees to rounding.
      expectNear((await livesOf(rule, 'f64'))[0]!, reference!, 1e-9, 'compiled, float64');
      expectNear((await livesOf(rule, 'f32'))[0]!, reference!, 1e-3, 'compiled, float32');
    },
  },
  {
    name: 'lives the same whatever was lived before',
    async run() {
      for (const engine of ['reference', 'f64'] as const) {
        const [first, second] = await livesOf(rule, engine, 2);
        expectSame(second, first, `a second life (${engine})`);
      }
    },
  },
];
