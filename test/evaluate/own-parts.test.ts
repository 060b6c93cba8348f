import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Habitat } from '../../src/evaluate/habitat.js';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { outcomeHash } from '../../src/evolve/run-spec.js';
import { formatModelFile } from '../../src/network/files/model-file.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { chemicalConnection, sense } from '../../src/network/synapses/connection.js';
import { exponentialConductance } from '../../src/network/synapses/exponential-conductance.js';

const common = ['network.cell=leaky-integrate-and-fire', 'task.steps=60'];
/** What lets connections do something. */
const scale = 'network.synapseScale=0.06';
const resolved = (set: readonly string[]) =>
  resolveRun({ connectome: 'c-elegans-cook-2019', genome: 'weights-log', set: [...common, ...set] });

const habitatFor = async (set: readonly string[]): Promise<Habitat> => (await resolved(set)).habitat;

/** Score and measures of one life of the untrained worm. */
function life(habitat: Habitat) {
  return new LifetimeRunner(habitat).live(Float64Array.from(habitat.space.start), 'ab', 1);
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-parts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file, and gives its path. */
function written(name: string, text: string): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, text);
  return file;
}

describe('rules of one’s own in a run', () => {
  it('live as the program’s rule of the same content does, to the bit', async () => {
    const rule = written('mine', formatModelFile({ ...plasticityRules.hebb, name: 'mine' }, 'rule'));
    const beside = written(
      'beside',
      formatModelFile({ ...plasticityRules['synaptic-scaling'], name: 'beside' }, 'rule'),
    );
    const own = await habitatFor([
      scale,
      `network.plasticity.rule=${rule}`,
      `network.plasticity.with=["${beside}"]`,
    ]);
    // The run holds the rules themselves.
    rmSync(rule);
    rmSync(beside);
    expect(own.setup.network).toMatchObject({
      plasticity: { rule: { format: 'plasticity-rule/1', name: 'mine' }, with: [{ name: 'beside' }] },
    });
    const known = await habitatFor([
      scale,
      'network.plasticity.rule=hebb',
      'network.plasticity.with=["synaptic-scaling"]',
    ]);
    expect(life(own)).toEqual(life(known));
    expect(life(own)).not.toEqual(life(await habitatFor([scale, 'network.plasticity.rule=pair-stdp'])));
  });

  it('are refused where the cells are not of a model, with what to choose', async () => {
    await expect(resolveRun({ set: ['network.plasticity.rule=hebb'] })).rejects.toThrow(
      'network.plasticity: does not go with "cell", which is left out. Choose another in network.cell, or remove this.',
    );
  });

  it('count in the outcome by their content, not by where they were', async () => {
    const hashOf = async (name: string, rule: object) => {
      const file = written(name, formatModelFile({ ...plasticityRules.hebb, ...rule }, 'rule'));
      return outcomeHash((await resolved([`network.plasticity.rule=${file}`])).spec);
    };
    expect(await hashOf('here', {})).toBe(await hashOf('there', {}));
    expect(await hashOf('here', { onPre: [] })).not.toBe(await hashOf('here', {}));
  });

  it('are refused with every fault, and where what they need is missing', async () => {
    const bad = written(
      'bad',
      formatModelFile({ ...plasticityRules.hebb, onPre: ['w += etta*y'], onPost: ['w += x'] }, 'rule'),
    );
    await expect(habitatFor([`network.plasticity.rule=${bad}`])).rejects.toThrow(
      /bad\.json: not a valid plasticity rule\.[\s\S]*onPre\[0\].*Did you mean "eta"[\s\S]*onPost\[0\]/,
    );
    await expect(habitatFor(['network.plasticity.rule=hebbb'])).rejects.toThrow(
      /Unknown plasticity rule "hebbb"\. Did you mean "hebb"/,
    );
    const reading = written(
      'reading',
      formatModelFile({ ...plasticityRules.hebb, onPre: ['w += eta*y*if(post.depth > 0, 1, 0)'] }, 'rule'),
    );
    await expect(habitatFor([`network.plasticity.rule=${reading}`])).rejects.toThrow(
      /no state of the postsynaptic cells "depth"/,
    );
  });
});

describe('synapses and senses of one’s own in a run', () => {
  it('live as those that they are copies of, to the bit', async () => {
    const synapse = written('synapse', formatModelFile({ ...chemicalConnection, name: 'mine' }, 'synapse'));
    const input = written('sense', formatModelFile({ ...sense, name: 'mine' }, 'input'));
    const own = await habitatFor([scale, `network.synapse=${synapse}`, `network.sense=${input}`]);
    rmSync(synapse);
    rmSync(input);
    expect(life(own)).toEqual(life(await habitatFor([scale])));
    expect(own.setup.network).toMatchObject({ synapse: { name: 'mine' }, sense: { name: 'mine' } });
  });

  it('take parameters, those that genomes set too', async () => {
    const slow = await habitatFor(['network.synapse=exponential', 'network.synapseParameters={"tau":40}']);
    const { network } = slow.embodied;
    expect(network.populations[0]!.ports.synapses).toMatchObject({
      model: { name: 'exponential' },
      parameters: { tau: 40 },
    });
    // Muscles low-pass what reaches them as before.
    expect(network.populations[1]!.ports.synapses!.model).toBe(chemicalConnection);
  });

  it.each([
    [
      'a synapse without effect on connections',
      ['network.synapse=external'],
      /Unknown synapse model "external"/,
    ],
    [
      'a synapse at spikes where there are none',
      ['network.cell=graded', 'network.parameters={"vHalf":-40,"rise":0.02}', 'network.synapse=exponential'],
      /acts at spikes, and "graded" has none/,
    ],
    ['what a cell does not have', ['network.synapse=graded'], /network\.synapse/],
    [
      'a parameter',
      ['network.synapse=exponential', 'network.synapseParameters={"tua":3}'],
      /network\.synapseParameters: "exponential" has no parameter "tua".*"tau"/,
    ],
    [
      'a value out of range',
      ['network.synapse=exponential', 'network.synapseParameters={"tau":-3}'],
      /network\.synapseParameters\.tau: expected ms in/,
    ],
    [
      'a setting of another synapse',
      ['network.synapse=exponential', 'network.synapseTauMs=9'],
      /network\.synapse(TauMs|Scale): "exponential" does not know it/,
    ],
    [
      'parameters of nothing',
      ['network.senseParameters={"scale":3}'],
      /network\.senseParameters: goes with network\.sense/,
    ],
    ['a sense that a body cannot drive', ['network.sense=sine'], /network\.sense: "sine" has no parameter I/],
    [
      'a value that the body sets',
      ['network.sense=external', 'network.senseParameters={"I":3}'],
      /network\.senseParameters\.I: is what the body sets/,
    ],
  ])('refuse %s', async (_, set, message) => {
    await expect(habitatFor(set)).rejects.toThrow(message);
  });

  it('refuse states that the cells lack', async () => {
    const model = { ...exponentialConductance, current: 'g*(reversal - u)' };
    const file = written('lacking', formatModelFile(model, 'synapse'));
    await expect(habitatFor([`network.synapse=${file}`])).rejects.toThrow(/no "u" here|not a valid/);
  });

  it('leave runs without them as they were', async () => {
    expect(Object.keys((await resolved([])).spec.network ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(synapse|synapseParameters|sense|senseParameters)$/)]),
    );
  });
});
