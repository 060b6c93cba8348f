import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { mean } from '../../math/statistics.js';
import { threeFactor } from '../../network/plasticity/three-factor.js';
import { rulesBeside } from '../protocol/beside.js';
import { whenAsked } from '../protocol/ceiling.js';
import { plasticityOf } from '../protocol/rule.js';
import type { BehaviourMeasure, EpisodeResult, PreparedTask, Scenario } from '../task.js';
import type { InputRow } from './circuit.js';
import { sparseLayer } from './hidden.js';
import { homeOf } from './home.js';
import type { StreamSettings } from './options.js';
import { intervalMs } from './presentation.js';
import { retentionMeasures } from './retention.js';
import type { StreamPlan } from './stream.js';
import { liveByReference, liveStream } from './stream-life.js';
import { type LivedStream, measuresOf } from './stream-measures.js';
import type { StreamTrace } from './stream-trace.js';

/** Streams over which the ceiling is measured. */
const ceilingStreams = 60;

const behaviour = {
  learningAccuracy: {
    unit: '1',
    about: 'accuracy of each task when it has just been taught',
    low: 0,
    high: 1,
    bins: 20,
  },
  forgetting: { unit: '1', about: retentionMeasures.forgetting.about, low: -1, high: 1, bins: 20 },
} as const satisfies Record<string, BehaviourMeasure>;

/** What streams a task has, and for which network. */
export interface StreamWorld {
  /** Whose random numbers these are. */
  name: string;
  settings: StreamSettings & { networkSeed: number };
  inputs: readonly InputRow[];
  /** Channels that are on at a time, on average. */
  channelsOn: number;
  pools: number;
  /** Longest delay to the hidden layer. */
  longestDelayMs?: number;
  scenarios: Readonly<Record<string, StreamPlan['draw']>>;
  heldOut: Readonly<Record<string, StreamPlan['draw']>>;
  again?: StreamPlan['again'];
  /** What answers best, in words. */
  reference: string;
}

function resultOf(plan: StreamPlan, lived: LivedStream): EpisodeResult {
  const { score, measures } = measuresOf(lived, plan);
  const { learningAccuracy, forgetting } = measures;
  return { score, measures, behaviour: { learningAccuracy, forgetting } };
}

function scenarioOf(name: string, plan: StreamPlan, reference: string): Scenario {
  const scoreOf = (seed: string) => resultOf(plan, liveByReference(plan, seed)).score;
  const ceiling = whenAsked(() => ({
    score: mean(
      Array.from({ length: ceilingStreams }, (_, stream) =>
        scoreOf(deriveSeed(`${plan.name} ceiling`, stream)),
      ),
    ),
    about: `${reference}, known from the start; measured over ${ceilingStreams} streams`,
  }));
  return {
    name,
    random: true,
    get ceiling() {
      return ceiling();
    },
    chance: { score: 1 / plan.pools, about: `one of ${plan.pools} answers; derived` },
  };
}

/** The world of one classification after the other, and the network that lives in it. */
export function streamWorld(world: StreamWorld) {
  const { name, settings, inputs, channelsOn, pools, longestDelayMs, again, reference } = world;
  const { hidden } = settings;
  const plasticity = plasticityOf(settings, threeFactor, rulesBeside(settings.beside));
  const { circuit, ...home } = homeOf(settings, {
    random: RandomStream.from(deriveSeed(`${name} circuit`, settings.networkSeed)),
    inputs,
    channelsOn,
    pools,
    plasticity,
    stepsAnInterval: intervalMs,
    ...(hidden ? { hidden: sparseLayer({ ...hidden, longestDelayMs }) } : {}),
  });
  const { populations } = circuit.network;
  const place = populations.findIndex((population) => population.name === 'hidden');
  const planOf = (draw: StreamPlan['draw']): StreamPlan => ({
    name,
    settings,
    draw,
    body: circuit.body,
    inputs: inputs.reduce((sum, row) => sum + row.inputs, 0),
    pools,
    consolidates: Object.hasOwn(plasticity.rule.onEvent ?? {}, 'consolidate'),
    hidden: hidden && {
      first: populations.slice(0, place).reduce((sum, { count }) => sum + count, 0),
      count: hidden.cells,
    },
    again,
  });
  const plansOf = (draws: StreamWorld['scenarios']) =>
    Object.fromEntries(Object.entries(draws).map(([scenario, draw]) => [scenario, planOf(draw)]));
  const [usual, others] = [plansOf(world.scenarios), plansOf(world.heldOut)];
  const plans = { ...usual, ...others };
  const scenariosOf = (of: Readonly<Record<string, StreamPlan>>) =>
    Object.entries(of).map(([scenario, plan]) => scenarioOf(scenario, plan, reference));
  const live: PreparedTask<StreamTrace>['live'] = (scenario, seed, controller, trace) => {
    const plan = plans[scenario.name]!;
    return resultOf(plan, liveStream(plan, seed, controller, trace));
  };
  return {
    ...home,
    circuit,
    scenarios: scenariosOf(usual),
    heldOut: scenariosOf(others),
    behaviour,
    teaching: { about: 'the dopamine of each presentation that is taught', modulators: ['DA'] },
    live,
    oracle: ({ name: scenario }: Scenario, seed: string) =>
      resultOf(plans[scenario]!, liveByReference(plans[scenario]!, seed)),
  };
}
