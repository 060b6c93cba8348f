import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/spec/library.js';
import { genomeOf, tasks } from '../src/tasks/table.js';
import type { PreparedTask, Scenario, Task } from '../src/tasks/task.js';
import { escaped, folded, sentence, table } from './gallery-text.js';

interface Entry {
  name: string;
  task: Task;
  world: PreparedTask;
}

const entries = (): Entry[] =>
  Object.entries(tasks as unknown as Record<string, Task>).map(([name, task]) => ({
    name,
    task,
    world: task.prepare(task.options.parse({})),
  }));

const number = (value: number) => String(Number(value.toPrecision(4))).replace('-', '−');

const aboutOf = ({ ceiling: { about } }: Scenario) => (typeof about === 'string' ? about : about(1));

const homeOf = ({ name, task, world }: Entry): string => {
  if (task.lives === 'on-connectome') return 'the cells of a connectome';
  const own = `its own network; the genome spec \`${genomeOf({ name }, task)}\` evolves it`;
  return world.ports
    ? `${own}. \`task.circuit=generic\` puts [a generic circuit](circuits.md) in its place`
    : own;
};

function section(entry: Entry): string {
  const { name, task, world } = entry;
  const chance = task.control
    ? `Chance is what the untrained network scores in a control: ${task.control(task.options.parse({})).about}.`
    : 'Chance is what a random policy scores.';
  const measures = Object.entries(task.measures).map(([measure, { unit, about }]) => [measure, unit, about]);
  const behaviour = Object.entries(world.behaviour).map(([measure, { unit, about, low, high }]) => [
    measure,
    unit,
    `${number(low)} to ${number(high)}`,
    about,
  ]);
  return [
    `## ${name}`,
    `${sentence(task.summary)} Source: ${escaped(task.source)}. It is lived by ${homeOf(entry)}. ${chance}`,
    table(
      ['scenario', 'chance', 'ceiling', 'what the ceiling is'],
      [
        ...world.scenarios.map((scenario) => ({ scenario, held: '' })),
        ...world.heldOut.map((scenario) => ({ scenario, held: ' (held out)' })),
      ].map(({ scenario, held }) => [
        scenario.name + held,
        scenario.chance ? number(scenario.chance.score) : '',
        number(scenario.ceiling.score),
        aboutOf(scenario),
      ]),
    ),
    ...(measures.length > 0
      ? [folded(`${measures.length} measures`, table(['measure', 'unit', 'meaning'], measures))]
      : []),
    ...(behaviour.length > 0
      ? [
          folded(
            `${behaviour.length} behaviour measures`,
            table(['behaviour measure', 'unit', 'range', 'meaning'], behaviour),
          ),
        ]
      : []),
  ].join('\n\n');
}

/** What docs/tasks.md says. */
export function tasksPage(): string {
  const all = entries();
  const overview = table(
    ['task', 'what it is', 'any circuit', 'oracle'],
    all.map(({ name, task: { summary }, world }) => [
      `[${name}](#${name})`,
      summary,
      world.ports ? 'yes' : '',
      world.oracle ? 'yes' : '',
    ]),
  );
  return `${[
    '# Tasks',
    'Written by `npm run gallery` from the tasks themselves, with their options at the defaults. `baldwin tasks NAME` prints every option ' +
      'of one, `baldwin score --task NAME` its untrained start beside chance and ceiling, and the [guide](guide.md#tasks) says more of each. ' +
      'Any circuit: a [generic circuit](circuits.md) can live it, alone or in a [suite](suites.md). Oracle: a policy that is told what the ' +
      'world hides reaches the ceiling. The conformance suite lives both, and compares. Where no chance is stated, `score` measures it.',
    overview,
    ...all.map(section),
  ].join('\n\n')}\n`;
}

export const writeTasks = (): void => writeFileSync(join(packageRoot, 'docs/tasks.md'), tasksPage());
