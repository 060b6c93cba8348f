import { greatestCommonDivisor } from '../../math/divisor.js';
import { deriveSeed } from '../../math/seed.js';
import { circuitFrom } from '../circuit/circuit.js';
import { anotherNetwork, circuitGenome, ofCircuit } from '../circuit/options.js';
import type { Controller, EpisodeResult, PreparedTask, Scenario, Task } from '../task.js';
import { bodyOf } from './body.js';
import { emptySuiteTrace, type SuiteTrace, suiteFigure } from './figure.js';
import {
  distinct,
  embodiedOf,
  type Member,
  membersOf,
  oracleIn,
  placesOf,
  randomPolicy,
  scoreIn,
} from './members.js';
import { type MemberSpec, type Options, options } from './options.js';

function prepare(settings: Options, prepareMember: (spec: MemberSpec) => PreparedTask) {
  const lived = membersOf(settings.tasks, 'tasks', prepareMember);
  const isLived = ({ key }: Member) => lived.some((member) => member.key === key);
  const others = membersOf(settings.heldOut, 'heldOut', prepareMember).filter((one) => !isLived(one));
  const all = distinct([...lived, ...others]);
  const trained = all.slice(0, lived.length);
  const bodies = embodiedOf(all);
  const intervalMs = bodies.map(({ ports }) => ports.intervalMs).reduce(greatestCommonDivisor);
  const circuit = circuitFrom(
    settings.circuit,
    settings.networkSeed,
    ...bodies.map(({ ports }) => ({ ...ports, intervalMs })),
  );
  const whole = { inputs: circuit.network.inputs.length, outputs: circuit.network.outputs.length };
  const places = placesOf(bodies, intervalMs);
  const bodyFor = (member: Member, controller: Controller, continues: boolean) =>
    bodyOf(controller, places.get(member.key)!, whole, continues);

  const inSequence = settings.order === 'sequence';
  const stretch = (name: string, lived: readonly Member[]) => {
    const scenario: Scenario = {
      name,
      random: true,
      ceiling: {
        score: lived.length,
        about: `the ceiling of ${lived.map((member) => member.name).join(', ')}`,
      },
      chance: { score: 0, about: 'scores count from what a random policy has' },
    };
    return { scenario, lived };
  };
  const apart = (members: readonly Member[]) => members.map((member) => stretch(member.name, [member]));
  const stretches = inSequence ? [stretch('in turn', trained)] : apart(trained);
  const heldOut = apart(all.slice(trained.length));
  const known = new Map([...stretches, ...heldOut].map((one) => [one.scenario.name, one]));
  const isHeldOut = (name: string) => heldOut.some(({ scenario }) => scenario.name === name);

  /** @param scoreOf a member, on a seed of its own */
  const resultOf = (
    { name }: Scenario,
    seed: string,
    scoreOf: (member: Member, seed: string, alone: boolean) => number,
    trace?: SuiteTrace,
  ): EpisodeResult => {
    const { lived } = known.get(name)!;
    const scores = lived.map((member, i) =>
      scoreOf(member, deriveSeed(seed, 'suite', i), lived.length === 1),
    );
    trace?.tasks.push(...lived.map((member) => member.name));
    trace?.scores.push(...scores);
    const score = scores.reduce((sum, of) => sum + of, 0);
    const isLast = lived.at(-1) === trained.at(-1);
    return {
      score,
      measures: {
        mean: score / (isHeldOut(name) ? heldOut.length : trained.length),
        last: isLast ? scores.at(-1)! : 0,
      },
      behaviour: {},
    };
  };
  const live: PreparedTask<SuiteTrace>['live'] = (scenario, seed, controller, trace) => {
    if (inSequence) controller.reset(seed);
    return resultOf(
      scenario,
      seed,
      (member, own, alone) => scoreIn(member, own, bodyFor(member, controller, inSequence && !alone)),
      trace,
    );
  };
  const oracle = (of: Scenario, seed: string): EpisodeResult =>
    resultOf(of, seed, (member, own) => oracleIn(member, own)!);
  const hasOracle = all.every(({ task }) => task.oracle);
  return {
    scenarios: stretches.map(({ scenario }) => scenario),
    heldOut: heldOut.map(({ scenario }) => scenario),
    behaviour: {},
    teaching: { about: 'the dopamine of the tasks', modulators: ['DA'] },
    circuit,
    live,
    ...(hasOracle ? { oracle } : {}),
  };
}

const share = (about: string) => ({ unit: '1', about });

/**
 * Several tasks as one.
 * @param prepareMember makes the world of a task
 */
export const suiteOf = (prepareMember: (spec: MemberSpec) => PreparedTask) =>
  ({
    summary:
      'several tasks, each scored between chance and its ceiling, lived by one circuit: a mixture, or one after the other',
    source: 'a composition of other tasks',
    options,
    ofNetwork: ofCircuit,
    lives: 'in-circuit',
    genome: circuitGenome,
    measures: {
      mean: share(
        'mean of the tasks’ scores, to which each task adds its part; chance is 0 and the ceiling 1',
      ),
      last: share('score of the last task that is trained on; the others add 0'),
    },
    prepare: (settings: Options) => prepare(settings, prepareMember),
    emptyTrace: emptySuiteTrace,
    figure: suiteFigure,
    fresh: (settings: Options) => ({
      options: anotherNetwork(settings),
      about: 'another circuit',
    }),
    randomPolicy,
  }) satisfies Task<typeof options, SuiteTrace>;
