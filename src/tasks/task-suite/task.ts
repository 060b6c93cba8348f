import { greatestCommonDivisor } from '../../math/divisor.js';
import { deriveSeed } from '../../math/seed.js';
import { mean } from '../../math/statistics.js';
import { circuitFrom } from '../circuit/circuit.js';
import { anotherNetwork, circuitGenome, ofCircuit } from '../circuit/options.js';
import type { Controller, EpisodeResult, PreparedTask, Scenario, Task } from '../task.js';
import { bodyOf } from './body.js';
import { emptySuiteTrace, type SuiteTrace, suiteFigure } from './figure.js';
import { type Member, membersOf, oracleIn, placesOf, randomPolicy, scoreIn } from './members.js';
import { type MemberSpec, type Options, options } from './options.js';

/** What is said of a life beside its score, of the scores of its tasks. */
function resultOf(scores: readonly number[], score: number): EpisodeResult {
  return {
    score,
    measures: { mean: mean(scores), worst: Math.min(...scores), last: scores.at(-1)! },
    behaviour: {},
  };
}

function prepare(settings: Options, prepareMember: (spec: MemberSpec) => PreparedTask) {
  const trained = membersOf(settings.tasks, 'tasks', prepareMember);
  const members = [...trained, ...membersOf(settings.heldOut, 'heldOut', prepareMember)];
  const intervalMs = members.map(({ ports }) => ports.intervalMs).reduce(greatestCommonDivisor);
  const circuit = circuitFrom(
    settings.circuit,
    settings.networkSeed,
    ...members.map(({ ports }) => ({ ...ports, intervalMs })),
  );
  const whole = { inputs: circuit.network.inputs.length, outputs: circuit.network.outputs.length };
  const places = placesOf(members, intervalMs);
  const bodyFor = (member: Member, controller: Controller, continues: boolean) =>
    bodyOf(controller, places[members.indexOf(member)]!, whole, continues);

  const stretch = (name: string, lived: readonly Member[], share: number) => {
    const best = lived.map((member) => member.name).join(', ');
    const scenario: Scenario = {
      name,
      random: true,
      ceiling: { score: share, about: `the ceiling of ${best}` },
      chance: { score: 0, about: 'scores count from what a random policy has' },
    };
    return { scenario, lived, share };
  };
  // The score of a life is the mean over what is lived, so that more tasks do not count more.
  const mixed = (all: readonly Member[], share: number) =>
    all.map((member) => stretch(member.name, [member], share));
  const inTurn = (all: readonly Member[]) => (all.length > 0 ? [stretch('in turn', all, 1)] : []);
  const inSequence = settings.order === 'sequence';
  const stretches = inSequence ? inTurn(trained) : mixed(trained, 1 / trained.length);
  const heldOut = mixed(members.slice(trained.length), 1);
  const known = new Map([...stretches, ...heldOut].map((one) => [one.scenario.name, one]));

  const live: PreparedTask<SuiteTrace>['live'] = ({ name }, seed, controller, trace) => {
    const { lived, share } = known.get(name)!;
    if (inSequence) controller.reset(seed);
    const scores = lived.map((member, i) =>
      scoreIn(
        member,
        deriveSeed(seed, 'suite', i),
        bodyFor(member, controller, inSequence && lived.length > 1),
      ),
    );
    trace?.tasks.push(...lived.map((member) => member.name));
    trace?.scores.push(...scores);
    return resultOf(scores, share * mean(scores));
  };
  const oracle = (of: Scenario, seed: string): EpisodeResult => {
    const { lived, share } = known.get(of.name)!;
    const scores = lived.map((member, i) => oracleIn(member, deriveSeed(seed, 'suite', i))!);
    return resultOf(scores, share * mean(scores));
  };
  const hasOracle = members.every(({ task }) => task.oracle);
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
      mean: share('mean of the tasks’ scores; chance is 0 and the ceiling 1'),
      worst: share('the lowest of them'),
      last: share('that of the last task'),
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
