import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { KindGenes } from '../../src/genome/kind-genes.js';
import { mean, sampleSd } from '../../src/math/statistics.js';
import { ablationsOf } from '../../src/network/build/ablate.js';
import { checkNetwork } from '../../src/network/check/network.js';
import { circuitFrom } from '../../src/tasks/circuit/circuit.js';
import { circuitOnly } from '../../src/tasks/circuit/options.js';
import type { CircuitPorts } from '../../src/tasks/circuit/ports.js';
import { type TaskName, tasks } from '../../src/tasks/table.js';
import { short } from './short-lives.js';

const ports: CircuitPorts = {
  inputs: { A: { channels: 20 }, B: { channels: 10, activeHz: 60 } },
  outputs: { left: { cells: 10 }, right: { cells: 5 } },
  intervalMs: 20,
  releases: { DA: { tauMs: 100 } },
};
const circuit = (given: object = {}) => circuitFrom(circuitOnly.parse(given), 1, ports);
const populationOf = ({ network }: ReturnType<typeof circuit>, name: string) =>
  network.populations.find((population) => population.name === name)!;
const weightsOf = ({ network }: ReturnType<typeof circuit>, name: string) => {
  const { weight } = network.projections.find((projection) => projection.name === name)!;
  return Array.from(weight, (index) => network.weights[index]!);
};

