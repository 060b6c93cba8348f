import { deriveSeed } from '../../math/seed.js';
import { mean } from '../../math/statistics.js';
import { canonicalJson } from '../../spec/canonical.js';
import { UsageError } from '../../spec/errors.js';
import type { CircuitPorts } from '../circuit/ports.js';
import { ceilingOver, chanceOver, whenAsked } from '../protocol/ceiling.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import type { EpisodeResult, PreparedTask } from '../task.js';
import type { BodyPlace } from './body.js';
import type { MemberSpec } from './options.js';

/** Lives by which chance is measured in each task. */
const policyLives = 40;

/** A task that is part of a suite. */
export interface Member {
  /** Of its scenario in the suite. */
  name: string;
  /** What its body is told by: tasks with the same options have one. */
  key: string;
  task: PreparedTask;
  ports: CircuitPorts;
  /** Mean score of a random policy, and the ceiling: what 0 and 1 are. */
  bounds(): { chance: number; ceiling: number };
}

/** Draws the value of each output anew in each interval. */
export const randomPolicy = () => actingAtRandom((random) => random.uniform());

/** The sum over a task's scenarios, as its score is. */
const scoreOver = (
  task: PreparedTask,
  live: (scenario: PreparedTask['scenarios'][number]) => EpisodeResult,
) => task.scenarios.reduce((sum, scenario) => sum + live(scenario).score, 0);

/** What the task says of it, or else measured. */
function chanceOf(task: PreparedTask): number {
  const stated = chanceOver(task.scenarios);
  if (stated) return stated.score;
  const policy = randomPolicy();
  return mean(
    Array.from({ length: policyLives }, (_, life) =>
      scoreOver(task, (scenario) =>
        task.live(scenario, deriveSeed('suite', 'chance', life, scenario.name), policy),
      ),
    ),
  );
}

/**
 * The tasks of a suite made ready, with what their scores lie between.
 * @param prepare makes the world of a task
 * @param field of the suite's options, for errors
 * @throws UsageError for a task that a circuit cannot live
 */
export function membersOf(
  specs: readonly MemberSpec[],
  field: string,
  prepare: (spec: MemberSpec) => PreparedTask,
): Member[] {
  return specs.map((spec, i) => {
    const place = `task.${field}[${i}]`;
    for (const option of ['circuit', 'networkSeed']) {
      if (spec[option] === undefined) continue;
      throw new UsageError(
        `${place}.${option}: the circuit of a suite lives all of its tasks: give task.${option}.`,
      );
    }
    const made = (options: MemberSpec) => {
      try {
        return prepare(options);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        throw new UsageError(`${place}: ${error.message}`, { cause: error });
      }
    };
    if (!made(spec).ports)
      throw new UsageError(
        `${place}: "${spec.name}" cannot be lived by a circuit, or not with these options, so it cannot be part of a suite. Tasks with an ` +
          'option "circuit" can; those of patterns need teaching: "reward", because a teacher drives the answers.',
      );
    const task = made({ ...spec, circuit: 'generic' });
    return {
      name: spec.name,
      key: canonicalJson(spec),
      task,
      ports: task.ports!,
      bounds: whenAsked(() => ({ chance: chanceOf(task), ceiling: ceilingOver(task.scenarios).score })),
    };
  });
}

/** Members with names of their own: where several have one, the later ones are numbered. */
export function distinct(members: readonly Member[]): Member[] {
  const taken = new Map<string, number>();
  return members.map((member) => {
    const times = (taken.get(member.name) ?? 0) + 1;
    taken.set(member.name, times);
    return { ...member, name: times === 1 ? member.name : `${member.name} (${times})` };
  });
}

/** One of each that has a body of its own, in an order that does not depend on which tasks are trained on. */
export function embodiedOf(members: readonly Member[]): Member[] {
  const byKey = new Map(members.map((member) => [member.key, member]));
  return [...byKey.keys()].sort().map((key) => byKey.get(key)!);
}

/** By key, where bodies stand in their common network, whose interval is given. */
export function placesOf(bodies: readonly Member[], intervalMs: number): Map<string, BodyPlace> {
  let [firstInput, firstOutput] = [0, 0];
  const places = bodies.map(({ key, ports }) => {
    const place = {
      ...{ firstInput, firstOutput },
      inputs: Object.keys(ports.inputs).length,
      outputs: Object.keys(ports.outputs).length,
      intervals: ports.intervalMs / intervalMs,
    };
    firstInput += place.inputs;
    firstOutput += place.outputs;
    return [key, place] as const;
  });
  return new Map(places);
}

/** Between chance, 0, and the ceiling, 1; below 0 where it is worse than chance. */
export function normalised({ bounds }: Member, score: number): number {
  const { chance, ceiling } = bounds();
  return (score - chance) / (ceiling - chance);
}

/** One member's score in a life of whoever has all bodies. */
export function scoreIn(
  member: Member,
  seed: string,
  bodyOrPolicy: Parameters<PreparedTask['live']>[2],
): number {
  const { task } = member;
  return normalised(
    member,
    scoreOver(task, (scenario) => task.live(scenario, deriveSeed(seed, scenario.name), bodyOrPolicy)),
  );
}

/** What a member's best policy scores; undefined where it has none. */
export function oracleIn(member: Member, seed: string): number | undefined {
  const { task } = member;
  const { oracle } = task;
  if (!oracle) return undefined;
  return normalised(
    member,
    scoreOver(task, (scenario) => oracle(scenario, deriveSeed(seed, scenario.name))),
  );
}
