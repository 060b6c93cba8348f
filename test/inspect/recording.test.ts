import { beforeAll, describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { type OpenedRun, openRun } from '../../src/evolve/opened-run.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { startRun } from '../../src/evolve/run.js';
import { type LifeRecordingRequest, recordLife } from '../../src/inspect/recording.js';
import { reliveIn } from '../../src/inspect/relive.js';
import { recordingTable } from '../../src/inspect/tables/recording.js';
import { recordingFigure } from '../../src/report/figures/recording.js';
import { temporaryFolder } from '../evolve/small-run.js';

async function runOf(task: string, set: readonly string[], genome?: string): Promise<OpenedRun> {
  const resolved = await resolveRun({
    ...{ task, strategy: 'random', budget: { generations: 1 } },
    ...(genome === undefined ? {} : { genome }),
    set: ['strategy.batch=3', 'freshEpisodes=2', ...set],
  });
  return openRun((await startRun(resolved, temporaryFolder(), 'run', { workers: 1 })).path);
}

let goNoGo: OpenedRun;
let worm: OpenedRun;
beforeAll(async () => {
  goNoGo = await runOf('go-no-go', ['task.trials=100', 'task.cueMs=20', 'task.gapMs=20']);
  const rule = '{"rule":"pair-stdp","parameters":{"wMax":5}}';
  worm = await runOf(
    'foraging',
    ['task.steps=2', 'network.cell=izhikevich', `network.plasticity=${rule}`],
    'weights-log',
  );
});

const recorded = (opened: OpenedRun, ...record: string[]) => ({
  with: (request: Partial<LifeRecordingRequest> = {}) =>
    recordLife(opened, { record, genome: opened.champion, ...request }),
});
const everything = [
  'go.u',
  'go.cues.g',
  'toGo.w',
  'toGo.c',
  'toGo.x',
  'toGo.y',
  'm.DA',
  'm.NA',
  'go.receptor.NA',
];

describe('a recording of a life', () => {
  it('ends with what the network has when the life is over', () => {
    const { timesMs, quantities, durationMs, score } = recorded(goNoGo, ...everything).with({ everyMs: 4 });
    expect(score).toBe(goNoGo.best.score);
    expect([timesMs[0], timesMs[1], timesMs.at(-1)]).toEqual([4, 8, durationMs]);
    const controller = new LifetimeRunner(goNoGo.habitat).embody(goNoGo.champion);
    reliveIn(goNoGo, controller, ['trained']);
    const network = controller.network!;
    const last = (name: string) => {
      const { values, labels } = quantities.find((of) => of.name === name)!;
      return values.slice(-labels.length);
    };
    expect(last('go.u')).toEqual(network.state('go', 'u'));
    expect(last('toGo.w')).toEqual(network.weights().slice(0, 400));
    expect(last('toGo.c')).toEqual(network.synapses('toGo', 'c'));
    expect(last('m.NA')[0]).toBe(network.concentration('NA'));
    const moves = quantities.filter(({ values, labels }) =>
      values.some((value, i) => value !== values[i % labels.length]),
    );
    expect(moves.map(({ name }) => name)).toEqual(expect.arrayContaining(everything.slice(0, 7)));
  });

  it('is the same in the reference engine, to rounding', () => {
    const names = ['neurons.v', ...['w', 'x', 'y'].map((name) => `excitation of neurons.${name}`)];
    const [a, b] = (['reference', 'f64'] as const).map((engine) =>
      recorded({ ...worm, habitat: { ...worm.habitat, engine } }, ...names).with(),
    );
    expect(b!.timesMs).toEqual(a!.timesMs);
    a!.quantities.forEach(({ name, values }, q) => {
      const others = b!.quantities[q]!.values;
      const far = values.findIndex((value, i) => Math.abs(value - others[i]!) > 1e-9 * (1 + Math.abs(value)));
      expect([name, far]).toEqual([name, -1]);
    });
  });

  it('is of what was chosen, when it was asked for: as columns with units, and as panes', () => {
    const names = ['neurons.v[AVAL,3]', 'excitation of neurons.w[0-1]', 'inhibition of neurons.x'];
    const recording = recorded(worm, ...names).with({ everyMs: 5, window: [20, 60] });
    expect([...recording.timesMs]).toEqual([20, 25, 30, 35, 40, 45, 50, 55, 60]);
    const { columns, matrix, rows } = recordingTable(recording);
    expect([rows, columns[0]!.name]).toEqual([9, 'timeMs']);
    const whole = recorded(worm, 'neurons.v').with();
    const { labels, values } = whole.quantities[0]!;
    expect([...whole.timesMs]).toEqual(Array.from({ length: whole.durationMs }, (_, step) => step + 1));
    expect(matrix!.columns.slice(0, 2)).toEqual(['neurons.v[AVAL] (mV)', `neurons.v[${labels[3]}] (mV)`]);
    expect(matrix!.columns[2]).toMatch(/^excitation of neurons\.w\[\w+>\w+\] \(.+\)$/);
    const at = (ms: number, cell: number) => values[(ms - 1) * labels.length + cell];
    expect(matrix!.values[0]).toBe(at(20, labels.indexOf('AVAL')));
    expect(matrix!.values[8 * matrix!.columns.length + 1]).toBe(at(60, 3));
    const panes = recordingFigure('title', '', recording).rows.flatMap(({ blocks }) => blocks);
    expect(panes.map((pane) => pane.block === 'pane' && pane.layers.length)).toEqual([2, 2, 2]);
  });

  it('is of the scenario and of whom it was asked for', () => {
    const { heldOut } = goNoGo.habitat.task;
    const held = recorded(goNoGo, 'm.DA').with({ scenario: heldOut[0]!.name, everyMs: 100 });
    expect([held.scenario, held.heldOut]).toEqual([heldOut[0]!.name, true]);
    const [untrained, champion] = [goNoGo.habitat.space.start, goNoGo.champion].map((genome) =>
      recorded(goNoGo, 'toGo.w').with({ genome, everyMs: 100 }),
    );
    expect(untrained!.quantities[0]!.values).not.toEqual(champion!.quantities[0]!.values);
  });

  it.each([
    [['go.v'], {}, /no "go\.v"\. Did you mean "go\.u"/],
    [['go.u[10]'], {}, /expected cells from 0 to 9, found 10/],
    [['go.u[3-1]'], {}, /the lower number first/],
    [['toGo.w[99>0]'], {}, /no synapse "99>0"\. Did you mean "9>0"/],
    [['m.DA[0]'], {}, /one value for the whole network/],
    [['go.u', 'go.u[1]'], {}, /"go\.u" is there twice/],
    [['m.DA'], { everyMs: 0.3 }, /--every: expected a whole number of steps/],
    [['m.DA'], { window: [1e8, 2e8] }, /--window: the episode lasts \d+ ms/],
    [['m.DA'], { scenario: 'two' }, /--scenario: there is no scenario "two"/],
  ] as [
    string[],
    Partial<LifeRecordingRequest>,
    RegExp,
  ][])('is refused for %j %j', (record, request, message) => {
    expect(() => recorded(goNoGo, ...record).with(request)).toThrow(message);
  });
});
