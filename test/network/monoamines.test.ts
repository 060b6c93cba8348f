import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { deriveSeed } from '../../src/math/seed.js';
import { reach } from '../../src/network/modulators/diffusion.js';

const learning =
  '{"rule":"pair-stdp-dopamine","with":["synaptic-scaling"],"parameters":{"wMax":5,"rate":0.01}}';
const resolved = (...set: string[]) =>
  resolveRun({
    task: 'patch-foraging',
    connectome: 'c-elegans-cook-2019',
    genome: 'weights-log',
    set: ['network.cell=izhikevich', 'task.steps=120', ...set],
  });
const habitatOf = async (...set: string[]) => (await resolved(...set)).habitat;

describe('the monoamines of a connectome', async () => {
  const habitat = await habitatOf('network.modulation={}', `network.plasticity=${learning}`);
  const { connectome } = habitat.setup;
  const { network } = habitat.embodied;
  const [neurons] = network.populations;

  it('are released by the cells that hold them, and act where their receptors are', () => {
    expect(Object.keys(network.modulators).toSorted()).toEqual(['5HT', 'DA', 'OA', 'TA']);
    const ids = connectome.cells.ids.filter((_, cell) => connectome.cells.kinds[cell] === 'n');
    const releasing = network.modulators.DA!.releasedBy![0]!.cells!;
    expect([...releasing].map((cell) => ids[cell]).toSorted()).toEqual(
      ['ADEL', 'ADER', 'CEPDL', 'CEPDR', 'CEPVL', 'CEPVR', 'PDEL', 'PDER'].toSorted(),
    );
    const of = connectome.modulators.find(({ ligand }) => ligand === 'dopamine')!.receptors;
    const dop3 = neurons!.receptors!['dop-3']!;
    expect(dop3.level).toBe('m.DA');
    const expressing = of.find(({ name }) => name === 'dop-3')!.cells;
    ids.forEach((id, cell) => {
      const has = expressing.includes(connectome.cells.ids.indexOf(id));
      expect(dop3.reach![cell]).toBe(has ? -1 : 0);
    });
  });

  it('keep excitatory and inhibitory connections apart, each with its sign through life', () => {
    const learns = network.projections.filter(({ plasticity }) => plasticity);
    expect(learns.map(({ name }) => name)).toEqual(['excitation of neurons', 'inhibition of neurons']);
    const { space, task } = habitat;
    const controller = new LifetimeRunner(habitat).embody(space.start);
    task.live(task.scenarios[0]!, deriveSeed('life', 3), controller);
    const after = controller.network!.weights();
    let changed = 0;
    for (const { plasticity, weight } of learns) {
      for (const at of weight) {
        expect(after[at]! * plasticity!.sign!).toBeGreaterThanOrEqual(0);
        expect(Math.abs(after[at]!)).toBeLessThanOrEqual(5);
        if (Math.abs(after[at]! - network.weights[at]!) > 1e-4) changed += 1;
      }
    }
    expect(changed).toBeGreaterThan(500);
  });

  it('reach as far as they diffuse', async () => {
    const far = reach(Float64Array.of(0, 0, 0, 30, 40, 0, 0, 0, 100), [0, 2], 50);
    expect(far[0]).toBe(1);
    expect(far[1]).toBeCloseTo(Math.exp(-1), 12);
    expect(far[2]).toBe(1);
    const { embodied } = await habitatOf('network.modulation.reachUm=100');
    const local = embodied.network.populations[0]!;
    const values = [...local.receptors!['dop-3']!.reach!].filter((value) => value !== 0).map(Math.abs);
    expect(Math.min(...values)).toBeLessThan(0.2);
    expect(Math.max(...values)).toBeGreaterThan(0.8);
  });

  it.each([
    [['network.modulation={}', 'network.cell=graded'], /released by spikes/],
    [['network.plasticity={"rule":"pair-stdp-dopamine"}'], /no modulator "DA"/],
    [
      ['network.plasticity={"rule":"pair-stdp","parameters":{"aPlus":7}}'],
      /aPlus: expected weight in \[0, 1\], found 7/,
    ],
    [['network.plasticity={"rule":"pair-stdp","parameters":{"aPlut":7}}'], /no parameter "aPlut"/],
    [['network.plasticity={"rule":"pair-stpd"}'], /pair-stdp/],
  ])('%j is refused', async (set, message) => {
    await expect(resolved(...set)).rejects.toThrow(message);
  });

  it('are not there for tables that say nothing of them', async () => {
    await expect(
      resolveRun({ task: 'foraging', set: ['network.cell=izhikevich', 'network.modulation={}'] }),
    ).rejects.toThrow(/says nothing of modulators/);
  });
});
