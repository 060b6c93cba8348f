import { tdStdp } from '../../network/plasticity/td-stdp.js';
import { genomeWithCircuit, ofOwnOrCircuit } from '../circuit/options.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import { plasticityOf } from '../protocol/rule.js';
import type { BehaviourMeasure, EpisodeResult, PreparedTask, Scenario, Task } from '../task.js';
import { acrobotCircuit, portsOfCircuit } from './circuit.js';
import { acrobotFigure } from './figure.js';
import { type LifePlan, liveKnowing, live as liveLife } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { type Options, options } from './options.js';
import { type Links, pump, standard } from './physics.js';
import { type AcrobotTrace, emptyTrace } from './trace.js';

/** The worlds, and what random torques and the policy that knows score in each: means of 2,000 episodes. */
const worlds: Readonly<Record<string, { links: Links; tossed: number; pumped: number }>> = {
  'Acrobot-v1': { links: standard, tossed: -499.6, pumped: -84.0 },
  'an outer link half as heavy again': {
    links: { ...standard, outerKg: 1.5 },
    tossed: -501.1,
    pumped: -105.6,
  },
};

const behaviour = {
  idle: { unit: '1', about: 'steps without a torque', low: 0, high: 1, bins: 20 },
  pumping: { unit: '1', about: 'steps in which the torque puts energy in', low: 0, high: 1, bins: 20 },
} as const satisfies Record<string, BehaviourMeasure>;

function scenarioOf(name: string): Scenario {
  const { tossed, pumped } = worlds[name]!;
  return {
    name,
    random: true,
    ceiling: {
      score: pumped,
      about: 'a torque against the swing of the inner link at all times, measured over 2,000 episodes',
    },
    chance: { score: tossed, about: 'torques drawn at random, measured over 2,000 episodes' },
  };
}

function prepare(settings: Options) {
  const { rule, parameters } = plasticityOf(settings, tdStdp);
  const learning = (own: Readonly<Record<string, number>>) => ({
    rule,
    parameters: settings.rule === undefined ? { ...own, ...parameters } : parameters,
  });
  const circuit = acrobotCircuit(settings, settings.learns ? learning : undefined);
  const planOf = ({ name }: Scenario): LifePlan => ({
    settings,
    body: circuit.body,
    links: worlds[name]!.links,
  });
  const resultOf = (lived: AcrobotTrace): EpisodeResult => {
    const measures = measuresOf(lived);
    const { idle, pumping } = measures;
    return { score: scoreOf(measures), measures, behaviour: { idle, pumping } };
  };
  const live: PreparedTask<AcrobotTrace>['live'] = (scenario, seed, controller, trace) =>
    resultOf(liveLife(planOf(scenario), seed, controller, trace));
  const [scenario, ...heldOut] = Object.keys(worlds).map(scenarioOf);
  return {
    ...(settings.learns
      ? { teaching: { about: 'the error of temporal differences', modulators: ['DA'] } }
      : {}),
    scenarios: [scenario!],
    heldOut,
    behaviour,
    circuit,
    ports: portsOfCircuit(settings),
    live,
    oracle: (world: Scenario, seed: string) => resultOf(liveKnowing(planOf(world), seed, pump)),
  };
}

const steps = (about: string) => ({ unit: 'steps', about });
const share = (about: string) => ({ unit: '1', about });

/** The score: the greatest height of the tip (m) less the steps until it is up, means over episodes. */
export const acrobot = {
  summary: 'swings two links up by a torque at the joint between them (Acrobot-v1)',
  source:
    'physics of Acrobot-v1 of the Gym library, after Sutton and Barto 1998, section 11.3; actor and critic after Frémaux, ' +
    'Sprekeler and Gerstner 2013, doi:10.1371/journal.pcbi.1003024',
  options,
  ofNetwork: [...ofOwnOrCircuit, 'critics', 'learns', 'peakHz'],
  lives: 'in-circuit',
  genome: genomeWithCircuit('acrobot'),
  measures: {
    steps: steps('until the tip is up, mean over episodes; 500 where it never is'),
    medianSteps: steps('their median'),
    stepsEnd: steps('their mean in the last fifth of the episodes'),
    solved: share('episodes in which the tip comes up'),
    height: { unit: 'm', about: 'greatest height of the tip, from -2 to 2; up is above 1' },
    idle: share('steps without a torque'),
    pumping: share('steps in which the torque puts energy in'),
  },
  prepare,
  emptyTrace,
  figure: acrobotFigure,
  fresh: (settings: Options) => ({ options: settings, about: 'other first states of the links' }),
  /** Draws the spikes of each pool at every step. */
  randomPolicy: () => actingAtRandom((random) => random.uniform()),
} satisfies Task<typeof options, AcrobotTrace>;
