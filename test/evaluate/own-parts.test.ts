import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LifetimeRunner, type LifetimeSetup } from '../../src/evaluate/lifetime.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { outcomeHash, setupOf } from '../../src/evolve/run-spec.js';
import { formatModelFile } from '../../src/network/files/model-file.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { chemicalConnection, sense } from '../../src/network/synapses/connection.js';
import { exponentialConductance } from '../../src/network/synapses/exponential-conductance.js';

const common = ['network.cell=leaky-integrate-and-fire', 'task.steps=60'];
/** What lets connections do something. */
const scale = 'network.synapseScale=0.06';
const resolved = (set: readonly string[]) =>
  resolveRun({ connectome: 'c-elegans-cook-2019', genome: 'weights-log', set: [...common, ...set] });

const setupFor = (set: readonly string[]): LifetimeSetup => {
  const { spec, connectome } = resolved(set);
  return setupOf(spec, connectome);
};

/** Score and measures of one life of the untrained worm. */
function life(setup: LifetimeSetup) {
  const runner = new LifetimeRunner(setup);
  return runner.live(Float64Array.from(runner.space.start), 'ab', 1);
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
  it('live as the program’s rule of the same content does, to the bit', () => {
    const rule = written('mine', formatModelFile({ ...plasticityRules.hebb, name: 'mine' }, 'rule'));
    const beside = written(
      'beside',
      formatModelFile({ ...plasticityRules['synaptic-scaling'], name: 'beside' }, 'rule'),
    );
    const own = setupFor([scale, `network.plasticity.rule=${rule}`, `network.plasticity.with=["${beside}"]`]);
    // The run holds the rules themselves.
    rmSync(rule);
    rmSync(beside);
    expect(own.network).toMatchObject({
      plasticity: { rule: { format: 'plasticity-rule/1', name: 'mine' }, with: [{ name: 'beside' }] },
    });
    const known = setupFor([
      scale,
      'network.plasticity.rule=hebb',
      'network.plasticity.with=["synaptic-scaling"]',
    ]);
    expect(life(own)).toEqual(life(known));
    expect(life(own)).not.toEqual(life(setupFor([scale, 'network.plasticity.rule=pair-stdp'])));
  });

  it('count in the outcome by their content, not by where they were', () => {
    const hashOf = (name: string, rule: object) => {
      const file = written(name, formatModelFile({ ...plasticityRules.hebb, ...rule }, 'rule'));
      return outcomeHash(resolved([`network.plasticity.rule=${file}`]).spec);
    };
    expect(hashOf('here', {})).toBe(hashOf('there', {}));
    expect(hashOf('here', { onPre: [] })).not.toBe(hashOf('here', {}));
  });

  it('are refused with every fault, and where what they need is missing', () => {
    const bad = written(
      'bad',
      formatModelFile({ ...plasticityRules.hebb, onPre: ['w += etta*y'], onPost: ['w += x'] }, 'rule'),
    );
    expect(() => setupFor([`network.plasticity.rule=${bad}`])).toThrow(
      /bad\.json: not a valid plasticity rule\.[\s\S]*onPre\[0\].*Did you mean "eta"[\s\S]*onPost\[0\]/,
    );
    expect(() => setupFor(['network.plasticity.rule=hebbb'])).toThrow(
      /Unknown plasticity rule "hebbb"\. Did you mean "hebb"/,
    );
    const reading = written(
      'reading',
      formatModelFile({ ...plasticityRules.hebb, onPre: ['w += eta*y*if(post.depth > 0, 1, 0)'] }, 'rule'),
    );
    expect(() => setupFor([`network.plasticity.rule=${reading}`])).toThrow(
      /no state of the postsynaptic cells "depth"/,
    );
  });
});

describe('synapses and senses of one’s own in a run', () => {
  it('live as those that they are copies of, to the bit', () => {
    const synapse = written('synapse', formatModelFile({ ...chemicalConnection, name: 'mine' }, 'synapse'));
    const input = written('sense', formatModelFile({ ...sense, name: 'mine' }, 'input'));
    const own = setupFor([scale, `network.synapse=${synapse}`, `network.sense=${input}`]);
    rmSync(synapse);
    rmSync(input);
    expect(life(own)).toEqual(life(setupFor([scale])));
    expect(own.network).toMatchObject({ synapse: { name: 'mine' }, sense: { name: 'mine' } });
  });

  it('take parameters, those that genomes set too', () => {
    const slow = setupFor(['network.synapse=exponential', 'network.synapseParameters={"tau":40}']);
    const { network } = new LifetimeRunner(slow).embodied;
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
  ])('refuse %s', (_, set, message) => {
    expect(() => new LifetimeRunner(setupFor(set))).toThrow(message);
  });

  it('refuse states that the cells lack', () => {
    const model = { ...exponentialConductance, current: 'g*(reversal - u)' };
    const file = written('lacking', formatModelFile(model, 'synapse'));
    expect(() => setupFor([`network.synapse=${file}`])).toThrow(/no "u" here|not a valid/);
  });

  it('leave runs without them as they were', () => {
    expect(Object.keys(resolved([]).spec.network ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(synapse|synapseParameters|sense|senseParameters)$/)]),
    );
  });
});
