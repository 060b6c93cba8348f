import { stdpRl } from '../../network/plasticity/stdp-rl.js';
import { circuitGenome, ofOwnOrCircuit } from '../circuit/options.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import { plasticityOf } from '../protocol/rule.js';
import type { BehaviourMeasure, EpisodeResult, PreparedTask, Scenario, Task } from '../task.js';
import { cartpoleCircuit, type Learning, portsOfCircuit } from './circuit.js';
import { cartpoleFigure } from './figure.js';
import { type LifePlan, liveKnowing, live as liveLife } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { type Options, options, type Settings, settle } from './options.js';
import { linearPolicy, type Plant, standard } from './physics.js';
import { type CartpoleTrace, emptyTrace } from './trace.js';

/** The worlds, and what a coin scores in each: means of 20,000 episodes of 500 steps at most. */
const worlds: Readonly<Record<string, { plant: Plant; coin: number }>> = {
  'CartPole-v1': { plant: standard, coin: 22.2 },
  'a pole half as long': { plant: { ...standard, halfLengthM: standard.halfLengthM / 2 }, coin: 14.9 },
  'starts three times as far off': { plant: { ...standard, startSpread: 0.15 }, coin: 20.3 },
};
/** Episodes of a coin are shorter than this but for one in 100,000, so that longer ones change no mean. */
const longForACoin = 200;

const behaviour = {
  left: { unit: '1', about: 'moves to the left', low: 0, high: 1, bins: 20 },
  distance: { unit: 'm', about: 'mean distance from the middle of the track', low: 0, high: 2.5, bins: 20 },
  invalidMoves: {
    unit: '1',
    about: 'moves for which both output pools fired equally often',
    low: 0,
    high: 1,
    bins: 10,
  },
} as const satisfies Record<string, BehaviourMeasure>;

/** The rule of what learns; where it is the task's own, with rates and means that fit the weights of each projection. */
function learningOf(settings: Settings): Learning {
  if (!settings.learns) return undefined;
  const { rule, parameters } = plasticityOf(settings, stdpRl);
  return (own) => ({
    rule,
    parameters: settings.rule === undefined ? { ...own, ...parameters } : parameters,
  });
}

function scenariosOf({ maxSteps }: Settings): Scenario[] {
  return Object.entries(worlds).map(([name, { coin }]) => ({
    name,
    random: true,
    ceiling: {
      score: maxSteps,
      about: 'a pole that never falls, which a linear controller of the state reaches',
    },
    ...(maxSteps >= longForACoin
      ? { chance: { score: coin, about: 'moves tossed by a coin, measured over 20,000 episodes' } }
      : {}),
  }));
}

function prepare(given: Options) {
  const settings = settle(given);
  const circuit = cartpoleCircuit(settings, learningOf(settings));
  const planOf = (scenario: Scenario): LifePlan => ({
    settings,
    body: circuit.body,
    plant: worlds[scenario.name]!.plant,
  });
  const resultOf = (lived: CartpoleTrace): EpisodeResult => {
    const measures = measuresOf(lived, settings.maxSteps);
    const { left, distance, invalidMoves } = measures;
    return { score: scoreOf(lived), measures, behaviour: { left, distance, invalidMoves } };
  };
  const live: PreparedTask<CartpoleTrace>['live'] = (scenario, seed, controller, trace) =>
    resultOf(liveLife(planOf(scenario), seed, controller, trace));
  const [scenario, ...heldOut] = scenariosOf(settings);
  return {
    ...(settings.learns
      ? { teaching: { about: "the critic's reward for each step", modulators: ['DA'] } }
      : {}),
    scenarios: [scenario!],
    heldOut,
    behaviour,
    circuit,
    ports: portsOfCircuit(settings),
    live,
    oracle: (world: Scenario, seed: string) => resultOf(liveKnowing(planOf(world), seed, linearPolicy)),
  };
}

const steps = (about: string) => ({ unit: 'steps', about });
const share = (about: string) => ({ unit: '1', about });

/** The score: mean steps of an episode. */
export const cartpole = {
  summary:
    'balances a pole on a cart (CartPole-v1), by weights that evolved or by a critic’s reward at every step',
  source:
    'Hasegan et al. 2022, doi:10.3389/fncom.2022.1017284; physics of CartPole-v1 of the Gym library, after Barto, Sutton ' +
    'and Anderson 1983, doi:10.1109/TSMC.1983.6313077',
  options,
  ofNetwork: [...ofOwnOrCircuit, 'learns', 'network', 'normaliseEvery', 'activeHz'],
  lives: 'in-circuit',
  genome: (given) => {
    if (given.circuit !== undefined) return circuitGenome;
    return given.network === 'areas' ? 'cartpole-areas' : 'cartpole';
  },
  measures: {
    medianSteps: steps('of an episode'),
    bestSteps: steps('of the longest episode'),
    stepsFirst: steps('mean of the first fifth of the episodes'),
    stepsEnd: steps('mean of the last fifth'),
    solved: share('episodes that last to the end'),
    invalidMoves: share('moves for which both output pools fired equally often'),
    left: share('moves to the left'),
    distance: { unit: 'm', about: 'mean distance from the middle of the track' },
  },
  prepare,
  emptyTrace,
  figure: cartpoleFigure,
  fresh: (settings: Options) => ({ options: settings, about: 'other first states of the cart' }),
  /** Tosses a coin at every step. */
  randomPolicy: () => actingAtRandom((random) => random.uniform()),
} satisfies Task<typeof options, CartpoleTrace>;