describe('the generic circuit', () => {
  it('is a network for the ports of a task', () => {
    const { network, start, stepsAnInterval } = circuit();
    expect(() => checkNetwork(network)).not.toThrow();
    expect(stepsAnInterval).toBe(20);
    expect(network.inputs.map(({ name, cells, amplitude }) => [name, cells.length, amplitude])).toEqual([
      ['A', 20, 38],
      ['B', 10, 58],
    ]);
    expect(network.outputs.map(({ name, cells }) => [name, cells[0], cells.length])).toEqual([
      ['left', 130, 10],
      ['right', 140, 5],
    ]);
    expect(start).toHaveLength(30 * 15 + 80 * 15);
    expect([...network.weights.subarray(0, start.length)]).toEqual([...start]);
  });

  it('is wired by its seed', () => {
    const wired = (seed: number) =>
      circuitFrom(circuitOnly.parse({}), seed, ports).network.projections[2]!.post;
    expect([...wired(1)]).toEqual([...wired(1)]);
    expect([...wired(2)]).not.toEqual([...wired(1)]);
  });

  it('has kinds in their shares, alike or each cell its own', () => {
    const mixed = populationOf(circuit({ excitatoryKinds: { RS: 0.5, CH: 0.5 } }), 'E');
    const jumps = mixed.parameters.d as Float64Array;
    expect(jumps.filter((d) => d === 8)).toHaveLength(40);
    expect(jumps.filter((d) => d === 2)).toHaveLength(40);
    const varied = populationOf(circuit({ excitatory: 2000, heterogeneity: 0.5 }), 'E');
    const recovery = varied.parameters.a as Float64Array;
    expect(mean(recovery)).toBeCloseTo(0.02, 3);
    expect(sampleSd(recovery) / mean(recovery)).toBeCloseTo(0.5, 1);
  });

  it('keeps what each cell differs by when its kind evolves', () => {
    const population = populationOf(circuit({ heterogeneity: 0.5 }), 'E');
    const genes = new KindGenes([population]);
    genes.share('E', new Map([['CH', 1]]));
    const jumps = genes.values()['E.d']!;
    const before = population.parameters.d as Float64Array;
    expect(new Set(before).size).toBeGreaterThan(70);
    // A regular spiking cell jumps by 8, a chattering one by 2.
    for (const [cell, d] of jumps.entries()) expect(d).toBeCloseTo((before[cell]! * 2) / 8, 12);
  });

  it('keeps to Dale’s law, or not', () => {
    for (const name of ['E->E', 'I->E', 'E->outputs']) {
      const lawful = new Set(weightsOf(circuit(), name).map(Math.sign));
      expect([...lawful]).toEqual([name === 'I->E' ? -1 : 1]);
      expect(new Set(weightsOf(circuit({ dale: false }), name).map(Math.sign)).size).toBe(2);
    }
  });

  it('joins near cells rather than far ones, and leaves projections out', () => {
    const everywhere = weightsOf(circuit(), 'E->E').length;
    expect(weightsOf(circuit({ reach: 0.2 }), 'E->E').length).toBeLessThan(everywhere / 2);
    const without = circuit({ connect: { 'E->E': 0 } }).network.projections.map(({ name }) => name);
    expect(without).not.toContain('E->E');
    expect(() => circuit({ learns: ['E->E'], connect: { 'E->E': 0 } })).toThrow(/probability above 0/);
  });

  it('lets cells release modulators, which act on others', () => {
    const made = circuit({
      modulatory: { ACh: { cells: 7, amount: 0.2 } },
      receptors: { calm: { on: 'outputs', modulator: 'ACh', target: 'theta', gain: 2 } },
    });
    expect(() => checkNetwork(made.network)).not.toThrow();
    expect(populationOf(made, 'AChcells').count).toBe(7);
    expect(made.network.modulators.ACh?.releasedBy).toEqual([{ population: 'AChcells', amount: 0.2 }]);
    expect(populationOf(made, 'outputs').receptors?.calm).toMatchObject({ level: 'm.ACh', gain: 2 });
    expect(circuit({ absent: ['DA'] }).network.modulators.DA?.absent).toBe(true);
    for (const [settings, field] of [
      [{ absent: ['GABA'] }, 'absent[0]'],
      [{ absent: ['DA', 'NA'] }, 'absent[1]'],
      [{ receptors: { x: { on: 'E', modulator: 'NA', target: 'I', gain: 1 } } }, 'receptors.x.modulator'],
    ] as const) {
      expect(() => circuit(settings)).toThrow(
        `task.circuit.${field}: expected a modulator that something releases (DA), found`,
      );
    }
    expect(() => circuit({ parameters: { wMin: 2, wMax: 1 } })).toThrow(
      'task.circuit.parameters.wMin: expected at most wMax, which is 1, found 2.',
    );
  });

  it('is inspected without the modulators that nothing releases and nothing names', () => {
    const ablated = (given: object) =>
      ablationsOf(circuit(given).network).flatMap(({ ablation }) =>
        ablation.what === 'modulator' ? [ablation.name] : [],
      );
    // The task releases dopamine, and the rule names noradrenaline.
    expect(ablated({})).toEqual(['DA', 'NA']);
    expect(ablated({ modulatory: { ACh: { cells: 7, amount: 0.2 } } })).toEqual(['DA', 'NA', 'ACh']);
  });

  const takers = (Object.keys(tasks) as TaskName[]).filter(
    (name) => tasks[name].options.safeParse({ circuit: 'generic' }).success,
  );
  it('is lived by the tasks that say so', () => expect(takers).toContain('go-no-go'));

  // Teachers drive the answers of some, and several bodies together are no body of one more.
  const apart: TaskName[] = ['few-shot', 'continual', 'spike-patterns', 'task-suite'];

  it.each([
    ['evidence-accumulation', { leaky: 7 }],
    ['evidence-accumulation', { feedback: 'random' }],
    ['seasonal-foraging', { radius: 2 }],
    ['cartpole', { normaliseEvery: 10 }],
    ['t-maze', { modulatory: false }],
    ['go-no-go', { parameters: { eta: 1 } }],
  ] as const)('of %s refuses what is of the task’s own network: %o', (task, own) => {
    const { success, error } = tasks[task].options.safeParse({ circuit: 'generic', ...own });
    expect(success).toBe(false);
    expect(error!.issues[0]!.message).toContain(
      'are of the task’s own network: leave them out beside a circuit',
    );
    expect(tasks[task].options.safeParse(own).success).toBe(true);
  });

  it.each(takers)('lives the task %s, and evolves by its own spec there', async (task) => {
    // What is of the task's own network does not go with a circuit.
    const shared = short[task].filter(
      (setting) => !/^(hidden|method|rule|circuit|leaky|adaptive)/.test(setting),
    );
    const set = [...shared.map((setting) => `task.${setting}`), 'task.circuit=generic'];
    const { spec, habitat } = await resolveRun({ task, set });
    expect(spec.genome.name).toBe('circuit');
    const lived = new LifetimeRunner(habitat).live(habitat.space.start, 'a seed', 1);
    expect(lived).toMatchObject({ status: 'ok' });
    expect(lived.energy).toBeGreaterThan(0);
    const other = await resolveRun({ task, set: [...set, 'task.networkSeed=2'] });
    expect(other.habitat.embodied.network.weights).not.toEqual(habitat.embodied.network.weights);
    expect(habitat.task.ports === undefined).toBe(apart.includes(task));
  });
});
